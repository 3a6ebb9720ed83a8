//! How fast content fans out: one implementation, several shapes of content, more and more points. Every figure belongs to
//! a history that the judge accepted; what broke a promise has no figures. Plans, runs and judging are the suite's own.

mod beside;
mod clock;
pub mod compare;
mod face;
mod growth;
mod machine;
mod shape;
pub mod statistics;
mod view;

pub use beside::Tool;
pub use face::{html, text};
pub use growth::{Growth, growth};
pub use machine::Machine;
pub use shape::Shape;
pub use view::{BENCH, Bench, Beside, Broken, Case, Growths, Quantiles, Sample, Workload};

use crate::adapter::Adapter;
use crate::report::view::{Named, suite};
use crate::run::{Bounds, Campaign, PlanRun, Stop, now, stop};
use crate::verify::judge;
use clock::Timed;
use pkgsource_model::classes::Points;
use pkgsource_model::judge::Requirements;
use pkgsource_model::words::PackageClass;
use std::io;
use std::time::{Duration, Instant};

/// What is measured.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Over how many points, ascending.
    pub points: Vec<usize>,
    /// The shapes of content.
    pub shapes: Vec<Shape>,
    /// How many refreshes are timed in each case; one more before them warms up.
    pub samples: usize,
    /// How long all of it may take.
    pub time: Duration,
    /// What is timed beside it for the same work.
    pub beside: Vec<Tool>,
    /// How long to wait for what arrives later.
    pub bounds: Bounds,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            points: vec![1, 4, 16, 64, 256],
            shapes: Shape::ALL.to_vec(),
            samples: 10,
            time: Duration::from_mins(8),
            beside: Vec::new(),
            bounds: Bounds::default(),
        }
    }
}

/// What a measurement leaves.
#[derive(Debug)]
pub struct Measured {
    /// The figures.
    pub bench: Bench,
    /// The signal that ended it.
    pub stopped: Option<Stop>,
    /// True where the adapter failed, in a case or at its end: what was not measured says how.
    pub has_faults: bool,
}

/// Measures an implementation. `progress` hears after every case how many were done, and of how many.
///
/// # Errors
/// The folder for temporary files cannot be used.
pub fn bench(
    adapter: &mut dyn Adapter,
    subject: &str,
    settings: &Settings,
    mut progress: impl FnMut(usize, Option<usize>),
) -> io::Result<Measured> {
    let mut view = nothing_yet(adapter, subject, settings);
    let capabilities = adapter.capabilities().clone();
    let Some(class) = class_of(&capabilities.classes) else {
        view.not_measured.push("no class of the adapter promises points".into());
        return Ok(Measured { bench: view, stopped: None, has_faults: false });
    };
    let until = now() + settings.time;
    let (took, ended, has_faults) = (Vec::new(), Vec::new(), false);
    let mut work = Work { adapter, settings, class, until, took, ended, has_faults };
    let of = settings.points.len() * settings.shapes.len();
    let mut done = 0;
    for &points in &settings.points {
        for &shape in &settings.shapes {
            match work.case(shape, points)? {
                Outcome::Measured(case) => view.cases.push(*case),
                Outcome::Broken(broken) => {
                    let known = |one: &Broken, other: &Broken| {
                        (&one.clause, &one.class) == (&other.clause, &other.class)
                    };
                    for broken in broken {
                        if !view.broken.iter().any(|before| known(before, &broken)) {
                            view.broken.push(broken);
                        }
                    }
                }
                Outcome::Not(why) => {
                    view.not_measured.push(format!("{}, over {points}: {why}", shape.name()));
                }
            }
            done += 1;
            progress(done, Some(of));
        }
    }
    let stopped = stop(None);
    if let Err(fault) = work.adapter.end() {
        view.not_measured.push(fault.to_string());
        work.has_faults = true;
    }
    // What was measured of an implementation that breaks its promises is no measure of anything.
    if !view.broken.is_empty() {
        view.cases.clear();
    }
    view.growth = growth::of_cases(&view.cases);
    Ok(Measured { bench: view, stopped, has_faults: work.has_faults })
}

/// A measurement before anything was measured: who, where and what.
#[must_use]
pub fn nothing_yet(adapter: &dyn Adapter, subject: &str, settings: &Settings) -> Bench {
    let capabilities = adapter.capabilities();
    let named = |of: &pkgsource_model::history::Identity| {
        Some(Named { name: of.name.clone(), version: of.version.clone() })
    };
    Bench {
        bench: BENCH,
        suite: suite(),
        subject: subject.to_owned(),
        implementation: named(&capabilities.implementation),
        adapter: named(&capabilities.adapter),
        machine: Machine::this(),
        workload: Workload::of(settings),
        broken: Vec::new(),
        cases: Vec::new(),
        growth: Vec::new(),
        not_measured: Vec::new(),
        against: None,
    }
}

