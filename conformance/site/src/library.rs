//! A content library: `files/<sha256>` holds every distinct file once, `packages/<id>` says which version of a package
//! is complete here and what it consists of.
//!
//! Owner, child sites and distribution points each have one, and it stands for a machine of its own: nothing is
//! linked from one to another, and a library whose folder is absent is a machine that does not answer (no operation
//! makes the folder again). Every file is written under a name in `incoming/` and renamed when it is complete, so a
//! name in `files/` or `packages/` is never half a file. Files are not synced one by one: see the crate page.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::digest::{CopyError, Pump, Sum, is_sha256};
use crate::error::SiteError;
use crate::manifest::{Manifest, file_name};
use crate::sparse::Sparse;
use crate::status::ContentFile;

/// Tells apart the temporary names of this process; those of a dead one are swept when the site opens.
static INCOMING: AtomicU64 = AtomicU64::new(0);

/// A library below one folder.
#[derive(Clone, Debug)]
pub(crate) struct Library {
    folder: PathBuf,
}

/// Why a stream did not get into the library.
pub(crate) enum StoreError {
    /// The stream could not be read.
    Stream(io::Error),
    /// The library could not take it.
    Library(SiteError),
}

impl Library {
    /// A library that is said to be in `folder`.
    pub(crate) fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Makes the folders.
    pub(crate) fn create(&self) -> Result<(), SiteError> {
        for part in ["files", "packages", "incoming"] {
            let path = self.folder.join(part);
            fs::create_dir_all(&path).map_err(SiteError::file("create", &path))?;
        }
        Ok(())
    }

    /// The library's folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// True if the machine that the library stands for answers.
    pub(crate) fn is_reachable(&self) -> bool {
        self.folder.is_dir()
    }

    /// Refuses a library whose folder is absent: the machine that it stands for does not answer.
    pub(crate) fn reach(&self) -> Result<(), SiteError> {
        fs::metadata(&self.folder).map(drop).map_err(SiteError::file("reach", &self.folder))
    }

    /// Keeps everything that `stream` gives, under its digest. A file that was there is replaced, which repairs it.
    pub(crate) fn store(&self, pump: &mut Pump, stream: impl Read) -> Result<Sum, StoreError> {
        let incoming = self.incoming();
        let sum = match write_new(pump, stream, &incoming) {
            Ok(sum) => sum,
            Err(error) => {
                // What is left of it is swept when the site opens; the first error is the one to report.
                drop(fs::remove_file(&incoming));
                return Err(match error {
                    CopyError::Read(error) => StoreError::Stream(error),
                    CopyError::Write(error) => {
                        StoreError::Library(SiteError::file("store", &incoming)(error))
                    }
                });
            }
        };
        let path = self.file(&sum.sha256);
        fs::rename(&incoming, &path)
            .map_err(|error| StoreError::Library(SiteError::file("store", &path)(error)))?;
        Ok(sum)
    }

    /// Takes over one file of another library, and believes its bytes only if they have the digest of its name.
    pub(crate) fn take(
        &self,
        pump: &mut Pump,
        from: &Self,
        file: &ContentFile,
    ) -> Result<(), SiteError> {
        let theirs = from.file(&file.sha256);
        let incoming = self.incoming();
        let stream = File::open(&theirs).map_err(SiteError::file("read", &theirs))?;
        let sum = write_new(pump, stream, &incoming).map_err(|error| match error {
            CopyError::Read(error) => SiteError::file("read", &theirs)(error),
            CopyError::Write(error) => SiteError::file("store", &incoming)(error),
        })?;
        if sum.sha256 != file.sha256 {
            drop(fs::remove_file(&incoming));
            return Err(SiteError::damaged(&theirs, format!("its digest is {}", sum.sha256)));
        }
        let path = self.file(&file.sha256);
        fs::rename(&incoming, &path).map_err(SiteError::file("store", &path))
    }

    /// True if the file is here with the bytes that its name promises. Presence alone proves nothing.
    pub(crate) fn holds(&self, pump: &mut Pump, sha256: &str) -> Result<bool, SiteError> {
        Ok(self.sum(pump, sha256)?.is_some_and(|sum| sum.sha256 == sha256))
    }

