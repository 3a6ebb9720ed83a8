//! A site, its source, and what every committed version of it must read back as.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use pkgsource_site::{Class, ContentFile, Hierarchy, NewPackage, PointState, Site};
use sha2::{Digest, Sha256};

pub(crate) const PACKAGE: &str = "PS100001";
pub(crate) const POINTS: [&str; 4] = ["A", "B", "C", "D"];

/// The source, and what every committed version of it must read back as.
pub(crate) struct Scene {
    pub(crate) root: PathBuf,
    source: PathBuf,
    /// How often the source was edited, and what a read-back of it must say now.
    edit: u32,
    latest: Vec<ContentFile>,
    /// The version that is known to be committed, and what a read-back of it must say.
    pub(crate) version: u32,
    pub(crate) committed: Vec<ContentFile>,
}

impl Scene {
    pub(crate) fn new(folder: &Path) -> Self {
        let (root, source) = (folder.join("site"), folder.join("source"));
        let tree = Hierarchy::new("PS1").unwrap().child("PS2", "PS1").unwrap();
        let tree = tree.child("PS3", "PS2").unwrap();
        let points = POINTS.into_iter().zip(["PS1", "PS2", "PS3", "PS1"]);
        let tree = points.fold(tree, |tree, (point, site)| tree.point(point, site).unwrap());
        let (latest, committed) = (Vec::new(), Vec::new());
        let mut scene = Self { root, source, edit: 0, latest, version: 0, committed };
        scene.edit_source();
        let mut site = Site::create(&scene.root, &tree).unwrap();
        scene.restore(&mut site);
        scene.commit();
        scene
    }

    /// Makes the package if it is gone, at version 1, and assigns it to every point.
    pub(crate) fn restore(&self, site: &mut Site) {
        if site.package(PACKAGE).unwrap().is_none() {
            let new = NewPackage::direct(PACKAGE, Class::Package, &self.source);
            site.create_package(&new).unwrap();
        }
        for point in POINTS {
            site.assign(PACKAGE, point).unwrap();
        }
    }

    /// What is in the source has become the next version.
    pub(crate) fn commit(&mut self) {
        self.version += 1;
        self.committed.clone_from(&self.latest);
    }

    /// Writes the next edit: some files change, some stay, one comes, one goes.
    pub(crate) fn edit_source(&mut self) {
        self.edit += 1;
        drop(fs::remove_dir_all(&self.source));
        fs::create_dir_all(self.source.join("sub")).unwrap();
        let mut files = Vec::new();
        for number in 0..24_u32 {
            let path = match number {
                0 => format!("only-in-{}", self.edit),
                1..12 => format!("sub/changing-{number}"),
                _ => format!("staying-{number}"),
            };
            let edit = if number < 12 { self.edit } else { 0 };
            let bytes = format!("file {number} edit {edit} ").repeat(1 << (number % 12));
            fs::write(self.source.join(&path), &bytes).unwrap();
            files.push(ContentFile {
                path,
                size: bytes.len() as u64,
                sha256: sha256(bytes.as_bytes()),
            });
        }
        files.sort();
        self.latest = files;
    }

    /// True once the owner's library holds a file that is no part of the committed version.
    pub(crate) fn snapshot_has_begun(&self) -> bool {
        let committed = self.committed.iter().map(|file| &file.sha256).collect::<BTreeSet<_>>();
        fs::read_dir(self.root.join("sites/PS1/files")).unwrap().count() > committed.len()
    }

    /// How many points have a manifest of that version, read from their raw files.
    pub(crate) fn switched(&self, version: u32) -> usize {
        let text = format!("\"version\":{version},");
        let points = self.root.join("points");
        let manifests = POINTS.map(|point| points.join(point).join("packages").join(PACKAGE));
        let texts = manifests.map(|manifest| fs::read_to_string(manifest).unwrap());
        texts.iter().filter(|manifest| manifest.contains(&text)).count()
    }

    /// Every point, as it was left and before anything is recovered, serves one whole version: the committed one or the
    /// next. Only raw files are looked at.
    pub(crate) fn check_points_as_they_were_left(&self) {
        for point in POINTS {
            let folder = self.root.join("points").join(point);
            let bytes = fs::read(folder.join("packages").join(PACKAGE)).unwrap();
            let manifest: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            let listed: Vec<ContentFile> =
                serde_json::from_value(manifest["files"].clone()).unwrap();
            let next = manifest["version"] == self.version + 1;
            assert!(next || manifest["version"] == self.version, "{point}");
            assert_eq!(&listed, if next { &self.latest } else { &self.committed }, "{point}");
            for file in listed {
                let bytes = fs::read(folder.join("files").join(&file.sha256)).unwrap();
                assert_eq!(sha256(&bytes), file.sha256, "{} on {point}", file.path);
            }
        }
    }

    /// Everything that a client can read agrees on the committed version, and nothing else is left on disk.
    pub(crate) fn check(&self, site: &Site) {
        let (version, files) = (self.version, &self.committed);
        let status = site.package(PACKAGE).unwrap().unwrap();
        assert_eq!((status.version, status.action, status.failure), (version, 0, None));
        let mut digests: Vec<&String> = files.iter().map(|file| &file.sha256).collect();
        digests.sort();
        for point in POINTS {
            let status = site.point(PACKAGE, point).unwrap();
            assert_eq!((status.state, status.version), (PointState::Installed, Some(version)));
            assert_eq!(site.content(PACKAGE, point).unwrap().as_ref(), Some(files), "{point}");
            check_folder(&site.point_folder(point).unwrap(), &digests);
        }
        for name in ["PS1", "PS2", "PS3"] {
            let status = site.site(PACKAGE, name).unwrap().unwrap();
            assert_eq!((status.version, status.stored), (version, Some(version)), "{name}");
            check_folder(&site.site_folder(name).unwrap(), &digests);
        }
    }
}

/// Exactly the files of the version, nothing half-written.
pub(crate) fn check_folder(folder: &Path, digests: &[&String]) {
    let names = |part: &str| -> Vec<String> {
        let entries = fs::read_dir(folder.join(part)).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert!(names("incoming").is_empty());
    assert!(names("files").iter().eq(digests.iter().copied()), "{}", folder.display());
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}
