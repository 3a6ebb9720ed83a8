//! `doctor`: finds out what is wrong with an adapter, stage by stage, and ends at the first that is broken.
//! It judges nothing: a healthy adapter of a wrong implementation is healthy.

use super::subject::SubjectArgs;
use crate::adapter::{Adapter, AdapterFault, FaultCause, Opened};
use crate::exit::{Exit, Trouble};
use crate::plan::{Build, build};
use crate::platform;
use crate::run::{Bounds, run_plan};
use clap::Args;
use pkgsource_model::operation::OperationKind;
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::visible;

/// Arguments of `doctor`.
#[derive(Debug, Clone, Args)]
pub(super) struct DoctorArgs {
    #[command(flatten)]
    subject: SubjectArgs,
}

pub(super) fn run(args: &DoctorArgs) -> Result<Exit, Trouble> {
    let mut visit = Visit { text: String::new() };
    platform::watch_signals()?;
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

struct Visit {
    text: String,
}

impl Visit {
    fn well(&mut self, stage: &str, seen: &str) {
        self.text += &format!("ok      {stage:<28} {seen}\n");
    }

    fn broken(&mut self, stage: &str, why: &dyn std::fmt::Display, mend: &str) -> bool {
        self.text += &format!("BROKEN  {stage:<28} {why}\n        mend: {mend}\n");
        false
    }

    fn fault(&mut self, stage: &str, fault: &AdapterFault) -> bool {
        let healthy = self.broken(stage, fault, remedy(fault));
        for line in &fault.stderr {
            self.text += &format!("        it wrote: {line}\n");
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
        self.well(
            "speaks, hello is valid",
            &format!("{}, for {}", visible(adapter_name), visible(implementation)),
        );
        self.well(
            "refuses unknown operations",
            "an operation that does not exist is `unsupported`",
        );
        self.note_profile(&capabilities.operations, &capabilities.reads);
        let healthy = self.open_and_close(adapter.as_mut())
            && self.refresh_once(adapter.as_mut())
            && self.end(adapter.as_mut());
        if healthy {
            self.text +=
                "The adapter is healthy. What it stands for is judged by: pkgsource verify\n";
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

    fn note_profile(&mut self, operations: &[OperationKind], reads: &[OperationKind]) {
        use OperationKind::{Assign, Content, Create, Package, Refresh};
        let missing: Vec<&str> = [Create, Assign, Refresh]
            .into_iter()
            .filter(|kind| !operations.contains(kind))
            .chain([Package, Content].into_iter().filter(|kind| !reads.contains(kind)))
            .map(OperationKind::name)
            .collect();
        if missing.is_empty() {
            self.well("claims the minimum profile", "create, assign, refresh, package, content");
        } else {
            self.text += &format!(
                "note    below the minimum profile     without {} a verdict is undecided\n",
                missing.join(", ")
            );
        }
    }

    fn open_and_close(&mut self, adapter: &mut dyn Adapter) -> bool {
        let tree = build::tree(&["PS1", "DP1@PS1"]);
        let scratch = match tempfile::Builder::new().prefix("pkgsource-doctor-").tempdir() {
            Ok(scratch) => scratch,
            Err(error) => {
                return self.broken(
                    "opens and closes",
                    &error,
                    "make the folder for temporary files writable",
                );
            }
        };
        match adapter.open("doctor-1", &tree, scratch.path()) {
            Ok(Opened::Ready(Some(sources))) if !sources.is_dir() => {
                let why = format!("`sources` is `{}`, which is no folder", sources.display());
                return self.broken(
                    "opens and closes",
                    &why,
                    "make that folder before you answer `open`",
                );
            }
            Ok(Opened::Ready(_)) => {}
            Ok(Opened::Unsupported(problem)) => {
                let mend = "one site with one point is the least that a plan needs; answer `open` with `ok`";
                return self.broken(
                    "opens and closes",
                    &format!("`open` is unsupported: {problem}"),
                    mend,
                );
            }
            Err(fault) => return self.fault("opens and closes", &fault),
        }
        for _ in 0..2 {
            if let Err(fault) = adapter.close() {
                return self.fault("opens and closes", &fault);
            }
        }
        self.well("opens and closes", "one site, one point; `close` can be repeated");
        true
    }

    fn refresh_once(&mut self, adapter: &mut dyn Adapter) -> bool {
        let stage = "refreshes once";
        let Some(&class) = adapter.capabilities().classes.first() else { return false };
        let scratch = match tempfile::Builder::new().prefix("pkgsource-doctor-").tempdir() {
            Ok(scratch) => scratch,
            Err(error) => {
                return self.broken(stage, &error, "make the folder for temporary files writable");
            }
        };
        let plan = Build::new("doctor-2", "", &["PS1", "DP1@PS1"])
            .write("S1", "a.txt", "one")
            .create("PKG1", class, "S1")
            .assign("PKG1", "DP1")
            .write("S1", "a.txt", "two")
            .refresh("PKG1")
            .look()
            .plan();
        let run = run_plan(adapter, &plan, &Bounds::default(), scratch.path());
        if let Some(fault) = run.fault {
            return self.fault(stage, &fault);
        }
        let events = run.history.map(|history| history.events).unwrap_or_default();
        for event in &events {
            let kind = event.operation.kind();
            let mend = "look at what your program did with this request; the page says what it must answer";
            match &event.reply {
                Reply::Ok(_) => {}
                Reply::Unsupported(_) if !kind.is_read() => {
                    let mend = "serve it and list it in `operations`; without it no plan can run";
                    return self.broken(stage, &format!("`{kind}` is unsupported"), mend);
                }
                Reply::Unsupported(_) => {}
                Reply::Error(problem) => {
                    return self.broken(stage, &format!("`{kind}` is an error: {problem}"), mend);
                }
                Reply::Unknown(problem) => {
                    return self.broken(stage, &format!("`{kind}` is unknown: {problem}"), mend);
                }
                Reply::AdapterError(problem) => {
                    return self.broken(stage, &format!("`{kind}`: {problem}"), mend);
                }
            }
        }
        let value = events.iter().find_map(|event| match &event.reply {
            Reply::Ok(Answer::Refreshed(value)) => Some(*value),
            _ => None,
        });
        let seen = value.map_or("no refresh is served".to_owned(), |value| {
            format!("create, assign, edit, refresh -> {value}, {} requests answered", events.len())
        });
        self.well(stage, &seen);
        true
    }
}

/// The stage at which a process could not begin.
fn stage_of(fault: &AdapterFault) -> &'static str {
    match (&fault.cause, fault.during.as_str()) {
        (FaultCause::CannotStart(_), _) => "starts",
        (FaultCause::BadHello(_), _) => "hello is valid",
        (FaultCause::AnswersAnything(_), _) => "refuses unknown operations",
        (_, "hello") => "speaks",
        _ => "refuses unknown operations",
    }
}

fn remedy(fault: &AdapterFault) -> &'static str {
    match fault.cause {
        FaultCause::CannotStart(_) => {
            "give a program that exists and can be executed, with its arguments, after `--`"
        }
        FaultCause::Ended(_) => {
            "keep running until the end of input; what it wrote to standard error may say why it ended"
        }
        FaultCause::Silent(_) => {
            "flush standard output after every reply, and answer every request"
        }
        FaultCause::NotAReply(..) => {
            "write one JSON object a line to standard output, with `id` and exactly one of the five; logs go to standard error"
        }
        FaultCause::LineTooLong(_) => "answer `content` in pages, with `next`",
        FaultCause::NotAsked(_) => "repeat the request's `id` in its reply, and reply once",
        FaultCause::MissingMember(_) => {
            "add the member; section 4 or 5 of the protocol page lists it"
        }
        FaultCause::AnswersAnything(_) => {
            "answer `unsupported` to every operation that you do not know"
        }
        FaultCause::NotServed(_) => "serve it, or take it out of `hello`",
        FaultCause::BadHello(_) => {
            "mend that member of the reply to `hello`; section 2 of the protocol page lists them"
        }
        FaultCause::SaysSo(_) => "mend what it says",
        FaultCause::LeftBehind(_) => "end what you started when your input ends",
        FaultCause::Meddled(_) => {
            "leave the sources and the folders of the suite as they are; section 3 says what is yours"
        }
        _ => "mend what it says",
    }
}
