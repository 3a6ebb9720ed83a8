//! The folder that a campaign works in, reached by descriptor and never by name: whatever an adapter makes of it,
//! nothing outside is touched when it is emptied, and what is in it goes.

use super::record::now;
use crate::platform::{Interrupted, interrupted, is_mounted, unlock};
use cap_fs_ext::{DirExt as _, MetadataExt as _};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, DirEntry};
use pkgsource_model::words::visible;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, Instant};

/// How long emptying a folder may take: somebody may be filling it.
const PATIENCE: Duration = Duration::from_mins(1);

/// How long it may take once a signal has asked for the end.
const HURRY: Duration = Duration::from_secs(5);

/// A plan's own folder: the name by which an adapter is told of it, and the descriptor by which the suite reaches it. Who
/// exchanges what stands at the name leads nobody but himself.
#[derive(Debug)]
pub(crate) struct PlanFolder {
    pub(super) path: PathBuf,
    pub(super) dir: Dir,
}

impl PlanFolder {
    /// A folder that somebody else made; a link is none.
    pub(super) fn at(path: &Path) -> io::Result<Self> {
        let path = path.canonicalize()?;
        let dir = match (path.parent(), path.file_name()) {
            (Some(parent), Some(name)) => Dir::open_ambient_dir(parent, ambient_authority())?
                .open_dir_nofollow(Path::new(name))?,
            _ => Dir::open_ambient_dir(&path, ambient_authority())?,
        };
        Ok(Self { path, dir })
    }

    /// Its name.
    #[cfg(feature = "cli")]
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The folder of this name where it is in this one, by descriptor; none where it is elsewhere.
    pub(super) fn inner(&self, folder: &Path) -> Option<io::Result<Dir>> {
        let below = |path: &Path| path.strip_prefix(&self.path).ok().map(Path::to_owned);
        let is_plain =
            |path: &PathBuf| path.components().all(|part| matches!(part, Component::Normal(_)));
        // Its own spelling, or one that leads into it: through a link, say.
        let inner =
            below(folder).filter(is_plain).or_else(|| below(&folder.canonicalize().ok()?))?;
        let mut dir = self.dir.try_clone();
        for part in inner.components() {
            dir = dir.and_then(|dir| dir.open_dir_nofollow(Path::new(part.as_os_str())));
        }
        Some(dir)
    }
}

/// A folder for one campaign, with one folder for each plan. Dropping it removes it.
#[derive(Debug)]
pub(crate) struct Scratch {
    parent: Dir,
    name: String,
    path: PathBuf,
    top: Dir,
}

impl Scratch {
    /// Makes a folder in the one for temporary files.
    pub(crate) fn new() -> io::Result<Self> {
        let path = tempfile::Builder::new().prefix("pkgsource-").tempdir()?.keep();
        // An adapter is told the path, and compares it with others: one spelling, without links.
        let path = path.canonicalize()?;
        let no_name = || io::Error::new(ErrorKind::InvalidInput, "its name is not UTF-8");
        let name = path.file_name().and_then(|name| name.to_str()).ok_or_else(no_name)?.to_owned();
        let parent = path.parent().ok_or_else(no_name)?;
        let parent = Dir::open_ambient_dir(parent, ambient_authority())?;
        let top = parent.open_dir_nofollow(&name)?;
        Ok(Self { parent, name, path, top })
    }

    /// Makes an empty folder for a plan, where what stands at our name is still ours: the adapter goes by the name.
    pub(crate) fn make(&self, name: &str) -> io::Result<PlanFolder> {
        self.top.create_dir(name)?;
        let dir = self.top.open_dir_nofollow(name)?;
        if !self.is_at_its_name()? {
            return Err(io::Error::other("something else stands at its name"));
        }
        Ok(PlanFolder { path: self.path.join(name), dir })
    }

    /// True where our name leads to the folder that we hold, and through no link.
    fn is_at_its_name(&self) -> io::Result<bool> {
        let found = self.parent.symlink_metadata(&self.name)?;
        let own = self.top.dir_metadata()?;
        Ok(found.is_dir() && (found.dev(), found.ino()) == (own.dev(), own.ino()))
    }

    /// Empties the folder that we hold, whatever it is called by now, and removes it where it is still beside its name.
    fn remove_moved(&self) -> io::Result<()> {
        let own = self.top.dir_metadata()?;
        empty(self.top.try_clone()?, false)?;
        for entry in self.parent.entries()? {
            let entry = entry?;
            let found = entry.metadata()?;
            if found.is_dir() && (found.dev(), found.ino()) == (own.dev(), own.ino()) {
                return self.parent.remove_dir(entry.file_name());
            }
        }
        Ok(())
    }

