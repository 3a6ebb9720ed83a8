//! A whole history for `replay`: every operation, every read that shows something new, and what is wrong marked. What
//! waiting repeats, polls of `idle` and reads that agree, is said once.

use super::Line;
use super::texts::Texts;
use super::words::tell_event;
use crate::plan::Plan;
use pkgsource_model::history::{Event, History};
use pkgsource_model::index::EventIndex;
use pkgsource_model::operation::Operation;
use pkgsource_model::reply::{Answer, Reply};
use std::collections::{BTreeMap, BTreeSet};

/// Tells a whole history; the events that are `wrong` are marked.
#[must_use]
pub fn trace(plan: &Plan, history: &History, wrong: &BTreeSet<EventIndex>) -> String {
    let texts = Texts::of(plan);
    let (mut text, mut number) = (String::new(), 0);
    let mut marks = history.settled.iter().peekable();
    let mut said: BTreeMap<String, &Reply<Answer>> = BTreeMap::new();
    let mut events = history.indexed_events().peekable();
    while let Some((place, event)) = events.next() {
        let before = |at: u64| at < event.invoked;
        if marks.next_if(|mark| before(mark.at)).is_some() {
            while marks.next_if(|mark| before(mark.at)).is_some() {}
            said.clear();
            text += &(Line::quiescent().text() + "\n");
        }
        let is_breach = wrong.contains(&place);
        let line = |number, says| Line { number, says, is_quiescent: false, is_breach }.text();
        if is_busy(event) {
            let mut polls = Polls { busy: 1, ms: 0 };
            while let Some((_, event)) = events.next_if(|(_, event)| is_poll(event)) {
                polls.note(event);
            }
            text += &(line(None, polls.told()) + "\n");
            continue;
        }
        let says = tell_event(event, &texts);
        if event.operation.kind().is_read() {
            let asked = super::describe(&event.operation, |_| String::new());
            let is_known = said.insert(asked, &event.reply) == Some(&event.reply);
            if is_known && !is_breach {
                continue;
            }
            text += &(line(None, says) + "\n");
        } else {
            number += 1;
            said.clear();
            text += &(line(Some(number), says) + "\n");
        }
    }
    text
}

fn is_busy(event: &Event) -> bool {
    event.reply == Reply::Ok(Answer::Idle(false))
}

/// What a wait repeats.
fn is_poll(event: &Event) -> bool {
    is_busy(event) || matches!(event.operation, Operation::Clock { .. })
}

/// A wait for `idle`.
struct Polls {
    busy: usize,
    /// The virtual time that passed meanwhile, in milliseconds.
    ms: u64,
}

impl Polls {
    fn note(&mut self, event: &Event) {
        match event.operation {
            Operation::Clock { advance_ms } => self.ms = self.ms.saturating_add(advance_ms),
            _ => self.busy += 1,
        }
    }

    fn told(&self) -> String {
        let times = if self.busy == 1 { String::new() } else { format!(", {} times", self.busy) };
        let time = if self.ms == 0 { String::new() } else { format!("; {} ms pass", self.ms) };
        format!("idle -> busy{times}{time}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Build;
    use crate::plan::build::package;
    use pkgsource_model::index::Index;
    use pkgsource_model::words::PackageClass;

    fn traced(notation: &str, wrong: &[usize]) -> String {
        let plan = Build::new("p", "", &["PS1"]).create("P1", PackageClass::Package, "S1").plan();
        let history = History::from_notation(notation).unwrap();
        trace(&plan, &history, &wrong.iter().map(|&nth| EventIndex::of(nth)).collect())
    }

    #[test]
    fn what_was_read_before_and_shows_nothing_new_is_left_out_until_something_is_done_or_settled() {
        let told = traced(
            "create P1 SMS_Package S1\npackage P1 -> 1\npackage P1 -> 1\nquiescent\npackage P1 -> 1\n\
             refresh P1 -> 0\npackage P1 -> 1\npackage P1 -> 2\npackage P1 -> 2\n",
            &[6],
        );
        insta::assert_snapshot!(told, @"
            1. create P1, a SMS_Package, with source S1
             read package P1 -> version 1
               -- quiescent: nothing is left to do --
             read package P1 -> version 1
            2. refresh P1 -> returns 0
             read package P1 -> version 1
             read package P1 -> version 2   <-- here
        ");
    }

    #[test]
    fn a_wait_is_told_in_a_line_with_the_time_that_passed() {
        let mut history =
            History::from_notation("create P1 SMS_Package S1\npackage P1 -> 1\n").unwrap();
        let read = history.events.pop().unwrap();
        let next =
            |operation, answer| Event { operation, reply: Reply::Ok(answer), ..read.clone() };
        let clock = |advance_ms| next(Operation::Clock { advance_ms }, Answer::Done);
        let idle = |idle| next(Operation::Idle {}, Answer::Idle(idle));
        let waited = [clock(5), idle(false), clock(10), idle(false), clock(20), idle(true)];
        history.events.extend(waited);
        let plan = Build::new("p", "", &["PS1"]).delete(package("P1").as_str()).plan();
        insta::assert_snapshot!(trace(&plan, &history, &BTreeSet::new()), @"
            1. create P1, a SMS_Package, with source S1
            2. 5 ms pass
             read idle -> busy, 2 times; 30 ms pass
             read idle -> idle
        ");
    }
}
