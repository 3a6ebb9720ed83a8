//! What is wrong in each mutant, as one small change of what the reference did or answered.

use crate::adapter::reference::{Package, World};
use pkgsource_model::history::timeline::{Act, ContentId, Held, Outcome};
use pkgsource_model::operation::Operation;
use pkgsource_model::reply::{Answer, ContextStatus, PointStatus, Reply, SiteStatus};
use pkgsource_model::step::{Action, Choice, Existence, step};
use pkgsource_model::words::{
    Content, FileRecord, PackageClass, PackageId, PointState, ReturnValue, SourceVersion,
};
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
    DeletesSharedFiles,
    ComparesSizes,
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

/// What a flaw works on: the world after the operation, and the packages as they were before it.
struct Scene<'a> {
    world: &'a mut World,
    before: &'a BTreeMap<PackageId, Package>,
    id: &'a PackageId,
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

impl Scene<'_> {
    /// The package now, as a list of one or none.
    fn now(&mut self) -> Option<&mut Package> {
        self.world.packages.get_mut(self.id)
    }

    fn old(&self) -> Option<&Package> {
        self.before.get(self.id)
    }

    /// The newest content of a package.
    fn newest(&self, package: &Package) -> Option<Content> {
        let held = package.state.generations.iter().rev().find_map(|generation| generation.held)?;
        Some(self.world.files(package, held))
    }

    fn contents(&self) -> Option<(Content, Content)> {
        let now = self.world.packages.get(self.id)?;
        Some((self.newest(self.old()?)?, self.newest(now)?))
    }

    fn was_readable(&self) -> bool {
        self.old().is_some_and(|package| {
            !package.state.has_source() || package.state.source_now().is_some()
        })
    }

    fn restore(&mut self) {
        if let Some(old) = self.old().cloned() {
            self.world.packages.insert(self.id.clone(), old);
        }
    }

    /// Raises or lowers the version everywhere at once, so that nothing but the number is wrong.
    fn move_version(&mut self, by: i64) {
        let Some(package) = self.now() else { return };
        let state = &mut package.state;
        let moved = |version: u32| u32::try_from(i64::from(version) + by).unwrap_or(version);
        let old = state.processed();
        if let Some(last) = state.generations.last_mut() {
            last.version = moved(last.version);
        }
        for value in [&mut state.shown, &mut state.reported] {
            *value = moved(old);
        }
        for row in &mut state.sites {
            for value in [&mut row.version, &mut row.stored] {
                *value = if *value >= old { moved(old) } else { *value };
            }
        }
        for row in &mut state.points {
            row.reported = row.reported.min(moved(old));
        }
    }

    fn assigned(&mut self) -> Vec<usize> {
        let Some(package) = self.now() else { return Vec::new() };
        let rows = package.state.points.iter().enumerate();
        rows.filter(|(_, row)| row.assigned).map(|(nth, _)| nth).collect()
    }

    /// Makes every assigned point hold something else.
    fn hold_instead(&mut self, content: Option<&Content>) {
        for point in self.assigned() {
            if let Some(package) = self.now() {
                package.instead.insert(point, content.cloned());
            }
        }
    }

    fn leave_behind(&mut self, points: &[usize]) {
        let old: Vec<Option<usize>> = self
            .old()
            .map(|old| old.state.points.iter().map(|row| row.held).collect())
            .unwrap_or_default();
        let Some(package) = self.now() else { return };
        for &point in points {
            if let Some(row) = package.state.points.get_mut(point) {
                (row.held, row.owed) = (old.get(point).copied().flatten(), false);
            }
        }
    }

    fn live_source(&self) -> Option<Content> {
        let package = self.world.packages.get(self.id)?;
        let (_, files, present) = self.world.sources.get(package.state.source?)?;
        present.then(|| files.clone())
    }

    fn after_refresh(&mut self, defect: Defect) {
        let Some((old, new)) = self.contents() else { return };
        let changed = old != new;
        match defect {
            Defect::SkipsIncrement if changed => self.move_version(-1),
            Defect::SkipsUnchangedIncrement if !changed => self.move_version(-1),
            Defect::IncrementsTwice => self.move_version(1),
            Defect::LeavesPointBehind if changed => {
                let last = self.assigned().pop();
                self.leave_behind(last.as_slice());
            }
            Defect::LeavesEveryPointBehind if changed => {
                let points = self.assigned();
                self.leave_behind(&points);
            }
            Defect::CopiesNothing if changed => self.hold_instead(Some(&old)),
            Defect::MixesVersions => {
                if let Some(mixture) = mixture(&old, &new) {
                    self.hold_instead(Some(&mixture));
                }
            }
            Defect::KeepsDeletedFiles => {
                let mut both = old;
                both.extend(new);
                self.hold_instead(Some(&both));
            }
            Defect::ComparesSizes => self.keep_same_sizes(&old, &new),
            Defect::DeletesSharedFiles => self.delete_dropped(&old, &new),
            _ => {}
        }
    }

    /// The snapshot takes no file whose name and size it had before.
    fn keep_same_sizes(&mut self, old: &Content, new: &Content) {
        let keep = |(path, record): (&_, &FileRecord)| {
            let known = old.get(path).filter(|known| known.size == record.size);
            (Clone::clone(path), *known.unwrap_or(record))
        };
        let kept: Content = new.iter().map(keep).collect();
        let additions: Vec<_> =
            self.now().iter().flat_map(|package| package.additions.clone()).collect();
        let base: Content = kept
            .into_iter()
            .filter(|(path, _)| !additions.iter().any(|added| added.path == *path))
            .collect();
        let base: ContentId = self.world.number(&base);
        if let Some(last) = self.now().and_then(|package| package.state.generations.last_mut()) {
            last.held = last.held.map(|held| Held { base, ..held });
        }
    }

    /// Files that this package dropped are deleted from the others, too.
    fn delete_dropped(&mut self, old: &Content, new: &Content) {
        let dropped: Vec<FileRecord> = old
            .values()
            .filter(|record| !new.values().any(|kept| kept == *record))
            .copied()
            .collect();
        let others: Vec<PackageId> =
            self.world.packages.keys().filter(|id| *id != self.id).cloned().collect();
        for other in others {
            let Some(files) =
                self.world.packages.get(&other).and_then(|package| self.newest(package))
            else {
                continue;
            };
            let left: Content =
                files.into_iter().filter(|(_, record)| !dropped.contains(record)).collect();
            let Some(package) = self.world.packages.get_mut(&other) else { continue };
            for point in 0..package.state.points.len() {
                if package.state.points.get(point).is_some_and(|row| row.assigned) {
                    package.instead.insert(point, Some(left.clone()));
                }
            }
        }
    }

    fn change(
        &mut self,
        defect: Defect,
        operation: &Operation<FileRecord>,
        reply: Reply<Answer>,
    ) -> Reply<Answer> {
        let done = reply == Reply::Ok(Answer::Done);
        match operation {
            Operation::Refresh { context, .. } => {
                return self.refresh(defect, context.is_none(), reply);
            }
            Operation::Put { properties, .. } if done => self.put(defect, properties),
            Operation::Remove { point, .. } if done => {
                let files = self.old().and_then(|old| self.newest(old));
                if let (Defect::RemovedPointKeeps, Some(point)) = (defect, self.world.point(point))
                {
                    self.now()
                        .into_iter()
                        .for_each(|package| drop(package.instead.insert(point, files.clone())));
                }
                if defect == Defect::VersionGoesBack {
                    self.now().into_iter().for_each(|package| {
                        package.state.shown = package.state.shown.saturating_sub(1).max(1);
                        package.state.reported = package.state.shown;
                    });
                }
            }
            Operation::Assign { point, .. } if done => {
                let late = self.old().zip(self.world.point(point)).is_some_and(|(old, point)| {
                    old.state.points.get(point).is_some_and(|row| !row.assigned)
                });
                match defect {
                    Defect::AssignmentIncrements if late => self.move_version(1),
                    Defect::AssignsLiveSource if late => self.send_live_source(point),
                    _ => {}
                }
            }
            Operation::Redistribute { point, .. } if done => match defect {
                Defect::RedistributionIncrements => self.move_version(1),
                Defect::RedistributesLiveSource => self.send_live_source(point),
                _ => {}
            },
            Operation::Delete { .. } if done && defect == Defect::DeleteTakesAll => {
                for package in self.world.packages.values_mut() {
                    package.state.existence = Existence::Gone;
                }
            }
            Operation::AddDriver { .. } | Operation::AddContent { .. }
                if defect == Defect::ForgetsAdditions =>
            {
                self.now().into_iter().for_each(|package| {
                    package.state.referenced = 0;
                    for generation in &mut package.state.generations {
                        generation.held = generation.held.map(|held| Held { added: 0, ..held });
                    }
                });
            }
            Operation::SetSchedule { .. } if defect == Defect::TakesAnySchedule => {
                return Reply::Ok(Answer::Done);
            }
            _ => {}
        }
        reply
    }

    fn send_live_source(&mut self, point: &pkgsource_model::words::PointName) {
        let live = self.live_source();
        if let (Some(point), Some(live)) = (self.world.point(point), live) {
            self.now()
                .into_iter()
                .for_each(|package| drop(package.instead.insert(point, Some(live.clone()))));
        }
    }

    fn refresh(&mut self, defect: Defect, no_context: bool, reply: Reply<Answer>) -> Reply<Answer> {
        let exists = self.old().is_some_and(|old| old.state.existence == Existence::Here);
        let accepted = reply == Reply::Ok(Answer::Refreshed(ReturnValue::SUCCESS));
        let refusal = |value| Reply::Ok(Answer::Refreshed(ReturnValue(value)));
        match defect {
            Defect::AcceptsUnknown if !exists => refusal(0),
            Defect::NeedsContext if exists && no_context && accepted => {
                self.restore();
                refusal(87)
            }
            Defect::RefusesEverySecond if exists && accepted => {
                let second = self.old().is_some_and(|old| old.state.processed() % 2 == 0);
                if !second {
                    return reply;
                }
                self.restore();
                refusal(5)
            }
            Defect::FailsSilently if exists && !accepted && !self.was_readable() => {
                self.now().into_iter().for_each(|package| package.state.may_show_failure = false);
                refusal(0)
            }
            Defect::FailureEmptiesPoints if exists && !accepted && !self.was_readable() => {
                self.hold_instead(None);
                reply
            }
            Defect::RefusalIncrements if exists && !accepted && self.was_readable() => {
                self.move_version(1);
                reply
            }
            _ => reply,
        }
    }

    fn put(&mut self, defect: Defect, properties: &pkgsource_model::operation::Properties) {
        let only_name = properties.name.is_some()
            && properties.source.is_none()
            && properties.share_name.is_none();
        match defect {
            Defect::PutRefreshes if only_name => {
                let Some(package) = self.world.packages.get(self.id) else { return };
                let rules = self.world.rules(package.class);
                let context = pkgsource_model::history::timeline::ContextArgument::Absent;
                let act = Act::Refresh { context, at_owner: true, own_class: true };
                if let Ok(state) = step(
                    &package.state,
                    Action::Client(&act, Outcome::Done, Choice::Effect),
                    &rules,
                ) {
                    self.now().into_iter().for_each(|package| package.state = state.clone());
                    self.world.work_until_done();
                }
            }
            Defect::VersionCanBeWritten => {
                if let (Some(version), Some(package)) = (properties.source_version, self.now()) {
                    let by = i64::from(version) - i64::from(package.state.processed());
                    self.move_version(by);
                }
            }
            Defect::FlagWriteIgnored if properties.refresh_pkg_source_flag == Some(true) => {
                self.restore();
            }
            Defect::TakesAnyFlag => {
                if let (Some(flag), Some(package)) = (properties.source_flag, self.now()) {
                    package.flag_instead = Some(flag);
                }
            }
            _ => {}
        }
    }

    fn read(
        &mut self,
        defect: Defect,
        operation: &Operation<FileRecord>,
        reply: Reply<Answer>,
    ) -> Reply<Answer> {
        let Reply::Ok(answer) = reply else { return reply };
        Reply::Ok(match (operation, answer) {
            (Operation::Package { .. }, Answer::Package(Some(mut status))) => {
                if let Some(flag) = self.now().and_then(|package| package.flag_instead) {
                    status.source_flag = Some(flag);
                }
                Answer::Package(Some(status))
            }
            (Operation::Point { point, .. }, Answer::Point(status)) => {
                let point = self.world.point(point).unwrap_or_default();
                Answer::Point(self.point_status(defect, point, status))
            }
            (Operation::Content { point, .. }, Answer::Content(page)) => {
                let point = self.world.point(point).unwrap_or_default();
                let instead = self.now().and_then(|package| package.instead.get(&point).cloned());
                let page = match instead {
                    Some(files) => {
                        files.map(|files| pkgsource_model::reply::Page { files, next: None })
                    }
                    None => page,
                };
                Answer::Content(page)
            }
            (Operation::Site { site, .. }, Answer::Site(Some(status))) => {
                let site =
                    self.world.sites.iter().position(|known| known == site).unwrap_or_default();
                Answer::Site(Some(self.site_status(defect, site, status)))
            }
            (Operation::Context { .. }, Answer::Context(status))
                if defect == Defect::ProgressOverflows =>
            {
                Answer::Context(ContextStatus { progress: status.max_progress + 1, ..status })
            }
            (Operation::Operable { .. }, Answer::Operable(_))
                if defect == Defect::StaysOperable =>
            {
                Answer::Operable(true)
            }
            (_, answer) => answer,
        })
    }

    fn point_status(&mut self, defect: Defect, point: usize, status: PointStatus) -> PointStatus {
        let Some(version) = status.version.filter(|_| status.state == PointState::Installed) else {
            return status;
        };
        match defect {
            Defect::PointReportsAhead => PointStatus { version: Some(version.plus(1)), ..status },
            Defect::NeverReportsInstalled => {
                PointStatus { state: PointState::InstallPending, ..status }
            }
            Defect::ReportGoesBack
                if version > SourceVersion::FIRST && self.count("reports", point) == 2 =>
            {
                PointStatus { version: Some(SourceVersion(version.0 - 1)), ..status }
            }
            _ => status,
        }
    }

    fn site_status(&mut self, defect: Defect, site: usize, status: SiteStatus) -> SiteStatus {
        let before = SourceVersion(status.version.0.saturating_sub(1).max(1));
        let child = site > 0;
        match defect {
            Defect::ChildKeepsOldFiles if child => {
                let older =
                    |stored: SourceVersion| SourceVersion(stored.0.saturating_sub(1).max(1));
                SiteStatus { stored: status.stored.map(|stored| stored.map(older)), ..status }
            }
            Defect::FilesEverywhere if child => {
                SiteStatus { stored: Some(Some(status.version)), ..status }
            }
            Defect::ChildStaysBehind if child => {
                SiteStatus { version: SourceVersion::FIRST, ..status }
            }
            Defect::PointBeforeSite if child && self.count("sites", site) <= 2 => {
                SiteStatus { version: before, ..status }
            }
            _ => status,
        }
    }

    /// How often something was read since the last accepted refresh, this time included.
    fn count(&mut self, what: &'static str, nth: usize) -> u32 {
        let Some(package) = self.now() else { return 0 };
        let count = package.memory.entry((what, nth)).or_default();
        *count += 1;
        *count
    }
}

/// One file of the new version among those of the old; none where they differ in one file only.
fn mixture(old: &Content, new: &Content) -> Option<Content> {
    let differs = |path: &&pkgsource_model::words::FilePath| new.get(*path) != old.get(*path);
    let changed: Vec<_> =
        old.keys().filter(|path| new.contains_key(*path)).filter(differs).collect();
    let first = *changed.first().filter(|_| changed.len() > 1)?;
    let mut mixture = old.clone();
    mixture.insert(first.clone(), *new.get(first)?);
    Some(mixture)
}
