//! The numbers behind a report: what held how often, every reading with its evidence, everything that is not claimed.

use super::page::Page;
use crate::report::view::{Because, Cell, ClassRow, Shown, ShownIn, ShownReading, State, View};
use std::collections::BTreeMap;

pub(super) fn details(view: &View) -> String {
    let mut out = Page::default();
    table(&mut out, view);
    for class in &view.classes {
        out.say("");
        out.say(&class.class);
        clauses(&mut out, class);
    }
    readings(&mut out, view);
    not_exercised(&mut out, view);
    not_claimed(&mut out, view);
    out.text()
}

/// A row a class.
fn table(out: &mut Page, view: &View) {
    out.say("");
    out.say(
        "class                              packages   held  obligations  broken  not exercised",
    );
    for class in &view.classes {
        let count = |state| class.clauses.iter().filter(|cell| cell.state == state).count();
        let held = class.clauses.iter().filter(|cell| cell.held > 0).count();
        let times: u64 = class.clauses.iter().map(|cell| cell.held).sum();
        let (broken, untested) = (count(State::Broken), count(State::NotExercised));
        out.say(&format!(
            "{:<34} {:>8} {held:>6} {times:>12} {broken:>7} {untested:>14}",
            class.class, class.packages
        ));
    }
}

/// What held how often, several to a line, in register order.
fn clauses(out: &mut Page, class: &ClassRow) {
    if !class.below_minimum_profile.is_empty() {
        let lacking = class.below_minimum_profile.join(", ");
        out.say(&format!("  below the minimum profile: {lacking}"));
    }
    let cells = || class.clauses.iter();
    let held = cells().filter(|cell| cell.held > 0);
    out.list("held", &texts(held, |cell| format!("{} {}", cell.clause, cell.held)));
    let broken = cells().filter(|cell| cell.state == State::Broken);
    out.list(
        "broken",
        &texts(broken, |cell| format!("{} {} times", cell.clause, cell.broken_times)),
    );
    let elsewhere = class.shows_what_breaks_in_other_classes.iter();
    let elsewhere: Vec<String> =
        elsewhere.map(|shown| format!("{} in {} packages", shown.what, shown.times)).collect();
    out.list("shows what breaks in other classes", &elsewhere);
    let mut masked: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut others = Vec::new();
    for cell in cells() {
        match &cell.because {
            None => {}
            Some(Because::MaskedBy(mask)) => {
                masked.entry(mask).or_default().push(cell.clause.clone());
            }
            Some(Because::NotClaimed(_) | Because::NeverArose) => others.push(cell.clause.clone()),
        }
    }
    out.list("not exercised", &others);
    for (mask, clauses) in masked {
        out.list(&format!("masked by {mask}"), &clauses);
    }
}

fn texts<'a>(cells: impl Iterator<Item = &'a Cell>, text: impl Fn(&Cell) -> String) -> Vec<String> {
    cells.map(text).collect()
}

fn readings(out: &mut Page, view: &View) {
    if view.readings.is_empty() {
        return;
    }
    out.say("");
    out.say("readings found");
    for shown in &view.readings {
        out.say(&format!("  {:<17} {}", shown.question, shown.asks));
        let mut rows: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for reading in &shown.readings {
            for class in &reading.classes {
                rows.entry(evidence(shown, reading, class)).or_default().push(&class.class);
            }
        }
        for (reading, classes) in rows {
            let is_all = classes.len() == view.classes.len() && classes.len() > 1;
            let who = if is_all { "every class".to_owned() } else { classes.join(", ") };
            out.say(&format!("  {:<17}   {reading}: {who}", ""));
        }
    }
}

/// A reading, and how many packages would have agreed with the strongest one.
fn evidence(shown: &Shown, reading: &ShownReading, class: &ShownIn) -> String {
    match (class.agree_with_strongest, class.of) {
        _ if reading.how == "pinned" => format!("{} (pinned)", reading.reading),
        (Some(strongest), Some(of)) if reading.reading != shown.strongest => {
            format!("{} ({}: {strongest} of {of} packages)", reading.reading, shown.strongest)
        }
        _ => reading.reading.clone(),
    }
}

/// The clauses of which nothing at all was seen, in any class.
fn not_exercised(out: &mut Page, view: &View) {
    let cells = || view.classes.iter().flat_map(|class| &class.clauses);
    let is_spoken_of =
        |id: &str| cells().any(|cell| cell.clause == id && cell.state != State::NotExercised);
    let mut unspoken =
        view.clauses.iter().filter(|sentence| !is_spoken_of(&sentence.clause)).peekable();
    if unspoken.peek().is_none() {
        return;
    }
    out.say("");
    out.say("not exercised in any class");
    for sentence in unspoken {
        out.say(&format!("  {:<8} {}", sentence.clause, sentence.says));
    }
}

/// What the adapter does not claim, so that nobody takes it for verified; and what it makes up.
fn not_claimed(out: &mut Page, view: &View) {
    let claims = &view.not_claimed;
    if claims.operations.is_empty() && claims.classes.is_empty() && claims.synthesised.is_empty() {
        return;
    }
    out.say("");
    out.say("not claimed by the adapter, and so not exercised");
    out.list("operations and reads", &claims.operations);
    out.list("classes", &claims.classes);
    let made_up = claims.synthesised.iter().map(|what| format!("{what} (by the adapter)"));
    out.list("synthesised", &made_up.collect::<Vec<_>>());
}
