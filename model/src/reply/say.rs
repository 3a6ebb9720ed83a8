//! The replies that an implementation in Rust gives most, each by a word.

use super::{Answer, PackageStatus, Page, Problem, Reply};
use crate::words::{Content, PackageId, ReturnValue, SourceVersion};

impl Reply<Answer> {
    /// It was done, and there is nothing to say.
    #[must_use]
    pub fn done() -> Self {
        Self::Ok(Answer::Done)
    }

    /// A refresh returned 0.
    #[must_use]
    pub fn refreshed() -> Self {
        Self::Ok(Answer::Refreshed(ReturnValue::SUCCESS))
    }

    /// The package is there and shows this version; nothing else of it is read.
    #[must_use]
    pub fn version(version: SourceVersion) -> Self {
        let status = PackageStatus { version, action: None, failure: None, source_flag: None };
        Self::Ok(Answer::Package(Some(status)))
    }

    /// There is no such package.
    #[must_use]
    pub fn no_package() -> Self {
        Self::Ok(Answer::Package(None))
    }

    /// The point holds these files.
    #[must_use]
    pub fn content(files: Content) -> Self {
        Self::Ok(Answer::Content(Some(Page { files, next: None })))
    }

    /// The point holds nothing of the package.
    #[must_use]
    pub fn no_content() -> Self {
        Self::Ok(Answer::Content(None))
    }

    /// An operation on a package that does not exist failed.
    #[must_use]
    pub fn unknown_package(package: &PackageId) -> Self {
        Self::Error(Problem::new(format!("no package `{package}`")))
    }

    /// The implementation has no such operation.
    #[must_use]
    pub fn unsupported() -> Self {
        Self::Unsupported(Problem::default())
    }
}
