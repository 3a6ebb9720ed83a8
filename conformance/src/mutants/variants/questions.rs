//! Variants of the questions: at least one for every reading that is not the strongest.

use super::{EVENTUALLY, LATER_STATUS, Variant, variant};
use crate::adapter::reference::{Leisure, Pace};
use crate::mutants::Pin;
use crate::mutants::mutant::on;
use crate::mutants::when::When;
use pkgsource_model::readings::Question as Q;

pub(super) const VARIANTS: &[Variant] = &[
    variant(
        "fails-in-any-way",
        "Q-FAILURE",
        &[Pin::new(Q::FailureShows, "either"), EVENTUALLY],
        "fails with a value, with an error, or returns 0 and shows the failure later",
    )
    .at(Pace::Later),
    variant(
        "unknown-is-an-error",
        "Q-UNKNOWN",
        &[Pin::new(Q::UnknownPackage, "error")],
        "answers a call on an unknown package with an error",
    ),
    variant(
        "unknown-fails-in-either-way",
        "Q-UNKNOWN",
        &[Pin::new(Q::UnknownPackage, "either")],
        "answers a call on an unknown package with a value or with an error",
    ),
    variant(
        "advances-on-failure",
        "VER-9",
        &[LATER_STATUS, Pin::new(Q::FailedVersion, "may_advance"), EVENTUALLY],
        "may take a version number for a refresh that fails later",
    )
    .at(Pace::Later),
    variant(
        "advances-on-refusal",
        "Q-FAILED-VERSION",
        &[Pin::new(Q::FailedVersion, "may_advance")],
        "may take a version number for a refresh that finds no source and says so",
    ),
    variant(
        "lagging",
        "Q-STATUS",
        &[EVENTUALLY, Pin::new(Q::StatusReads, "lagging")],
        "has status reads that lag behind",
    )
    .at(Pace::Later),
    variant(
        "coalescing",
        "CON-3",
        &[EVENTUALLY, Pin::new(Q::Increments, "between_1_and_k")],
        "may answer several calls with one version",
    )
    .at(Pace::Later),
    variant(
        "sourceless-increments",
        "DST-12",
        &[Pin::new(Q::NoSource, "increments")],
        "raises the version at a refresh without source",
    ),
    variant(
        "sourceless-does-nothing",
        "DST-12",
        &[Pin::new(Q::NoSource, "nothing")],
        "returns 0 at a refresh without source and does nothing",
    ),
    variant(
        "finds-late-that-there-is-no-source",
        "Q-NO-SOURCE",
        &[Pin::new(Q::NoSource, "nothing"), EVENTUALLY],
        "returns 0, and does nothing where the package has no source any more when it comes to the refresh",
    )
    .at(Pace::Leisurely(Leisure::WHEN_ASKED))
    .with(&[on(When::Put, |s| s.skip(1))]),
    variant(
        "sourceless-does-anything",
        "Q-NO-SOURCE",
        &[Pin::new(Q::NoSource, "either")],
        "refuses a refresh without source, does nothing or raises the version",
    ),
    variant(
        "children-get-files-or-not",
        "Q-CHILD",
        &[Pin::new(Q::ChildWithoutPoint, "either"), EVENTUALLY],
        "sends files to a child site without a point, or does not",
    )
    .at(Pace::Later),
    variant(
        "path-change-makes-a-version",
        "Q-PUT-PATH",
        &[Pin::new(Q::PutPath, "version_plus_one")],
        "makes a version for a new source path or share name",
    ),
    variant(
        "recreates-on-path-change",
        "Q-PUT-PATH",
        &[Pin::new(Q::PutPath, "recreated"), EVENTUALLY],
        "recreates the package at the points for a new source path or share name",
    )
    .at(Pace::Later),
    variant(
        "path-change-does-anything",
        "Q-PUT-PATH",
        &[Pin::new(Q::PutPath, "either")],
        "does nothing, makes a version or recreates for a new source path or share name",
    ),
    variant(
        "foreign-site-refuses",
        "Q-FOREIGN-SITE",
        &[Pin::new(Q::ForeignSite, "refused")],
        "refuses a call at another site",
    ),
    variant(
        "foreign-site-forwards-or-refuses",
        "Q-FOREIGN-SITE",
        &[Pin::new(Q::ForeignSite, "either")],
        "forwards a call at another site or refuses it",
    ),
    variant(
        "ignores-an-undeclared-context",
        "Q-PARAMETER",
        &[Pin::new(Q::UndeclaredParameter, "ignored")],
        "ignores a ContextID that the class does not declare",
    ),
    variant(
        "may-ignore-an-undeclared-context",
        "Q-PARAMETER",
        &[Pin::new(Q::UndeclaredParameter, "either")],
        "ignores or refuses a ContextID that the class does not declare",
    ),
    variant(
        "refuses-an-empty-context",
        "Q-EMPTY-CONTEXT",
        &[Pin::new(Q::EmptyContext, "refused")],
        "refuses an empty ContextID",
    ),
    variant(
        "may-refuse-an-empty-context",
        "Q-EMPTY-CONTEXT",
        &[Pin::new(Q::EmptyContext, "either")],
        "refuses an empty ContextID or takes it for none",
    ),
    variant(
        "refuses-a-used-context",
        "Q-REUSED-CONTEXT",
        &[Pin::new(Q::ReusedContext, "refused")],
        "refuses a ContextID that was used before",
    ),
    variant(
        "may-refuse-a-used-context",
        "Q-REUSED-CONTEXT",
        &[Pin::new(Q::ReusedContext, "either")],
        "refuses a ContextID that was used before or accepts it",
    ),
    variant(
        "task-sequence-refuses",
        "Q-TASK-SEQUENCE",
        &[Pin::new(Q::TaskSequence, "refused")],
        "refuses to refresh a task sequence",
    ),
    variant(
        "task-sequence-does-anything",
        "Q-TASK-SEQUENCE",
        &[Pin::new(Q::TaskSequence, "either")],
        "refuses to refresh a task sequence, or does it and leaves it inoperable",
    ),
    variant(
        "keeps-unpromised-versions",
        "CLS-2",
        &[Pin::new(Q::Unpromised, "does_not")],
        "lets a task sequence's or content package's version stay",
    ),
    variant(
        "does-nothing-that-is-not-promised",
        "Q-UNPROMISED",
        &[Pin::new(Q::Unpromised, "does_not"), EVENTUALLY],
        "returns 0 and does nothing where the page promises neither a version nor a copy",
    )
    .at(Pace::Leisurely(Leisure::WHEN_ASKED))
    .with(&[on(When::Refreshed, |s| s.skip(1))]),
    variant(
        "may-keep-unpromised-versions",
        "Q-UNPROMISED",
        &[Pin::new(Q::Unpromised, "either")],
        "raises a task sequence's or content package's version or lets it stay",
    ),
    variant(
        "shows-the-version-to-come",
        "Q-PENDING",
        &[Pin::new(Q::PendingReport, "new"), EVENTUALLY],
        "shows at a point that waits the version that it waits for",
    )
    .at(Pace::Later),
    variant(
        "other-class-is-accepted",
        "Q-CLASS",
        &[Pin::new(Q::OtherClass, "accepted")],
        "accepts a call through a class that is not the package's own",
    ),
    variant(
        "other-class-may-be-accepted",
        "Q-CLASS",
        &[Pin::new(Q::OtherClass, "either")],
        "accepts or refuses a call through a class that is not the package's own",
    ),
    variant("free", "every question", &[], "draws a reading for every question from its seed")
        .at(Pace::Later)
        .drawn(),
];
