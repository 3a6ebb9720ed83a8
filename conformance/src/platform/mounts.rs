//! What is mounted inside a folder of the suite: an adapter that may mount can put somebody's files there. Only whether
//! it is; what is done about it is the scratch folder's.

use cap_fs_ext::MetadataExt as _;
use cap_std::fs::Dir;
#[cfg(target_os = "linux")]
use rustix::fs::{AtFlags, StatxAttributes, StatxFlags, statx};
use std::io;
use std::path::Path;

/// True where a file system is mounted at this name, or a folder of another place: what is in it belongs to somebody
/// else.
pub(crate) fn is_mounted(parent: &Dir, name: &Path) -> io::Result<bool> {
    let own = parent.symlink_metadata(name)?;
    let other_device = own.is_dir() && own.dev() != parent.dir_metadata()?.dev();
    Ok(other_device || is_mount_root(parent, name))
}

/// What Linux says of a folder that is mounted from its own file system; before Linux 5.8 it does not.
#[cfg(target_os = "linux")]
fn is_mount_root(parent: &Dir, name: &Path) -> bool {
    let flags = AtFlags::SYMLINK_NOFOLLOW | AtFlags::NO_AUTOMOUNT;
    statx(parent, name, flags, StatxFlags::BASIC_STATS)
        .is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(target_os = "linux"))]
fn is_mount_root(_parent: &Dir, _name: &Path) -> bool {
    false
}
