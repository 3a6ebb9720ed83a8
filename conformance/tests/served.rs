//! A built-in adapter answers the same over the protocol as without it. What the answers should be is not said here.

#[cfg(test)]
mod tests {
    use pkgsource::adapter::process::{ProcessAdapter, ProcessBounds};
    use pkgsource::adapter::{Adapter, AdapterFault, Opened};
    use pkgsource::embed::{Checks, Implementation};
    use pkgsource::report::{View, json, verbose};
    use pkgsource::subjects::built_in;
    use pkgsource_model::history::{Capabilities, PointEntry, SiteEntry, Tree};
    use pkgsource_model::operation::{Change, Operation};
    use pkgsource_model::reply::{Answer, Reply};
    use pkgsource_model::words::{
        Body, FilePath, PackageClass, PackageId, PointName, SiteCode, SourceName,
    };
    use std::fs;
    use std::path::Path;
    use tempfile::TempDir;

    fn tree() -> Tree {
        let site = SiteCode::new("PS1").unwrap();
        Tree {
            sites: vec![SiteEntry { site: site.clone(), parent: None }],
            points: vec![PointEntry { point: point(), site }],
        }
    }

    fn point() -> PointName {
        PointName::new("DP1").unwrap()
    }

    /// A refresh and everything that can be read around it, of a package that is there and of one that is not.
    fn operations() -> Vec<Operation<Body>> {
        let (class, source) = (PackageClass::BootImage, SourceName::new("S1").unwrap());
        let package = PackageId::new("PKG1").unwrap();
        let path = FilePath::new("a.bin").unwrap();
        let write =
            Change::Write { path, file: Body::Fill { seed: 1, size: 100 }, keep_time: false };
        let mut operations = vec![
            Operation::Edit { source: source.clone(), changes: vec![write] },
            Operation::Create {
                package: package.clone(),
                class,
                source: Some(source),
                source_flag: None,
            },
            Operation::Assign { package: package.clone(), point: point() },
            Operation::AddDriver {
                package: package.clone(),
                path: FilePath::new("added/d.sys").unwrap(),
                file: Body::Fill { seed: 2, size: 1000 },
            },
        ];
        for package in [package, PackageId::new("NOSUCH").unwrap()] {
            let site = SiteCode::new("PS1").unwrap();
            operations.extend([
                Operation::Refresh {
                    package: package.clone(),
                    context: Some("c1".into()),
                    at: None,
                    class: None,
                },
                Operation::Package { package: package.clone() },
                Operation::Site { package: package.clone(), site },
                Operation::Point { package: package.clone(), point: point() },
                Operation::Content { package: package.clone(), point: point(), after: None },
                Operation::Context { package: package.clone(), context: "c1".into() },
                Operation::Delete { package },
            ]);
        }
        operations
    }

    fn replies(adapter: &mut dyn Adapter) -> Vec<Reply<Answer>> {
        let scratch = TempDir::new().unwrap();
        let opened = adapter.open("p1", &tree(), scratch.path()).unwrap();
        if let Opened::Ready(Some(sources)) = opened {
            fs::create_dir_all(sources.join("S1")).unwrap();
            fs::write(sources.join("S1/a.bin"), "one").unwrap();
        }
        let operations = operations();
        let replies =
            operations.iter().map(|operation| adapter.perform(operation).unwrap()).collect();
        adapter.close().unwrap();
        replies
    }

    #[test]
    fn a_built_in_adapter_answers_the_same_over_the_protocol() {
        for name in ["folder", "reference"] {
            let mut here = built_in(name, 1).unwrap();
            let program = env!("CARGO_BIN_EXE_pkgsource");
            let command = [program.into(), "adapter".into(), name.into()];
            let mut there = ProcessAdapter::start(&command, ProcessBounds::default(), 1).unwrap();
            assert_eq!(there.capabilities(), here.capabilities());
            let replies_here = replies(here.as_mut());
            assert!(
                replies_here
                    .iter()
                    .any(|reply| matches!(reply, Reply::Ok(Answer::Content(Some(_)))))
            );
            assert_eq!(replies(&mut there), replies_here, "{name}");
            there.finish().unwrap();
        }
    }

    /// A built-in subject through the door for Rust.
    struct Here(Box<dyn Adapter>);

    impl Implementation for Here {
        fn capabilities(&self) -> Capabilities {
            self.0.capabilities().clone()
        }
        fn serves(&self, _tree: &Tree) -> bool {
            true
        }
        fn reset(&mut self, tree: &Tree) {
            self.0.open("p1", tree, Path::new("")).unwrap();
        }
        fn perform(&mut self, operation: &Operation<Body>) -> Reply<Answer> {
            self.0.perform(operation).unwrap()
        }
    }

    /// The reference makes its choices from a plan's name, which the door for Rust does not tell: it gets none here, too.
    struct Nameless(ProcessAdapter);

    impl Adapter for Nameless {
        fn capabilities(&self) -> &Capabilities {
            self.0.capabilities()
        }
        fn open(
            &mut self,
            _plan: &str,
            tree: &Tree,
            scratch: &Path,
        ) -> Result<Opened, AdapterFault> {
            self.0.open("p1", tree, scratch)
        }
        fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
            self.0.perform(operation)
        }
        fn close(&mut self) -> Result<(), AdapterFault> {
            self.0.close()
        }
    }

    #[test]
    fn verdict_and_report_are_the_same_through_the_trait_and_through_the_protocol() {
        for (name, broken) in [("reference", vec![]), ("mutant:skips-an-increment", vec!["VER-1"])]
        {
            let checks = Checks::default().class(PackageClass::Package).plans(20, 7);
            let here = checks.check(Here(built_in(name, 1).unwrap()));
            let program = env!("CARGO_BIN_EXE_pkgsource");
            let command = [program.into(), "adapter".into(), name.into()];
            let there = ProcessAdapter::start(&command, ProcessBounds::default(), 1).unwrap();
            let there = checks.check_adapter(&mut Nameless(there));
            assert_eq!(here.broken(), broken);
            let (mine, its) = (verbose(&View::of(&here.report)), verbose(&View::of(&there.report)));
            let differs = mine.lines().zip(its.lines()).find(|(mine, its)| mine != its);
            assert_eq!(differs, None);
            assert_eq!(json(&here.report).to_string(), json(&there.report).to_string());
        }
    }
}
