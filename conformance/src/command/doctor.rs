//! `doctor`: finds out what is wrong with an adapter, stage by stage, and ends at the first that is broken; then what
//! looks doubtful, and what cannot be judged with what is declared. It judges nothing: a healthy adapter of a wrong
//! implementation is healthy.

mod limits;
mod remedy;
mod trial;

use super::subject::SubjectArgs;
use crate::adapter::{Adapter, AdapterFault, Opened};
use crate::exit::{Exit, Trouble};
use crate::plan::build;
use crate::platform;
use crate::run::{PlanFolder, Scratch};
use clap::Args;
use pkgsource_model::history::Capabilities;
use pkgsource_model::words::visible;
use remedy::{remedy, stage_of};

/// Arguments of `doctor`.
#[derive(Debug, Clone, Args)]
pub(super) struct DoctorArgs {
    #[command(flatten)]
    subject: SubjectArgs,
}

pub(super) fn run(args: &DoctorArgs) -> Result<Exit, Trouble> {
    let mut visit = Visit::default();
    let started = args.subject.start();
    // Who cannot be started was named wrongly; who breaks later is a broken adapter.
    let exit = started.as_ref().err().map_or(Exit::Undecided, Trouble::exit);
    let healthy = visit.examine(started, &args.subject.name());
    super::print(&visit.text)?;
    if let Some(signal) = platform::interrupted() {
        return Ok(signal.by.into());
    }
    Ok(if healthy { Exit::Conforms } else { exit })
}

/// What is printed. A stage that is broken says `false`, and is the last.
#[derive(Default)]
struct Visit {
    text: String,
    /// Goes with the visit, after the adapter: until then somebody may be writing into it.
    scratch: Option<Scratch>,
    plans: u32,
}

impl Visit {
    /// A line with nothing hidden in it.
    fn say(&mut self, line: &str) {
        self.text += &visible(line);
        self.text.push('\n');
    }

    fn well(&mut self, stage: &str, seen: &str) {
        self.say(&format!("ok      {stage:<28} {seen}"));
    }

    fn note(&mut self, stage: &str, what: &str) {
        self.say(&format!("note    {stage:<28} {what}"));
    }

    fn broken(&mut self, stage: &str, why: &dyn std::fmt::Display, mend: &str) -> bool {
        self.say(&format!("BROKEN  {stage:<28} {why}"));
        if !mend.is_empty() {
            self.say(&format!("        mend: {mend}"));
        }
        false
    }

    fn fault(&mut self, stage: &str, fault: &AdapterFault) -> bool {
        let healthy = self.broken(stage, fault, &remedy(fault));
        for line in &fault.stderr {
            self.say(&format!("        it wrote: {line}"));
        }
        healthy
    }

    fn examine(&mut self, started: Result<Box<dyn Adapter>, Trouble>, name: &str) -> bool {
        let mut adapter = match started {
            Ok(adapter) => adapter,
            Err(Trouble::Adapter(fault)) => return self.fault(stage_of(&fault), &fault),
            Err(trouble) => {
                return self.broken(
                    "starts",
                    &trouble,
                    "name a built-in adapter, or give a command after `--`",
                );
            }
        };
        let capabilities = adapter.capabilities().clone();
        let (adapter_name, implementation) =
            (&capabilities.adapter.name, &capabilities.implementation.name);
        self.well("starts", name);
        self.well("speaks, hello is valid", &format!("{adapter_name}, for {implementation}"));
        self.well(
            "refuses unknown operations",
            "an operation that does not exist is `unsupported`",
        );
        self.note_profile(&capabilities);
        let healthy = self.open_and_close(adapter.as_mut())
            && self.refresh_once(adapter.as_mut())
            && self.refresh_at_two_points(adapter.as_mut())
            && self.end(adapter.as_mut());
        if healthy {
            for (without, what) in limits::limits(&capabilities) {
                self.note(&without, &what);
            }
            self.text += &conclusion(&capabilities);
        }
        healthy
    }

    fn end(&mut self, adapter: &mut dyn Adapter) -> bool {
        let stage = "ends with its input";
        match adapter.end() {
            Ok(()) => {
                self.well(stage, "in time, without another word, and nothing of it runs on");
                true
            }
            Err(fault) => self.fault(stage, &fault),
        }
    }

    fn note_profile(&mut self, capabilities: &Capabilities) {
        let missing = limits::below_the_profile(capabilities);
        if missing.is_empty() {
            self.well("claims the minimum profile", "create, assign, refresh, package, content");
        } else {
            let without = format!("without {} a verdict is undecided", missing.join(", "));
            self.note("below the minimum profile", &without);
        }
    }

    fn open_and_close(&mut self, adapter: &mut dyn Adapter) -> bool {
        let stage = "opens and closes";
        let tree = build::tree(&["PS1", "DP1@PS1"]);
        let Some(scratch) = self.scratch(stage) else { return false };
        match adapter.open("doctor-1", &tree, scratch.path()) {
            Ok(Opened::Ready(Some(sources))) if !sources.is_dir() => {
                let why = format!("`sources` is `{}`, which is no folder", sources.display());
                return self.broken(stage, &why, "make that folder before you answer `open`");
            }
            Ok(Opened::Ready(_)) => {}
            Ok(Opened::Unsupported(problem)) => {
                let mend = "one site with one point is the least that a plan needs; answer `open` with `ok`";
                return self.broken(stage, &format!("`open` is unsupported: {problem}"), mend);
            }
            Err(fault) => return self.fault(stage, &fault),
        }
        for _ in 0..2 {
            if let Err(fault) = adapter.close() {
                return self.fault(stage, &fault);
            }
        }
        self.well(stage, "one site, one point; `close` can be repeated");
        true
    }

    /// A folder for one plan.
    fn scratch(&mut self, stage: &str) -> Option<PlanFolder> {
        self.plans += 1;
        let made = match self.scratch.take() {
            Some(scratch) => Ok(scratch),
            None => Scratch::new(),
        };
        let made = made
            .and_then(|scratch| self.scratch.insert(scratch).make(&format!("plan-{}", self.plans)));
        match made {
            Ok(folder) => Some(folder),
            Err(error) => {
                self.broken(stage, &error, "make the folder for temporary files writable");
                None
            }
        }
    }
}

/// The last line.
fn conclusion(capabilities: &Capabilities) -> String {
    let missing = limits::no_verdict_without(capabilities);
    if missing.is_empty() {
        return "The adapter is healthy. What it stands for is judged by: pkgsource verify\n"
            .into();
    }
    format!("The adapter is healthy, but no verdict is possible without {}.\n", missing.join(", "))
}
