//! Variants of the questions that the specification does not model: whoever answers them freely is not called wrong.

use super::{Variant, variant};
use crate::mutants::Pin;
use crate::mutants::altered::Alteration;
use crate::mutants::mutant::on;
use crate::mutants::when::When;
use pkgsource_model::classes::Points;
use pkgsource_model::readings::Question as Q;
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::{PointState, SourceFlag};

pub(super) const VARIANTS: &[Variant] = &[
    variant(
        "redistributes-from-the-source",
        "Q-REDISTRIBUTE",
        &[Pin::new(Q::Redistribution, "from_source")],
        "sends what the source holds now where a redistribution is asked for",
    )
    .with(&[on(When::Redistributed, |s| {
        // Where a refresh need not reach the points, what was sent would have to outlast it.
        let class = s.now().map(|package| package.class);
        let is_promised = class.is_some_and(|class| class.entry().points == Points::Promised);
        if is_promised && s.points().contains(&s.point) {
            s.send_live(&[s.point]);
        }
    })]),
    variant(
        "a-put-is-an-update",
        "Q-PUT-VERSION",
        &[Pin::new(Q::PropertyWrite, "may_raise")],
        "refreshes a package whose name is written for the first time",
    )
    .with(&[on(When::Put, |s| {
        s.past().count += 1;
        if s.past().count == 1 && s.only_the_name_was_written() {
            s.refresh_unasked();
        }
    })]),
    variant(
        "a-schedule-fires",
        "Q-SCHEDULE",
        &[Pin::new(Q::Schedule, "may_fire")],
        "refreshes a package as soon as it has a schedule",
    )
    .with(&[on(When::Scheduled, |s| {
        if s.reply == Reply::Ok(Answer::Done) && s.tokens() > 0 {
            s.refresh_unasked();
        }
    })]),
    variant(
        "refuses-after-a-put",
        "Q-PROPERTIES",
        &[Pin::new(Q::ChangedProperties, "may_be_refused")],
        "refuses to refresh a package once a property of it was written",
    )
    .with(REFUSES_AFTER_A_PUT),
    variant(
        "refuses-a-compressed-source",
        "Q-FLAG",
        &[Pin::new(Q::OtherSourceFlags, "may_be_refused")],
        "refuses to refresh a package whose source is not read directly",
    )
    .with(&[on(When::Refreshed, |s| {
        let flag = s.now().map(|package| package.state.properties.flag);
        if flag.is_some_and(|flag| flag != SourceFlag::Direct) {
            s.refuse();
        }
    })]),
    variant(
        "fails-at-its-last-point",
        "Q-HEALTH",
        &[Pin::new(Q::PointHealth, "may_fail")],
        "says INSTALL_FAILED at the last point of a package, whatever is there",
    )
    .with(&[on(When::PointRead, |s| {
        if s.last() == [s.point]
            && let Reply::Ok(Answer::Point(status)) = &mut s.reply
        {
            status.state = PointState::InstallFailed;
        }
    })]),
];

const REFUSES_AFTER_A_PUT: &[Alteration] = &[
    on(When::Put, |s| s.past().count += 1),
    on(When::Refreshed, |s| {
        if s.past().count > 0 {
            s.refuse();
        }
    }),
];
