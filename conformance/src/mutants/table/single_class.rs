//! Mutants of what only some classes have, of the flag that is the method by another name, and of schedules: the promises
//! `CLS-1`, `CLS-4`, `CLS-5`, `CLS-8` and `SCH-1`.

use crate::mutants::Mutant;
use crate::mutants::mutant::{mutant, on};
use crate::mutants::scene::Scene;
use crate::mutants::when::When;
use pkgsource_model::clauses::ClauseId::{Cls1, Cls4, Cls5, Cls8, Sch1};
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::SourceFlag;

/// The most tokens that a schedule has.
const MOST_TOKENS: usize = 15;

pub(super) const MUTANTS: &[Mutant] = &[
    mutant(
        Cls1,
        "task-sequence-stays-operable",
        "a refreshed task sequence stays operable",
        &[on(When::OperableRead, |s| s.reply = Reply::Ok(Answer::Operable(true)))],
    ),
    mutant(
        Cls1,
        "task-sequence-recovers",
        "a task sequence that was refreshed twice is operable again",
        &[on(When::OperableRead, |s| {
            if s.past().accepted > 1 {
                s.reply = Reply::Ok(Answer::Operable(true));
            }
        })],
    ),
    mutant(
        Cls1,
        "task-sequence-with-points-stays-operable",
        "a refreshed task sequence that a point has stays operable",
        &[on(When::OperableRead, |s| {
            if !s.points().is_empty() {
                s.reply = Reply::Ok(Answer::Operable(true));
            }
        })],
    ),
    mutant(
        Cls4,
        "progress-overflows",
        "injection progress goes beyond its maximum",
        &[on(When::ContextRead, |s| {
            s.answer_context(|status| status.progress = status.max_progress + 1);
        })],
    ),
    mutant(
        Cls4,
        "injection-never-ends",
        "an injection that is complete is said to be in progress",
        &[on(When::ContextRead, |s| {
            s.answer_context(|status| {
                if status.status == 0 {
                    status.status = 1;
                }
            });
        })],
    ),
    mutant(
        Cls4,
        "complete-injection-has-an-error",
        "an injection that is complete has an error's code",
        &[on(When::ContextRead, |s| {
            s.answer_context(|status| {
                if status.status == 0 {
                    status.error_code = 2;
                }
            });
        })],
    ),
    mutant(
        Cls4,
        "injection-status-beyond-its-range",
        "an injection that is complete has a status that no page names",
        &[on(When::ContextRead, |s| {
            s.answer_context(|status| {
                status.status = if status.status == 0 { 4 } else { status.status }
            });
        })],
    ),
    mutant(
        Cls4,
        "second-injection-overflows",
        "from the second refresh on injection progress goes beyond its maximum",
        &[on(When::ContextRead, |s| {
            if s.past().accepted > 1 {
                s.answer_context(|status| status.progress = 2 * status.max_progress);
            }
        })],
    ),
    mutant(
        Cls5,
        "device-setting-takes-any-flag",
        "a device-setting package takes a PkgSourceFlag other than STORAGE_DIRECT",
        &[
            on(When::Put, |s| {
                if let Some(flag) = s.properties().and_then(|properties| properties.source_flag) {
                    s.past().flag = Some(flag);
                }
            }),
            on(When::PackageRead, |s| {
                if let Some(flag) = s.past().flag {
                    s.answer_package(|status| status.source_flag = Some(flag));
                }
            }),
        ],
    ),
    mutant(
        Cls5,
        "device-setting-loses-its-flag",
        "a device-setting package that was refreshed shows STORAGE_NO_SOURCE",
        &[on(When::PackageRead, |s| {
            if s.past().accepted > 0 {
                s.answer_package(|status| status.source_flag = Some(SourceFlag::NoSource));
            }
        })],
    ),
    mutant(
        Cls5,
        "device-setting-is-local",
        "a device-setting package that a point has shows STORAGE_LOCAL",
        &[on(When::PackageRead, |s| {
            if !s.points().is_empty() {
                s.answer_package(|status| status.source_flag = Some(SourceFlag::Local));
            }
        })],
    ),
    mutant(
        Cls8,
        "flag-write-is-ignored",
        "writing RefreshPkgSourceFlag does nothing",
        &[on(When::Put, |s| ignore_flag(s, true))],
    ),
    mutant(
        Cls8,
        "second-flag-write-is-ignored",
        "writing RefreshPkgSourceFlag for the second time does nothing",
        &[on(When::Put, |s| {
            if writes_flag(s) && s.count() > 1 {
                ignore_flag(s, true);
            }
        })],
    ),
    mutant(
        Cls8,
        "flag-write-needs-a-changed-source",
        "writing RefreshPkgSourceFlag does nothing where the source is unchanged",
        &[on(When::Put, |s| ignore_flag(s, !s.changed()))],
    ),
    mutant(
        Cls8,
        "flag-write-needs-a-point",
        "writing RefreshPkgSourceFlag does nothing while no point has the package",
        &[on(When::Put, |s| ignore_flag(s, s.points().is_empty()))],
    ),
    mutant(
        Sch1,
        "takes-sixteen-tokens",
        "a schedule of sixteen tokens is taken",
        &[on(When::Scheduled, |s| {
            if s.tokens() == MOST_TOKENS + 1 {
                s.reply = Reply::Ok(Answer::Done);
            }
        })],
    ),
    mutant(
        Sch1,
        "takes-a-schedule-without-a-source",
        "a schedule of a package without a source folder is taken",
        &[on(When::Scheduled, |s| {
            let direct =
                s.old().is_some_and(|package| package.state.properties.flag == SourceFlag::Direct);
            if !direct && (1..=MOST_TOKENS).contains(&s.tokens()) {
                s.reply = Reply::Ok(Answer::Done);
            }
        })],
    ),
    mutant(
        Sch1,
        "takes-a-second-schedule-of-any-length",
        "a schedule that takes another's place may have any number of tokens",
        &[on(When::Scheduled, |s| {
            if s.count() > 1 && s.tokens() > MOST_TOKENS {
                s.reply = Reply::Ok(Answer::Done);
            }
        })],
    ),
];

fn writes_flag(s: &Scene<'_>) -> bool {
    s.properties().is_some_and(|properties| properties.refresh_pkg_source_flag == Some(true))
}

/// The write of the flag leaves everything as it was.
fn ignore_flag(s: &mut Scene<'_>, ignored: bool) {
    if ignored && writes_flag(s) {
        s.undo();
    }
}
