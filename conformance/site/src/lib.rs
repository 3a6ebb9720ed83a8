//! A site that really fans content out: real files, a real content library, a real transactional database.
//!
//! It is what the conformance suite judges when nothing else is named, and it is independent by construction: it shares
//! no code with the specification. It is no model, has no clock, and starts no work of its own: every operation is
//! complete when it returns.
//!
//! ```
//! use pkgsource_site::{Class, Hierarchy, NewPackage, PointState, Site};
//!
//! let scratch = tempfile::tempdir()?;
//! let source = scratch.path().join("source");
//! std::fs::create_dir(&source)?;
//! std::fs::write(source.join("setup.exe"), "one")?;
//!
//! let hierarchy = Hierarchy::new("PS1")?.child("PS2", "PS1")?.point("DP-A", "PS1")?.point("DP-B", "PS2")?;
//! let mut site = Site::create(&scratch.path().join("site"), &hierarchy)?;
//! site.create_package(&NewPackage::direct("PS100001", Class::Package, &source))?;
//! site.assign("PS100001", "DP-A")?;
//! site.assign("PS100001", "DP-B")?;
//!
//! std::fs::write(source.join("setup.exe"), "two")?;
//! assert_eq!(site.refresh("PS100001", None, None)?, 0);
//!
//! let reported = site.point("PS100001", "DP-B")?;
//! assert_eq!((reported.state, reported.version), (PointState::Installed, Some(2)));
//! let files = site.content("PS100001", "DP-B")?.expect("installed");
//! assert_eq!((files[0].path.as_str(), files[0].size), ("setup.exe", 3));
//! assert!(files[0].sha256.starts_with("3fc4ccfe745870e2"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Below the root folder
//!
//! | path | what |
//! |---|---|
//! | `site.redb` | packages, current manifests, distributions, contexts |
//! | `sites/<site>/` | the library of the owner and of each child site |
//! | `points/<point>/` | the library of each distribution point |
//! | `…/files/<sha256>` | every distinct file once |
//! | `…/packages/<id>` | the manifest of the version that is complete there (the owner's are in the database) |
//! | `…/incoming/<n>` | a write under way; swept when the site is opened |
//!
//! # What survives
//!
//! *The end of the process, at any instant* (SIGKILL): everything. The snapshot's files are in the owner's library
//! before the commit that raises the version; the commit is the instant at which a refresh happens; the fan-out that
//! follows is journalled by the same commit, and [`Site::open`] completes it. A point switches in one rename.
//!
//! *A power cut:* the database, whose commits are synced before they return. Content files are handed to the operating
//! system and not synced one by one, because 2,000 small files would cost 2,000 syncs; the latest may be lost or short.
//! [`Site::content`] shows that as what is really there, and a refresh repairs it: it writes every file of the source
//! anew at the owner, and sends what a receiver does not hold with the right bytes.

mod added;
mod class;
mod digest;
mod distribute;
mod error;
mod guard;
mod hierarchy;
mod library;
mod manifest;
mod package;
mod reads;
mod recover;
mod replicate;
pub mod return_value;
mod schedule;
mod site;
mod source;
mod sparse;
mod status;
mod store;
mod update;

pub use class::Class;
pub use error::SiteError;
pub use hierarchy::Hierarchy;
pub use package::{NewPackage, Property, SourceFlag};
pub use site::Site;
pub use status::{ContentFile, ContextStatus, PackageStatus, PointState, PointStatus, SiteStatus};
