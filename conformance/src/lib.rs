//! A conformance suite for any implementation of Configuration Manager's `RefreshPkgSource`, around the executable
//! specification in [`model`].
//!
//! # An implementation in Rust
//!
//! Four small methods, and a `#[test]` that panics with the report where the implementation does not conform:
//!
//! ```
//! use pkgsource::prelude::*;
//! use std::collections::{BTreeMap, BTreeSet};
//!
//! /// Packages in memory. A refresh takes a snapshot of the source, and every point has it at once.
//! #[derive(Default)]
//! struct Store {
//!     sources: Sources,
//!     packages: BTreeMap<PackageId, Package>,
//! }
//!
//! struct Package {
//!     source: Option<SourceName>,
//!     version: SourceVersion,
//!     files: Content,
//!     points: BTreeSet<PointName>,
//! }
//!
//! impl Implementation for Store {
//!     fn capabilities(&self) -> Capabilities {
//!         Capabilities::minimal("store", [PackageClass::Package]).complete_at_return()
//!     }
//!     fn reset(&mut self, _: &Tree) {
//!         *self = Self::default();
//!     }
//!     fn perform(&mut self, operation: &Operation) -> Reply {
//!         if let Operation::Edit { source, changes } = operation {
//!             self.sources.edit(source, changes);
//!             return Reply::done();
//!         }
//!         if let Operation::Create { package, source, .. } = operation {
//!             let (source, version) = (source.clone(), SourceVersion::FIRST);
//!             let files = self.sources.files(source.as_ref());
//!             let points = BTreeSet::new();
//!             let new = Package { source, version, files, points };
//!             self.packages.entry(package.clone()).or_insert(new);
//!             return Reply::done();
//!         }
//!         let Some(id) = operation.package() else { return Reply::unsupported() };
//!         let package = self.packages.get_mut(id);
//!         match (operation, package) {
//!             (Operation::Package { .. }, None) => Reply::no_package(),
//!             (Operation::Content { .. }, None) => Reply::no_content(),
//!             (_, None) => Reply::unknown_package(id),
//!             (Operation::Assign { point, .. }, Some(package)) => {
//!                 package.points.insert(point.clone());
//!                 Reply::done()
//!             }
//!             (Operation::Refresh { .. }, Some(package)) => {
//!                 package.version = package.version.plus(1);
//!                 package.files = self.sources.files(package.source.as_ref());
//!                 Reply::refreshed()
//!             }
//!             (Operation::Package { .. }, Some(package)) => Reply::version(package.version),
//!             (Operation::Content { point, .. }, Some(package)) if package.points.contains(point) => {
//!                 Reply::content(package.files.clone())
//!             }
//!             (Operation::Content { .. }, Some(_)) => Reply::no_content(),
//!             _ => Reply::unsupported(),
//!         }
//!     }
//! }
//!
//! assert_conforms(Store::default()); // in a #[test]
//! ```
//!
//! For a test that must fail, [`check`](embed::check) returns what was found: `check(Wrong::default()).broken()` is
//! `["VER-2"]`. `examples/store.rs` is a right store and a wrong one that can be run.
//!
//! With `default-features = false` neither the command nor the embedded site nor anything that starts programs is
//! compiled:
//!
//! | feature | brings |
//! |---|---|
//! | `process` | [`adapter::process`](adapter): implementations that are other programs |
//! | `site` | [`adapter::folder`](adapter): the embedded site, with its database |
//! | `cli` | the command `pkgsource`; needs both |
//!
//! # A map
//!
//! One road: a [`plan`] is performed on an [`adapter`] by a [`run`], which leaves a [`history`]; the model judges it, and
//! a [`report`] tells the verdict. [`shrink`] makes a failing plan small, [`verify`] walks the whole road, and [`embed`]
//! is the short way in.
//!
//! | you have | begin at |
//! |---|---|
//! | an implementation in Rust | [`prelude`], [`embed::assert_conforms`] |
//! | one that needs folders, clocks or faults | [`adapter::Adapter`], [`embed::check_adapter`] |
//! | an adapter that is a program | `pkgsource verify -- PROGRAM`, or [`adapter::process`](adapter) |
//! | histories | [`verify::judge`] |
//! | questions about a promise | [`model::clauses::CLAUSES`] |

pub mod adapter;
#[cfg(feature = "cli")]
pub mod bench;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod command;
pub mod court;
pub mod embed;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod exit;
pub mod expectations;
pub mod history;
#[doc(hidden)]
pub mod kill;
pub mod mutants;
#[doc(hidden)]
pub mod pages;
pub mod plan;
mod platform;
pub mod prelude;
pub mod regression;
pub mod report;
pub mod requirements;
pub mod run;
#[cfg(all(test, feature = "cli"))]
mod schemas;
pub mod shard;
pub mod shrink;
#[doc(hidden)]
pub mod statements;
pub mod subjects;
pub mod verify;
#[cfg_attr(
    not(any(feature = "cli", test)),
    expect(dead_code, reason = "the command alone writes a file again")
)]
mod written;

pub use pkgsource_model as model;
