//! Entries on failure and retry.

use super::{Entry, not_made, not_read};
use crate::documents::Document as D;
use crate::documents::at;

pub(super) const ENTRIES: &[Entry] = &[
    not_made(
        "FLT-1",
        "one failing point does not hold the others",
        "faults at points",
        &[at(D::Threads, "Distribution Manager threads, Package processing thread")],
    ),
    not_made(
        "FLT-2",
        "retries are bounded",
        "faults at points and a clock",
        &[
            at(D::Proot, "property Failed"),
            at(D::Pull, "Configure site component settings, Retry settings"),
            at(D::PointTab07, "retry settings"),
        ],
    ),
    not_made(
        "FLT-3",
        "retrying, then failed",
        "faults at points and a clock",
        &[
            at(D::Pdps, "property State, values 2 and 3"),
            at(D::Proot, "properties Retrying and Failed"),
        ],
    ),
    not_made(
        "FLT-4",
        "a point that recovers in time converges",
        "faults at points",
        &[at(D::PointTab07, "retry settings"), at(D::Pull, "Distribution process, 2nd item")],
    ),
    not_made(
        "FLT-5",
        "a failed point serves its old version",
        "faults at points",
        &[at(D::Pdps, "property SourceVersion: what is installed now")],
    ),
    not_made(
        "FLT-8",
        "a cancel has no effect on a site server's own point",
        "points beside the site server are not told apart",
        &[at(D::Monitor, "Content status monitoring, the note, 2nd paragraph")],
    ),
    not_made(
        "FLT-9",
        "a retry does not raise the version",
        "faults at points",
        &[at(D::Base, "property SourceVersion: by an update or a refresh")],
    ),
    not_made(
        "FLT-10",
        "a retry of a local point does not resend to child sites",
        "faults at points",
        &[at(D::Kb319207, "symptoms")],
    ),
    not_made(
        "FLT-11",
        "a crash loses no accepted refresh",
        "faults at the server",
        &[at(D::Actions, "Update a package, step 1: the request is a row before the call returns")],
    ),
    not_read(
        "FLT-12",
        "a source that cannot be read raises a status message",
        "no status messages are read; that the failure shows is IF-4",
        &[at(D::Troubles, "Generic issues, the item on access denied")],
    ),
];
