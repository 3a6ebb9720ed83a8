//! One package's part of a history: its own operations, those of the sources it depends on, and the settled events.
//!
//! Names become indices and contents become numbers, so that clauses and the oracle compare integers.
//! It knows what was asked and answered, and nothing of what should have been.

use super::{History, Settled};
use crate::operation::{Change, FaultKind, Operation, Properties};
use crate::reply::{Answer, ContextStatus, PackageStatus, PointStatus, Reply, SiteStatus};
use crate::words::{
    Content, FilePath, FileRecord, PackageClass, PackageId, PointName, SiteCode, SourceFlag,
    SourceName,
};
use std::collections::BTreeMap;

/// An ordinal that is later than any.
pub const NEVER: u64 = u64::MAX;

/// A distinct content, as its place in [`Timelines::contents`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContentId(pub u32);

impl ContentId {
    /// The content without files.
    pub const EMPTY: Self = Self(0);
    /// A content that nobody knows: an edit whose fate is unknown came before.
    pub const UNKNOWN: Self = Self(u32::MAX);
}

/// What a point, a site or a version holds: files of the source, and which of the package's additions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    /// The files that came from the source.
    pub base: ContentId,
    /// The additions, one bit each.
    pub added: u64,
}

/// How an operation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It answered `ok`; for a refresh, with 0.
    Done,
    /// A refresh returned something other than 0.
    NonZero,
    /// It answered with an error that carries no return value.
    Error,
    /// Nobody knows.
    Unknown,
}

/// A `ContextID` argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContextArgument {
    /// None was given.
    Absent,
    /// An empty one was given.
    Empty,
    /// One was given that had not been used before in the plan.
    Fresh,
    /// One was given that had been used before.
    Reused,
}

/// What happened at one moment of a package's timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the operation's own, as an index")]
pub enum Act {
    Create {
        class: PackageClass,
        source: Option<usize>,
        flag: SourceFlag,
    },
    /// From here on the source is in this state; none where the folder is absent.
    Source {
        source: usize,
        state: Option<ContentId>,
    },
    Put {
        source: Option<usize>,
        flag: Option<SourceFlag>,
        share_name: bool,
        version: bool,
        refresh: bool,
    },
    Refresh {
        context: ContextArgument,
        at_owner: bool,
        own_class: bool,
    },
    SetSchedule {
        tokens: usize,
    },
    Assign {
        point: usize,
    },
    Remove {
        point: usize,
    },
    Redistribute {
        point: usize,
    },
    Cancel {
        point: usize,
    },
    Delete,
    Add {
        addition: usize,
        driver: bool,
        refresh_points: bool,
    },
    ReadPackage(Option<PackageStatus>),
    ReadSite {
        site: usize,
        status: Option<SiteStatus>,
    },
    ReadPoint {
        point: usize,
        status: PointStatus,
    },
    ReadContent {
        point: usize,
        held: Option<Held>,
    },
    ReadContext(ContextStatus),
    ReadOperable(bool),
    Settled,
}

/// One moment: an act with its interval and its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Ordinal of the invocation.
    pub invoked: u64,
    /// Ordinal of the return; [`NEVER`] while unknown.
    pub returned: u64,
    /// Place in the history's events; none for a settled event.
    pub event: Option<usize>,
    /// What it was.
    pub act: Act,
    /// How it ended.
    pub outcome: Outcome,
}

/// A package's timeline.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// The package.
    pub package: PackageId,
    /// Its class; none where the history neither creates it nor addresses it through a class.
    pub class: Option<PackageClass>,
    /// The points of the tree, and at which site each is.
    pub points: Vec<(PointName, usize)>,
    /// The sites of the tree; the first owns the package.
    pub sites: Vec<SiteCode>,
    /// The sources that the package ever had.
    pub sources: Vec<SourceName>,
    /// Its additions, in the order of their bits.
    pub additions: Vec<(FilePath, FileRecord)>,
    /// The moments, by invocation.
    pub moments: Vec<Moment>,
    /// True where two moments overlap, unknown replies apart.
    pub overlaps: bool,
    /// True where a content read never sees half a switch.
    pub atomic_reads: bool,
    /// True where a failure that shows is really looked up.
    pub shows_failure: bool,
}

