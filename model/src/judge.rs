//! From histories to a verdict: a pure function of (histories, pinned readings, requirement set).
//! It never talks to an implementation, and it owns no clock.

mod accuse;
mod class;
mod cover;
mod infer;
mod join;
mod profile;
mod requirements;
mod verdict;

pub use infer::Found;
pub use profile::Profile;
pub use requirements::Requirements;
pub use verdict::{Breach, ClassVerdict, ClauseVerdict, Doubt, Judgement, NotExercised, Outcome};

use crate::history::History;
use crate::history::timeline::{Timeline, Timelines};
use crate::words::{Content, PackageClass};
use accuse::Accuser;
use class::{ClassJudge, Judged};
use std::collections::BTreeMap;

/// Histories to be judged together, kept as the timelines of their packages, by class. Histories can be added one at a
/// time and dropped at once.
#[derive(Debug, Default)]
pub struct HistorySet {
    cases: BTreeMap<PackageClass, Vec<Case>>,
    tables: Vec<Vec<Content>>,
    histories: usize,
    events: usize,
    profile: Profile,
}

/// One package's timeline, and where it came from.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) history: usize,
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
        let timelines = Timelines::of(history);
        self.profile.see(history);
        self.events += history.events.len();
        for timeline in timelines.list {
            let class = timeline.class();
            self.cases.entry(class).or_default().push(Case { history: self.histories, timeline });
        }
        self.tables.push(timelines.contents);
        self.histories += 1;
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
        let (histories, events) = (self.histories, self.events);
        Judgement::new(classes, histories, events, self.profile.clone(), requirements)
    }
}
