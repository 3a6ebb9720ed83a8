//! The ten package classes that carry `RefreshPkgSource`.
//!
//! Only what the site does differently from class to class is asked of a [`Class`]; the class pages of the
//! documentation say the rest. `SMS_PackageBaseclass` is missing on purpose: it declares no method.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::SiteError;

/// A package class, named after its WMI class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Class {
    /// `SMS_Package`, the regular package.
    Package,
    /// `SMS_ContentPackage`, the package behind an application.
    ContentPackage,
    /// `SMS_DriverPackage`.
    DriverPackage,
    /// `SMS_TaskSequencePackage`.
    TaskSequencePackage,
    /// `SMS_SoftwareUpdatesPackage`.
    SoftwareUpdatesPackage,
    /// `SMS_DeviceSettingPackage`; its source flag is pinned to `STORAGE_DIRECT`.
    DeviceSettingPackage,
    /// `SMS_ImagePackage`.
    ImagePackage,
    /// `SMS_BootImagePackage`, the only one whose refresh takes a context.
    BootImagePackage,
    /// `SMS_OperatingSystemInstallPackage`.
    OperatingSystemInstallPackage,
    /// `SMS_VhdPackage`.
    VhdPackage,
}

impl Class {
    /// Every class, in the order of the documentation's table.
    pub const ALL: [Self; 10] = [
        Self::Package,
        Self::ContentPackage,
        Self::DriverPackage,
        Self::TaskSequencePackage,
        Self::SoftwareUpdatesPackage,
        Self::DeviceSettingPackage,
        Self::ImagePackage,
        Self::BootImagePackage,
        Self::OperatingSystemInstallPackage,
        Self::VhdPackage,
    ];

    /// The WMI class name, e.g. `SMS_Package`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Package => "SMS_Package",
            Self::ContentPackage => "SMS_ContentPackage",
            Self::DriverPackage => "SMS_DriverPackage",
            Self::TaskSequencePackage => "SMS_TaskSequencePackage",
            Self::SoftwareUpdatesPackage => "SMS_SoftwareUpdatesPackage",
            Self::DeviceSettingPackage => "SMS_DeviceSettingPackage",
            Self::ImagePackage => "SMS_ImagePackage",
            Self::BootImagePackage => "SMS_BootImagePackage",
            Self::OperatingSystemInstallPackage => "SMS_OperatingSystemInstallPackage",
            Self::VhdPackage => "SMS_VhdPackage",
        }
    }

    /// True where the method takes a context identifier.
    pub(crate) fn takes_context(self) -> bool {
        self == Self::BootImagePackage
    }

    /// True where content is added through a method (`AddDriverContent`, `AddUpdateContent`).
    pub(crate) fn takes_added_content(self) -> bool {
        matches!(self, Self::DriverPackage | Self::SoftwareUpdatesPackage)
    }

    /// True where a refresh leaves the object inoperable, as its page cautions.
    pub(crate) fn is_spoiled_by_refresh(self) -> bool {
        self == Self::TaskSequencePackage
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Class {
    type Err = SiteError;

    fn from_str(text: &str) -> Result<Self, SiteError> {
        Self::ALL.into_iter().find(|class| class.name() == text).ok_or_else(|| {
            SiteError::invalid("class", format!("`{text}` is none of the ten package classes"))
        })
    }
}
