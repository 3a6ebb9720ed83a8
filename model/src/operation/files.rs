//! An operation with its files' bytes put differently: all that this changes is the `F` of [`Operation`].

use super::{Change, Operation};
use crate::words::{FilePath, PackageId, SourceName};

impl<F> Operation<F> {
    /// The same operation with every file's bytes put differently.
    pub fn map_files<G>(&self, mut to: impl FnMut(&F) -> G) -> Operation<G> {
        match self.clone_without_files() {
            Ok(operation) => operation,
            Err(carrier) => carrier.map_files(&mut to),
        }
    }
}

/// The three operations that carry a file's bytes.
enum Carrier<'a, F> {
    Edit(&'a SourceName, &'a [Change<F>]),
    AddDriver(&'a PackageId, &'a FilePath, &'a F),
    AddContent(&'a PackageId, &'a FilePath, &'a F, bool),
}

impl<F> Carrier<'_, F> {
    fn map_files<G>(self, to: &mut impl FnMut(&F) -> G) -> Operation<G> {
        match self {
            Self::Edit(source, changes) => Operation::Edit {
                source: source.clone(),
                changes: changes.iter().map(|change| change.map_file(to)).collect(),
            },
            Self::AddDriver(package, path, file) => Operation::AddDriver {
                package: package.clone(),
                path: path.clone(),
                file: to(file),
            },
            Self::AddContent(package, path, file, refresh_points) => Operation::AddContent {
                package: package.clone(),
                path: path.clone(),
                file: to(file),
                refresh_points,
            },
        }
    }
}

impl<F> Change<F> {
    /// The same change with the file's bytes put differently.
    pub fn map_file<G>(&self, to: &mut impl FnMut(&F) -> G) -> Change<G> {
        match self {
            Self::Write { path, file, keep_time } => {
                Change::Write { path: path.clone(), file: to(file), keep_time: *keep_time }
            }
            Self::Delete { path } => Change::Delete { path: path.clone() },
            Self::Rename { from, to } => Change::Rename { from: from.clone(), to: to.clone() },
        }
    }
}

impl<F> Operation<F> {
    /// The same, where it carries no file. As long as there are operations.
    fn clone_without_files<G>(&self) -> Result<Operation<G>, Carrier<'_, F>> {
        Ok(match self {
            Self::Edit { source, changes } => return Err(Carrier::Edit(source, changes)),
            Self::AddDriver { package, path, file } => {
                return Err(Carrier::AddDriver(package, path, file));
            }
            Self::AddContent { package, path, file, refresh_points } => {
                return Err(Carrier::AddContent(package, path, file, *refresh_points));
            }
            Self::Create { package, class, source, source_flag } => Operation::Create {
                package: package.clone(),
                class: *class,
                source: source.clone(),
                source_flag: *source_flag,
            },
            Self::Put { package, properties } => {
                Operation::Put { package: package.clone(), properties: properties.clone() }
            }
            Self::Refresh { package, context, at, class } => Operation::Refresh {
                package: package.clone(),
                context: context.clone(),
                at: at.clone(),
                class: *class,
            },
            Self::SetSchedule { package, tokens } => {
                Operation::SetSchedule { package: package.clone(), tokens: tokens.clone() }
            }
            Self::Assign { package, point } => {
                Operation::Assign { package: package.clone(), point: point.clone() }
            }
            Self::Remove { package, point } => {
                Operation::Remove { package: package.clone(), point: point.clone() }
            }
            Self::Redistribute { package, point } => {
                Operation::Redistribute { package: package.clone(), point: point.clone() }
            }
            Self::Cancel { package, point } => {
                Operation::Cancel { package: package.clone(), point: point.clone() }
            }
            Self::Delete { package } => Operation::Delete { package: package.clone() },
            Self::Fault { kind, target } => {
                Operation::Fault { kind: *kind, target: target.clone() }
            }
            Self::Heal { kind, target } => Operation::Heal { kind: *kind, target: target.clone() },
            Self::Clock { advance_ms } => Operation::Clock { advance_ms: *advance_ms },
            Self::Package { package } => Operation::Package { package: package.clone() },
            Self::Site { package, site } => {
                Operation::Site { package: package.clone(), site: site.clone() }
            }
            Self::Point { package, point } => {
                Operation::Point { package: package.clone(), point: point.clone() }
            }
            Self::Content { package, point, after } => Operation::Content {
                package: package.clone(),
                point: point.clone(),
                after: after.clone(),
            },
            Self::Context { package, context } => {
                Operation::Context { package: package.clone(), context: context.clone() }
            }
            Self::Operable { package } => Operation::Operable { package: package.clone() },
            Self::Idle {} => Operation::Idle {},
        })
    }
}
