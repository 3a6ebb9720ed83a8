//! What can be read of a site. No read changes anything.

use std::collections::BTreeMap;

use crate::digest::{Pump, Sum};
use crate::error::SiteError;
use crate::package::SourceFlag;
use crate::site::Site;
use crate::status::{
    ContentFile, ContextStatus, PackageStatus, PointState, PointStatus, SiteStatus,
};

/// `ActionInProgress`: nothing is under way.
const ACTION_NONE: u32 = 0;
/// `ActionInProgress`: a new version is on its way to a point.
const ACTION_UPDATE: u32 = 1;
/// `ActionInProgress`: the package is on its way to a new point.
const ACTION_ADD: u32 = 2;

impl Site {
    /// Every package's identifier, in order.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn packages(&self) -> Result<Vec<String>, SiteError> {
        Ok(self.store.packages()?.into_iter().map(|(id, _)| id).collect())
    }

    /// The package's own status, or `None` if it is unknown.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn package(&self, id: &str) -> Result<Option<PackageStatus>, SiteError> {
        let Some(record) = self.store.package(id)? else { return Ok(None) };
        let rows = self.store.distributions(id)?;
        let has = |state| rows.iter().any(|(_, row)| row.state == state);
        let action = if has(PointState::ContentUpdating) {
            ACTION_UPDATE
        } else if has(PointState::InstallPending) {
            ACTION_ADD
        } else {
            ACTION_NONE
        };
        Ok(Some(PackageStatus {
            version: record.version,
            action,
            failure: record.failure,
            source_flag: record.source_flag,
        }))
    }

    /// The schedule tokens of a package. `RefreshSchedule` is only ever set with [`SourceFlag::Direct`].
    ///
    /// # Errors
    /// The package is unknown.
    pub fn schedule(&self, package: &str) -> Result<Vec<String>, SiteError> {
        let record = self.record(package)?;
        debug_assert!(record.schedule.is_empty() || record.source_flag == SourceFlag::Direct);
        Ok(record.schedule)
    }

    /// The package as a site knows it, or `None` if the package is unknown.
    ///
    /// # Errors
    /// The site is unknown, or its library cannot be read.
    pub fn site(&self, package: &str, site: &str) -> Result<Option<SiteStatus>, SiteError> {
        let library = self.libraries.site(site)?;
        let Some(record) = self.store.package(package)? else { return Ok(None) };
        let held = if site == self.hierarchy().owner() {
            self.store.manifest(package)?
        } else {
            library.manifest(package)?
        };
        let stored = held.map(|manifest| manifest.version);
        Ok(Some(SiteStatus { version: record.version, stored }))
    }

    /// What the site reports about a package on a point; it does not look at the point.
    ///
    /// # Errors
    /// The package or the point is unknown.
    pub fn point(&self, package: &str, point: &str) -> Result<PointStatus, SiteError> {
        self.record(package)?;
        self.libraries.point(point)?;
        Ok(match self.store.distribution(package, point)? {
            Some(row) => {
                PointStatus { state: row.state, version: row.version, failure: row.failure }
            }
            None => PointStatus { state: PointState::NotTargeted, version: None, failure: None },
        })
    }

    /// The package's files as they are on a point now, by path, or `None` if no version is installed there.
    ///
    /// Sizes and digests are those of the stored bytes, read for this call: a damaged file shows the digest that it
    /// has, and one that is gone is left out, whatever the manifest says.
    ///
    /// # Errors
    /// The point is unknown or does not answer, or its manifest is damaged.
    pub fn content(
        &self,
        package: &str,
        point: &str,
    ) -> Result<Option<Vec<ContentFile>>, SiteError> {
        let library = self.libraries.point(point)?;
        library.reach()?;
        let Some(manifest) = library.manifest(package)? else { return Ok(None) };
        let mut pump = Pump::new();
        let mut sums: BTreeMap<String, Option<Sum>> = BTreeMap::new();
        let mut files = Vec::new();
        for file in manifest.files {
            if !sums.contains_key(&file.sha256) {
                sums.insert(file.sha256.clone(), library.sum(&mut pump, &file.sha256)?);
            }
            if let Some(Some(sum)) = sums.get(&file.sha256).cloned() {
                files.push(ContentFile { path: file.path, size: sum.size, sha256: sum.sha256 });
            }
        }
        Ok(Some(files))
    }

    /// How the refresh that was given this context went; status 3 for a context that nobody gave.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn context(&self, id: &str) -> Result<ContextStatus, SiteError> {
        Ok(self.store.context(id)?.map_or_else(ContextStatus::none, |entry| entry.status))
    }

    /// False for a task sequence that was refreshed, as its page cautions; true for everything else.
    ///
    /// # Errors
    /// The package is unknown.
    pub fn operable(&self, package: &str) -> Result<bool, SiteError> {
        Ok(self.record(package)?.operable)
    }
}
