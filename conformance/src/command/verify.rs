//! `verify`: runs plans on an implementation and judges what happened.

use super::faces::FaceArgs;
use super::output;
use super::release::{self, ReleaseArgs};
use super::required::RequirementArgs;
use super::subject::SubjectArgs;
use crate::exit::{Exit, Trouble};
use crate::report::View;
use crate::run::{Bounds, Instances, Stop};
use crate::shard::Part;
use crate::verify::{Settings, verify_into};
use clap::Args;
use clap::builder::RangedU64ValueParser;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Arguments of `verify`.
#[derive(Debug, Clone, Args)]
pub(super) struct VerifyArgs {
    #[command(flatten)]
    pub(super) subject: SubjectArgs,
    #[command(flatten)]
    pub(super) requirements: RequirementArgs,
    /// How many plans to generate, after all others
    #[arg(help_heading = "Plans", long, value_name = "N", default_value_t = 100)]
    plans: usize,
    /// Where generated plans come from
    #[arg(help_heading = "Plans", long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Leave the known situations out
    #[arg(hide_short_help = true, help_heading = "Plans", long)]
    no_scenarios: bool,
    /// Leave out the plans that cover every pair of dimensions
    #[arg(hide_short_help = true, help_heading = "Plans", long)]
    no_covering: bool,
    /// After the known situations, run every plan of this many steps; 0 leaves them out
    #[arg(
        help_heading = "Plans",
        long,
        value_name = "N",
        default_value_t = Settings::ENUMERATE,
        value_parser = RangedU64ValueParser::<usize>::new().range(0..=MOST_ENUMERATED)
    )]
    enumerate: usize,
    /// End after this many minutes: a fifth of them is kept for making counterexamples small
    #[arg(help_heading = "Plans", long, value_name = "N")]
    minutes: Option<u32>,
    /// Make counterexamples small for no longer than this many seconds in all
    #[arg(
        hide_short_help = true,
        help_heading = "Plans",
        long,
        value_name = "N",
        default_value_t = 60
    )]
    shrink_seconds: u32,
    /// Run the plans of this folder first (files ending in .jsonl), and save shrunk counterexamples there; without it
    /// they are saved in `pkgsource-saved`. The folder is made when it is needed
    #[arg(help_heading = "Plans", long, value_name = "DIR")]
    saved: Option<PathBuf>,
    /// Write what happened to this file, as it happens and so by one instance of the adapter
    #[arg(help_heading = "Plans", long, value_name = "FILE")]
    history: Option<PathBuf>,
    /// Run at most this many instances of the adapter at once, where it declares that there may be several; without it
    /// four for each processor
    #[arg(hide_short_help = true, help_heading = "Plans", long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    instances: Option<u16>,
    /// Run only every N-th plan, from the K-th on, and keep what happened in the file of --save, for `merge`
    #[arg(hide_short_help = true, help_heading = "Plans", long, value_name = "K/N", requires = "save", conflicts_with_all = SHARD_EXCLUDES)]
    shard: Option<Part>,
    #[command(flatten)]
    release: ReleaseArgs,
    #[command(flatten)]
    pub(super) faces: FaceArgs,
    #[command(flatten)]
    bounds: BoundsArgs,
}

/// How long to wait for *eventually*.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Bounds")]
pub(super) struct BoundsArgs {
    /// The longest time without progress, in milliseconds; passing it is then the implementation's fault
    #[arg(hide_short_help = true, long, value_name = "MS")]
    stall_ms: Option<u64>,
    /// The longest wait for everything to arrive, in milliseconds, whatever the adapter declares; without it what it
    /// declares, or 60000
    #[arg(hide_short_help = true, long, value_name = "MS")]
    converge_ms: Option<u64>,
}

impl BoundsArgs {
    pub(super) fn bounds(&self) -> Bounds {
        let default = Bounds::default();
        Bounds {
            stall: self.stall_ms.map_or(default.stall, Duration::from_millis),
            stall_is_set: self.stall_ms.is_some(),
            converge: self.converge_ms.map_or(default.converge, Duration::from_millis),
            converge_is_set: self.converge_ms.is_some(),
            ..default
        }
    }

    /// What differs from the defaults, as arguments.
    fn repeat(&self) -> String {
        let stall = self.stall_ms.map_or(String::new(), |ms| format!("--stall-ms {ms} "));
        let converge = self.converge_ms.map_or(String::new(), |ms| format!("--converge-ms {ms} "));
        stall + &converge
    }
}

/// What belongs to the whole run, and so to `merge`.
const SHARD_EXCLUDES: [&str; 7] =
    ["history", "against", "expect", "bless", "format", "report", "verbose"];

impl VerifyArgs {
    /// What the user changed, in words.
    pub(super) fn changed(&self) -> Vec<String> {
        let mut changed = self.subject.changed();
        changed.extend(self.requirements.changed());
        changed.extend(self.bounds.stall_ms.map(|ms| format!("stall {ms} ms")));
        changed
    }

    /// The most instances of the adapter.
    pub(super) fn instances(&self) -> usize {
        let processors = || std::thread::available_parallelism().map_or(1, usize::from);
        self.instances.map_or_else(|| 4 * processors(), usize::from)
    }

