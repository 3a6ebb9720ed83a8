//! The promises, in the order of domain §9: one file for each section of the register, put in a row here. Ids are
//! permanent: never renumbered, never reused. What a promise is made of is in [`super::promise`], what is measured for each
//! in [`super::facts`]; permissions and exclusions are in [`super::ENTRIES`].

mod distribution;
mod failure;
mod hierarchy;
mod interface;
mod schedule;
mod single_class;
mod version;

use super::{Binds, Clause, ClauseId, Force, Scope};

const SECTIONS: [&[Clause]; 8] = [
    interface::CLAUSES,
    version::CLAUSES,
    distribution::CLAUSES,
    hierarchy::CLAUSES,
    failure::CLAUSES,
    single_class::CLAUSES,
    schedule::CLAUSES,
    &[EXPLAINED],
];

/// What is broken where nothing explains the events and no other promise is.
const EXPLAINED: Clause = Clause {
    clause: ClauseId::Explained,
    id: "EXPLAINED",
    says: "some run of the specification explains what was seen",
    source: "the specification as a whole: no run of it explains these events",
    force: Force::Implied,
    scope: Scope::Package,
    binds: Binds::All,
    presupposes: &[],
};

/// Every promise, in documentation order, and last the built-in clause that speaks where no other does.
pub const CLAUSES: &[Clause] = &in_a_row::<{ how_many() }>();

const fn how_many() -> usize {
    let mut count = 0;
    let mut sections = SECTIONS.as_slice();
    while let [section, others @ ..] = sections {
        count += section.len();
        sections = others;
    }
    count
}

/// The clauses of all sections. What a place holds before its section is written there does not matter.
const fn in_a_row<const COUNT: usize>() -> [Clause; COUNT] {
    let mut row = [EXPLAINED; COUNT];
    let mut place = 0;
    let mut sections = SECTIONS.as_slice();
    while let [section, others @ ..] = sections {
        let mut left = *section;
        while let [clause, following @ ..] = left {
            row[place] = *clause;
            place += 1;
            left = following;
        }
        sections = others;
    }
    row
}

#[cfg(test)]
mod tests {
    use super::CLAUSES;
    use crate::clauses::ClauseId;
    use crate::words::PackageClass;

    #[test]
    fn the_register_is_in_the_order_of_the_ids() {
        let order: Vec<usize> = CLAUSES.iter().map(|clause| clause.clause as usize).collect();
        assert_eq!(order, (0..CLAUSES.len()).collect::<Vec<_>>());
    }

    #[test]
    fn no_clause_presupposes_one_that_presupposes_it() {
        for clause in CLAUSES {
            let mut reached: Vec<ClauseId> = clause.presupposes.to_vec();
            let mut next = 0;
            while next < reached.len() {
                let more =
                    reached[next].clause().presupposes.iter().filter(|id| !reached.contains(id));
                let more: Vec<ClauseId> = more.copied().collect();
                reached.extend(more);
                next += 1;
            }
            assert!(!reached.contains(&clause.clause), "{} presupposes itself", clause.id);
        }
    }

    #[test]
    fn every_promise_binds_at_least_one_class() {
        for clause in CLAUSES {
            assert!(
                PackageClass::ALL.into_iter().any(|class| clause.binds.binds(class)),
                "{}",
                clause.id
            );
        }
    }
}
