//! The plans of a run, on as many instances of one adapter as it declares: each has plans of its own, side by side. What
//! they leave is taken in the order of the plans, so that nobody sees how many there were. Here is no judgement.

mod desk;

use super::campaign::{Campaign, Keep, Run};
use super::stop::Stop;
use crate::adapter::{Adapter, AdapterFault};
use crate::history::HistoryFile;
use crate::plan::Plan;
use desk::{Desk, Leaving, Next, Patience};
use pkgsource_model::history::History;
use std::fmt;
use std::thread;
use std::time::Instant;

/// Starts one more instance of an adapter.
pub type Start<'a> = dyn Fn() -> Result<Box<dyn Adapter>, AdapterFault> + Sync + 'a;

/// The instances of an adapter on which a run's plans go.
pub struct Instances<'a> {
    /// The one that is there, and on which everything goes that is not a plan of the run.
    pub first: &'a mut dyn Adapter,
    /// How others are started; none where there is only one.
    pub start: Option<&'a Start<'a>>,
    /// The most that the user wants, the first among them. There are never more than the adapter declares.
    pub most: usize,
}

impl<'a> Instances<'a> {
    /// The one adapter alone.
    pub fn one(first: &'a mut dyn Adapter) -> Self {
        Self { first, start: None, most: 1 }
    }
}

impl fmt::Debug for Instances<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Instances").field("most", &self.most).finish_non_exhaustive()
    }
}

/// For how many plans another instance is started, and not for fewer: to start takes as long as some plans.
const PLANS_EACH: usize = 8;

/// A plan of a run, with its number among all plans of the run, from 1.
type Numbered = (usize, Plan);

/// What became of one plan, in its turn.
pub(crate) struct Turn {
    pub(crate) nth: usize,
    pub(crate) plan: Plan,
    pub(crate) history: Option<History>,
    pub(crate) run: Run,
    keep: Keep,
}

/// Runs plans, and hands over what became of each in their order.
pub(crate) struct Crew<'a, 'b> {
    pub(crate) campaign: &'a mut Campaign<'b>,
    pub(crate) start: Option<&'a Start<'a>>,
    /// The most instances that the user wants.
    pub(crate) most: usize,
    /// Until when plans are started.
    pub(crate) until: Option<Instant>,
    /// The file into which the only instance writes what happens as it happens.
    pub(crate) file: Option<&'a mut HistoryFile>,
}

/// How the plans of a run ended.
pub(crate) struct Ended<I> {
    /// Why not all of them were started, where that was not because of the adapter.
    pub(crate) stopped: Option<Stop>,
    /// True where not all were started, or the last ones not run to their end.
    pub(crate) early: bool,
    /// Those that were not started.
    pub(crate) left: I,
    /// What went wrong with instances outside of any plan.
    pub(crate) troubles: Run,
}

impl Crew<'_, '_> {
    /// Runs all plans, or as many as there is time for, on no more instances than the adapter declares. What takes a turn
    /// says whether another plan is worth starting.
    pub(crate) fn run_all<I: Iterator<Item = Numbered> + Send>(
        self,
        plans: I,
        count: Option<usize>,
        take: &mut dyn FnMut(Turn) -> Keep,
    ) -> Ended<I> {
        let Self { campaign, start, most, until, mut file } = self;
        let (declared, bounds) = (campaign.capabilities().clone(), campaign.bounds());
        let most = most.min(declared.instances as usize).saturating_sub(1);
        let others = count.map_or(usize::MAX, |count| count / PLANS_EACH).min(most);
        let others = start.filter(|_| file.is_none()).map_or(0, |_| others);
        let desk = Desk::new(plans, until);
        thread::scope(|scope| {
            for _ in 0..others {
                scope.spawn(|| {
                    let leaving = Leaving(&desk);
                    if let Some(start) = start {
                        leaving.0.work(start, &declared, bounds);
                    }
                });
            }
            let leaving = Leaving(&desk);
            loop {
                desk.take_ready(take);
                match desk.next(Patience::None) {
                    Next::Plan(place, plan) => {
                        desk.put(place, campaign.turn(plan, file.as_deref_mut()));
                    }
                    Next::Full => desk.wait_for_turn(),
                    Next::None => break,
                }
            }
            while desk.is_waited_for() {
                desk.wait_for_turn();
                desk.take_ready(take);
            }
            drop(leaving);
        });
        desk.end()
    }
}

