//! What a plan that came from outside may not ask for: bytes without bound, and files where folders are. What should be
//! seen is not known here.

use super::{Plan, Step};
use crate::adapter::body::check_bodies;
use pkgsource_model::operation::{Change, Operation};
use pkgsource_model::words::{Body, FilePath, SourceName};
use std::collections::{BTreeMap, BTreeSet};

/// The most bytes that all the files of a plan have together.
const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// What a plan has written so far.
#[derive(Debug, Default)]
pub(super) struct Folders {
    bytes: u64,
    sources: BTreeMap<SourceName, Folder>,
}

/// One source: its files, and every folder that ever held one.
#[derive(Debug, Default)]
struct Folder {
    files: BTreeSet<FilePath>,
    folders: BTreeSet<String>,
}

impl Folders {
    /// Takes one more operation, or says why it cannot be done.
    pub(super) fn check(&mut self, operation: &Operation<Body>) -> Result<(), String> {
        operation.objection().map_or(Ok(()), Err)?;
        check_bodies(operation).map_err(|bad| bad.to_string())?;
        operation.map_files(|body| self.bytes = self.bytes.saturating_add(length(body)));
        if self.bytes > MOST_BYTES {
            return Err(format!("the files of a plan have at most {MOST_BYTES} bytes in all"));
        }
        let Operation::Edit { source, changes } = operation else { return Ok(()) };
        let folder = self.sources.entry(source.clone()).or_default();
        changes.iter().try_for_each(|change| folder.change(change))
    }
}

/// True for a plan of which a file can be read back.
pub(crate) fn can_be_read_back(plan: &Plan) -> bool {
    let mut folders = Folders::default();
    plan.steps.iter().all(|step| match step {
        Step::Do(operation) => folders.check(operation).is_ok(),
        Step::Settle {} | Step::Look {} => true,
    })
}

impl Folder {
    fn change(&mut self, change: &Change<Body>) -> Result<(), String> {
        match change {
            Change::Write { path, .. } => self.add(path),
            Change::Delete { path } => {
                self.is_no_folder(path)?;
                self.files.remove(path);
                Ok(())
            }
            Change::Rename { from, to } => {
                self.is_no_folder(from)?;
                self.make_room(to)?;
                if self.files.remove(from) { self.add(to) } else { self.make_parents(to) }
            }
        }
    }

    fn add(&mut self, path: &FilePath) -> Result<(), String> {
        self.make_room(path)?;
        self.make_parents(path)?;
        self.files.insert(path.clone());
        Ok(())
    }

    fn make_parents(&mut self, path: &FilePath) -> Result<(), String> {
        let text = path.as_str();
        for (end, _) in text.match_indices('/') {
            let parent = text.get(..end).unwrap_or_default();
            if FilePath::new(parent).is_ok_and(|parent| self.files.contains(&parent)) {
                return Err(format!("`{path}` would be below the file `{parent}`"));
            }
            self.folders.insert(parent.to_owned());
        }
        Ok(())
    }

    /// A folder that no file is in any more makes room for a file.
    fn make_room(&mut self, path: &FilePath) -> Result<(), String> {
        let below = format!("{path}/");
        if let Some(file) = self.files.iter().find(|file| file.as_str().starts_with(&below)) {
            return Err(format!(
                "`{path}` is a folder with `{file}` in it, and only files are changed"
            ));
        }
        self.folders.retain(|folder| folder != path.as_str() && !folder.starts_with(&below));
        Ok(())
    }

    fn is_no_folder(&self, path: &FilePath) -> Result<(), String> {
        if self.folders.contains(path.as_str()) {
            return Err(format!("`{path}` is a folder here, and only files are changed"));
        }
        Ok(())
    }
}

fn length(body: &Body) -> u64 {
    match body {
        Body::Text(text) | Body::Base64(text) => text.len() as u64,
        Body::Fill { size, .. } => *size,
    }
}
