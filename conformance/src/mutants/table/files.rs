//! Mutants of which files go and which changes count: the promises `DST-7`, `DST-8` and `DST-9`.

use crate::mutants::Mutant;
use crate::mutants::mutant::{mutant, on};
use crate::mutants::scene::Scene;
use crate::mutants::spoil::contents::{
    base_name, dropped, only, only_renamed, under_old_names, with_gone, with_unchanged,
};
use crate::mutants::when::When;
use pkgsource_model::clauses::ClauseId::{Dst5, Dst7, Dst8, Dst9};
use pkgsource_model::words::{Content, FilePath, PackageClass, PackageId};

pub(super) const MUTANTS: &[Mutant] = &[
    mutant(
        Dst7,
        "image-keeps-deleted-files",
        "a file that is gone from an image's source stays at the points",
        &[on(When::Refreshed, |s| keep_gone(s, |_, _, _| true))],
    )
    .only(&[PackageClass::Image]),
    mutant(
        Dst7,
        "keeps-deleted-files",
        "a file that is gone from the source stays at the points",
        &[on(When::Refreshed, |s| keep_gone(s, |_, _, _| true))],
    ),
    mutant(
        Dst7,
        "keeps-deleted-files-in-folders",
        "a file that is gone from a folder of the source stays at the points",
        &[on(When::Refreshed, |s| keep_gone(s, |path, _, _| path.as_str().contains('/')))],
    ),
    mutant(
        Dst7,
        "keeps-the-last-files",
        "the files of a source that is emptied stay at the points",
        &[on(When::Refreshed, |s| keep_gone(s, |_, _, new| new.is_empty()))],
    ),
    mutant(
        Dst7,
        "deletes-one-file-at-a-time",
        "of several files that are gone from the source one goes from the points",
        &[on(When::Refreshed, |s| {
            keep_gone(s, |path, old, new| {
                old.keys().find(|known| !new.contains_key(*known)) != Some(path)
            });
        })],
    ),
    mutant(
        Dst7,
        "keeps-old-names",
        "a file that was renamed is at the points under both names",
        &[on(When::Refreshed, |s| {
            keep_gone(s, |path, old, new| {
                old.get(path).is_some_and(|record| new.values().any(|now| now == record))
            });
        })],
    ),
    mutant(
        Dst7,
        "keeps-deleted-files-at-a-child",
        "a file that is gone from the source stays at the points of child sites",
        &[on(When::Refreshed, |s| {
            let points = s.points_of_children();
            s.hold_mixture(&points, |old, new| with_gone(old, new, |_| true));
        })],
    ),
    mutant(
        Dst8,
        "deletes-shared-files",
        "a file that another package dropped is deleted from this one, too",
        &[on(When::Refreshed, |s| delete_dropped(s, s.others(|_| true)))],
    ),
    mutant(
        Dst8,
        "deletes-shared-files-at-the-point",
        "a file that another package at the same point dropped is deleted from this one, too",
        &[on(When::Refreshed, |s| delete_dropped(s, s.neighbours()))],
    ),
    mutant(
        Dst8,
        "deletes-files-of-the-same-name",
        "a file that another package at the same point dropped is deleted from this one by its name",
        &[on(When::Refreshed, |s| {
            let Some((old, new)) = s.contents() else { return };
            let gone = |path: &FilePath| old.contains_key(path) && !new.contains_key(path);
            for other in s.neighbours() {
                s.take_from(&other, |files| only(files.clone(), |path, _| !gone(path)));
            }
        })],
    ),
    mutant(
        Dst5,
        "emptying-empties-the-neighbours",
        "a package that is emptied takes all files of the packages at the same point with it",
        &[on(When::Refreshed, |s| {
            let emptied = s.contents().is_some_and(|(old, new)| new.is_empty() && !old.is_empty());
            for other in s.neighbours().into_iter().filter(|_| emptied) {
                s.take_from(&other, |_| Content::new());
            }
        })],
    ),
    mutant(
        Dst9,
        "compares-size-and-time",
        "a file of the same name, size and modification time counts as unchanged",
        &[on(When::Refreshed, |s| {
            let times = s.past().since.times.clone();
            s.take_mixture(|old, new| {
                with_unchanged(old, new, |path, was, is| was.size == is.size && !times.moved(path))
            });
        })],
    ),
    mutant(
        Dst9,
        "compares-sizes",
        "a file of the same name and size counts as unchanged",
        &[on(When::Refreshed, |s| {
            s.take_mixture(|old, new| with_unchanged(old, new, |_, was, is| was.size == is.size));
        })],
    ),
    mutant(
        Dst9,
        "compares-times",
        "a file of the same name and modification time counts as unchanged, whatever its size",
        &[on(When::Refreshed, |s| {
            let times = s.past().since.times.clone();
            s.take_mixture(|old, new| with_unchanged(old, new, |path, _, _| !times.moved(path)));
        })],
    ),
    mutant(
        Dst9,
        "compares-sums",
        "a source with the names and as many bytes as before counts as unchanged",
        &[on(When::Refreshed, |s| {
            let bytes = |files: &Content| files.values().map(|record| record.size).sum::<u64>();
            s.take_mixture(|old, new| {
                let same = old.keys().eq(new.keys()) && bytes(old) == bytes(new);
                if same { old.clone() } else { new.clone() }
            });
        })],
    ),
    mutant(
        Dst9,
        "misses-a-mere-rename",
        "a source in which files have only other names counts as unchanged",
        &[on(When::Refreshed, |s| {
            s.take_mixture(
                |old, new| {
                    if only_renamed(old, new) { old.clone() } else { new.clone() }
                },
            );
        })],
    ),
    mutant(
        Dst9,
        "misses-a-rename-in-case",
        "a file whose name differs in case only keeps its old name",
        &[on(When::Refreshed, |s| {
            s.take_mixture(|old, new| {
                under_old_names(old, new, |was, is| {
                    was.as_str().to_lowercase() == is.as_str().to_lowercase()
                })
            });
        })],
    ),
    mutant(
        Dst9,
        "misses-a-move",
        "a file that was moved to another folder under its own name stays where it was",
        &[on(When::Refreshed, |s| {
            s.take_mixture(|old, new| {
                under_old_names(old, new, |was, is| {
                    base_name(was.as_str()) == base_name(is.as_str())
                })
            });
        })],
    ),
];

/// Files that are gone and wanted stay in the snapshot.
fn keep_gone(s: &mut Scene<'_>, wanted: impl Fn(&FilePath, &Content, &Content) -> bool) {
    s.take_mixture(|old, new| with_gone(old, new, |path| wanted(path, old, new)));
}

/// Files whose bytes this package has no longer go from the points of others.
fn delete_dropped(s: &mut Scene<'_>, others: Vec<PackageId>) {
    let Some((old, new)) = s.contents() else { return };
    let dropped = dropped(&old, &new);
    for other in others {
        s.take_from(&other, |files| only(files.clone(), |_, record| !dropped.contains(record)));
    }
}
