//! How a generated plan changes, loses and gives back its sources.

use super::draft::Draft;
use crate::plan::build::{path, source};
use pkgsource_model::operation::{Change, FaultKind, Operation, OperationKind};
use pkgsource_model::words::{Body, FilePath, SourceName};

/// One source of the plan.
pub(super) struct Source {
    pub(super) name: SourceName,
    files: Vec<(FilePath, String)>,
    absent: bool,
}

/// File names that have hurt somebody: both normal forms of one letter, spaces, depth, a leading dash.
const NAMES: [&str; 9] = [
    "a.txt",
    "b.txt",
    "setup/run.exe",
    "é.txt",
    "e\u{301}.txt",
    "with space.txt",
    "-dash",
    "deep/er/still/x",
    "Z.TXT",
];

impl Draft<'_> {
    pub(super) fn new_source(&mut self) {
        let name = source(&format!("S{}", self.sources.len() + 1));
        self.sources.push(Source { name, files: Vec::new(), absent: false });
        let last = self.sources.len() - 1;
        if self.choices.choose(10) > 0 {
            self.edit_source(last);
        }
    }

    pub(super) fn edit(&mut self) {
        if self.scope.allows(OperationKind::Edit) && !self.sources.is_empty() {
            let nth = self.choices.choose(self.sources.len());
            self.edit_source(nth);
        }
    }

    fn edit_source(&mut self, nth: usize) {
        if self.sources[nth].absent {
            return;
        }
        let count = 1 + self.choices.choose(2);
        let changes: Vec<Change<Body>> = (0..count).filter_map(|_| self.change(nth)).collect();
        if !changes.is_empty() {
            let source = self.sources[nth].name.clone();
            self.operation(Operation::Edit { source, changes });
        }
    }

    /// A change that is one: a rename needs a file, a file of the same size needs a predecessor.
    fn change(&mut self, nth: usize) -> Option<Change<Body>> {
        let kind = self.choices.choose(10);
        let count = self.sources[nth].files.len();
        let chosen = if count == 0 { None } else { Some(self.choices.choose(count)) };
        match (kind, chosen) {
            (0..=3, _) | (_, None) => Some(self.write_new(nth)),
            (4..=6, Some(file)) => Some(self.write_same_size(nth, file, kind > 4)),
            (7, Some(file)) => {
                let (path, _) = self.sources[nth].files.remove(file);
                Some(Change::Delete { path })
            }
            (_, Some(file)) => self.rename(nth, file),
        }
    }

    fn write_new(&mut self, nth: usize) -> Change<Body> {
        let path = path(NAMES[self.choices.choose(NAMES.len())]);
        self.texts += 1;
        let text = match self.choices.choose(12) {
            10 => String::new(),
            _ => format!("text {:03}", self.texts),
        };
        let files = &mut self.sources[nth].files;
        files.retain(|(known, _)| *known != path);
        files.push((path.clone(), text.clone()));
        Change::Write { path, file: Body::Text(text), keep_time: false }
    }

    fn write_same_size(&mut self, nth: usize, file: usize, keep_time: bool) -> Change<Body> {
        self.texts += 1;
        let (path, old) = self.sources[nth].files[file].clone();
        let text = if old.len() == 8 { format!("text {:03}", self.texts) } else { old };
        self.sources[nth].files[file].1.clone_from(&text);
        Change::Write { path, file: Body::Text(text), keep_time }
    }

    fn rename(&mut self, nth: usize, file: usize) -> Option<Change<Body>> {
        let to = path(NAMES[self.choices.choose(NAMES.len())]);
        let files = &mut self.sources[nth].files;
        let (from, text) = files.get(file).cloned()?;
        if from == to {
            return None;
        }
        files.retain(|(known, _)| *known != to && *known != from);
        files.push((to.clone(), text));
        Some(Change::Rename { from, to })
    }

    pub(super) fn lose_or_restore(&mut self) {
        if !self.scope.source_faults || self.sources.is_empty() {
            return;
        }
        let nth = self.choices.choose(self.sources.len());
        let source = &mut self.sources[nth];
        source.absent = !source.absent;
        let (kind, target) = (FaultKind::SourceAbsent, (&source.name).into());
        let lost = source.absent;
        self.operation(if lost {
            Operation::Fault { kind, target }
        } else {
            Operation::Heal { kind, target }
        });
        if lost {
            self.refresh();
        }
    }
}
