//! Two short plans: a package that is refreshed at one point, then one at two points with whatever else is declared. A
//! plan that ends early is broken; what it shows and a verdict would stumble over is a note.

use super::Visit;
use crate::adapter::Adapter;
use crate::plan::{Build, Plan};
use crate::run::{Bounds, PlanRun, run_plan_into};
use pkgsource_model::history::{Capabilities, Completes, Event};
use pkgsource_model::operation::{OperationKind, Properties};
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::PackageClass;
use std::time::Duration;

/// How long the effect of a call may take here.
const CONVERGE: Duration = Duration::from_secs(20);

const PACKAGE: &str = "PKG1";

impl Visit {
    pub(super) fn refresh_once(&mut self, adapter: &mut dyn Adapter) -> bool {
        let stage = "refreshes once";
        let capabilities = adapter.capabilities().clone();
        let Some(&class) = capabilities.classes.first() else { return false };
        let plan = create("doctor-2", &["PS1", "DP1@PS1"], class)
            .assign(PACKAGE, "DP1")
            .settle()
            .write("S1", "a.txt", "three")
            .refresh(PACKAGE)
            .look()
            .settle()
            .plan();
        let Some(run) = self.perform(adapter, &plan, stage) else { return false };
        let events = run.history.map(|history| history.events).unwrap_or_default();
        let seen = match returned(&events) {
            None => "no refresh is served".to_owned(),
            Some(value) => format!(
                "create, assign, edit, refresh -> {value}, {} requests answered",
                events.len()
            ),
        };
        self.well(stage, &seen);
        for note in notes(&events, &capabilities).into_iter().chain(run.slow) {
            self.note(stage, &note);
        }
        true
    }

    pub(super) fn refresh_at_two_points(&mut self, adapter: &mut dyn Adapter) -> bool {
        let stage = "serves two points";
        let capabilities = adapter.capabilities().clone();
        let Some(&class) = capabilities.classes.first() else { return false };
        let mut plan = create("doctor-3", &["PS1", "DP1@PS1", "DP2@PS1"], class)
            .assign(PACKAGE, "DP1")
            .assign(PACKAGE, "DP2")
            .write("S1", "a.txt", "three")
            .refresh(PACKAGE)
            .settle();
        let declared = |kind| capabilities.operations.contains(&kind);
        if declared(OperationKind::Put) {
            plan =
                plan.put(PACKAGE, Properties { name: Some("new".into()), ..Properties::default() });
        }
        if declared(OperationKind::Redistribute) {
            plan = plan.redistribute(PACKAGE, "DP1");
        }
        if declared(OperationKind::Remove) {
            plan = plan.remove(PACKAGE, "DP2");
        }
        if declared(OperationKind::Delete) {
            plan = plan.delete(PACKAGE);
        }
        let Some(run) = self.perform(adapter, &plan.plan(), stage) else { return false };
        if let Some(why) = run.skipped {
            self.note(stage, &format!("{why}; no class comes above its profile without"));
            return true;
        }
        let events = run.history.map(|history| history.events).unwrap_or_default();
        let declines = |event: &&Event| {
            event.operation.kind() == OperationKind::Put
                && matches!(event.reply, Reply::Unsupported(_))
        };
        if events.iter().any(|event| declines(&event)) {
            let why = "`put` of `name` is `unsupported`, which fits a property that there is not; \
                       where none can be written, take `put` out of `hello`";
            self.note(stage, why);
        }
        let mut asked: Vec<&str> = events
            .iter()
            .map(|event| event.operation.kind())
            .filter(|kind| !kind.is_read())
            .map(OperationKind::name)
            .collect();
        asked.dedup();
        self.well(stage, &asked.join(", "));
        for note in run.slow {
            self.note(stage, &note);
        }
        true
    }

