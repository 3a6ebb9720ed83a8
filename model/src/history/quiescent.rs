//! The instants at which nothing was left to do, as far as a history tells them: by its own marks, and by the answers to
//! `idle` where the implementation's word is what tells. What follows from one is not known here.

use super::{Completes, Event, History};
use crate::operation::Operation;
use crate::reply::{Answer, Reply};

impl History {
    /// The ordinals of those instants, in order. An `idle` that is true while something else is under way tells of no
    /// instant, and one that a mark follows at once tells nothing more.
    pub(crate) fn quiescent_instants(&self) -> Vec<u64> {
        let mut instants: Vec<u64> = self.settled.iter().map(|settled| settled.at).collect();
        instants.sort_unstable();
        if self.header.capabilities.completes == Completes::Reported {
            let told = self.told_by_idle(&instants);
            instants.extend(told);
            instants.sort_unstable();
        }
        instants
    }

    fn told_by_idle(&self, marks: &[u64]) -> Vec<u64> {
        let (mut told, mut busy_until) = (Vec::new(), 0);
        let next = |nth: usize| self.events.get(nth + 1).map_or(u64::MAX, |next| next.invoked);
        for (nth, event) in self.events.iter().enumerate() {
            let returned = event.returned.unwrap_or(event.invoked);
            let alone = busy_until < event.invoked && returned < next(nth);
            let mark = marks.get(marks.partition_point(|&at| at < returned));
            if says_idle(event) && alone && mark.is_none_or(|&at| at > next(nth)) {
                told.push(returned);
            }
            busy_until = busy_until.max(returned);
        }
        told
    }
}

fn says_idle(event: &Event) -> bool {
    event.operation == Operation::Idle {} && event.reply == Reply::Ok(Answer::Idle(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{Settled, SettledBy};

    fn history(marks: &[u64], idles: &[(u64, u64)]) -> History {
        let mut history = History::from_notation("create P1 SMS_Package\nrefresh P1 -> 0").unwrap();
        history.header.capabilities.completes = Completes::Reported;
        let template = history.events[0].clone();
        history.events.extend(idles.iter().map(|&(invoked, returned)| Event {
            invoked,
            returned: Some(returned),
            operation: Operation::Idle {},
            reply: Reply::Ok(Answer::Idle(true)),
            ..template.clone()
        }));
        history.settled = marks.iter().map(|&at| Settled { at, by: SettledBy::Idle }).collect();
        history
    }

    #[test]
    fn what_idle_says_is_an_instant_unless_a_mark_says_the_same() {
        assert_eq!(history(&[], &[(10, 11)]).quiescent_instants(), [11]);
        assert_eq!(history(&[12], &[(10, 11)]).quiescent_instants(), [12]);
        assert_eq!(history(&[9], &[(10, 11)]).quiescent_instants(), [9, 11]);
        assert_eq!(history(&[16], &[(10, 11), (14, 15)]).quiescent_instants(), [11, 16]);
    }

    #[test]
    fn an_idle_beside_another_operation_tells_of_no_instant() {
        assert_eq!(history(&[], &[(10, 13), (11, 12)]).quiescent_instants(), [0; 0]);
    }

    #[test]
    fn only_where_the_implementation_s_word_tells_it_is_taken() {
        let mut history = history(&[], &[(10, 11)]);
        history.header.capabilities.completes = Completes::Unknown;
        assert_eq!(history.quiescent_instants(), [0; 0]);
    }
}
