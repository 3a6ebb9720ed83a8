//! The mutants, each with its sentence, the clause that it breaks, and its defect. What a defect does is in [`super::defect`].

use super::{Defect, Mutant};
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::readings::Question;
use pkgsource_model::words::PackageClass;

const fn mutant(
    name: &'static str,
    clause: ClauseId,
    defect: Defect,
    says: &'static str,
) -> Mutant {
    Mutant { name, says, clause, class: None, defect, pins: &[] }
}

const fn only(class: PackageClass, mutant: Mutant) -> Mutant {
    Mutant { class: Some(class), ..mutant }
}

/// Every mutant: those of the classes first, then the others in the order of their clauses.
pub const MUTANTS: &[Mutant] = &[
    only(
        PackageClass::Vhd,
        mutant(
            "vhd-skips-a-point",
            ClauseId::Dst1,
            Defect::LeavesPointBehind,
            "a VHD's refresh leaves one point behind",
        ),
    ),
    only(
        PackageClass::DeviceSetting,
        mutant(
            "device-setting-takes-any-flag",
            ClauseId::Cls5,
            Defect::TakesAnyFlag,
            "a device-setting package takes a PkgSourceFlag other than STORAGE_DIRECT",
        ),
    ),
    only(
        PackageClass::Driver,
        mutant(
            "driver-content-never-arrives",
            ClauseId::Cls6,
            Defect::ForgetsAdditions,
            "content added with bRefreshDPs=false never arrives at the next refresh",
        ),
    ),
    only(
        PackageClass::TaskSequence,
        mutant(
            "task-sequence-points-stay-stale",
            ClauseId::Dst1,
            Defect::LeavesEveryPointBehind,
            "a task sequence's refresh returns 0 and its points stay stale although no property changed",
        ),
    ),
    only(
        PackageClass::BootImage,
        mutant(
            "boot-image-needs-a-context",
            ClauseId::If8,
            Defect::NeedsContext,
            "a boot image is refreshed only with a ContextID",
        ),
    ),
    only(
        PackageClass::Package,
        mutant(
            "package-put-refreshes",
            ClauseId::Ver4,
            Defect::PutRefreshes,
            "saving the properties of a regular package unchanged refreshes it (KB-281754)",
        ),
    ),
    only(
        PackageClass::Content,
        mutant(
            "content-fails-silently",
            ClauseId::If4,
            Defect::FailsSilently,
            "a content package's refresh returns 0 while its source is absent, and nothing shows it",
        ),
    ),
    only(
        PackageClass::SoftwareUpdates,
        mutant(
            "software-updates-skip-child-sites",
            ClauseId::Hie1,
            Defect::ChildKeepsOldFiles,
            "software updates are not replicated to child sites",
        ),
    ),
    only(
        PackageClass::Image,
        mutant(
            "image-keeps-deleted-files",
            ClauseId::Dst7,
            Defect::KeepsDeletedFiles,
            "a file that is gone from an image's source stays at the points",
        ),
    ),
    only(
        PackageClass::OperatingSystemInstall,
        mutant(
            "install-package-ignores-unchanged-source",
            ClauseId::Ver6,
            Defect::SkipsUnchangedIncrement,
            "an unchanged source raises no version",
        ),
    ),
    mutant(
        "fails-silently",
        ClauseId::If4,
        Defect::FailsSilently,
        "a refresh returns 0 while the source is absent, and nothing ever shows it",
    ),
    mutant(
        "accepts-unknown-package",
        ClauseId::If7,
        Defect::AcceptsUnknown,
        "a refresh of a package that does not exist returns 0",
    ),
    mutant(
        "delete-takes-all",
        ClauseId::If10,
        Defect::DeleteTakesAll,
        "deleting one package deletes the others",
    ),
    mutant(
        "refusal-increments",
        ClauseId::If12,
        Defect::RefusalIncrements,
        "a refused call raises the version all the same",
    ),
    mutant(
        "refuses-every-second",
        ClauseId::If16,
        Defect::RefusesEverySecond,
        "every second refresh is refused without a cause",
    ),
    mutant(
        "skips-an-increment",
        ClauseId::Ver1,
        Defect::SkipsIncrement,
        "a refresh of a changed source raises no version",
    ),
    mutant(
        "increments-twice",
        ClauseId::Ver2,
        Defect::IncrementsTwice,
        "a refresh raises the version by two",
    ),
    mutant(
        "version-goes-back",
        ClauseId::Ver3,
        Defect::VersionGoesBack,
        "removing a point lowers the version",
    ),
    mutant(
        "put-refreshes",
        ClauseId::Ver4,
        Defect::PutRefreshes,
        "writing an unrelated property refreshes the package (KB-281754)",
    ),
    mutant(
        "version-can-be-written",
        ClauseId::Ver5,
        Defect::VersionCanBeWritten,
        "a client can write SourceVersion",
    ),
    mutant(
        "unchanged-is-skipped",
        ClauseId::Ver6,
        Defect::SkipsUnchangedIncrement,
        "a refresh of an unchanged source raises no version",
    ),
    mutant(
        "redistribution-increments",
        ClauseId::Ver7,
        Defect::RedistributionIncrements,
        "redistribution raises the version",
    ),
    mutant(
        "assignment-increments",
        ClauseId::Ver8,
        Defect::AssignmentIncrements,
        "adding a point raises the version",
    ),
    mutant(
        "point-reports-ahead",
        ClauseId::Ver11,
        Defect::PointReportsAhead,
        "a point reports a version that the owner has not",
    ),
    mutant(
        "late-report-goes-back",
        ClauseId::Ver12,
        Defect::ReportGoesBack,
        "a late report lowers the version that a point reports (KB-318834)",
    ),
    mutant(
        "redistribution-reads-the-source",
        ClauseId::Ver13,
        Defect::RedistributesLiveSource,
        "redistribution sends what the source holds now under the old version",
    ),
    mutant(
        "leaves-a-point-behind",
        ClauseId::Dst1,
        Defect::LeavesPointBehind,
        "a refresh leaves one point behind",
    ),
    mutant(
        "removed-point-keeps-content",
        ClauseId::Dst2,
        Defect::RemovedPointKeeps,
        "a point that was removed keeps the content",
    ),
    mutant(
        "never-reports-installed",
        ClauseId::Dst3,
        Defect::NeverReportsInstalled,
        "a point has the content and reports it as pending for ever",
    ),
    mutant(
        "copies-nothing",
        ClauseId::Dst4,
        Defect::CopiesNothing,
        "success is reported with nothing copied",
    ),
    mutant(
        "mixes-versions",
        ClauseId::Dst5,
        Defect::MixesVersions,
        "a point has one file of the new version and the rest of the old",
    ),
    mutant(
        "installs-an-unread-source",
        ClauseId::Dst5,
        Defect::InstallsUnreadSource,
        "a package created while its source is absent is installed as an empty folder",
    ),
    mutant(
        "keeps-deleted-files",
        ClauseId::Dst7,
        Defect::KeepsDeletedFiles,
        "a file that is gone from the source stays at the points",
    ),
    mutant(
        "deletes-shared-files",
        ClauseId::Dst8,
        Defect::DeletesSharedFiles,
        "a file that another package dropped is deleted from this one, too",
    ),
    mutant(
        "compares-size-and-time",
        ClauseId::Dst9,
        Defect::ComparesSizesAndTimes,
        "a file of the same name, size and modification time counts as unchanged",
    ),
    mutant(
        "assignment-reads-the-source",
        ClauseId::Dst10,
        Defect::AssignsLiveSource,
        "a point that is added gets what the source holds now, not the current version",
    ),
    mutant(
        "child-keeps-old-files",
        ClauseId::Hie1,
        Defect::ChildKeepsOldFiles,
        "a child site's files stay at the version before",
    ),
    Mutant {
        pins: &[(Question::ChildWithoutPoint, 1)],
        ..mutant(
            "files-go-everywhere",
            ClauseId::Hie2,
            Defect::FilesEverywhere,
            "files go to sites that have no point of the package",
        )
    },
    mutant(
        "child-stays-behind",
        ClauseId::Hie3,
        Defect::ChildStaysBehind,
        "a child site never hears of the new version (KB-936465)",
    ),
    mutant(
        "point-before-site",
        ClauseId::Hie4,
        Defect::PointBeforeSite,
        "a child site's point reports a version that the site hears of later",
    ),
    mutant(
        "failure-empties-points",
        ClauseId::Flt6,
        Defect::FailureEmptiesPoints,
        "a refresh whose source is absent empties the points",
    ),
    Mutant {
        pins: &[(Question::TaskSequence, 0)],
        ..mutant(
            "task-sequence-stays-operable",
            ClauseId::Cls1,
            Defect::StaysOperable,
            "a refreshed task sequence stays operable where the reading says that it does not",
        )
    },
    mutant(
        "drivers-are-not-injected",
        ClauseId::Cls3,
        Defect::ForgetsAdditions,
        "pending drivers are not injected by a refresh",
    ),
    mutant(
        "progress-overflows",
        ClauseId::Cls4,
        Defect::ProgressOverflows,
        "injection progress goes beyond its maximum",
    ),
    mutant(
        "flag-write-is-ignored",
        ClauseId::Cls8,
        Defect::FlagWriteIgnored,
        "writing RefreshPkgSourceFlag does nothing",
    ),
    mutant(
        "takes-sixteen-tokens",
        ClauseId::Sch1,
        Defect::TakesAnySchedule,
        "a schedule of sixteen tokens is taken",
    ),
];
