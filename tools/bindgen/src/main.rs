//! wasm-bindgen with the options that the scripts of the project use, under the names of its own command line.

use std::{env, error::Error};
use wasm_bindgen_cli_support::Bindgen;

const USAGE: &str = "usage: tongma-bindgen --target web|nodejs|bundler --out-dir DIR --out-name NAME [--no-typescript] MODULE";

fn main() -> Result<(), Box<dyn Error>> {
    let mut bindgen = Bindgen::new();
    bindgen.typescript(true).omit_default_module_path(false);
    let (mut folder, mut module) = (None, None);
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(USAGE);
        match argument.as_str() {
            "--target" => match value()?.as_str() {
                "web" => bindgen.web(true)?,
                "nodejs" => bindgen.nodejs(true)?,
                "bundler" => bindgen.bundler(true)?,
                _ => return Err(USAGE.into()),
            },
            "--out-name" => bindgen.out_name(&value()?),
            "--no-typescript" => bindgen.typescript(false),
            "--out-dir" => {
                folder = Some(value()?);
                continue;
            }
            option if option.starts_with('-') => return Err(USAGE.into()),
            _ => {
                module = Some(argument);
                continue;
            }
        };
    }
    bindgen.input_path(module.ok_or(USAGE)?).generate(folder.ok_or(USAGE)?)?;
    Ok(())
}