    /// Removes a plan's folder and everything in it. False where it was gone already.
    pub(super) fn remove(&self, name: &str) -> io::Result<bool> {
        remove(&self.top, name)
    }

    /// [`remove`](Self::remove), and no longer than a moment once a signal has come: somebody may be filling the folder.
    pub(super) fn remove_in_time(&self, name: &str) -> io::Result<bool> {
        remove_within(&self.top, name, true)
    }

    /// Removes what can be removed, and makes a new folder: somebody took this one away, or locked it.
    pub(super) fn renew(&mut self) -> io::Result<()> {
        *self = Self::new()?;
        Ok(())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if !self.is_at_its_name().unwrap_or(false) {
            self.remove_moved().ok();
        }
        remove(&self.parent, &self.name).ok();
    }
}

/// Removes a file, or a folder with everything in it, following no link. False where there was nothing.
///
/// A folder of any depth costs two descriptors: the folders in a folder are moved to the top before it is removed.
pub(super) fn remove(parent: &Dir, name: &str) -> io::Result<bool> {
    remove_within(parent, name, false)
}

fn remove_within(parent: &Dir, name: &str, hurries: bool) -> io::Result<bool> {
    match parent.symlink_metadata(name) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
        Ok(metadata) if !metadata.is_dir() => {
            return parent.remove_file_or_symlink(name).map(|()| true);
        }
        Ok(_) => {}
    }
    empty(enter(parent, Path::new(name))?, hurries)?;
    parent.remove_dir(name).map(|()| true)
}

/// Removes everything in a folder.
fn empty(top: Dir, hurries: bool) -> io::Result<()> {
    let since = now();
    let mut flat = Flat { top, fresh: 0, hurries, since, until: since + PATIENCE };
    while flat.pass()? {}
    Ok(())
}

/// A folder that is being emptied.
struct Flat {
    top: Dir,
    fresh: u64,
    hurries: bool,
    since: Instant,
    until: Instant,
}

impl Flat {
    /// Removes every file, and every folder of which the folders in it have come to the top. False when nothing is left.
    fn pass(&mut self) -> io::Result<bool> {
        let mut found = false;
        for entry in self.top.entries()? {
            found = true;
            self.in_time()?;
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                self.flatten(&entry)?;
            } else {
                forgiving(self.top.remove_file_or_symlink(entry.file_name()))?;
            }
        }
        Ok(found)
    }

    fn in_time(&self) -> io::Result<()> {
        let is_late = |signal: Interrupted| now() > self.since.max(signal.at) + HURRY;
        let why = if now() > self.until {
            "it was not empty after a minute; somebody is filling it"
        } else if self.hurries && interrupted().is_some_and(is_late) {
            "it was not empty five seconds after the signal; somebody is filling it"
        } else {
            return Ok(());
        };
        Err(io::Error::new(ErrorKind::TimedOut, why))
    }

    fn flatten(&mut self, entry: &DirEntry) -> io::Result<()> {
        let name = entry.file_name();
        let folder = enter(&self.top, Path::new(&name))?;
        for entry in folder.entries()? {
            let entry = entry?;
            let inner = entry.file_name();
            if entry.file_type()?.is_dir() {
                // A folder that may not be written cannot be moved, for it names its parent.
                unlock_own(&folder, Path::new(&inner))?;
                self.lift(&folder, Path::new(&inner))?;
            } else {
                forgiving(folder.remove_file_or_symlink(&inner))?;
            }
        }
        match self.top.remove_dir(&name) {
            // Something came while it was emptied: the next pass sees it.
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => Ok(()),
            removed => forgiving(removed),
        }
    }

    /// Moves a folder to the top, under a name that is free.
    fn lift(&mut self, folder: &Dir, name: &Path) -> io::Result<()> {
        loop {
            self.fresh += 1;
            match folder.rename(name, &self.top, format!(".{}", self.fresh)) {
                Err(error)
                    if matches!(
                        error.kind(),
                        ErrorKind::DirectoryNotEmpty
                            | ErrorKind::AlreadyExists
                            | ErrorKind::NotADirectory
                    ) => {}
                moved => return forgiving(moved),
            }
        }
    }
}

/// Opens a folder, not a link to one, and takes the right to write it where it is missing.
fn enter(parent: &Dir, name: &Path) -> io::Result<Dir> {
    unlock_own(parent, name)?;
    parent.open_dir_nofollow(name)
}

