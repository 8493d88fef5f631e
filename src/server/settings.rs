//! What Set-ExchangeServer sets and connectors do not look at: kept, so that a store says what the servers say.

/// Properties of a server that are kept. The rows of [`super::rows`] say what each field is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field has a row of its name, which documents it")]
pub struct Settings {
    pub customer_feedback: Option<bool>,
    pub internet_web_proxy: String,
    pub internet_web_proxy_bypass_list: Vec<String>,
    pub error_reporting: Option<bool>,
    pub static_domain_controllers: Vec<String>,
    pub static_global_catalogs: Vec<String>,
    pub static_config_domain_controller: String,
    pub static_excluded_domain_controllers: Vec<String>,
    pub monitoring_group: String,
    pub data_collection: Option<bool>,
    pub mitigations_enabled: bool,
    pub mitigations_applied: Vec<String>,
    pub mitigations_blocked: Vec<String>,
    pub ring_level: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            customer_feedback: None,
            internet_web_proxy: String::new(),
            internet_web_proxy_bypass_list: Vec::new(),
            error_reporting: None,
            static_domain_controllers: Vec::new(),
            static_global_catalogs: Vec::new(),
            static_config_domain_controller: String::new(),
            static_excluded_domain_controllers: Vec::new(),
            monitoring_group: String::new(),
            data_collection: None,
            mitigations_enabled: true,
            mitigations_applied: Vec::new(),
            mitigations_blocked: Vec::new(),
            ring_level: 1,
        }
    }
}
