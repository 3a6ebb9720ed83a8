//! Mutants of whether a version is at a point as a whole: the promise `DST-5`.

use crate::mutants::Mutant;
use crate::mutants::mutant::{mutant, on};
use crate::mutants::scene::Scene;
use crate::mutants::spoil::contents::{base_name, cut, named, one_new_among_old, only, rewritten};
use crate::mutants::when::When;
use pkgsource_model::clauses::ClauseId::Dst5;
use pkgsource_model::index::{GenerationIndex, Index};
use pkgsource_model::reply::{Answer, Page, PointStatus, Reply};
use pkgsource_model::words::{Content, PointState, SourceVersion};

/// From which size on a file counts as large.
const LARGE: u64 = 65_536;

/// How many files a list holds that is too short.
const SHORT_LIST: usize = 50;

pub(super) const MUTANTS: &[Mutant] = &[
    mutant(
        Dst5,
        "mixes-versions",
        "a point has one file of the new version and the rest of the old",
        &[on(When::Refreshed, |s| {
            let points = s.points();
            s.hold_mixture(&points, |old, new| one_new_among_old(old, new, <[_]>::first));
        })],
    ),
    mutant(
        Dst5,
        "mixes-versions-at-the-last-point",
        "the last point has the last file of the new version and the rest of the old",
        &[on(When::Refreshed, |s| {
            let points = s.last();
            s.hold_mixture(&points, |old, new| one_new_among_old(old, new, <[_]>::last));
        })],
    ),
    mutant(
        Dst5,
        "new-files-before-changed-ones",
        "a point has the files that are new, and the old bytes of those that were rewritten",
        &[on(When::Refreshed, |s| {
            let points = s.points();
            s.hold_mixture(&points, |old, new| {
                let has_more = new.keys().any(|path| !old.contains_key(path));
                let changed = rewritten(old, new);
                if changed.is_empty() || !has_more {
                    return new.clone();
                }
                let bytes = |path| old.get(path).filter(|_| changed.contains(path));
                new.iter().map(|(path, now)| (path.clone(), *bytes(path).unwrap_or(now))).collect()
            });
        })],
    ),
    mutant(
        Dst5,
        "difference-to-the-wrong-base",
        "a point gets what has changed since the last version, on top of what it had before that",
        &[on(When::Refreshed, |s| {
            let snapshots = s.now().map_or(0, |package| package.state.generations.len());
            let base =
                snapshots.checked_sub(3).and_then(|nth| s.snapshot(GenerationIndex::of(nth)));
            let Some(base) = base else { return };
            let points = s.points();
            s.hold_mixture(&points, |old, new| {
                let kept = |path| base.contains_key(path) && old.get(path) == new.get(path);
                let bytes = |path| base.get(path).filter(|_| kept(path));
                new.iter().map(|(path, now)| (path.clone(), *bytes(path).unwrap_or(now))).collect()
            });
        })],
    ),
    mutant(
        Dst5,
        "installs-an-unread-source",
        "a package created while its source is absent is installed as an empty folder",
        &[
            on(When::PointRead, |s| {
                if has_unread_source(s) {
                    let (state, version) = (PointState::Installed, Some(SourceVersion::FIRST));
                    s.reply = Reply::Ok(Answer::Point(PointStatus { state, version }));
                }
            }),
            on(When::ContentRead, |s| {
                if has_unread_source(s) {
                    let files = Content::new();
                    s.reply = Reply::Ok(Answer::Content(Some(Page { files, next: None })));
                }
            }),
        ],
    ),
    mutant(
        Dst5,
        "no-source-empties-points",
        "once the source is written away, every point shows an empty folder, still installed",
        &[on(When::ContentRead, |s| {
            if s.now().is_some_and(|package| !package.state.has_source()) {
                s.change_every_file_list(|_| Content::new());
            }
        })],
    ),
    mutant(
        Dst5,
        "drops-empty-files",
        "no file without bytes is copied",
        &[on(When::ContentRead, |s| {
            s.change_every_file_list(|files| only(files, |_, record| record.size > 0));
        })],
    ),
    mutant(
        Dst5,
        "cuts-large-files",
        "of a file of 64 KiB or more only the first half is copied",
        &[on(When::ContentRead, |s| {
            s.change_every_file_list(|files| cut(files, |record| record.size >= LARGE));
        })],
    ),
    mutant(
        Dst5,
        "copies-fifty-files",
        "of the files of a version only the first fifty are copied",
        &[on(When::ContentRead, |s| {
            s.change_every_file_list(|files| files.into_iter().take(SHORT_LIST).collect());
        })],
    ),
    mutant(
        Dst5,
        "folds-names",
        "every file is copied under its name in small letters",
        &[on(When::ContentRead, |s| {
            s.change_every_file_list(|files| named(files, str::to_lowercase));
        })],
    ),
    mutant(
        Dst5,
        "composes-names",
        "a letter with an accent of its own is copied as one letter",
        &[on(When::ContentRead, |s| {
            s.change_every_file_list(|files| named(files, |name| name.replace("e\u{301}", "é")));
        })],
    ),
    mutant(
        Dst5,
        "joins-names-at-spaces",
        "a name with a space is copied without it",
        &[on(When::ContentRead, |s| {
            s.change_every_file_list(|files| named(files, |name| name.replace(' ', "")));
        })],
    ),
    mutant(
        Dst5,
        "drops-names-with-a-dash",
        "a file whose name begins with a dash is taken for an option and not copied",
        &[on(When::ContentRead, |s| {
            s.change_every_file_list(|files| {
                only(files, |path, _| !base_name(path.as_str()).starts_with('-'))
            });
        })],
    ),
    mutant(
        Dst5,
        "drops-deep-files",
        "no file is copied from the third level of folders or below",
        &[on(When::ContentRead, |s| {
            s.change_every_file_list(|files| {
                only(files, |path, _| path.as_str().matches('/').count() < 3)
            });
        })],
    ),
    mutant(
        Dst5,
        "drops-long-names",
        "no file is copied whose name has more than 143 bytes",
        &[on(When::ContentRead, |s| {
            s.change_every_file_list(|files| {
                only(files, |path, _| base_name(path.as_str()).len() <= 143)
            });
        })],
    ),
    mutant(
        Dst5,
        "drops-long-paths",
        "no file is copied whose path has 260 bytes or more",
        &[on(When::ContentRead, |s| {
            s.change_every_file_list(|files| only(files, |path, _| path.as_str().len() < 260));
        })],
    ),
    mutant(
        Dst5,
        "drops-hidden-files",
        "no file is copied whose name, or whose folder's name, begins with a full stop",
        &[on(When::ContentRead, |s| {
            s.change_every_file_list(|files| {
                only(files, |path, _| !path.as_str().split('/').any(|part| part.starts_with('.')))
            });
        })],
    ),
    mutant(
        Dst5,
        "drops-temporary-files",
        "no file is copied whose name says that it is temporary (`*.tmp`, `*.bak`, `*~`)",
        &[on(When::ContentRead, |s| {
            s.change_every_file_list(|files| {
                let ends = |name: &str| [".tmp", ".bak", "~"].iter().any(|end| name.ends_with(end));
                only(files, |path, _| !ends(path.as_str()))
            });
        })],
    ),
    mutant(
        Dst5,
        "trims-names",
        "a name that ends in a full stop is copied without it",
        &[on(When::ContentRead, |s| {
            s.change_every_file_list(|files| {
                named(files, |name| name.trim_end_matches('.').to_owned())
            });
        })],
    ),
];

/// True where a point was read of a package whose only version is of a source that could not be read.
fn has_unread_source(s: &Scene<'_>) -> bool {
    s.now().is_some_and(|package| {
        let state = &package.state;
        let unread = matches!(&state.generations[..], [first] if first.held.is_none());
        let assigned = state.points.get(s.point).is_some_and(|row| row.assigned);
        unread && assigned && !state.properties.bare
    })
}
