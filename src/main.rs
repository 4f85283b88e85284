//! The command line `tongma`.

use std::process::ExitCode;

fn main() -> ExitCode {
    tongma::cli::run()
}
