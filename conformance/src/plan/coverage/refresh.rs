//! What falls before, during and after a refresh, in the words of the dimensions.

use super::dimensions::{After, Before, Meanwhile};
use super::spot::Spot;
use super::world::Situation;
use pkgsource_model::operation::Operation;
use pkgsource_model::words::{Body, PointName};
use std::collections::BTreeSet;

/// What was done to a package between two of its quiescent states or refreshes.
#[derive(Clone, Debug, Default)]
pub(super) struct Interval {
    looks: usize,
    edits: usize,
    refreshes: usize,
    in_vain: usize,
    removed: BTreeSet<PointName>,
    cancelled: BTreeSet<PointName>,
    done: BTreeSet<Done>,
}

/// What is remembered of an interval besides numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Done {
    Assigned,
    AssignedTwice,
    AssignedAfterEdit,
    Removed,
    Returned,
    ReturnedAfterEdit,
    Redistributed,
    RedistributedAfterEdit,
    Cancelled,
    RefreshedAfterCancel,
    RefreshedAfterEdit,
    RetriedAfterCancelAndEdit,
    Named,
    FlagUnset,
    VersionWritten,
    Moved,
    Scheduled,
    Lost,
    UnknownRefreshed,
    OtherRefreshed,
    OtherDeleted,
    LookedAfterEdit,
}

impl Interval {
    pub(super) fn look(&mut self) {
        self.looks += 1;
        if self.edits > 0 {
            self.done.insert(Done::LookedAfterEdit);
        }
    }

    pub(super) fn edit(&mut self) {
        self.edits += 1;
    }

    pub(super) fn lose(&mut self) {
        self.done.insert(Done::Lost);
    }

    pub(super) fn delete(&mut self) {
        self.done.insert(Done::OtherDeleted);
    }

    pub(super) fn refresh_other(&mut self) {
        self.done.insert(Done::OtherRefreshed);
    }

    pub(super) fn refresh_unknown(&mut self) {
        self.done.insert(Done::UnknownRefreshed);
        self.done.remove(&Done::OtherRefreshed);
    }

    pub(super) fn refresh_in_vain(&mut self) {
        self.in_vain += 1;
    }

    /// A refresh that comes while another is at work.
    pub(super) fn refresh_again(&mut self) {
        self.refreshes += 1;
        if self.edits > 0 {
            self.done.insert(Done::RefreshedAfterEdit);
        }
        if self.done.contains(&Done::Cancelled) {
            self.done.insert(Done::RefreshedAfterCancel);
        }
    }

    pub(super) fn perform(&mut self, operation: &Operation<Body>, points: &BTreeSet<PointName>) {
        let edited = self.edits > 0;
        match operation {
            Operation::Assign { point, .. } if points.contains(point) => {
                self.done.insert(Done::AssignedTwice);
            }
            Operation::Assign { point, .. } if self.removed.contains(point) => {
                self.done.insert(if edited { Done::ReturnedAfterEdit } else { Done::Returned });
            }
            Operation::Assign { .. } => {
                self.done.insert(if edited { Done::AssignedAfterEdit } else { Done::Assigned });
            }
            Operation::Remove { point, .. } if points.contains(point) => {
                self.removed.insert(point.clone());
                self.done.insert(Done::Removed);
            }
            Operation::Redistribute { point, .. } if points.contains(point) => {
                let done = if edited { Done::RedistributedAfterEdit } else { Done::Redistributed };
                self.done.insert(done);
                if edited && self.cancelled.contains(point) {
                    self.done.insert(Done::RetriedAfterCancelAndEdit);
                }
            }
            Operation::Cancel { point, .. } if points.contains(point) => {
                self.cancelled.insert(point.clone());
                self.done.insert(Done::Cancelled);
            }
            Operation::SetSchedule { .. } => {
                self.done.insert(Done::Scheduled);
            }
            Operation::Put { properties, .. } => {
                let written = [
                    (properties.name.is_some(), Done::Named),
                    (properties.refresh_pkg_source_flag == Some(false), Done::FlagUnset),
                    (properties.source_version.is_some(), Done::VersionWritten),
                    (properties.source.is_some(), Done::Moved),
                ];
                let written = written.into_iter().filter(|(is_written, _)| *is_written);
                self.done.extend(written.map(|(_, done)| done));
            }
            _ => {}
        }
    }

    fn has(&self, done: Done) -> bool {
        self.done.contains(&done)
    }

    /// The values that have come about; the first, which is *nothing*, where no other has.
    fn spots<T: Into<Spot> + Copy>(nothing: T, rows: &[(bool, T)]) -> Vec<Spot> {
        let found = rows.iter().filter(|(is_met, _)| *is_met).map(|&(_, value)| value.into());
        let found: Vec<Spot> = found.collect();
        if found.is_empty() { vec![nothing.into()] } else { found }
    }

