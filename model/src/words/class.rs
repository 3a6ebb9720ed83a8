//! The ten classes that have `RefreshPkgSource`, by name and number (domain §1).
//! What the pages promise of each is in [`crate::classes`].

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

use super::name::BadName;

/// A package class with the method. `SMS_PackageBaseclass` defines none, so that each is bound by its own page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PackageClass {
    /// A regular package.
    #[serde(rename = "SMS_Package")]
    Package,
    /// The content of an application.
    #[serde(rename = "SMS_ContentPackage")]
    Content,
    /// A driver package.
    #[serde(rename = "SMS_DriverPackage")]
    Driver,
    /// A task sequence.
    #[serde(rename = "SMS_TaskSequencePackage")]
    TaskSequence,
    /// A software-updates package.
    #[serde(rename = "SMS_SoftwareUpdatesPackage")]
    SoftwareUpdates,
    /// A device-setting package.
    #[serde(rename = "SMS_DeviceSettingPackage")]
    DeviceSetting,
    /// An operating-system image.
    #[serde(rename = "SMS_ImagePackage")]
    Image,
    /// A boot image.
    #[serde(rename = "SMS_BootImagePackage")]
    BootImage,
    /// An operating-system install package.
    #[serde(rename = "SMS_OperatingSystemInstallPackage")]
    OperatingSystemInstall,
    /// A virtual hard disk.
    #[serde(rename = "SMS_VhdPackage")]
    Vhd,
}

impl PackageClass {
    /// All ten, in the order of domain §1.
    pub const ALL: [Self; 10] = [
        Self::Package,
        Self::Content,
        Self::Driver,
        Self::TaskSequence,
        Self::SoftwareUpdates,
        Self::DeviceSetting,
        Self::Image,
        Self::BootImage,
        Self::OperatingSystemInstall,
        Self::Vhd,
    ];

    /// The class's name in the provider's namespace.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Package => "SMS_Package",
            Self::Content => "SMS_ContentPackage",
            Self::Driver => "SMS_DriverPackage",
            Self::TaskSequence => "SMS_TaskSequencePackage",
            Self::SoftwareUpdates => "SMS_SoftwareUpdatesPackage",
            Self::DeviceSetting => "SMS_DeviceSettingPackage",
            Self::Image => "SMS_ImagePackage",
            Self::BootImage => "SMS_BootImagePackage",
            Self::OperatingSystemInstall => "SMS_OperatingSystemInstallPackage",
            Self::Vhd => "SMS_VhdPackage",
        }
    }

    /// The `PackageType` numbers that a page gives for the class. Two pages disagree on the VHD (A26).
    #[must_use]
    pub fn package_types(self) -> &'static [u32] {
        match self {
            Self::Package => &[0],
            Self::Content => &[8],
            Self::Driver => &[3],
            Self::TaskSequence => &[4],
            Self::SoftwareUpdates => &[5],
            Self::DeviceSetting => &[6],
            Self::Image => &[257],
            Self::BootImage => &[258],
            Self::OperatingSystemInstall => &[259],
            Self::Vhd => &[257, 260],
        }
    }
}

impl fmt::Display for PackageClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for PackageClass {
    type Err = BadName;
    fn from_str(text: &str) -> Result<Self, BadName> {
        let rule = "the full name of one of the ten classes, e.g. `SMS_VhdPackage`";
        let bad = || BadName { noun: "package class", text: text.to_owned(), rule };
        Self::ALL.into_iter().find(|class| class.name() == text).ok_or_else(bad)
    }
}
