//! Files as somebody gets them wrong: what is made of the last version's files and this one's, or of one version's alone.
//! Pure functions of contents.

use pkgsource_model::words::{Content, Digest, FilePath, FileRecord};
use std::collections::BTreeSet;

/// The files of `new`, and those of `old` that are gone and wanted.
pub(in crate::mutants) fn with_gone(
    old: &Content,
    new: &Content,
    wanted: impl Fn(&FilePath) -> bool,
) -> Content {
    let gone = old.iter().filter(|(path, _)| !new.contains_key(*path) && wanted(path));
    gone.chain(new).map(|(path, record)| (path.clone(), *record)).collect()
}

/// The files of `new`; of those that both have, the ones that count as unchanged are as they were.
pub(in crate::mutants) fn with_unchanged(
    old: &Content,
    new: &Content,
    counts_as_unchanged: impl Fn(&FilePath, FileRecord, FileRecord) -> bool,
) -> Content {
    let keep = |(path, record): (&FilePath, &FileRecord)| {
        let known = old.get(path).filter(|known| counts_as_unchanged(path, **known, *record));
        (path.clone(), *known.unwrap_or(record))
    };
    new.iter().map(keep).collect()
}

/// The files that both have and that differ, in order of their names.
pub(in crate::mutants) fn rewritten(old: &Content, new: &Content) -> Vec<FilePath> {
    let differs = |(path, record): &(&FilePath, &FileRecord)| {
        old.get(*path).is_some_and(|known| known != *record)
    };
    new.iter().filter(differs).map(|(path, _)| path.clone()).collect()
}

/// The old files, with one of those that were rewritten as it is now; `old` where less than two were.
pub(in crate::mutants) fn one_new_among_old(
    old: &Content,
    new: &Content,
    choose: impl Fn(&[FilePath]) -> Option<&FilePath>,
) -> Content {
    let changed = rewritten(old, new);
    let chosen = choose(&changed).filter(|_| changed.len() > 1);
    let mut mixture = old.clone();
    mixture.extend(chosen.and_then(|path| Some((path.clone(), *new.get(path)?))));
    mixture
}

/// True where the same files are there under other names, and no other.
pub(in crate::mutants) fn only_renamed(old: &Content, new: &Content) -> bool {
    let sorted = |content: &Content| {
        let mut records: Vec<FileRecord> = content.values().copied().collect();
        records.sort_unstable();
        records
    };
    old != new && sorted(old) == sorted(new)
}

/// The files of `new`, where each that `is_same` as one that is gone keeps that one's name.
pub(in crate::mutants) fn under_old_names(
    old: &Content,
    new: &Content,
    is_same: impl Fn(&FilePath, &FilePath) -> bool,
) -> Content {
    let mut gone: Vec<(&FilePath, &FileRecord)> =
        old.iter().filter(|(path, _)| !new.contains_key(*path)).collect();
    let name = |(path, record): (&FilePath, &FileRecord)| {
        let is_known = !old.contains_key(path);
        let place = gone.iter().position(|(known, bytes)| *bytes == record && is_same(known, path));
        let known = place.filter(|_| is_known).map(|place| gone.remove(place).0);
        (known.unwrap_or(path).clone(), *record)
    };
    new.iter().map(name).collect()
}

/// Without the files that these are not.
pub(in crate::mutants) fn only(
    files: Content,
    kept: impl Fn(&FilePath, &FileRecord) -> bool,
) -> Content {
    files.into_iter().filter(|(path, record)| kept(path, record)).collect()
}

/// The same files, some of them shorter.
pub(in crate::mutants) fn cut(files: Content, is_cut: impl Fn(&FileRecord) -> bool) -> Content {
    let shortened = |(path, record): (FilePath, FileRecord)| {
        let is_cut = is_cut(&record);
        (path, if is_cut { shorter(record) } else { record })
    };
    files.into_iter().map(shortened).collect()
}

/// Half of a file: other bytes, since their digest cannot be known from the whole.
fn shorter(record: FileRecord) -> FileRecord {
    let Digest(bytes) = record.sha256;
    FileRecord { size: record.size / 2, sha256: Digest(bytes.map(|byte| !byte)) }
}

/// The same files under other names; of two that come to have one name, the later stays.
pub(in crate::mutants) fn named(files: Content, name: impl Fn(&str) -> String) -> Content {
    let renamed = |(path, record): (FilePath, FileRecord)| {
        let other = FilePath::new(&name(path.as_str())).unwrap_or(path);
        (other, record)
    };
    files.into_iter().map(renamed).collect()
}

/// The last part of a path.
pub(in crate::mutants) fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The records of the files that `new` has no longer, under any name.
pub(in crate::mutants) fn dropped(old: &Content, new: &Content) -> BTreeSet<FileRecord> {
    let kept: BTreeSet<FileRecord> = new.values().copied().collect();
    old.values().filter(|record| !kept.contains(record)).copied().collect()
}
