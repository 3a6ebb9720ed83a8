//! What was found of the clauses: rows of classes, counts of promises, and why what was not tested was not.

use super::claims::{is_claimed, names};
use super::counted;
use crate::report::view::{
    Because, BreachRow, Cell, ClassRow, NotTested, Promises, Sentence, State, needs,
};
use crate::requirements::Frozen;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::Capabilities;
use pkgsource_model::index::Index;
use pkgsource_model::judge::{
    Breach, ClassVerdict, ClauseVerdict, Evidence, Judgement, NotExercised,
};
use pkgsource_model::operation::OperationKind;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn sentences<'a>(
    classes: impl Iterator<Item = &'a ClassVerdict>,
    frozen: Option<&Frozen>,
) -> Vec<Sentence> {
    let verdicts = classes.flat_map(|class| &class.clauses);
    let ids: BTreeSet<ClauseId> = verdicts.map(|verdict| verdict.clause).collect();
    let sentence = |id: ClauseId| {
        let clause = id.clause();
        Sentence {
            clause: clause.id.to_owned(),
            says: clause.says.to_owned(),
            source: clause.source(),
            force: frozen
                .and_then(|frozen| frozen.force_of(clause.id))
                .unwrap_or(clause.force.name())
                .to_owned(),
        }
    };
    ids.into_iter().map(sentence).collect()
}

pub(super) fn lacking(missing: &[Evidence]) -> Vec<String> {
    missing.iter().map(|evidence| evidence.lacking().to_owned()).collect()
}

pub(super) fn class_row(
    class: &ClassVerdict,
    judgement: &Judgement,
    capabilities: Option<&Capabilities>,
) -> ClassRow {
    let elsewhere = class.elsewhere.iter();
    ClassRow {
        class: class.class.name().to_owned(),
        packages: class.packages,
        below_minimum_profile: lacking(&judgement.profile.lacking(class.class)),
        clauses: class.clauses.iter().map(|verdict| cell(verdict, capabilities)).collect(),
        shows_what_breaks_in_other_classes: counted(
            elsewhere.map(|(clause, &packages)| (clause.text().to_owned(), packages)),
        ),
    }
}

/// The most breaches that are told of one clause in one class.
const MOST_BREACHES: usize = 20;

fn cell(verdict: &ClauseVerdict, capabilities: Option<&Capabilities>) -> Cell {
    let breach = |breach: &Breach| BreachRow {
        history: breach.history.number(),
        package: breach.package.as_str().to_owned(),
        events: breach.events.iter().map(|event| event.number()).collect(),
        expected: breach.expected.to_string(),
        seen: breach.seen.to_string(),
    };
    Cell {
        clause: verdict.clause.text().to_owned(),
        state: match (verdict.broken.is_empty(), verdict.not_exercised) {
            (false, _) => State::Broken,
            (true, None) => State::Held,
            (true, Some(_)) => State::NotExercised,
        },
        because: verdict.not_exercised.map(|why| because(verdict.clause, why, capabilities)),
        held: verdict.held,
        broken_times: verdict.broken.len(),
        broken: verdict.broken.iter().take(MOST_BREACHES).map(breach).collect(),
    }
}

/// What the adapter does not claim comes first: nobody could have tested the clause then.
fn because(clause: ClauseId, why: NotExercised, capabilities: Option<&Capabilities>) -> Because {
    let claims = |kind: &&OperationKind| capabilities.is_none_or(|of| is_claimed(of, **kind));
    let missing: Vec<OperationKind> =
        needs(clause).iter().filter(|kind| !claims(kind)).copied().collect();
    match why {
        _ if !missing.is_empty() => Because::NotClaimed(names(&missing)),
        NotExercised::MaskedBy(mask) => Because::MaskedBy(mask.text().to_owned()),
        NotExercised::NeverArose => Because::NeverArose,
    }
}

pub(super) fn promises(classes: &[ClassRow]) -> Promises {
    let mut states: BTreeMap<&str, BTreeSet<State>> = BTreeMap::new();
    for cell in classes.iter().flat_map(|class| &class.clauses) {
        states.entry(&cell.clause).or_default().insert(cell.state);
    }
    let having = |wanted: &[State]| {
        let has = |found: &&BTreeSet<State>| wanted.iter().any(|state| found.contains(state));
        states.values().filter(has).count()
    };
    Promises {
        of: states.len(),
        tested: having(&[State::Held, State::Broken]),
        broken: having(&[State::Broken]),
    }
}

/// What was not tested, grouped by the reason and by the classes in which it was not.
pub(super) fn not_tested(classes: &[ClassRow]) -> Vec<NotTested> {
    let mut by_clause: BTreeMap<(Because, &str), Vec<String>> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for class in classes {
        for cell in &class.clauses {
            if !order.contains(&cell.clause.as_str()) {
                order.push(&cell.clause);
            }
            if let Some(because) = &cell.because {
                let key = (because.clone(), cell.clause.as_str());
                by_clause.entry(key).or_default().push(class.class.clone());
            }
        }
    }
    let mut groups: BTreeMap<(Because, Vec<String>), Vec<String>> = BTreeMap::new();
    for ((because, clause), classes) in by_clause {
        groups.entry((because, classes)).or_default().push(clause.to_owned());
    }
    let place = |clause: &String| order.iter().position(|known| known == clause);
    let group = |((because, classes), mut clauses): ((Because, Vec<String>), Vec<String>)| {
        clauses.sort_by_key(place);
        NotTested { because, clauses, classes }
    };
    groups.into_iter().map(group).collect()
}
