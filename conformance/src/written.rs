//! Files that are there whole or not at all: what is written goes beside its place, and is moved there when it is done. A
//! full disk, an error and a signal leave what stood there as it was. A history, which is written as things happen, is a
//! file of its own kind.

use crate::platform::rights_of_new_files;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file that is being written beside its place. Dropped, it goes.
#[derive(Debug)]
pub(crate) struct Draft {
    file: NamedTempFile,
    place: PathBuf,
}

impl Draft {
    /// Begins a file, which nobody sees at its place before it is done.
    pub(crate) fn of(place: &Path) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".pkgsource-");
        let rights = rights_of_new_files();
        rights.map(|rights| builder.permissions(rights));
        let file = builder.tempfile_in(folder_of(place))?;
        Ok(Self { file, place: place.to_owned() })
    }

    /// Puts the file at its place, where nothing may stand.
    pub(crate) fn finish(self) -> io::Result<()> {
        // Some systems tell only now that there was no room.
        self.file.as_file().sync_all()?;
        self.file.persist_noclobber(&self.place).map(drop).map_err(|error| error.error)
    }

    /// Puts the file at its place instead of what stands there.
    fn finish_over(self) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        self.file.persist(&self.place).map(drop).map_err(|error| error.error)
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Through the file itself, whose errors do not name where it is meanwhile.
        self.file.as_file_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_file_mut().flush()
    }
}

/// The folder that a file is in, or is to be in.
pub(crate) fn folder_of(place: &Path) -> &Path {
    place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes a file where nothing stands.
///
/// # Errors
/// It cannot be written, or something stands there; then nothing has changed.
pub(crate) fn write_new(place: &Path, text: &str) -> io::Result<()> {
    let mut draft = Draft::of(place)?;
    draft.write_all(text.as_bytes())?;
    draft.finish()
}

/// Writes a file, which may stand there already, and then keeps its rights. Behind a link, what the link names is written.
///
/// # Errors
/// It cannot be written; then what stood there is as it was.
pub(crate) fn replace(place: &Path, text: &str) -> io::Result<()> {
    let Some(rights) = replaceable(place)? else { return write_new(place, text) };
    let mut draft = Draft::of(&place.canonicalize()?)?;
    draft.write_all(text.as_bytes())?;
    draft.file.as_file().set_permissions(rights)?;
    draft.finish_over()
}

/// Makes sure that a file can be written, or written again: then its rights.
///
/// # Errors
/// It is no file, or may not be written, or nothing may be written beside it.
pub(crate) fn replaceable(place: &Path) -> io::Result<Option<fs::Permissions>> {
    let found = match fs::metadata(place) {
        Err(error) if error.kind() == ErrorKind::NotFound && place.symlink_metadata().is_err() => {
            return Draft::of(place).map(|_| None);
        }
        found => found?,
    };
    if !found.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    File::options().append(true).open(place)?;
    Draft::of(&place.canonicalize()?).map(|_| Some(found.permissions()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn names(folder: &TempDir) -> Vec<String> {
        let entries = fs::read_dir(folder.path()).unwrap().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_that_is_not_finished_is_not_there() {
        let folder = TempDir::new().unwrap();
        let mut draft = Draft::of(&folder.path().join("f")).unwrap();
        draft.write_all(b"half").unwrap();
        assert!(!folder.path().join("f").exists());
        drop(draft);
        assert_eq!(names(&folder), [""; 0]);
    }

    #[test]
    fn what_stands_there_is_not_written_over_unless_that_is_asked_for() {
        let folder = TempDir::new().unwrap();
        let place = folder.path().join("f");
        write_new(&place, "one").unwrap();
        assert_eq!(write_new(&place, "two").unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&place).unwrap(), "one");
        replace(&place, "three").unwrap();
        assert_eq!(fs::read_to_string(&place).unwrap(), "three");
        assert_eq!(names(&folder), ["f"]);
    }

    #[test]
    fn a_file_that_is_written_again_keeps_its_rights_and_its_link() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = TempDir::new().unwrap();
        let [file, link] = ["f", "link"].map(|name| folder.path().join(name));
        fs::write(&file, "one").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        replace(&link, "two").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "two");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn what_is_no_file_cannot_be_written_again() {
        let folder = TempDir::new().unwrap();
        assert!(replaceable(folder.path()).is_err());
        assert!(replaceable(&folder.path().join("no/f")).is_err());
        std::os::unix::fs::symlink("nowhere", folder.path().join("link")).unwrap();
        assert!(replaceable(&folder.path().join("link")).is_err());
        assert!(replaceable(&folder.path().join("f")).unwrap().is_none());
        assert_eq!(names(&folder), ["link"]);
    }
}
