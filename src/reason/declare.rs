//! The table of reasons as code.

/// Declares the reasons once: variant, code, and facts with their names at the boundary. What serde would derive for so many
/// variants is a quarter of the whole WASM module; this is a table.
macro_rules! reasons {
    (; $($(#[$doc:meta])* $variant:ident = $code:literal $({ $($(#[$field_doc:meta])* $field:ident = $name:literal: $type:ty,)* })?,)*) => {
        /// Why a verdict is not *pass*, or why an action did not succeed.
        ///
        /// Codes are stable: [`Reason::code`] is what logs, JSON and Fluent identifiers use. At the boundary a reason is
        /// `{"code": …}` with its facts beside the code.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        #[cfg_attr(feature = "ts", ts(tag = "code"))]
        #[non_exhaustive]
        pub enum Reason {
            $($(#[$doc])* #[cfg_attr(feature = "ts", ts(rename = $code))] $variant $({
                $($(#[$field_doc])* #[cfg_attr(feature = "ts", ts(rename = $name))] $field: $type,)*
            })?,)*
        }

        impl Reason {
            /// All codes.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// The stable code in kebab case, such as `bad-signature`.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $code,)* }
            }

            /// The facts of this reason by name.
            fn facts_by_name(&self) -> Vec<(&'static str, Fact)> {
                match self { $(Self::$variant $({ $($field),* })? => vec![$($(($name, Fact::from($field.clone()))),*)?],)* }
            }

            /// A reason from its code and facts; none when the code is unknown or a fact is missing.
            fn from_parts(code: &str, facts: &Facts) -> Option<Self> {
                // Reasons without facts don't look at them.
                let _ = facts;
                Some(match code {
                    $($code => Self::$variant $({ $($field: facts.get($name)?.clone().try_into().ok()?),* })?,)*
                    _ => return None,
                })
            }
        }
    };
}
