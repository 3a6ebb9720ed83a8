//! The whole road for one adapter: plans, histories, judgement, and a shrunk counterexample for every broken clause.

use crate::adapter::Adapter;
use crate::plan::{Plan, enumerate, generate, scenarios};
use crate::report::{Counterexample, Report};
use crate::run::{Bounds, Campaign, Keep, Run};
use crate::shrink::shrink;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::History;
use pkgsource_model::judge::{Breach, ClauseVerdict, HistorySet, Judgement, Requirements};
use pkgsource_model::words::PackageClass;
use std::io;
use std::time::Duration;

/// What a verification runs, and what it requires.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Generated plans, after all others.
    pub plans: usize,
    /// Where generated plans come from.
    pub seed: u64,
    /// Plans that run first.
    pub saved: Vec<Plan>,
    /// Whether the known situations run.
    pub scenarios: bool,
    /// How many steps the enumerated plans have, which run after the scenarios; 0 for none.
    pub enumerate: usize,
    /// What is required.
    pub requirements: Requirements,
    /// How long to wait.
    pub bounds: Bounds,
    /// No plan is started after this many minutes.
    pub minutes: Option<u32>,
    /// How often a shrinking counterexample may be run; 0 leaves plans as they are.
    pub shrink_budget: usize,
    /// How the command names the subject, for the line that repeats a counterexample.
    pub command: String,
}

impl Settings {
    /// How many steps enumerated plans have, unless somebody asks for more.
    pub const ENUMERATE: usize = 1;

    /// The defaults: every scenario, every plan of one step and a hundred generated plans.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            plans: 100,
            seed,
            saved: Vec::new(),
            scenarios: true,
            enumerate: Self::ENUMERATE,
            requirements: Requirements::default(),
            bounds: Bounds::default(),
            minutes: None,
            shrink_budget: 600,
            command: String::new(),
        }
    }
}

/// The plans that a verification runs, in order: saved ones, the known situations, enumerated and generated ones.
pub fn plans(
    adapter: &dyn Adapter,
    settings: &Settings,
) -> impl Iterator<Item = Plan> + Clone + use<> {
    let mut scope = generate::Scope::of(adapter.capabilities());
    let wanted = &settings.requirements.classes;
    scope.classes.retain(|class| wanted.is_empty() || wanted.contains(class));
    let mut known = settings.saved.clone();
    if settings.scenarios {
        known.extend(scenarios::scenarios(&scope));
    }
    let enumerated = enumerate::enumerated(settings.enumerate, &scope);
    let first = settings.seed;
    let seeds = (0..settings.plans as u64).map(move |nth| first.wrapping_add(nth));
    let generated = seeds.map(move |seed| generate::from_seed(seed, &scope));
    known.into_iter().chain(enumerated).chain(generated)
}

/// From so many plans on nobody counts them beforehand: counting would take longer than a person likes to wait.
const MOST_COUNTED: usize = 200_000;

/// What a verification leaves: the report, and what happened.
#[derive(Debug)]
pub struct Verified {
    /// The report.
    pub report: Report,
    /// The histories of the plans that were run.
    pub histories: Vec<History>,
}

/// Runs plans on an adapter and judges what happened. `progress` hears after every plan how many were run, and of how
/// many where they are not too many to be counted.
///
/// # Errors
/// The suite's own scratch folder cannot be made, written or removed.
pub fn verify(
    adapter: &mut dyn Adapter,
    subject: &str,
    settings: &Settings,
    mut progress: impl FnMut(usize, Option<usize>),
) -> io::Result<Verified> {
    let plans = plans(adapter, settings);
    let deadline = settings
        .minutes
        .map(|minutes| crate::run::now() + Duration::from_secs(60 * u64::from(minutes)));
    let capabilities = adapter.capabilities().clone();
    let mut campaign = Campaign::new(adapter, settings.bounds)?;
    let mut run = Run::default();
    let total =
        Some(plans.clone().take(MOST_COUNTED).count()).filter(|&total| total < MOST_COUNTED);
    let mut was_stopped = false;
    for (nth, plan) in plans.enumerate() {
        was_stopped = deadline.is_some_and(|deadline| crate::run::now() > deadline)
            || campaign.add(plan, &mut run)? == Keep::Stopped;
        if was_stopped {
            break;
        }
        progress(nth + 1, total);
    }
    let has_enumerated = run.plans.iter().any(enumerate::is_enumerated);
    let judgement = judge(&run.histories, &settings.requirements);
    let counterexamples = counterexamples(&mut campaign, &run, &judgement, settings)?;
    let report = Report {
        subject: subject.to_owned(),
        capabilities: Some(capabilities),
        enumerated: (has_enumerated && !was_stopped).then_some(settings.enumerate),
        seed: (settings.plans > 0).then_some(settings.seed),
        changed: Vec::new(),
        judgement,
        counterexamples,
        skipped: run.skipped,
        faults: run.faults,
        slow: run.slow,
    };
    Ok(Verified { report, histories: run.histories })
}

