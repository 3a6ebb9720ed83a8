//! Files in the words of the plan that wrote them; what was expected of them and what was seen, so that the difference is
//! what a reader meets first.

use super::words::shown;
use crate::adapter::body::record_of;
use crate::plan::{Plan, Step};
use pkgsource_model::clauses::Value;
use pkgsource_model::judge::Breach;
use pkgsource_model::operation::{Change, Operation};
use pkgsource_model::words::{Body, Content, FilePath, FileRecord, SourceName};
use std::collections::{BTreeMap, BTreeSet};

/// The most files of a content that are told, the most contents, and the most changes of an edit.
pub(super) const MOST: usize = 4;

/// What is known of files by their records, the texts that the plan wrote, and what a breach is about.
pub(super) struct Texts {
    known: BTreeMap<FileRecord, String>,
    /// The files that an edit replaced by others of the same size.
    same_size: BTreeSet<(FilePath, FileRecord)>,
    about: About,
}

/// What a breach is about, and its reads must therefore say.
#[derive(Default)]
pub(super) struct About {
    /// The files in which what was seen differs from what comes nearest to it of what was expected.
    files: BTreeSet<FilePath>,
    members: Vec<Member>,
}

/// A member of a read that is told only where it says much, or where a breach is about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Member {
    Action,
    Failure,
    Flag,
    Version,
}

impl About {
    fn of(Breach { expected, seen, .. }: &Breach) -> Self {
        let all = [Member::Action, Member::Failure, Member::Flag, Member::Version];
        let is_unnamed = matches!(seen, Value::Says(_));
        let is_meant = |member: &Member| is_unnamed || member.is_in(expected) || member.is_in(seen);
        Self {
            files: wanted(expected, seen)
                .first()
                .map_or_else(BTreeSet::new, |nearest| differing(nearest, content(seen))),
            members: all.into_iter().filter(is_meant).collect(),
        }
    }

    pub(super) fn has(&self, member: Member) -> bool {
        self.members.contains(&member)
    }
}

impl Member {
    fn is_in(self, value: &Value) -> bool {
        match self {
            Self::Action => matches!(value, Value::Action(_)),
            Self::Failure => matches!(value, Value::Failure(_)),
            Self::Flag => matches!(value, Value::Flag(_)),
            Self::Version => matches!(value, Value::Point(..) | Value::Installed(_)),
        }
    }
}

impl Texts {
    pub(super) fn of(plan: &Plan) -> Self {
        let mut known = BTreeMap::new();
        let mut same_size = BTreeSet::new();
        let mut sizes: BTreeMap<(&SourceName, &FilePath), u64> = BTreeMap::new();
        let mut note = |body: &Body| {
            if let Body::Text(text) = body {
                known.insert(record_of(body), format!("{text:?}"));
            }
        };
        for step in &plan.steps {
            match step {
                Step::Do(Operation::Edit { source, changes }) => {
                    for change in changes {
                        if let Change::Write { path, file, .. } = change {
                            note(file);
                            let record = record_of(file);
                            let size = record.size;
                            if sizes.insert((source, path), size) == Some(size) {
                                same_size.insert((path.clone(), record));
                            }
                        }
                    }
                }
                Step::Do(
                    Operation::AddDriver { file, .. } | Operation::AddContent { file, .. },
                ) => note(file),
                _ => {}
            }
        }
        Self { known, same_size, about: About::default() }
    }

    /// The same, for the story of a breach.
    pub(super) fn about(plan: &Plan, breach: &Breach) -> Self {
        Self { about: About::of(breach), ..Self::of(plan) }
    }

    pub(super) fn is_about(&self) -> &About {
        &self.about
    }

    /// True where the file took the place of one of the same size.
    pub(super) fn is_of_the_same_size(&self, path: &FilePath, record: &FileRecord) -> bool {
        self.same_size.contains(&(path.clone(), *record))
    }

    pub(super) fn file(&self, record: &FileRecord) -> String {
        match self.known.get(record) {
            Some(text) if text.len() <= 24 => text.clone(),
            _ => format!("{} bytes, {}…", record.size, &record.sha256.to_string()[..8]),
        }
    }

