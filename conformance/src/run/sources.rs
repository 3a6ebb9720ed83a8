//! Source folders, written by the suite as an administrator writes to `PkgSourcePath`: real files with chosen
//! modification times, so that equal plans leave equal folders however fast the machine is.
//!
//! Every folder is held by its descriptor and no link is followed, so that neither a plan nor an adapter leads the suite
//! anywhere else. A folder outside the plan's own is taken only while it is empty, and is left as empty as it was.

mod untouched;

use super::scratch::{PlanFolder, remove};
use crate::adapter::FaultCause;
use crate::adapter::body::body_bytes;
use cap_fs_ext::{DirExt as _, FollowSymlinks, OpenOptionsFollowExt as _, OpenOptionsSyncExt as _};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, OpenOptions};
use pkgsource_model::operation::{Change, FaultKind, Operation};
use pkgsource_model::words::{Body, FilePath};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The folder below which a plan's sources live.
#[derive(Debug)]
pub(super) struct Sources {
    root: Dir,
    /// The name by which the adapter knows the folder.
    path: PathBuf,
    /// What was made in a folder that is not the plan's own, and has to go again.
    made: Option<BTreeSet<String>>,
    /// Every file as it was left, by its source and its path.
    left: BTreeMap<(String, FilePath), Left>,
    /// Every folder in a source that a file was put into, by its source and its path; one that is empty now may stay.
    folders: BTreeSet<(String, String)>,
    /// The sources that were begun. Until then there is nothing in one.
    begun: BTreeSet<String>,
    /// Seconds since 1970 that the next written file gets; whole seconds, because some tools compare no finer.
    next_time: u64,
}

/// What a file looked like when the suite had written it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Left {
    size: u64,
    modified: SystemTime,
}

impl Sources {
    /// Takes the folder that an adapter named: one in the plan's own by the descriptor of that, one elsewhere only while it is
    /// empty.
    pub(super) fn enter(folder: &Path, scratch: Option<&PlanFolder>) -> Result<Self, FaultCause> {
        let shown = folder.display();
        let bad = |why: String| FaultCause::BadAnswer(format!("the `sources` of `open` {why}"));
        if !folder.is_absolute() {
            return Err(bad(format!("is not an absolute path: `{shown}`")));
        }
        let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
            return Err(bad(format!("has no name of its own: `{shown}`; make a folder for it")));
        };
        let own = scratch.and_then(|scratch| scratch.inner(folder));
        let is_own = own.is_some();
        let elsewhere = || {
            Dir::open_ambient_dir(parent, ambient_authority())
                .and_then(|parent| parent.open_dir_nofollow(Path::new(name)))
        };
        let root = own.unwrap_or_else(elsewhere).map_err(|error| {
            bad(format!("is not a folder that can be used: `{shown}`: {error}"))
        })?;
        let is_empty = root.entries().is_ok_and(|mut entries| entries.next().is_none());
        if !is_own && !is_empty {
            let mend = "empty it before you answer, or make it in the scratch folder";
            return Err(bad(format!(
                "is outside the scratch folder and not empty: `{shown}`; {mend}"
            )));
        }
        let made = (!is_own).then(BTreeSet::new);
        Ok(Self {
            root,
            path: folder.to_owned(),
            made,
            left: BTreeMap::new(),
            folders: BTreeSet::new(),
            begun: BTreeSet::new(),
            next_time: 1_600_000_000,
        })
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

    pub(super) fn perform(&mut self, operation: &Operation<Body>) -> Result<(), FaultCause> {
        match operation {
            Operation::Edit { source, changes } => {
                let name = source.as_str();
                let folder = self.folder(name).map_err(|error| trouble(name, "", &error))?;
                changes.iter().try_for_each(|change| self.change(&folder, name, change))
            }
            Operation::Fault { target, .. } => {
                self.lose(target.as_str()).map_err(|error| trouble(target.as_str(), "", &error))
            }
            Operation::Heal { target, .. } => {
                self.restore(target.as_str()).map_err(|error| trouble(target.as_str(), "", &error))
            }
            _ => Ok(()),
        }
    }

