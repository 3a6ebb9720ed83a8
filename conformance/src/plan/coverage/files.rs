//! The files of a source as a plan makes them, with what decides how one version differs from another: bytes, time,
//! and where a file came from.

use super::dimensions::{Bytes, Change, Changed, Name, Size};
use super::spot::Spot;
use super::values::INSIDE;
use pkgsource_model::operation;
use pkgsource_model::words::{Body, FilePath};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    pub(super) body: Body,
    /// The number of the write that set its modification time.
    time: u64,
    /// What it was called when the last version was made, if it was renamed since.
    renamed_from: Option<FilePath>,
}

/// A source's files.
pub(super) type Tree = BTreeMap<FilePath, File>;

/// Applies a change; `now` is the time of a write that keeps none.
pub(super) fn apply(tree: &mut Tree, change: &operation::Change<Body>, now: u64) {
    match change {
        operation::Change::Write { path, file, keep_time } => {
            make_room(tree, path);
            let old = tree.get(path).filter(|_| *keep_time).map(|old| old.time);
            let time = old.unwrap_or(now);
            tree.insert(path.clone(), File { body: file.clone(), time, renamed_from: None });
        }
        operation::Change::Delete { path } => {
            tree.remove(path);
        }
        operation::Change::Rename { from, to } => {
            if let Some(mut file) = tree.remove(from) {
                make_room(tree, to);
                file.renamed_from.get_or_insert_with(|| from.clone());
                tree.insert(to.clone(), file);
            }
        }
    }
}

/// Takes away what cannot stand beside a file at `path`: files above it. What stands below it a plan has to delete itself.
fn make_room(tree: &mut Tree, path: &FilePath) {
    for folder in path.folders() {
        tree.remove(folder);
    }
}

/// True where a file is in a folder of this path.
fn has_below(tree: &Tree, path: &FilePath) -> bool {
    let after = (Bound::Excluded(path.as_str()), Bound::Unbounded);
    let later = tree.range::<str, _>(after).map(|(known, _)| known);
    // Between a path and what is below it stand names that only begin alike, such as `a-b` between `a` and `a/b`.
    let mut alike = later.take_while(|known| known.as_str().starts_with(path.as_str()));
    alike.any(|known| known.is_below(path))
}

/// A version is made of the tree: renames count from here on.
pub(super) fn snapshot(tree: &mut Tree) -> Tree {
    for file in tree.values_mut() {
        file.renamed_from = None;
    }
    tree.clone()
}

/// How long a body is.
pub(super) fn size(body: &Body) -> u64 {
    match body {
        Body::Text(text) => text.len() as u64,
        Body::Base64(text) => {
            let padding = text.bytes().rev().take_while(|&byte| byte == b'=').count();
            (text.len() / 4 * 3 - padding) as u64
        }
        Body::Fill { size, .. } => *size,
    }
}

/// The versions between which a difference is told.
pub(super) struct Versions<'a> {
    pub(super) before_last: Option<&'a Tree>,
    pub(super) last: &'a Tree,
    pub(super) now: &'a Tree,
    /// The paths that some version had.
    pub(super) ever: &'a BTreeSet<FilePath>,
    /// True where the source is another than the last version's: times and renames say nothing then.
    pub(super) moved: bool,
}

