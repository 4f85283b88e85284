//! F0: the sentences of the pages, in [Fluent](https://projectfluent.org)'s format, for programs that show them elsewhere.

/// Simplified Chinese (`zh-CN`).
pub const CHINESE: &str = include_str!("../www/shared/i18n/zh-CN.ftl");
/// English (`en`).
pub const ENGLISH: &str = include_str!("../www/shared/i18n/en.ftl");
