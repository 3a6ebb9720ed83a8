//! The text report, for people: on the first screen the word, the first story, what was tested, what was not and why, and
//! what the implementation does where the documents leave room; then the other stories. Everything is the view's.

use super::view::{Because, NotTested, Shown, State, View};
use super::{Word, text::Page};
use pkgsource_model::words::visible;
use std::collections::BTreeMap;

/// How wide a line is.
const WIDTH: usize = 100;

/// The most lines of one kind on the first screen.
const MOST: usize = 6;

/// The report as text.
#[must_use]
pub fn brief(view: &View) -> String {
    let mut out = Page::default();
    headline(&mut out, view);
    expected(&mut out, view);
    against(&mut out, view);
    let (first, others) = view.counterexamples.split_at(view.counterexamples.len().min(1));
    for story in first {
        out.say("");
        out.line(&story.story);
    }
    trouble(&mut out, view);
    tested(&mut out, view);
    not_tested(&mut out, view);
    readings(&mut out, view);
    for story in others {
        out.say("");
        out.line(&story.story);
    }
    out.text()
}

/// The word of a run in one line.
#[must_use]
pub fn verdict(view: &View) -> String {
    let promises = &view.promises;
    let (of, tested, broken) = (promises.of, promises.tested, promises.broken);
    let classes = many(view.classes.len(), "class", "classes");
    let verb = if broken == 1 { "is" } else { "are" };
    let what = match view.word() {
        Word::Conforms if broken == 0 => {
            format!("{tested} of {of} promises tested in {classes}, none is broken")
        }
        Word::Conforms => format!(
            "of {tested} promises tested in {classes}, {broken} {verb} broken, of a weaker force than is required: {}",
            view.broken().join(", ")
        ),
        Word::Violates => {
            let force = view.strongest_force_broken.as_deref().unwrap_or("none");
            format!("{broken} of {tested} promises tested {verb} broken (force: {force})")
        }
        Word::Undecided => format!(
            "{tested} of {of} promises tested in {classes}, {}, and that proves nothing yet",
            if broken == 0 {
                "none is broken".to_owned()
            } else {
                format!("{broken} {verb} broken")
            }
        ),
    };
    let cut = view.cut.as_ref().map_or(String::new(), |cut| {
        let of = cut.of.map_or(String::new(), |of| format!(" of {of}"));
        format!(", CUT SHORT after {}{of} plans", cut.run)
    });
    format!("{}: {}: {what}{cut}", visible(&view.subject), view.verdict)
}