impl Versions<'_> {
    /// How many files differ, as a value.
    pub(super) fn changed(&self) -> Changed {
        let kept = self
            .last
            .iter()
            .filter(|(path, old)| self.now.get(*path).is_some_and(|file| file.body == old.body));
        let kept = kept.count();
        let new = self.now.len() - kept;
        let gone = self.last.keys().filter(|path| !self.now.contains_key(*path)).count();
        Changed::of(new + gone, self.last.len(), kept)
    }

    /// What became of each file: for each its spots. Files of which nothing remarkable is to be said have none.
    pub(super) fn files(&self) -> Vec<Vec<Spot>> {
        let mut rows = Vec::new();
        let is_unchanged = self.changed() == Changed::None;
        for (path, file) in self.now {
            let change = self.change(path, file);
            if change != Change::Untouched || !is_unchanged {
                rows.push(spots(path, &file.body, change));
            }
        }
        let renamed: BTreeSet<&FilePath> =
            self.now.values().filter_map(|now| now.renamed_from.as_ref()).collect();
        for (path, file) in self.last {
            if !self.now.contains_key(path) && !renamed.contains(path) {
                rows.push(spots(path, &file.body, Change::Gone));
            }
        }
        rows
    }

    fn change(&self, path: &FilePath, file: &File) -> Change {
        match self.last.get(path) {
            None => self.arrival(path, file),
            Some(old) if old.body != file.body => self.overwriting(path, old, file),
            Some(old) if !self.moved && old.time != file.time => Change::Touched,
            Some(_) => Change::Untouched,
        }
    }

    fn arrival(&self, path: &FilePath, file: &File) -> Change {
        if path.folders().any(|folder| self.last.contains_key(folder)) {
            Change::FileToFolder
        } else if has_below(self.last, path) {
            Change::FolderToFile
        } else if file.renamed_from.as_ref().is_some_and(|from| self.last.contains_key(from)) {
            Change::Renamed
        } else if self.ever.contains(path) {
            Change::Again
        } else if self.has_twin(path, file) {
            Change::Twin
        } else {
            Change::New
        }
    }

    fn overwriting(&self, path: &FilePath, old: &File, file: &File) -> Change {
        let is_swapped = self.now.iter().any(|(other, now)| {
            other != path
                && now.body == old.body
                && self.last.get(other).is_some_and(|last| last.body == file.body)
        });
        let back = self.before_last.and_then(|tree| tree.get(path));
        if is_swapped {
            return Change::Swapped;
        }
        if file.renamed_from.is_some() {
            return Change::RenamedOver;
        }
        if back.is_some_and(|back| back.body == file.body) {
            return Change::Back;
        }
        let keeps_time = !self.moved && old.time == file.time;
        match (size(&file.body).cmp(&size(&old.body)), keeps_time) {
            (std::cmp::Ordering::Equal, true) => Change::Hidden,
            (_, true) => Change::KeptTime,
            (std::cmp::Ordering::Equal, false) => Change::SameSize,
            (std::cmp::Ordering::Greater, false) => Change::Longer,
            (std::cmp::Ordering::Less, false) => Change::Shorter,
        }
    }

    fn has_twin(&self, path: &FilePath, file: &File) -> bool {
        self.now.iter().any(|(other, twin)| other != path && twin.body == file.body)
    }
}

fn spots(path: &FilePath, body: &Body, change: Change) -> Vec<Spot> {
    let name = Name::of(path.as_str()).map(Spot::from);
    let name = name.filter(|_| change != Change::FolderToFile || !path.as_str().ends_with(INSIDE));
    let size = Size::of(size(body)).map(Spot::from);
    let bytes = Bytes::of(body).map(Spot::from);
    [name, size, Some(Spot::from(change)), bytes].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::build::path;

    fn tree(paths: &[&str]) -> Tree {
        let file = || File { body: Body::Text(String::new()), time: 0, renamed_from: None };
        paths.iter().map(|name| (path(name), file())).collect()
    }

    #[test]
    fn a_file_is_below_a_path_also_where_names_that_begin_alike_stand_between() {
        assert!(has_below(&tree(&["a", "a-b", "a/x/y", "ab"]), &path("a")));
        assert!(!has_below(&tree(&["a", "a-b/x", "ab/x", "b/a/x"]), &path("a")));
    }

    #[test]
    fn a_file_makes_room_of_every_file_in_its_way_and_of_no_other() {
        let mut files = tree(&["a", "a/b", "a/b/c", "ab", "a-b"]);
        make_room(&mut files, &path("a/b/c/d"));
        assert_eq!(files, tree(&["ab", "a-b"]));
    }
}
