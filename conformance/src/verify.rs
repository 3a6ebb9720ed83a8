//! The whole road for one adapter: plans, histories, judgement, and a story for every cause of a broken clause.

mod saved;
mod stories;

use crate::adapter::Adapter;
use crate::court::Court;
use crate::history::HistoryFile;
use crate::plan::coverage::{Coverage, covering};
use crate::plan::{Plan, enumerate, generate, scenarios};
use crate::report::{Cut, Report};
use crate::run::{Bounds, Campaign, Crew, Instances, Keep, Run, Stop, Turn, stop};
use pkgsource_model::classes::Points;
use pkgsource_model::history::{Capabilities, History};
use pkgsource_model::judge::{HistorySet, Judgement, Requirements};
#[cfg(feature = "cli")]
pub(crate) use saved::quoted;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use stories::Stories;

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
    /// Whether, after the known situations, plans run that cover every pair of dimensions.
    pub covering: bool,
    /// How many steps the enumerated plans have, which run after the scenarios; 0 for none.
    pub enumerate: usize,
    /// What is required.
    pub requirements: Requirements,
    /// How long to wait.
    pub bounds: Bounds,
    /// How long all of it may take: a fifth of that is kept for making counterexamples small.
    pub minutes: Option<u32>,
    /// How often a shrinking counterexample may be run; 0 leaves plans as they are.
    pub shrink_budget: usize,
    /// How long making counterexamples small may take, all of them together.
    pub shrink_for: Duration,
    /// The folder in which counterexamples are saved, made when one is found; none to save none.
    pub save_to: Option<PathBuf>,
    /// How the command names the subject, quoted for a shell, for the line that repeats a counterexample.
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
            covering: true,
            enumerate: Self::ENUMERATE,
            requirements: Requirements::default(),
            bounds: Bounds::default(),
            minutes: None,
            shrink_budget: 2000,
            shrink_for: Duration::from_mins(1),
            save_to: None,
            command: String::new(),
        }
    }
}

/// What a verification's plans may hold.
pub(crate) fn scope(capabilities: &Capabilities, requirements: &Requirements) -> generate::Scope {
    let mut scope = generate::Scope::of(capabilities);
    let wanted = &requirements.classes;
    scope.classes.retain(|class| wanted.is_empty() || wanted.contains(class));
    scope
}

/// The plans that a verification runs, in order: saved ones, the known situations of one class, those that cover every
/// pair of dimensions, the known situations of the other classes, enumerated and generated ones. So what is stopped
/// early has put the most telling questions.
pub fn plans(
    adapter: &dyn Adapter,
    settings: &Settings,
) -> impl Iterator<Item = Plan> + Clone + use<> {
    let scope = scope(adapter.capabilities(), &settings.requirements);
    let mut coverage = Coverage::of(&scope);
    let (mut known, mut others) = (settings.saved.clone(), Vec::new());
    if settings.scenarios {
        let first = scope.classes.iter().position(|class| class.entry().points == Points::Promised);
        for (nth, &class) in scope.classes.iter().enumerate() {
            let list = if nth == first.unwrap_or(0) { &mut known } else { &mut others };
            list.extend(scenarios::of(class, &scope));
        }
        others.extend(scenarios::once(&scope));
    }
    for plan in known.iter().chain(&others) {
        coverage.meet(plan);
    }
    if settings.scenarios && settings.covering {
        known.extend(covering(&scope, coverage.clone()));
    }
    let enumerated = enumerate::enumerated(settings.enumerate, &scope);
    let first = settings.seed;
    let seeds = (0..settings.plans as u64).map(move |nth| first.wrapping_add(nth));
    let generated = seeds.map(move |seed| generate::from_seed(seed, &scope));
    known.into_iter().chain(others).chain(enumerated).chain(generated)
}

/// From so many plans on nobody counts them beforehand: counting would take longer than a person likes to wait.
pub(crate) const MOST_COUNTED: usize = 200_000;

/// What a verification leaves.
#[derive(Debug)]
pub struct Verified {
    /// The report.
    pub report: Report,
    /// Why it ended before its last plan, where somebody or something outside ended it.
    pub stopped: Option<Stop>,
}

/// Runs plans on an adapter and judges what happened. `progress` hears after every plan, and while counterexamples are
/// made small after every question, how many plans were run, and of how many where they are not too many to be counted.
///
/// # Errors
/// The suite's own scratch folder cannot be made.
pub fn verify(
    adapter: &mut dyn Adapter,
    subject: &str,
    settings: &Settings,
    progress: impl FnMut(usize, Option<usize>),
) -> io::Result<Verified> {
    verify_into(Instances::one(adapter), subject, settings, None, progress)
}

