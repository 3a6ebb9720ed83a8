//! Plans as files: JSON Lines, a first line `{"plan": …}` and a line a step, so that an error has a line and a column.

use super::{Plan, Step};
use pkgsource_model::history::Tree;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write as _};

/// A plan's first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanLine {
    plan: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    about: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    tree: Tree,
}

/// A plan file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanError {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong there.
    pub why: String,
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.why)
    }
}

impl std::error::Error for PlanError {}

/// Reads a plan from the text of its file. Empty lines are passed over.
///
/// # Errors
/// The first line that is not what it should be, with the place.
pub fn read_plan(text: &str) -> Result<Plan, PlanError> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let missing = || PlanError {
        line: 1,
        column: 1,
        why: "the file is empty; a plan begins with a line `{\"plan\": …}`".into(),
    };
    let (number, first) = lines.next().ok_or_else(missing)?;
    let head: PlanLine = parse(number, first)?;
    let steps =
        lines.map(|(number, line)| parse::<Step>(number, line)).collect::<Result<_, _>>()?;
    Ok(Plan { name: head.plan, about: head.about, seed: head.seed, tree: head.tree, steps })
}

fn parse<T: serde::de::DeserializeOwned>(number: usize, line: &str) -> Result<T, PlanError> {
    serde_json::from_str(line).map_err(|error| PlanError {
        line: number + 1,
        column: error.column(),
        why: without_place(&error.to_string()),
    })
}

/// The parser's message without the place that it counts from the line's own beginning.
pub(crate) fn without_place(message: &str) -> String {
    message.split(" at line ").next().unwrap_or(message).to_owned()
}

/// The text of a plan's file.
#[must_use]
pub fn write_plan(plan: &Plan) -> String {
    let head = PlanLine {
        plan: plan.name.clone(),
        about: plan.about.clone(),
        seed: plan.seed,
        tree: plan.tree.clone(),
    };
    let mut text = json(&head);
    text.push('\n');
    for step in &plan.steps {
        writeln!(text, "{}", json(step))
            .unwrap_or_else(|_| unreachable!("a string takes every write"));
    }
    text
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value)
        .unwrap_or_else(|error| unreachable!("plans have no map with odd keys: {error}"))
}
