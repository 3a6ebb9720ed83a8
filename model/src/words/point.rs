//! A distribution point's name, and the states in which a point reports one package
//! (`SMS_PackageStatusDistPointsSummarizer.State`). Not what a point holds.

use super::name::{name, plain};
use super::named::named;

name! {
    /// 1 to 64 ASCII letters, digits, `.`, `_` or `-`: the point's part of a NAL path.
    PointName, "DistributionPoint", "1 to 64 ASCII letters, digits, `.`, `_` or `-`",
    |text| plain(text, 64)
}

named! {
    /// What a point reports of one package. The numbers are the summariser's.
    PointState {
        /// The package is not targeted at this point; the summariser has no row.
        None = "none",
        /// 0 `INSTALLED`.
        Installed = "installed",
        /// 1 `INSTALL_PENDING`.
        InstallPending = "install_pending",
        /// 2 `INSTALL_RETRYING`.
        InstallRetrying = "install_retrying",
        /// 3 `INSTALL_FAILED`.
        InstallFailed = "install_failed",
        /// 4 `REMOVAL_PENDING`.
        RemovalPending = "removal_pending",
        /// 5 `REMOVAL_RETRYING`.
        RemovalRetrying = "removal_retrying",
        /// 6 `REMOVAL_FAILED`.
        RemovalFailed = "removal_failed",
        /// 7 `CONTENT_UPDATING`.
        ContentUpdating = "content_updating",
        /// 8 `CONTENT_MONITORING`.
        ContentMonitoring = "content_monitoring",
    }
}

impl PointState {
    /// The summariser's own word for it; small letters where it has no row.
    #[must_use]
    pub fn documented(self) -> String {
        if self == Self::None { self.name().to_owned() } else { self.name().to_uppercase() }
    }

    /// True where the point says that it has the content. What 8 `CONTENT_MONITORING` says no document tells.
    #[must_use]
    pub fn says_installed(self) -> bool {
        self == Self::Installed
    }

    /// True where the point may mean that the package is there and nothing is under way.
    #[must_use]
    pub fn is_installed(self) -> bool {
        matches!(self, Self::Installed | Self::ContentMonitoring)
    }
}
