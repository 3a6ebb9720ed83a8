//! Spoils what is answered, though what was done is right.

use crate::mutants::scene::Scene;
use pkgsource_model::history::timeline::Held;
use pkgsource_model::reply::{
    Answer, ContextStatus, PackageStatus, Page, PointStatus, Reply, SiteStatus,
};
use pkgsource_model::words::{Content, PointState, SourceVersion};

/// A version that is lower by one, but never below the first.
fn before(version: SourceVersion) -> SourceVersion {
    SourceVersion(version.0.saturating_sub(1).max(1))
}

impl Scene<'_> {
    /// Answers something else to the read of a package that is there.
    pub(in crate::mutants) fn answer_package(&mut self, change: impl Fn(&mut PackageStatus)) {
        if let Reply::Ok(Answer::Package(Some(status))) = &mut self.reply {
            change(status);
        }
    }

    /// Answers something else to the read of a site's row.
    pub(in crate::mutants) fn answer_site(&mut self, change: impl Fn(&mut SiteStatus)) {
        if let Reply::Ok(Answer::Site(Some(status))) = &mut self.reply {
            change(status);
        }
    }

    /// A site says that it knows the version before.
    pub(in crate::mutants) fn site_says_the_version_before(&mut self) {
        self.answer_site(|status| status.version = before(status.version));
    }

    /// A site says that it stores the files of the version before.
    pub(in crate::mutants) fn site_stores_the_version_before(&mut self) {
        self.answer_site(|status| {
            status.stored = status.stored.map(|stored| stored.map(before));
        });
    }

    /// Answers something else to the read of a point that says that it is installed.
    pub(in crate::mutants) fn answer_installed(&mut self, change: impl Fn(&mut PointStatus)) {
        if let Reply::Ok(Answer::Point(status)) = &mut self.reply
            && status.state == PointState::Installed
        {
            change(status);
        }
    }

    /// A point that is installed says that it is not, yet.
    pub(in crate::mutants) fn point_says_it_waits(&mut self, state: PointState) {
        self.answer_installed(|status| status.state = state);
    }

    /// A point says the version before.
    pub(in crate::mutants) fn point_says_the_version_before(&mut self) {
        self.answer_installed(|status| status.version = status.version.map(before));
    }

    /// A point says a version that is still to come.
    pub(in crate::mutants) fn point_says_the_version_after(&mut self) {
        self.answer_installed(|status| status.version = status.version.map(|v| v.plus(1)));
    }

    /// What is read back of any point, of any version, is changed in the same way. What was added besides the source stays.
    pub(in crate::mutants) fn change_every_file_list(
        &mut self,
        change: impl Fn(Content) -> Content,
    ) {
        if let Reply::Ok(Answer::Content(Some(Page { files, .. }))) = &mut self.reply {
            let is_added = |path: &str| path.starts_with("added/");
            let (added, own): (Content, Content) =
                std::mem::take(files).into_iter().partition(|(path, _)| is_added(path.as_str()));
            *files = change(own);
            files.extend(added);
        }
    }

    /// Answers something else to the read of an injection status.
    pub(in crate::mutants) fn answer_context(&mut self, change: impl Fn(&mut ContextStatus)) {
        if let Reply::Ok(Answer::Context(status)) = &mut self.reply {
            change(status);
        }
    }

    /// The snapshot that has just been taken holds these files of the source.
    pub(in crate::mutants) fn take_instead(&mut self, files: &Content) {
        let added: Vec<_> = self
            .now()
            .map(|package| package.additions.iter().map(|added| added.path.clone()).collect())
            .unwrap_or_default();
        let own = files.iter().filter(|(path, _)| !added.contains(path));
        let own: Content = own.map(|(path, record)| (path.clone(), *record)).collect();
        let base = self.world.number(&own);
        if let Some(package) = self.now_mut()
            && let Some(last) = package.state.generations.last_mut()
        {
            last.held = last.held.map(|held| Held { base, ..held });
        }
    }

    /// The snapshot is what the last one and the source make together.
    pub(in crate::mutants) fn take_mixture(
        &mut self,
        mixture: impl Fn(&Content, &Content) -> Content,
    ) {
        if let Some((old, new)) = self.contents() {
            let mixed = mixture(&old, &new);
            if mixed != new {
                self.take_instead(&mixed);
            }
        }
    }
}
