//! A site in operation: what a client may ask of it.
//!
//! Every operation is complete when it returns. What is to be is committed to the database first, then brought about,
//! then noted; an operation that was cut short in between is completed when the site is opened again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::error::SiteError;
use crate::hierarchy::Hierarchy;
use crate::manifest::Manifest;
use crate::package::{NewPackage, Property, Record};
use crate::replicate::{Libraries, Sending};
use crate::return_value;
use crate::schedule;
use crate::status::PointState;
use crate::store::{Distribution, Store};

/// The database's file name below the root folder.
const DATABASE: &str = "site.redb";

/// An owner site with its child sites and distribution points, below one root folder.
#[derive(Debug)]
pub struct Site {
    pub(crate) store: Store,
    pub(crate) libraries: Libraries,
}

impl Site {
    /// Makes a site with an empty library for every site and point of the hierarchy. The folder is made if need be.
    ///
    /// # Errors
    /// [`SiteError::AlreadyExists`] if the folder has a site; otherwise a file or database error, after which the
    /// folder should be removed.
    pub fn create(root: &Path, hierarchy: &Hierarchy) -> Result<Self, SiteError> {
        if root.join(DATABASE).exists() {
            return Err(SiteError::already_exists("site", &root.display().to_string()));
        }
        let root = std::path::absolute(root).map_err(SiteError::file("resolve", root))?;
        let libraries = Libraries::new(&root, hierarchy.clone());
        libraries.all().try_for_each(crate::library::Library::create)?;
        Ok(Self { store: Store::create(&root.join(DATABASE), hierarchy)?, libraries })
    }

    /// Opens a site that is there, and completes or takes back whatever was cut short.
    ///
    /// # Errors
    /// [`SiteError::NotFound`] if the folder has no site; otherwise a file or database error, e.g. because another
    /// process has the site open.
    pub fn open(root: &Path) -> Result<Self, SiteError> {
        let none = || SiteError::not_found("site", &root.display().to_string());
        if !root.join(DATABASE).exists() {
            return Err(none());
        }
        let root = std::path::absolute(root).map_err(SiteError::file("resolve", root))?;
        let store = Store::open(&root.join(DATABASE))?;
        let hierarchy = store.hierarchy()?.ok_or_else(none)?;
        let mut site = Self { store, libraries: Libraries::new(&root, hierarchy) };
        site.recover()?;
        Ok(site)
    }

    /// The sites and distribution points.
    #[must_use]
    pub fn hierarchy(&self) -> &Hierarchy {
        self.libraries.hierarchy()
    }

    /// The folder that stands for a distribution point. While it is renamed away, the point does not answer.
    ///
    /// # Errors
    /// [`SiteError::NotFound`] if there is no such point.
    pub fn point_folder(&self, point: &str) -> Result<PathBuf, SiteError> {
        Ok(self.libraries.point(point)?.folder().to_owned())
    }

    /// The folder that stands for a site's library. While it is renamed away, a child site does not answer.
    ///
    /// # Errors
    /// [`SiteError::NotFound`] if there is no such site.
    pub fn site_folder(&self, site: &str) -> Result<PathBuf, SiteError> {
        Ok(self.libraries.site(site)?.folder().to_owned())
    }

    /// Creates a package at version 1, with a snapshot of its source. A source that cannot be taken leaves version 1
    /// without content, so that no point gets anything before a refresh, and its reason in
    /// [`PackageStatus::failure`](crate::PackageStatus::failure).
    ///
    /// # Errors
    /// The identifier is taken or empty, or the source flag does not go with the class.
    pub fn create_package(&mut self, new: &NewPackage) -> Result<(), SiteError> {
        let mut record = Record::new(new)?;
        if self.store.package(&new.id)?.is_some() {
            return Err(SiteError::already_exists("package", &new.id));
        }
        let mut files = Some(Vec::new());
        if record.source_flag.has_source() {
            match self.snapshot(&record)? {
                Ok(found) => files = Some(found),
                Err(refusal) => (files, record.failure) = (None, Some(refusal.reason)),
            }
        }
        let change = self.store.change()?;
        change.put_package(&new.id, &record)?;
        if let Some(files) = files {
            change.put_manifest(&Manifest::new(&new.id, record.version, files))?;
        }
        change.commit()
    }

    /// Puts properties, all of them or none. Returns 0, or what the refresh returned that the put asked for.
    ///
    /// # Errors
    /// The package is unknown, a property is read-only, or a value is refused.
    pub fn put(&mut self, package: &str, changes: &[Property]) -> Result<i32, SiteError> {
        let before = self.record(package)?;
        let mut record = before.clone();
        changes.iter().try_for_each(|property| record.put(property))?;
        if record != before {
            let change = self.store.change()?;
            change.put_package(package, &record)?;
            change.commit()?;
        }
        if changes.contains(&Property::RefreshPkgSourceFlag(true)) {
            return self.refresh(package, None, None);
        }
        Ok(return_value::SUCCESS)
    }