/// Judges histories.
#[must_use]
pub fn judge(histories: &[History], requirements: &Requirements) -> Judgement {
    let mut set = HistorySet::new();
    for history in histories {
        set.add(history);
    }
    set.judge(requirements)
}

/// Where a clause is broken in one history, if it is.
fn breach_in(
    history: &History,
    clause: ClauseId,
    class: PackageClass,
    requirements: &Requirements,
) -> Option<Breach> {
    let judgement = judge(std::slice::from_ref(history), requirements);
    let found =
        judgement.broken().find(|(of, verdict)| *of == class && verdict.clause == clause)?;
    found.1.broken.first().cloned()
}

/// The breach that is told: the shortest of those whose history alone accuses the clause, or else the shortest.
fn most_telling<'a>(
    run: &Run,
    verdict: &'a ClauseVerdict,
    class: PackageClass,
    settings: &Settings,
) -> Option<&'a Breach> {
    const TRIED: usize = 12;
    let steps = |breach: &&Breach| {
        run.plans.get(breach.history).map_or(usize::MAX, |plan| plan.steps.len())
    };
    let mut breaches: Vec<&Breach> = verdict.broken.iter().collect();
    breaches.sort_by_key(steps);
    let tells = |breach: &&Breach| {
        run.histories.get(breach.history).is_some_and(|history| {
            breach_in(history, verdict.clause, class, &settings.requirements).is_some()
        })
    };
    breaches.iter().copied().take(TRIED).find(tells).or(breaches.first().copied())
}

fn counterexamples(
    campaign: &mut Campaign<'_>,
    run: &Run,
    judgement: &Judgement,
    settings: &Settings,
) -> io::Result<Vec<Counterexample>> {
    let mut examples = Vec::new();
    for (class, verdict) in judgement.broken() {
        let clause = verdict.clause;
        let Some(breach) = most_telling(run, verdict, class, settings) else { continue };
        let recorded = (run.plans.get(breach.history), run.histories.get(breach.history));
        let (Some(plan), Some(history)) = recorded else { continue };
        let shrunk = counterexample(campaign, plan, clause, class, settings)?;
        // What cannot be shown again, because the adapter has died or behaves differently, is shown as it was recorded.
        examples.push(shrunk.unwrap_or_else(|| Counterexample {
            clause,
            class,
            repeat: repeat(plan, class, settings),
            plan: plan.clone(),
            history: history.clone(),
            breach: breach.clone(),
        }));
    }
    Ok(examples)
}

/// Shrinks one plan and runs it once more for its story.
fn counterexample(
    campaign: &mut Campaign<'_>,
    plan: &Plan,
    clause: ClauseId,
    class: PackageClass,
    settings: &Settings,
) -> io::Result<Option<Counterexample>> {
    let requirements = &settings.requirements;
    let mut trouble = None;
    let smallest =
        shrink(plan, settings.shrink_budget, |candidate| match campaign.run_one(candidate) {
            Ok(outcome) => outcome
                .history
                .is_some_and(|history| breach_in(&history, clause, class, requirements).is_some()),
            Err(error) => {
                trouble = Some(error);
                false
            }
        });
    if let Some(error) = trouble {
        return Err(error);
    }
    let Some(history) = campaign.run_one(&smallest)?.history else { return Ok(None) };
    let Some(breach) = breach_in(&history, clause, class, requirements) else { return Ok(None) };
    Ok(Some(Counterexample {
        clause,
        class,
        repeat: repeat(plan, class, settings),
        plan: smallest,
        history,
        breach,
    }))
}

/// The command that runs a plan again, with as few others as can be.
fn repeat(plan: &Plan, class: PackageClass, settings: &Settings) -> String {
    let steps = settings.enumerate;
    let which = match plan.seed {
        Some(seed) => {
            // What a seed makes follows from the classes that it may choose from.
            let mut which = format!("--plans 1 --no-scenarios --enumerate 0 --seed {seed}");
            for class in &settings.requirements.classes {
                which.push_str(" --class ");
                which.push_str(class.name());
            }
            which
        }
        None if steps > 0 && enumerate::is_enumerated(plan) => {
            format!("--plans 0 --no-scenarios --enumerate {steps} --class {class}")
        }
        None => format!("--plans 0 --enumerate 0 --class {class}"),
    };
    format!("pkgsource verify {which} {}", settings.command).trim_end().to_owned()
}
