//! `mutants`: kills every mutant and clears every variant, and prints the matrix, a line each. It fails where a mutant
//! lives, where another clause is accused than the mutant's own, or where a variant raises an alarm.

use super::verify::bar;
use crate::exit::{Exit, Trouble};
use crate::kill::{DefaultPlans, clear_variant, for_each, is_exact, kill, retold};
use crate::mutants::{Mutant, Pin, Variant, mutants, variants};
use crate::report::Seen;
use crate::verify::Settings;
use clap::Args;
use indicatif::ProgressBar;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::judge::Requirements;

/// Arguments of `mutants`.
#[derive(Debug, Clone, Args)]
pub(super) struct MutantsArgs {
    /// How many plans each variant must pass
    #[arg(long, value_name = "N", default_value_t = 200)]
    plans: usize,
    /// Where generated plans come from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Only the mutant or variant of this name, or the mutants of this clause
    #[arg(long, value_name = "NAME|CLAUSE")]
    only: Option<String>,
    /// Ask a whole default `verify` of each, in place of the shrunk plan that shows a mutant and of a variant's plans
    #[arg(long)]
    whole: bool,
    /// Run a whole default `verify` of each mutant, follow the line under every story, and say what it shows
    #[arg(long, conflicts_with = "whole")]
    stories: bool,
}

pub(super) fn run(args: &MutantsArgs) -> Result<Exit, Trouble> {
    let wanted = |name: &str, clause: &str| {
        args.only.as_deref().is_none_or(|only| only == name || only == clause)
    };
    let mutants: Vec<_> =
        mutants().filter(|mutant| wanted(mutant.name, mutant.clause.text())).collect();
    let variants: Vec<_> = variants().filter(|variant| wanted(variant.name, "")).collect();
    if mutants.is_empty() && variants.is_empty() {
        let name = args.only.as_deref().unwrap_or_default();
        return Err(Trouble::Usage(format!(
            "`{name}` is neither a mutant nor a variant; see `pkgsource list mutants`"
        )));
    }
    let bar = bar();
    if args.stories {
        bar.set_length(mutants.len() as u64);
        return of_stories(&mutants, args.seed, &bar);
    }
    bar.set_length((mutants.len() + variants.len()) as u64);
    let mut parts = Vec::new();
    let mut all_well = true;
    if !mutants.is_empty() {
        let (text, well) = of_mutants(&mutants, args, &bar);
        all_well &= well;
        parts.push(text);
    }
    if !variants.is_empty() {
        let (text, well) = of_variants(&variants, args, &bar);
        all_well &= well;
        parts.push(text);
    }
    bar.finish_and_clear();
    parts.push("What one of them does: pkgsource explain NAME\n".to_owned());
    super::print(&parts.join("\n"))?;
    Ok(if all_well { Exit::Conforms } else { Exit::Violates })
}

/// A line a story, and how many of them are told as they are.
fn of_stories(mutants: &[&Mutant], seed: u64, bar: &ProgressBar) -> Result<Exit, Trouble> {
    let asked = for_each(mutants, |mutant| {
        let mut settings = Settings::new(seed);
        settings.requirements.pinned = mutant.pins.iter().copied().map(Pin::resolved).collect();
        let told = retold(|| Box::new(mutant.adapter(seed)), &settings, 1);
        bar.inc(1);
        told
    });
    bar.finish_and_clear();
    let mut rows =
        vec![["mutant", "story", "steps", "shown again, and by its line"].map(str::to_owned)];
    let (mut stories, mut as_told) = (0, 0);
    for (mutant, told) in mutants.iter().zip(asked) {
        for story in told? {
            stories += 1;
            as_told += usize::from(story.is_as_told());
            let seen =
                story.seen.map_or("never".into(), |Seen { times, of }| format!("{times} of {of}"));
            let again = if story.again.is_empty() { "nothing".into() } else { names(&story.again) };
            let otherwise = if story.is_as_told() { "" } else { ": NOT AS TOLD" };
            rows.push([
                mutant.name.to_owned(),
                format!("{} in {}", story.clause.text(), story.class),
                story.steps.to_string(),
                format!("{seen}, {again}{otherwise}"),
            ]);
        }
    }
    let sum = format!("{as_told} of {stories} stories come again as they are told\n");
    super::print(&(table(&rows) + &sum))?;
    Ok(if as_told == stories { Exit::Conforms } else { Exit::Violates })
}

