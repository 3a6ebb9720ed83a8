//! Entries on schedules.

use super::{Entry, Kind, Why, not_made, not_observable, not_read};
use crate::documents::Document as D;
use crate::documents::sentences::PageSentence as S;
use crate::documents::{at, said};

pub(super) const ENTRIES: &[Entry] = &[
    not_made(
        "SCH-2",
        "a due token updates the source at the points",
        "a clock; until then Q-SCHEDULE",
        &[said(S::OtherWay), at(D::Base, "property RefreshSchedule, 1st sentence")],
    ),
    not_read(
        "SCH-3",
        "a schedule string reads back as it was written",
        "no read returns it; a law of our own codec",
        &[
            at(D::Schedules, "Class and Methods Used to Read or Write Schedule Tokens"),
            at(D::ReadString, "introduction"),
        ],
    ),
    not_observable(
        "SCH-4",
        "years outside 1970 to 2033 cannot be encoded",
        "a token that holds one does not exist in a message",
        &[at(D::ReadString, "Remarks, the table of bits")],
    ),
    not_made(
        "SCH-5",
        "day 0 is the month's last, and week 0 its last such weekday",
        "a clock",
        &[at(D::ByDate, "property MonthDay"), at(D::ByWeekday, "property WeekOrder")],
    ),
    Entry {
        id: "SCH-6",
        says: "a schedule of at most 15 tokens is accepted where the source is read directly",
        kind: Kind::Excluded(
            Why::NotJudged,
            "only that it refuses what is not allowed is asked: SCH-1",
        ),
        cites: &[at(D::Base, "property RefreshSchedule")],
    },
    not_made(
        "SCH-7",
        "a schedule and a call at the same time make one or two versions",
        "a clock",
        &[said(S::OtherWay)],
    ),
    not_made(
        "SCH-8",
        "a scheduled update of an unchanged source does nothing",
        "a clock; a call on an unchanged source is VER-6",
        &[at(D::Deploy, "Update content on schedule, last paragraph")],
    ),
];
