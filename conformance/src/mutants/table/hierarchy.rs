//! Mutants of what child sites get and know: the promises `HIE`.

use crate::adapter::reference::Pace;
use crate::mutants::mutant::{mutant, on};
use crate::mutants::scene::Scene;
use crate::mutants::when::When;
use crate::mutants::{Mutant, Pin};
use pkgsource_model::clauses::ClauseId::{Hie1, Hie2, Hie3, Hie4};
use pkgsource_model::index::{Index, SiteIndex};
use pkgsource_model::readings::Question;
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::{PackageClass, SourceVersion};

const METADATA_ONLY: &[Pin] = &[Pin::new(Question::ChildWithoutPoint, "metadata_only")];
const OPEN: &str = "whether a child site without a point gets the files is open, so that only a pinned reading forbids it";

pub(super) const MUTANTS: &[Mutant] = &[
    mutant(
        Hie1,
        "software-updates-skip-child-sites",
        "software updates are not replicated to child sites",
        &[on(When::SiteRead, |s| {
            if s.is_child_read() {
                s.site_stores_the_version_before();
            }
        })],
    )
    .only(&[PackageClass::SoftwareUpdates]),
    mutant(
        Hie1,
        "child-keeps-old-files",
        "a child site's files stay at the version before",
        &[on(When::SiteRead, |s| {
            if s.is_child_read() {
                s.site_stores_the_version_before();
            }
        })],
    ),
    mutant(
        Hie1,
        "second-child-keeps-old-files",
        "the files of the second child site stay at the version before",
        &[on(When::SiteRead, |s| {
            if s.site == SiteIndex::of(2) {
                s.site_stores_the_version_before();
            }
        })],
    ),
    mutant(
        Hie1,
        "child-keeps-the-second-version",
        "a child site's files come to version 2 and no further",
        &[on(When::SiteRead, |s| {
            if s.is_child_read() {
                let most = SourceVersion(2);
                s.answer_site(|status| {
                    status.stored = status.stored.map(|stored| stored.map(|v| v.min(most)));
                });
            }
        })],
    ),
    mutant(
        Hie1,
        "child-misses-a-version-after-a-failure",
        "the first refresh after one that failed does not bring a child site its files",
        &[
            on(When::Refreshed, |s| s.past().count = u32::from(s.past().since.failures > 0)),
            on(When::SiteRead, |s| {
                if s.is_child_read() && s.past().count > 0 {
                    s.site_stores_the_version_before();
                }
            }),
        ],
    ),
    mutant(
        Hie2,
        "files-go-everywhere",
        "files go to sites that have no point of the package",
        &[on(When::SiteRead, |s| {
            if s.is_child_read() {
                s.answer_site(|status| status.stored = Some(Some(status.version)));
            }
        })],
    )
    .pinned(METADATA_ONLY, OPEN),
    mutant(
        Hie2,
        "files-go-to-the-second-child",
        "files go to the second child site, whether it has a point of the package or not",
        &[on(When::SiteRead, |s| {
            if s.site == SiteIndex::of(2) {
                s.answer_site(|status| status.stored = Some(Some(status.version)));
            }
        })],
    )
    .pinned(METADATA_ONLY, OPEN),
    mutant(
        Hie2,
        "files-go-everywhere-by-a-refresh",
        "from the first refresh on files go to sites that have no point of the package",
        &[on(When::SiteRead, |s| {
            if s.is_child_read() && s.past().accepted > 0 {
                s.answer_site(|status| status.stored = Some(Some(status.version)));
            }
        })],
    )
    .pinned(METADATA_ONLY, OPEN),
    mutant(
        Hie3,
        "child-stays-behind",
        "a child site that never had a point of the package never hears of a new version (KB-936465)",
        &[on(When::SiteRead, |s| {
            if s.is_child_read() {
                hear_at_most_of(s, SourceVersion::FIRST);
            }
        })],
    ),
    mutant(
        Hie3,
        "second-child-stays-behind",
        "the second child site never hears of a new version while it has had no point of the package",
        &[on(When::SiteRead, |s| {
            if s.site == SiteIndex::of(2) {
                hear_at_most_of(s, SourceVersion::FIRST);
            }
        })],
    ),
    mutant(
        Hie3,
        "child-is-always-one-behind",
        "a child site that never had a point of the package knows the version before",
        &[on(When::SiteRead, |s| {
            if s.is_child_read() && had_no_point(s) {
                s.site_says_the_version_before();
            }
        })],
    ),
    mutant(
        Hie3,
        "child-hears-of-no-third-version",
        "a child site that never had a point of the package hears of version 2 and of no later one",
        &[on(When::SiteRead, |s| {
            if s.is_child_read() {
                hear_at_most_of(s, SourceVersion(2));
            }
        })],
    ),
    mutant(
        Hie4,
        "point-before-site",
        "a child site's point reports a version that the site hears of when all is done",
        &[
            on(When::Waited, note_what_is_done),
            on(When::SiteRead, |s| {
                if s.is_child_read() {
                    hear_of_what_was_done(s);
                }
            }),
        ],
    )
    .at(Pace::Later),
    mutant(
        Hie4,
        "point-before-site-from-the-third",
        "from version 3 on a child site's point reports one that the site hears of when all is done",
        &[
            on(When::Waited, note_what_is_done),
            on(When::SiteRead, |s| {
                if s.is_child_read() && s.past().count >= 2 {
                    hear_of_what_was_done(s);
                }
            }),
        ],
    )
    .at(Pace::Later),
    mutant(
        Hie4,
        "point-before-the-second-site",
        "the second child site hears of a version that its points report when all is done",
        &[
            on(When::Waited, note_what_is_done),
            on(When::SiteRead, |s| {
                if s.site == SiteIndex::of(2) {
                    hear_of_what_was_done(s);
                }
            }),
        ],
    )
    .at(Pace::Later),
];

/// True for a site that never had a point of the package. One that had knows what its points got.
fn had_no_point(s: &Scene<'_>) -> bool {
    let row = s.now().and_then(|package| package.state.sites.get(s.site));
    row.is_some_and(|row| !row.had_point)
}

/// A site without a point knows no later version than this one.
fn hear_at_most_of(s: &mut Scene<'_>, most: SourceVersion) {
    if had_no_point(s) {
        s.answer_site(|status| status.version = status.version.min(most));
    }
}

/// All is done: sites may know of the version that there is now.
fn note_what_is_done(s: &mut Scene<'_>) {
    if s.reply == Reply::Ok(Answer::Idle(true)) {
        s.past().count = s.version();
    }
}

/// A site knows no version but those for which all was done once.
fn hear_of_what_was_done(s: &mut Scene<'_>) {
    let done = SourceVersion(s.past().count.max(1));
    s.answer_site(|status| status.version = status.version.min(done));
}