/// A line a mutant, and how many of them died of their own clause.
fn of_mutants(mutants: &[&Mutant], args: &MutantsArgs, bar: &ProgressBar) -> (String, bool) {
    let (mut killed, mut exact) = (0, 0);
    let mut rows = vec![["mutant", "clause", "steps", "accused of"].map(str::to_owned)];
    let default = DefaultPlans::new(args.seed);
    let asked = for_each(mutants, |mutant| {
        let answer = if args.whole {
            let pinned = mutant.pins.iter().copied().map(Pin::resolved).collect();
            let requirements = Requirements { pinned, ..Requirements::default() };
            (default.accused(mutant.adapter(args.seed), &requirements, &[mutant.clause]).0, None)
        } else {
            let kill = kill(mutant, args.seed);
            (kill.on_shrunk, Some(kill.steps))
        };
        bar.inc(1);
        answer
    });
    for (mutant, (accused, steps)) in mutants.iter().zip(asked) {
        let is_exact = is_exact(mutant, &accused);
        killed += usize::from(accused.contains(&mutant.clause));
        exact += usize::from(is_exact);
        let verdict = match (accused.is_empty(), is_exact) {
            (true, _) => "nothing: it lives".to_owned(),
            (false, true) => names(&accused),
            (false, false) => format!("{} (not its own alone)", names(&accused)),
        };
        let steps = steps.filter(|&steps| steps > 0).map_or("–".to_owned(), |n| n.to_string());
        rows.push([mutant.name.to_owned(), mutant.clause.text().to_owned(), steps, verdict]);
    }
    let all = mutants.len();
    let sum =
        format!("{killed} of {all} killed, {exact} of them accused of their own clause alone\n");
    (table(&rows) + &sum, exact == all)
}

/// A line a variant.
fn of_variants(variants: &[&Variant], args: &MutantsArgs, bar: &ProgressBar) -> (String, bool) {
    let mut cleared = 0;
    let mut rows = vec![["variant", "permitted by", "plans", "alarms"].map(str::to_owned)];
    let default = DefaultPlans::new(args.seed);
    let asked = for_each(variants, |variant| {
        let answer = if args.whole {
            default.accused(variant.adapter(args.seed), &Requirements::default(), &[])
        } else {
            let clearance = clear_variant(variant, args.plans, args.seed);
            (clearance.alarms, clearance.plans)
        };
        bar.inc(1);
        answer
    });
    for (variant, (alarms, plans)) in variants.iter().zip(asked) {
        cleared += usize::from(alarms.is_empty());
        let alarms = if alarms.is_empty() { "none".into() } else { names(&alarms) };
        let [name, of] = [variant.name, variant.permitted_by].map(str::to_owned);
        rows.push([name, of, plans.to_string(), alarms]);
    }
    let sum = format!("{cleared} of {} raise no alarm\n", variants.len());
    (table(&rows) + &sum, cleared == variants.len())
}

fn names(clauses: &[ClauseId]) -> String {
    clauses.iter().map(|clause| clause.text()).collect::<Vec<_>>().join(", ")
}

/// Columns as wide as what stands in them; the third holds numbers, the last ends where it ends.
fn table(rows: &[[String; 4]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let [first, second, third] = [0, 1, 2].map(|column| width(column).unwrap_or_default());
    let line = |[name, of, number, rest]: &[String; 4]| {
        format!("{name:<first$}  {of:<second$}  {number:>third$}  {rest}\n")
    };
    rows.iter().map(line).collect()
}
