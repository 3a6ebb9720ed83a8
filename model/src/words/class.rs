//! The ten classes that have `RefreshPkgSource`, by name and number (domain §1).
//! What the pages promise of each is in [`crate::classes`].

use super::name::BadName;
use super::named::named;
use std::str::FromStr;

named! {
    /// A package class with the method, in the order of domain §1. `SMS_PackageBaseclass` defines none, so that each is
    /// bound by its own page.
    PackageClass {
        /// A regular package.
        Package = "SMS_Package",
        /// The content of an application.
        Content = "SMS_ContentPackage",
        /// A driver package.
        Driver = "SMS_DriverPackage",
        /// A task sequence.
        TaskSequence = "SMS_TaskSequencePackage",
        /// A software-updates package.
        SoftwareUpdates = "SMS_SoftwareUpdatesPackage",
        /// A device-setting package.
        DeviceSetting = "SMS_DeviceSettingPackage",
        /// An operating-system image.
        Image = "SMS_ImagePackage",
        /// A boot image.
        BootImage = "SMS_BootImagePackage",
        /// An operating-system install package.
        OperatingSystemInstall = "SMS_OperatingSystemInstallPackage",
        /// A virtual hard disk.
        Vhd = "SMS_VhdPackage",
    }
}

impl PackageClass {
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

impl FromStr for PackageClass {
    type Err = BadName;
    fn from_str(text: &str) -> Result<Self, BadName> {
        let rule = "the full name of one of the ten classes, e.g. `SMS_VhdPackage`";
        let bad = || BadName { noun: "package class", text: text.to_owned(), rule };
        Self::ALL.into_iter().find(|class| class.name() == text).ok_or_else(bad)
    }
}