    /// What was expected, and what was seen. Of contents that are too long to be told, what differs is.
    pub(super) fn values(&self, breach: &Breach) -> (String, String) {
        let (expected, seen) = (&breach.expected, &breach.seen);
        let now = content(seen);
        let wanted = wanted(expected, seen);
        let told: Vec<String> = wanted
            .iter()
            .take(MOST)
            .map(|content| self.listed(content, &differing(content, now)))
            .collect();
        let wanted = match (told.len(), wanted.len()) {
            (0, _) if contents(expected).is_empty() => self.value(expected),
            (0, _) => "other files than were seen".to_owned(),
            (told_of, all) if told_of < all => {
                format!("{}; or one of {} contents more", told.join("; or "), all - told_of)
            }
            _ => told.join("; or "),
        };
        (wanted, self.value(seen))
    }

    fn value(&self, value: &Value) -> String {
        let each: Vec<String> = contents(value).iter().map(|files| self.files(files)).collect();
        if each.is_empty() { value.to_string() } else { each.join("; or ") }
    }

    /// Files that were read: those that the breach is about first.
    pub(super) fn files(&self, files: &Content) -> String {
        self.listed(files, &self.about.files)
    }

    /// A short content as a whole. Of a longer one the files that matter, those that are missing among them, and how many
    /// there are besides.
    fn listed(&self, files: &Content, matter: &BTreeSet<FilePath>) -> String {
        let told = |(path, record): (&FilePath, &FileRecord)| {
            format!("{} = {}", shown(path), self.file(record))
        };
        if files.is_empty() {
            return "no files".to_owned();
        }
        if files.len() <= MOST {
            return files.iter().map(told).collect::<Vec<_>>().join(", ");
        }
        let (listed, here): (Vec<String>, usize) = if matter.is_empty() {
            (files.iter().take(MOST).map(told).collect(), MOST)
        } else {
            let some = || matter.iter().take(MOST);
            let one = |path: &FilePath| match files.get(path) {
                Some(record) => told((path, record)),
                None => format!("no {}", shown(path)),
            };
            (some().map(one).collect(), some().filter(|path| files.contains_key(*path)).count())
        };
        let more = match (files.len() - here, matter.len().saturating_sub(MOST)) {
            (0, _) => String::new(),
            (more, 0) => format!(", and {more} more"),
            (more, 1) => format!(", and {more} more (1 other file differs)"),
            (more, differ) => format!(", and {more} more ({differ} other files differ)"),
        };
        listed.join(", ") + &more
    }

    /// The changes of an edit that are told, those first that the breach is about, and how many there are besides.
    pub(super) fn told<'a, F>(&self, changes: &'a [Change<F>]) -> (Vec<&'a Change<F>>, usize) {
        let matters = |change: &&Change<F>| match change {
            Change::Write { path, .. } | Change::Delete { path } => self.about.files.contains(path),
            Change::Rename { from, to } => {
                self.about.files.contains(from) || self.about.files.contains(to)
            }
        };
        let (mut told, others): (Vec<_>, Vec<_>) = changes.iter().partition(matters);
        told.extend(others);
        told.truncate(MOST);
        let more = changes.len() - told.len();
        (told, more)
    }
}

/// The contents of which one was expected.
fn contents(value: &Value) -> &[Content] {
    match value {
        Value::Files(files) => std::slice::from_ref(files),
        Value::OneOf(contents) => contents,
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
        | Value::Says(_) => &[],
    }
}

/// The files that were seen, where files were.
fn content(seen: &Value) -> Option<&Content> {
    contents(seen).first()
}

/// The contents of which one was expected, each once, and what comes nearest to what was seen first. What was seen is
/// none of them: the same files may be those of another version, which the rest of the story excludes.
fn wanted<'a>(expected: &'a Value, seen: &Value) -> Vec<&'a Content> {
    let now = content(seen);
    let mut wanted: Vec<&Content> = Vec::new();
    for one in contents(expected) {
        if Some(one) != now && !wanted.contains(&one) {
            wanted.push(one);
        }
    }
    wanted.sort_by_key(|one| differing(one, now).len());
    wanted
}

/// The files that are not the same in both: missing in one of them, or with other bytes.
fn differing(one: &Content, other: Option<&Content>) -> BTreeSet<FilePath> {
    let Some(other) = other else { return BTreeSet::new() };
    let paths = one.keys().chain(other.keys());
    paths.filter(|path| one.get(*path) != other.get(*path)).cloned().collect()
}