    /// Performs a plan; none where that is broken, and said.
    fn perform(&mut self, adapter: &mut dyn Adapter, plan: &Plan, stage: &str) -> Option<PlanRun> {
        let scratch = self.scratch(stage)?;
        let bounds = Bounds { converge: CONVERGE, converge_is_set: true, ..Bounds::default() };
        let run = run_plan_into(adapter, plan, &bounds, &scratch, None);
        if let Some(fault) = &run.fault {
            self.fault(stage, fault);
            return None;
        }
        let reports = adapter.capabilities().completes == Completes::Reported;
        if let Some(why) = run.slow.first().filter(|_| reports) {
            let mend =
                "answer `idle` with true once nothing is left to do; without it no run is decided";
            self.broken(stage, why, mend);
            return None;
        }
        let events = run.history.as_ref().map(|history| history.events.as_slice());
        let broken = events.unwrap_or_default().iter().find_map(broken);
        if let Some((why, mend)) = broken {
            self.broken(stage, &why, mend);
            return None;
        }
        Some(run)
    }
}

fn create(name: &str, tree: &[&str], class: PackageClass) -> Build {
    Build::new(name, "", tree)
        .write("S1", "a.txt", "one")
        .write("S1", "sub/b.txt", "two")
        .create(PACKAGE, class, "S1")
}

/// Why a reply ends the visit, and what to do.
fn broken(event: &Event) -> Option<(String, &'static str)> {
    let kind = event.operation.kind();
    let mend = "look at what your program did with this request; the page says what it must answer";
    match &event.reply {
        Reply::Ok(_) => None,
        // `put` of one property may be unsupported where others are served.
        Reply::Unsupported(_) if kind.is_read() || kind == OperationKind::Put => None,
        Reply::Unsupported(_) => {
            let mend = "serve it and list it in `operations`; without it no plan can run";
            Some((format!("`{kind}` is unsupported"), mend))
        }
        Reply::Error(problem) => Some((format!("`{kind}` is an error: {problem}"), mend)),
        Reply::Unknown(problem) => Some((format!("`{kind}` is unknown: {problem}"), mend)),
        Reply::AdapterError(problem) => Some((format!("`{kind}`: {problem}"), mend)),
    }
}

fn returned(events: &[Event]) -> Option<i32> {
    events.iter().find_map(|event| match &event.reply {
        Reply::Ok(Answer::Refreshed(value)) => Some(value.0),
        _ => None,
    })
}

/// What looks doubtful in a plan that refreshes once.
fn notes(events: &[Event], capabilities: &Capabilities) -> Vec<String> {
    let mut notes = Vec::new();
    let Some(refresh) =
        events.iter().position(|event| event.operation.kind() == OperationKind::Refresh)
    else {
        return notes;
    };
    let (before, after) = events.split_at(refresh);
    match returned(events) {
        Some(0) | None => {}
        Some(value) => {
            notes.push(format!(
                "a plain refresh of a changed source returned {value}, which is a failure: IF-16 will ask why"
            ));
            return notes;
        }
    }
    let version = |event: &Event| match &event.reply {
        Reply::Ok(Answer::Package(Some(status))) => Some(status.version.0),
        _ => None,
    };
    let (old, new) = (before.iter().rev().find_map(version), after.iter().rev().find_map(version));
    if let (Some(old), Some(new)) = (old, new)
        && old == new
    {
        notes.push(format!(
            "the version is {new} before and after a refresh that returned 0: VER-1"
        ));
    }
    let at_return = capabilities.completes == Completes::AtReturn;
    let first = after.iter().find_map(|event| match &event.reply {
        Reply::Ok(Answer::Point(status)) => Some(status.state),
        _ => None,
    });
    if let Some(state) = first.filter(|state| at_return && !state.is_installed()) {
        notes.push(format!(
            "`completes` is `at_return`, and DP1 is `{}` when the call has returned: one of the two is not so",
            state.name()
        ));
    }
    let contents = |events: &[Event]| {
        let of = |event: &Event| match &event.reply {
            Reply::Ok(Answer::Content(Some(page))) => Some(page.files.clone()),
            _ => None,
        };
        events.iter().rev().find_map(of)
    };
    if let (Some(old), Some(new)) = (contents(before), contents(after))
        && old == new
    {
        notes.push("DP1 has the old files after a refresh that returned 0: DST-1".to_owned());
    }
    notes
}
