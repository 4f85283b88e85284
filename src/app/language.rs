use serde::{Deserialize, Serialize};

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Language {
    /// Simplified Chinese.
    #[default]
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Language {
    /// The first language of the browser's list that is spoken here; Chinese when none is.
    pub fn best_of<S: AsRef<str>>(wanted: &[S]) -> Self {
        wanted
            .iter()
            .find_map(|tag| match tag.as_ref().split('-').next()? {
                "zh" => Some(Self::ZhCn),
                "en" => Some(Self::En),
                _ => None,
            })
            .unwrap_or_default()
    }
}