    /// Makes the folder that an operation is about to name, as an administrator would have.
    pub(super) fn prepare(&mut self, operation: &Operation<Body>) -> Result<(), FaultCause> {
        let name = match operation {
            Operation::Create { source, .. } => source.as_ref(),
            Operation::Put { properties, .. } => properties.source.as_ref(),
            _ => None,
        };
        match name {
            Some(name) if !self.is_lost(name.as_str()) => {
                let name = name.as_str();
                self.folder(name).map(drop).map_err(|error| trouble(name, "", &error))
            }
            _ => Ok(()),
        }
    }

    /// Removes what was made in a folder that others go on using.
    pub(super) fn clear(&mut self) -> Result<(), FaultCause> {
        let Some(made) = &mut self.made else { return Ok(()) };
        while let Some(name) = made.pop_first() {
            remove(&self.root, &name).map_err(|error| trouble(&name, "", &error))?;
        }
        Ok(())
    }

    fn lose(&mut self, name: &str) -> io::Result<()> {
        if self.is_lost(name) {
            return Ok(());
        }
        self.folder(name)?;
        self.note(&lost(name));
        self.root.rename(name, &self.root, lost(name))
    }

    fn restore(&mut self, name: &str) -> io::Result<()> {
        match self.root.rename(lost(name), &self.root, name) {
            // Healing what was never lost changes nothing.
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            result => result,
        }
    }

    fn is_lost(&self, name: &str) -> bool {
        self.root.symlink_metadata(lost(name)).is_ok()
    }

    /// The name at which a source is now.
    fn place(&self, source: &str) -> String {
        if self.is_lost(source) { lost(source) } else { source.to_owned() }
    }

    fn note(&mut self, name: &str) {
        if let Some(made) = &mut self.made {
            made.insert(name.to_owned());
        }
    }

    /// A source's folder, made where it is missing, wherever it is now.
    fn folder(&mut self, name: &str) -> io::Result<Dir> {
        let place = self.place(name);
        self.note(&place);
        let folder = enter_or_make(&self.root, &place)?;
        if self.begun.insert(name.to_owned())
            && let Some(found) = folder.entries()?.next()
        {
            let found = found?.file_name();
            let found = found.display();
            return Err(io::Error::other(format!("before it was begun it held `{found}`")));
        }
        Ok(folder)
    }

    fn change(
        &mut self,
        folder: &Dir,
        source: &str,
        change: &Change<Body>,
    ) -> Result<(), FaultCause> {
        if let Change::Write { path, .. } | Change::Rename { to: path, .. } = change {
            self.folders.extend(path.folders().map(|name| (source.to_owned(), name.to_owned())));
        }
        let (path, done) = match change {
            Change::Write { path, file, keep_time } => {
                let written = self.write(folder, path, &body_bytes(file), *keep_time);
                let left =
                    written.map(|left| self.left.insert((source.to_owned(), path.clone()), left));
                (path, left.map(drop))
            }
            Change::Delete { path } => {
                self.left.remove(&(source.to_owned(), path.clone()));
                (path, delete(folder, path))
            }
            Change::Rename { from, to } => {
                if let Some(left) = self.left.remove(&(source.to_owned(), from.clone())) {
                    self.left.insert((source.to_owned(), to.clone()), left);
                }
                (from, rename(folder, from, to))
            }
        };
        done.map_err(|error| trouble(source, path.as_str(), &error))
    }

