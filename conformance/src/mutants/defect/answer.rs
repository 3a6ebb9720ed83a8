//! What is wrong in what a read answers, though what was done is right.

use super::{Defect, Scene};
use pkgsource_model::operation::Operation;
use pkgsource_model::reply::{Answer, ContextStatus, Page, PointStatus, Reply, SiteStatus};
use pkgsource_model::words::{Content, FileRecord, PointState, SourceVersion};

impl Scene<'_> {
    pub(super) fn read(
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
                match defect {
                    Defect::InstallsUnreadSource if self.has_unread_source(point) => {
                        let (state, version) = (PointState::Installed, Some(SourceVersion::FIRST));
                        Answer::Point(PointStatus { state, version })
                    }
                    _ => Answer::Point(self.point_status(defect, point, status)),
                }
            }
            (Operation::Content { point, .. }, Answer::Content(page)) => {
                let point = self.world.point(point).unwrap_or_default();
                let instead = self.now().and_then(|package| package.instead.get(&point).cloned());
                let page = match instead {
                    _ if defect == Defect::InstallsUnreadSource
                        && self.has_unread_source(point) =>
                    {
                        Some(Page { files: Content::new(), next: None })
                    }
                    Some(files) => files.map(|files| Page { files, next: None }),
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

    /// True for a point of a package whose only version is of a source that could not be read.
    fn has_unread_source(&mut self, point: usize) -> bool {
        self.now().is_some_and(|package| {
            let state = &package.state;
            let unread = matches!(state.generations.as_slice(), [first] if first.held.is_none());
            let assigned = state.points.get(point).is_some_and(|row| row.assigned);
            unread && assigned && !state.bare
        })
    }

    /// How often something was read since the last accepted refresh, this time included.
    fn count(&mut self, what: &'static str, nth: usize) -> u32 {
        let Some(package) = self.now() else { return 0 };
        let count = package.memory.entry((what, nth)).or_default();
        *count += 1;
        *count
    }
}
