//! A right implementation in Rust and a wrong one, verified in the same program: `cargo run --example store` prints the
//! report of the wrong one. `--example store -- right` prints the other.

use pkgsource::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

/// Packages in memory. A refresh takes a snapshot of the source, and every point has it at once.
struct Store {
    sources: Sources,
    packages: BTreeMap<PackageId, Package>,
    /// By how much a refresh raises the version: anything but 1 is wrong.
    step: u32,
}

struct Package {
    source: Option<SourceName>,
    version: SourceVersion,
    files: Content,
    points: BTreeSet<PointName>,
}

impl Store {
    fn raising_by(step: u32) -> Self {
        Self { sources: Sources::default(), packages: BTreeMap::new(), step }
    }

    fn create(&mut self, package: &PackageId, source: Option<&SourceName>) -> Reply {
        let files = self.sources.files(source);
        let (version, points) = (SourceVersion::FIRST, BTreeSet::new());
        let created = Package { source: source.cloned(), version, files, points };
        self.packages.entry(package.clone()).or_insert(created);
        Reply::done()
    }
}

impl Implementation for Store {
    fn capabilities(&self) -> Capabilities {
        Capabilities::minimal("store", [PackageClass::Package]).complete_at_return()
    }

    fn reset(&mut self, _tree: &Tree) {
        *self = Self::raising_by(self.step);
    }

    fn perform(&mut self, operation: &Operation) -> Reply {
        if let Operation::Edit { source, changes } = operation {
            self.sources.edit(source, changes);
            return Reply::done();
        }
        if let Operation::Create { package, source, .. } = operation {
            return self.create(package, source.as_ref());
        }
        let Some(id) = operation.package() else { return Reply::unsupported() };
        let Some(package) = self.packages.get_mut(id) else {
            return match operation {
                Operation::Package { .. } => Reply::no_package(),
                Operation::Content { .. } => Reply::no_content(),
                _ => Reply::unknown_package(id),
            };
        };
        match operation {
            Operation::Assign { point, .. } => {
                package.points.insert(point.clone());
                Reply::done()
            }
            Operation::Refresh { .. } => {
                package.version = package.version.plus(self.step);
                package.files = self.sources.files(package.source.as_ref());
                Reply::refreshed()
            }
            Operation::Package { .. } => Reply::version(package.version),
            Operation::Content { point, .. } if package.points.contains(point) => {
                Reply::content(package.files.clone())
            }
            Operation::Content { .. } => Reply::no_content(),
            _ => Reply::unsupported(),
        }
    }
}

fn main() -> ExitCode {
    let is_right = std::env::args().nth(1).is_some_and(|word| word == "right");
    let checked = check(Store::raising_by(if is_right { 1 } else { 2 }));
    print!("{}", checked.text());
    if checked.conforms() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_that_raises_the_version_by_one_conforms() {
        assert_conforms(Store::raising_by(1));
    }

    #[test]
    fn a_store_that_skips_a_version_breaks_ver_2_and_nothing_else() {
        assert_eq!(check(Store::raising_by(2)).broken(), ["VER-2"]);
    }
}
