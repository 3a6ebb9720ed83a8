//! `replay`: runs one stored plan and tells what happened, step by step.

use super::output;
use super::required::RequirementArgs;
use super::subject::SubjectArgs;
use super::verify::BoundsArgs;
use crate::exit::{Exit, Trouble};
use crate::plan::Plan;
use crate::plan::generate::Scope;
use crate::plan::scenarios::scenarios;
use crate::report;
use crate::run::{Campaign, Run, Stop};
use crate::verify::judge;
use clap::Args;
use pkgsource_model::history::{Completes, Event, History, Time};
use pkgsource_model::judge::{Outcome, Requirements};
use pkgsource_model::reply::Reply;
use pkgsource_model::words::visible;
use std::path::{Path, PathBuf};

/// Arguments of `replay`.
#[derive(Debug, Clone, Args)]
pub(super) struct ReplayArgs {
    /// The plan: a file, `-` for standard input, or the name of a scenario
    #[arg(value_name = "PLAN")]
    plan: PathBuf,
    #[command(flatten)]
    subject: SubjectArgs,
    #[command(flatten)]
    requirements: RequirementArgs,
    #[command(flatten)]
    bounds: BoundsArgs,
}

pub(super) fn run(args: &ReplayArgs) -> Result<Exit, Trouble> {
    let plan = plan(&args.plan)?;
    let requirements = args.requirements.requirements()?;
    let mut adapter = args.subject.start()?;
    let mut campaign = Campaign::new(adapter.as_mut(), args.bounds.bounds())?;
    let outcome = campaign.run_one(&plan);
    let is_gone_later = match &outcome.history {
        Some(history) if outcome.stopped.is_none() => {
            is_gone_later(&mut campaign, &plan, history, &requirements)
        }
        _ => false,
    };
    let mut run = Run::default();
    campaign.end(&mut run);
    if let Some(why) = outcome.skipped {
        return Err(Trouble::Usage(format!("plan `{}` was not run: {why}", args.plan.display())));
    }
    let Some(history) = outcome.history else {
        return match (outcome.fault, outcome.stopped) {
            (Some(fault), _) => Err(Trouble::Adapter(fault)),
            (None, Some(Stop::Signal(signal))) => Ok(signal.into()),
            (None, _) => Err(Trouble::Ours("a plan left no history".into())),
        };
    };
    let judgement = judge(std::slice::from_ref(&history), &requirements);
    let breaches = judgement.broken().flat_map(|(_, verdict)| verdict.broken.iter());
    let wrong = breaches.filter_map(|breach| breach.events.last().copied()).collect();
    let mut text = report::trace(&plan, &history, &wrong);
    for (class, verdict) in judgement.broken() {
        let clause = verdict.clause.clause();
        text.push_str(&format!(
            "\n{} is broken in {class}: {}\n  source: {}\n",
            clause.id,
            clause.says,
            clause.source()
        ));
    }
    if is_gone_later {
        text.push_str(&format!("\n  {}\n", report::GONE_LATER));
    }
    let stopped = outcome.stopped.map(|stop| stop.to_string());
    let unanswered = unanswered(&history);
    let doubts = judgement.doubts.iter().map(ToString::to_string);
    let unlearned: Vec<String> =
        stopped.into_iter().chain(unanswered).chain(outcome.slow).chain(doubts).collect();
    if judgement.broken().next().is_none() {
        let word = if unlearned.is_empty() { "no clause is broken" } else { "undecided" };
        text.push_str(&format!("\n{word}\n"));
    }
    for why in &unlearned {
        text.push_str(&format!("  not learned: {}\n", visible(why)));
    }
    super::print(&text)?;
    let fault = outcome.fault.or(outcome.failing).or(run.faults.pop().map(|(_, fault)| fault));
    match (outcome.stopped, judgement.outcome, fault) {
        (Some(Stop::Signal(signal)), _, _) => Ok(signal.into()),
        (_, Outcome::Violates, fault) => {
            if let Some(fault) = fault {
                super::complain(&Trouble::Adapter(fault));
            }
            Ok(Exit::Violates)
        }
        (_, _, Some(fault)) => Err(Trouble::Adapter(fault)),
        (_, Outcome::Conforms | Outcome::Undecided, None) if !unlearned.is_empty() => {
            Ok(Exit::Undecided)
        }
        // One plan is rarely the minimum profile: what it put to the test was met.
        (_, Outcome::Conforms | Outcome::Undecided, None) => Ok(Exit::Conforms),
    }
}

/// True where something is broken, and nothing is when the suite looks a second later than the adapter declares.
fn is_gone_later(
    campaign: &mut Campaign<'_>,
    plan: &Plan,
    history: &History,
    requirements: &Requirements,
) -> bool {
    let declared = &history.header.capabilities;
    let may_wait = declared.completes == Completes::AtReturn && declared.time == Time::Real;
    let wrong = |history: &History| {
        let judgement = judge(std::slice::from_ref(history), requirements);
        let breaches = judgement.broken().flat_map(|(_, verdict)| verdict.broken.iter());
        breaches.filter_map(|breach| breach.events.last().copied()).min()
    };
    let wrong_event = wrong(history).filter(|_| may_wait);
    wrong_event.is_some_and(|event| {
        campaign.is_gone_a_second_later(plan, (history, event), |later| wrong(later).is_some())
    })
}

/// The plan of a file, or the scenario of that name where there is no such file.
fn plan(path: &Path) -> Result<Plan, Trouble> {
    if path == Path::new("-") || path.exists() {
        return output::plan(path);
    }
    let known = scenarios(&Scope::everything());
    let name = path.to_string_lossy();
    if let Some(plan) = known.iter().find(|plan| plan.name == name) {
        return Ok(plan.clone());
    }
    // Whoever names a folder or an extension means a file.
    let is_name = !name.contains(['/', '.']);
    let names = known.iter().map(|plan| plan.name.as_str()).filter(|_| is_name);
    let hint = super::near::meant(&name, names);
    output::plan(path).map_err(|trouble| Trouble::Usage(format!("{trouble}{hint}")))
}

/// How many answers the plan did not get, if any: what they would have been decides the verdict.
fn unanswered(history: &History) -> Option<String> {
    let none = |event: &&Event| matches!(event.reply, Reply::Unknown(_) | Reply::AdapterError(_));
    let count = history.events.iter().filter(none).count();
    (count > 0).then(|| format!("{count} of {} requests got no answer", history.events.len()))
}
