//! What operations carry besides names: changes of files, properties that are written, kinds of failure.

use crate::words::{FilePath, SourceFlag, SourceName, named};
use serde::{Deserialize, Serialize};

/// One change of a source's files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Change<F> {
    /// Writes a file, whole.
    Write {
        /// Where.
        path: FilePath,
        /// What.
        file: F,
        /// Put the modification time back to what it was, so that only the bytes tell.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        keep_time: bool,
    },
    /// Deletes a file.
    Delete {
        /// Where.
        path: FilePath,
    },
    /// Renames a file, replacing what stands at `to`.
    Rename {
        /// The old name.
        from: FilePath,
        /// The new name.
        to: FilePath,
    },
}

/// The properties of a `Put`. An absent one is not written.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Properties {
    /// `Name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `ShareName`; one of the two whose change has a documented side effect (CLS-PKG).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_name: Option<String>,
    /// `PkgSourcePath`; the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceName>,
    /// `PkgSourceFlag`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_flag: Option<SourceFlag>,
    /// `SourceVersion`, which clients cannot write (VER-5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_version: Option<u32>,
    /// `RefreshPkgSourceFlag`: writing true has the method's effect (CLS-8).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_pkg_source_flag: Option<bool>,
}

named! {
    /// The kinds of failure that a plan can ask for.
    FaultKind {
        /// The source folder is absent. The suite makes this one itself where it writes the folder.
        SourceAbsent = "source_absent",
        /// A point cannot be reached.
        PointDown = "point_down",
        /// A point has no room.
        PointFull = "point_full",
        /// Files on a point are damaged behind the implementation's back.
        PointTampered = "point_tampered",
        /// The link between a child site and its parent is down.
        LinkDown = "link_down",
        /// The server process is killed; healing starts it again.
        ServerKilled = "server_killed",
    }
}
