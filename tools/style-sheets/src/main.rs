//! Compiles the style sheet that comes in by the compiler of WeChat's open component framework: `tongma-style-sheets NAME < FILE.wxss > FILE.css`.

use glass_easel_stylesheet_compiler::{StyleSheetOptions, StyleSheetTransformer};
use std::{env, error::Error, io};

fn main() -> Result<(), Box<dyn Error>> {
    let name = env::args().nth(1).ok_or("usage: tongma-style-sheets NAME")?;
    let text = io::read_to_string(io::stdin())?;
    StyleSheetTransformer::from_css(&name, &text, StyleSheetOptions::default()).output().write(io::stdout())?;
    Ok(())
}