impl Campaign<'_> {
    /// Runs one plan of many.
    fn turn(&mut self, (nth, plan): Numbered, file: Option<&mut HistoryFile>) -> Turn {
        self.count_from(nth);
        let mut run = Run::default();
        let mut history = None;
        let keep = self.add(plan.clone(), &mut run, file, |_, told| history = Some(told));
        Turn { nth, plan, history, run, keep }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapter::Opened;
    use crate::mutants::Variant;
    use crate::plan::Build;
    use crate::run::Bounds;
    use pkgsource_model::history::{Capabilities, Tree};
    use pkgsource_model::operation::Operation;
    use pkgsource_model::reply::{Answer, Reply};
    use pkgsource_model::words::{Body, PackageClass};
    use std::path::Path;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    /// What an instance does at its first plan.
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum First {
        Runs,
        Dies,
        /// It is kept until another instance has died.
        WaitsForADeath,
    }

    /// The reference, with a bug of ours.
    struct Dying<'a> {
        reference: Box<dyn Adapter>,
        first: First,
        died: &'a AtomicBool,
    }

    impl Adapter for Dying<'_> {
        fn capabilities(&self) -> &Capabilities {
            self.reference.capabilities()
        }

        fn open(&mut self, plan: &str, tree: &Tree, at: &Path) -> Result<Opened, AdapterFault> {
            while self.first == First::WaitsForADeath && !self.died.load(Ordering::SeqCst) {
                thread::yield_now();
            }
            if self.first == First::Dies {
                self.died.store(true, Ordering::SeqCst);
                panic!("a bug of ours");
            }
            self.reference.open(plan, tree, at)
        }

        fn perform(&mut self, asked: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
            self.reference.perform(asked)
        }

        fn close(&mut self) -> Result<(), AdapterFault> {
            self.reference.close()
        }
    }

    fn plans(count: usize) -> impl Iterator<Item = Numbered> + Send {
        let plan = |nth: usize| {
            let plan = Build::new(&format!("p{nth}"), "", &["PS1", "DP1@PS1"])
                .write("S1", "a.txt", "one")
                .create("P1", PackageClass::Package, "S1");
            (nth, plan.plan())
        };
        (1..=count).map(plan)
    }

    /// The plans that were taken, in their order, and how many instances were started beside the first. `does`: what
    /// the first does, and the others.
    fn taken(count: usize, most: usize, does: [First; 2]) -> (Vec<usize>, usize) {
        let started = AtomicUsize::new(0);
        // It outlives whatever is started, as an adapter of this program does.
        let died: &'static AtomicBool = Box::leak(Box::default());
        let instance = |first| -> Box<dyn Adapter> {
            Box::new(Dying { reference: Box::new(Variant::reference(1)), first, died })
        };
        let start = || {
            started.fetch_add(1, Ordering::Relaxed);
            Ok(instance(does[1]))
        };
        let mut first = instance(does[0]);
        let mut campaign = Campaign::new(first.as_mut(), Bounds::default()).unwrap();
        let mut order = Vec::new();
        let (campaign, start) = (&mut campaign, Some(&start as &Start<'_>));
        let crew = Crew { campaign, start, most, until: None, file: None };
        let ended = crew.run_all(plans(count), Some(count), &mut |turn| {
            let events = turn.history.map_or(0, |history| history.events.len());
            assert_eq!((turn.plan.name, events), (format!("p{}", turn.nth), 2));
            order.push(turn.nth);
            Keep::Going
        });
        assert!(!ended.early);
        assert_eq!(ended.left.count(), 0);
        (order, started.into_inner())
    }

    #[test]
    fn what_becomes_of_plans_is_taken_in_their_order_and_few_plans_start_nobody() {
        for (count, most, others) in [(0, 4, 0), (7, 4, 0), (16, 4, 2), (100, 4, 3), (500, 16, 15)]
        {
            let all: Vec<usize> = (1..=count).collect();
            assert_eq!(
                taken(count, most, [First::Runs; 2]),
                (all, others),
                "{count} plans, {most} at most"
            );
        }
    }

    #[test]
    fn what_can_no_longer_be_kept_is_not_run() {
        let mut first = Variant::reference(1);
        let mut campaign = Campaign::new(&mut first, Bounds::default()).unwrap();
        let crew = Crew { campaign: &mut campaign, start: None, most: 1, until: None, file: None };
        let ended = crew.run_all(plans(500), None, &mut |turn| {
            if turn.nth < 3 { Keep::Going } else { Keep::Stopped }
        });
        assert_eq!(ended.left.count(), 497);
    }

    #[test]
    fn a_panic_of_one_holds_nobody_up() {
        for does in [[First::Dies, First::Runs], [First::WaitsForADeath, First::Dies]] {
            let ended = std::panic::catch_unwind(|| taken(500, 2, does));
            assert!(ended.is_err());
        }
    }
}