    /// Writes into the file that is there, as an administrator's tools do: a point that shares it with the source, by a
    /// link, shows the new bytes at once, and that has to come out.
    fn write(
        &mut self,
        folder: &Dir,
        path: &FilePath,
        bytes: &[u8],
        keep_time: bool,
    ) -> io::Result<Left> {
        let (folder, name) = parent(folder, path, true)?;
        remove_empty_folders(&folder, name)?;
        let (mut file, before) = match open(&folder, name, false) {
            Err(error) if error.kind() == ErrorKind::NotFound => (open(&folder, name, true)?, None),
            opened => {
                let file = opened?;
                let before = file.metadata()?.modified()?;
                (file, Some(before))
            }
        };
        file.set_len(0)?;
        file.write_all(bytes)?;
        let time = before
            .filter(|_| keep_time)
            .map_or_else(|| self.later(), cap_std::time::SystemTime::into_std);
        file.into_std().set_modified(time)?;
        Ok(Left { size: bytes.len() as u64, modified: time })
    }

    fn later(&mut self) -> SystemTime {
        self.next_time += 2;
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.next_time)
    }
}

impl Drop for Sources {
    fn drop(&mut self) {
        self.clear().ok();
    }
}

/// Where an absent source waits: under a name that no source has.
fn lost(name: &str) -> String {
    format!(".lost-{name}")
}

fn enter_or_make(folder: &Dir, name: &str) -> io::Result<Dir> {
    match folder.create_dir(name) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    folder.open_dir_nofollow(name)
}

/// The folder that a file is in, and the file's own name.
fn parent<'a>(folder: &Dir, path: &'a FilePath, make: bool) -> io::Result<(Dir, &'a str)> {
    let mut folder = folder.try_clone()?;
    let mut parts = path.as_str().split('/');
    let name = parts.next_back().unwrap_or_default();
    for part in parts {
        folder =
            if make { enter_or_make(&folder, part)? } else { folder.open_dir_nofollow(part)? };
    }
    Ok((folder, name))
}

/// Opens a file for writing, without waiting for whoever reads it, and refuses what is none.
fn open(folder: &Dir, name: &str, new: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(new).follow(FollowSymlinks::No).nonblock(true);
    let file = folder.open_with(name, &options)?;
    if file.metadata()?.is_file() {
        return Ok(file);
    }
    Err(io::Error::new(ErrorKind::InvalidInput, "it is no regular file any more"))
}

fn delete(folder: &Dir, path: &FilePath) -> io::Result<()> {
    let removed =
        parent(folder, path, false).and_then(|(folder, name)| folder.remove_file_or_symlink(name));
    ignore_missing(removed)
}

fn rename(folder: &Dir, from: &FilePath, to: &FilePath) -> io::Result<()> {
    let (old, name) = match parent(folder, from, false) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        found => found?,
    };
    if old.symlink_metadata(name).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
        return Ok(());
    }
    let (new, new_name) = parent(folder, to, true)?;
    remove_empty_folders(&new, new_name)?;
    old.rename(name, &new, new_name)
}

/// Makes room for a file where folders stand that no file is in any more. Folders are not content. What is no folder is
/// left as it is, and a link is not followed.
fn remove_empty_folders(folder: &Dir, name: &str) -> io::Result<()> {
    if !folder.symlink_metadata(name).is_ok_and(|found| found.is_dir()) {
        return Ok(());
    }
    let inner = folder.open_dir_nofollow(name)?;
    for entry in inner.entries()? {
        let name = entry?.file_name();
        remove_empty_folders(&inner, &name.to_string_lossy())?;
    }
    folder.remove_dir(name)
}

/// A plan may delete what an earlier shrunk step no longer wrote.
fn ignore_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// Whose fault it is that a source cannot be written: the disk's, or of whoever changed what the suite had left there.
fn trouble(source: &str, path: &str, error: &io::Error) -> FaultCause {
    let place = if path.is_empty() { source.to_owned() } else { format!("{source}/{path}") };
    if FaultCause::lies_with_the_machine(error) {
        return FaultCause::Surroundings(format!("the source `{place}` cannot be used: {error}"));
    }
    FaultCause::Meddled(format!("the source `{place}` is not as the suite left it: {error}"))
}
