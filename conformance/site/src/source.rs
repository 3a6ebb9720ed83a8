//! The snapshot: everything that the source folder holds, copied into the owner's library.
//!
//! Content decides and nothing else does: sizes and modification times are never looked at. A snapshot is of one
//! instant per file, not of one instant for the folder. Symbolic links and special files are refused, because whoever
//! follows them reads what nobody put into the source. Empty folders are not content.
//!
//! Everything below the source is reached by descriptor, one name at a time, and what was opened is looked at before it is
//! read: a file that is exchanged between the walk and the copy for a link or a pipe is refused like any other.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use cap_fs_ext::{DirExt as _, FollowSymlinks, OpenOptionsFollowExt as _, OpenOptionsSyncExt as _};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, DirEntry, File, OpenOptions};

use crate::digest::Pump;
use crate::error::SiteError;
use crate::library::{Library, StoreError};
use crate::return_value;
use crate::status::ContentFile;

/// Why there is no snapshot.
#[derive(Debug)]
pub(crate) enum SnapshotError {
    /// The source cannot be taken: the value that a refresh returns, and the reason for people.
    Source { value: i32, reason: String },
    /// The library could not keep it.
    Library(SiteError),
}

/// Copies every file below `source` into `library`.
///
/// After an error, files that no manifest names may be left in the library.
pub(crate) fn snapshot(
    source: &Path,
    library: &Library,
    pump: &mut Pump,
) -> Result<Vec<ContentFile>, SnapshotError> {
    let source = Source { path: source, root: open_root(source)? };
    let files = source.walk()?;
    let mut folder: (String, Dir) = (String::new(), source.folder("")?);
    let mut kept = Vec::with_capacity(files.len());
    for path in files {
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", &path));
        if folder.0 != parent {
            folder = (parent.to_owned(), source.folder(parent)?);
        }
        let file = source.open(&folder.1, name, &path)?;
        let sum = library.store(pump, file).map_err(|error| match error {
            StoreError::Stream(error) => unreadable(&source.place(&path), &error),
            StoreError::Library(error) => SnapshotError::Library(error),
        })?;
        kept.push(ContentFile { path, size: sum.size, sha256: sum.sha256 });
    }
    Ok(kept)
}

/// The path itself may be a link: whoever set it chose where it leads.
fn open_root(source: &Path) -> Result<Dir, SnapshotError> {
    Dir::open_ambient_dir(source, ambient_authority()).map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            let reason = "the source folder does not exist; restore it";
            refusal(return_value::PATH_NOT_FOUND, source, reason)
        }
        ErrorKind::NotADirectory => {
            refusal(return_value::NOT_A_DIRECTORY, source, "it is not a folder; name one")
        }
        _ => unreadable(source, &error),
    })
}

/// An open source folder.
struct Source<'a> {
    path: &'a Path,
    root: Dir,
}

impl Source<'_> {
    /// The path of every file, with `/` and sorted, before any is copied: a source that is refused costs no copying.
    fn walk(&self) -> Result<Vec<String>, SnapshotError> {
        let mut files = Vec::new();
        let mut folders = vec![String::new()];
        while let Some(path) = folders.pop() {
            let place = self.place(&path);
            let folder = self.folder(&path)?;
            for entry in folder.entries().map_err(|error| unreadable(&place, &error))? {
                let entry = entry.map_err(|error| unreadable(&place, &error))?;
                let path = self.name(&entry, &path)?;
                let kind = entry.file_type();
                let kind = kind.map_err(|error| unreadable(&self.place(&path), &error))?;
                if kind.is_dir() {
                    folders.push(path);
                } else if kind.is_file() {
                    files.push(path);
                } else if kind.is_symlink() {
                    return Err(self.link(&path));
                } else {
                    return Err(self.special(&path));
                }
            }
        }
        files.sort();
        Ok(files)
    }

    fn name(&self, entry: &DirEntry, folder: &str) -> Result<String, SnapshotError> {
        let name = entry.file_name();
        match name.to_str() {
            Some(name) if folder.is_empty() => Ok(name.to_owned()),
            Some(name) => Ok(format!("{folder}/{name}")),
            None => {
                let place = self.place(folder).join(&name);
                let reason = "its name is not UTF-8; rename it";
                Err(refusal(return_value::NAME_NOT_UNICODE, &place, reason))
            }
        }
    }

    /// Opens a folder below the source, one name at a time and through no link.
    fn folder(&self, path: &str) -> Result<Dir, SnapshotError> {
        let unreadable = |error: io::Error| unreadable(&self.place(path), &error);
        let mut folder = self.root.try_clone().map_err(unreadable)?;
        for name in path.split('/').filter(|name| !name.is_empty()) {
            folder = folder.open_dir_nofollow(name).map_err(unreadable)?;
        }
        Ok(folder)
    }

    /// Opens a file without following a link and without waiting for whoever writes a pipe.
    fn open(&self, folder: &Dir, name: &str, path: &str) -> Result<File, SnapshotError> {
        let mut options = OpenOptions::new();
        options.read(true).follow(FollowSymlinks::No).nonblock(true);
        let unreadable = |error: io::Error| unreadable(&self.place(path), &error);
        let file = match folder.open_with(name, &options) {
            Ok(file) => file,
            Err(error) => {
                let kind = folder.symlink_metadata(name).map(|metadata| metadata.file_type());
                return Err(match kind {
                    Ok(kind) if kind.is_symlink() => self.link(path),
                    Ok(kind) if !kind.is_file() && !kind.is_dir() => self.special(path),
                    _ => unreadable(error),
                });
            }
        };
        let kind = file.metadata().map_err(unreadable)?.file_type();
        if kind.is_file() || kind.is_dir() { Ok(file) } else { Err(self.special(path)) }
    }

    fn place(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.path.to_owned() } else { self.path.join(path) }
    }

    fn link(&self, path: &str) -> SnapshotError {
        let reason = "it is a symbolic link; put the file itself there";
        refusal(return_value::SYMBOLIC_LINK, &self.place(path), reason)
    }

    fn special(&self, path: &str) -> SnapshotError {
        let reason = "it is neither a file nor a folder; take it away";
        refusal(return_value::SPECIAL_FILE, &self.place(path), reason)
    }
}

fn unreadable(path: &Path, error: &io::Error) -> SnapshotError {
    let value = match error.kind() {
        ErrorKind::NotFound => return_value::FILE_NOT_FOUND,
        ErrorKind::PermissionDenied => return_value::ACCESS_DENIED,
        _ => return_value::READ_FAULT,
    };
    let reason = format!("`{}` cannot be read: {error}; make it readable", path.display());
    SnapshotError::Source { value, reason }
}

fn refusal(value: i32, path: &Path, reason: &str) -> SnapshotError {
    SnapshotError::Source { value, reason: format!("`{}`: {reason}", path.display()) }
}