/// [`verify`] on as many instances as the adapter declares, or on one, which writes into a file what happens as it happens.
///
/// # Errors
/// The suite's own scratch folder cannot be made.
pub fn verify_into(
    instances: Instances<'_>,
    subject: &str,
    settings: &Settings,
    file: Option<&mut HistoryFile>,
    mut progress: impl FnMut(usize, Option<usize>),
) -> io::Result<Verified> {
    let Instances { first: adapter, start, most } = instances;
    let capabilities = adapter.capabilities().clone();
    let mut coverage = Coverage::of(&scope(&capabilities, &settings.requirements));
    let plans = plans(adapter, settings);
    let times = Times::of(settings);
    let bounds = Bounds { deadline: times.all_until, ..settings.bounds };
    let mut campaign = Campaign::new(adapter, bounds)?;
    let mut run = Run::default();
    let total =
        Some(plans.clone().take(MOST_COUNTED).count()).filter(|&total| total < MOST_COUNTED);
    let mut court = Court::new(&settings.requirements);
    let (mut has_enumerated, mut started) = (false, 0);
    let crew = Crew { campaign: &mut campaign, start, most, until: times.plans_until, file };
    let ended = crew.run_all((1..).zip(plans), total, &mut |turn| {
        let Turn { plan, history, run: left, .. } = turn;
        started += 1;
        run.join(left);
        if let Some(history) = history {
            coverage.meet(&plan);
            has_enumerated |= enumerate::is_enumerated(&plan);
            court.hear(Some(plan), history);
        }
        progress(started, total);
        Keep::Going
    });
    run.stopped = ended.stopped.or(run.stopped);
    let was_stopped = ended.early;
    plans_left(&mut run, ended.left.map(|(_, plan)| plan));
    let (judgement, exhibits) = court.judge();
    let answers = exhibits.answers().clone();
    // One plan shows less than all of them together.
    let mut as_judged = settings.clone();
    as_judged.requirements.pinned.extend(&judgement.concluded);
    let counterexamples = Stories {
        campaign: &mut campaign,
        exhibits: &exhibits,
        judgement: &judgement,
        settings: &as_judged,
        completes: capabilities.completes,
        time: capabilities.time,
        until: times.stories_until(),
        progress: &mut || progress(started, total),
    }
    .tell();
    campaign.end(&mut run);
    run.join(ended.troubles);
    // A signal may have come while a counterexample was made small.
    run.stopped = stop(None).or(run.stopped);
    let report = Report {
        subject: subject.to_owned(),
        capabilities: Some(capabilities),
        requirements: None,
        enumerated: (has_enumerated && !was_stopped).then_some(settings.enumerate),
        seed: (settings.plans > 0).then_some(settings.seed),
        cut: (was_stopped && total != Some(started)).then(|| Cut {
            run: started,
            of: total,
            left: run.left.clone(),
        }),
        coverage: Some((coverage.all() - coverage.left(), coverage.all())),
        changed: Vec::new(),
        judgement,
        answers,
        counterexamples,
        skipped: run.skipped,
        faults: run.faults,
        slow: run.slow,
        incomplete: interruption(run.stopped),
    };
    Ok(Verified { report, stopped: run.stopped })
}

/// What the report says of a signal. That the time was over is said where the plans are counted, and what ran is judged.
fn interruption(stopped: Option<Stop>) -> Vec<String> {
    match stopped {
        Some(stop @ Stop::Signal(_)) => vec![stop.to_string()],
        Some(Stop::Time) | None => Vec::new(),
    }
}

/// Until when plans are started, and until when counterexamples are made small.
pub(crate) struct Times {
    pub(crate) plans_until: Option<Instant>,
    pub(crate) all_until: Option<Instant>,
    shrink_for: Duration,
}

impl Times {
    pub(crate) fn of(settings: &Settings) -> Self {
        let given = settings.minutes.map(|minutes| Duration::from_secs(60 * u64::from(minutes)));
        let now = crate::run::now();
        Self {
            plans_until: given.map(|given| now + given * 4 / 5),
            all_until: given.map(|given| now + given),
            shrink_for: settings.shrink_for,
        }
    }

    fn stories_until(&self) -> Instant {
        let until = crate::run::now() + self.shrink_for;
        self.all_until.map_or(until, |all_until| until.min(all_until))
    }
}

/// Notes the plans that a run was too short for, by what they are about.
pub(crate) fn plans_left(run: &mut Run, plans: impl Iterator<Item = Plan>) {
    for plan in plans.take(MOST_COUNTED) {
        let what = match (plan.seed, plan.about.is_empty()) {
            (Some(_), _) => "generated plans".to_owned(),
            (None, true) => "plans that cover pairs of dimensions".to_owned(),
            (None, false) if enumerate::is_enumerated(&plan) => "enumerated plans".to_owned(),
            (None, false) => plan.about,
        };
        *run.left.entry(what).or_default() += 1;
    }
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
