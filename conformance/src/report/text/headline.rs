//! The first lines: the word, who was asked, how much was run, and what makes the run less than it could be.

use super::page::{Page, many};
use crate::report::Word;
use crate::report::view::{Named, View};
use pkgsource_model::words::visible;

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

pub(super) fn headline(out: &mut Page, view: &View) {
    out.say(&verdict(view));
    if let (Some(implementation), Some(adapter)) = (&view.implementation, &view.adapter) {
        let of = |of: &Named| {
            let version = if of.version.is_empty() {
                String::new()
            } else {
                format!(", version {}", of.version)
            };
            visible(&format!("{}{version}", of.name)).into_owned()
        };
        out.say(&format!("  implementation: {}; adapter: {}", of(implementation), of(adapter)));
    }
    let enumerated =
        view.enumerated.map(|steps| format!("enumerated: all of {}", many(steps, "step", "steps")));
    let generated = view.seed.map(|seed| format!("generated: from seed {seed}"));
    let whence: Vec<String> = enumerated.into_iter().chain(generated).collect();
    let whence =
        if whence.is_empty() { String::new() } else { format!(" ({})", whence.join("; ")) };
    out.say(&format!("  {} plans{whence}, {} events", view.plans, view.events));
    if let Some(name) = &view.requirements {
        out.say(&format!("  requirements: {name}, a frozen set"));
    }
    if let Some(coverage) = &view.coverage {
        let missing = coverage.met < coverage.of;
        let more = if missing { "; what is missing: pkgsource list coverage" } else { "" };
        let (met, of) = (coverage.met, coverage.of);
        let what = "values and pairs of values that plans can have here";
        out.wrapped(&format!("  coverage: {met} of the {of} {what}{more}"), 4);
    }
    for left in view.cut.iter().flat_map(|cut| &cut.left) {
        out.say(&format!("  not run: {} ({})", left.what, left.times));
    }
    let doubted = if view.word() == Word::Conforms { "besides" } else { "undecided" };
    for (what, lines) in
        [("changed", &view.changed), ("incomplete", &view.incomplete), (doubted, &view.doubts)]
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
