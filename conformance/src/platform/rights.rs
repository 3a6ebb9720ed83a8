//! The rights to a folder on Unix systems: all that a run needs of the system which starts no process.

use cap_fs_ext::DirExt as _;
use cap_std::fs::{Dir, Permissions, PermissionsExt as _};
use std::io;
use std::path::Path;

/// Gives the owner every right to a folder, not to what a link names.
pub(crate) fn unlock(parent: &Dir, name: &Path) -> io::Result<()> {
    let metadata = parent.symlink_metadata(name)?;
    if metadata.is_dir() && metadata.permissions().mode() & 0o700 != 0o700 {
        parent.set_symlink_permissions(name, Permissions::from_mode(0o700))?;
    }
    Ok(())
}
