//! The whole road for one adapter: plans, histories, judgement, and a shrunk counterexample for every broken clause.

use crate::adapter::Adapter;
use crate::court::{Court, Exhibit, Recorded};
use crate::history::HistoryFile;
use crate::plan::{Plan, enumerate, generate, scenarios};
use crate::report::{Counterexample, Report};
use crate::run::{Bounds, Campaign, Keep, Run, Stop, stop};
use crate::shrink::shrink;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::History;
use pkgsource_model::judge::{Breach, Docket, Judgement, Requirements};
use pkgsource_model::words::PackageClass;
use std::io;
use std::time::{Duration, Instant};

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
    /// The run ends after this many minutes, between two requests, shrinking included.
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

/// What a verification leaves.
#[derive(Debug)]
pub struct Verified {
    /// The report.
    pub report: Report,
    /// Why it ended before its last plan.
    pub stopped: Option<Stop>,
}

/// Runs plans on an adapter and judges what happened. `progress` hears after every plan how many were run, and of how
/// many where they are not too many to be counted.
///
/// # Errors
/// The suite's own scratch folder cannot be made.
pub fn verify(
    adapter: &mut dyn Adapter,
    subject: &str,
    settings: &Settings,
    progress: impl FnMut(usize, Option<usize>),
) -> io::Result<Verified> {
    verify_into(adapter, subject, settings, None, progress)
}

/// [`verify`], and what happens is written into a file as it happens.
///
/// # Errors
/// The suite's own scratch folder cannot be made.
pub fn verify_into(
    adapter: &mut dyn Adapter,
    subject: &str,
    settings: &Settings,
    mut file: Option<&mut HistoryFile>,
    mut progress: impl FnMut(usize, Option<usize>),
) -> io::Result<Verified> {
    let plans = plans(adapter, settings);
    let capabilities = adapter.capabilities().clone();
    let deadline = settings
        .minutes
        .map(|minutes| crate::run::now() + Duration::from_secs(60 * u64::from(minutes)));
    let mut campaign = Campaign::new(adapter, Bounds { deadline, ..settings.bounds })?;
    let mut run = Run::default();
    let total =
        Some(plans.clone().take(MOST_COUNTED).count()).filter(|&total| total < MOST_COUNTED);
    let mut court = Court::new(&settings.requirements);
    let mut has_enumerated = false;
    let mut was_stopped = false;
    for (nth, plan) in plans.enumerate() {
        run.stopped = stop(deadline);
        was_stopped = run.stopped.is_some()
            || campaign.add(plan, &mut run, file.as_deref_mut(), |plan, history| {
                has_enumerated |= enumerate::is_enumerated(&plan);
                court.hear(Some(plan), history);
            }) == Keep::Stopped;
        if was_stopped {
            break;
        }
        progress(nth + 1, total);
    }
    let (judgement, recorded) = court.judge();
    let counterexamples = counterexamples(&mut campaign, recorded, &judgement, settings, deadline);
    campaign.end(&mut run);
    // A signal may have come while a counterexample was shrunk.
    run.stopped = stop(None).or(run.stopped);
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
        incomplete: run.stopped.iter().map(ToString::to_string).collect(),
    };
    Ok(Verified { report, stopped: run.stopped })
}

/// Judges histories.
#[must_use]
pub fn judge(histories: &[History], requirements: &Requirements) -> Judgement {
    let mut docket = Docket::new();
    for history in histories {
        docket.enter(history);
    }
    docket.judge(requirements)
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

/// The requirements of a class with the readings that were found for it: a counterexample is one under these.
fn pinned(judgement: &Judgement, class: PackageClass, requirements: &Requirements) -> Requirements {
    let mut requirements = requirements.clone();
    if let Some(verdict) = judgement.classes.iter().find(|verdict| verdict.class == class) {
        let found = verdict
            .found
            .iter()
            .map(|&(question, _)| (question, verdict.readings.chosen(question)));
        requirements.pinned = found.collect();
    }
    requirements
}

/// How long all counterexamples together may be shrunk, where the user gave no time.
const SHRINKING: Duration = Duration::from_mins(5);

/// How often a plan is run again before it is said that what it showed does not repeat.
const AGAIN: u32 = 3;

fn counterexamples(
    campaign: &mut Campaign<'_>,
    mut recorded: Recorded,
    judgement: &Judgement,
    settings: &Settings,
    deadline: Option<Instant>,
) -> Vec<Counterexample> {
    let mut examples = Vec::new();
    let until = deadline.unwrap_or_else(|| crate::run::now() + SHRINKING);
    for (class, verdict) in judgement.broken() {
        let clause = verdict.clause;
        let Some(Exhibit { plan: Some(plan), history, events }) = recorded.take(class, verdict)
        else {
            continue;
        };
        let requirements = pinned(judgement, class, &settings.requirements);
        let shrunk = counterexample(campaign, &plan, clause, class, &requirements, settings, until);
        // What cannot be shown again, because the adapter has died or behaves differently, is shown as it was recorded.
        examples.push(shrunk.unwrap_or_else(|not_again| Counterexample {
            clause,
            class,
            repeat: repeat(&plan, class, settings),
            plan,
            history,
            events,
            not_again,
        }));
    }
    examples
}

/// Shrinks one plan and runs it once more for its story. The error is how often the whole plan was run again without
/// showing it.
fn counterexample(
    campaign: &mut Campaign<'_>,
    plan: &Plan,
    clause: ClauseId,
    class: PackageClass,
    requirements: &Requirements,
    settings: &Settings,
    until: Instant,
) -> Result<Counterexample, u32> {
    let mut again = |candidate: &Plan| {
        if stop(Some(until)).is_some() {
            return Again::NotRun;
        }
        let run = campaign.run_one(candidate);
        let (Some(history), None) = (run.history, run.fault) else { return Again::NotRun };
        match breach_in(&history, clause, class, requirements) {
            Some(breach) => Again::Shown(Box::new((history, breach))),
            None => Again::NotShown,
        }
    };
    let smallest = shrink(plan, settings.shrink_budget, |candidate| {
        matches!(again(candidate), Again::Shown(_))
    });
    let mut not_again = 0;
    for candidate in [&smallest, plan] {
        for _ in 0..AGAIN {
            match again(candidate) {
                Again::Shown(shown) => {
                    let (history, breach) = *shown;
                    return Ok(Counterexample {
                        clause,
                        class,
                        repeat: repeat(plan, class, settings),
                        plan: candidate.clone(),
                        history,
                        events: breach.events,
                        not_again: 0,
                    });
                }
                Again::NotShown => not_again += u32::from(candidate == plan),
                Again::NotRun => {}
            }
        }
        if smallest == *plan {
            break;
        }
    }
    Err(not_again)
}

/// What came of running a plan again.
enum Again {
    /// The same clause is broken in the same class.
    Shown(Box<(History, Breach)>),
    /// It is not.
    NotShown,
    /// It was not run to its end: there is no time, or the adapter failed.
    NotRun,
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
