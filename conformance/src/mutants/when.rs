//! What has just happened to one package, as far as somebody who would spoil it wants to know.

use crate::adapter::reference::Package;
use pkgsource_model::operation::Operation;
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::step::Existence;
use pkgsource_model::words::{FileRecord, ReturnValue};

/// The occasions on which something can be spoiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum When {
    /// The package was created.
    Created,
    /// The package's source was edited.
    Edited,
    /// The package's source went or came back.
    SourceMoved,
    /// Properties were written.
    Put,
    /// A refresh returned 0.
    Refreshed,
    /// A refresh of a package whose source cannot be read was answered with a failure.
    Failed,
    /// A refresh was refused although the source can be read, or there is none.
    Refused,
    /// A refresh named a package that is not there.
    Unknown,
    /// A schedule was written, whatever came of it.
    Scheduled,
    /// A point was added that was not one of the package's.
    Assigned,
    /// A point was taken away.
    Removed,
    /// A point was sent the version again.
    Redistributed,
    /// A distribution was cancelled.
    Cancelled,
    /// The package was deleted.
    Deleted,
    /// A driver or content was added.
    Added,
    /// The package was read at its owner.
    PackageRead,
    /// A site's row was read.
    SiteRead,
    /// A point's status was read.
    PointRead,
    /// A point's files were read back.
    ContentRead,
    /// An injection status was read.
    ContextRead,
    /// It was read whether a task sequence can run.
    OperableRead,
    /// Somebody waited: time passed, or it was asked whether anything is left to do.
    Waited,
}

impl When {
    /// The occasion that an operation and its reply are; none where nothing of the kind happened. `before` is the
    /// package as it was.
    pub(super) fn of(
        operation: &Operation<FileRecord>,
        reply: &Reply<Answer>,
        before: Option<&Package>,
    ) -> Option<Self> {
        let is_here = before.is_some_and(|package| package.state.existence == Existence::Here);
        let done = *reply == Reply::Ok(Answer::Done);
        let only = |condition: bool, when: Self| condition.then_some(when);
        match operation {
            Operation::Create { .. } => only(done && !is_here, Self::Created),
            Operation::Edit { .. } => only(done, Self::Edited),
            Operation::Fault { .. } | Operation::Heal { .. } => only(done, Self::SourceMoved),
            Operation::Put { .. } => only(done, Self::Put),
            Operation::Refresh { .. } if !is_here => Some(Self::Unknown),
            Operation::Refresh { .. } => {
                let accepted = *reply == Reply::Ok(Answer::Refreshed(ReturnValue::SUCCESS));
                let unreadable = before.is_some_and(|package| {
                    package.state.has_source() && package.state.source_now().is_none()
                });
                Some(match (accepted, unreadable) {
                    (true, _) => Self::Refreshed,
                    (false, true) => Self::Failed,
                    (false, false) => Self::Refused,
                })
            }
            Operation::SetSchedule { .. } => Some(Self::Scheduled),
            Operation::Assign { .. } => only(done, Self::Assigned),
            Operation::Remove { .. } => only(done, Self::Removed),
            Operation::Redistribute { .. } => only(done, Self::Redistributed),
            Operation::Cancel { .. } => only(done, Self::Cancelled),
            Operation::Delete { .. } => only(done, Self::Deleted),
            Operation::AddDriver { .. } | Operation::AddContent { .. } => only(done, Self::Added),
            Operation::Package { .. } => Some(Self::PackageRead),
            Operation::Site { .. } => Some(Self::SiteRead),
            Operation::Point { .. } => Some(Self::PointRead),
            Operation::Content { .. } => Some(Self::ContentRead),
            Operation::Context { .. } => Some(Self::ContextRead),
            Operation::Operable { .. } => Some(Self::OperableRead),
            Operation::Idle {} | Operation::Clock { .. } => Some(Self::Waited),
        }
    }
}
