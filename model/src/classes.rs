//! What each of the ten method pages promises, and no more. Data: clauses, `step`, the pages under
//! `specs/` and the reports all read this one table.

use crate::documents::Document;
use crate::words::{PackageClass, SourceFlag};

/// What a page promises of the distribution points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Points {
    /// The latest version is copied to every distribution point of the package.
    Promised,
    /// Every distribution point is refreshed, on condition that the package's properties have not changed.
    WhileUnchanged,
    /// The page says nothing of the points.
    NotPromised,
}

/// What can be added to a package besides its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Additions {
    /// Nothing.
    None,
    /// Drivers, which wait for the next refresh (CLS-3).
    Drivers,
    /// Content, with or without replicating it at once (CLS-6).
    Content,
}

/// One class's row.
#[derive(Clone, Copy, Debug)]
pub struct ClassEntry {
    /// The class.
    pub class: PackageClass,
    /// Its method page.
    pub page: Document,
    /// True where the page promises that the source version is incremented.
    pub increments: bool,
    /// What the page promises of the points.
    pub points: Points,
    /// True where the page promises that content is replicated to child sites.
    pub child_sites: bool,
    /// True where the method has the optional parameter `ContextID`.
    pub context: bool,
    /// The one `PkgSourceFlag` that the class page allows, where it allows one only.
    pub source_flag: Option<SourceFlag>,
    /// What can be added besides the source.
    pub additions: Additions,
    /// True where the page warns that the call makes the object inoperable.
    pub inoperable: bool,
}

const fn plain(class: PackageClass, page: Document) -> ClassEntry {
    ClassEntry {
        class,
        page,
        increments: true,
        points: Points::Promised,
        child_sites: true,
        context: false,
        source_flag: None,
        additions: Additions::None,
        inoperable: false,
    }
}

/// The table, in the order of [`PackageClass::ALL`].
pub const CLASSES: [ClassEntry; PackageClass::ALL.len()] = [
    plain(PackageClass::Package, Document::RpsPkg),
    ClassEntry {
        increments: false,
        points: Points::NotPromised,
        child_sites: false,
        ..plain(PackageClass::Content, Document::RpsContent)
    },
    ClassEntry { additions: Additions::Content, ..plain(PackageClass::Driver, Document::RpsDrv) },
    ClassEntry {
        increments: false,
        points: Points::WhileUnchanged,
        child_sites: false,
        inoperable: true,
        ..plain(PackageClass::TaskSequence, Document::RpsTs)
    },
    ClassEntry {
        additions: Additions::Content,
        ..plain(PackageClass::SoftwareUpdates, Document::RpsSup)
    },
    ClassEntry {
        source_flag: Some(SourceFlag::Direct),
        ..plain(PackageClass::DeviceSetting, Document::RpsDev)
    },
    plain(PackageClass::Image, Document::RpsImg),
    ClassEntry {
        context: true,
        additions: Additions::Drivers,
        ..plain(PackageClass::BootImage, Document::RpsBoot)
    },
    plain(PackageClass::OperatingSystemInstall, Document::RpsOsi),
    plain(PackageClass::Vhd, Document::RpsVhd),
];

impl PackageClass {
    /// The class's row.
    #[must_use]
    pub fn entry(self) -> &'static ClassEntry {
        &CLASSES[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_classes() {
        assert!(PackageClass::ALL.into_iter().all(|class| class.entry().class == class));
    }

    /// Two of the ten pages promise neither increment nor copy nor replication.
    #[test]
    fn eight_pages_promise_the_increment_and_the_child_sites() {
        let promised =
            |promise: fn(&ClassEntry) -> bool| CLASSES.iter().filter(|c| promise(c)).count();
        assert_eq!(promised(|c| c.increments), 8);
        assert_eq!(promised(|c| c.child_sites), 8);
        assert_eq!(promised(|c| c.points == Points::Promised), 8);
    }
}
