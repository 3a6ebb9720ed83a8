//! Why an operation gave no `ReturnValue`.
//!
//! A refresh that fails for a documented reason is *not* an error here: it returns a non-zero value (see
//! [`return_value`](crate::return_value)) and the package status tells the reason.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// An operation that ended without a `ReturnValue`.
#[derive(Debug)]
#[non_exhaustive]
pub enum SiteError {
    /// Nothing of that name is known. The operation had no effect.
    NotFound {
        /// What was looked for: `package`, `site`, `distribution point` or `assignment`.
        what: &'static str,
        /// The name that was given.
        name: String,
    },
    /// Something of that name is there already. The operation had no effect.
    AlreadyExists {
        /// What exists: `package`, `site` or `distribution point`.
        what: &'static str,
        /// The name that was given.
        name: String,
    },
    /// An argument that the operation does not take. The operation had no effect.
    InvalidParameter {
        /// The parameter or property.
        parameter: &'static str,
        /// What is wrong with it and what would be right.
        reason: String,
    },
    /// A property that clients cannot write. The operation had no effect.
    ReadOnly {
        /// The property.
        property: &'static str,
    },
    /// An operation that the package's class does not have. The operation had no effect.
    InvalidOperation {
        /// The operation.
        operation: &'static str,
        /// What is wrong and what would be right.
        reason: String,
    },
    /// A file of a library cannot be read or written. The operation may have had a part of its effect, which the
    /// next [`open`](crate::Site::open) completes or takes back.
    File {
        /// What was being done, e.g. `store`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the file system said.
        source: io::Error,
    },
    /// A stored file or manifest is not what its name promises.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What it should be and what it is.
        reason: String,
    },
    /// The database refused. The operation may have had its effect: open the site again and read.
    Store {
        /// What was being done, e.g. `commit`.
        action: &'static str,
        /// What the database said.
        source: Box<redb::Error>,
    },
}

impl SiteError {
    /// True when the operation certainly had no effect. When in doubt, false.
    #[must_use]
    pub fn is_definite(&self) -> bool {
        match self {
            Self::NotFound { .. }
            | Self::AlreadyExists { .. }
            | Self::InvalidParameter { .. }
            | Self::ReadOnly { .. }
            | Self::InvalidOperation { .. } => true,
            Self::File { .. } | Self::Damaged { .. } | Self::Store { .. } => false,
        }
    }

    /// What the system said, where the operation ended for that.
    #[must_use]
    pub fn system(&self) -> Option<io::ErrorKind> {
        match self {
            Self::File { source, .. } => Some(source.kind()),
            Self::Store { source, .. } => match source.as_ref() {
                redb::Error::Io(source) => Some(source.kind()),
                _ => None,
            },
            Self::NotFound { .. }
            | Self::AlreadyExists { .. }
            | Self::InvalidParameter { .. }
            | Self::ReadOnly { .. }
            | Self::InvalidOperation { .. }
            | Self::Damaged { .. } => None,
        }
    }

    pub(crate) fn not_found(what: &'static str, name: &str) -> Self {
        Self::NotFound { what, name: name.to_owned() }
    }

    pub(crate) fn already_exists(what: &'static str, name: &str) -> Self {
        Self::AlreadyExists { what, name: name.to_owned() }
    }

    pub(crate) fn invalid(parameter: &'static str, reason: impl Into<String>) -> Self {
        Self::InvalidParameter { parameter, reason: reason.into() }
    }

    pub(crate) fn damaged(path: &Path, reason: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), reason: reason.into() }
    }

    /// An adapter for `map_err`: a file operation on `path` that failed.
    pub(crate) fn file(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { action, path, source }
    }

    /// An adapter for `map_err`: a database operation that failed.
    pub(crate) fn store<E: Into<redb::Error>>(action: &'static str) -> impl FnOnce(E) -> Self {
        move |source| Self::Store { action, source: Box::new(source.into()) }
    }
}

impl fmt::Display for SiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { what, name } => {
                write!(f, "no {what} `{name}`: create it first or correct the name")
            }
            Self::AlreadyExists { what, name } => {
                write!(f, "cannot create {what} `{name}`: it exists; choose another name")
            }
            Self::InvalidParameter { parameter, reason } => {
                write!(f, "`{parameter}` refused: {reason}")
            }
            Self::ReadOnly { property } => {
                write!(f, "`{property}` refused: it is read-only; leave it out of the put")
            }
            Self::InvalidOperation { operation, reason } => {
                write!(f, "`{operation}` refused: {reason}")
            }
            Self::File { action, path, source } => write!(
                f,
                "could not {action} `{}`: {source}; make it accessible, then retry",
                path.display()
            ),
            Self::Damaged { path, reason } => {
                write!(f, "`{}` is damaged: {reason}; refresh or redistribute", path.display())
            }
            Self::Store { action, source } => {
                write!(f, "could not {action} the site database: {source}; open the site again")
            }
        }
    }
}

impl std::error::Error for SiteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { source, .. } => Some(source),
            Self::Store { source, .. } => Some(source),
            Self::NotFound { .. }
            | Self::AlreadyExists { .. }
            | Self::InvalidParameter { .. }
            | Self::ReadOnly { .. }
            | Self::InvalidOperation { .. }
            | Self::Damaged { .. } => None,
        }
    }
}
