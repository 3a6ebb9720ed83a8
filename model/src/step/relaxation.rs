//! What becomes possible when one promise alone is given up. Each clause names one relaxation (the built-in clause that
//! speaks last names none), and a run that needs one is what breaking that clause means.
//!
//! What each makes possible stands where the transition system enforces the promise, in the files beside this one.

use crate::history::timeline::Act;

/// One promise given up, from what makes the least possible to what makes the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Relaxation {
    /// An injection status is out of its range.
    InjectionStatusOutOfRange,
    /// `ActionInProgress` has any value at any time.
    AnyAction,
    /// A class that is bound to one `PkgSourceFlag` shows another.
    OtherSourceFlag,
    /// A task sequence is operable, or not, against the reading.
    OperableEitherWay,
    /// A schedule that is not allowed is taken.
    AnySchedule,
    /// A point at which a distribution was cancelled shows what it showed before, or nothing.
    CancelledAsBefore,
    /// A call on a package that does not exist returns 0.
    UnknownPackageAccepted,
    /// A boot image's refresh is refused for want of a `ContextID`.
    ContextRequired,
    /// A site without a point of the package gets files against the reading.
    FilesAnywhere,
    /// A write of `RefreshPkgSourceFlag` has no effect.
    FlagWriteIgnored,
    /// A write of `SourceVersion` moves it.
    VersionWritten,
    /// A refresh raises the version by more than 1.
    IncrementTooLarge,
    /// A refused call has an effect.
    RefusalHasEffect,
    /// A redistribution makes a version.
    RedistributionMakesVersion,
    /// Adding, removing or cancelling at a point makes a version.
    PointChangeMakesVersion,
    /// A write of any other property makes a version. No clause names it: the documents leave it open.
    PropertyMakesVersion,
    /// Content that is added with `bRefreshDPs` reaches the points under the version that there is. No clause names it:
    /// the documents leave it open.
    AdditionKeepsVersion,
    /// A redistribution sends what the source holds then. No clause names it: the documents leave it open.
    RedistributionReadsSource,
    /// A snapshot of an unchanged source raises no version.
    UnchangedKeepsVersion,
    /// A child site's point has a version before its site has.
    PointAheadOfSite,
    /// The version goes back.
    VersionGoesBack,
    /// A version that a point or site reports goes back.
    ReportGoesBack,
    /// A point or a site reports a version that the owner has not.
    ReportAhead,
    /// A point that is not the package's has it.
    OtherPointsToo,
    /// A change that keeps the size and the time of a file is missed.
    ChangeHiddenBySizeAndTime,
    /// A file that is gone from the source stays.
    DeletedFilesStay,
    /// A file that another package uses goes.
    SharedFilesGo,
    /// Drivers that wait enter, or do not, at any time.
    DriversAnyTime,
    /// Content that was added enters, or does not, at any time.
    AdditionsAnyTime,
    /// A point that was added later is left as it was, or forgotten.
    LatePointLeftBehind,
    /// A point shows what the source holds later than the snapshot.
    LaterContent,
    /// A point says INSTALLED at a version before it has that.
    StatusAhead,
    /// A point never says that it has what it has.
    StatusNeverCurrent,
    /// A point that a refresh owes its content is left as it was; or it is the package's no more, though nobody removed
    /// it.
    PointLeftBehind,
    /// Content does not reach a child site.
    ChildWithoutContent,
    /// A version does not reach a child site.
    ChildUnaware,
    /// A call is refused, or fails, without a cause; or it does all that was asked, and the answer alone says otherwise.
    RefusedWithoutCause,
    /// A failure shows nowhere.
    FailureHidden,
    /// A processed refresh raises no version, or nothing comes of it.
    RefreshKeepsVersion,
    /// The version goes back, also from one that nobody has read.
    UnseenVersionGoesBack,
    /// A version that a point or site reports goes back, also from one that nobody has read.
    UnseenReportGoesBack,
    /// A version is made that nothing asked for.
    VersionUnasked,
    /// A change that keeps the size or the time of a file, or all names and the sum of the sizes, or is but a new name,
    /// is missed.
    ChangeHidden,
    /// A point says INSTALLED at a version whose content it has not.
    StatusLies,
    /// A point or a site reports a version that it has not, or that the owner has not.
    ReportAheadOfContent,
    /// A refresh that cannot read its source spoils the points.
    FailureTouchesPoints,
    /// A package vanishes, or stays, against what was asked.
    PresenceEitherWay,
    /// A point shows anything.
    AnyContent,
}

