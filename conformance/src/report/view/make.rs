//! How a view is made of a report. What was found of clauses, of questions and of the adapter's claims are files of their own.

mod claims;
mod readings;
mod tested;

use claims::{not_claimed, nothing};
use readings::readings;
use tested::{class_row, lacking, not_tested, promises, sentences};

use super::{
    Again, ClassRow, Counted, CutShort, Fault, Met, Named, REPORT, Slow, Story, View, suite,
    timeline,
};
use crate::report::story::{lines, title, values};
use crate::report::{Counterexample, Report, tell};
use pkgsource_model::history::Identity;
use pkgsource_model::index::Index;
use pkgsource_model::judge::Judgement;
use std::collections::BTreeMap;

impl View {
    /// What there is to say of a run.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let judgement = &report.judgement;
        let capabilities = report.capabilities.as_ref();
        let classes: Vec<ClassRow> = judgement
            .classes
            .iter()
            .map(|class| class_row(class, judgement, capabilities))
            .collect();
        Self {
            report: REPORT,
            suite: suite(),
            subject: report.subject.clone(),
            verdict: report.word().name().to_owned(),
            strongest_force_broken: judgement.strongest.map(|force| force.name().to_owned()),
            implementation: capabilities.map(|of| named(&of.implementation)),
            adapter: capabilities.map(|of| named(&of.adapter)),
            requirements: report.requirements.as_ref().map(|of| of.requirements.clone()),
            promises: promises(&classes),
            plans: judgement.histories,
            events: judgement.events,
            enumerated: report.enumerated,
            seed: report.seed,
            cut: report.cut.as_ref().map(|cut| CutShort {
                run: cut.run,
                of: cut.of,
                left: counted(cut.left.iter().map(|(what, &times)| (what.clone(), times))),
            }),
            coverage: report.coverage.map(|(met, of)| Met { met, of }),
            changed: report.changed.iter().cloned().chain(concluded(judgement)).collect(),
            below_minimum_profile: lacking(&judgement.profile.missing()),
            incomplete: report.incomplete.clone(),
            doubts: judgement.doubts.iter().map(ToString::to_string).collect(),
            clauses: sentences(judgement.classes.iter(), report.requirements.as_ref()),
            not_tested: not_tested(&classes),
            classes,
            readings: readings(&judgement.classes),
            answers: report.answers.rows(),
            against: None,
            expected: None,
            not_claimed: capabilities.map_or_else(nothing, not_claimed),
            counterexamples: report.counterexamples.iter().map(story).collect(),
            skipped: skipped(report),
            faults: faults(report),
            slow: report
                .slow
                .iter()
                .map(|(plan, why)| Slow { plan: plan.clone(), why: why.clone() })
                .collect(),
        }
    }
}

/// What the run as a whole shows of a question, and why.
fn concluded(judgement: &Judgement) -> impl Iterator<Item = String> + '_ {
    judgement.concluded.iter().map(|&(question, place)| {
        let (id, reading) = (question.entry().id, question.entry().readings[place].name);
        format!(
            "{id}={reading} is concluded: points fail that nothing ails, and each time after somebody cancelled a distribution of their package, or each time after a refresh was refused"
        )
    })
}

fn named(identity: &Identity) -> Named {
    Named { name: identity.name.clone(), version: identity.version.clone() }
}

fn counted(items: impl Iterator<Item = (String, usize)>) -> Vec<Counted> {
    items.map(|(what, times)| Counted { what, times }).collect()
}

fn story(example: &Counterexample) -> Story {
    let (expected, seen) = values(example);
    let plan = crate::plan::write_plan(&example.plan);
    Story {
        title: title(example),
        clause: example.clause.text().to_owned(),
        counted_as: example.counted_as.map(|cause| cause.clause.text().to_owned()),
        alone: counted(
            example.alone.iter().map(|(clause, plans)| (clause.text().to_owned(), *plans)),
        ),
        class: example.class.name().to_owned(),
        is_gone_later: example.is_gone_later,
        also: example.also.iter().map(|class| class.name().to_owned()).collect(),
        shown_again: example.seen.map(|seen| Again { times: seen.times, of: seen.of }),
        expected,
        seen,
        events: example.breach.events.iter().map(|event| event.number()).collect(),
        steps: lines(example),
        timeline: timeline::timeline(example),
        plan: plan.lines().filter_map(|line| serde_json::from_str(line).ok()).collect(),
        repeat: example.repeat.clone(),
        story: tell(example),
    }
}

fn skipped(report: &Report) -> Vec<Counted> {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for skipped in &report.skipped {
        *reasons.entry(&skipped.why).or_default() += 1;
    }
    counted(reasons.into_iter().map(|(why, times)| (why.to_owned(), times)))
}

fn faults(report: &Report) -> Vec<Fault> {
    let fault = |(plan, fault): &(String, crate::adapter::AdapterFault)| Fault {
        plan: plan.clone(),
        blame: fault.blame().to_owned(),
        fault: fault.to_string(),
        times: fault.times,
        stderr: fault.stderr.clone(),
    };
    report.faults.iter().map(fault).collect()
}
