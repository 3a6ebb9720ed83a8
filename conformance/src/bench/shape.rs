//! The shapes of content, and the plan of each: what is refreshed, over how many points. The plan is an ordinary one and
//! says nothing of what should be seen.

use crate::adapter::body::body_bytes;
use crate::plan::Plan;
use crate::plan::build::{Build, package, path, point};
use pkgsource_model::operation::{Change, Operation};
use pkgsource_model::words::{Body, PackageClass};
use serde::{Deserialize, Serialize};

/// How long the one large file is, in bytes.
pub(super) const LARGE_BYTES: u64 = 8 * 1024 * 1024;

/// How many small files there are.
pub(super) const MANY_FILES: usize = 500;

/// How long a small file is, in bytes.
pub(super) const SMALL_BYTES: u64 = 4 * 1024;

/// How many small files are one per cent.
pub(super) const CHANGED_FILES: usize = MANY_FILES / 100;

/// The most bytes, and the most files, that all content reads of a case may see: beyond, only the last refresh is read
/// back whole.
const MOST_READ: (u64, u64) = (1 << 30, 200_000);

/// A shape of content, and what changes in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// One large file, all of it new
    Large,
    /// Many small files, all of them new
    Many,
    /// Many small files, one per cent of them new
    OnePerCent,
    /// Many small files, nothing changed
    Unchanged,
    /// Many small files, all of them new, to points at a child site
    ChildSite,
}

impl Shape {
    /// All shapes.
    pub const ALL: [Self; 5] =
        [Self::Large, Self::Many, Self::OnePerCent, Self::Unchanged, Self::ChildSite];

    /// The name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Large => "one large file",
            Self::Many => "many small files",
            Self::OnePerCent => "one per cent changed",
            Self::Unchanged => "nothing changed",
            Self::ChildSite => "many small files, child site",
        }
    }

    /// How many files a package has, and how many bytes together.
    #[must_use]
    pub fn size(self) -> (usize, u64) {
        match self {
            Self::Large => (1, LARGE_BYTES),
            _ => (MANY_FILES, MANY_FILES as u64 * SMALL_BYTES),
        }
    }

    /// How many of the files a refresh finds changed.
    fn changed(self) -> usize {
        match self {
            Self::Large => 1,
            Self::Many | Self::ChildSite => MANY_FILES,
            Self::OnePerCent => CHANGED_FILES,
            Self::Unchanged => 0,
        }
    }

    /// What is written before the `nth` refresh, the package's first content being 0: the path and the body of each file.
    fn writes(self, nth: usize) -> Vec<(String, Body)> {
        let (files, bytes) = self.size();
        let many = if nth == 0 { files } else { self.changed() };
        let size = bytes / files as u64;
        // Other files each time, so that one per cent is not always the same.
        let first = if nth == 0 { 0 } else { nth * many };
        let seed = |file: usize| (nth as u64) << 32 | file as u64;
        (first..first + many)
            .map(|file| file % files)
            .map(|file| {
                (format!("d{}/f{file}.bin", file % 10), Body::Fill { seed: seed(file), size })
            })
            .collect()
    }

    /// The same as bytes, for whoever does the work beside.
    pub(super) fn bytes(self, nth: usize) -> impl Iterator<Item = (String, Vec<u8>)> {
        self.writes(nth).into_iter().map(|(path, body)| (path, body_bytes(&body)))
    }

    /// The plan: one refresh that warms up, and so many that are timed. After each the points are asked for their state.
    pub(super) fn plan(self, points: usize, samples: usize, class: PackageClass) -> Plan {
        let names: Vec<String> = (1..=points).map(|nth| format!("DP{nth}")).collect();
        let at = if self == Self::ChildSite { "PS2" } else { "PS1" };
        let mut tree = vec!["PS1".to_owned()];
        tree.extend((self == Self::ChildSite).then(|| "PS2<PS1".to_owned()));
        tree.extend(names.iter().map(|name| format!("{name}@{at}")));
        let tree: Vec<&str> = tree.iter().map(String::as_str).collect();
        let mut build = Build::new("bench", self.name(), &tree);
        build = build.edit("S1", self.changes(0)).create("P1", class, "S1");
        for name in &names {
            build = build.assign("P1", name);
        }
        build = build.settle();
        let refreshes = samples + 1;
        let reads_all = self.reads_all(points, refreshes);
        for nth in 1..=refreshes {
            if self.changed() > 0 {
                build = build.edit("S1", self.changes(nth));
            }
            build = build.refresh("P1");
            for name in &names {
                let (package, point) = (package("P1"), point(name));
                build = build.operation(Operation::Point { package, point });
            }
            build = build.operation(Operation::Package { package: package("P1") });
            if reads_all || nth == refreshes {
                build = build.settle();
            }
        }
        build.plan()
    }

    fn changes(self, nth: usize) -> Vec<Change<Body>> {
        let writes = self.writes(nth).into_iter();
        writes.map(|(at, file)| Change::Write { path: path(&at), file, keep_time: false }).collect()
    }

    fn reads_all(self, points: usize, refreshes: usize) -> bool {
        let (files, bytes) = self.size();
        let reads = (points * (refreshes + 1)) as u64;
        bytes * reads <= MOST_READ.0 && files as u64 * reads <= MOST_READ.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refresh_finds_what_its_shape_says() {
        let many = |shape: Shape| (shape.writes(0).len(), shape.writes(1).len());
        assert_eq!(many(Shape::Large), (1, 1));
        assert_eq!(many(Shape::Many), (MANY_FILES, MANY_FILES));
        assert_eq!(many(Shape::OnePerCent), (MANY_FILES, CHANGED_FILES));
        assert_eq!(many(Shape::Unchanged), (MANY_FILES, 0));
        for shape in [Shape::Large, Shape::Many, Shape::OnePerCent] {
            let (one, two) = (shape.writes(1), shape.writes(2));
            assert!(one.iter().all(|write| !two.contains(write)), "{shape:?}");
        }
    }
}
