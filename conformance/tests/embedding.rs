//! The door for Rust: a store of forty lines, one dependency, no default feature. What the suite says of it through the
//! trait and through the protocol is compared in `served.rs`.

#[cfg(test)]
mod tests {
    use pkgsource::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// A package: its source, version and files, and its points.
    type Package = (Option<SourceName>, SourceVersion, Content, BTreeSet<PointName>);

    /// Raises the version by so much.
    #[derive(Default)]
    struct Mine(u32, Sources, BTreeMap<PackageId, Package>);

    impl Implementation for Mine {
        fn capabilities(&self) -> Capabilities {
            Capabilities::minimal("mine", [PackageClass::Package]).complete_at_return()
        }
        fn reset(&mut self, _: &Tree) {
            *self = Self(self.0, Sources::default(), BTreeMap::new());
        }
        fn perform(&mut self, operation: &Operation) -> Reply {
            let Self(step, sources, packages) = self;
            let package = operation.package().and_then(|id| packages.get_mut(id));
            match (operation, package) {
                (Operation::Edit { source, changes }, _) => sources.edit(source, changes),
                (Operation::Create { package, source, .. }, _) => {
                    let files = sources.files(source.as_ref());
                    let new = (source.clone(), SourceVersion::FIRST, files, BTreeSet::new());
                    packages.entry(package.clone()).or_insert(new);
                }
                (Operation::Assign { point, .. }, Some(package)) => {
                    package.3.insert(point.clone());
                }
                (Operation::Refresh { .. }, Some(package)) => {
                    package.1 = package.1.plus(*step);
                    package.2 = sources.files(package.0.as_ref());
                    return Reply::refreshed();
                }
                (Operation::Package { .. }, Some(package)) => return Reply::version(package.1),
                (Operation::Content { point, .. }, Some(package)) if package.3.contains(point) => {
                    return Reply::content(package.2.clone());
                }
                (Operation::Package { .. }, None) => return Reply::no_package(),
                (Operation::Content { .. }, _) => return Reply::no_content(),
                (Operation::Refresh { package, .. }, None) => {
                    return Reply::unknown_package(package);
                }
                _ => return Reply::unsupported(),
            }
            Reply::done()
        }
    }

    #[test]
    fn my_store_conforms() {
        assert_conforms(Mine(1, Sources::default(), BTreeMap::new()));
    }

    #[test]
    fn a_store_that_skips_a_version_breaks_ver_2() {
        assert_eq!(check(Mine(2, Sources::default(), BTreeMap::new())).broken(), ["VER-2"]);
    }

    #[test]
    #[should_panic(expected = "VER-2 is broken in SMS_Package")]
    fn what_does_not_conform_panics_with_the_report() {
        assert_conforms(Mine(2, Sources::default(), BTreeMap::new()));
    }

    /// It answers every question with the answer to another.
    struct Confused;

    impl Implementation for Confused {
        fn capabilities(&self) -> Capabilities {
            Capabilities::minimal("confused", [PackageClass::Package]).complete_at_return()
        }
        fn reset(&mut self, _: &Tree) {}
        fn perform(&mut self, _: &Operation) -> Reply {
            Reply::done()
        }
    }

    #[test]
    fn an_answer_to_another_question_is_a_fault_of_the_adapter() {
        let checked = check(Confused);
        assert!(!checked.conforms());
        assert_eq!(checked.broken(), Vec::<&str>::new());
        let fault = "adapter fault during `package`: the `ok` of `package` lacks";
        assert!(checked.text().contains(fault), "{}", checked.text());
    }
}
