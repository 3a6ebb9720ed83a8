//! The register: a line a clause, in the order of the groups of ids. What a clause is stands in its file; its line gives it its
//! name in code. Permissions and exclusions are in [`super::entries`].

mod cls_01;
mod cls_03;
mod cls_04;
mod cls_05;
mod cls_06;
mod cls_08;
mod dst_01;
mod dst_02;
mod dst_03;
mod dst_04;
mod dst_05;
mod dst_07;
mod dst_08;
mod dst_09;
mod dst_10;
mod explained;
mod flt_06;
mod flt_07;
mod hie_01;
mod hie_02;
mod hie_03;
mod hie_04;
mod if_04;
mod if_07;
mod if_08;
mod if_12;
mod if_16;
mod if_17;
mod if_18;
mod sch_01;
mod ver_01;
mod ver_02;
mod ver_03;
mod ver_04;
mod ver_05;
mod ver_06;
mod ver_07;
mod ver_08;
mod ver_11;
mod ver_12;
mod ver_13;

use super::Clause;

macro_rules! register {
    ($($name:ident => $file:ident,)+) => {
        /// A promise's name in code. The order is the register's.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(usize)]
        #[expect(missing_docs, reason = "each is the clause of that id, in the file of that name")]
        pub enum ClauseId {
            $($name),+
        }

        /// Every promise, in documentation order, and last the built-in clause that speaks where no other does.
        pub const CLAUSES: &[Clause] = &[$($file::CLAUSE),+];
    };
}

register! {
    If4 => if_04,
    If7 => if_07,
    If8 => if_08,
    If12 => if_12,
    If16 => if_16,
    If17 => if_17,
    If18 => if_18,
    Ver1 => ver_01,
    Ver2 => ver_02,
    Ver3 => ver_03,
    Ver4 => ver_04,
    Ver5 => ver_05,
    Ver6 => ver_06,
    Ver7 => ver_07,
    Ver8 => ver_08,
    Ver11 => ver_11,
    Ver12 => ver_12,
    Ver13 => ver_13,
    Dst1 => dst_01,
    Dst2 => dst_02,
    Dst3 => dst_03,
    Dst4 => dst_04,
    Dst5 => dst_05,
    Dst7 => dst_07,
    Dst8 => dst_08,
    Dst9 => dst_09,
    Dst10 => dst_10,
    Hie1 => hie_01,
    Hie2 => hie_02,
    Hie3 => hie_03,
    Hie4 => hie_04,
    Flt6 => flt_06,
    Flt7 => flt_07,
    Cls1 => cls_01,
    Cls3 => cls_03,
    Cls4 => cls_04,
    Cls5 => cls_05,
    Cls6 => cls_06,
    Cls8 => cls_08,
    Sch1 => sch_01,
    Explained => explained,
}

impl ClauseId {
    /// The clause's row of the register.
    #[must_use]
    pub fn clause(self) -> &'static Clause {
        &CLAUSES[self as usize]
    }

    /// The permanent id as text.
    #[must_use]
    pub fn text(self) -> &'static str {
        self.clause().id
    }

    /// Finds a clause by its permanent id.
    #[must_use]
    pub fn by_text(text: &str) -> Option<Self> {
        CLAUSES.iter().find(|clause| clause.id == text).map(|clause| clause.clause)
    }
}

#[cfg(test)]
mod tests {
    use super::CLAUSES;
    use crate::step::Relaxation;
    use crate::words::PackageClass;
    use std::collections::BTreeSet;

    #[test]
    fn the_register_is_in_the_order_of_the_ids() {
        let order: Vec<usize> = CLAUSES.iter().map(|clause| clause.clause as usize).collect();
        assert_eq!(order, (0..CLAUSES.len()).collect::<Vec<_>>());
    }

    #[test]
    fn a_relaxation_is_of_one_clause_and_every_clause_but_the_last_has_one() {
        let all: Vec<Relaxation> =
            CLAUSES.iter().flat_map(|clause| clause.relaxations).copied().collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        let without: Vec<&str> = CLAUSES
            .iter()
            .filter(|clause| clause.relaxations.is_empty())
            .map(|clause| clause.id)
            .collect();
        assert_eq!(without, ["EXPLAINED"]);
    }

    #[test]
    fn every_promise_binds_at_least_one_class() {
        for clause in CLAUSES {
            let binds = |class| clause.binds.binds(class);
            assert!(PackageClass::ALL.into_iter().any(binds), "{}", clause.id);
        }
    }
}
