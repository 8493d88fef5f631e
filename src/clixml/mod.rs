//! What `Export-Clixml` writes, read object by object: memory does not grow with the length of a file.
//!
//! It knows the format (MS-PSRP 2.2.5), and neither Exchange nor a disk. Document types are refused, so that no entity
//! is expanded, and so is nesting that PowerShell does not write.

mod error;
mod limited;
mod reader;
mod references;
mod value;

pub use error::Error;
pub use reader::Objects;
pub use value::{Object, Value};
