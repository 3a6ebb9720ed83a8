//! Plans as files: JSON Lines, a first line `{"plan": …}` and a line a step, so that an error has a line and a column.

use super::check::Folders;
use super::{Plan, Step};
use crate::adapter::strict::no_object;
use pkgsource_model::history::Tree;
use pkgsource_model::words::visible;
use pkgsource_model::words::visible::visible_beginning;
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
        write!(f, "line {}, column {}: {}", self.line, self.column, visible(&self.why))
    }
}

impl std::error::Error for PlanError {}

/// The longest file of a plan, in bytes.
pub const MOST_BYTES: usize = 32 * 1024 * 1024;

/// The most steps of a plan.
pub const MOST_STEPS: usize = 10_000;

/// The longest name of a plan, in bytes.
const MOST_NAME: usize = 200;

/// Reads a plan from the text of its file, which anybody may have written: a name is checked where it stands, and what no
/// run could do is refused here. Empty lines are passed over.
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
    let at = |number: usize| move |why: String| PlanError { line: number + 1, column: 1, why };
    name_objection(&head.plan).map_or(Ok(()), Err).map_err(at(number))?;
    let tree = head.tree.objection().map(|why| format!("`tree`: {why}"));
    tree.map_or(Ok(()), Err).map_err(at(number))?;
    let mut steps = Vec::new();
    let mut folders = Folders::default();
    for (number, line) in lines {
        let step: Step = parse(number, line)?;
        if let Step::Do(operation) = &step {
            folders.check(operation).map_err(at(number))?;
        }
        steps.push(step);
        if steps.len() > MOST_STEPS {
            return Err(at(number)(format!("a plan has at most {MOST_STEPS} steps")));
        }
    }
    Ok(Plan { name: head.plan, about: head.about, seed: head.seed, tree: head.tree, steps })
}

/// A plan's name goes into messages, and adapters make names of their own from it.
fn name_objection(name: &str) -> Option<String> {
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let good =
        (1..=MOST_NAME).contains(&name.len()) && !name.starts_with('.') && name.chars().all(letter);
    let shown = visible_beginning(name, 60);
    (!good).then(|| {
        format!(
            "`plan` is `{shown}`; it takes 1 to {MOST_NAME} ASCII letters, digits, `.`, `_` or `-`"
        )
    })
}

fn parse<T: serde::de::DeserializeOwned>(number: usize, line: &str) -> Result<T, PlanError> {
    if let Some(why) = no_object(line) {
        return Err(PlanError { line: number + 1, column: 1, why: why.into() });
    }
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
