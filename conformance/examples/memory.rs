//! The smallest adapter in Rust: packages in memory, served over the protocol. Not an implementation to compare with.
//!
//! ```text
//! pkgsource verify -- memory         this program is the adapter
//! memory measure                     how many requests a second a pipe carries
//! ```

use pkgsource::adapter::body::record_of;
use pkgsource::adapter::process::{ProcessAdapter, ProcessBounds};
use pkgsource::adapter::protocol::PROTOCOL;
use pkgsource::adapter::serve::serve;
use pkgsource::adapter::{Adapter, AdapterFault, Opened};
use pkgsource_model::history::{Bounds, Capabilities, Completes, Identity, SourceMode, Time, Tree};
use pkgsource_model::operation::{Change, Operation, OperationKind};
use pkgsource_model::reply::{Answer, PackageStatus, Page, Problem, Reply};
use pkgsource_model::words::{
    Body, Content, PackageClass, PackageId, PointName, ReturnValue, SourceName, SourceVersion,
};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io;
use std::path::Path;
use std::time::Instant;

/// A world of packages without a site, a disk or a network.
struct Memory {
    capabilities: Capabilities,
    sources: BTreeMap<SourceName, Content>,
    packages: BTreeMap<PackageId, Package>,
}

struct Package {
    source: Option<SourceName>,
    version: SourceVersion,
    content: Content,
    points: BTreeSet<PointName>,
}

impl Memory {
    fn new() -> Self {
        let identity =
            |name: &str| Identity { name: name.into(), version: env!("CARGO_PKG_VERSION").into() };
        let capabilities = Capabilities {
            protocol: PROTOCOL,
            adapter: identity("memory"),
            implementation: identity("memory"),
            classes: vec![PackageClass::Package],
            operations: vec![
                OperationKind::Create,
                OperationKind::Edit,
                OperationKind::Assign,
                OperationKind::Refresh,
            ],
            reads: vec![OperationKind::Package, OperationKind::Content],
            faults: Vec::new(),
            source_mode: SourceMode::Inline,
            time: Time::Real,
            completes: Completes::AtReturn,
            atomic_reads: true,
            parallel_calls: 1,
            instances: 1,
            window: 64,
            survives_restart: false,
            outlives_run: Vec::new(),
            shows_failure: false,
            synthesised: Vec::new(),
            bounds: Bounds::default(),
        };
        Self { capabilities, sources: BTreeMap::new(), packages: BTreeMap::new() }
    }

    fn source(&self, name: Option<&SourceName>) -> Content {
        name.and_then(|name| self.sources.get(name)).cloned().unwrap_or_default()
    }

    fn create(&mut self, package: &PackageId, source: Option<&SourceName>) -> Reply<Answer> {
        let content = self.source(source);
        let version = SourceVersion::FIRST;
        let created =
            Package { source: source.cloned(), version, content, points: BTreeSet::new() };
        self.packages.entry(package.clone()).or_insert(created);
        Reply::Ok(Answer::Done)
    }

    fn edit(&mut self, source: &SourceName, changes: &[Change<Body>]) -> Reply<Answer> {
        let files = self.sources.entry(source.clone()).or_default();
        for change in changes {
            match change {
                Change::Write { path, file, .. } => {
                    files.insert(path.clone(), record_of(file));
                }
                Change::Delete { path } => {
                    files.remove(path);
                }
                Change::Rename { from, to } => {
                    if let Some(file) = files.remove(from) {
                        files.insert(to.clone(), file);
                    }
                }
            }
        }
        Reply::Ok(Answer::Done)
    }

    fn assign(&mut self, package: &PackageId, point: &PointName) -> Reply<Answer> {
        let Some(found) = self.packages.get_mut(package) else { return not_found(package) };
        found.points.insert(point.clone());
        Reply::Ok(Answer::Done)
    }