/// All the timelines of a history, with the contents that they number.
#[derive(Clone, Debug)]
pub struct Timelines {
    /// The distinct contents.
    pub contents: Vec<Content>,
    /// One timeline for every package that the history names.
    pub list: Vec<Timeline>,
}

impl Timelines {
    /// Splits a history into the timelines of its packages.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let index = Index::of(history);
        let mut numbers = Numbers::new();
        let edits = SourceStates::of(history, &mut numbers);
        let list = index
            .packages
            .iter()
            .map(|(package, events)| {
                Builder::new(history, package, events, &mut numbers).build(&edits)
            })
            .collect();
        Self { contents: numbers.contents, list }
    }
}

/// Which events name which package.
struct Index<'a> {
    packages: BTreeMap<&'a PackageId, Vec<usize>>,
}

impl<'a> Index<'a> {
    fn of(history: &'a History) -> Self {
        let mut packages: BTreeMap<&PackageId, Vec<usize>> = BTreeMap::new();
        for (place, event) in history.events.iter().enumerate() {
            if let Some(package) = event.operation.package() {
                packages.entry(package).or_default().push(place);
            }
        }
        Self { packages }
    }
}

/// Gives equal contents equal numbers.
struct Numbers {
    contents: Vec<Content>,
    known: BTreeMap<Content, u32>,
}

impl Numbers {
    fn new() -> Self {
        let empty = Content::new();
        Self { contents: vec![empty.clone()], known: BTreeMap::from([(empty, 0)]) }
    }

    fn number(&mut self, content: &Content) -> ContentId {
        if let Some(&number) = self.known.get(content) {
            return ContentId(number);
        }
        let number = u32::try_from(self.contents.len()).unwrap_or(u32::MAX - 1);
        self.contents.push(content.clone());
        self.known.insert(content.clone(), number);
        ContentId(number)
    }
}

/// Every change of every source: after which event it is in which state.
struct SourceStates<'a> {
    changes: BTreeMap<&'a SourceName, Vec<(usize, Option<ContentId>)>>,
}

impl<'a> SourceStates<'a> {
    fn of(history: &'a History, numbers: &mut Numbers) -> Self {
        struct Now {
            content: Option<Content>,
            present: bool,
        }
        let mut now: BTreeMap<&str, Now> = BTreeMap::new();
        let mut changes: BTreeMap<&SourceName, Vec<(usize, Option<ContentId>)>> = BTreeMap::new();
        let names: BTreeMap<&str, &SourceName> = history
            .events
            .iter()
            .flat_map(|event| source_names(&event.operation))
            .map(|n| (n.as_str(), n))
            .collect();
        for (place, event) in history.events.iter().enumerate() {
            let target = match &event.operation {
                Operation::Edit { source, .. } => source.as_str(),
                Operation::Fault { kind: FaultKind::SourceAbsent, target }
                | Operation::Heal { kind: FaultKind::SourceAbsent, target } => target.as_str(),
                _ => continue,
            };
            let done = matches!(event.reply, Reply::Ok(_));
            if matches!(event.reply, Reply::Unsupported(_)) {
                continue;
            }
            let entry =
                now.entry(target).or_insert(Now { content: Some(Content::new()), present: true });
            match &event.operation {
                Operation::Edit { changes, .. } if done => {
                    entry.content = entry.content.take().map(|files| edited(files, changes));
                }
                Operation::Fault { .. } if done => entry.present = false,
                Operation::Heal { .. } if done => entry.present = true,
                _ => entry.content = None,
            }
            let state = entry.present.then(|| {
                entry.content.as_ref().map_or(ContentId::UNKNOWN, |files| numbers.number(files))
            });
            if let Some(name) = names.get(target) {
                changes.entry(name).or_default().push((place, state));
            }
        }
        Self { changes }
    }
}

fn source_names<F>(operation: &Operation<F>) -> Vec<&SourceName> {
    match operation {
        Operation::Edit { source, .. } => vec![source],
        Operation::Create { source, .. } => source.iter().collect(),
        Operation::Put { properties, .. } => properties.source.iter().collect(),
        _ => Vec::new(),
    }
}

