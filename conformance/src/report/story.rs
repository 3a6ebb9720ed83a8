//! A counterexample as a story: the steps with what came back, the first bad observation, the clause in its own words.
//! Files in a story are told apart by their bytes' first digits where their text is not at hand.

#[cfg(test)]
mod tests;
mod texts;
mod trace;
mod words;

pub use trace::trace;
pub use words::describe;

use super::text::page::broken;
use super::{CountedAs, Counterexample, Seen};
use pkgsource_model::clauses::Force;
use pkgsource_model::history::{Event, History};
use pkgsource_model::index::EventIndex;
use pkgsource_model::reply::Reply;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use texts::Texts;
use words::{tell_answer, tell_event};

/// What is said of a breach that is gone a second later.
pub(crate) const GONE_LATER: &str = "a second after the call nothing is wrong: either it returns too early, or the adapter's \
     `completes` is not `at_return`";

/// What is broken, in a line. A plan that by itself would accuse another clause than the run as a whole does not accuse
/// that where another story shows the cause: it shows the same in another way.
pub(crate) fn title(example: &Counterexample) -> String {
    let (own, class) = (example.clause.text(), example.class);
    match example.counted_as {
        None => format!("{own} is broken in {class}"),
        Some(CountedAs { clause, has_its_story: false }) => {
            let cause = clause.text();
            format!(
                "{own} is broken in {class}; {cause} is what explains all plans of the run together"
            )
        }
        Some(CountedAs { clause, has_its_story: true }) => {
            let cause = clause.text();
            format!(
                "{own} is broken in {class} where this plan is judged alone: the cause of {cause}, or one of its own"
            )
        }
    }
}

/// Tells a counterexample.
#[must_use]
pub fn tell(example: &Counterexample) -> String {
    let clause = example.clause.clause();
    let says = match example.counted_as {
        None => format!(": {}", clause.says),
        Some(_) => format!("\n  ({}: {})", clause.id, clause.says),
    };
    let mut text = format!("{}{says}\n", title(example));
    for citation in clause.cites {
        put_broken(&mut text, &format!("  source: {}", citation.in_full()));
    }
    put_broken(&mut text, &format!("  force: {}", strength(clause.force)));
    text.push('\n');
    let texts = Texts::about(&example.plan, &example.breach);
    let (expected, seen) = texts.values(&example.breach);
    for line in narrated(&example.history, &texts, &example.breach.events) {
        put(&mut text, format_args!("{}\n", line.text()));
    }
    put(&mut text, format_args!("       expected  {expected}\n"));
    put(&mut text, format_args!("       seen      {seen}\n"));
    if example.is_gone_later {
        put(&mut text, format_args!("\n  {GONE_LATER}\n"));
    }
    if !example.also.is_empty() {
        let also: Vec<&str> = example.also.iter().map(|class| class.name()).collect();
        put(&mut text, format_args!("\n  the same in: {}\n", also.join(", ")));
    }
    for (clause, plans) in &example.alone {
        let (id, plans) = (clause.text(), if *plans == 1 { "one plan" } else { "several plans" });
        put(
            &mut text,
            format_args!(
                "\n  judged alone, {plans} of this accusation would break {id}: `--clause {id}` tells whether that has \
                 a cause of its own\n"
            ),
        );
    }
    if let Some(Seen { times, of }) = example.seen {
        let depends = match times {
            0 => ": it depends on timing, or on what was run before",
            _ if times < of => ": it depends on timing",
            _ => "",
        };
        put(&mut text, format_args!("\n  shown again: {times} of {of} times{depends}\n"));
    } else if !example.repeat.is_empty() {
        text.push_str("\n  not shown again: there was no time left for it\n");
    }
    if !example.repeat.is_empty() {
        put(&mut text, format_args!("\n  repeat it: {}\n", example.repeat));
    }
    text
}

/// How strongly a promise is made, and what lets it count for less.
fn strength(force: Force) -> String {
    let (name, meaning) = (force.name(), force.meaning());
    match force {
        Force::Documented => format!("{name} ({meaning})"),
        Force::Described | Force::Implied => {
            format!("{name} ({meaning}); with `--at-least documented` a remark")
        }
    }
}

crate::report::view::data! {
    /// A line of a story.
    struct Line {
        /// The number of a step; none for a read and for a mark.
        pub number: Option<usize>,
        /// What happened.
        pub says: String,
        /// True for the mark that nothing was left to do.
        pub is_quiescent: bool,
        /// True for the observation that is wrong.
        pub is_breach: bool,
    }
}

impl Line {
    fn quiescent() -> Self {
        let says = "quiescent: nothing is left to do".to_owned();
        Self { number: None, says, is_quiescent: true, is_breach: false }
    }

    fn text(&self) -> String {
        let mark = if self.is_breach { "   <-- here" } else { "" };
        match self.number {
            _ if self.is_quiescent => format!("       -- {} --", self.says),
            Some(number) => format!("  {number:>3}. {}{mark}", self.says),
            None => format!("     read {}{mark}", self.says),
        }
    }
}

/// The lines of a counterexample's story.
pub(super) fn lines(example: &Counterexample) -> Vec<Line> {
    let texts = Texts::about(&example.plan, &example.breach);
    narrated(&example.history, &texts, &example.breach.events)
}

/// What was expected in a counterexample, and what was seen.
pub(super) fn values(example: &Counterexample) -> (String, String) {
    Texts::about(&example.plan, &example.breach).values(&example.breach)
}

/// Tells single events of a counterexample.
pub(super) struct Teller(Texts);

impl Teller {
    pub(super) fn of(example: &Counterexample) -> Self {
        Self(Texts::about(&example.plan, &example.breach))
    }

    /// What was asked, and what came back.
    pub(super) fn event(&self, event: &Event) -> String {
        tell_event(event, &self.0)
    }

    /// What came back.
    pub(super) fn answer_of(&self, event: &Event) -> String {
        match &event.reply {
            Reply::Ok(answer) => tell_answer(answer, &self.0),
            Reply::Error(problem) => format!("error: {problem}"),
            Reply::Unknown(_) => "no answer".into(),
            Reply::Unsupported(_) => "not supported".into(),
            Reply::AdapterError(_) => "the adapter failed".into(),
        }
    }
}

/// The operations of a history that change something, the reads that matter, and the breach marked.
fn narrated(history: &History, texts: &Texts, evidence: &[EventIndex]) -> Vec<Line> {
    let breach = evidence.last().copied();
    let mut lines = Vec::new();
    let mut number = 0;
    let mut marks = history.settled.iter().peekable();
    for (place, event) in history.indexed_events() {
        let read = event.operation.kind().is_read();
        while marks.next_if(|mark| mark.at < event.invoked).is_some() {
            if marks.peek().is_none_or(|mark| mark.at > event.invoked) {
                lines.push(Line::quiescent());
            }
        }
        if read && !evidence.contains(&place) {
            continue;
        }
        number += usize::from(!read);
        let is_breach = Some(place) == breach;
        let number = (!read).then_some(number);
        let says = tell_event(event, texts);
        lines.push(Line { number, says, is_quiescent: false, is_breach });
        if is_breach {
            break;
        }
    }
    lines
}

/// A line of a story's head, which may be too wide for one.
fn put_broken(text: &mut String, line: &str) {
    for line in broken(line, 10) {
        put(text, format_args!("{line}\n"));
    }
}

fn put(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments).unwrap_or_else(|_| unreachable!("a string takes every write"));
}