    fn refresh(&mut self, package: &PackageId) -> Reply<Answer> {
        let Some(source) = self.packages.get(package).map(|found| found.source.clone()) else {
            return not_found(package);
        };
        let content = self.source(source.as_ref());
        let Some(found) = self.packages.get_mut(package) else { return not_found(package) };
        found.version = found.version.plus(1);
        found.content = content;
        Reply::Ok(Answer::Refreshed(ReturnValue::SUCCESS))
    }

    fn read(&self, package: &PackageId) -> Reply<Answer> {
        let status = self.packages.get(package).map(|found| PackageStatus {
            version: found.version,
            action: None,
            failure: None,
            source_flag: None,
        });
        Reply::Ok(Answer::Package(status))
    }

    fn content(&self, package: &PackageId, point: &PointName) -> Reply<Answer> {
        let held = self.packages.get(package).filter(|found| found.points.contains(point));
        Reply::Ok(Answer::Content(
            held.map(|found| Page { files: found.content.clone(), next: None }),
        ))
    }
}

fn not_found(package: &PackageId) -> Reply<Answer> {
    Reply::Error(Problem::new(format!("no package `{package}`")))
}

impl Adapter for Memory {
    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn open(&mut self, _plan: &str, tree: &Tree, _scratch: &Path) -> Result<Opened, AdapterFault> {
        self.close()?;
        if tree.sites.len() > 1 {
            return Ok(Opened::Unsupported(Problem::new("there are no child sites here")));
        }
        Ok(Opened::Ready(None))
    }

    fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
        Ok(match operation {
            Operation::Create { package, source, .. } => self.create(package, source.as_ref()),
            Operation::Edit { source, changes } => self.edit(source, changes),
            Operation::Assign { package, point } => self.assign(package, point),
            Operation::Refresh { package, .. } => self.refresh(package),
            Operation::Package { package } => self.read(package),
            Operation::Content { package, point, .. } => self.content(package, point),
            _ => Reply::Unsupported(Problem::default()),
        })
    }

    fn close(&mut self) -> Result<(), AdapterFault> {
        self.sources.clear();
        self.packages.clear();
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    match std::env::args().nth(1).as_deref() {
        Some("measure") => measure(),
        Some(other) => {
            Err(format!("`{other}` is not known; there is `measure`, and nothing at all to serve")
                .into())
        }
        None => Ok(serve(&mut Memory::new(), io::stdin().lock(), io::stdout().lock())?),
    }
}

const REQUESTS: u32 = 200_000;

/// Asks this same program, as another process, with one request unanswered at a time and with a window of them.
fn measure() -> Result<(), Box<dyn Error>> {
    let command = [std::env::current_exe()?.into_os_string()];
    let mut adapter = ProcessAdapter::start(&command, ProcessBounds::default(), 1)?;
    let package = PackageId::new("PKG1")?;
    adapter.perform(&Operation::Create {
        package: package.clone(),
        class: PackageClass::Package,
        source: None,
        source_flag: None,
    })?;
    let refresh =
        Operation::Refresh { package: package.clone(), context: None, at: None, class: None };
    let one = rate(|| (0..REQUESTS).try_for_each(|_| adapter.perform(&refresh).map(drop)))?;
    let operations = vec![refresh; REQUESTS as usize];
    let many = rate(|| adapter.perform_all(&operations).map(drop))?;
    let window = adapter.capabilities().window;
    let Reply::Ok(Answer::Package(Some(status))) =
        adapter.perform(&Operation::Package { package })?
    else {
        return Err("the package is gone".into());
    };
    assert_eq!(status.version, SourceVersion::FIRST.plus(2 * REQUESTS), "every refresh counts");
    println!("{one:.0} refreshes a second, one unanswered; {many:.0} with a window of {window}");
    Ok(adapter.finish()?)
}

#[expect(clippy::disallowed_methods, reason = "it measures")]
fn rate(ask: impl FnOnce() -> Result<(), AdapterFault>) -> Result<f64, AdapterFault> {
    let started = Instant::now();
    ask()?;
    Ok(f64::from(REQUESTS) / started.elapsed().as_secs_f64())
}
