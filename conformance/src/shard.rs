//! One run in parts: each shard runs every n-th plan and keeps what happened, and the shards together are judged as one
//! run would be. What a shard's file holds is here; it is written in [`write`](self) and put together in [`merge`](self).
//! No verdict is given on a single shard.

mod belongs;
mod merge;
mod read;
mod write;

pub use merge::{MergeError, Shards};
pub use write::{Ran, run_shard};

use crate::adapter::AdapterFault;
use pkgsource_model::history::Capabilities;
use pkgsource_model::words::PackageClass;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// The number of the format of a shard's file.
pub const SHARD: u32 = 1;

/// The most parts of a run.
const MOST_PARTS: usize = 10_000;

/// Which part of a run: the plans `which`, `which + of`, and so on, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Part {
    which: usize,
    of: usize,
}

impl Part {
    /// Of how many parts this is one.
    #[must_use]
    pub fn of(self) -> usize {
        self.of
    }

    /// Whether a plan, counted from 1, belongs to it.
    #[must_use]
    pub fn holds(self, nth: usize) -> bool {
        nth % self.of == self.which % self.of
    }

    /// How many of so many plans belong to it.
    #[must_use]
    pub fn count(self, plans: usize) -> usize {
        plans.checked_sub(self.which).map_or(0, |after| after / self.of + 1)
    }

    /// The part of the same run that this plan, counted from 1, belongs to.
    fn of_plan(self, nth: usize) -> Self {
        let rest = nth % self.of;
        Self { which: if rest == 0 { self.of } else { rest }, of: self.of }
    }

    /// Every part of the same run.
    fn all(self) -> impl Iterator<Item = Self> {
        (1..=self.of).map(move |which| Self { which, of: self.of })
    }
}

impl FromStr for Part {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.split_once('/').and_then(|(which, of)| {
            let number = |text: &str| text.parse::<usize>().ok();
            Some(Self { which: number(which)?, of: number(of)? })
        });
        let is_good = |part: &Self| (1..=part.of).contains(&part.which) && part.of <= MOST_PARTS;
        parsed.filter(is_good).ok_or_else(|| {
            format!(
                "`{text}` is no part of a run; write K/N, from 1/N to N/N, N at most {MOST_PARTS}"
            )
        })
    }
}

impl TryFrom<String> for Part {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Part> for String {
    fn from(part: Part) -> Self {
        part.to_string()
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.which, self.of)
    }
}

/// What the user required, as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Only these classes; empty for all.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub classes: Vec<PackageClass>,
    /// Only these clauses; empty for all.
    pub clauses: Vec<String>,
    /// The frozen set of requirements; none for those of the suite.
    pub requirements: Option<String>,
    /// Readings that are binding, as `QUESTION=READING`.
    pub pins: Vec<String>,
    /// The weakest force that is required.
    pub at_least: String,
}

/// The run that a shard is a part of: equal in all of its shards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The format's number.
    pub format: u32,
    /// The suite.
    pub suite: String,
    /// How the user named what was verified.
    pub subject: String,
    /// What the adapter said of itself, as in its answer to `hello`.
    #[cfg_attr(test, schemars(with = "serde_json::Map<String, serde_json::Value>"))]
    pub capabilities: Capabilities,
    /// What was asked for, as arguments.
    pub options: Vec<String>,
    /// What was required.
    pub asked: Asked,
    /// What the user changed, in words.
    pub changed: Vec<String>,
    /// The seed, where plans were generated.
    pub seed: Option<u64>,
    /// How many steps enumerated plans have.
    pub enumerate: usize,
    /// How many plans the whole run has.
    pub plans: usize,
    /// The SHA-256 of the text of all its plans, in order.
    pub digest: String,
}

/// One line of a shard's file that is not a line of a history.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum ShardLine {
    /// The first line.
    Shard { part: Part, run: Box<Head> },
    /// A plan, counted from 1, as the text of its file; the lines of its history follow, where it left one.
    Plan { nth: usize, text: String },
    /// What became of that plan.
    Done(Done),
    /// The last line.
    Ended(Ended),
}

/// What became of one plan, beside its history.
#[derive(Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Done {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    skipped: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    slow: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    faults: Vec<AdapterFault>,
    /// True where a signal or the end of the time ended it, and with it the shard.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    stopped: bool,
}

/// How a shard ended.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Ended {
    /// How many plans were started.
    started: usize,
    /// How many events they left.
    events: usize,
    /// What the plans are about that were not started, and how many they are.
    left: BTreeMap<String, usize>,
    /// The signal that ended it, in words.
    interrupted: Option<String>,
    /// What the adapter did wrong when it was ended.
    at_end: Vec<AdapterFault>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_plan_belongs_to_exactly_one_part() {
        for of in 1..=9 {
            let any = Part { which: 1, of };
            for nth in 1..=50 {
                let holding: Vec<Part> = any.all().filter(|part| part.holds(nth)).collect();
                assert_eq!(holding, [any.of_plan(nth)]);
            }
            for (part, plans) in any.all().flat_map(|part| (0..50).map(move |plans| (part, plans)))
            {
                let own = (1..=plans).filter(|&nth| part.holds(nth)).count();
                assert_eq!(part.count(plans), own, "{part} of {plans}");
            }
        }
    }

    #[test]
    fn what_is_no_part_is_refused() {
        for text in ["", "1", "0/4", "5/4", "1/0", "-1/2", "a/b", "1/2/3", "1/99999"] {
            assert!(text.parse::<Part>().is_err(), "{text}");
        }
        assert_eq!("2/4".parse::<Part>().unwrap().to_string(), "2/4");
    }
}
