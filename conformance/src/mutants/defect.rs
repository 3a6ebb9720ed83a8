//! What is wrong in each mutant, as one small change of what the reference did or answered.

mod answer;
mod effect;
mod scene;

use crate::adapter::reference::{Package, World};
use pkgsource_model::operation::Operation;
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::{FileRecord, PackageClass, PackageId, ReturnValue};
use scene::Scene;
use std::collections::BTreeMap;

/// The kinds of defect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each mutant's sentence says what its defect does")]
pub enum Defect {
    LeavesPointBehind,
    LeavesEveryPointBehind,
    TakesAnyFlag,
    ForgetsAdditions,
    NeedsContext,
    PutRefreshes,
    FailsSilently,
    ChildKeepsOldFiles,
    KeepsDeletedFiles,
    SkipsUnchangedIncrement,
    AcceptsUnknown,
    DeleteTakesAll,
    RefusalIncrements,
    RefusesEverySecond,
    SkipsIncrement,
    IncrementsTwice,
    VersionGoesBack,
    VersionCanBeWritten,
    RedistributionIncrements,
    AssignmentIncrements,
    PointReportsAhead,
    ReportGoesBack,
    RedistributesLiveSource,
    RemovedPointKeeps,
    NeverReportsInstalled,
    CopiesNothing,
    MixesVersions,
    InstallsUnreadSource,
    DeletesSharedFiles,
    ComparesSizesAndTimes,
    AssignsLiveSource,
    FilesEverywhere,
    ChildStaysBehind,
    PointBeforeSite,
    FailureEmptiesPoints,
    StaysOperable,
    ProgressOverflows,
    FlagWriteIgnored,
    TakesAnySchedule,
}

/// A defect, and where it strikes.
#[derive(Clone, Copy, Debug)]
pub struct Flaw {
    /// What is wrong.
    pub defect: Defect,
    /// The one class in which it is; none for all.
    pub class: Option<PackageClass>,
}

impl Flaw {
    /// Lets the defect change what was done and what is answered.
    pub(crate) fn strike(
        self,
        world: &mut World,
        before: &BTreeMap<PackageId, Package>,
        operation: &Operation<FileRecord>,
        reply: Reply<Answer>,
    ) -> Reply<Answer> {
        let Some(id) = operation.package() else { return reply };
        let class = world.packages.get(id).map(|package| package.class);
        if self.class.is_some() && self.class != class {
            return reply;
        }
        let mut scene = Scene { world, before, id };
        let accepted = matches!(operation, Operation::Refresh { .. })
            && reply == Reply::Ok(Answer::Refreshed(ReturnValue::SUCCESS));
        if accepted {
            scene.now().iter_mut().for_each(|package| {
                package.instead.clear();
                package.memory.clear();
            });
            scene.after_refresh(self.defect);
        }
        if operation.kind().is_read() {
            scene.read(self.defect, operation, reply)
        } else {
            scene.change(self.defect, operation, reply)
        }
    }
}
