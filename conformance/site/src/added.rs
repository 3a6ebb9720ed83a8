//! Content that comes through a method instead of the source: drivers and updates.
//!
//! The bytes are kept in the owner's library at once and named in the package's record; they are part of a version only
//! from the next refresh on.

use std::collections::BTreeSet;
use std::path::Path;

use crate::class::Class;
use crate::digest::Pump;
use crate::error::SiteError;
use crate::library::StoreError;
use crate::package::Record;
use crate::return_value;
use crate::site::Site;
use crate::status::ContentFile;

impl Site {
    /// References a driver on a boot image. It enters the image, as `added/<name>`, at the next refresh and not before.
    ///
    /// # Errors
    /// The package is unknown or no boot image, or the name is no relative path.
    pub fn add_driver(&mut self, package: &str, name: &str, bytes: &[u8]) -> Result<(), SiteError> {
        let mut record = self.record(package)?;
        if record.class != Class::BootImagePackage {
            return Err(wrong_class("add_driver", record.class, "a boot image"));
        }
        let replaced = self.reference(&mut record, name, bytes)?;
        self.put_record(package, &record)?;
        self.release_at_owner(replaced)
    }

    /// Adds content, as `added/<name>`, to a driver or software updates package. With `refresh_points` it acts at once
    /// as a refresh and returns what that returned, and a refresh that fails adds nothing; without, the content
    /// arrives at the next refresh.
    ///
    /// # Errors
    /// The package is unknown or of another class, or the name is no relative path.
    pub fn add_content(
        &mut self,
        package: &str,
        name: &str,
        bytes: &[u8],
        refresh_points: bool,
    ) -> Result<i32, SiteError> {
        let mut record = self.record(package)?;
        if !record.class.takes_added_content() {
            return Err(wrong_class(
                "add_content",
                record.class,
                "a driver or software updates package",
            ));
        }
        let replaced = self.reference(&mut record, name, bytes)?;
        let value = if refresh_points {
            self.update(package, record, None)?
        } else {
            self.put_record(package, &record)?;
            return_value::SUCCESS
        };
        self.release_at_owner(replaced)?;
        Ok(value)
    }

    /// Keeps the bytes in the owner's library and names them in the record; returns what may now be unused.
    fn reference(
        &self,
        record: &mut Record,
        name: &str,
        bytes: &[u8],
    ) -> Result<BTreeSet<String>, SiteError> {
        let ordinary = |part: &str| !matches!(part, "" | "." | "..") && !part.contains('\0');
        if !name.split('/').all(ordinary) {
            let reason = format!("`{name}` is no relative path; write e.g. `net/e1000.inf`");
            return Err(SiteError::invalid("name", reason));
        }
        let path = format!("added/{name}");
        let sum =
            self.libraries.owner()?.store(&mut Pump::new(), bytes).map_err(
                |error| match error {
                    StoreError::Stream(error) => SiteError::file("read", Path::new(name))(error),
                    StoreError::Library(error) => error,
                },
            )?;
        let known = record.added.iter().filter(|file| file.path == path);
        let mut loose: BTreeSet<String> = known.map(|file| file.sha256.clone()).collect();
        loose.insert(sum.sha256.clone());
        record.add(ContentFile { path, size: sum.size, sha256: sum.sha256 });
        Ok(loose)
    }
}

fn wrong_class(operation: &'static str, class: Class, wanted: &str) -> SiteError {
    let reason = format!("the package is a {class}, it takes {wanted}; name another package");
    SiteError::InvalidOperation { operation, reason }
}
