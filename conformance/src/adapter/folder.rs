//! The default adapter: the embedded site, with real folders and files. A translation between the suite's words and the
//! site's own; the site itself knows neither.

use super::body::body_bytes;
use super::{Adapter, AdapterFault, FaultCause, Opened};
use pkgsource_model::history::{Bounds, Capabilities, Completes, Identity, SourceMode, Time, Tree};
use pkgsource_model::operation::{Operation, OperationKind, Properties};
use pkgsource_model::reply::{
    Answer, ContextStatus, PackageStatus, Page, PointStatus, Problem, Reply, SiteStatus,
};
use pkgsource_model::words::{
    Body, FilePath, FileRecord, PackageClass, PackageId, PointName, PointState, ReturnValue,
    SourceFlag, SourceVersion,
};
use pkgsource_site as site;
use pkgsource_site::{Hierarchy, NewPackage, Property, Site, SiteError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The embedded site behind the adapter trait. One world at a time.
#[derive(Debug)]
pub struct Folder {
    capabilities: Capabilities,
    world: Option<World>,
}

#[derive(Debug)]
struct World {
    site: Site,
    sources: PathBuf,
}

/// What the site answered, before it is a reply.
enum Answered {
    Answer(Answer),
    /// An operation without a `ReturnValue` of its own that returned this instead of 0.
    Failed(i32),
}

impl Answered {
    fn of(value: i32) -> Self {
        if value == 0 { Self::Answer(Answer::Done) } else { Self::Failed(value) }
    }

    fn into_reply(self) -> Reply<Answer> {
        match self {
            Self::Answer(answer) => Reply::Ok(answer),
            Self::Failed(value) => Reply::Error(Problem {
                code: Some(value.to_string()),
                message: "the operation failed".into(),
            }),
        }
    }
}

impl Folder {
    /// An adapter without a world.
    #[must_use]
    pub fn new() -> Self {
        Self { capabilities: capabilities(), world: None }
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

fn capabilities() -> Capabilities {
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let serves =
        |kind: &OperationKind| !kind.is_read() && !kind.is_world() && *kind != OperationKind::Edit;
    let reads = |kind: &OperationKind| kind.is_read() && *kind != OperationKind::Idle;
    Capabilities {
        protocol: super::protocol::PROTOCOL,
        adapter: Identity { name: "folder".into(), version: version.clone() },
        implementation: Identity { name: "the embedded site".into(), version },
        classes: PackageClass::ALL.to_vec(),
        operations: OperationKind::ALL.into_iter().filter(serves).collect(),
        reads: OperationKind::ALL.into_iter().filter(reads).collect(),
        faults: Vec::new(),
        source_mode: SourceMode::Path,
        time: Time::Real,
        completes: Completes::AtReturn,
        atomic_reads: true,
        parallel_calls: 1,
        instances: 16,
        window: 1,
        survives_restart: false,
        outlives_run: Vec::new(),
        shows_failure: true,
        synthesised: Vec::new(),
        bounds: Bounds::default(),
    }
}

impl Adapter for Folder {
    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn open(&mut self, _plan: &str, tree: &Tree, scratch: &Path) -> Result<Opened, AdapterFault> {
        let fault = |kind, why| AdapterFault::new("open", cause(kind, why));
        let of_site = |error: SiteError| fault(error.system(), error.to_string());
        let hierarchy = hierarchy(tree).map_err(of_site)?;
        let sources = scratch.join("sources");
        std::fs::create_dir_all(&sources).map_err(|error| {
            fault(Some(error.kind()), format!("cannot make the sources' folder: {error}"))
        })?;
        let site = Site::create(&scratch.join("site"), &hierarchy).map_err(of_site)?;
        self.world = Some(World { site, sources: sources.clone() });
        Ok(Opened::Ready(Some(sources)))
    }

    fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
        let Some(world) = &mut self.world else {
            return Ok(Reply::AdapterError(Problem::new("no plan is open")));
        };
        Ok(match world.perform(operation) {
            None => Reply::Unsupported(Problem::default()),
            Some(Ok(answered)) => answered.into_reply(),
            // Our own disk is full, say: that is no answer of a site.
            Some(Err(error)) if error.system().is_some_and(FaultCause::is_of_the_machine) => {
                let cause = cause(error.system(), error.to_string());
                return Err(AdapterFault::new(operation.kind().name(), cause));
            }
            Some(Err(error)) => Reply::Error(Problem {
                code: Some(code(&error).to_owned()),
                message: error.to_string(),
            }),
        })
    }

    fn close(&mut self) -> Result<(), AdapterFault> {
        self.world = None;
        Ok(())
    }
}

/// Whose fault it is that the site failed.
fn cause(kind: Option<ErrorKind>, why: String) -> FaultCause {
    if kind.is_some_and(FaultCause::is_of_the_machine) {
        FaultCause::Surroundings(why)
    } else {
        FaultCause::SaysSo(why)
    }
}

fn hierarchy(tree: &Tree) -> Result<Hierarchy, SiteError> {
    let mut sites = tree.sites.iter();
    let owner = sites.next().map_or("", |entry| entry.site.as_str());
    let mut hierarchy = Hierarchy::new(owner)?;
    for entry in sites {
        let parent = entry.parent.as_ref().map_or(owner, |parent| parent.as_str());
        hierarchy = hierarchy.child(entry.site.as_str(), parent)?;
    }
    for entry in &tree.points {
        hierarchy = hierarchy.point(entry.point.as_str(), entry.site.as_str())?;
    }
    Ok(hierarchy)
}

/// The WMI code of the nearest meaning (domain §5), so that a report shows what a provider would.
fn code(error: &SiteError) -> &'static str {
    match error {
        SiteError::NotFound { .. } => "0x80041002",
        SiteError::AlreadyExists { .. } => "0x80041019",
        SiteError::InvalidParameter { .. } => "0x80041008",
        SiteError::ReadOnly { .. } => "0x80041023",
        SiteError::InvalidOperation { .. } => "0x80041016",
        _ => "0x80041001",
    }
}

impl World {
    /// The answer; none where the site has no such operation.
    fn perform(&mut self, operation: &Operation<Body>) -> Option<Result<Answered, SiteError>> {
        let site = &mut self.site;
        let done =
            |result: Result<(), SiteError>| Some(result.map(|()| Answered::Answer(Answer::Done)));
        match operation {
            Operation::Create { package, class, source, source_flag } => {
                let folder = source.as_ref().map(|name| self.sources.join(name.as_str()));
                let flag = SourceFlag::at_creation(*source_flag, folder.is_some());
                done(create(site, package, *class, folder, flag))
            }
            Operation::Put { package, properties } => {
                let properties = put_properties(properties, &self.sources);
                Some(
                    properties.and_then(|list| site.put(package.as_str(), &list)).map(Answered::of),
                )
            }
            Operation::Refresh { package, context, at, class: _ } => {
                let at = at.as_ref().map(pkgsource_model::words::SiteCode::as_str);
                let value = site.refresh(package.as_str(), at, context.as_deref());
                Some(value.map(|value| Answered::Answer(Answer::Refreshed(ReturnValue(value)))))
            }
            Operation::SetSchedule { package, tokens } => {
                let tokens: Vec<String> = tokens.iter().map(ToString::to_string).collect();
                done(site.set_schedule(package.as_str(), &tokens))
            }
            Operation::Assign { package, point } => {
                done(site.assign(package.as_str(), point.as_str()))
            }
            Operation::Remove { package, point } => {
                done(site.remove(package.as_str(), point.as_str()))
            }
            Operation::Redistribute { package, point } => {
                done(site.redistribute(package.as_str(), point.as_str()))
            }
            Operation::Cancel { package, point } => {
                done(site.cancel(package.as_str(), point.as_str()))
            }
            Operation::Delete { package } => done(site.delete(package.as_str())),
            Operation::AddDriver { package, path, file } => {
                done(site.add_driver(package.as_str(), addition_name(path), &body_bytes(file)))
            }
            Operation::AddContent { package, path, file, refresh_points } => {
                let bytes = body_bytes(file);
                let value = site.add_content(
                    package.as_str(),
                    addition_name(path),
                    &bytes,
                    *refresh_points,
                );
                Some(value.map(Answered::of))
            }
            Operation::Package { .. }
            | Operation::Site { .. }
            | Operation::Point { .. }
            | Operation::Content { .. }
            | Operation::Context { .. }
            | Operation::Operable { .. } => {
                self.read(operation).map(|read| read.map(Answered::Answer))
            }
            Operation::Edit { .. } | Operation::Fault { .. } | Operation::Heal { .. } => None,
            Operation::Clock { .. } | Operation::Idle {} => None,
        }
    }

    fn read(&self, operation: &Operation<Body>) -> Option<Result<Answer, SiteError>> {
        let site = &self.site;
        Some(match operation {
            Operation::Package { package } => site
                .package(package.as_str())
                .map(|status| Answer::Package(status.map(package_status))),
            Operation::Site { package, site: code } => {
                site.site(package.as_str(), code.as_str()).map(|status| {
                    let version = |number| SourceVersion(number);
                    Answer::Site(status.map(|s| SiteStatus {
                        version: version(s.version),
                        stored: Some(s.stored.map(version)),
                    }))
                })
            }
            Operation::Point { package, point } => read_point(site, package, point),
            Operation::Content { package, point, .. } => read_content(site, package, point),
            Operation::Context { context, .. } => site.context(context).map(|status| {
                Answer::Context(ContextStatus {
                    status: status.status,
                    progress: status.progress,
                    max_progress: status.max_progress,
                    error_code: status.error_code,
                })
            }),
            Operation::Operable { package } => {
                site.operable(package.as_str()).map(Answer::Operable)
            }
            _ => return None,
        })
    }
}

fn create(
    site: &mut Site,
    package: &PackageId,
    class: PackageClass,
    source: Option<PathBuf>,
    flag: SourceFlag,
) -> Result<(), SiteError> {
    let class = class.name().parse()?;
    let source_flag = site::SourceFlag::from_number(flag.number())?;
    site.create_package(&NewPackage { id: package.as_str().to_owned(), class, source_flag, source })
}

fn put_properties(properties: &Properties, sources: &Path) -> Result<Vec<Property>, SiteError> {
    let Properties {
        name,
        share_name,
        source,
        source_flag,
        source_version,
        refresh_pkg_source_flag,
    } = properties;
    let flag = source_flag.map(|flag| site::SourceFlag::from_number(flag.number())).transpose()?;
    let all = [
        name.clone().map(Property::Name),
        share_name.clone().map(Property::ShareName),
        source.as_ref().map(|name| Property::SourcePath(Some(sources.join(name.as_str())))),
        flag.map(Property::SourceFlag),
        source_version.map(Property::SourceVersion),
        refresh_pkg_source_flag.map(Property::RefreshPkgSourceFlag),
    ];
    Ok(all.into_iter().flatten().collect())
}

/// The site puts additions below `added/` itself.
fn addition_name(path: &FilePath) -> &str {
    path.as_str().strip_prefix("added/").unwrap_or(path.as_str())
}

fn package_status(status: site::PackageStatus) -> PackageStatus {
    let flags = [
        SourceFlag::NeedsSpecifying,
        SourceFlag::NoSource,
        SourceFlag::Direct,
        SourceFlag::Compress,
        SourceFlag::Local,
    ];
    let number = status.source_flag.number();
    PackageStatus {
        version: SourceVersion(status.version),
        action: Some(status.action),
        failure: status.failure,
        source_flag: flags.into_iter().find(|flag| flag.number() == number),
    }
}

fn read_point(site: &Site, package: &PackageId, point: &PointName) -> Result<Answer, SiteError> {
    let status = site.point(package.as_str(), point.as_str())?;
    let state = match status.state {
        site::PointState::Installed => PointState::Installed,
        site::PointState::InstallPending => PointState::InstallPending,
        site::PointState::InstallFailed => PointState::InstallFailed,
        site::PointState::RemovalPending => PointState::RemovalPending,
        site::PointState::RemovalFailed => PointState::RemovalFailed,
        site::PointState::ContentUpdating => PointState::ContentUpdating,
        site::PointState::NotTargeted => PointState::None,
    };
    Ok(Answer::Point(PointStatus { state, version: status.version.map(SourceVersion) }))
}

fn read_content(site: &Site, package: &PackageId, point: &PointName) -> Result<Answer, SiteError> {
    let files = site.content(package.as_str(), point.as_str())?;
    let page = files.map(|files| {
        let record = |file: site::ContentFile| {
            let path = FilePath::new(&file.path).ok()?;
            Some((path, FileRecord { size: file.size, sha256: file.sha256.parse().ok()? }))
        };
        Page { files: files.into_iter().filter_map(record).collect(), next: None }
    });
    Ok(Answer::Content(page))
}
