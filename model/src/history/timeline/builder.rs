//! How one package's timeline is made from the events that name it, the states of its sources and the settled events.

use super::between::Between;
use super::contexts::{Contexts, Given};
use super::names::collect_names;
use super::places::Places;
use super::sources::SourceStates;
use super::written::Written;
use super::{Act, Declared, Extent, Moment, NEVER, Neighbours, Numbers, Outcome, Timeline};
use crate::history::{Event, History};
use crate::index::{EventIndex, Index, List};
use crate::reply::{Answer, Reply};
use crate::words::PackageId;
use std::sync::Arc;

/// Builds one package's timeline.
pub(super) struct Builder<'a> {
    history: &'a History,
    events: &'a [EventIndex],
    pub(super) places: &'a Places<'a>,
    pub(super) numbers: &'a mut Numbers,
    /// The contexts that were given up to here.
    pub(super) contexts: Given<'a>,
    /// The bits of what was added up to here.
    pub(super) added: u64,
    /// The properties as they were last written.
    pub(super) written: Written,
    /// What was read is more than can be kept.
    pub(super) too_many_files: bool,
    pub(super) timeline: Timeline,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        history: &'a History,
        package: &PackageId,
        events: &'a [EventIndex],
        places: &'a Places<'a>,
        contexts: &'a Contexts<'a>,
        numbers: &'a mut Numbers,
    ) -> Self {
        let timeline = Timeline {
            package: package.clone(),
            class: None,
            points: Arc::clone(&places.points),
            sites: Arc::clone(&places.sites),
            sources: List::default(),
            additions: List::default(),
            neighbours: Neighbours::default(),
            moments: List::default(),
            extent: Extent::Whole,
            declared: Declared {
                atomic_reads: history.header.capabilities.atomic_reads,
                shows_failure: history.header.capabilities.shows_failure,
            },
        };
        Self {
            history,
            events,
            places,
            numbers,
            contexts: Given::none_of(contexts),
            added: 0,
            written: Written::default(),
            too_many_files: false,
            timeline,
        }
    }

    pub(super) fn build(mut self, states: &SourceStates<'_>, between: &Between<'_>) -> Timeline {
        let events: Vec<_> =
            self.events.iter().map(|&place| (place, &self.event(place).operation)).collect();
        let beyond = collect_names(&mut self.timeline, &events);
        let mut too_many = states.beyond(&self.timeline.sources);
        for &place in self.events {
            self.push_event(place);
            if std::mem::take(&mut self.too_many_files) {
                too_many = too_many.into_iter().chain([place]).min();
            }
        }
        for source in self.timeline.sources.indices() {
            let name = self.timeline.sources.get(source);
            for &(place, state) in name.map_or(&[][..], |name| states.of_source(name)) {
                self.push(place, Act::Source { source, state }, Outcome::Done);
            }
        }
        self.push_what_happens_between(between);
        let ends = [states.lost(&self.timeline.sources), beyond, too_many].into_iter().flatten();
        if let Some(from) = ends.map(|end| self.event(end).invoked).min() {
            self.timeline.moments.retain(|moment| moment.invoked < from);
        }
        if too_many.is_some() {
            self.timeline.extent = Extent::UpToFiles;
        } else if beyond.is_some() {
            self.timeline.extent = Extent::UpToAdditions;
        }
        let overlap =
            |pair: &[Moment]| pair[0].returned != NEVER && pair[0].returned > pair[1].invoked;
        if self.timeline.moments.windows(2).any(overlap) {
            self.timeline.extent = Extent::Overlapping;
        }
        self.timeline
    }

    /// Puts the moments in order, and between them what is seen of none of them.
    fn push_what_happens_between(&mut self, between: &Between<'_>) {
        let moments = &mut self.timeline.moments;
        moments.sort_by_key(|moment| moment.invoked);
        let begins: Vec<u64> = moments.iter().map(|moment| moment.invoked).collect();
        let starts = [0].into_iter().chain(begins.iter().copied());
        let ends = begins.iter().copied().chain([NEVER]);
        for (start, end) in starts.zip(ends) {
            for (at, act) in between.moments(&self.timeline.package, start..end) {
                let outcome = Outcome::Done;
                moments.push(Moment { invoked: at, returned: at, event: None, act, outcome });
            }
        }
        moments.sort_by_key(|moment| moment.invoked);
    }

    pub(super) fn event(&self, place: EventIndex) -> &'a Event {
        &self.history.events[place.number()]
    }

    fn push(&mut self, place: EventIndex, act: Act, outcome: Outcome) {
        let event = self.event(place);
        let returned = event.returned.unwrap_or(NEVER);
        self.timeline.moments.push(Moment {
            invoked: event.invoked,
            returned,
            event: Some(place),
            act,
            outcome,
        });
    }

    fn push_event(&mut self, place: EventIndex) {
        let event = self.event(place);
        let read = event.operation.kind().is_read();
        let outcome = match &event.reply {
            Reply::Ok(Answer::Refreshed(value)) if !value.is_success() => Outcome::NonZero,
            Reply::Ok(_) => Outcome::Done,
            Reply::Unsupported(_) => return,
            _ if read => return,
            Reply::Error(_) => Outcome::Error,
            Reply::Unknown(_) | Reply::AdapterError(_) => Outcome::Unknown,
        };
        let act = match &event.reply {
            Reply::Ok(answer) if read => self.read(event, answer),
            _ => {
                self.contexts.note(&event.operation, outcome);
                self.change(place, outcome)
            }
        };
        if let Some(act) = act {
            self.push(place, act, outcome);
        }
    }
}