/// The plainest class of those that promise points.
fn class_of(classes: &[PackageClass]) -> Option<PackageClass> {
    let promised = |class: &&PackageClass| class.entry().points == Points::Promised;
    let plain = classes.iter().find(|class| **class == PackageClass::Package);
    plain.or_else(|| classes.iter().find(promised)).copied()
}

/// What became of one case.
enum Outcome {
    Measured(Box<Case>),
    Broken(Vec<Broken>),
    Not(String),
}

struct Work<'a> {
    adapter: &'a mut dyn Adapter,
    settings: &'a Settings,
    class: PackageClass,
    until: Instant,
    /// How long each case took, with what was timed beside it.
    took: Vec<(Shape, usize, Duration)>,
    /// Shapes that go no further, and why.
    ended: Vec<(Shape, String)>,
    has_faults: bool,
}

impl Work<'_> {
    fn case(&mut self, shape: Shape, points: usize) -> io::Result<Outcome> {
        if let Some((_, why)) = self.ended.iter().find(|(ended, _)| *ended == shape) {
            return Ok(Outcome::Not(why.clone()));
        }
        if let Some(stop) = stop(Some(self.until)) {
            return Ok(Outcome::Not(stop.to_string()));
        }
        let began = now();
        let left = self.until.saturating_duration_since(began);
        let expected = self.expected(shape, points);
        if expected > left {
            let why = format!(
                "it would take about {} s, and {} s are left of --minutes",
                expected.as_secs(),
                left.as_secs()
            );
            return Ok(Outcome::Not(why));
        }
        let outcome = self.measure(shape, points)?;
        self.took.push((shape, points, began.elapsed()));
        Ok(outcome)
    }

    /// How long a case takes, as far as the last one of the same shape tells: at most as many times longer as it has
    /// more points.
    fn expected(&self, shape: Shape, points: usize) -> Duration {
        let of_shape = |(of, ..): &&(Shape, usize, Duration)| *of == shape;
        self.took.iter().rev().find(of_shape).map_or(Duration::ZERO, |(_, before, took)| {
            let times = points.div_ceil((*before).max(1));
            *took * u32::try_from(times).unwrap_or(u32::MAX)
        })
    }

    fn measure(&mut self, shape: Shape, points: usize) -> io::Result<Outcome> {
        let completes = self.adapter.capabilities().completes;
        let plan = shape.plan(points, self.settings.samples, self.class);
        let mut timed = Timed::new(self.adapter, completes);
        let bounds = Bounds { deadline: Some(self.until), ..self.settings.bounds };
        let run = Campaign::new(&mut timed, bounds)?.run_one(&plan);
        let (samples, latencies, trouble) = timed.samples(points);
        self.has_faults |= run.fault.is_some() || run.failing.is_some();
        if let Some(why) = &run.skipped {
            self.ended.push((shape, why.clone()));
            return Ok(Outcome::Not(why.clone()));
        }
        let Some(history) = &run.history else { return Ok(Outcome::Not(why_not(&run))) };
        let requirements = Requirements { classes: vec![self.class], ..Requirements::default() };
        let judgement = judge(std::slice::from_ref(history), &requirements);
        let broken: Vec<Broken> = judgement
            .broken()
            .map(|(class, verdict)| Broken {
                clause: verdict.clause.text().to_owned(),
                says: verdict.clause.clause().says.to_owned(),
                class: class.name().to_owned(),
                shape: shape.name().to_owned(),
                points,
            })
            .collect();
        if !broken.is_empty() {
            return Ok(Outcome::Broken(broken));
        }
        if let Some(why) = trouble.or_else(|| trouble_of(&run)) {
            return Ok(Outcome::Not(why));
        }
        let mut case = Case::new(shape, points, samples, &latencies);
        for &tool in &self.settings.beside {
            case.beside.push(tool.time(shape, points, self.until)?);
        }
        Ok(Outcome::Measured(Box::new(case)))
    }
}

fn trouble_of(run: &PlanRun) -> Option<String> {
    let is_whole = run.fault.is_none()
        && run.failing.is_none()
        && run.stopped.is_none()
        && run.slow.is_empty();
    (!is_whole).then(|| why_not(run))
}

fn why_not(run: &PlanRun) -> String {
    let fault = run.fault.as_ref().or(run.failing.as_ref()).map(ToString::to_string);
    let slow = run.slow.first().cloned();
    let stopped = run.stopped.map(|stop| stop.to_string());
    fault.or(stopped).or(slow).unwrap_or_else(|| "it left no history".into())
}