/// So many of something.
pub(super) fn many(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

fn headline(out: &mut Page, view: &View) {
    out.say(&verdict(view));
    if let (Some(implementation), Some(adapter)) = (&view.implementation, &view.adapter) {
        let of = |of: &super::view::Named| {
            visible(format!("{} {}", of.name, of.version).trim_end()).into_owned()
        };
        out.say(&format!("  implementation: {}, adapter: {}", of(implementation), of(adapter)));
    }
    let seed = view.seed.map_or(String::new(), |seed| format!(", seed {seed}"));
    let enumerated = view
        .enumerated
        .map_or(String::new(), |steps| format!(", enumerated: {}", many(steps, "step", "steps")));
    out.say(&format!("  {} plans, {} events{enumerated}{seed}", view.plans, view.events));
    if let Some(coverage) = &view.coverage {
        let missing = coverage.met < coverage.of;
        let more = if missing { "; what is missing: pkgsource list coverage" } else { "" };
        let (met, of) = (coverage.met, coverage.of);
        out.say(&format!("  coverage: {met} of {of} values and pairs of values{more}"));
    }
    for left in view.cut.iter().flat_map(|cut| &cut.left) {
        out.say(&format!("  not run: {} ({})", left.what, left.times));
    }
    for (what, lines) in
        [("changed", &view.changed), ("incomplete", &view.incomplete), ("undecided", &view.doubts)]
    {
        for line in lines {
            out.wrapped(&format!("  {what}: {line}"), 4);
        }
    }
    if !view.below_minimum_profile.is_empty() {
        let missing = view.below_minimum_profile.join(", ");
        out.wrapped(
            &format!("  undecided: every class is below the minimum profile; of the nearest there was {missing}"),
            4,
        );
    }
}

fn expected(out: &mut Page, view: &View) {
    let Some(expected) = &view.expected else { return };
    out.say("");
    let word = if expected.is_met() { "as expected" } else { "NOT as expected" };
    out.say(&format!("{word} by {}", visible(&expected.file)));
    for (what, lines) in [
        ("known deviation", &expected.met),
        ("not expected", &expected.unexpected),
        ("wrong entry", &expected.wrong),
    ] {
        for line in lines {
            out.wrapped(&format!("  {what}: {line}"), 6);
        }
    }
}

fn against(out: &mut Page, view: &View) {
    let Some(against) = &view.against else { return };
    out.say("");
    let count = match against.differences.len() {
        0 => "nothing differs".to_owned(),
        count => many(count, "difference", "differences"),
    };
    let (file, subject) = (visible(&against.file), visible(&against.subject));
    out.say(&format!("against {file} ({subject}, {}): {count}", visible(&against.suite)));
    against.notes.iter().for_each(|note| out.wrapped(&format!("  note: {}", visible(note)), 4));
    for difference in &against.differences {
        let classes = match classes(view, &difference.classes) {
            None => String::new(),
            Some(classes) => format!(" ({classes})"),
        };
        let kind = difference.kind.words();
        let (was, is) = (visible(&difference.was), visible(&difference.is));
        let change = match (was.is_empty(), is.is_empty()) {
            (true, _) => is.into_owned(),
            (_, true) => was.into_owned(),
            _ => format!("{was} -> {is}"),
        };
        out.wrapped(&format!("  {kind}: {} {change}{classes}", difference.what), 6);
    }
}

/// The names of some classes, by a word where they are all.
fn classes(view: &View, names: &[String]) -> Option<String> {
    let all = view.classes.len();
    match names.len() {
        0 => None,
        count if count == all && all > 1 => Some("every class".to_owned()),
        count if count > 3 => Some(format!("{count} classes")),
        _ => Some(names.join(", ")),
    }
}

fn trouble(out: &mut Page, view: &View) {
    for fault in &view.faults {
        out.say("");
        let (blame, plan) = (&fault.blame, &fault.plan);
        out.say(&format!("  blame: {blame}. In plan {plan}: {}", fault.fault));
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

/// Which classes kept all of their promises, and which did not, in few lines.
fn tested(out: &mut Page, view: &View) {
    let mut groups: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    for class in &view.classes {
        let count = |state| class.clauses.iter().filter(|cell| cell.state == state).count();
        let key = (count(State::Broken), count(State::NotExercised));
        groups.entry(key).or_default().push(&class.class);
    }
    if groups.is_empty() {
        return;
    }
    out.say("");
    out.say("Tested");
    for ((broken, untested), classes) in groups {
        let what = match (broken, untested) {
            (0, 0) => "every promise was tested and kept".to_owned(),
            (0, untested) => {
                let promises = many(untested, "promise", "promises");
                format!("all kept, except {promises} not tested")
            }
            (broken, 0) => format!("{broken} broken, every other promise kept"),
            (broken, untested) => format!("{broken} broken, {untested} not tested"),
        };
        let who = if classes.len() == view.classes.len() && classes.len() > 1 {
            "every class".to_owned()
        } else {
            classes.join(", ")
        };
        out.wrapped(&format!("  {what}: {who}"), 4);
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

fn not_tested(out: &mut Page, view: &View) {
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
        out.wrapped(&format!("  {count} the adapter does not claim: {}", absent.join(", ")), 4);
    }
}

/// Why some clauses were not tested.
pub(super) fn untested(view: &View, group: &NotTested) -> String {
    let clauses = group.clauses.join(", ");
    let why = match &group.because {
        Because::NotClaimed(kinds) => format!("the adapter does not claim {}", kinds.join(", ")),
        Because::MaskedBy(mask) => format!("masked by {mask}, to be judged once that holds"),
        Because::NeverArose => "the situation never arose".to_owned(),
    };
    let who = classes(view, &group.classes).unwrap_or_default();
    format!("{why}: {clauses} ({who})")
}

fn readings(out: &mut Page, view: &View) {
    if view.readings.is_empty() {
        return;
    }
    out.say("");
    out.say("Where the documents leave room, it shows");
    let shown: Vec<String> = view.readings.iter().map(|shown| reading(view, shown)).collect();
    out.wrapped(&format!("  {}", shown.join(", ")), 2);
    out.say(
        "  What each means: pkgsource explain Q-VISIBLE. The numbers behind all this: --verbose.",
    );
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

impl Page {
    /// A line with nothing hidden in it.
    fn say(&mut self, text: &str) {
        self.line(&visible(text));
    }

    /// A line that is broken between words where it is too wide.
    fn wrapped(&mut self, text: &str, indent: usize) {
        let text = visible(text);
        let lead = text.len() - text.trim_start().len();
        let mut line = " ".repeat(lead);
        let mut is_empty = true;
        for word in text.split_whitespace() {
            if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
                self.line(&line);
                line = " ".repeat(indent);
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(word);
            is_empty = false;
        }
        self.line(&line);
    }
}
