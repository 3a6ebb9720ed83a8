//! `judge`: judges stored histories, whoever recorded them.

use super::output;
use super::verify::{Format, RequirementArgs};
use crate::exit::{Exit, Trouble};
use crate::report::{self, Report};
use clap::Args;
use pkgsource_model::judge::HistorySet;
use std::path::PathBuf;

/// Arguments of `judge`.
#[derive(Debug, Clone, Args)]
pub(super) struct JudgeArgs {
    /// Files of histories, one or more
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    requirements: RequirementArgs,
    /// How to print the report
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

pub(super) fn run(args: &JudgeArgs) -> Result<Exit, Trouble> {
    let requirements = args.requirements.requirements()?;
    let mut set = HistorySet::new();
    let mut capabilities = None;
    for path in &args.files {
        for history in output::histories(path)? {
            let history = history.map_err(|error| {
                Trouble::Usage(format!("history `{}`: {error}", path.display()))
            })?;
            capabilities = capabilities.or_else(|| Some(history.header.capabilities.clone()));
            set.add(&history);
        }
    }
    let judgement = set.judge(&requirements);
    if judgement.histories == 0 {
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
        enumerated: None,
        seed: None,
        cut: None,
        coverage: None,
        changed: args.requirements.changed(),
        counterexamples: stories(args, &judgement)?,
        judgement,
        skipped: Vec::new(),
        faults: Vec::new(),
        slow: Vec::new(),
    };
    super::print(&match args.format {
        Format::Text => report::text(&result),
        Format::Json => format!("{:#}\n", report::json(&result)),
    })?;
    Ok(result.word().into())
}

/// The first breach of every broken clause, told from the file: there is no plan to shrink.
fn stories(
    args: &JudgeArgs,
    judgement: &pkgsource_model::judge::Judgement,
) -> Result<Vec<report::Counterexample>, Trouble> {
    let mut wanted: Vec<_> = judgement
        .broken()
        .filter_map(|(class, verdict)| {
            Some((class, verdict.clause, verdict.broken.first()?.clone()))
        })
        .collect();
    wanted.sort_by_key(|(class, clause, _)| (*class, *clause));
    let mut stories = Vec::new();
    let mut nth = 0;
    for path in args.files.iter().filter(|_| !wanted.is_empty()) {
        for history in output::histories(path)? {
            let history = history.map_err(|error| {
                Trouble::Usage(format!("history `{}`: {error}", path.display()))
            })?;
            for (class, clause, breach) in
                wanted.iter().filter(|(_, _, breach)| breach.history == nth)
            {
                stories.push(report::Counterexample {
                    clause: *clause,
                    class: *class,
                    plan: crate::plan::Plan::empty(&history.header.plan, &history.header.tree),
                    history: history.clone(),
                    breach: breach.clone(),
                    also: Vec::new(),
                    seen: None,
                    repeat: String::new(),
                });
            }
            nth += 1;
        }
    }
    stories.sort_by_key(|story| (story.class, story.clause));
    Ok(stories)
}
