//! `list`: what there is, by kind. Every row comes from the register, the class table or the tables of the suite.

mod coverage;

use super::subject::SubjectArgs;
use crate::exit::{Exit, Trouble};
use crate::mutants::{mutants, variants};
use crate::plan::{generate::Scope, scenarios};
use crate::platform::interrupted;
use crate::requirements::{Frozen, names};
use clap::{Args, ValueEnum};
use pkgsource_model::classes::CLASSES;
use pkgsource_model::clauses::{CLAUSES, Clause, entries};
use pkgsource_model::readings::QUESTIONS;

/// Arguments of `list`.
#[derive(Debug, Clone, Args)]
pub(super) struct ListArgs {
    /// What to list
    #[arg(value_name = "WHAT")]
    what: What,
    #[command(flatten)]
    subject: SubjectArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    Clauses,
    Questions,
    Entries,
    Classes,
    Mutants,
    Variants,
    Scenarios,
    /// What the default run meets and what it does not, with `--adapter` or a command also of that adapter
    Coverage,
    Adapters,
    /// The frozen sets for `--requirements`
    Requirements,
}

pub(super) fn run(args: &ListArgs) -> Result<Exit, Trouble> {
    let mut fault = None;
    let rows: Vec<String> = match args.what {
        What::Clauses => CLAUSES
            .iter()
            .map(|c| format!("{:<10} {:<11} {}", c.id, c.force.name(), c.says))
            .collect(),
        What::Questions => QUESTIONS.iter().map(|q| format!("{:<17} {}", q.id, q.asks)).collect(),
        What::Entries => {
            entries().map(|e| format!("{:<7} {:<14} {}", e.id, e.kind.name(), e.says)).collect()
        }
        What::Classes => CLASSES.iter().map(|c| format!("{:<34} {}", c.class, c.page)).collect(),
        What::Mutants => {
            mutants().map(|m| format!("{:<48} {:<8} {}", m.name, m.clause.text(), m.says)).collect()
        }
        What::Variants => variants()
            .map(|v| format!("{:<33} {:<17} {}", v.name, v.permitted_by, v.says))
            .collect(),
        What::Scenarios => {
            let scope = Scope::everything();
            scenarios::scenarios(&scope)
                .iter()
                .map(|plan| format!("{:<40} {}", plan.name, plan.about))
                .collect()
        }
        What::Requirements => requirements()?,
        What::Coverage => {
            let (rows, at_end) = coverage::rows(&args.subject)?;
            fault = at_end;
            rows
        }
        What::Adapters => [
            "folder          the embedded site, with real files (the default)",
            "reference       the model itself",
            "mutant:NAME     the model with one defect; see `list mutants`",
            "variant:NAME    the model with one permitted difference; see `list variants`",
            "-- COMMAND      any program that speaks the protocol, see specs/protocol.md",
        ]
        .map(str::to_owned)
        .to_vec(),
    };
    if let Some(signal) = interrupted() {
        return Ok(signal.by.into());
    }
    super::print(&(rows.join("\n") + "\n"))?;
    fault.map_or(Ok(Exit::Conforms), |fault| Err(Trouble::Adapter(fault)))
}

/// Every frozen set, and what the suite has that it has not.
fn requirements() -> Result<Vec<String>, Trouble> {
    let row = |name: &str| {
        let frozen = Frozen::by_name(name).map_err(|error| Trouble::Ours(error.to_string()))?;
        let is_newer = |clause: &&Clause| frozen.force_of(clause.id).is_none();
        let newer = CLAUSES.iter().filter(is_newer).count();
        let (clauses, questions) = (frozen.clauses.len(), frozen.questions.len());
        Ok(format!(
            "{name:<8} {clauses} clauses, {questions} questions; {newer} clauses of this suite are newer"
        ))
    };
    names().map(row).collect()
}
