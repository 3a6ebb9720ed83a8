//! `replay`: runs one stored plan and tells what happened, step by step.

use super::output;
use super::subject::SubjectArgs;
use super::verify::{BoundsArgs, RequirementArgs};
use crate::exit::{Exit, Trouble};
use crate::report;
use crate::run::Campaign;
use crate::verify::judge;
use clap::Args;
use pkgsource_model::judge::Outcome;
use std::path::PathBuf;

/// Arguments of `replay`.
#[derive(Debug, Clone, Args)]
pub(super) struct ReplayArgs {
    /// The plan
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
    let plan = output::plan(&args.plan)?;
    let requirements = args.requirements.requirements()?;
    let mut adapter = args.subject.start()?;
    let outcome = Campaign::new(adapter.as_mut(), args.bounds.bounds())?.run_one(&plan)?;
    if let Some(why) = outcome.skipped {
        return Err(Trouble::Usage(format!("plan `{}` was not run: {why}", args.plan.display())));
    }
    let Some(history) = outcome.history else {
        return Err(outcome
            .fault
            .map_or_else(|| Trouble::Ours("a plan left no history".into()), Trouble::Adapter));
    };
    let judgement = judge(std::slice::from_ref(&history), &requirements);
    let mut text = report::narrate_all(&plan, &history);
    for (class, verdict) in judgement.broken() {
        let clause = verdict.clause.clause();
        text.push_str(&format!(
            "\n{} is broken in {class}: {}\n  source: {}\n",
            clause.id, clause.says, clause.source
        ));
    }
    if judgement.broken().next().is_none() {
        text.push_str("\nno clause is broken\n");
    }
    super::print(&text)?;
    match (outcome.fault, judgement.outcome) {
        (Some(fault), _) => Err(Trouble::Adapter(fault)),
        (None, Outcome::Violates) => Ok(Exit::Violates),
        (None, Outcome::Conforms | Outcome::Undecided) => Ok(Exit::Conforms),
    }
}
