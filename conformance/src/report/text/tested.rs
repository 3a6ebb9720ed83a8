//! What was tested and what was not, and why; and what the implementation does where the documents leave room.

use super::page::{Page, many};
use crate::report::view::{Because, NotTested, Shown, State, View};
use std::collections::BTreeMap;

/// The most lines of one kind on the first screen.
const MOST: usize = 6;

/// Which classes kept all of their promises, and which did not, in few lines.
pub(super) fn tested(out: &mut Page, view: &View) {
    let mut groups: BTreeMap<(usize, bool, usize, usize), Vec<&str>> = BTreeMap::new();
    for class in &view.classes {
        let count = |state| class.clauses.iter().filter(|cell| cell.state == state).count();
        let (broken, untested) = (count(State::Broken), count(State::NotExercised));
        let kept = if broken > 0 { count(State::Held) } else { 0 };
        let key = (broken, class.is_wrong_elsewhere(), untested, kept);
        groups.entry(key).or_default().push(&class.class);
    }
    if groups.is_empty() {
        return;
    }
    out.say("");
    out.say("Tested");
    for ((broken, is_wrong_elsewhere, untested, kept), classes) in groups {
        let what = group(broken, is_wrong_elsewhere, untested, kept);
        let who = if classes.len() == view.classes.len() && classes.len() > 1 {
            "every class".to_owned()
        } else {
            classes.join(", ")
        };
        out.wrapped(&format!("  {who}: {what}"), 4);
    }
    below_the_profile(out, view);
    for class in &view.classes {
        for shown in &class.shows_what_breaks_in_other_classes {
            let (class, what, times) = (&class.class, &shown.what, shown.times);
            out.wrapped(
                &format!(
                    "  {class} does not promise {what}, and shows its breach in {times} packages"
                ),
                4,
            );
        }
    }
}

/// What is said of the classes with so many broken and untested promises. A package that shows the breach of a promise
/// which does not bind its class was judged up to that: of such a class nobody says that it kept everything.
fn group(broken: usize, is_wrong_elsewhere: bool, untested: usize, kept: usize) -> String {
    if is_wrong_elsewhere {
        let own = if broken == 0 { "none".to_owned() } else { broken.to_string() };
        let untested =
            if untested == 0 { String::new() } else { format!(", {untested} not tested") };
        return format!("{own} broken, but wrong in what only other classes promise{untested}");
    }
    match (broken, untested) {
        (0, 0) => "every promise was tested and kept".to_owned(),
        (0, untested) => {
            let promises = many(untested, "promise", "promises");
            format!("all kept, except {promises} not tested")
        }
        (broken, 0) => format!("{broken} broken, every other promise kept"),
        (broken, untested) => format!("{broken} broken, {kept} kept, {untested} not tested"),
    }
}

/// The classes of which too little was seen for the verdict to be about them.
fn below_the_profile(out: &mut Page, view: &View) {
    let mut below: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for class in view.classes.iter().filter(|class| !class.below_minimum_profile.is_empty()) {
        let lacking = class.below_minimum_profile.join(", ");
        below.entry(lacking).or_default().push(class.class.clone());
    }
    for (lacking, names) in below {
        let who = classes(view, &names).unwrap_or_default();
        out.wrapped(&format!("  below the minimum profile: {who}: {lacking}"), 4);
    }
}

pub(super) fn not_tested(out: &mut Page, view: &View) {
    let absent = &view.not_claimed.classes;
    let unused = &view.not_claimed.faults_never_asked_for;
    if view.not_tested.is_empty() && absent.is_empty() && unused.is_empty() {
        return;
    }
    out.say("");
    out.say("Not tested");
    for group in view.not_tested.iter().take(MOST) {
        out.wrapped(&format!("  {}", untested(view, group)), 4);
    }
    if view.not_tested.len() > MOST {
        let more = view.not_tested.len() - MOST;
        out.say(&format!("  and {more} more reasons: --verbose"));
    }
    if !unused.is_empty() {
        let faults = unused.join(", ");
        out.wrapped(&format!("  faults that the adapter claims and no plan asks for: {faults}"), 4);
    }
    if !absent.is_empty() {
        let count = many(absent.len(), "class", "classes");
        out.wrapped(
            &format!("  {count} that the adapter's `hello` does not claim: {}", absent.join(", ")),
            4,
        );
    }
}

/// Why some clauses were not tested.
pub(in crate::report) fn untested(view: &View, group: &NotTested) -> String {
    let clauses = group.clauses.join(", ");
    let why = match &group.because {
        Because::NotClaimed(kinds) => {
            format!("the adapter's `hello` does not claim {}", kinds.join(", "))
        }
        Because::MaskedBy(mask) => {
            format!("comes after the breach of {mask}, to be judged once that is mended")
        }
        Because::NeverArose => "the situation never arose".to_owned(),
    };
    let who = classes(view, &group.classes).unwrap_or_default();
    format!("{why}: {clauses} ({who})")
}

pub(super) fn readings(out: &mut Page, view: &View) {
    if view.readings.is_empty() {
        return;
    }
    out.say("");
    out.say("Where the documents leave room, it does this, which is no fault");
    let shown: Vec<String> = view.readings.iter().map(|shown| reading(view, shown)).collect();
    out.wrapped(&format!("  {}", shown.join(", ")), 2);
}

/// What tells more: of the codes, and of what was kept.
pub(super) fn more(out: &mut Page, view: &View) {
    let untested = view.not_tested.iter().flat_map(|group| &group.clauses).next();
    let Some(code) = untested.or(view.readings.first().map(|shown| &shown.question)) else {
        return;
    };
    out.say("");
    out.say(&format!(
        "What a code means, and where it stands: pkgsource explain {code}. What was kept: --verbose."
    ));
}

fn reading(view: &View, shown: &Shown) -> String {
    let pinned = |how: &str| if how == "pinned" { " (pinned)" } else { "" };
    match shown.readings.as_slice() {
        [only] => format!("{}={}{}", shown.question, only.reading, pinned(&only.how)),
        several => {
            let each = several.iter().map(|reading| {
                let names: Vec<String> =
                    reading.classes.iter().map(|class| class.class.clone()).collect();
                let who = classes(view, &names).unwrap_or_default();
                format!("{}{} in {who}", reading.reading, pinned(&reading.how))
            });
            format!("{}={}", shown.question, each.collect::<Vec<_>>().join(" and "))
        }
    }
}

/// The names of some classes, by a word where they are all.
pub(super) fn classes(view: &View, names: &[String]) -> Option<String> {
    let all = view.classes.len();
    match names.len() {
        0 => None,
        count if count == all && all > 1 => Some("every class".to_owned()),
        count if count > 3 => Some(format!("{count} classes")),
        _ => Some(names.join(", ")),
    }
}
