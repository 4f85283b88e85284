//! wasm-bindgen's runner of tests in a browser, as cargo calls it. Its package alone would bring TLS along, which a driver of this machine needs not.

use std::{env, error::Error};

fn main() -> Result<(), Box<dyn Error>> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(env::args_os())?;
    Ok(())
}
