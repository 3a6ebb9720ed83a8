//! Files in the words of the plan that wrote them.

use super::words::shown;
use crate::adapter::body::record_of;
use crate::plan::{Plan, Step};
use pkgsource_model::clauses::Value;
use pkgsource_model::operation::{Change, Operation};
use pkgsource_model::words::{Body, Content, FileRecord};
use std::collections::BTreeMap;

/// What is known of files by their records: the texts that the plan wrote.
pub(super) struct Texts {
    known: BTreeMap<FileRecord, String>,
}

impl Texts {
    pub(super) fn of(plan: &Plan) -> Self {
        let mut known = BTreeMap::new();
        let mut note = |body: &Body| {
            if let Body::Text(text) = body {
                known.insert(record_of(body), format!("{text:?}"));
            }
        };
        for step in &plan.steps {
            match step {
                Step::Do(Operation::Edit { changes, .. }) => {
                    for change in changes {
                        if let Change::Write { file, .. } = change {
                            note(file);
                        }
                    }
                }
                Step::Do(
                    Operation::AddDriver { file, .. } | Operation::AddContent { file, .. },
                ) => note(file),
                _ => {}
            }
        }
        Self { known }
    }

    pub(super) fn file(&self, record: &FileRecord) -> String {
        match self.known.get(record) {
            Some(text) if text.len() <= 24 => text.clone(),
            _ => format!("{} bytes, {}…", record.size, &record.sha256.to_string()[..8]),
        }
    }

    /// What was expected, or seen.
    pub(super) fn value(&self, value: &Value) -> String {
        match value {
            Value::Files(files) => self.files(files),
            Value::OneOf(contents) => {
                let each: Vec<String> = contents.iter().map(|files| self.files(files)).collect();
                each.join("; or ")
            }
            Value::Version(_)
            | Value::AtLeast(_)
            | Value::AtMost(_)
            | Value::Point(..)
            | Value::Installed(_)
            | Value::FilesOf(_)
            | Value::NoContent
            | Value::Present(_)
            | Value::Failure(_)
            | Value::Ends(_)
            | Value::Flag(_)
            | Value::Operable(_)
            | Value::Action(_)
            | Value::Injection(_)
            | Value::Says(_) => value.to_string(),
        }
    }

    pub(super) fn files(&self, files: &Content) -> String {
        const MOST: usize = 4;
        let shown: Vec<String> = files
            .iter()
            .take(MOST)
            .map(|(path, record)| format!("{} = {}", shown(path), self.file(record)))
            .collect();
        match files.len() {
            0 => "no files".into(),
            count if count > MOST => format!("{}, and {} more", shown.join(", "), count - MOST),
            _ => shown.join(", "),
        }
    }
}
