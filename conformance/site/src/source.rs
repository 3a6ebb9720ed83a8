//! The snapshot: everything that the source folder holds, copied into the owner's library.
//!
//! Content decides and nothing else does: sizes and modification times are never looked at. A snapshot is of one
//! instant per file, not of one instant for the folder. Symbolic links and special files are refused, because whoever
//! follows them reads what nobody put into the source. Empty folders are not content.

use std::fs::{self, DirEntry, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

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

/// A file that the walk found.
struct Found {
    /// Below the source folder, with `/`.
    path: String,
    place: PathBuf,
}

/// Copies every file below `source` into `library`.
///
/// After an error, files that no manifest names may be left in the library.
pub(crate) fn snapshot(
    source: &Path,
    library: &Library,
    pump: &mut Pump,
) -> Result<Vec<ContentFile>, SnapshotError> {
    check_root(source)?;
    walk(source)?.into_iter().map(|found| keep(found, library, pump)).collect()
}

fn check_root(source: &Path) -> Result<(), SnapshotError> {
    match fs::metadata(source) {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => refuse(return_value::NOT_A_DIRECTORY, source, "it is not a folder; name one"),
        Err(error) if error.kind() == ErrorKind::NotFound => refuse(
            return_value::PATH_NOT_FOUND,
            source,
            "the source folder does not exist; restore it",
        ),
        Err(error) => Err(unreadable(source, &error)),
    }
}

/// Every file below `source`, before any is copied: a source that is refused costs no copying.
fn walk(source: &Path) -> Result<Vec<Found>, SnapshotError> {
    let mut files = Vec::new();
    let mut folders = vec![(source.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))? {
            let entry = entry.map_err(|error| unreadable(&folder, &error))?;
            let (place, path) = name(&entry, &prefix)?;
            let kind = entry.file_type().map_err(|error| unreadable(&place, &error))?;
            if kind.is_dir() {
                folders.push((place, path + "/"));
            } else if kind.is_file() {
                files.push(Found { path, place });
            } else if kind.is_symlink() {
                let reason = "it is a symbolic link; put the file itself there";
                return refuse(return_value::SYMBOLIC_LINK, &place, reason);
            } else {
                let reason = "it is neither a file nor a folder; take it away";
                return refuse(return_value::SPECIAL_FILE, &place, reason);
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn name(entry: &DirEntry, prefix: &str) -> Result<(PathBuf, String), SnapshotError> {
    let place = entry.path();
    match entry.file_name().to_str() {
        Some(name) => Ok((place, format!("{prefix}{name}"))),
        None => refuse(return_value::NAME_NOT_UNICODE, &place, "its name is not UTF-8; rename it"),
    }
}

fn keep(found: Found, library: &Library, pump: &mut Pump) -> Result<ContentFile, SnapshotError> {
    let file = File::open(&found.place).map_err(|error| unreadable(&found.place, &error))?;
    let sum = library.store(pump, file).map_err(|error| match error {
        StoreError::Stream(error) => unreadable(&found.place, &error),
        StoreError::Library(error) => SnapshotError::Library(error),
    })?;
    Ok(ContentFile { path: found.path, size: sum.size, sha256: sum.sha256 })
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

fn refuse<T>(value: i32, path: &Path, reason: &str) -> Result<T, SnapshotError> {
    Err(SnapshotError::Source { value, reason: format!("`{}`: {reason}", path.display()) })
}