impl Relaxation {
    /// How much becomes possible, in a scale that lets one broad cause stand for no more than some narrow ones.
    #[must_use]
    pub fn breadth(self) -> u32 {
        match self {
            Self::AnyContent => 8,
            Self::FailureTouchesPoints | Self::PresenceEitherWay => 5,
            Self::VersionUnasked
            | Self::ChangeHidden
            | Self::StatusLies
            | Self::ReportAheadOfContent => 4,
            Self::PointLeftBehind
            | Self::ChildWithoutContent
            | Self::ChildUnaware
            | Self::RefusedWithoutCause
            | Self::FailureHidden
            | Self::RefreshKeepsVersion
            | Self::UnseenVersionGoesBack
            | Self::UnseenReportGoesBack => 3,
            Self::InjectionStatusOutOfRange
            | Self::AnyAction
            | Self::CancelledAsBefore
            | Self::AdditionKeepsVersion
            | Self::RedistributionReadsSource
            | Self::OtherSourceFlag
            | Self::OperableEitherWay
            | Self::AnySchedule
            | Self::UnknownPackageAccepted
            | Self::ContextRequired
            | Self::FilesAnywhere
            | Self::FlagWriteIgnored
            | Self::IncrementTooLarge
            | Self::RefusalHasEffect
            | Self::RedistributionMakesVersion
            | Self::PointChangeMakesVersion
            | Self::VersionWritten
            | Self::PropertyMakesVersion
            | Self::UnchangedKeepsVersion
            | Self::PointAheadOfSite
            | Self::VersionGoesBack
            | Self::ReportGoesBack
            | Self::ReportAhead
            | Self::OtherPointsToo
            | Self::ChangeHiddenBySizeAndTime
            | Self::DeletedFilesStay
            | Self::SharedFilesGo
            | Self::DriversAnyTime
            | Self::AdditionsAnyTime
            | Self::LatePointLeftBehind
            | Self::LaterContent
            | Self::StatusAhead
            | Self::StatusNeverCurrent => 2,
        }
    }

    /// True where what is given up can show in such an event. A search for a cause asks no others.
    #[must_use]
    pub fn shows_in(self, act: &Act) -> bool {
        match act {
            Act::ReadContext { .. } => self == Self::InjectionStatusOutOfRange,
            Act::ReadOperable(_) => self == Self::OperableEitherWay,
            Act::SetSchedule { .. } => self == Self::AnySchedule,
            Act::ReadPackage(_) => self.shows_at_the_owner(),
            Act::ReadSite { .. } => self.shows_at_a_site(),
            Act::Refresh { .. } => matches!(
                self,
                Self::UnknownPackageAccepted
                    | Self::ContextRequired
                    | Self::RefusedWithoutCause
                    | Self::FailureHidden
                    | Self::PresenceEitherWay
            ),
            Act::ReadPoint { .. } | Act::ReadContent { .. } | Act::Settled => !matches!(
                self,
                Self::InjectionStatusOutOfRange
                    | Self::AnyAction
                    | Self::OperableEitherWay
                    | Self::AnySchedule
                    | Self::OtherSourceFlag
                    | Self::FilesAnywhere
                    | Self::UnknownPackageAccepted
                    | Self::ContextRequired
            ),
            Act::Create { .. }
            | Act::Source { .. }
            | Act::Put { .. }
            | Act::Assign { .. }
            | Act::Remove { .. }
            | Act::Redistribute { .. }
            | Act::Cancel { .. }
            | Act::Delete
            | Act::Add { .. }
            | Act::Elsewhere => true,
        }
    }

    fn shows_in_a_version(self) -> bool {
        matches!(
            self,
            Self::IncrementTooLarge
                | Self::RedistributionMakesVersion
                | Self::PointChangeMakesVersion
                | Self::VersionWritten
                | Self::PropertyMakesVersion
                | Self::RefusalHasEffect
                | Self::VersionUnasked
                | Self::ReportAhead
                | Self::ReportAheadOfContent
                | Self::PresenceEitherWay
        )
    }

    fn shows_at_the_owner(self) -> bool {
        self.shows_in_a_version()
            || matches!(
                self,
                Self::OtherSourceFlag
                    | Self::AnyAction
                    | Self::FlagWriteIgnored
                    | Self::UnchangedKeepsVersion
                    | Self::VersionGoesBack
                    | Self::UnseenVersionGoesBack
                    | Self::RefusedWithoutCause
                    | Self::FailureHidden
                    | Self::RefreshKeepsVersion
                    | Self::FailureTouchesPoints
                    | Self::AnyContent
            )
    }

    fn shows_at_a_site(self) -> bool {
        self.shows_in_a_version()
            || matches!(
                self,
                Self::FilesAnywhere
                    | Self::FlagWriteIgnored
                    | Self::UnchangedKeepsVersion
                    | Self::ReportGoesBack
                    | Self::UnseenReportGoesBack
                    | Self::PointAheadOfSite
                    | Self::ChildWithoutContent
                    | Self::ChildUnaware
                    | Self::RefusedWithoutCause
                    | Self::RefreshKeepsVersion
            )
    }

    /// True where it gives up nothing but its clause's own promise; the others give up what usually goes with it.
    #[must_use]
    pub fn is_pure(self) -> bool {
        !matches!(
            self,
            Self::ChildWithoutContent
                | Self::ChildUnaware
                | Self::StatusLies
                | Self::ReportAheadOfContent
                | Self::AnyContent
        )
    }
}