    pub(super) fn before(&self) -> Vec<Spot> {
        let gone = self.has(Done::Removed)
            && !self.has(Done::Returned)
            && !self.has(Done::ReturnedAfterEdit);
        Self::spots(
            Before::Nothing,
            &[
                (self.looks > 0, Before::Look),
                (self.has(Done::Assigned) || self.has(Done::AssignedAfterEdit), Before::Assign),
                (gone, Before::Remove),
                (self.has(Done::Returned) || self.has(Done::ReturnedAfterEdit), Before::Return),
                (
                    self.has(Done::Redistributed) || self.has(Done::RedistributedAfterEdit),
                    Before::Redistribute,
                ),
                (self.has(Done::Cancelled), Before::Cancel),
                (self.has(Done::Named), Before::Rename),
                (self.has(Done::FlagUnset), Before::Flag),
                (self.in_vain > 0, Before::InVain),
                (self.has(Done::UnknownRefreshed), Before::Unknown),
                (self.edits > 1, Before::Twice),
                (self.has(Done::OtherRefreshed), Before::Neighbour),
                (self.has(Done::Moved), Before::Moved),
                (self.has(Done::Scheduled), Before::Schedule),
            ],
        )
    }

    fn meanwhile(&self) -> Vec<Spot> {
        let edits = self.edits > 0;
        let again = self.refreshes > 0;
        let gone = self.has(Done::Removed) && !self.has(Done::Returned);
        Self::spots(
            Meanwhile::Nothing,
            &[
                (self.looks == 1, Meanwhile::Look),
                (self.looks > 1, Meanwhile::LookTwice),
                (edits && !again, Meanwhile::Edit),
                (self.has(Done::RefreshedAfterEdit), Meanwhile::EditAndRefresh),
                (again && !edits && !self.has(Done::RefreshedAfterCancel), Meanwhile::Refresh),
                (self.has(Done::Assigned), Meanwhile::Assign),
                (gone, Meanwhile::Remove),
                (self.has(Done::Returned), Meanwhile::Return),
                (self.has(Done::Redistributed), Meanwhile::Redistribute),
                (self.has(Done::Cancelled) && !again, Meanwhile::Cancel),
                (self.has(Done::RefreshedAfterCancel), Meanwhile::CancelAndRefresh),
                (self.has(Done::RetriedAfterCancelAndEdit), Meanwhile::CancelAndRetry),
                (self.has(Done::Lost), Meanwhile::Lost),
                (self.has(Done::OtherRefreshed), Meanwhile::Neighbour),
                (self.has(Done::Named), Meanwhile::Rename),
            ],
        )
    }

    fn after(&self) -> Vec<Spot> {
        let gone = self.has(Done::Removed)
            && !self.has(Done::Returned)
            && !self.has(Done::ReturnedAfterEdit);
        let rows = [
            (self.has(Done::LookedAfterEdit), After::EditAndLook),
            (self.has(Done::RedistributedAfterEdit), After::EditAndRedistribute),
            (self.has(Done::AssignedAfterEdit), After::EditAndAssign),
            (self.has(Done::Redistributed), After::Redistribute),
            (self.has(Done::ReturnedAfterEdit), After::Return),
            (gone, After::Remove),
            (self.in_vain == 1, After::InVain),
            (self.in_vain > 1, After::InVainTwice),
            (self.has(Done::Cancelled), After::Cancel),
            (self.has(Done::OtherDeleted), After::Delete),
            (self.has(Done::FlagUnset), After::Flag),
            (self.has(Done::VersionWritten), After::Version),
            (self.has(Done::AssignedTwice), After::Twice),
        ];
        rows.iter().filter(|(is_met, _)| *is_met).map(|&(_, value)| value.into()).collect()
    }
}

/// A refresh whose surroundings are being told.
#[derive(Clone, Debug)]
pub(super) struct Refreshed {
    spots: Vec<Spot>,
    files: Vec<Vec<Spot>>,
    is_telling: bool,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Nobody has waited for it yet.
    UnderWay,
    /// It was waited for; nothing came after that was waited for, too.
    Quiescent,
    /// What came after it is told.
    Followed,
}

impl Refreshed {
    pub(super) fn new(spots: Vec<Spot>, files: Vec<Vec<Spot>>, is_telling: bool) -> Self {
        Self { spots, files, is_telling, stage: Stage::UnderWay }
    }

    pub(super) fn is_under_way(&self) -> bool {
        self.stage == Stage::UnderWay
    }

    /// Everything was waited for; `interval` is what was done since the last time, or since the refresh.
    pub(super) fn settle(&mut self, interval: &Interval) {
        match self.stage {
            Stage::UnderWay => {
                self.spots.extend(interval.meanwhile());
                self.stage = Stage::Quiescent;
            }
            Stage::Quiescent | Stage::Followed => {
                let after = interval.after();
                if !after.is_empty() {
                    self.spots.extend(after);
                    self.stage = Stage::Followed;
                }
            }
        }
    }

    /// A situation for each file that it had to bring, one without where there is none; none where nobody waited for it.
    pub(super) fn situations(mut self) -> Vec<Situation> {
        match self.stage {
            Stage::UnderWay => return Vec::new(),
            Stage::Quiescent => self.spots.push(After::Nothing.into()),
            Stage::Followed => {}
        }
        let is_telling = self.is_telling;
        let files = std::mem::take(&mut self.files);
        let mut rows: Vec<Vec<Spot>> =
            files.into_iter().map(|file| [self.spots.as_slice(), &file].concat()).collect();
        if rows.is_empty() {
            rows.push(self.spots);
        }
        rows.into_iter().map(|spots| Situation { spots, is_telling }).collect()
    }
}
