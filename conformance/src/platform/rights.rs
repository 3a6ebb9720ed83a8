//! The rights to files and folders on Unix systems: all that a run needs of the system which starts no process.

use cap_fs_ext::DirExt as _;
use cap_std::fs::{Dir, Permissions, PermissionsExt as _};
use std::io;
use std::path::Path;

/// The rights that a new file has, less what the user's mask takes: as those of any other program.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there are none to be given")]
pub(crate) fn rights_of_new_files() -> Option<std::fs::Permissions> {
    Some(std::os::unix::fs::PermissionsExt::from_mode(0o666))
}

/// Gives the owner every right to a folder, not to what a link names.
pub(crate) fn unlock(parent: &Dir, name: &Path) -> io::Result<()> {
    let metadata = parent.symlink_metadata(name)?;
    if metadata.is_dir() && metadata.permissions().mode() & 0o700 != 0o700 {
        parent.set_symlink_permissions(name, Permissions::from_mode(0o700))?;
    }
    Ok(())
}
