//! `RefreshPkgSource`: snapshot, commit, fan-out.
//!
//! The order is the whole of its safety. Files get into the owner's library first; the commit of the new version is
//! the one instant at which the refresh happens; the fan-out only brings about what the database says, so that it can
//! be done again at any time.

use std::collections::{BTreeMap, BTreeSet};

use crate::digest::Pump;
use crate::error::SiteError;
use crate::manifest::Manifest;
use crate::package::Record;
use crate::replicate::Sending;
use crate::return_value;
use crate::site::Site;
use crate::source::{self, SnapshotError};
use crate::status::{ContentFile, ContextStatus, PointState};
use crate::store::{Change, ContextEntry, Distribution};

/// A refresh that the source did not allow.
pub(crate) struct Refusal {
    /// The non-zero return value.
    pub(crate) value: i32,
    /// The reason, for people.
    pub(crate) reason: String,
}

impl Site {
    /// Takes a snapshot of the package's source, raises its version by one, and brings it to every child site with a
    /// point of the package and to every such point. Done when it returns 0.
    ///
    /// The return value is 0 or one of [`return_value`]; after a non-zero one the version and every point are as they
    /// were, and unless the package has no source to read, the reason is in the package's status. A point that does
    /// not take the version is no failure of the refresh: its own status tells. `at_site` names the site that is asked;
    /// one that does not own the package passes the call on to the owner. `context` makes the outcome on a boot image
    /// readable with [`Site::context`]; an empty one is the same as none.
    ///
    /// # Errors
    /// The package or the site is unknown, or a context was given for a class other than a boot image.
    pub fn refresh(
        &mut self,
        package: &str,
        at_site: Option<&str>,
        context: Option<&str>,
    ) -> Result<i32, SiteError> {
        let record = self.record(package)?;
        at_site.map_or(Ok(()), |site| self.hierarchy().known_site(site))?;
        if context.is_some() && !record.class.takes_context() {
            let reason = format!("a refresh of {} takes no context; leave it out", record.class);
            return Err(SiteError::invalid("ContextID", reason));
        }
        self.update(package, record, context.filter(|context| !context.is_empty()))
    }

    /// A refresh to the state that `record` describes. If the source does not allow it, the stored record stays.
    pub(crate) fn update(
        &mut self,
        package: &str,
        record: Record,
        context: Option<&str>,
    ) -> Result<i32, SiteError> {
        let before = self.digests_of_current(package)?;
        match self.prepare(&record)? {
            Err(refusal) => self.note_refusal(package, &refusal, context),
            Ok((version, files)) => {
                let manifest = Manifest::new(package, version, files);
                self.commit_version(record, &manifest, context)?;
                self.settle(package, None, Sending::Missing)?;
                self.release_at_owner(before)?;
                Ok(return_value::SUCCESS)
            }
        }
    }

    /// The next version and its files, which are in the owner's library when this returns.
    fn prepare(
        &self,
        record: &Record,
    ) -> Result<Result<(u32, Vec<ContentFile>), Refusal>, SiteError> {
        if !record.source_flag.has_source() {
            let flag = record.source_flag.number();
            let reason = format!("PkgSourceFlag is {flag}: there is no source to refresh");
            return Ok(Err(Refusal { value: return_value::NO_SOURCE, reason }));
        }
        let Some(version) = record.version.checked_add(1) else {
            let reason = "SourceVersion is at its ceiling; create the package anew".to_owned();
            return Ok(Err(Refusal { value: return_value::VERSION_EXHAUSTED, reason }));
        };
        Ok(self.snapshot(record)?.map(|files| {
            let all = files.into_iter().chain(record.added.iter().cloned());
            // By path: what was added through a method covers a source file of the same name.
            let by_path: BTreeMap<String, ContentFile> =
                all.map(|file| (file.path.clone(), file)).collect();
            (version, by_path.into_values().collect())
        }))
    }

    /// The source's files, which are in the owner's library when this returns.
    pub(crate) fn snapshot(
        &self,
        record: &Record,
    ) -> Result<Result<Vec<ContentFile>, Refusal>, SiteError> {
        let Some(source) = &record.source else {
            let reason = "the package has no source path; put PkgSourcePath".to_owned();
            return Ok(Err(Refusal { value: return_value::PATH_NOT_FOUND, reason }));
        };
        match source::snapshot(source, self.libraries.owner()?, &mut Pump::new()) {
            Ok(files) => Ok(Ok(files)),
            Err(SnapshotError::Library(error)) => Err(error),
            Err(SnapshotError::Source { value, reason }) => {
                self.release_at_owner(self.libraries.owner()?.stored()?)?;
                Ok(Err(Refusal { value, reason }))
            }
        }
    }

    /// The commit point: from here on the package has the new version, and every point is due.
    fn commit_version(
        &self,
        mut record: Record,
        manifest: &Manifest,
        context: Option<&str>,
    ) -> Result<(), SiteError> {
        let package = &manifest.package;
        record.version = manifest.version;
        record.failure = None;
        record.operable &= !record.class.is_spoiled_by_refresh();
        let change = self.store.change()?;
        change.put_package(package, &record)?;
        change.put_manifest(manifest)?;
        note_context(&change, package, context, ContextStatus::complete(manifest.files.len()))?;
        for (point, row) in self.store.distributions(package)? {
            let state = match row.state {
                PointState::RemovalPending | PointState::RemovalFailed => continue,
                _ if row.version.is_none() => PointState::InstallPending,
                _ => PointState::ContentUpdating,
            };
            change.put_distribution(package, &point, &Distribution { state, ..row })?;
        }
        change.commit()
    }

    /// Leaves everything as it is but the reason. A package without source has nothing that could have failed.
    fn note_refusal(
        &self,
        package: &str,
        refusal: &Refusal,
        context: Option<&str>,
    ) -> Result<i32, SiteError> {
        let change = self.store.change()?;
        if refusal.value != return_value::NO_SOURCE {
            let mut record = self.record(package)?;
            record.failure = Some(refusal.reason.clone());
            change.put_package(package, &record)?;
        }
        let status = ContextStatus::failed(refusal.value, &refusal.reason);
        note_context(&change, package, context, status)?;
        change.commit()?;
        Ok(refusal.value)
    }

    /// Deletes those of `candidates` from the owner's library that neither a version nor added content uses.
    pub(crate) fn release_at_owner(
        &self,
        mut candidates: BTreeSet<String>,
    ) -> Result<(), SiteError> {
        if candidates.is_empty() {
            return Ok(());
        }
        let manifests = self.store.manifests()?.into_iter().flat_map(|(_, held)| held.files);
        let added = self.store.packages()?.into_iter().flat_map(|(_, record)| record.added);
        for file in manifests.chain(added) {
            candidates.remove(&file.sha256);
        }
        self.libraries.owner()?.delete(&candidates)
    }
}

fn note_context(
    change: &Change,
    package: &str,
    context: Option<&str>,
    status: ContextStatus,
) -> Result<(), SiteError> {
    context.map_or(Ok(()), |id| {
        change.put_context(id, &ContextEntry { package: package.to_owned(), status })
    })
}
