//! `ReturnValue`: 0 is success, anything else, negative included, is failure (IF-3, IF-4).
//! An error without a `ReturnValue` is a reply of its own kind, not a value of this type.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What the method returned, a signed 32-bit integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReturnValue(pub i32);

impl ReturnValue {
    /// The one value that means success.
    pub const SUCCESS: Self = Self(0);

    /// True for 0 only.
    #[must_use]
    pub fn is_success(self) -> bool {
        self == Self::SUCCESS
    }
}

impl fmt::Display for ReturnValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
