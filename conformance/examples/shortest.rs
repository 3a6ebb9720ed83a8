//! How short counterexamples become, and how long that takes over the protocol: for every mutant, the first plan of a
//! default run that shows it is made small by asking the mutant as another program, and what is left is held against the
//! shortest that small enumerated plans leave. Names after `--` choose mutants.
//!
//! ```sh
//! cargo build --release --package pkgsource
//! cargo run --release --package pkgsource --example shortest -- target/release/pkgsource
//! ```

use pkgsource::adapter::Adapter;
use pkgsource::adapter::process::{ProcessAdapter, ProcessBounds};
use pkgsource::kill::requirements;
use pkgsource::model::clauses::ClauseId;
use pkgsource::mutants::{Mutant, mutants, situations};
use pkgsource::plan::generate::Scope;
use pkgsource::plan::{Plan, enumerate::enumerated};
use pkgsource::run::{Bounds, Campaign};
use pkgsource::shrink::shrink;
use pkgsource::verify::{Settings, judge, plans};
use std::error::Error;
use std::ffi::OsString;
use std::time::Instant;

/// How often a plan may be run while it shrinks.
const BUDGET: usize = 2000;

/// Of how many enumerated plans that show a mutant the shortest is taken.
const ENUMERATED: usize = 12;

/// Of so many steps are enumerated plans, from one on.
const STEPS: usize = 2;

/// What was measured of a mutant.
struct Measured {
    steps: usize,
    shortest: Option<usize>,
    asked: usize,
    seconds: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let program =
        arguments.next().ok_or("name the program `pkgsource`, and mutants if you like")?;
    let only: Vec<OsString> = arguments.collect();
    let chosen = |mutant: &&Mutant| only.is_empty() || only.iter().any(|name| name == mutant.name);
    let (mut all, mut short, mut slow) = (0, 0, 0);
    for mutant in mutants().filter(chosen) {
        let Some(Measured { steps, shortest, asked, seconds }) = measure(mutant, &program)? else {
            println!("{:<48} shown by no plan of a default run", mutant.name);
            continue;
        };
        all += 1;
        let is_short = shortest.is_none_or(|shortest| steps <= shortest);
        short += usize::from(is_short);
        slow += usize::from(seconds > 20.0);
        let of = shortest.map_or("–".to_owned(), |steps| steps.to_string());
        let mark = if is_short { "" } else { "  longer than it could be" };
        println!(
            "{:<48} {steps:>2} steps, enumerated {of:>2}, {asked:>4} asked in {seconds:>5.1} s{mark}",
            mutant.name
        );
    }
    println!(
        "{short} of {all} as short as the shortest enumerated one; {slow} took more than 20 s"
    );
    Ok(())
}

fn measure(mutant: &Mutant, program: &OsString) -> Result<Option<Measured>, Box<dyn Error>> {
    let mut settings = Settings { covering: false, ..Settings::new(1) };
    settings.requirements = requirements(mutant);
    settings.requirements.classes.truncate(1);
    let mut within = mutant.adapter(1);
    let known = plans(&within, &settings);
    let of_its_room = settings.requirements.classes.iter().copied().flat_map(situations);
    let Some(plan) = first(mutant, &mut within, known.chain(of_its_room))? else {
        return Ok(None);
    };
    let command = [program.clone(), "adapter".into(), format!("mutant:{}", mutant.name).into()];
    let mut beyond = ProcessAdapter::start(&command, ProcessBounds::default(), 1)?;
    let began = now();
    let (steps, asked) = made_small(mutant, &mut beyond, &plan)?;
    let seconds = began.elapsed().as_secs_f64();
    beyond.end()?;
    let scope = Scope {
        classes: settings.requirements.classes.clone(),
        ..Scope::of(within.capabilities())
    };
    let mut shortest: Option<usize> = None;
    let mut left = ENUMERATED;
    for plan in (1..=STEPS).flat_map(|steps| enumerated(steps, &scope)) {
        if left > 0 && shows(mutant, &mut within, &plan)? {
            left -= 1;
            let (steps, _) = made_small(mutant, &mut within, &plan)?;
            shortest = Some(shortest.map_or(steps, |shortest| shortest.min(steps)));
        }
    }
    Ok(Some(Measured { steps, shortest, asked, seconds }))
}

/// The first plan that shows a mutant.
fn first(
    mutant: &Mutant,
    adapter: &mut dyn Adapter,
    plans: impl Iterator<Item = Plan>,
) -> std::io::Result<Option<Plan>> {
    for plan in plans {
        if shows(mutant, adapter, &plan)? {
            return Ok(Some(plan));
        }
    }
    Ok(None)
}

fn shows(mutant: &Mutant, adapter: &mut dyn Adapter, plan: &Plan) -> std::io::Result<bool> {
    let mut campaign = Campaign::new(adapter, Bounds::default())?;
    Ok(accused(mutant, &mut campaign, plan).contains(&mutant.clause))
}

/// How many steps are left of a plan, and how many plans were asked.
fn made_small(
    mutant: &Mutant,
    adapter: &mut dyn Adapter,
    plan: &Plan,
) -> std::io::Result<(usize, usize)> {
    let mut campaign = Campaign::new(adapter, Bounds::default())?;
    let mut asked = 0;
    let small = shrink(plan, BUDGET, |plan| {
        asked += 1;
        accused(mutant, &mut campaign, plan).contains(&mutant.clause)
    });
    Ok((small.steps.len(), asked))
}

fn accused(mutant: &Mutant, campaign: &mut Campaign<'_>, plan: &Plan) -> Vec<ClauseId> {
    let history = campaign.run_one(plan).history;
    judge(history.as_slice(), &requirements(mutant)).broken_clauses()
}

#[expect(clippy::disallowed_methods, reason = "how long it takes is what is measured")]
fn now() -> Instant {
    Instant::now()
}
