//! What an implementation answered: how often each operation of each class ended in which way. Part of how it behaves,
//! also where every way is permitted. Messages are left out: they may hold times and paths.

use super::data;
use pkgsource_model::history::History;
use pkgsource_model::operation::{Operation, OperationKind};
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::{PackageClass, PackageId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

data! {
    /// One way in which an operation ended.
    struct AnswerRow {
        /// The class of its package.
        pub class: String,
        /// The operation.
        pub operation: String,
        /// How it ended.
        pub answer: String,
        /// How often.
        pub times: usize,
    }
}

/// The answers of a run, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<(PackageClass, OperationKind, String), usize>);

impl Answers {
    /// Takes down the answers of a history.
    pub fn meet(&mut self, history: &History) {
        let mut classes: BTreeMap<&PackageId, PackageClass> = BTreeMap::new();
        for event in &history.events {
            let kind = event.operation.kind();
            if let Operation::Create { package, class, .. } = &event.operation {
                classes.insert(package, *class);
            }
            let class = event.operation.package().and_then(|package| classes.get(package));
            let Some(&class) = class.filter(|_| !kind.is_read()) else { continue };
            *self.0.entry((class, kind, way(&event.reply))).or_default() += 1;
        }
    }

    /// Adds what was counted elsewhere.
    pub fn join(&mut self, other: &Self) {
        for (key, times) in &other.0 {
            *self.0.entry(key.clone()).or_default() += times;
        }
    }

    /// The rows, by class, operation and answer.
    #[must_use]
    pub fn rows(&self) -> Vec<AnswerRow> {
        let row =
            |((class, kind, answer), &times): (&(PackageClass, OperationKind, String), &usize)| {
                AnswerRow {
                    class: class.name().to_owned(),
                    operation: kind.name().to_owned(),
                    answer: answer.clone(),
                    times,
                }
            };
        self.0.iter().map(row).collect()
    }
}

fn way(reply: &Reply<Answer>) -> String {
    match reply {
        Reply::Ok(Answer::Refreshed(value)) => format!("returns {value}"),
        Reply::Ok(_) => "done".to_owned(),
        Reply::Error(problem) => match &problem.code {
            Some(code) => format!("error {code}"),
            None => "error".to_owned(),
        },
        Reply::Unknown(_) => "no answer".to_owned(),
        Reply::Unsupported(_) => "unsupported".to_owned(),
        Reply::AdapterError(_) => "the adapter failed".to_owned(),
    }
}
