//! A hierarchy in a scratch folder: owner `PS1`, below it `PS2`, below that `PS3`; points `A` and `D` at the owner, `B` at
//! `PS2`, `C` at `PS3`. And one source folder.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use pkgsource_site::{Class, ContentFile, Hierarchy, NewPackage, Site};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

pub(crate) const PACKAGE: &str = "PS100001";
pub(crate) const POINTS: [&str; 4] = ["A", "B", "C", "D"];

pub(crate) struct Scratch {
    pub(crate) folder: TempDir,
    pub(crate) site: Site,
}

impl Scratch {
    /// An empty hierarchy and an empty source folder.
    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("source")).unwrap();
        let site = Site::create(&folder.path().join("site"), &hierarchy()).unwrap();
        Self { folder, site }
    }

    /// A package of `class` whose source has `files`, assigned to `points`.
    pub(crate) fn with(class: Class, files: &[(&str, &str)], points: &[&str]) -> Self {
        let mut scratch = Self::empty();
        for (path, bytes) in files {
            scratch.write(path, bytes);
        }
        scratch.create(class);
        for point in points {
            scratch.site.assign(PACKAGE, point).unwrap();
        }
        scratch
    }

    pub(crate) fn create(&mut self, class: Class) {
        let new = NewPackage::direct(PACKAGE, class, &self.source());
        self.site.create_package(&new).unwrap();
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    pub(crate) fn source(&self) -> PathBuf {
        self.folder.path().join("source")
    }

    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let place = self.source().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }

    pub(crate) fn refresh(&mut self) -> i32 {
        self.site.refresh(PACKAGE, None, None).unwrap()
    }

    pub(crate) fn version(&self) -> u32 {
        self.site.package(PACKAGE).unwrap().unwrap().version
    }

    pub(crate) fn failure(&self) -> Option<String> {
        self.site.package(PACKAGE).unwrap().unwrap().failure
    }

    pub(crate) fn content(&self, point: &str) -> Option<Vec<ContentFile>> {
        self.site.content(PACKAGE, point).unwrap()
    }

    /// Drops the handle and opens the site again.
    pub(crate) fn reopen(self) -> Self {
        let root = self.root();
        let Self { folder, site } = self;
        drop(site);
        Self { folder, site: Site::open(&root).unwrap() }
    }

    /// The digests in a point's `files` folder.
    pub(crate) fn stored(&self, point: &str) -> BTreeSet<String> {
        names(&self.site.point_folder(point).unwrap().join("files"))
    }

    /// The digests in a site's `files` folder.
    pub(crate) fn stored_at_site(&self, site: &str) -> BTreeSet<String> {
        names(&self.site.site_folder(site).unwrap().join("files"))
    }

    /// Where a point keeps the file with these bytes.
    pub(crate) fn place(&self, point: &str, bytes: &str) -> PathBuf {
        self.site.point_folder(point).unwrap().join("files").join(sha256(bytes.as_bytes()))
    }
}

pub(crate) fn hierarchy() -> Hierarchy {
    let sites = Hierarchy::new("PS1").unwrap().child("PS2", "PS1").unwrap();
    let sites = sites.child("PS3", "PS2").unwrap();
    let pairs = [("A", "PS1"), ("B", "PS2"), ("C", "PS3"), ("D", "PS1")];
    pairs.into_iter().fold(sites, |tree, (point, site)| tree.point(point, site).unwrap())
}

/// What a read-back of exactly these files says.
pub(crate) fn files<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Vec<ContentFile> {
    let mut expected: Vec<ContentFile> = files
        .iter()
        .map(|(path, bytes)| ContentFile {
            path: (*path).to_owned(),
            size: bytes.as_ref().len() as u64,
            sha256: sha256(bytes.as_ref()),
        })
        .collect();
    expected.sort();
    expected
}

/// The digests of these contents.
pub(crate) fn digests(contents: &[&str]) -> BTreeSet<String> {
    contents.iter().map(|bytes| sha256(bytes.as_bytes())).collect()
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

pub(crate) fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}
