//! What the reference answers to reads: some answer that the model permits, the newest where it works at once.

use super::world::{Leisure, Pace, Package, World};
use pkgsource_model::history::timeline::{Act, Held};
use pkgsource_model::index::{PointIndex, SiteIndex};
use pkgsource_model::operation::Operation;
use pkgsource_model::readings::behaviour as b;
use pkgsource_model::reply::{
    Answer, ContextStatus, PackageStatus, Page, PointStatus, Problem, Reply, SiteStatus,
};
use pkgsource_model::step::{Action, Existence, State, step};
use pkgsource_model::words::{FileRecord, PackageId, PointState, SourceVersion};
use std::collections::BTreeSet;

impl World {
    pub(super) fn read(&mut self, operation: &Operation<FileRecord>) -> Reply<Answer> {
        if let Operation::Idle {} = operation {
            return Reply::Ok(Answer::Idle(self.is_idle()));
        }
        let Some(id) = operation.package().cloned() else {
            return Reply::Unsupported(Problem::default());
        };
        Reply::Ok(match operation {
            Operation::Package { .. } => self.read_package(&id),
            Operation::Site { site, .. } => match self.sites.position(|known| known == site) {
                Some(site) => self.read_site(&id, site),
                None => Answer::Site(None),
            },
            Operation::Point { point, .. } => match self.point(point) {
                Some(point) => self.read_point(&id, point),
                None => Answer::Point(PointStatus { state: PointState::None, version: None }),
            },
            Operation::Content { point, .. } => match self.point(point) {
                Some(point) => self.read_content(&id, point),
                None => Answer::Content(None),
            },
            Operation::Context { context, .. } => Answer::Context(self.read_context(&id, context)),
            Operation::Operable { .. } => {
                let operable =
                    self.packages.get(&id).and_then(|package| package.state.properties.operable);
                Answer::Operable(operable.unwrap_or(true))
            }
            Operation::Create { .. }
            | Operation::Edit { .. }
            | Operation::Put { .. }
            | Operation::Refresh { .. }
            | Operation::SetSchedule { .. }
            | Operation::Assign { .. }
            | Operation::Remove { .. }
            | Operation::Redistribute { .. }
            | Operation::Cancel { .. }
            | Operation::Delete { .. }
            | Operation::AddDriver { .. }
            | Operation::AddContent { .. }
            | Operation::Fault { .. }
            | Operation::Heal { .. }
            | Operation::Clock { .. }
            | Operation::Idle {} => return Reply::Unsupported(Problem::default()),
        })
    }

    fn is_idle(&mut self) -> bool {
        let ids: Vec<PackageId> = self.packages.keys().cloned().collect();
        let busy = self
            .packages
            .values()
            .any(|package| package.state.work.opening || package.state.work.pending > 0);
        if busy {
            (0..3).for_each(|_| self.work_a_little());
            return false;
        }
        if self.policy.pace.leisure().is_some_and(|leisure| self.waited < leisure.polls) {
            self.waited += 1;
            self.work_a_little();
            return false;
        }
        self.waited = 0;
        ids.iter().all(|id| self.settle(id))
    }

    /// The first of these that the model permits, or, at leisure, any; the state then remembers what was shown.
    fn show<T: Clone>(
        &mut self,
        id: &PackageId,
        candidates: &[T],
        act: impl Fn(&T) -> Act,
    ) -> Option<T> {
        let package = self.packages.get(id)?;
        let rules = self.rules(package.class);
        let seen =
            |candidate: &T| step(&package.state, Action::Observe(&act(candidate)), &rules).ok();
        let mut possible: Vec<_> =
            candidates.iter().filter_map(|c| Some((c.clone(), seen(c)?))).collect();
        let nth =
            if self.policy.pace == Pace::AtOnce { 0 } else { self.random.below(possible.len()) };
        if nth >= possible.len() {
            return None;
        }
        let (shown, state) = possible.swap_remove(nth);
        self.packages.get_mut(id)?.state = state;
        Some(shown)
    }

    /// The highest version that it dares to show: one that is still to be made could fail to be.
    fn most_shown(&self, package: &Package) -> u32 {
        let state = &package.state;
        let may_fail = !self.policy.readings.permits(b::FailedVersion::Advances);
        let certain = state.visible.shown.max(state.processed()).max(1);
        if may_fail { certain } else { certain.max(state.ceiling(&self.rules(package.class))) }
    }

