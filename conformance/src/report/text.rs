//! The text report: the word first, then what was broken with its story, then a row a class, then what was silent.
//! Sorted, and without durations: two equal runs print equal bytes.

use super::{Report, Word, tell};
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::Capabilities;
use pkgsource_model::judge::{ClassVerdict, Evidence, Found, NotExercised};
use pkgsource_model::readings::Question;
use pkgsource_model::words::visible;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

/// The report as text.
#[must_use]
pub fn text(report: &Report) -> String {
    let mut out = Page::default();
    headline(&mut out, report);
    for example in &report.counterexamples {
        out.line("");
        out.line(&tell(example));
    }
    remarks(&mut out, report);
    out.0 + &details(report)
}

/// The numbers behind a report: what held how often, every reading with its evidence, everything that is not claimed.
#[must_use]
pub fn details(report: &Report) -> String {
    let mut out = Page::default();
    classes(&mut out, report);
    readings(&mut out, report);
    silent(&mut out, report);
    unclaimed(&mut out, report);
    out.0
}

#[derive(Default)]
pub(super) struct Page(String);

impl Page {
    pub(super) fn text(self) -> String {
        self.0
    }

    pub(super) fn line(&mut self, text: &str) {
        self.0.push_str(text.trim_end());
        self.0.push('\n');
    }

    fn put(&mut self, arguments: fmt::Arguments<'_>) {
        self.0.write_fmt(arguments).unwrap_or_else(|_| unreachable!("a string takes every write"));
        self.0.push('\n');
    }
}

fn headline(out: &mut Page, report: &Report) {
    let judgement = &report.judgement;
    let force = judgement.strongest.filter(|_| report.word() == Word::Violates);
    let force =
        force.map_or(String::new(), |force| format!(" (strongest force broken: {})", force.name()));
    let cut = report.cut.as_ref().map_or(String::new(), |cut| {
        let of = cut.of.map_or(String::new(), |of| format!(" of {of}"));
        format!(", CUT SHORT after {}{of} plans", cut.run)
    });
    out.put(format_args!("{}: {}{force}{cut}", report.subject, report.word().name()));
    if let Some(capabilities) = &report.capabilities {
        let of = |identity: &pkgsource_model::history::Identity| {
            visible(format!("{} {}", identity.name, identity.version).trim_end()).into_owned()
        };
        out.put(format_args!(
            "  implementation: {}, adapter: {}",
            of(&capabilities.implementation),
            of(&capabilities.adapter)
        ));
    }
    let seed = report.seed.map_or(String::new(), |seed| format!(", seed {seed}"));
    let enumerated = report.enumerated.map_or(String::new(), |steps| {
        format!(", enumerated: {steps} step{}", if steps == 1 { "" } else { "s" })
    });
    out.put(format_args!(
        "  {} plans, {} events{enumerated}{seed}",
        judgement.histories, judgement.events
    ));
    if let Some((met, of)) = report.coverage {
        let more = if met < of { "; what is missing: pkgsource list coverage" } else { "" };
        out.put(format_args!("  coverage: {met} of {of} values and pairs of values{more}"));
    }
    for (what, count) in report.cut.iter().flat_map(|cut| &cut.left) {
        out.put(format_args!("  not run: {what} ({count})"));
    }
    for changed in &report.changed {
        out.put(format_args!("  changed: {changed}"));
    }
    for why in &report.incomplete {
        out.put(format_args!("  incomplete: {why}"));
    }
    for doubt in &judgement.doubts {
        out.put(format_args!("  undecided: {doubt}"));
    }
    let missing = judgement.profile.missing();
    if !missing.is_empty() {
        out.put(format_args!(
            "  undecided: every class is below the minimum profile; of the nearest there was {}",
            lacking(&missing)
        ));
    }
}

fn lacking(missing: &[Evidence]) -> String {
    missing.iter().map(|evidence| evidence.lacking()).collect::<Vec<_>>().join(", ")
}

fn remarks(out: &mut Page, report: &Report) {
    for (plan, fault) in &report.faults {
        out.put(format_args!("\n  blame: {}. In plan {plan}: {fault}", fault.blame()));
        for line in &fault.stderr {
            out.put(format_args!("    it wrote: {line}"));
        }
    }
    for (plan, slow) in &report.slow {
        out.put(format_args!("\n  blame: undecided. In plan {plan}: {slow}"));
    }
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for skipped in &report.skipped {
        *reasons.entry(&skipped.why).or_default() += 1;
    }
    for (why, count) in reasons {
        out.put(format_args!("\n  {count} plans were not run: {why}"));
    }
}

fn classes(out: &mut Page, report: &Report) {
    out.line("");
    out.line(
        "class                              packages   held  obligations  broken  not exercised",
    );
    for class in &report.judgement.classes {
        let held = class.clauses.iter().filter(|clause| clause.held > 0).count();
        let times: u64 = class.clauses.iter().map(|clause| clause.held).sum();
        let silent = class.clauses.iter().filter(|clause| clause.not_exercised.is_some()).count();
        let broken = class.broken().count();
        out.put(format_args!(
            "{:<34} {:>8} {held:>6} {times:>12} {broken:>7} {silent:>14}",
            class.class, class.packages
        ));
    }
    for class in &report.judgement.classes {
        out.line("");
        out.put(format_args!("{}", class.class));
        let missing = report.judgement.profile.lacking(class.class);
        if !missing.is_empty() {
            out.put(format_args!("  below the minimum profile: {}", lacking(&missing)));
        }
        clauses(out, class);
    }
}

