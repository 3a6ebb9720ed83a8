//! From histories to a verdict: a pure function of (histories, pinned readings, requirement set).
//! It never talks to an implementation, and it owns no clock.

mod accuse;
mod class;
mod cover;
mod doubt;
mod health;
mod infer;
mod join;
mod mixed;
mod open;
mod profile;
mod refused;
mod rejected;
mod requirements;
mod ruling;
mod verdict;

pub use doubt::Doubt;
pub use infer::Found;
pub use profile::{Evidence, Profile};
pub use requirements::Requirements;
pub use verdict::{Breach, ClassVerdict, ClauseVerdict, Judgement, NotExercised, Outcome};

use crate::history::History;
use crate::history::timeline::{Timeline, Timelines};
use crate::index::{HistoryIndex, List};
use crate::words::{Content, PackageClass};
use accuse::Accuser;
use class::{ClassJudge, Judged};
use std::collections::BTreeMap;

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

    /// Judges everything that was added.
    #[must_use]
    pub fn judge(&self, requirements: &Requirements) -> Judgement {
        let judges: Vec<ClassJudge<'_>> = self
            .cases
            .iter()
            .filter(|(class, _)| requirements.wants_class(**class))
            .map(|(&class, cases)| ClassJudge { class, cases, tables: &self.tables, requirements })
            .collect();
        let judged: Vec<Judged<'_>> = judges.iter().map(ClassJudge::judge).collect();
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
