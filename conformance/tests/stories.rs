//! What a run tells comes again: the plan of every story, run by itself, breaks the clause that the story is of, or the
//! story says how often it does.

use pkgsource::adapter::{Adapter, AdapterFault, Opened};
use pkgsource::kill::{Retold, for_each, requirements, retold};
use pkgsource::mutants::{Mutant, Variant, mutants, situations};
use pkgsource::plan::Random;
use pkgsource::verify::{Settings, verify};
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::{Capabilities, Completes, Tree};
use pkgsource_model::operation::Operation;
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::{Body, PackageClass};
use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;

/// The known situations of the first class in which a mutant is wrong; where they do not show it, more plans.
fn told(mutant: &Mutant) -> Vec<Retold> {
    told_by(mutant, || Box::new(mutant.adapter(1)), 1)
}

/// The same, told of whoever stands around the mutant.
fn told_by(mutant: &Mutant, start: impl Fn() -> Box<dyn Adapter>, tries: usize) -> Vec<Retold> {
    let mut settings = Settings { plans: 0, enumerate: 0, covering: false, ..Settings::new(1) };
    settings.requirements = requirements(mutant);
    settings.requirements.classes.truncate(1);
    settings.saved = settings.requirements.classes.iter().copied().flat_map(situations).collect();
    // The last letter of a story is not what is asked here.
    (settings.scenarios, settings.shrink_budget) = (false, 100);
    let told = |settings: &Settings| retold(&start, settings, tries).expect("a scratch folder");
    let stories = told(&settings);
    if !stories.is_empty() {
        return stories;
    }
    (settings.scenarios, settings.enumerate, settings.plans) = (true, 1, 60);
    let stories = told(&settings);
    if !stories.is_empty() {
        return stories;
    }
    settings.requirements = requirements(mutant);
    (settings.covering, settings.plans) = (true, 100);
    told(&settings)
}

/// Says of whom every story comes again as it is told: nobody else may be in the answer.
fn not_as_told(told: &[(&str, Vec<Retold>)]) -> Vec<String> {
    let all =
        told.iter().flat_map(|(name, stories)| stories.iter().map(move |story| (name, story)));
    all.filter(|(_, story)| !story.is_as_told())
        .map(|(name, story)| format!("{name}: {story:?}"))
        .collect()
}

#[test]
fn every_story_of_every_mutant_comes_again_when_its_plan_is_run_by_itself() {
    let all: Vec<&Mutant> = mutants().collect();
    let told = for_each(&all, |mutant| (mutant.name, told(mutant)));
    assert_eq!(not_as_told(&told), Vec::<String>::new());
    let untold: Vec<&str> =
        told.iter().filter(|(_, stories)| stories.is_empty()).map(|(name, _)| *name).collect();
    assert_eq!(untold, Vec::<&str>::new(), "few plans show every mutant");
}

/// A mutant that works at its leisure, and never twice in the same order: what it does in between goes by a plan's name,
/// which is another each time.
struct Restless {
    mutant: Box<dyn Adapter>,
    opened: Rc<Cell<usize>>,
}

impl Adapter for Restless {
    fn capabilities(&self) -> &Capabilities {
        self.mutant.capabilities()
    }

    fn open(&mut self, plan: &str, tree: &Tree, scratch: &Path) -> Result<Opened, AdapterFault> {
        self.opened.set(self.opened.get() + 1);
        self.mutant.open(&format!("{plan}-{}", self.opened.get()), tree, scratch)
    }

    fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
        self.mutant.perform(operation)
    }

    fn close(&mut self) -> Result<(), AdapterFault> {
        self.mutant.close()
    }
}

#[test]
fn a_story_of_whoever_works_in_another_order_each_time_comes_again_or_has_its_rate() {
    let is_at_leisure =
        |mutant: &&Mutant| mutant.adapter(1).capabilities().completes == Completes::Reported;
    let all: Vec<&Mutant> = mutants().filter(is_at_leisure).collect();
    assert!(all.len() >= 4, "few mutants work at their leisure");
    let told = for_each(&all, |mutant| {
        let opened = Rc::new(Cell::new(0));
        let start = || -> Box<dyn Adapter> {
            Box::new(Restless { mutant: Box::new(mutant.adapter(1)), opened: Rc::clone(&opened) })
        };
        // What came ten times of ten may stay away once.
        (mutant.name, told_by(mutant, start, 3))
    });
    assert_eq!(not_as_told(&told), Vec::<String>::new());
    assert!(told.iter().all(|(_, stories)| !stories.is_empty()), "{told:?}");
}

