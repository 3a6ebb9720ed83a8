//! `verify --shard` and `merge`: one run in parts, on as many machines as there are, and the parts judged as one run.

use super::faces::FaceArgs;
use super::judge::stories;
use super::output;
use super::release::{self, ReleaseArgs};
use super::required::RequirementArgs;
use super::verify::VerifyArgs;
use crate::exit::{Exit, Trouble};
use crate::platform;
use crate::report::View;
use crate::report::view::suite;
use crate::run::{Instances, Stop};
use crate::shard::{Head, MergeError, Part, SHARD, Shards, run_shard};
use crate::verify::Settings;
use crate::written::Draft;
use clap::Args;
use std::io::{self, BufRead, BufReader, BufWriter};
use std::path::{Path, PathBuf};

/// Arguments of `merge`.
#[derive(Debug, Clone, Args)]
pub(super) struct MergeArgs {
    /// Every shard of one run, in any order, as `verify --shard K/N --save FILE` wrote them
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    release: ReleaseArgs,
    #[command(flatten)]
    faces: FaceArgs,
}

/// Judges the shards of one run.
pub(super) fn run(args: &MergeArgs) -> Result<Exit, Trouble> {
    output::reserve(
        args.faces.files().chain(args.release.save.as_deref()),
        args.release.blessed(),
    )?;
    let release = args.release.read()?;
    let open = |path: &PathBuf| -> Result<(String, Box<dyn BufRead>), Trouble> {
        let file = platform::open_regular(path).map_err(|error| {
            Trouble::Usage(format!("shard `{}` cannot be read: {error}", path.display()))
        })?;
        Ok((path.display().to_string(), Box::new(BufReader::new(file))))
    };
    let files = args.files.iter().map(open).collect::<Result<Vec<_>, _>>()?;
    let bad = |error: MergeError| Trouble::Usage(error.to_string());
    let shards = Shards::open(files).map_err(bad)?;
    if shards.head().suite != suite() {
        return Err(Trouble::Usage(format!(
            "the shards were made by {}, and this is {}; put them together with the suite that ran them",
            shards.head().suite,
            suite()
        )));
    }
    let asked = RequirementArgs::of(&shards.head().asked)?;
    let requirements = asked.requirements()?;
    let options = shards.head().options.clone();
    let (mut report, exhibits) = shards.judge(&requirements).map_err(bad)?;
    report.requirements = asked.frozen()?;
    report.counterexamples = stories(&exhibits, &report.judgement);
    let mut view = View::of(&report);
    args.release.compare(&release, &mut view, options)?;
    args.faces.tell(&view)?;
    Ok(release::exit(&view))
}

/// Runs one shard and keeps what happened. It says nothing of what it means: that is `merge`'s.
pub(super) fn run_part(
    args: &VerifyArgs,
    part: Part,
    path: &Path,
    settings: &Settings,
) -> Result<Exit, Trouble> {
    output::reserve([path], None)?;
    let mut adapter = args.subject.start()?;
    let head = Head {
        format: SHARD,
        suite: suite(),
        subject: args.subject.name(),
        capabilities: adapter.capabilities().clone(),
        options: args.options(),
        asked: args.requirements.asked(),
        changed: args.changed(),
        seed: (settings.plans > 0).then_some(settings.seed),
        enumerate: settings.enumerate,
        plans: 0,
        digest: String::new(),
    };
    let unwritable = |error: io::Error| output::unwritable(path, &error);
    let mut file = BufWriter::new(Draft::of(path).map_err(unwritable)?);
    let mut progress = super::verify::Progress::new(args.faces.quiet);
    let another = || args.subject.another();
    let instances =
        Instances { first: adapter.as_mut(), start: Some(&another), most: args.instances() };
    let ran = run_shard(instances, part, head, settings, &mut file, |done, total| {
        progress.tell(done, total);
    })
    .map_err(unwritable)?;
    progress.end();
    let file = file.into_inner().map_err(io::IntoInnerError::into_error).map_err(unwritable)?;
    file.finish().map_err(unwritable)?;
    super::print_line(&format!(
        "shard {part}: {} of {} plans run, kept in {}; judge all {} shards with `pkgsource merge FILES...`",
        ran.started,
        ran.of,
        path.display(),
        part.of()
    ))?;
    Ok(match ran.stopped {
        Some(Stop::Signal(signal)) => signal.into(),
        _ if ran.started < ran.of || ran.troubles > 0 => Exit::Undecided,
        _ => Exit::Conforms,
    })
}
