//! The text report, for people: on the first screen the word, the first story, what was tested, what was not and why, and
//! what the implementation does where the documents leave room; then the other stories; on request the numbers behind it.
//! Everything is the view's: two equal runs print equal bytes.

mod details;
mod headline;
mod held_against;
pub(super) mod page;
mod tested;

pub use headline::verdict;
#[cfg(feature = "cli")]
pub(super) use tested::untested;

use super::view::View;
use crate::run::{ANOTHER_INSTANCE, THE_END};
use page::Page;
use pkgsource_model::words::visible;

/// The report as text.
#[must_use]
pub fn brief(view: &View) -> String {
    let mut out = Page::default();
    headline::headline(&mut out, view);
    held_against::expected(&mut out, view);
    held_against::against(&mut out, view);
    let (first, others) = view.counterexamples.split_at(view.counterexamples.len().min(1));
    for story in first {
        out.say("");
        out.line(&story.story);
    }
    trouble(&mut out, view);
    tested::tested(&mut out, view);
    tested::not_tested(&mut out, view);
    tested::readings(&mut out, view);
    tested::more(&mut out, view);
    for story in others {
        out.say("");
        out.line(&story.story);
    }
    out.text()
}

/// The report as text, and the numbers behind it: what held how often, every reading with its evidence, everything that is
/// not claimed.
#[must_use]
pub fn verbose(view: &View) -> String {
    brief(view) + &details::details(view)
}

fn trouble(out: &mut Page, view: &View) {
    for fault in &view.faults {
        out.say("");
        let (blame, plan) = (&fault.blame, &fault.plan);
        let place = match plan.as_str() {
            THE_END | ANOTHER_INSTANCE => plan.clone(),
            _ => format!("plan {plan}"),
        };
        out.say(&format!("  blame: {blame}. In {place}: {}", fault.fault));
        fault.stderr.iter().for_each(|line| out.say(&format!("    it wrote: {}", visible(line))));
    }
    for slow in &view.slow {
        out.say("");
        out.say(&format!("  blame: undecided. In plan {}: {}", slow.plan, slow.why));
    }
    for skipped in &view.skipped {
        out.say("");
        out.say(&format!("  {} plans were not run: {}", skipped.times, visible(&skipped.what)));
    }
}
