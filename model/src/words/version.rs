//! `SourceVersion`: the number that a refresh raises. Not the content that goes with it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A package's source version, an unsigned 32-bit integer. A created package shows 1.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[serde(transparent)]
pub struct SourceVersion(pub u32);

impl SourceVersion {
    /// What a created package shows (domain: rows of a created package show 1).
    pub const FIRST: Self = Self(1);

    /// The version `steps` after this one, or the ceiling: nothing wraps (A31).
    #[must_use]
    pub fn plus(self, steps: u32) -> Self {
        Self(self.0.saturating_add(steps))
    }
}

impl fmt::Display for SourceVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