/// The files after the changes.
#[must_use]
pub fn edited(mut files: Content, changes: &[Change<FileRecord>]) -> Content {
    for change in changes {
        match change {
            Change::Write { path, file, .. } => {
                files.insert(path.clone(), *file);
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
    files
}

/// Builds one package's timeline.
struct Builder<'a> {
    history: &'a History,
    events: &'a [usize],
    numbers: &'a mut Numbers,
    contexts: Vec<&'a str>,
    timeline: Timeline,
}

impl<'a> Builder<'a> {
    fn new(
        history: &'a History,
        package: &PackageId,
        events: &'a [usize],
        numbers: &'a mut Numbers,
    ) -> Self {
        let tree = &history.header.tree;
        let sites: Vec<SiteCode> = tree.sites.iter().map(|entry| entry.site.clone()).collect();
        let site_of = |code: &SiteCode| sites.iter().position(|site| site == code).unwrap_or(0);
        let points = tree.points.iter().map(|p| (p.point.clone(), site_of(&p.site))).collect();
        let atomic_reads = history.header.capabilities.atomic_reads;
        let timeline = Timeline {
            package: package.clone(),
            class: None,
            points,
            sites,
            sources: Vec::new(),
            additions: Vec::new(),
            moments: Vec::new(),
            overlaps: false,
            atomic_reads,
            shows_failure: history.header.capabilities.shows_failure,
        };
        Self { history, events, numbers, contexts: Vec::new(), timeline }
    }

    fn build(mut self, states: &SourceStates<'_>) -> Timeline {
        self.collect_names();
        for &place in self.events {
            self.push_event(place);
        }
        let named = |source: &SourceName| states.changes.get(source).cloned().unwrap_or_default();
        for source in 0..self.timeline.sources.len() {
            for (place, state) in named(&self.timeline.sources[source]) {
                self.push(place, Act::Source { source, state }, Outcome::Done);
            }
        }
        for Settled { at, .. } in &self.history.settled {
            let moment = Moment {
                invoked: *at,
                returned: *at,
                event: None,
                act: Act::Settled,
                outcome: Outcome::Done,
            };
            self.timeline.moments.push(moment);
        }
        self.timeline.moments.sort_by_key(|moment| moment.invoked);
        let pairs = self.timeline.moments.windows(2);
        self.timeline.overlaps = pairs
            .into_iter()
            .any(|pair| pair[0].returned != NEVER && pair[0].returned > pair[1].invoked);
        self.timeline
    }

    fn collect_names(&mut self) {
        let timeline = &mut self.timeline;
        for &place in self.events {
            let operation = &self.history.events[place].operation;
            for name in source_names(operation) {
                if !timeline.sources.contains(name) {
                    timeline.sources.push(name.clone());
                }
            }
            match operation {
                Operation::Create { class, .. } => timeline.class = timeline.class.or(Some(*class)),
                Operation::AddDriver { path, file, .. }
                | Operation::AddContent { path, file, .. }
                    if timeline.additions.len() < 64 =>
                {
                    timeline.additions.push((path.clone(), *file));
                }
                _ => {}
            }
        }
        let addressed = |place: &usize| match &self.history.events[*place].operation {
            Operation::Refresh { class, .. } => *class,
            _ => None,
        };
        timeline.class = timeline.class.or_else(|| self.events.iter().find_map(addressed));
    }

    fn push(&mut self, place: usize, act: Act, outcome: Outcome) {
        let event = &self.history.events[place];
        let returned = event.returned.unwrap_or(NEVER);
        self.timeline.moments.push(Moment {
            invoked: event.invoked,
            returned,
            event: Some(place),
            act,
            outcome,
        });
    }

    fn push_event(&mut self, place: usize) {
        let event = &self.history.events[place];
        let read = event.operation.kind().is_read();
        let outcome = match &event.reply {
            Reply::Ok(Answer::Refreshed(value)) if !value.is_success() => Outcome::NonZero,
            Reply::Ok(_) => Outcome::Done,
            Reply::Unsupported(_) => return,
            _ if read => return,
            Reply::Error(_) => Outcome::Error,
            Reply::Unknown(_) | Reply::AdapterError(_) => Outcome::Unknown,
        };
        let act = match &event.reply {
            Reply::Ok(answer) if read => self.read(&event.operation, answer),
            _ => self.change(place),
        };
        if let Some(act) = act {
            self.push(place, act, outcome);
        }
    }

    fn point(&self, name: &PointName) -> Option<usize> {
        self.timeline.points.iter().position(|(point, _)| point == name)
    }

    fn read(&mut self, operation: &Operation<FileRecord>, answer: &Answer) -> Option<Act> {
        Some(match (operation, answer) {
            (Operation::Package { .. }, Answer::Package(status)) => {
                Act::ReadPackage(status.clone())
            }
            (Operation::Site { site, .. }, Answer::Site(status)) => {
                let site = self.timeline.sites.iter().position(|s| s == site)?;
                Act::ReadSite { site, status: *status }
            }
            (Operation::Point { point, .. }, Answer::Point(status)) => {
                Act::ReadPoint { point: self.point(point)?, status: *status }
            }
            (Operation::Content { point, .. }, Answer::Content(page)) => {
                let held = page.as_ref().map(|page| self.held(&page.files));
                Act::ReadContent { point: self.point(point)?, held }
            }
            (Operation::Context { .. }, Answer::Context(status)) => Act::ReadContext(*status),
            (Operation::Operable { .. }, Answer::Operable(operable)) => {
                Act::ReadOperable(*operable)
            }
            _ => return None,
        })
    }

    /// Splits what was read into additions, where path and bytes agree, and the rest.
    fn held(&mut self, files: &Content) -> Held {
        let additions = &self.timeline.additions;
        let is_there = |(path, record): &(FilePath, FileRecord)| files.get(path) == Some(record);
        let bits = additions.iter().enumerate().filter(|(_, addition)| is_there(addition));
        let added = bits.fold(0, |bits, (place, _)| bits | 1 << place);
        if added == 0 {
            return Held { base: self.numbers.number(files), added };
        }
        let mut rest = files.clone();
        for (path, _) in additions.iter().filter(|addition| is_there(addition)) {
            rest.remove(path);
        }
        Held { base: self.numbers.number(&rest), added }
    }

    fn change(&mut self, place: usize) -> Option<Act> {
        let operation = &self.history.events[place].operation;
        let source_index = |name: &SourceName| self.timeline.sources.iter().position(|s| s == name);
        Some(match operation {
            Operation::Create { class, source, source_flag, .. } => {
                let default =
                    if source.is_some() { SourceFlag::Direct } else { SourceFlag::NoSource };
                let source = source.as_ref().and_then(source_index);
                Act::Create { class: *class, source, flag: source_flag.unwrap_or(default) }
            }
            Operation::Put { properties, .. } => {
                let Properties {
                    source,
                    source_flag,
                    share_name,
                    source_version,
                    refresh_pkg_source_flag,
                    ..
                } = properties;
                Act::Put {
                    source: source.as_ref().and_then(source_index),
                    flag: *source_flag,
                    share_name: share_name.is_some(),
                    version: source_version.is_some(),
                    refresh: *refresh_pkg_source_flag == Some(true),
                }
            }
            Operation::Refresh { context, at, class, .. } => Act::Refresh {
                context: self.context(context.as_deref()),
                at_owner: at.as_ref().is_none_or(|at| self.timeline.sites.first() == Some(at)),
                own_class: class.is_none_or(|class| self.timeline.class == Some(class)),
            },
            Operation::SetSchedule { tokens, .. } => Act::SetSchedule { tokens: tokens.len() },
            Operation::Assign { point, .. } => Act::Assign { point: self.point(point)? },
            Operation::Remove { point, .. } => Act::Remove { point: self.point(point)? },
            Operation::Redistribute { point, .. } => {
                Act::Redistribute { point: self.point(point)? }
            }
            Operation::Cancel { point, .. } => Act::Cancel { point: self.point(point)? },
            Operation::Delete { .. } => Act::Delete,
            Operation::AddDriver { path, .. } => self.addition(path, true, false)?,
            Operation::AddContent { path, refresh_points, .. } => {
                self.addition(path, false, *refresh_points)?
            }
            _ => return None,
        })
    }

    fn addition(&self, path: &FilePath, driver: bool, refresh_points: bool) -> Option<Act> {
        let addition = self.timeline.additions.iter().position(|(known, _)| known == path)?;
        Some(Act::Add { addition, driver, refresh_points })
    }

    fn context(&mut self, context: Option<&'a str>) -> ContextArgument {
        match context {
            None => ContextArgument::Absent,
            Some("") => ContextArgument::Empty,
            Some(id) if self.contexts.contains(&id) => ContextArgument::Reused,
            Some(id) => {
                self.contexts.push(id);
                ContextArgument::Fresh
            }
        }
    }
}