    /// Size and digest of what is really stored under a name, or `None` if nothing is.
    pub(crate) fn sum(&self, pump: &mut Pump, sha256: &str) -> Result<Option<Sum>, SiteError> {
        let path = self.file(sha256);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(SiteError::file("read", &path)(error)),
        };
        pump.sum(file).map(Some).map_err(SiteError::file("read", &path))
    }

    /// What is complete here of a package.
    pub(crate) fn manifest(&self, package: &str) -> Result<Option<Manifest>, SiteError> {
        read_manifest(&self.package(package))
    }

    /// Switches a package to the version of `manifest` in one rename. Its files must be here.
    pub(crate) fn switch(&self, manifest: &Manifest) -> Result<(), SiteError> {
        let incoming = self.incoming();
        let bytes = serde_json::to_vec(manifest).map_err(io::Error::from);
        bytes
            .and_then(|bytes| fs::write(&incoming, bytes))
            .map_err(SiteError::file("store", &incoming))?;
        let path = self.package(&manifest.package);
        fs::rename(&incoming, &path).map_err(SiteError::file("switch", &path))
    }

    /// Takes a package out; its files stay until they are released.
    pub(crate) fn drop_package(&self, package: &str) -> Result<(), SiteError> {
        remove(&self.package(package))
    }

    /// Deletes those of `candidates` that no package here uses.
    pub(crate) fn release(&self, mut candidates: BTreeSet<String>) -> Result<(), SiteError> {
        if candidates.is_empty() {
            return Ok(());
        }
        for manifest in self.manifests()? {
            for file in &manifest.files {
                candidates.remove(&file.sha256);
            }
        }
        self.delete(&candidates)
    }

    /// Deletes stored files, whoever uses them.
    pub(crate) fn delete(&self, files: &BTreeSet<String>) -> Result<(), SiteError> {
        files.iter().try_for_each(|sha256| remove(&self.file(sha256)))
    }

    /// Every package that is complete here.
    pub(crate) fn manifests(&self) -> Result<Vec<Manifest>, SiteError> {
        let mut manifests = Vec::new();
        for path in entries(&self.folder.join("packages"))? {
            manifests.extend(read_manifest(&path)?);
        }
        Ok(manifests)
    }

    /// The digest of every stored file; foreign names are left alone.
    pub(crate) fn stored(&self) -> Result<BTreeSet<String>, SiteError> {
        let paths = entries(&self.folder.join("files"))?;
        let names = paths.iter().filter_map(|path| path.file_name()?.to_str());
        Ok(names.filter(|name| is_sha256(name)).map(str::to_owned).collect())
    }

    /// Deletes what an interrupted write left behind.
    pub(crate) fn sweep_incoming(&self) -> Result<(), SiteError> {
        entries(&self.folder.join("incoming"))?.iter().try_for_each(|path| remove(path))
    }

    fn file(&self, sha256: &str) -> PathBuf {
        self.folder.join("files").join(sha256)
    }

    fn package(&self, package: &str) -> PathBuf {
        self.folder.join("packages").join(file_name(package))
    }

    fn incoming(&self) -> PathBuf {
        let number = INCOMING.fetch_add(1, Ordering::Relaxed);
        self.folder.join("incoming").join(number.to_string())
    }
}

fn write_new(pump: &mut Pump, stream: impl Read, path: &Path) -> Result<Sum, CopyError> {
    let mut file = Sparse::new(File::create(path).map_err(CopyError::Write)?);
    let sum = pump.copy(stream, &mut file)?;
    file.finish().map_err(CopyError::Write)?;
    Ok(sum)
}

fn read_manifest(path: &Path) -> Result<Option<Manifest>, SiteError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(SiteError::file("read", path)(error)),
    };
    let manifest: Manifest = serde_json::from_slice(&bytes)
        .map_err(|error| SiteError::damaged(path, format!("it is no manifest: {error}")))?;
    if !manifest.is_well_formed() {
        return Err(SiteError::damaged(path, "it names a file that is no digest"));
    }
    Ok(Some(manifest))
}

/// Removes a file; one that is gone is removed.
fn remove(path: &Path) -> Result<(), SiteError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(SiteError::file("remove", path)(error))
        }
        _ => Ok(()),
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, SiteError> {
    let read = || fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>();
    let mut paths: Vec<PathBuf> = read().map_err(SiteError::file("list", folder))?;
    paths.sort();
    Ok(paths)
}
