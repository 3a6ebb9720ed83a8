//! Known deviations, as a file that people write: a listed one still runs, and must still fail. An entry that does not
//! say what is so fails, too. It judges nothing: it holds a report against what was expected of it.

mod held;
#[cfg(test)]
mod tests;

pub use held::{Expected, hold};

use crate::report::View;
use crate::report::Word;
use crate::report::view::State;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::words::PackageClass;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A file of expectations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectations {
    /// The deviations.
    #[serde(default, rename = "deviation")]
    pub deviations: Vec<Deviation>,
}

/// A clause that is known to be broken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// The clause.
    pub clause: String,
    /// The class, or `any` where it is broken in every class that it binds and that was judged.
    pub class: String,
    /// Why it is accepted.
    pub reason: String,
    /// Where more is said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The last day on which it is accepted, as YYYY-MM-DD.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// For one that does not show every time: the share of runs in which its plan passed when it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass_rate: Option<f64>,
}

/// Any class.
pub const ANY: &str = "any";

/// Why a file of expectations cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadExpectations(String);

impl fmt::Display for BadExpectations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadExpectations {}

impl Expectations {
    /// Reads a file.
    ///
    /// # Errors
    /// It is no TOML of that shape, or an entry names what does not exist, says nothing, or contradicts another.
    pub fn read(text: &str) -> Result<Self, BadExpectations> {
        let read: Self = toml::from_str(text).map_err(|error| {
            // The parser's own sentence repeats the line, which may be as long as the file.
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let (line, why) = (before.matches('\n').count() + 1, error.message());
            BadExpectations(format!("line {line}: {why}"))
        })?;
        for (nth, entry) in read.deviations.iter().enumerate() {
            let objection = entry.objection().or_else(|| entry.contradiction(read.before(nth)));
            if let Some(why) = objection {
                let number = nth + 1;
                let (clause, class) = (&entry.clause, &entry.class);
                return Err(BadExpectations(format!(
                    "deviation {number} ({clause} in {class}): {why}"
                )));
            }
        }
        Ok(read)
    }

    fn before(&self, nth: usize) -> &[Deviation] {
        self.deviations.get(..nth).unwrap_or_default()
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self) -> String {
        let head = "# Known deviations: each still runs, and must still fail. See `pkgsource help verify`.\n\n";
        let body = toml::to_string_pretty(self);
        head.to_owned() + &body.unwrap_or_else(|error| unreachable!("strings and numbers: {error}"))
    }

    /// What a run breaks, as a file; what the entries of an older file say of the same is kept.
    ///
    /// # Errors
    /// The run did not do, or not learn, all that it was asked for: what it did not find may be there all the same.
    pub fn bless(view: &View, older: &Self) -> Result<Self, BadExpectations> {
        if view.is_partial() || view.word() == Word::Undecided {
            return Err(BadExpectations(
                "only a whole run is blessed, and this one was cut short, failed in part, or is undecided: see its report"
                    .into(),
            ));
        }
        if let Some(narrowed) = view.changed.iter().find(|changed| changed.starts_with("only ")) {
            return Err(BadExpectations(format!(
                "only a whole run is blessed, and this one was narrowed: {narrowed}"
            )));
        }
        let mut deviations = Vec::new();
        for clause in view.broken() {
            let classes = held::classes_in(view, clause, State::Broken);
            let bound = held::judged_classes(view, clause);
            let names = if classes == bound { vec![ANY.to_owned()] } else { classes };
            for class in names {
                let known = older
                    .deviations
                    .iter()
                    .find(|entry| entry.clause == clause && entry.class == class);
                deviations.push(known.cloned().unwrap_or_else(|| Deviation {
                    clause: clause.to_owned(),
                    reason: "blessed as it was found; say here why it is accepted".to_owned(),
                    link: None,
                    expires: None,
                    pass_rate: pass_rate(view, clause, &class),
                    class,
                }));
            }
        }
        Ok(Self { deviations })
    }
}

/// How often a counterexample passed when it was run again, where it did at all.
fn pass_rate(view: &View, clause: &str, class: &str) -> Option<f64> {
    let is_its = |class_of: &str| class == ANY || class == class_of;
    let story =
        view.counterexamples.iter().find(|story| story.clause == clause && is_its(&story.class))?;
    let again = story.shown_again.as_ref().filter(|again| again.times < again.of)?;
    Some(1.0 - f64::from(again.times) / f64::from(again.of))
}

impl Deviation {
    /// What is wrong with an entry by itself.
    fn objection(&self) -> Option<String> {
        let Some(clause) = ClauseId::by_text(&self.clause) else {
            return Some(format!("`{}` is no clause; see `pkgsource list clauses`", self.clause));
        };
        if self.class != ANY {
            match self.class.parse::<PackageClass>() {
                Err(bad) => return Some(format!("{bad}, or `{ANY}`")),
                Ok(class) if !clause.clause().binds.binds(class) => {
                    return Some(format!("{} does not bind {class}", self.clause));
                }
                Ok(_) => {}
            }
        }
        if self.reason.trim().is_empty() {
            return Some("its reason says nothing".into());
        }
        if self.expires.as_deref().is_some_and(|day| !is_day(day)) {
            return Some("`expires` is a day, as in 2027-01-31".into());
        }
        if self.pass_rate.is_some_and(|rate| !(rate > 0.0 && rate < 1.0)) {
            return Some(
                "`pass_rate` is a measured share between 0 and 1; what fails every time has none"
                    .into(),
            );
        }
        None
    }

    fn contradiction(&self, before: &[Self]) -> Option<String> {
        let same = |other: &&Self| {
            other.clause == self.clause
                && (other.class == self.class || other.class == ANY || self.class == ANY)
        };
        let other = before.iter().find(same)?;
        Some(format!("an entry before it is about {} in {}, too", other.clause, other.class))
    }
}

/// True for a text that is a day: days are compared as texts.
fn is_day(text: &str) -> bool {
    humantime::parse_rfc3339(&format!("{text}T00:00:00Z")).is_ok() && text.len() == 10
}
