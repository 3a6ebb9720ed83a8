//! What an implementation may do at each question: one type a question, so that no behaviour can be put to another.
//! Which of them a reading permits is in the register of questions.

use super::Question;

/// One thing that an implementation may do at a question.
pub trait Behaviour: Copy {
    /// The question.
    const QUESTION: Question;

    /// The behaviour's place in sets of behaviours of its question.
    fn bit(self) -> u8;
}

/// A set of behaviours of one question, as a reading permits them.
pub type Behaviours = u8;

macro_rules! behaviours {
    ($($(#[$doc:meta])* $question:ident { $($(#[$each:meta])* $name:ident),+ $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
            pub enum $question { $($(#[$each])* $name),+ }

            impl $question {
                /// The set that holds this behaviour alone.
                pub(super) const fn only(self) -> Behaviours {
                    1 << self as u8
                }
            }

            impl Behaviour for $question {
                const QUESTION: Question = Question::$question;

                fn bit(self) -> u8 {
                    self.only()
                }
            }
        )+
    };
}

behaviours! {
    /// Where the failure of a refresh shows.
    FailureShows {
        /// In a return value other than 0.
        ReturnValue,
        /// In an error without a return value.
        Error,
        /// In a status that is read later; the call itself returns 0.
        LaterStatus,
    }
    /// How a call on an unknown package fails.
    UnknownPackage {
        /// With a return value other than 0.
        ReturnValue,
        /// With an error without a return value.
        Error,
    }
    /// What the version does when the snapshot fails.
    FailedVersion {
        /// It stays.
        Unchanged,
        /// It rises, and the version has no content.
        Advances,
    }
    /// How status reads relate to what is there.
    StatusReads {
        /// They tell what is there.
        Fresh,
        /// They may tell what was there before.
        Lagging,
    }
    /// When the new version is visible.
    VersionVisible {
        /// When the call returns.
        AtReturn,
        /// Some time after.
        Later,
    }
    /// What several accepted calls make.
    Increments {
        /// Each call makes a version.
        Each,
        /// Several calls may make one version together.
        Merged,
    }
    /// What a refresh of a package without source does.
    NoSource {
        /// It is refused.
        Refused,
        /// It returns 0 and does nothing.
        Nothing,
        /// It makes a version without content.
        Increments,
    }
    /// What a child site without a point of the package gets.
    ChildWithoutPoint {
        /// The content.
        Content,
        /// No more than the metadata.
        MetadataOnly,
    }
    /// What a `Put` of the source path or the share name does besides.
    PutPath {
        /// Nothing.
        OnlyTheProperty,
        /// It makes a version.
        PlusOne,
        /// The points are emptied and filled again.
        Recreated,
    }
    /// What becomes of a call at a site that does not own the package.
    ForeignSite {
        /// It is refused.
        Refused,
        /// It is forwarded, and as good as a call at the owner.
        Accepted,
    }
    /// What becomes of a `ContextID` on a class that declares none.
    UndeclaredParameter {
        /// The call is refused.
        Refused,
        /// The parameter is ignored.
        Accepted,
    }
    /// What an empty `ContextID` is.
    EmptyContext {
        /// A reason to refuse the call.
        Refused,
        /// The same as none.
        Accepted,
    }
    /// What becomes of a `ContextID` that was used before.
    ReusedContext {
        /// The call is refused.
        Refused,
        /// It is accepted.
        Accepted,
    }
    /// What a refresh does to a task sequence.
    TaskSequence {
        /// The call is refused.
        Refused,
        /// The task sequence is inoperable afterwards.
        Inoperable,
    }
    /// Whether a refresh raises the version where no page promises it.
    Unpromised {
        /// It does.
        Raises,
        /// It does not.
        Keeps,
    }
    /// The version that a point reports while it is being updated.
    PendingReport {
        /// The one that it had.
        OldVersion,
        /// The one that it is to have.
        NewVersion,
    }
    /// Whether a distribution point can fail.
    PointHealth {
        /// Every point is healthy.
        Healthy,
        /// A point may say that its installation failed.
        Fails,
    }
    /// Of what instant a snapshot is whose source changes meanwhile.
    ChangingSource {
        /// Of one.
        Instant,
        /// Of one for each file.
        Mixture,
    }
    /// What becomes of a refresh once a property was written.
    ChangedProperties {
        /// It is as any other.
        Accepted,
        /// It may be refused.
        Refused,
    }
    /// What becomes of a refresh where `PkgSourceFlag` names a source that is not read directly.
    OtherSourceFlags {
        /// It is as any other.
        Accepted,
        /// It may be refused.
        Refused,
    }
    /// Whether a boot image's injection can fail.
    Injection {
        /// It succeeds.
        Succeeds,
        /// It may end in an error, and the refresh with it.
        Fails,
    }
    /// What `RefreshNow` sends.
    Redistribution {
        /// The content of the version.
        AsSnapshotted,
        /// What the source holds now.
        FromSource,
    }
    /// What content that is added with `bRefreshDPs` does to the version.
    AddedContent {
        /// It raises it.
        Raises,
        /// It may leave it.
        Keeps,
    }
    /// What the write of a property does to the version.
    PropertyWrite {
        /// Nothing.
        Keeps,
        /// It may raise it: the package was updated.
        Raises,
    }
    /// Whether a schedule fires while somebody looks.
    Schedule {
        /// It does not.
        Silent,
        /// It may.
        Fires,
    }
    /// What becomes of a package that is addressed through another class.
    OtherClass {
        /// The call is refused.
        Refused,
        /// It is accepted.
        Accepted,
    }
}
