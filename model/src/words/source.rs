//! A package's source: the folder that somebody edits (`PkgSourcePath`) and how it is kept
//! (`PkgSourceFlag`). Not its content.

use super::name::{name, plain};
use serde::{Deserialize, Serialize};

name! {
    /// 1 to 64 ASCII letters, digits, `.`, `_` or `-`: a plan's name for one source folder, which
    /// several packages may share.
    SourceName, "source", "1 to 64 ASCII letters, digits, `.`, `_` or `-`",
    |text| plain(text, 64)
}

/// `PkgSourceFlag`: where a package's source is, and in which form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceFlag {
    /// 0 `STORAGE_NEEDS_SPECIFYING`.
    NeedsSpecifying,
    /// 1 `STORAGE_NO_SOURCE`, the documented default.
    #[default]
    NoSource,
    /// 2 `STORAGE_DIRECT`: uncompressed, read where it lies.
    Direct,
    /// 3 `STORAGE_COMPRESS`, obsolete.
    Compress,
    /// 4 `STORAGE_LOCAL`.
    Local,
}

impl SourceFlag {
    /// The documented number, 0 to 4.
    #[must_use]
    pub fn number(self) -> u32 {
        self as u32
    }

    /// What a package is created with: what the call gives, or else direct with a source and none without.
    #[must_use]
    pub fn at_creation(given: Option<Self>, has_source: bool) -> Self {
        given.unwrap_or(if has_source { Self::Direct } else { Self::NoSource })
    }

    /// True where the package has a source to be refreshed.
    #[must_use]
    pub fn has_source(self) -> bool {
        !matches!(self, Self::NeedsSpecifying | Self::NoSource)
    }
}
