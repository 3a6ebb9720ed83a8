//! What a measurement says, as data: the same for text, JSON, HTML and the file of a baseline. Times are in microseconds.

use super::beside::Tool;
use super::compare::Against;
use super::growth::Growth;
use super::machine::Machine;
use super::shape::{CHANGED_FILES, LARGE_BYTES, MANY_FILES, SMALL_BYTES};
use super::statistics::median;
use super::{Settings, Shape};
use crate::adapter::strict::no_object;
use crate::report::nothing_hidden;
use crate::report::view::Named;
use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The number of the format.
pub const BENCH: u32 = 1;

/// A measurement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Bench {
    /// The format's number.
    pub bench: u32,
    /// The suite.
    pub suite: String,
    /// How the user named what was measured.
    pub subject: String,
    /// What stands behind the adapter.
    pub implementation: Option<Named>,
    /// The adapter.
    pub adapter: Option<Named>,
    /// The machine.
    pub machine: Machine,
    /// What was done.
    pub workload: Workload,
    /// The promises that were broken; where there are any, there are no cases.
    pub broken: Vec<Broken>,
    /// What was measured.
    pub cases: Vec<Case>,
    /// How the times of each shape grow with the points.
    pub growth: Vec<Growths>,
    /// What was not measured, and why.
    pub not_measured: Vec<String>,
    /// How it compares with a baseline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Against>,
}

/// What was done: equal in two measurements that can be compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Workload {
    /// Over how many points.
    pub points: Vec<usize>,
    /// The shapes.
    pub shapes: Vec<Shape>,
    /// How long the large file is, in bytes.
    pub large_bytes: u64,
    /// How many small files there are.
    pub many_files: usize,
    /// How long each is, in bytes.
    pub small_bytes: u64,
    /// How many are one per cent.
    pub changed_files: usize,
}

/// A promise that was broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Broken {
    /// The clause.
    pub clause: String,
    /// What it says.
    pub says: String,
    /// In which class.
    pub class: String,
    /// In which shape.
    pub shape: String,
    /// Over how many points.
    pub points: usize,
}

/// One shape over a number of points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Case {
    /// The shape.
    pub shape: Shape,
    /// How many points.
    pub points: usize,
    /// How many files the package has.
    pub files: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// The refreshes that were timed, in order.
    pub samples: Vec<Sample>,
    /// The median of the refresh call.
    pub call_us: f64,
    /// The median of the time until every point was observed at the latest version.
    pub all_us: f64,
    /// Bytes of the package that stood at points, a second of that.
    pub bytes_per_second: f64,
    /// Points that were served, a second of that.
    pub deliveries_per_second: f64,
    /// How long each point took, of all samples.
    pub latency_us: Quantiles,
    /// What others took for the same work.
    pub beside: Vec<Beside>,
}

/// One refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Sample {
    /// The call.
    pub call_us: u64,
    /// Until every point was observed at the latest version.
    pub all_us: u64,
    /// The fixed work just before it.
    pub calibration_us: u64,
}

/// Quantiles of a distribution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Quantiles {
    /// Half are at most this.
    pub p50: u64,
    /// 95 of 100 are.
    pub p95: u64,
    /// 99 of 100 are.
    pub p99: u64,
    /// All are.
    pub max: u64,
}

/// What a tool took for the same work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Beside {
    /// The tool.
    pub tool: Tool,
    /// The median over its samples; none where it could not be timed.
    pub us: Option<f64>,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_not: Option<String>,
}

/// How the times of a shape grow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Growths {
    /// The shape.
    pub shape: Shape,
    /// The refresh call.
    pub call: Growth,
    /// Until every point was observed.
    pub all: Growth,
}

impl Workload {
    pub(super) fn of(settings: &Settings) -> Self {
        Self {
            points: settings.points.clone(),
            shapes: settings.shapes.clone(),
            large_bytes: LARGE_BYTES,
            many_files: MANY_FILES,
            small_bytes: SMALL_BYTES,
            changed_files: CHANGED_FILES,
        }
    }
}

