//! The symbols of small histories: an operation with its answer, or that nothing is left to do. Each is a function of
//! as little as tells it from the others; which of them a theme has is in [`super::themes`].

use pkgsource::adapter::body::record_of;
use pkgsource::plan::build::{package, path, point, site, source};
use pkgsource_model::operation::{Change, FaultKind, Operation, Properties};
use pkgsource_model::reply::{
    Answer, ContextStatus, PackageStatus, Page, PointStatus, Problem, Reply, SiteStatus,
};
use pkgsource_model::words::{
    Body, Content, FileRecord, PackageClass, PointState, ReturnValue, ScheduleToken, SourceFlag,
    SourceVersion,
};

/// A symbol of an alphabet.
#[derive(Clone)]
pub(crate) enum Symbol {
    Event(Box<(Operation<FileRecord>, Reply<Answer>)>),
    Settled,
}

fn event(operation: Operation<FileRecord>, reply: Reply<Answer>) -> Symbol {
    Symbol::Event(Box::new((operation, reply)))
}

fn done(operation: Operation<FileRecord>) -> Symbol {
    event(operation, Reply::Ok(Answer::Done))
}

/// The same operation, refused with an error.
pub(crate) fn in_error(symbol: Symbol) -> Symbol {
    match symbol {
        Symbol::Event(pair) => event(pair.0, Reply::Error(Problem::new("refused"))),
        Symbol::Settled => Symbol::Settled,
    }
}

pub(crate) fn text(of: &str) -> FileRecord {
    record_of(&Body::Text(of.into()))
}

/// A source, or a point, with one file, and what was added beside it.
fn files(of: Option<&str>, added: bool) -> Content {
    let own = of.map(|of| (path("a.txt"), text(of)));
    let added = added.then(|| (path("added/1.inf"), text("addition")));
    own.into_iter().chain(added).collect()
}

pub(crate) fn edit(of: &str, to: &str) -> Symbol {
    let change = Change::Write { path: path("a.txt"), file: text(to), keep_time: false };
    done(Operation::Edit { source: source(of), changes: vec![change] })
}

pub(crate) fn create(class: PackageClass, from: Option<&str>, flag: Option<SourceFlag>) -> Symbol {
    done(Operation::Create {
        package: package("P1"),
        class,
        source: from.map(source),
        source_flag: flag,
    })
}

/// A refresh that returns this; with what context, at what site and through what class.
pub(crate) fn refresh_with(
    value: i32,
    context: Option<&str>,
    at: Option<&str>,
    class: Option<PackageClass>,
) -> Symbol {
    let operation = Operation::Refresh {
        package: package("P1"),
        context: context.map(str::to_owned),
        at: at.map(site),
        class,
    };
    event(operation, Reply::Ok(Answer::Refreshed(ReturnValue(value))))
}

pub(crate) fn refresh(value: i32) -> Symbol {
    refresh_with(value, None, None, None)
}

pub(crate) fn put(properties: Properties) -> Symbol {
    done(Operation::Put { package: package("P1"), properties })
}

pub(crate) fn schedule(tokens: usize) -> Symbol {
    let token: ScheduleToken = "0001200000100038".parse().expect("a token");
    done(Operation::SetSchedule { package: package("P1"), tokens: vec![token; tokens] })
}

pub(crate) fn assign(at: &str) -> Symbol {
    done(Operation::Assign { package: package("P1"), point: point(at) })
}

pub(crate) fn remove(at: &str) -> Symbol {
    done(Operation::Remove { package: package("P1"), point: point(at) })
}

pub(crate) fn redistribute(at: &str) -> Symbol {
    done(Operation::Redistribute { package: package("P1"), point: point(at) })
}

pub(crate) fn cancel(at: &str) -> Symbol {
    done(Operation::Cancel { package: package("P1"), point: point(at) })
}

pub(crate) fn delete() -> Symbol {
    done(Operation::Delete { package: package("P1") })
}

pub(crate) fn add_driver() -> Symbol {
    let (path, file) = (path("added/1.inf"), text("addition"));
    done(Operation::AddDriver { package: package("P1"), path, file })
}

pub(crate) fn add_content(refresh_points: bool) -> Symbol {
    let (path, file) = (path("added/1.inf"), text("addition"));
    done(Operation::AddContent { package: package("P1"), path, file, refresh_points })
}

pub(crate) fn lose(of: &str) -> Symbol {
    done(Operation::Fault {
        kind: FaultKind::SourceAbsent,
        target: pkgsource_model::words::FaultTarget::new(of).unwrap(),
    })
}

pub(crate) fn restore(of: &str) -> Symbol {
    done(Operation::Heal {
        kind: FaultKind::SourceAbsent,
        target: pkgsource_model::words::FaultTarget::new(of).unwrap(),
    })
}

pub(crate) fn no_package() -> Symbol {
    event(Operation::Package { package: package("P1") }, Reply::Ok(Answer::Package(None)))
}

pub(crate) fn version(version: u32, failure: bool) -> Symbol {
    let failure = failure.then(|| "it failed".to_owned());
    let status =
        PackageStatus { version: SourceVersion(version), action: None, failure, source_flag: None };
    event(Operation::Package { package: package("P1") }, Reply::Ok(Answer::Package(Some(status))))
}

pub(crate) fn reports(at: &str, state: PointState, version: Option<u32>) -> Symbol {
    let status = PointStatus { state, version: version.map(SourceVersion) };
    event(
        Operation::Point { package: package("P1"), point: point(at) },
        Reply::Ok(Answer::Point(status)),
    )
}

/// What is read back at a point: nothing, or a folder with or without a file and an addition.
pub(crate) fn content(at: &str, of: Option<(Option<&str>, bool)>) -> Symbol {
    let page = of.map(|(of, added)| Page { files: files(of, added), next: None });
    let operation = Operation::Content { package: package("P1"), point: point(at), after: None };
    event(operation, Reply::Ok(Answer::Content(page)))
}

/// What a site says: nothing, or its version and that of its files.
pub(crate) fn at_site(code: &str, of: Option<(u32, u32)>) -> Symbol {
    let status = of.map(|(version, stored)| SiteStatus {
        version: SourceVersion(version),
        stored: Some((stored > 0).then_some(SourceVersion(stored))),
    });
    event(
        Operation::Site { package: package("P1"), site: site(code) },
        Reply::Ok(Answer::Site(status)),
    )
}

pub(crate) fn injection(context: &str, status: u32) -> Symbol {
    let answer = ContextStatus { status, progress: 1, max_progress: 1, error_code: 0 };
    event(
        Operation::Context { package: package("P1"), context: context.into() },
        Reply::Ok(Answer::Context(answer)),
    )
}

pub(crate) fn operable(operable: bool) -> Symbol {
    event(Operation::Operable { package: package("P1") }, Reply::Ok(Answer::Operable(operable)))
}
