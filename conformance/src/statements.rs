//! The two statements of the specification side by side on one history: what the clauses say, and what the oracle says,
//! under the same readings. And small lies, to make histories that something should object to.

use crate::plan::Random;
use pkgsource_model::clauses::{ClauseId, Facts};
use pkgsource_model::history::timeline::{Timeline, Timelines};
use pkgsource_model::history::{Event, History};
use pkgsource_model::oracle::{Explained, Search, explain};
use pkgsource_model::readings::Readings;
use pkgsource_model::reply::{Answer, Problem, Reply};
use pkgsource_model::words::{
    Content, PackageClass, PackageId, PointState, ReturnValue, SourceVersion,
};

/// What both statements say of one package's timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The package.
    pub package: PackageId,
    /// The class.
    pub class: PackageClass,
    /// The clauses that are broken.
    pub broken: Vec<ClauseId>,
    /// What the oracle found.
    pub explained: Explained,
}

impl Comparison {
    /// A clause is broken where the oracle explains: the clause is wrong.
    #[must_use]
    pub fn is_unsound(&self) -> bool {
        !self.broken.is_empty() && self.explained == Explained::Yes
    }

    /// The oracle rejects and no clause says why.
    #[must_use]
    pub fn is_unnamed(&self) -> bool {
        self.broken.is_empty() && matches!(self.explained, Explained::No { .. })
    }
}

/// Compares the two statements on every package of a history.
#[must_use]
pub fn compare(history: &History, readings: &Readings) -> Vec<Comparison> {
    let timelines = Timelines::of(history);
    let one = |timeline: &Timeline| {
        let facts = Facts::of(timeline, &timelines.contents, readings);
        Comparison {
            package: timeline.package.clone(),
            class: timeline.class(),
            broken: facts.broken().collect(),
            explained: explain(timeline, &timelines.contents, readings, Search::Lazy),
        }
    };
    timelines.list.iter().map(one).collect()
}

/// Takes the answer of one operation away, as if the connection had been lost. False where there is none to take.
pub fn forget(history: &mut History, random: &mut Random) -> bool {
    let answered = |event: &&mut Event| {
        !event.operation.kind().is_read() && !matches!(event.reply, Reply::Unknown(_))
    };
    let count = history.events.iter_mut().filter(answered).count();
    let nth = random.below(count);
    let Some(event) = history.events.iter_mut().filter(answered).nth(nth) else { return false };
    event.reply = Reply::Unknown(Problem::new("the connection was lost"));
    event.returned = None;
    true
}

/// Changes one answer of a history: a number by one, a state, files of another moment. False where nothing was changed.
pub fn lie(history: &mut History, random: &mut Random) -> bool {
    let contents: Vec<Content> = history
        .events
        .iter()
        .filter_map(|event| match &event.reply {
            Reply::Ok(Answer::Content(Some(page))) => Some(page.files.clone()),
            _ => None,
        })
        .collect();
    if history.events.is_empty() {
        return false;
    }
    let nth = random.below(history.events.len());
    let Some(event) = history.events.get_mut(nth) else { return false };
    let Reply::Ok(answer) = &mut event.reply else { return false };
    let shift = |version: &mut SourceVersion, random: &mut Random| {
        version.0 =
            if random.once_in(2) { version.0 + 1 } else { version.0.saturating_sub(1).max(1) };
    };
    let before = answer.clone();
    match answer {
        Answer::Refreshed(value) => *value = ReturnValue(if value.is_success() { 5 } else { 0 }),
        Answer::Package(Some(status)) if random.once_in(3) => {
            status.failure = if status.failure.is_some() { None } else { Some("a lie".into()) };
        }
        Answer::Package(Some(status)) => shift(&mut status.version, random),
        Answer::Package(None) | Answer::Site(None) => {}
        Answer::Site(Some(status)) => match &mut status.stored {
            Some(Some(stored)) if random.once_in(2) => shift(stored, random),
            _ => shift(&mut status.version, random),
        },
        Answer::Point(status) => match &mut status.version {
            Some(version) if random.once_in(2) => shift(version, random),
            _ => status.state = PointState::ALL[random.below(PointState::ALL.len())],
        },
        Answer::Content(page) => {
            let other = contents.get(random.below(contents.len())).cloned();
            *page = other
                .filter(|_| random.below(4) > 0)
                .map(|files| pkgsource_model::reply::Page { files, next: None });
        }
        Answer::Context(status) => status.status = 4,
        Answer::Operable(operable) => *operable = !*operable,
        Answer::Done | Answer::Idle(_) => {}
    }
    *answer != before
}
