//! What is wrong in what an operation did, and in how it ended.

use super::{Defect, Scene};
use pkgsource_model::history::timeline::{Act, ContentId, ContextArgument, Held, Outcome};
use pkgsource_model::operation::{Operation, Properties};
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::step::{Action, Choice, Existence, step};
use pkgsource_model::words::{Content, FilePath, FileRecord, PackageId, PointName, ReturnValue};

impl Scene<'_> {
    pub(super) fn after_refresh(&mut self, defect: Defect) {
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
            Defect::ComparesSizesAndTimes => self.keep_unchanged_at_a_glance(&old, &new),
            Defect::DeletesSharedFiles => self.delete_dropped(&old, &new),
            _ => {}
        }
    }

    /// The snapshot takes no file whose name, size and modification time are what they were.
    fn keep_unchanged_at_a_glance(&mut self, old: &Content, new: &Content) {
        let retimed = self.now().map(|package| std::mem::take(&mut package.retimed));
        let retimed = retimed.unwrap_or_default();
        let keep = |(path, record): (&FilePath, &FileRecord)| {
            let known = old.get(path).filter(|known| known.size == record.size);
            let known = known.filter(|_| !retimed.contains(path));
            (path.clone(), *known.unwrap_or(record))
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

    pub(super) fn change(
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
            Operation::Remove { point, .. } if done => self.remove(defect, point),
            Operation::Assign { point, .. } if done => self.assign(defect, point),
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

    fn remove(&mut self, defect: Defect, point: &PointName) {
        let files = self.old().and_then(|old| self.newest(old));
        if let (Defect::RemovedPointKeeps, Some(point)) = (defect, self.world.point(point)) {
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

    fn assign(&mut self, defect: Defect, point: &PointName) {
        let late = self.old().zip(self.world.point(point)).is_some_and(|(old, point)| {
            old.state.points.get(point).is_some_and(|row| !row.assigned)
        });
        match defect {
            Defect::AssignmentIncrements if late => self.move_version(1),
            Defect::AssignsLiveSource if late => self.send_live_source(point),
            _ => {}
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

    fn put(&mut self, defect: Defect, properties: &Properties) {
        let only_name = properties.name.is_some()
            && properties.source.is_none()
            && properties.share_name.is_none();
        match defect {
            Defect::PutRefreshes if only_name => {
                let Some(package) = self.world.packages.get(self.id) else { return };
                let rules = self.world.rules(package.class);
                let context = ContextArgument::Absent;
                let act = Act::Refresh { context, at_owner: true, own_class: true };
                if let Ok(state) = step(
                    &package.state,
                    Action::Client(&act, Outcome::Done, Choice::Effect),
                    &rules,
                ) {
                    self.now().into_iter().for_each(|package| package.state.clone_from(&state));
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
}

/// One file of the new version among those of the old; none where they differ in one file only.
fn mixture(old: &Content, new: &Content) -> Option<Content> {
    let differs = |path: &&FilePath| new.get(*path) != old.get(*path);
    let changed: Vec<_> =
        old.keys().filter(|path| new.contains_key(*path)).filter(differs).collect();
    let first = *changed.first().filter(|_| changed.len() > 1)?;
    let mut mixture = old.clone();
    mixture.insert(first.clone(), *new.get(first)?);
    Some(mixture)
}
