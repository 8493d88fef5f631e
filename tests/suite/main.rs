//! One binary for every test: laws over the tables, naive twins, folders of cases, the real program.
//!
//! Each module returns its trials; a trial whose tool is absent shows as ignored.

mod access;
mod anonymized;
mod architecture;
mod bad_input;
mod browser;
mod cases;
mod clixml;
mod completion;
mod conflict;
mod copy;
mod datapath;
mod dialect;
mod document;
mod export;
mod exported_files;
mod firewall;
mod fuzz;
mod generated;
mod guide;
mod host;
#[cfg(unix)]
mod hostile;
mod import;
mod laws;
mod linked;
mod links;
mod live;
mod manual;
mod net;
mod output;
mod permission;
mod pipeline;
mod powershell;
mod principals;
mod protocol_log;
mod reference;
mod relay;
mod reliability;
mod rows;
mod rules;
mod runbook;
mod session;
mod shown;
mod star;
mod store;
#[cfg(unix)]
mod terminal;
mod tours;
mod words;
mod world;
mod written;

use libtest_mimic::{Arguments, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let modules = [
        access::trials(),
        architecture::trials(),
        bad_input::trials(),
        browser::trials(),
        cases::trials(),
        clixml::trials(),
        completion::trials(),
        conflict::trials(),
        copy::trials(),
        datapath::trials(),
        dialect::trials(),
        document::trials(),
        export::trials(),
        exported_files::trials(),
        firewall::trials(),
        fuzz::trials(),
        guide::trials(),
        import::trials(),
        laws::trials(),
        linked::trials(),
        star::trials(),
        links::trials(),
        live::trials(),
        manual::trials(),
        net::trials(),
        output::trials(),
        permission::trials(),
        pipeline::trials(),
        powershell::trials(),
        principals::trials(),
        anonymized::trials(),
        generated::trials(),
        protocol_log::trials(),
        reference::trials(),
        relay::trials(),
        reliability::trials(),
        rows::trials(),
        rules::trials(),
        runbook::trials(),
        session::trials(),
        store::trials(),
        tours::trials(),
        words::trials(),
        written::trials(),
    ];
    #[cfg(unix)]
    let modules = modules.into_iter().chain([hostile::trials(), terminal::trials()]);
    let trials: Vec<Trial> = modules.into_iter().flatten().collect();
    libtest_mimic::run(&arguments, trials).exit();
}
