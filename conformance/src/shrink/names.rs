//! Shorter file names: plain ones where the name does not matter, and the shortest part of it that does.

use super::Shrinking;
use crate::plan::{Plan, Step};
use pkgsource_model::operation::{Change, Operation};
use pkgsource_model::words::FilePath;
use std::collections::{BTreeMap, BTreeSet};

impl<M: FnMut() -> bool, F: FnMut(&Plan) -> bool> Shrinking<M, F> {
    /// A plain name in place of each.
    pub(super) fn plain_names(&mut self) -> bool {
        let paths = paths(&self.best);
        let plain = plain_ones(&paths);
        let all: BTreeMap<FilePath, FilePath> = paths.into_iter().zip(plain).collect();
        self.try_with(|plan| rename(plan, &all))
    }

    /// All names at once first, then each.
    pub(super) fn shorter_names(&mut self) {
        if self.plain_names() {
            return;
        }
        let paths = paths(&self.best);
        let plain = plain_ones(&paths);
        for path in paths {
            if plain.contains(&path) {
                continue;
            }
            let used = self::paths(&self.best);
            let free = plain.iter().find(|plain| !used.contains(plain)).cloned();
            let is_plain = free.is_some_and(|free| self.rename_to(&path, free));
            if !is_plain {
                self.shortest_name(path);
            }
        }
    }

    fn rename_to(&mut self, from: &FilePath, to: FilePath) -> bool {
        let used = paths(&self.best);
        let collides =
            used.iter().any(|other| other == &to || other.is_below(&to) || to.is_below(other));
        !collides && self.try_with(|plan| rename(plan, &BTreeMap::from([(from.clone(), to)])))
    }

    /// Fewer folders, then fewer letters: the first half, or what is left without the last letters.
    fn shortest_name(&mut self, path: FilePath) {
        let mut path = path;
        while let Some(shorter) = shorter(&path).into_iter().find(|to| {
            let from = path.clone();
            self.rename_to(&from, to.clone())
        }) {
            path = shorter;
        }
    }
}

/// As many plain names as there are paths.
fn plain_ones(paths: &[FilePath]) -> Vec<FilePath> {
    (1..=paths.len()).filter_map(plain).collect()
}

/// The `nth` plain name.
fn plain(nth: usize) -> Option<FilePath> {
    let letter = char::from(b'a' + u8::try_from((nth - 1) % 26).ok()?);
    let number = (nth - 1) / 26;
    let text = if number == 0 { format!("{letter}.txt") } else { format!("{letter}{number}.txt") };
    FilePath::new(&text).ok()
}

/// Shorter paths, the shortest first.
fn shorter(path: &FilePath) -> Vec<FilePath> {
    let text = path.as_str();
    let parts: Vec<&str> = text.split('/').collect();
    let mut list = Vec::new();
    if parts.len() > 1 {
        list.push(parts[parts.len() - 1].to_owned());
        list.push(parts[1..].join("/"));
        list.push(parts[..parts.len() - 1].join("/"));
    }
    let letters: Vec<char> = text.chars().collect();
    for keep in [letters.len() / 2, letters.len() * 7 / 8, letters.len().saturating_sub(1)] {
        // A name of a letter or two is short enough.
        if keep >= 2 {
            list.push(letters[..keep].iter().collect());
        }
    }
    list.iter().filter_map(|text| FilePath::new(text).ok()).filter(|other| other != path).collect()
}

/// The paths that edits name, in order, each once.
fn paths(plan: &Plan) -> Vec<FilePath> {
    let mut seen = BTreeSet::new();
    let mut list = Vec::new();
    let edits = plan.steps.iter().filter_map(|step| match step {
        Step::Do(Operation::Edit { changes, .. }) => Some(changes),
        Step::Do(_) | Step::Settle {} | Step::Look {} => None,
    });
    for change in edits.flatten() {
        let named = match change {
            Change::Write { path, .. } | Change::Delete { path } => vec![path],
            Change::Rename { from, to } => vec![from, to],
        };
        list.extend(named.into_iter().filter(|path| seen.insert((*path).clone())).cloned());
    }
    list
}

fn rename(plan: &mut Plan, by: &BTreeMap<FilePath, FilePath>) {
    let swap = |path: &mut FilePath| {
        if let Some(to) = by.get(path) {
            *path = to.clone();
        }
    };
    for step in &mut plan.steps {
        let Step::Do(Operation::Edit { changes, .. }) = step else { continue };
        for change in changes {
            match change {
                Change::Write { path, .. } | Change::Delete { path } => swap(path),
                Change::Rename { from, to } => {
                    swap(from);
                    swap(to);
                }
            }
        }
    }
}