/// What held how often, several to a line, in register order.
fn clauses(out: &mut Page, class: &ClassVerdict) {
    let held: Vec<String> = class
        .clauses
        .iter()
        .filter(|clause| clause.held > 0)
        .map(|clause| format!("{} {}", clause.clause.text(), clause.held))
        .collect();
    list(out, "held", &held);
    let broken: Vec<String> = class
        .broken()
        .map(|clause| format!("{} {} times", clause.clause.text(), clause.broken.len()))
        .collect();
    list(out, "broken", &broken);
    let elsewhere: Vec<String> = class
        .elsewhere
        .iter()
        .map(|(clause, packages)| format!("{} in {packages} packages", clause.text()))
        .collect();
    list(out, "shows what breaks in other classes", &elsewhere);
    let mut reasons: BTreeMap<Option<ClauseId>, Vec<String>> = BTreeMap::new();
    for clause in &class.clauses {
        let mask = match clause.not_exercised {
            None => continue,
            Some(NotExercised::NeverArose) => None,
            Some(NotExercised::MaskedBy(mask)) => Some(mask),
        };
        reasons.entry(mask).or_default().push(clause.clause.text().to_owned());
    }
    for (mask, clauses) in reasons {
        match mask {
            None => list(out, "not exercised", &clauses),
            Some(mask) => list(out, &format!("masked by {}", mask.text()), &clauses),
        }
    }
}

fn list(out: &mut Page, title: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    let mut line = format!("  {title}: ");
    let indent = " ".repeat(4);
    for (nth, item) in items.iter().enumerate() {
        let comma = if nth + 1 < items.len() { ", " } else { "" };
        if line.len() + item.len() > 110 {
            out.line(&line);
            line.clone_from(&indent);
        }
        line.push_str(item);
        line.push_str(comma);
    }
    out.line(&line);
}

fn readings(out: &mut Page, report: &Report) {
    let mut rows: BTreeMap<Question, BTreeMap<String, Vec<&'static str>>> = BTreeMap::new();
    for class in &report.judgement.classes {
        for &(question, found) in &class.found {
            let name = class.readings.name(question);
            let seen = match found {
                Found::NotAsked => continue,
                Found::Pinned => format!("{name} (pinned)"),
                Found::Reading { strongest, of } if class.readings.chosen(question) > 0 => {
                    let first = question.entry().readings[0].name;
                    format!("{name} ({first}: {strongest} of {of} packages)")
                }
                Found::Reading { .. } => name.to_owned(),
            };
            rows.entry(question).or_default().entry(seen).or_default().push(class.class.name());
        }
    }
    if rows.is_empty() {
        return;
    }
    out.line("");
    out.line("readings found");
    let total = report.judgement.classes.len();
    for (question, seen) in rows {
        let entry = question.entry();
        out.put(format_args!("  {:<17} {}", entry.id, entry.asks));
        for (reading, classes) in seen {
            let who =
                if classes.len() == total { "every class".to_owned() } else { classes.join(", ") };
            out.put(format_args!("  {:<17}   {reading}: {who}", ""));
        }
    }
}

/// The clauses of which nothing at all was seen, in any class.
fn silent(out: &mut Page, report: &Report) {
    let mut spoken: BTreeMap<ClauseId, bool> = BTreeMap::new();
    for clause in report.judgement.classes.iter().flat_map(|class| &class.clauses) {
        *spoken.entry(clause.clause).or_default() |= clause.not_exercised.is_none();
    }
    let silent: Vec<&ClauseId> =
        spoken.iter().filter(|(_, spoke)| !**spoke).map(|(clause, _)| clause).collect();
    if silent.is_empty() {
        return;
    }
    out.line("");
    out.line("not exercised in any class");
    for clause in silent {
        out.put(format_args!("  {:<8} {}", clause.text(), clause.clause().says));
    }
}

/// What the adapter does not claim, so that nobody takes it for verified; and what it makes up.
fn unclaimed(out: &mut Page, report: &Report) {
    use pkgsource_model::operation::OperationKind;
    let Some(capabilities) = &report.capabilities else { return };
    let claims = |kind: &OperationKind| {
        capabilities.operations.contains(kind)
            || capabilities.reads.contains(kind)
            || implied(capabilities, *kind)
    };
    let absent: Vec<String> = OperationKind::ALL
        .iter()
        .filter(|kind| !claims(kind))
        .map(|kind| kind.name().to_owned())
        .collect();
    let classes = pkgsource_model::words::PackageClass::ALL
        .into_iter()
        .filter(|class| !capabilities.classes.contains(class));
    let classes: Vec<String> = classes.map(|class| class.name().to_owned()).collect();
    if absent.is_empty() && classes.is_empty() && capabilities.synthesised.is_empty() {
        return;
    }
    out.line("");
    out.line("not claimed by the adapter, and so not exercised");
    list(out, "operations and reads", &absent);
    list(out, "classes", &classes);
    let made_up: Vec<String> = capabilities
        .synthesised
        .iter()
        .filter_map(|what| {
            serde_json::to_value(what).ok()?.as_str().map(|name| format!("{name} (by the adapter)"))
        })
        .collect();
    list(out, "synthesised", &made_up);
}

/// What the suite does itself, or what needs a capability of another kind.
pub(super) fn implied(
    capabilities: &Capabilities,
    kind: pkgsource_model::operation::OperationKind,
) -> bool {
    use pkgsource_model::history::{SourceMode, Time};
    use pkgsource_model::operation::OperationKind;
    match kind {
        OperationKind::Edit => capabilities.source_mode == SourceMode::Path,
        OperationKind::Fault | OperationKind::Heal => true,
        OperationKind::Clock => capabilities.time == Time::Real,
        OperationKind::Idle => {
            capabilities.completes == pkgsource_model::history::Completes::AtReturn
        }
        _ => false,
    }
}