/// Takes the right to write a folder, where it can be taken.
///
/// # Errors
/// Something is mounted there: what is in it is not ours to remove.
fn unlock_own(parent: &Dir, name: &Path) -> io::Result<()> {
    if is_mounted(parent, name).unwrap_or(false) {
        let name = visible(&name.to_string_lossy()).into_owned();
        let why = format!(
            "another file system is mounted at `{name}`, and what is in it is not ours; unmount it first"
        );
        return Err(io::Error::new(ErrorKind::ResourceBusy, why));
    }
    // Where it cannot be taken, opening or moving the folder says so.
    unlock(parent, name).ok();
    Ok(())
}

/// What is gone already is removed.
fn forgiving(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use tempfile::TempDir;

    fn scene() -> (TempDir, Dir) {
        let folder = TempDir::new().unwrap();
        let dir = Dir::open_ambient_dir(folder.path(), ambient_authority()).unwrap();
        (folder, dir)
    }

    #[test]
    fn a_link_is_removed_and_what_it_points_to_stays() {
        let (folder, dir) = scene();
        fs::create_dir_all(folder.path().join("mine/sub")).unwrap();
        fs::write(folder.path().join("mine/sub/f"), "precious").unwrap();
        fs::create_dir(folder.path().join("scratch")).unwrap();
        for name in ["scratch/link", "alone"] {
            std::os::unix::fs::symlink(folder.path().join("mine"), folder.path().join(name))
                .unwrap();
        }
        assert!(remove(&dir, "scratch").unwrap());
        assert!(remove(&dir, "alone").unwrap());
        assert!(!remove(&dir, "alone").unwrap());
        assert_eq!(fs::read_to_string(folder.path().join("mine/sub/f")).unwrap(), "precious");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_was_moved_is_noticed_and_gone_with_what_stands_in_its_place() {
        let (folder, _) = scene();
        let mine = folder.path().join("mine");
        fs::create_dir(&mine).unwrap();
        let scratch = Scratch::new().unwrap();
        let moved = scratch.path.with_extension("moved");
        fs::write(scratch.make("plan-1").unwrap().path.join("f"), "left").unwrap();
        fs::rename(&scratch.path, &moved).unwrap();
        std::os::unix::fs::symlink(&mine, &scratch.path).unwrap();
        let refused = scratch.make("plan-2").unwrap_err();
        assert_eq!(refused.to_string(), "something else stands at its name");
        let path = scratch.path.clone();
        drop(scratch);
        assert!(!moved.exists() && path.symlink_metadata().is_err());
        assert_eq!(fs::read_dir(&mine).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_in_a_plan_s_own_is_reached_by_descriptor_and_not_by_its_name() {
        let (folder, _) = scene();
        let path = folder.path().canonicalize().unwrap();
        fs::create_dir_all(path.join("plan/sources")).unwrap();
        fs::create_dir_all(path.join("mine/sources/S1")).unwrap();
        let plan = PlanFolder::at(&path.join("plan")).unwrap();
        fs::rename(path.join("plan"), path.join("elsewhere")).unwrap();
        std::os::unix::fs::symlink(path.join("mine"), path.join("plan")).unwrap();
        let sources = plan.inner(&path.join("plan/sources")).unwrap().unwrap();
        sources.write("f", "one").unwrap();
        assert!(path.join("elsewhere/sources/f").exists() && !path.join("mine/sources/f").exists());
        assert!(plan.inner(&path.join("plan/sources/S1")).unwrap().is_err());
        assert!(plan.inner(&path.join("mine")).is_none());
    }

    #[cfg(all(target_os = "linux", feature = "process"))]
    #[test]
    fn what_is_mounted_is_not_entered_and_keeps_its_rights() {
        let top = Dir::open_ambient_dir("/", ambient_authority()).unwrap();
        let refused = enter(&top, Path::new("proc")).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ResourceBusy);
        let says = "another file system is mounted at `proc`, and what is in it is not ours; unmount it first";
        assert_eq!(refused.to_string(), says);
    }

    #[test]
    fn a_folder_of_any_depth_is_removed() {
        let (folder, dir) = scene();
        dir.create_dir("deep").unwrap();
        let mut inner = dir.open_dir("deep").unwrap();
        for _ in 0..3000 {
            inner.create_dir("x").unwrap();
            inner.write("f", "one").unwrap();
            inner = inner.open_dir("x").unwrap();
        }
        assert!(remove(&dir, "deep").unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_without_rights_is_removed() {
        use std::os::unix::fs::PermissionsExt as _;
        let (folder, dir) = scene();
        fs::create_dir_all(folder.path().join("locked/in/ner")).unwrap();
        for name in ["locked/in/ner", "locked/in", "locked"] {
            fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(0o000))
                .unwrap();
        }
        assert!(remove(&dir, "locked").unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