    fn read_package(&mut self, id: &PackageId) -> Answer {
        let Some(package) = self.packages.get(id) else { return Answer::Package(None) };
        let most = self.most_shown(package);
        let state = &package.state;
        let status = |version: u32, failed: bool| PackageStatus {
            version: SourceVersion(version),
            action: Some(u32::from(version < state.processed())),
            failure: failed.then(|| "the source cannot be read".to_owned()),
            source_flag: Some(state.properties.flag),
        };
        let mut candidates = Vec::new();
        if matches!(state.existence, Existence::Here | Existence::Deleting) {
            for version in versions(state, state.visible.reported, most) {
                candidates.push(Some(status(version, state.failure.failed)));
                candidates.push(Some(status(version, !state.failure.failed)));
            }
        }
        candidates.push(None);
        Answer::Package(
            self.show(id, &candidates, |status| Act::ReadPackage(status.clone())).flatten(),
        )
    }

    fn read_site(&mut self, id: &PackageId, site: SiteIndex) -> Answer {
        let Some(package) = self.packages.get(id) else { return Answer::Site(None) };
        let most = self.most_shown(package);
        let state = &package.state;
        let row = state.sites.get(site).copied().unwrap_or_default();
        let mut candidates = Vec::new();
        if state.existence == Existence::Here {
            for version in versions(state, row.version.max(1), most) {
                for stored in versions(state, 0, state.processed()) {
                    let stored = (stored > 0).then_some(SourceVersion(stored));
                    candidates.push(Some(SiteStatus {
                        version: SourceVersion(version),
                        stored: Some(stored),
                    }));
                }
            }
        }
        candidates.push(None);
        Answer::Site(
            self.show(id, &candidates, |status| Act::ReadSite { site, status: *status }).flatten(),
        )
    }

    fn read_point(&mut self, id: &PackageId, point: PointIndex) -> Answer {
        let none = PointStatus { state: PointState::None, version: None };
        let Some(package) = self.packages.get(id) else { return Answer::Point(none) };
        let most = self.most_shown(package);
        let state = &package.state;
        let row = state.points.get(point).copied().unwrap_or_default();
        let held = row.held.map_or(0, |generation| state.version_of(generation));
        let mut candidates = Vec::new();
        if row.assigned {
            let installed = |version: u32| PointStatus {
                state: PointState::Installed,
                version: Some(SourceVersion(version)),
            };
            candidates.extend(versions(state, row.reported.max(1), held).map(installed));
            let waiting = self.policy.pace.leisure().unwrap_or(Leisure::USUAL).waiting;
            for state in [waiting, PointState::ContentUpdating] {
                candidates.push(PointStatus { state, version: None });
            }
            for version in versions(state, row.reported, most) {
                let version = (version > 0).then_some(SourceVersion(version));
                candidates.push(PointStatus { state: waiting, version });
                candidates.push(PointStatus { state: PointState::ContentUpdating, version });
            }
        }
        if row.is_cancelled() {
            candidates.push(PointStatus { state: PointState::InstallFailed, version: None });
        }
        candidates.push(none);
        let shown = self.show(id, &candidates, |status| Act::ReadPoint { point, status: *status });
        Answer::Point(shown.unwrap_or(none))
    }

    fn read_content(&mut self, id: &PackageId, point: PointIndex) -> Answer {
        let Some(package) = self.packages.get(id) else { return Answer::Content(None) };
        let held = package.state.points.get(point).and_then(|row| row.held);
        let held: Option<Held> =
            held.and_then(|generation| package.state.generations.get(generation)?.held);
        let candidates = [held, None];
        let shown =
            self.show(id, &candidates, |held| Act::ReadContent { point, held: *held }).flatten();
        let files = shown.and_then(|held| Some(self.files(self.packages.get(id)?, held)));
        Answer::Content(files.map(|files| Page { files, next: None }))
    }

    fn read_context(&self, id: &PackageId, context: &str) -> ContextStatus {
        let none = ContextStatus { status: 3, progress: 0, max_progress: 0, error_code: 0 };
        let Some(package) = self.packages.get(id) else { return none };
        if !package.contexts.iter().any(|known| known == context) {
            return none;
        }
        let state = &package.state;
        let (status, progress) = match state.work.pending {
            0 if state.failure.failed => (2, 40),
            0 => (0, 100),
            _ => (1, 40),
        };
        ContextStatus { status, progress, max_progress: 100, error_code: 0 }
    }
}

/// The versions between two, both included, that can be shown: those that there are and those to come, the newest first.
/// Whoever counts otherwise than by one leaves gaps, and nothing is in a gap.
fn versions(state: &State, least: u32, most: u32) -> impl Iterator<Item = u32> + use<> {
    let newest = state.processed();
    let to_come = newest..=newest.saturating_add(state.work.pending);
    let there = state.generations.iter().map(|generation| generation.version);
    let all: BTreeSet<u32> =
        there.chain(to_come).chain([least, state.visible.shown, most]).collect();
    all.into_iter().rev().filter(move |version| (least..=most).contains(version))
}
