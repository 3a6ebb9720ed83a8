//! One example of every operation and of every answer, with every member that it can have.

use pkgsource::adapter::body::record_of;
use pkgsource_model::history::{PointEntry, SiteEntry, Tree};
use pkgsource_model::operation::{Change, FaultKind, Operation, OperationKind, Properties};
use pkgsource_model::reply::{Answer, ContextStatus, PackageStatus, Page, PointStatus, SiteStatus};
use pkgsource_model::words::{
    Body, FaultTarget, FilePath, PackageClass, PackageId, PointName, PointState, ReturnValue,
    SiteCode, SourceFlag, SourceName, SourceVersion,
};

fn package() -> PackageId {
    PackageId::new("PKG1").unwrap()
}

fn point() -> PointName {
    PointName::new("DP1").unwrap()
}

fn site() -> SiteCode {
    SiteCode::new("PS1").unwrap()
}

fn source() -> SourceName {
    SourceName::new("S1").unwrap()
}

fn path(text: &str) -> FilePath {
    FilePath::new(text).unwrap()
}

fn changes() -> Vec<Change<Body>> {
    let write = |file, keep_time| Change::Write { path: path("setup/a.txt"), file, keep_time };
    vec![
        write(Body::Text("one".into()), false),
        write(Body::Base64("YWJj".into()), true),
        write(Body::Fill { seed: 1, size: 10 }, false),
        Change::Delete { path: path("a.txt") },
        Change::Rename { from: path("a.txt"), to: path("b.txt") },
    ]
}

fn properties() -> Properties {
    Properties {
        name: Some("a name".into()),
        share_name: Some(String::new()),
        source: Some(source()),
        source_flag: Some(SourceFlag::Compress),
        source_version: Some(u32::MAX),
        refresh_pkg_source_flag: Some(true),
    }
}

/// One example of every operation, with every member that it can have.
pub(crate) fn example(kind: OperationKind) -> Operation<Body> {
    let (package, point) = (package(), point());
    let fault = |kind, target: &str| (kind, FaultTarget::new(target).unwrap());
    match kind {
        OperationKind::Create => Operation::Create {
            package,
            class: PackageClass::Vhd,
            source: Some(source()),
            source_flag: Some(SourceFlag::Direct),
        },
        OperationKind::Edit => Operation::Edit { source: source(), changes: changes() },
        OperationKind::Put => Operation::Put { package, properties: properties() },
        OperationKind::Refresh => Operation::Refresh {
            package,
            context: Some(String::new()),
            at: Some(site()),
            class: Some(PackageClass::Package),
        },
        OperationKind::SetSchedule => {
            Operation::SetSchedule { package, tokens: vec!["0001200000100000".parse().unwrap()] }
        }
        OperationKind::Assign => Operation::Assign { package, point },
        OperationKind::Remove => Operation::Remove { package, point },
        OperationKind::Redistribute => Operation::Redistribute { package, point },
        OperationKind::Cancel => Operation::Cancel { package, point },
        OperationKind::Delete => Operation::Delete { package },
        OperationKind::AddDriver => Operation::AddDriver {
            package,
            path: path("added/d.sys"),
            file: Body::Text("d".into()),
        },
        OperationKind::AddContent => Operation::AddContent {
            package,
            path: path("added/c.cab"),
            file: Body::Fill { seed: 1, size: 100 },
            refresh_points: true,
        },
        OperationKind::Fault => {
            let (kind, target) = fault(FaultKind::PointDown, "DP1");
            Operation::Fault { kind, target }
        }
        OperationKind::Heal => {
            let (kind, target) = fault(FaultKind::ServerKilled, "PS1");
            Operation::Heal { kind, target }
        }
        OperationKind::Clock => Operation::Clock { advance_ms: 60_000 },
        OperationKind::Package => Operation::Package { package },
        OperationKind::Site => Operation::Site { package, site: site() },
        OperationKind::Point => Operation::Point { package, point },
        OperationKind::Content => Operation::Content { package, point, after: Some(path("a.txt")) },
        OperationKind::Context => Operation::Context { package, context: "c1".into() },
        OperationKind::Operable => Operation::Operable { package },
        OperationKind::Idle => Operation::Idle {},
    }
}

/// The answer to each operation, with every member that it can have.
pub(crate) fn answer(kind: OperationKind) -> Answer {
    let version = SourceVersion(2);
    match kind {
        OperationKind::Refresh => Answer::Refreshed(ReturnValue(i32::MIN)),
        OperationKind::Package => Answer::Package(Some(PackageStatus {
            version,
            action: Some(1),
            failure: Some("no room".into()),
            source_flag: Some(SourceFlag::Local),
        })),
        OperationKind::Site => {
            Answer::Site(Some(SiteStatus { version, stored: Some(Some(version)) }))
        }
        OperationKind::Point => Answer::Point(PointStatus {
            state: PointState::ContentMonitoring,
            version: Some(version),
        }),
        OperationKind::Content => {
            let files = [(path("b/ü.txt"), record_of(&Body::Text("abc".into())))].into();
            Answer::Content(Some(Page { files, next: None }))
        }
        OperationKind::Context => Answer::Context(ContextStatus {
            status: 2,
            progress: 1,
            max_progress: 3,
            error_code: i32::MIN,
        }),
        OperationKind::Operable => Answer::Operable(false),
        OperationKind::Idle => Answer::Idle(true),
        OperationKind::Create
        | OperationKind::Edit
        | OperationKind::Put
        | OperationKind::SetSchedule
        | OperationKind::Assign
        | OperationKind::Remove
        | OperationKind::Redistribute
        | OperationKind::Cancel
        | OperationKind::Delete
        | OperationKind::AddDriver
        | OperationKind::AddContent
        | OperationKind::Fault
        | OperationKind::Heal
        | OperationKind::Clock => Answer::Done,
    }
}

pub(crate) fn tree() -> Tree {
    let child = SiteEntry { site: SiteCode::new("PS2").unwrap(), parent: Some(site()) };
    Tree {
        sites: vec![SiteEntry { site: site(), parent: None }, child],
        points: vec![PointEntry { point: point(), site: site() }],
    }
}
