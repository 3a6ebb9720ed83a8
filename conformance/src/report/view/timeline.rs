//! What could be seen of a failing package over time: a row for each call, and one for the reads between two calls; a
//! column for its owner, each site and each point. Nothing is inferred: a place that was not read stays empty.

use super::data;
use crate::report::Counterexample;
use crate::report::story::Teller;
use pkgsource_model::history::Event;
use pkgsource_model::index::Index;
use pkgsource_model::operation::Operation;
use pkgsource_model::reply::Reply;
use serde::{Deserialize, Serialize};

data! {
    /// What could be seen of a package, over time.
    struct Timeline {
        /// The package.
        pub package: String,
        /// Where it was read: the owner, sites, points.
        pub places: Vec<String>,
        /// What happened, in order.
        pub moments: Vec<Moment>,
    }

    /// A call, or the reads between two.
    struct Moment {
        /// The call's number in the story; none for reads.
        pub number: Option<usize>,
        /// The call; nothing for reads.
        pub call: String,
        /// What each place showed; none where it was not read.
        pub seen: Vec<Option<String>>,
        /// The place whose observation is the wrong one.
        pub bad: Option<usize>,
        /// True for the moment that is wrong.
        pub is_breach: bool,
    }
}

pub(super) fn timeline(example: &Counterexample) -> Timeline {
    let teller = Teller::of(example);
    let breach = example.breach.events.last().map(|event| event.number());
    let events: Vec<&Event> = match breach {
        Some(last) => example.history.events.iter().take(last + 1).collect(),
        None => example.history.events.iter().collect(),
    };
    let package = &example.breach.package;
    let of_package = |event: &&Event| event.operation.package() == Some(package);
    let mut places: Vec<String> =
        events.iter().copied().filter(of_package).filter_map(place).collect();
    places.sort_by_key(|place| (rank(place), place.clone()));
    places.dedup();
    let mut moments: Vec<Moment> = Vec::new();
    let mut number = 0;
    for (nth, event) in events.iter().enumerate() {
        let is_breach = Some(nth) == breach;
        if !event.operation.kind().is_read() {
            number += 1;
            moments.push(Moment {
                number: Some(number),
                call: teller.event(event),
                seen: vec![None; places.len()],
                bad: None,
                is_breach,
            });
            continue;
        }
        let Some(column) = Some(*event).filter(of_package).and_then(place) else { continue };
        let Some(column) = places.iter().position(|known| *known == column) else { continue };
        if moments.last().is_none_or(|last| last.number.is_some()) {
            let seen = vec![None; places.len()];
            moments.push(Moment { number: None, call: String::new(), seen, bad: None, is_breach });
        }
        let Some(row) = moments.last_mut() else { continue };
        let shown = teller.answer_of(event);
        if let Some(cell) = row.seen.get_mut(column) {
            *cell = Some(shown);
        }
        if is_breach {
            (row.bad, row.is_breach) = (Some(column), true);
        }
    }
    Timeline { package: package.as_str().to_owned(), places, moments }
}

/// Where a read looks.
fn place(event: &Event) -> Option<String> {
    if matches!(event.reply, Reply::Unsupported(_)) {
        return None;
    }
    match &event.operation {
        Operation::Package { .. } => Some("owner".to_owned()),
        Operation::Site { site, .. } => Some(format!("site {site}")),
        Operation::Point { point, .. } => Some(format!("point {point}")),
        Operation::Content { point, .. } => Some(format!("files at {point}")),
        Operation::Context { .. } => Some("injection".to_owned()),
        Operation::Operable { .. } => Some("operable".to_owned()),
        _ => None,
    }
}

fn rank(place: &str) -> usize {
    let kinds = ["owner", "site", "point", "files", "injection", "operable"];
    kinds.iter().position(|kind| place.starts_with(kind)).unwrap_or(kinds.len())
}
