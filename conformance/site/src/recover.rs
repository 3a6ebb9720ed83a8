//! What happens when a site is opened: the database says what ought to be, and the libraries follow.
//!
//! It does not look for damage: a stored file with wrong bytes stays until a refresh or a redistribution sends it
//! again. A library that does not answer is left alone; its points stay failed until [`Site::retry`].

use std::collections::BTreeSet;

use crate::error::SiteError;
use crate::library::Library;
use crate::replicate::Sending;
use crate::site::Site;

impl Site {
    /// Completes what was cut short, and takes away what no committed change asked for.
    pub(crate) fn recover(&mut self) -> Result<(), SiteError> {
        for library in self.libraries.all().filter(|library| library.is_reachable()) {
            library.sweep_incoming()?;
        }
        self.retry()?;
        let known: BTreeSet<String> = self.packages()?.into_iter().collect();
        for library in self.libraries.receivers().filter(|library| library.is_reachable()) {
            sweep(library, &known)?;
        }
        self.release_at_owner(self.libraries.owner()?.stored()?)
    }

    /// Delivers and removes again whatever failed before, e.g. because a point did not answer.
    ///
    /// # Errors
    /// The database cannot be read or written. A point that fails again is no error: see [`Site::point`].
    pub fn retry(&mut self) -> Result<(), SiteError> {
        let rows = self.store.all_distributions()?;
        let packages: BTreeSet<String> = rows.into_iter().map(|(package, _, _)| package).collect();
        packages.iter().try_for_each(|package| self.settle(package, None, Sending::Missing))
    }
}

/// Drops packages that are no longer known and files that no package uses.
fn sweep(library: &Library, known: &BTreeSet<String>) -> Result<(), SiteError> {
    for manifest in library.manifests()? {
        if !known.contains(&manifest.package) {
            library.drop_package(&manifest.package)?;
        }
    }
    library.release(library.stored()?)
}
