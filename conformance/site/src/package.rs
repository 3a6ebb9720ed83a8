//! A package's properties: what a client may give, and the record that the site keeps.
//!
//! The record holds neither content nor points; those are the manifest's and the distribution's business.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::class::Class;
use crate::error::SiteError;
use crate::status::ContentFile;

/// `PkgSourceFlag`: what kind of source a package has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SourceFlag {
    /// 0, `STORAGE_NEEDS_SPECIFYING`: a refresh has nothing to read.
    NeedsSpecifying,
    /// 1, `STORAGE_NO_SOURCE`: a refresh has nothing to read.
    NoSource,
    /// 2, `STORAGE_DIRECT`.
    Direct,
    /// 3, `STORAGE_COMPRESS`: obsolete, treated as direct.
    Compress,
    /// 4, `STORAGE_LOCAL`: treated as direct.
    Local,
}

impl SourceFlag {
    /// The flag of that number.
    ///
    /// # Errors
    /// [`SiteError::InvalidParameter`] for a number above 4.
    pub fn from_number(number: u32) -> Result<Self, SiteError> {
        match number {
            0 => Ok(Self::NeedsSpecifying),
            1 => Ok(Self::NoSource),
            2 => Ok(Self::Direct),
            3 => Ok(Self::Compress),
            4 => Ok(Self::Local),
            other => {
                Err(SiteError::invalid("PkgSourceFlag", format!("`{other}` is not in 0 to 4")))
            }
        }
    }

    /// The documentation's number.
    #[must_use]
    pub fn number(self) -> u32 {
        match self {
            Self::NeedsSpecifying => 0,
            Self::NoSource => 1,
            Self::Direct => 2,
            Self::Compress => 3,
            Self::Local => 4,
        }
    }

    /// True if a refresh has something to read.
    #[must_use]
    pub fn has_source(self) -> bool {
        self.number() >= 2
    }
}

/// What a package is created from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPackage {
    /// `PackageID`, any text but the empty one; unique.
    pub id: String,
    /// The package's class.
    pub class: Class,
    /// `PkgSourceFlag`; only [`SourceFlag::Direct`] for a device setting package.
    pub source_flag: SourceFlag,
    /// `PkgSourcePath`: a folder that somebody else edits.
    pub source: Option<PathBuf>,
}

impl NewPackage {
    /// A package whose source is the folder `source`, used directly.
    #[must_use]
    pub fn direct(id: &str, class: Class, source: &Path) -> Self {
        Self {
            id: id.to_owned(),
            class,
            source_flag: SourceFlag::Direct,
            source: Some(source.to_owned()),
        }
    }
}

/// One property in a put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Property {
    /// `Name`.
    Name(String),
    /// `ShareName`.
    ShareName(String),
    /// `PkgSourcePath`; the content follows at the next refresh.
    SourcePath(Option<PathBuf>),
    /// `PkgSourceFlag`; leaving [`SourceFlag::Direct`] drops the schedule, which is legal only with it.
    SourceFlag(SourceFlag),
    /// `SourceVersion`; read-only, hence always refused.
    SourceVersion(u32),
    /// `RefreshPkgSourceFlag`; true has the method's effect, false has none. It always reads false.
    RefreshPkgSourceFlag(bool),
}

/// What the site keeps about a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Record {
    pub(crate) class: Class,
    pub(crate) name: String,
    pub(crate) share_name: String,
    pub(crate) source_flag: SourceFlag,
    pub(crate) source: Option<PathBuf>,
    pub(crate) version: u32,
    pub(crate) failure: Option<String>,
    pub(crate) operable: bool,
    pub(crate) schedule: Vec<String>,
    /// Content that came through a method. It is part of every version from the next refresh on.
    pub(crate) added: Vec<ContentFile>,
}

impl Record {
    /// The record of a package that has just been created.
    pub(crate) fn new(new: &NewPackage) -> Result<Self, SiteError> {
        if new.id.is_empty() {
            return Err(SiteError::invalid("PackageID", "it is empty; give it a character"));
        }
        check_flag(new.class, new.source_flag)?;
        Ok(Self {
            class: new.class,
            name: String::new(),
            share_name: String::new(),
            source_flag: new.source_flag,
            source: source_path(new.source.as_deref())?,
            version: 1,
            failure: None,
            operable: true,
            schedule: Vec::new(),
            added: Vec::new(),
        })
    }

    /// Takes over one property; nothing else moves.
    pub(crate) fn put(&mut self, property: &Property) -> Result<(), SiteError> {
        match property {
            Property::Name(name) => self.name.clone_from(name),
            Property::ShareName(name) => self.share_name.clone_from(name),
            Property::SourcePath(path) => self.source = source_path(path.as_deref())?,
            Property::SourceFlag(flag) => {
                check_flag(self.class, *flag)?;
                self.source_flag = *flag;
                if *flag != SourceFlag::Direct {
                    self.schedule.clear();
                }
            }
            Property::SourceVersion(_) => {
                return Err(SiteError::ReadOnly { property: "SourceVersion" });
            }
            Property::RefreshPkgSourceFlag(_) => {}
        }
        Ok(())
    }

    /// Adds a file that came through a method, replacing one of the same path.
    pub(crate) fn add(&mut self, file: ContentFile) {
        self.added.retain(|known| known.path != file.path);
        self.added.push(file);
    }
}

/// A device setting package is pinned to `STORAGE_DIRECT`; the other classes take any flag.
fn check_flag(class: Class, flag: SourceFlag) -> Result<(), SiteError> {
    if class == Class::DeviceSettingPackage && flag != SourceFlag::Direct {
        let reason =
            format!("`{}` on {class}, whose flag is pinned to 2; leave it at 2", flag.number());
        return Err(SiteError::invalid("PkgSourceFlag", reason));
    }
    Ok(())
}

/// The path as it is kept: absolute, so that a change of working folder means nothing; an empty path is none.
fn source_path(path: Option<&Path>) -> Result<Option<PathBuf>, SiteError> {
    let Some(path) = path.filter(|path| !path.as_os_str().is_empty()) else { return Ok(None) };
    if path.to_str().is_none() {
        return Err(SiteError::invalid("PkgSourcePath", "it is not UTF-8; rename the folder"));
    }
    std::path::absolute(path).map(Some).map_err(SiteError::file("resolve", path))
}
