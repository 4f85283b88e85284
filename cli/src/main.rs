//! The program `tongma`: an authority, a holder and a verifier for terminals, scripts and gates.

mod arguments;
mod authority;
mod conformance;
mod delegate;
mod draw;
mod holder;
mod inspect;
mod log;
mod output;
mod paper;
mod parcel;
mod people;
mod policy;
mod scan;
mod stream;
mod texts;
mod trust;
mod venue;
mod verify;

use arguments::{Arguments, Command};
use clap::Parser;
use output::{Failure, Output};
use std::process::ExitCode;

/// Runs the command of this process's arguments. The exit code is 0 only when all is well, 1 when something is not (a verdict
/// that is no pass, a picture without a code, a suite that disagrees), 2 when the command could not be carried out.
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let output = Output::new(arguments.json, arguments.lang.as_deref());
    let done = match arguments.command {
        Command::Authority { command } => authority::authority(&output, command),
        Command::Conformance { suite, path } => conformance::run(&output, suite, &path),
        Command::Delegate { command } => delegate::run(&output, command),
        Command::Draw { text } => draw::run(&output, &text),
        Command::Inspect { text } => inspect::run(&output, &text),
        Command::Issue(arguments) => authority::issue(&output, &arguments),
        Command::Key { command } => holder::key(&output, command),
        Command::Log { command } => log::run(&output, &command),
        Command::Paper { command } => paper::run(&output, command),
        Command::Parcel { command } => parcel::run(&output, command),
        Command::Policy { command } => policy::run(&output, command),
        Command::Present(arguments) => holder::present(&output, &arguments),
        Command::Restore(change) => authority::change(&output, &change, tongma::token::status::VALID),
        Command::Revoke(change) => authority::change(&output, &change, tongma::token::status::REVOKED),
        Command::Scan { images } => scan::run(&output, &images),
        Command::Serve(arguments) => authority::serve(&arguments),
        Command::Status { command } => authority::status(&output, command),
        Command::Suspend(change) => authority::change(&output, &change, tongma::token::status::SUSPENDED),
        Command::Trust { command } => trust::run(&output, command),
        Command::Venue(arguments) => venue::issue(&output, &arguments),
        Command::Verify(arguments) => verify::run(&output, &arguments),
        Command::Visit(arguments) => venue::visit(&output, &arguments),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(failure) => {
            output.failure(&failure);
            ExitCode::from(2)
        }
    }
}

/// What a command comes to: whether all is well, or why it could not be carried out.
type Done = Result<bool, Failure>;