    /// What was asked for, as arguments: what tells one run from another.
    pub(super) fn options(&self) -> Vec<String> {
        let mut words =
            vec![format!("--plans {}", self.plans), format!("--enumerate {}", self.enumerate)];
        words.extend(self.no_scenarios.then(|| "--no-scenarios".to_owned()));
        words.extend(self.no_covering.then(|| "--no-covering".to_owned()));
        words.extend(self.minutes.map(|minutes| format!("--minutes {minutes}")));
        words.extend(self.requirements.arguments());
        words
    }
}

/// The most steps of enumerated plans: nobody lives to see all those of a fifth as many.
const MOST_ENUMERATED: u64 = 50;

/// Where counterexamples are saved unless somebody names a folder.
const SAVED: &str = "pkgsource-saved";

pub(super) fn run(args: &VerifyArgs) -> Result<Exit, Trouble> {
    let mut settings = Settings::new(args.seed);
    settings.requirements = args.requirements.requirements()?;
    settings.plans = args.plans;
    settings.scenarios = !args.no_scenarios;
    settings.covering = !args.no_covering;
    settings.enumerate = args.enumerate;
    settings.minutes = args.minutes;
    settings.shrink_for = Duration::from_secs(args.shrink_seconds.into());
    settings.command = args.requirements.repeat() + &args.bounds.repeat() + &args.subject.repeat();
    settings.bounds = args.bounds.bounds();
    settings.save_to = Some(args.saved.clone().unwrap_or_else(|| PathBuf::from(SAVED)));
    if let Some(folder) = args.saved.as_ref().filter(|folder| folder.exists()) {
        settings.saved = output::plans(folder)?;
    }
    if let (Some(part), Some(path)) = (args.shard, &args.release.save) {
        return super::merge::run_part(args, part, path, &settings);
    }
    let files = args.history.as_deref().into_iter().chain(args.faces.files());
    output::reserve(files.chain(args.release.save.as_deref()), args.release.blessed())?;
    let release = args.release.read()?;
    let mut adapter = args.subject.start()?;
    let mut file = args.history.as_deref().map(output::begin_history).transpose()?;
    let mut progress = Progress::new(args.faces.quiet);
    let name = args.subject.name();
    let another = || args.subject.another();
    let instances =
        Instances { first: adapter.as_mut(), start: Some(&another), most: args.instances() };
    let verified = verify_into(instances, &name, &settings, file.as_mut(), |done, total| {
        progress.tell(done, total);
    })?;
    progress.end();
    let mut result = verified.report;
    result.changed = args.changed();
    result.requirements = args.requirements.frozen()?;
    let mut kept = Kept { lost: false };
    if let (Some(file), Some(path)) = (file, &args.history) {
        let written = file.end(verified.stopped.is_some());
        kept.note(written.map_err(|error| {
            Trouble::Usage(format!("`{}` cannot be written any further: {error}", path.display()))
        }));
    }
    let mut view = View::of(&result);
    kept.note(args.release.compare(&release, &mut view, args.options()));
    kept.note(args.faces.tell(&view));
    Ok(match (verified.stopped, release::exit(&view)) {
        (Some(Stop::Signal(signal)), _) => signal.into(),
        (_, Exit::Conforms) if kept.lost => Exit::Usage,
        (_, exit) => exit,
    })
}

/// Whether everything that the user asked for was written. What was not is said, and takes no verdict away.
struct Kept {
    lost: bool,
}

impl Kept {
    fn note(&mut self, written: Result<(), Trouble>) {
        if let Err(trouble) = written {
            self.lost = true;
            super::complain(&trouble);
        }
    }
}

/// A bar on a terminal; nothing elsewhere.
pub(super) fn bar() -> indicatif::ProgressBar {
    if std::io::stderr().is_terminal() {
        indicatif::ProgressBar::new(0)
    } else {
        indicatif::ProgressBar::hidden()
    }
}

/// Tells how far a run is: a bar on a terminal, a line every ten seconds elsewhere.
pub(super) struct Progress {
    bar: indicatif::ProgressBar,
    told: Instant,
    is_quiet: bool,
}

impl Progress {
    pub(super) fn new(is_quiet: bool) -> Self {
        let bar = if is_quiet { indicatif::ProgressBar::hidden() } else { bar() };
        Self { bar, told: crate::run::now(), is_quiet }
    }

    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }

    pub(super) fn tell(&mut self, done: usize, total: Option<usize>) {
        if let Some(total) = total {
            self.bar.set_length(total as u64);
        }
        self.bar.set_position(done as u64);
        if self.is_quiet || std::io::stderr().is_terminal() || self.told.elapsed() < EVERY {
            return;
        }
        self.told = crate::run::now();
        let of = total.map_or(String::new(), |total| format!(" of {total}"));
        let now = if Some(done) == total { "; making counterexamples small" } else { "" };
        eprintln!("pkgsource: {done}{of} plans run{now}");
    }
}

/// How often a line is told where there is no terminal.
const EVERY: Duration = Duration::from_secs(10);