impl Quantiles {
    fn of(latencies: &[Duration]) -> Self {
        let Ok(mut histogram) = Histogram::<u64>::new(3) else { return Self::default() };
        for latency in latencies {
            // It grows as it must; what no machine can count in microseconds is no latency.
            histogram.record(u64::try_from(latency.as_micros()).unwrap_or(u64::MAX)).ok();
        }
        let at = |quantile| histogram.value_at_quantile(quantile);
        Self { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: histogram.max() }
    }
}

impl Case {
    #[expect(clippy::cast_precision_loss, reason = "figures for people, far below 2^52")]
    pub(super) fn new(
        shape: Shape,
        points: usize,
        samples: Vec<Sample>,
        latencies: &[Duration],
    ) -> Self {
        let (files, bytes) = shape.size();
        let all_us = median(samples.iter().map(|sample| sample.all_us as f64));
        let seconds = (all_us / 1e6).max(1e-6);
        Self {
            shape,
            points,
            files,
            bytes,
            call_us: median(samples.iter().map(|sample| sample.call_us as f64)),
            all_us,
            bytes_per_second: bytes as f64 * points as f64 / seconds,
            deliveries_per_second: points as f64 / seconds,
            latency_us: Quantiles::of(latencies),
            samples,
            beside: Vec::new(),
        }
    }
}

/// The longest time that a figure can be, in microseconds: a day.
const MOST_US: u64 = 24 * 60 * 60 * 1_000_000;

/// Why a file is no baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadBaseline(String);

impl std::fmt::Display for BadBaseline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "it is no measurement that `bench --save` wrote: {}", self.0)
    }
}

impl std::error::Error for BadBaseline {}

impl Bench {
    /// The text of its file.
    #[must_use]
    pub fn json(&self) -> String {
        let text = serde_json::to_string_pretty(self);
        let text =
            text.unwrap_or_else(|error| unreachable!("it has no map with odd keys: {error}"));
        nothing_hidden(&text) + "\n"
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// It is none, one of another format, or one without figures.
    pub fn read(text: &str) -> Result<Self, BadBaseline> {
        if let Some(why) = no_object(text) {
            return Err(BadBaseline(why.into()));
        }
        let bench: Self =
            serde_json::from_str(text).map_err(|error| BadBaseline(error.to_string()))?;
        if bench.bench != BENCH {
            let why = format!("it has the format {}, and this suite reads {BENCH}", bench.bench);
            return Err(BadBaseline(why));
        }
        if bench.cases.is_empty() {
            return Err(BadBaseline("it has no figures".into()));
        }
        bench.impossible().map_or(Ok(bench), |why| Err(BadBaseline(why)))
    }

    /// Why nobody measured these figures, if so.
    fn impossible(&self) -> Option<String> {
        for (nth, case) in self.cases.iter().enumerate() {
            let of = format!("{}, over {}", case.shape.name(), case.points);
            let same = |other: &Case| (other.shape, other.points) == (case.shape, case.points);
            if self.cases.iter().take(nth).any(same) {
                return Some(format!("{of}: the case is there twice"));
            }
            if case.points == 0 || case.samples.is_empty() {
                return Some(format!("{of}: a case has points and samples"));
            }
            let is_time = |us: u64| (1..=MOST_US).contains(&us);
            let is_good = |sample: &Sample| {
                let Sample { call_us, all_us, calibration_us } = *sample;
                [call_us, all_us, calibration_us].into_iter().all(is_time) && call_us <= all_us
            };
            if let Some(sample) = case.samples.iter().position(|sample| !is_good(sample)) {
                let sample = sample + 1;
                return Some(format!(
                    "{of}: sample {sample}: a time is 1 to {MOST_US} microseconds, and no call ends after all is there"
                ));
            }
        }
        None
    }

    /// The word: `measured`, `violates`, or `undecided` where nothing was measured.
    #[must_use]
    pub fn verdict(&self) -> &'static str {
        match (self.broken.is_empty(), self.cases.is_empty()) {
            (false, _) => "violates",
            (true, true) => "undecided",
            (true, false) => "measured",
        }
    }
}