/// One implementation or another, as a die says when a plan is opened.
struct Sometimes {
    right: Box<dyn Adapter>,
    wrong: Box<dyn Adapter>,
    one_in: usize,
    die: Random,
    is_wrong: bool,
}

impl Sometimes {
    fn new(mutant: &str, one_in: usize, seed: u64) -> Self {
        let wrong = Mutant::by_name(mutant).expect("a mutant of this name").adapter(1);
        let right = Variant::reference(1);
        let die = Random::new(seed);
        Self { right: Box::new(right), wrong: Box::new(wrong), one_in, die, is_wrong: false }
    }

    fn now(&mut self) -> &mut dyn Adapter {
        if self.is_wrong { self.wrong.as_mut() } else { self.right.as_mut() }
    }
}

impl Adapter for Sometimes {
    fn capabilities(&self) -> &Capabilities {
        self.right.capabilities()
    }

    fn open(&mut self, plan: &str, tree: &Tree, scratch: &Path) -> Result<Opened, AdapterFault> {
        self.is_wrong = self.die.below(self.one_in) == 0;
        self.now().open(plan, tree, scratch)
    }

    fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
        self.now().perform(operation)
    }

    fn close(&mut self) -> Result<(), AdapterFault> {
        self.now().close()
    }
}

/// The stories of one clause, told of a defect that shows one time in so many.
fn told_of(mutant: &str, clause: ClauseId, one_in: usize, seed: u64) -> Vec<Retold> {
    let mut settings = Settings { plans: 20, enumerate: 0, covering: false, ..Settings::new(1) };
    settings.requirements.classes = vec![PackageClass::Package];
    let told = retold(|| Box::new(Sometimes::new(mutant, one_in, seed)), &settings, 1);
    let stories = told.expect("a scratch folder").into_iter();
    stories.filter(|story| story.clause == clause).collect()
}

#[test]
fn a_defect_that_shows_one_time_in_five_is_told_with_its_rate() {
    for seed in 1..=2 {
        for (mutant, clause) in
            [("copies-nothing", ClauseId::Dst4), ("skips-an-increment", ClauseId::Ver1)]
        {
            let stories = told_of(mutant, clause, 5, seed);
            assert!(!stories.is_empty(), "{mutant}, {seed}");
            for story in stories {
                let seen = story.seen.expect("there was time to show it");
                assert!(seen.times > 0 && seen.times < seen.of, "{mutant}, {seed}: {story:?}");
            }
        }
    }
}

/// What comes now and then is made small all the same.
#[test]
fn a_defect_that_shows_one_time_in_five_has_stories_as_short_as_one_that_always_does() {
    let shortest = |one_in| {
        let stories = told_of("skips-an-increment", ClauseId::Ver1, one_in, 3);
        stories.iter().map(|story| story.steps).min().expect("a story")
    };
    assert!(shortest(5) <= shortest(1) + 1, "{} {}", shortest(5), shortest(1));
}

/// Who reads nine stories of one defect looks for nine defects.
#[test]
fn there_are_stories_of_the_accused_clauses_and_of_one_cause_more_at_most() {
    let mut settings = Settings { plans: 10, enumerate: 0, covering: false, ..Settings::new(1) };
    settings.shrink_budget = 100;
    for name in ["copies-nothing", "skips-an-increment", "compares-size-and-time"] {
        let mut subject = Mutant::by_name(name).expect("a mutant of this name").adapter(1);
        let report = verify(&mut subject, name, &settings, |_, _| ()).expect("a scratch folder");
        let report = report.report;
        let accused = report.judgement.broken_clauses();
        let stories = &report.counterexamples;
        let first_other = stories.iter().position(|story| story.counted_as.is_some());
        let others = first_other.map_or(0, |first| stories.len() - first);
        assert!(others <= 1, "{name}: {stories:?}");
        for &clause in &accused {
            let of = || stories.iter().filter(move |story| story.clause == clause);
            assert!(of().next().is_some(), "{name}: no story of {}", clause.text());
            let also: Vec<PackageClass> = of().flat_map(|story| story.also.clone()).collect();
            let alone = of().filter(|story| also.contains(&story.class)).count();
            assert_eq!(alone, 0, "{name}: a class that joins a story has none of its own");
        }
        assert!(stories.iter().all(|story| story.seen.is_some()), "{name}: shown again");
    }
}
