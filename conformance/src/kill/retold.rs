//! Whether what a run tells of a subject comes again: every story is run anew by its plan alone, as its printed line runs it.

use crate::adapter::Adapter;
use crate::plan::{read_plan, write_plan};
use crate::report::Seen;
use crate::run::Campaign;
use crate::verify::{Settings, judge, verify};
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::words::PackageClass;
use std::io;

/// A story, and what its plan showed when it was run again by itself.
#[derive(Clone, Debug)]
pub struct Retold {
    /// The clause that the story is of.
    pub clause: ClauseId,
    /// The class.
    pub class: PackageClass,
    /// How often the story says that it was shown again.
    pub seen: Option<Seen>,
    /// How many steps its plan has.
    pub steps: usize,
    /// The clauses that its plan broke in that class.
    pub again: Vec<ClauseId>,
    /// The line that repeats it.
    pub repeat: String,
}

impl Retold {
    /// True where the same clause was broken again, or where the story says that it does not come every time.
    #[must_use]
    pub fn is_as_told(&self) -> bool {
        self.again.contains(&self.clause) || self.seen.is_none_or(|seen| seen.times < seen.of)
    }
}

/// Verifies a subject, and follows every story with a subject started anew: its plan is run up to so many times, until it
/// breaks the clause again.
///
/// # Errors
/// The suite's own scratch folder cannot be made.
pub fn retold(
    start: impl Fn() -> Box<dyn Adapter>,
    settings: &Settings,
    tries: usize,
) -> io::Result<Vec<Retold>> {
    let report = verify(start().as_mut(), "", settings, |_, _| ())?.report;
    let mut list = Vec::new();
    for story in report.counterexamples {
        let mut subject = start();
        let mut campaign = Campaign::new(subject.as_mut(), settings.bounds)?;
        let plan = read_plan(&write_plan(&story.plan)).map_err(io::Error::other)?;
        let mut again = Vec::new();
        for _ in 0..tries {
            let history = campaign.run_one(&plan).history;
            let judgement = judge(history.as_slice(), &settings.requirements);
            let in_class = judgement.broken().filter(|(class, _)| *class == story.class);
            again = in_class.map(|(_, verdict)| verdict.clause).collect();
            if again.contains(&story.clause) {
                break;
            }
        }
        list.push(Retold {
            clause: story.clause,
            class: story.class,
            seen: story.seen,
            steps: plan.steps.len(),
            again,
            repeat: story.repeat,
        });
    }
    Ok(list)
}
