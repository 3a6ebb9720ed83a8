//! Short words for the table of sentences: places in a page, and the pages that share a sentence.

use super::{Heading, Spot, Stands};
use crate::words::PackageClass::{
    self, BootImage, Content, DeviceSetting, Driver, Image, OperatingSystemInstall, Package,
    SoftwareUpdates, TaskSequence, Vhd,
};

pub(super) const fn spot(heading: Heading, paragraph: u8, sentence: u8) -> Spot {
    Spot { heading, paragraph, sentence }
}

pub(super) const fn on(pages: &'static [PackageClass], spot: Spot) -> Stands {
    Stands { pages, spot }
}

pub(super) const fn introduction(paragraph: u8, sentence: u8) -> Spot {
    spot(Heading::Introduction, paragraph, sentence)
}

pub(super) const fn remarks(paragraph: u8, sentence: u8) -> Spot {
    spot(Heading::Remarks, paragraph, sentence)
}

pub(super) const fn see_also(link: u8) -> Spot {
    spot(Heading::SeeAlso, 1, link)
}

pub(super) const ALL: &[PackageClass] = &PackageClass::ALL;

/// The pages whose first remark tells the effect.
pub(super) const USUAL: &[PackageClass] =
    &[Package, Driver, DeviceSetting, Image, BootImage, OperatingSystemInstall, Vhd];

pub(super) const ALL_BUT_BOOT_IMAGE: &[PackageClass] = &[
    Package,
    Content,
    Driver,
    TaskSequence,
    SoftwareUpdates,
    DeviceSetting,
    Image,
    OperatingSystemInstall,
    Vhd,
];

pub(super) const ALL_BUT_CONTENT: &[PackageClass] = &[
    Package,
    Driver,
    TaskSequence,
    SoftwareUpdates,
    DeviceSetting,
    Image,
    BootImage,
    OperatingSystemInstall,
    Vhd,
];

pub(super) const ALL_BUT_DEVICE_SETTING: &[PackageClass] = &[
    Package,
    Content,
    Driver,
    TaskSequence,
    SoftwareUpdates,
    Image,
    BootImage,
    OperatingSystemInstall,
    Vhd,
];