    /// Sets `RefreshSchedule`. Nothing fires by itself.
    ///
    /// # Errors
    /// The package is unknown, its flag is not [`Direct`](crate::SourceFlag::Direct), there are more than 15 tokens,
    /// or one is not 16 hex digits.
    pub fn set_schedule(&mut self, package: &str, tokens: &[String]) -> Result<(), SiteError> {
        let mut record = self.record(package)?;
        schedule::check(&record, tokens)?;
        record.schedule = tokens.to_vec();
        self.put_record(package, &record)
    }

    /// Assigns the package to a point, which gets the current version from its site's library; the source is not read.
    /// Once assigned, a second time does nothing.
    ///
    /// # Errors
    /// The package or the point is unknown. A delivery that fails is no error: see [`Site::point`].
    pub fn assign(&mut self, package: &str, point: &str) -> Result<(), SiteError> {
        self.record(package)?;
        self.libraries.point(point)?;
        let known = self.store.distribution(package, point)?;
        if known.as_ref().is_some_and(|row| row.state == PointState::Installed) {
            return Ok(());
        }
        // What a point still holds of a deleted package of the same name is no version of this one.
        let version = known.filter(|row| !row.is_leaving()).and_then(|row| row.version);
        self.journal(package, point, PointState::InstallPending, version)?;
        self.settle(package, Some(point), Sending::Missing)
    }

    /// Takes the package away from a point.
    ///
    /// # Errors
    /// The package or the point is unknown, or the one is not assigned to the other. A removal that fails is no error:
    /// see [`Site::point`].
    pub fn remove(&mut self, package: &str, point: &str) -> Result<(), SiteError> {
        let version = self.assigned(package, point)?.version;
        self.journal(package, point, PointState::RemovalPending, version)?;
        self.settle(package, Some(point), Sending::Missing)
    }

    /// Sends every file of the current version to one point again, over what is there. The version stays, and child
    /// sites get nothing.
    ///
    /// # Errors
    /// As [`Site::remove`].
    pub fn redistribute(&mut self, package: &str, point: &str) -> Result<(), SiteError> {
        let row = self.assigned(package, point)?;
        if row.is_leaving() {
            return Err(unassigned(package, point));
        }
        self.journal(package, point, PointState::ContentUpdating, row.version)?;
        self.settle(package, Some(point), Sending::Everything)
    }

    /// Cancels a distribution to a point. Nothing is ever under way between two operations, so it comes too late and
    /// is ignored.
    ///
    /// # Errors
    /// The package or the point is unknown.
    pub fn cancel(&mut self, package: &str, point: &str) -> Result<(), SiteError> {
        self.record(package)?;
        self.libraries.point(point).map(drop)
    }

    /// Deletes the package everywhere; afterwards it is unknown.
    ///
    /// # Errors
    /// The package is unknown. Content on a point that does not answer goes at the next [`Site::retry`].
    pub fn delete(&mut self, package: &str) -> Result<(), SiteError> {
        let mut freed = self.digests_of_current(package)?;
        freed.extend(self.record(package)?.added.into_iter().map(|file| file.sha256));
        let change = self.store.change()?;
        change.remove_package(package)?;
        for (id, context) in self.store.contexts()? {
            if context.package == package {
                change.remove_context(&id)?;
            }
        }
        for (point, row) in self.store.distributions(package)? {
            let row = Distribution { state: PointState::RemovalPending, ..row };
            change.put_distribution(package, &point, &row)?;
        }
        change.commit()?;
        self.settle(package, None, Sending::Missing)?;
        self.release_at_owner(freed)
    }

    /// The record of a package, or that it is unknown.
    pub(crate) fn record(&self, package: &str) -> Result<Record, SiteError> {
        self.store.package(package)?.ok_or_else(|| SiteError::not_found("package", package))
    }

    /// The files of the current version; none where it has no content.
    pub(crate) fn digests_of_current(&self, package: &str) -> Result<BTreeSet<String>, SiteError> {
        Ok(self.store.manifest(package)?.map(|manifest| manifest.digests()).unwrap_or_default())
    }

    pub(crate) fn put_record(&self, package: &str, record: &Record) -> Result<(), SiteError> {
        let change = self.store.change()?;
        change.put_package(package, record)?;
        change.commit()
    }

    fn assigned(&self, package: &str, point: &str) -> Result<Distribution, SiteError> {
        self.record(package)?;
        self.libraries.point(point)?;
        let row = self.store.distribution(package, point)?;
        row.ok_or_else(|| unassigned(package, point))
    }

    /// Commits what is to happen to one distribution.
    fn journal(
        &self,
        package: &str,
        point: &str,
        state: PointState,
        version: Option<u32>,
    ) -> Result<(), SiteError> {
        let change = self.store.change()?;
        change.put_distribution(package, point, &Distribution { state, version, failure: None })?;
        change.commit()
    }
}

fn unassigned(package: &str, point: &str) -> SiteError {
    SiteError::not_found("assignment", &format!("{package} on {point}"))
}
