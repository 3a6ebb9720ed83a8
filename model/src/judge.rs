//! From histories to a verdict: a pure function of (histories, pinned readings, requirement set).
//! It never talks to an implementation, and it owns no clock.

mod accuse;
mod class;
mod cover;
mod doubt;
mod health;
mod infer;
mod injection;
mod join;
mod mixed;
mod open;
mod profile;
mod refused;
mod rejected;
mod requirements;
mod ruling;
mod tied;
mod verdict;

pub use doubt::Doubt;
pub use infer::Found;
pub use profile::{Evidence, Profile};
pub use requirements::Requirements;
pub use verdict::{Breach, ClassVerdict, ClauseVerdict, Judgement, NotExercised, Outcome};

use crate::history::History;
use crate::history::timeline::{Timeline, Timelines};
use crate::index::{HistoryIndex, List};
use crate::readings::Question;
use crate::words::{Content, PackageClass};
use accuse::Accuser;
use class::{ClassJudge, Judged};
use std::collections::BTreeMap;
use tied::Counts;

/// Histories to be judged together, kept as the timelines of their packages, by class. Histories can be added one at a
/// time and dropped at once.
#[derive(Debug, Default)]
pub struct HistorySet {
    cases: BTreeMap<PackageClass, Vec<Case>>,
    tables: List<HistoryIndex, Vec<Content>>,
    events: usize,
    profile: Profile,
    /// How many histories were judged up to a fault that no clause is about.
    faulty: usize,
}

/// The place of a question's strongest reading.
const STRONGEST: usize = 0;

/// One package's timeline, and where it came from.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) history: HistoryIndex,
    pub(crate) timeline: Timeline,
}

impl HistorySet {
    /// A set without histories.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a history. Its number is the count of those added before.
    pub fn add(&mut self, history: &History) {
        let sound = history.before_faults();
        self.faulty += usize::from(sound.is_some());
        let judged = sound.as_ref().unwrap_or(history);
        let timelines = Timelines::of(judged);
        self.events += history.events.len();
        let history = self.tables.end();
        let cases = timelines.list.into_iter().map(|timeline| Case { history, timeline });
        let cases: Vec<Case> = cases.collect();
        self.profile.see(judged, &cases.iter().collect::<Vec<_>>());
        for case in cases {
            self.cases.entry(case.timeline.class()).or_default().push(case);
        }
        self.tables.push(timelines.contents);
    }

    /// Judges everything that was added. What points fail only after cancels, or only after refusals, is no freedom to fail: then it is
    /// judged again without that freedom, and the judgement says so.
    #[must_use]
    pub fn judge(&self, requirements: &Requirements) -> Judgement {
        let judges = self.judges(requirements);
        let judged: Vec<Judged<'_>> = judges.iter().map(ClassJudge::judge).collect();
        if !self.fails_of_what_was_done(&judged) {
            return self.verdict(judged, requirements);
        }
        let concluded = (Question::PointHealth, STRONGEST);
        let mut stricter = requirements.clone();
        stricter.pinned.push(concluded);
        let judges = self.judges(&stricter);
        let judged = judges.iter().map(ClassJudge::judge).collect();
        Judgement { concluded: vec![concluded], ..self.verdict(judged, &stricter) }
    }

    fn judges<'a>(&'a self, requirements: &'a Requirements) -> Vec<ClassJudge<'a>> {
        self.cases
            .iter()
            .filter(|(class, _)| requirements.wants_class(**class))
            .map(|(&class, cases)| ClassJudge { class, cases, tables: &self.tables, requirements })
            .collect()
    }

    /// True where points fail that nothing ails, and each time after a cancel, or after a refresh that was refused.
    fn fails_of_what_was_done(&self, judged: &[Judged<'_>]) -> bool {
        let failed = judged.iter().map(|class| class.failed);
        let failed = failed.fold(Counts::default(), Counts::and);
        failed.are_tied(Counts::of_reads(self.cases.values().flatten()))
    }

    fn verdict(&self, judged: Vec<Judged<'_>>, requirements: &Requirements) -> Judgement {
        let rejected = judged.iter().flat_map(|class| &class.rejected).collect();
        let accused = Accuser::new(rejected, requirements).accuse();
        let mut accused = accused.into_iter();
        let mut classes = Vec::new();
        for class in judged {
            let of_class = accused.by_ref().take(class.rejected.len()).collect();
            classes.push(class.verdict(of_class, requirements));
        }
        let (histories, events) = (self.tables.len(), self.events);
        let (profile, faulty) = (self.profile.clone(), self.faulty);
        Judgement::new(classes, histories, events, profile, faulty, requirements)
    }
}
