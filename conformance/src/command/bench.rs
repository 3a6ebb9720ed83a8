//! `bench`: measures how fast content fans out, and prints no figure of what breaks a promise.

use super::output;
use super::subject::SubjectArgs;
use super::verify::{BoundsArgs, Progress};
use crate::bench::compare::{Answer, against, same_fingerprint};
use crate::bench::{Bench, Measured, Settings, Shape, Tool, bench, html, nothing_yet, text};
use crate::exit::{Exit, Trouble};
use crate::run::Stop;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// Arguments of `bench`.
#[derive(Debug, Clone, Args)]
pub(super) struct BenchArgs {
    #[command(flatten)]
    subject: SubjectArgs,
    /// Over how many points, ascending
    #[arg(long, value_name = "N,…", value_delimiter = ',', default_value = "1,4,16,64,256")]
    points: Vec<u16>,
    /// Which shapes of content; all by default
    #[arg(long, value_name = "SHAPE,…", value_delimiter = ',')]
    shape: Vec<Shape>,
    /// How many refreshes are timed in each case
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(2..=1000))]
    samples: u16,
    /// What does not fit into this many minutes is not measured
    #[arg(long, value_name = "N", default_value_t = 8)]
    minutes: u32,
    /// Time these for the same work, too
    #[arg(long, value_name = "TOOL,…", value_delimiter = ',')]
    beside: Vec<Tool>,
    #[command(flatten)]
    bounds: BoundsArgs,
    /// How to print the figures
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Write the page of figures to this file, too
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    #[command(flatten)]
    baseline: BaselineArgs,
    /// Print no progress
    #[arg(short, long)]
    quiet: bool,
}

/// What the figures are kept for, and held against.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Baseline")]
struct BaselineArgs {
    /// Keep the samples in this file, for a later run to be compared with
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Compare with a run that was kept with --save; exit code 1 where a figure is worse
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// By how much a time may differ, e.g. 5%
    #[arg(long, value_name = "PERCENT", default_value = "5%", value_parser = share, requires = "against")]
    gate: f64,
}

fn share(text: &str) -> Result<f64, String> {
    let percent = text.strip_suffix('%').unwrap_or(text).parse::<f64>().ok();
    let percent = percent.filter(|percent| (0.1..=1000.0).contains(percent));
    percent.map(|percent| percent / 100.0).ok_or_else(|| "takes a percentage, as in 5%".to_owned())
}

impl BaselineArgs {
    /// Reads the baseline, before any work is done.
    fn read(&self) -> Result<Option<(String, Bench)>, Trouble> {
        let read = |path: &PathBuf| {
            let bench = Bench::read(&output::text("baseline", path, output::MOST_SAVED)?);
            let bench = bench.map_err(|error| unusable(path, &error))?;
            Ok((path.display().to_string(), bench))
        };
        self.against.as_ref().map(read).transpose()
    }
}

fn unusable(path: &std::path::Path, why: &dyn std::fmt::Display) -> Trouble {
    Trouble::Usage(format!("baseline `{}`: {why}", path.display()))
}

/// A face of the figures.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// One page in one file, with plots
    Html,
}

impl BenchArgs {
    fn settings(&self) -> Result<Settings, Trouble> {
        let points: Vec<usize> = self.points.iter().map(|&points| points.into()).collect();
        if points.first().is_none_or(|&first| first == 0)
            || !points.is_sorted_by(|one, next| one < next)
        {
            let why =
                "--points takes numbers from 1 on, each greater than the one before, as in 1,4,16";
            return Err(Trouble::Usage(why.into()));
        }
        let shapes = if self.shape.is_empty() { Shape::ALL.to_vec() } else { self.shape.clone() };
        Ok(Settings {
            points,
            shapes,
            samples: self.samples.into(),
            time: Duration::from_secs(60 * u64::from(self.minutes)),
            beside: self.beside.clone(),
            bounds: self.bounds.bounds(),
        })
    }
}

pub(super) fn run(args: &BenchArgs) -> Result<Exit, Trouble> {
    let settings = args.settings()?;
    output::reserve(args.html.as_deref().into_iter().chain(args.baseline.save.as_deref()), None)?;
    let baseline = args.baseline.read()?;
    let mut adapter = args.subject.start()?;
    let mut progress = Progress::new(args.quiet);
    let name = args.subject.name();
    if let Some((file, was)) = &baseline {
        let is = nothing_yet(adapter.as_ref(), &name, &settings);
        same_fingerprint(was, &is).map_err(|other| unusable(file.as_ref(), &other))?;
    }
    let Measured { bench: mut measured, stopped, has_faults } =
        bench(adapter.as_mut(), &name, &settings, |done, total| {
            if Some(done) != total {
                progress.tell(done, total);
            }
        })?;
    progress.end();
    if let Some(path) = args.baseline.save.as_ref().filter(|_| !measured.cases.is_empty()) {
        output::write_new(path, &measured.json())?;
    }
    if let Some((file, was)) = baseline.filter(|_| measured.broken.is_empty()) {
        measured.against = Some(against(&file, &was, &measured, args.baseline.gate));
    }
    if let Some(path) = &args.html {
        output::write_new(path, &html(&measured))?;
    }
    match args.format {
        Format::Text => super::print(&text(&measured))?,
        Format::Json => super::print_as_it_is(&measured.json())?,
        Format::Html => super::print_as_it_is(&html(&measured))?,
    }
    Ok(match (stopped, measured.verdict()) {
        (Some(Stop::Signal(signal)), _) => signal.into(),
        (_, "violates") => Exit::Violates,
        _ if measured.against.as_ref().is_some_and(|of| of.count(Answer::Worse) > 0) => {
            Exit::Violates
        }
        (_, "undecided") => Exit::Undecided,
        _ if has_faults || measured.against.as_ref().is_some_and(|of| of.rows.is_empty()) => {
            Exit::Undecided
        }
        _ => Exit::Conforms,
    })
}
