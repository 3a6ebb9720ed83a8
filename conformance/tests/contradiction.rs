//! What a story marks as wrong contradicts the specification, given the steps that it shows: nothing that was read before
//! does, and no run of the specification leads through it.

use pkgsource::kill::{for_each, requirements};
use pkgsource::mutants::{Mutant, mutants, situations};
use pkgsource::report::Counterexample;
use pkgsource::verify::{Settings, verify};
use pkgsource_model::history::timeline::Timelines;
use pkgsource_model::judge::Requirements;
use pkgsource_model::oracle::{Explained, Search, explain};

fn stories(mutant: &Mutant) -> (Requirements, Vec<Counterexample>) {
    let mut settings = Settings { plans: 0, enumerate: 0, covering: false, ..Settings::new(1) };
    settings.requirements = requirements(mutant);
    settings.requirements.classes.truncate(1);
    settings.saved = settings.requirements.classes.iter().copied().flat_map(situations).collect();
    (settings.scenarios, settings.shrink_budget) = (false, 100);
    let run = verify(&mut mutant.adapter(1), mutant.name, &settings, |_, _| ()).expect("a folder");
    (settings.requirements, run.report.counterexamples)
}

/// Why a story does not contradict the specification where it says; none where it does.
fn objection(requirements: &Requirements, story: &Counterexample) -> Option<String> {
    let timelines = Timelines::of(&story.history);
    let timeline = timelines.list.iter().find(|told| told.package == story.breach.package)?;
    let readings = requirements.weakest();
    let marked = *story.breach.events.last()?;
    match explain(timeline, &timelines.contents, &readings, Search::Lazy) {
        Explained::No { moment } => {
            let wrong = timeline.moments.get(moment)?.event;
            let is_before = wrong.is_some_and(|wrong| wrong < marked);
            is_before.then(|| format!("{wrong:?} is wrong already, and {marked:?} is marked"))
        }
        other => Some(format!("{other:?}: nothing is wrong")),
    }
}

#[test]
fn what_a_story_marks_is_the_first_thing_that_no_run_of_the_specification_explains() {
    let asked: Vec<&Mutant> = mutants().collect();
    let told = for_each(&asked, |mutant| {
        let (requirements, stories) = stories(mutant);
        let wrong: Vec<String> =
            stories.iter().filter_map(|story| objection(&requirements, story)).collect();
        (mutant.name, stories.len(), wrong)
    });
    let wrong: Vec<_> = told.iter().filter(|(_, _, wrong)| !wrong.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let stories: usize = told.iter().map(|(_, stories, _)| stories).sum();
    assert!(stories > asked.len() / 2, "only {stories} stories were told of {}", asked.len());
}
