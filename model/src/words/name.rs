//! How a short name is checked, once for all the nouns that are names.
//! It knows lengths and letters, not what a name stands for.

use std::fmt;

/// Why a text is not the name it was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadName {
    /// The noun, as the documentation spells it.
    pub noun: &'static str,
    /// The text that was refused.
    pub text: String,
    /// What a good one looks like.
    pub rule: &'static str,
}

impl fmt::Display for BadName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a {}: it takes {}", self.text, self.noun, self.rule)
    }
}

impl std::error::Error for BadName {}

/// Declares a name: a private text, one parsing constructor, no setter.
macro_rules! name {
    ($(#[$doc:meta])* $type:ident, $noun:literal, $rule:literal, $legal:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $type(std::sync::Arc<str>);

        impl $type {
            /// Parses the name.
            ///
            /// # Errors
            /// The text breaks the rule that the type's documentation states.
            pub fn new(text: &str) -> Result<Self, $crate::words::BadName> {
                let legal: fn(&str) -> bool = $legal;
                if legal(text) {
                    Ok(Self(text.into()))
                } else {
                    Err($crate::words::BadName { noun: $noun, text: text.to_owned(), rule: $rule })
                }
            }

            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::words::BadName;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $type {
            type Error = $crate::words::BadName;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::new(&text)
            }
        }

        impl From<$type> for String {
            fn from(name: $type) -> Self {
                name.0.as_ref().to_owned()
            }
        }
    };
}

pub(crate) use name;

/// 1 to `longest` ASCII letters, digits, `.`, `_` or `-`, the first not a dot.
pub(crate) fn plain(text: &str, longest: usize) -> bool {
    !text.starts_with('.')
        && (1..=longest).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}
