//! A distribution point's name, and the states in which a point reports one package
//! (`SMS_PackageStatusDistPointsSummarizer.State`). Not what a point holds.

use super::name::{name, plain};
use serde::{Deserialize, Serialize};

name! {
    /// 1 to 64 ASCII letters, digits, `.`, `_` or `-`: the point's part of a NAL path.
    PointName, "DistributionPoint", "1 to 64 ASCII letters, digits, `.`, `_` or `-`",
    |text| plain(text, 64)
}

/// What a point reports of one package. The numbers are the summariser's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PointState {
    /// The package is not targeted at this point; the summariser has no row.
    None,
    /// 0 `INSTALLED`.
    Installed,
    /// 1 `INSTALL_PENDING`.
    InstallPending,
    /// 2 `INSTALL_RETRYING`.
    InstallRetrying,
    /// 3 `INSTALL_FAILED`.
    InstallFailed,
    /// 4 `REMOVAL_PENDING`.
    RemovalPending,
    /// 5 `REMOVAL_RETRYING`.
    RemovalRetrying,
    /// 6 `REMOVAL_FAILED`.
    RemovalFailed,
    /// 7 `CONTENT_UPDATING`.
    ContentUpdating,
    /// 8 `CONTENT_MONITORING`.
    ContentMonitoring,
}

impl PointState {
    /// Every state, in the summariser's order.
    pub const ALL: [Self; 10] = [
        Self::None,
        Self::Installed,
        Self::InstallPending,
        Self::InstallRetrying,
        Self::InstallFailed,
        Self::RemovalPending,
        Self::RemovalRetrying,
        Self::RemovalFailed,
        Self::ContentUpdating,
        Self::ContentMonitoring,
    ];

    /// True where the point says that the package is there and nothing is under way.
    #[must_use]
    pub fn is_installed(self) -> bool {
        matches!(self, Self::Installed | Self::ContentMonitoring)
    }
}
