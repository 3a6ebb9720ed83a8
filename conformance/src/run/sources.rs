//! Source folders, written by the suite as an administrator writes to `PkgSourcePath`: real files with chosen
//! modification times, so that equal plans leave equal folders however fast the machine is.

use crate::adapter::body::body_bytes;
use filetime::FileTime;
use pkgsource_model::operation::{Change, FaultKind, Operation};
use pkgsource_model::words::{Body, FilePath};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder below which a plan's sources live.
#[derive(Debug)]
pub(super) struct Sources {
    root: PathBuf,
    /// Seconds since 1970 that the next written file gets; whole seconds, because some tools compare no finer.
    next_time: i64,
}

impl Sources {
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root, next_time: 1_600_000_000 }
    }

    /// True where the suite performs this operation itself.
    pub(super) fn performs(operation: &Operation<Body>) -> bool {
        match operation {
            Operation::Edit { .. } => true,
            Operation::Fault { kind, .. } | Operation::Heal { kind, .. } => {
                *kind == FaultKind::SourceAbsent
            }
            _ => false,
        }
    }

    pub(super) fn perform(&mut self, operation: &Operation<Body>) -> io::Result<()> {
        match operation {
            Operation::Edit { source, changes } => {
                let folder = self.folder(source.as_str())?;
                changes.iter().try_for_each(|change| self.change(&folder, change))
            }
            Operation::Fault { target, .. } => {
                let folder = self.folder(target)?;
                fs::rename(folder, self.lost(target))
            }
            Operation::Heal { target, .. } => {
                match fs::rename(self.lost(target), self.root.join(target)) {
                    // Healing what was never lost changes nothing.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                    result => result,
                }
            }
            _ => Ok(()),
        }
    }

    /// Makes the folder that an operation is about to name, as an administrator would have.
    pub(super) fn prepare(&self, operation: &Operation<Body>) -> io::Result<()> {
        let name = match operation {
            Operation::Create { source, .. } => source.as_ref(),
            Operation::Put { properties, .. } => properties.source.as_ref(),
            _ => None,
        };
        match name {
            Some(name) if !self.lost(name.as_str()).exists() => {
                self.folder(name.as_str()).map(drop)
            }
            _ => Ok(()),
        }
    }

    fn folder(&self, name: &str) -> io::Result<PathBuf> {
        let lost = self.lost(name);
        let folder = if lost.exists() { lost } else { self.root.join(name) };
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// Where an absent source waits: beside the folder of sources, so that no implementation meets it by chance.
    fn lost(&self, name: &str) -> PathBuf {
        let mut lost = self.root.clone().into_os_string();
        lost.push(format!(".lost-{name}"));
        lost.into()
    }

    fn change(&mut self, folder: &Path, change: &Change<Body>) -> io::Result<()> {
        let at = |path: &FilePath| folder.join(path.as_str());
        match change {
            Change::Write { path, file, keep_time } => {
                let file_path = at(path);
                let before = fs::metadata(&file_path)
                    .ok()
                    .map(|data| FileTime::from_last_modification_time(&data));
                if let Some(parent) = file_path.parent() {
                    fs::create_dir_all(parent)?;
                }
                remove_empty_folders(&file_path)?;
                fs::write(&file_path, body_bytes(file))?;
                let time = before.filter(|_| *keep_time).unwrap_or_else(|| self.later());
                filetime::set_file_mtime(&file_path, time)
            }
            Change::Delete { path } => ignore_missing(fs::remove_file(at(path))),
            Change::Rename { from, to } => {
                if let Some(parent) = at(to).parent() {
                    fs::create_dir_all(parent)?;
                }
                remove_empty_folders(&at(to))?;
                ignore_missing(fs::rename(at(from), at(to)))
            }
        }
    }

    fn later(&mut self) -> FileTime {
        self.next_time += 2;
        FileTime::from_unix_time(self.next_time, 0)
    }
}

/// Makes room for a file where folders stand that no file is in any more. Folders are not content.
fn remove_empty_folders(path: &Path) -> io::Result<()> {
    if !path.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        remove_empty_folders(&entry?.path())?;
    }
    fs::remove_dir(path)
}

/// A plan may delete what an earlier shrunk step no longer wrote.
fn ignore_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}
