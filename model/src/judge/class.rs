//! One class's packages: which of them nothing explains, which readings the others show, and what was held.
//! Who is to blame for what nothing explains is found in [`super::accuse`].

use super::accuse::Accusation;
use super::doubt::Doubt;
use super::infer::{self, Found};
use super::rejected::Rejected;
use super::tied::Counts;
use super::verdict::ClassVerdict;
use super::{Case, Requirements, open};
use crate::clauses::{ClauseId, Facts, Rejection};
use crate::history::timeline::Extent;
use crate::index::{HistoryIndex, List};
use crate::oracle::{Explained, Search, explain};
use crate::readings::{Question, Readings};
use crate::words::{Content, PackageClass};
use std::collections::BTreeMap;

/// What one class's cases are judged by.
pub(super) struct ClassJudge<'a> {
    pub(super) class: PackageClass,
    pub(super) cases: &'a [Case],
    pub(super) tables: &'a List<HistoryIndex, Vec<Content>>,
    pub(super) requirements: &'a Requirements,
}

/// A class whose cases were looked at.
pub(super) struct Judged<'a> {
    class: PackageClass,
    packages: usize,
    readings: Readings,
    found: Vec<(Question, Found)>,
    held: BTreeMap<ClauseId, u64>,
    /// The cases that not even the weakest readings explain.
    pub(super) rejected: Vec<Rejected<'a>>,
    given_up: GivenUp,
    /// How many only an answer explains that the documents leave open, by its question.
    left_open: BTreeMap<Question, usize>,
    /// What was before those that Q-HEALTH explains.
    pub(super) failed: Counts,
}

/// Of how many cases not everything is known.
struct GivenUp {
    /// Because calls overlap, they could not be looked at.
    overlapping: usize,
    /// They were looked at up to the addition that was one too many.
    cut: usize,
    /// They were looked at as far as their files could be kept.
    too_large: usize,
    /// The oracle gave them up.
    not_searched: usize,
}

impl<'a> ClassJudge<'a> {
    pub(super) fn contents(&self, case: &Case) -> &'a [Content] {
        self.tables.get(case.history).map_or(&[], Vec::as_slice)
    }

    pub(super) fn facts(&self, case: &Case, readings: &Readings) -> Facts {
        Facts::of(&case.timeline, self.contents(case), readings)
    }

    fn rejected(&self, case: &'a Case, readings: Readings, rejection: Rejection) -> Rejected<'a> {
        Rejected { class: self.class, case, contents: self.contents(case), readings, rejection }
    }

    fn given_up(&self) -> GivenUp {
        GivenUp {
            overlapping: self.reaching(Extent::Overlapping),
            cut: self.reaching(Extent::UpToAdditions),
            too_large: self.reaching(Extent::UpToFiles),
            not_searched: 0,
        }
    }

    /// How many cases tell so far.
    fn reaching(&self, extent: Extent) -> usize {
        self.cases.iter().filter(|case| case.timeline.extent == extent).count()
    }

    pub(super) fn explained(&self, case: &Case, readings: &Readings) -> Explained {
        if !self.requirements.explain {
            return Explained::Yes;
        }
        explain(&case.timeline, self.contents(case), readings, Search::Lazy)
    }

    /// Parts the cases into those that the weakest readings explain, which show the readings, and the others. A case
    /// that is wrong is told under the weakest readings, so that no story is made of what the others happen to show.
    pub(super) fn judge(&self) -> Judged<'a> {
        let weakest = self.requirements.weakest();
        let mut witnesses = Vec::new();
        let mut unsearched = Vec::new();
        let mut judged = Judged {
            class: self.class,
            packages: self.cases.len(),
            readings: weakest,
            found: Vec::new(),
            held: BTreeMap::new(),
            rejected: Vec::new(),
            given_up: self.given_up(),
            left_open: BTreeMap::new(),
            failed: Counts::default(),
        };
        for case in self.cases {
            let facts = self.facts(case, &weakest);
            let explained = match &facts.rejection {
                Some(rejection) => Explained::No { moment: rejection.place },
                None => self.explained(case, &weakest),
            };
            match explained {
                Explained::No { moment } => {
                    judged.count(&facts);
                    let unnamed = || Rejection { place: moment, breaches: Vec::new() };
                    let rejection = facts.rejection.unwrap_or_else(unnamed);
                    judged.reject(self.rejected(case, weakest, rejection));
                }
                Explained::Yes | Explained::NotSearched { .. } => {
                    if explained != Explained::Yes {
                        unsearched.push(case);
                    }
                    witnesses.push((case, facts.asked));
                }
            }
        }
        let cases: Vec<&Case> = witnesses.iter().map(|(case, _)| *case).collect();
        (judged.readings, judged.found) = infer::infer(self, weakest, witnesses);
        for (question, found) in &mut judged.found {
            if let Some(&of) = judged.left_open.get(question) {
                *found = Found::Reading { strongest: 0, of };
            }
        }
        // What the weakest readings leave too many runs for, the found ones may not.
        let open = |case: &&&Case| {
            case.timeline.extent != Extent::Overlapping && self.is_open(case, &judged.readings)
        };
        judged.given_up.not_searched = unsearched.iter().filter(open).count();
        if self.requirements.explain {
            let given_up = judged.given_up.overlapping + judged.given_up.not_searched;
            let searched = cases.len() - given_up;
            judged.held.insert(ClauseId::Explained, searched as u64);
        }
        for case in cases {
            judged.count(&self.facts(case, &judged.readings));
        }
        judged
    }

    fn is_open(&self, case: &Case, readings: &Readings) -> bool {
        matches!(self.explained(case, readings), Explained::NotSearched { .. })
    }
}

impl<'a> Judged<'a> {
    /// Takes down a case that not even the weakest readings explain.
    fn reject(&mut self, rejected: Rejected<'a>) {
        match open::question(&rejected) {
            Some(question) => {
                *self.left_open.entry(question).or_default() += 1;
                if question == Question::PointHealth {
                    self.failed.after(rejected.before());
                }
            }
            None => self.rejected.push(rejected),
        }
    }

    fn count(&mut self, facts: &Facts) {
        for (clause, times) in facts.all_held() {
            *self.held.entry(clause).or_default() += u64::from(times);
        }
    }

    /// The verdict on the class; `accused`: who is to blame for each case that nothing explains.
    pub(super) fn verdict(
        self,
        accused: Vec<Accusation>,
        requirements: &Requirements,
    ) -> ClassVerdict {
        let mut verdict =
            ClassVerdict::new(self.class, self.packages, self.readings, self.found, &self.held);
        for (rejected, accusation) in self.rejected.iter().zip(accused) {
            verdict.accuse(rejected, &accusation);
        }
        let left_open = self.left_open.iter();
        verdict
            .doubts
            .extend(left_open.map(|(&question, &packages)| Doubt::LeftOpen(question, packages)));
        verdict.doubt(Doubt::TooManyAdditions, self.given_up.cut);
        verdict.doubt(Doubt::TooManyFiles, self.given_up.too_large);
        verdict.doubt(Doubt::Overlap, self.given_up.overlapping);
        verdict.doubt(Doubt::NotSearched, self.given_up.not_searched);
        verdict.finish(requirements);
        verdict
    }
}
