//! `judge`: judges stored histories, whoever recorded them.

use super::faces::FaceArgs;
use super::output;
use super::required::RequirementArgs;
use crate::court::{Court, Exhibits};
use crate::exit::{Exit, Trouble};
use crate::history::Whole;
use crate::plan::Plan;
use crate::report::{Counterexample, Report, View};
use clap::Args;
use pkgsource_model::judge::Judgement;
use std::path::PathBuf;

/// Arguments of `judge`.
#[derive(Debug, Clone, Args)]
pub(super) struct JudgeArgs {
    /// Files of histories, one or more; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    requirements: RequirementArgs,
    #[command(flatten)]
    faces: FaceArgs,
}

pub(super) fn run(args: &JudgeArgs) -> Result<Exit, Trouble> {
    let requirements = args.requirements.requirements()?;
    output::reserve(args.faces.files(), None)?;
    let mut court = Court::new(&requirements);
    let mut capabilities = None;
    let mut incomplete = Vec::new();
    let mut has_end = false;
    for path in &args.files {
        let mut histories = output::histories(path)?;
        for history in &mut histories {
            let history = history.map_err(|error| {
                let instead = super::mistaken::instead(path, "header");
                Trouble::Usage(format!("history `{}`: {error}{instead}", path.display()))
            })?;
            capabilities = capabilities.or_else(|| Some(history.header.capabilities.clone()));
            court.hear(None, history);
        }
        has_end |= histories.has_end();
        match histories.whole() {
            Whole::Yes => {}
            Whole::Interrupted => {
                incomplete.push(format!("the run of `{}` was interrupted", path.display()));
            }
            Whole::Damaged(why) => {
                let path = path.display();
                return Err(Trouble::Usage(format!(
                    "history `{path}`: {why}; something was taken out or put in, so nothing follows from it"
                )));
            }
            Whole::No(why) => incomplete.push(format!("`{}`: {why}", path.display())),
        }
    }
    let (judgement, exhibits) = court.judge();
    if judgement.histories == 0 && !has_end {
        return Err(Trouble::Usage(
            "the files hold no history; a history begins with a line `{\"header\": …}`".into(),
        ));
    }
    let result = Report {
        subject: args
            .files
            .iter()
            .map(|path| path.display().to_string())
            .collect::<Vec<_>>()
            .join(" "),
        capabilities,
        requirements: args.requirements.frozen()?,
        enumerated: None,
        seed: None,
        cut: None,
        coverage: None,
        changed: args.requirements.changed(),
        counterexamples: stories(&exhibits, &judgement),
        judgement,
        answers: exhibits.answers().clone(),
        skipped: Vec::new(),
        faults: Vec::new(),
        slow: Vec::new(),
        incomplete,
    };
    args.faces.tell(&View::of(&result))?;
    Ok(result.word().into())
}

/// The shortest breach of every broken clause, told from the file: there is no plan to shrink.
pub(super) fn stories(exhibits: &Exhibits, judgement: &Judgement) -> Vec<Counterexample> {
    let told = judgement.broken().filter_map(|(class, verdict)| {
        let breach = verdict.broken.iter().min_by_key(|breach| exhibits.steps(breach.history))?;
        let history = exhibits.get(breach.history)?.history.clone();
        Some(Counterexample {
            clause: verdict.clause,
            counted_as: None,
            alone: Vec::new(),
            class,
            plan: Plan::empty(&history.header.plan, &history.header.tree),
            history,
            breach: breach.clone(),
            also: Vec::new(),
            is_gone_later: false,
            seen: None,
            repeat: String::new(),
        })
    });
    let mut stories: Vec<Counterexample> = told.collect();
    stories.sort_by_key(|story| (story.class, story.clause));
    stories
}
