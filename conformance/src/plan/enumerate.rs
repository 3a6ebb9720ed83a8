//! Every plan of exactly so many steps after a fixed beginning, for every class of a scope, one at a time and always in
//! the same order. What a step may be is in `alphabet`, what it leads to in `situation`; what should be seen is nobody's business here.
//!
//! *The beginning.* A source `S1` with one file; a package created from it; one point assigned; everything settled.
//! Where properties can be written there is a second source, to which the package can be moved.
//!
//! *The scope.* One package, at most two sources, two points at the owner and one at a child site. What needs two
//! packages is left to scenarios and generated plans.
//!
//! *Smaller plans are prefixes.* What follows a step makes it observed, so that a plan of n steps contains every plan of
//! fewer. A settled step is one after which everything was waited for and read. Where an operation may return before its
//! work is done, the next step may also come before the work's end; there a step is followed by a look in a second form
//! of the plan. The last step of a plan is always settled. So n steps make 2ⁿ⁻¹ forms, and the beginning of each form,
//! settled, is a form of a smaller plan. A third form without any look would show a subset of what the second shows,
//! and is not written; nor is a look where every operation completes at its return, since it would be a settle
//! that says less.
//!
//! *Symmetry.* Two plans that differ only in names are one plan, written with the names in the order of their first
//! use: files, texts and contexts are numbered, a source is the next one, a point of a site is used after those before it at
//! the same site. No other symmetry is used: steps that commute are written in both orders, since that they commute is what an
//! implementation may get wrong.

mod alphabet;
mod situation;

use super::build::{site, tree};
use super::generate::Scope;
use super::scenarios::short;
use super::{Plan, Step};
use pkgsource_model::history::Tree;
use pkgsource_model::operation::Operation;
use pkgsource_model::words::{Body, PackageClass};
use situation::{Situation, beginning};

/// The sites and points of an enumerated plan, the points in the order in which a scope allows them.
const POINTS: [&str; 3] = ["DP1@PS1", "DP2@PS1", "DP3@PS2"];

/// What the names of enumerated plans begin with.
const PREFIX: &str = "e-";

/// Every plan of exactly `steps` steps after the beginning, class by class; none where `steps` is 0, or where the scope
/// does not serve the beginning. A plan's name is `e`, its class and its number in the class, from 1.
#[must_use]
pub fn enumerated(steps: usize, scope: &Scope) -> Enumerated {
    let mut classes = if steps == 0 { Vec::new() } else { scope.classes.clone() };
    classes.reverse();
    Enumerated { scope: scope.clone(), steps, classes, begun: None }
}

/// True where a plan is one of [`enumerated`]'s: nothing else has such a name.
pub(crate) fn is_enumerated(plan: &Plan) -> bool {
    plan.name.starts_with(PREFIX)
}

/// The plans of [`enumerated`]: a walk through the tree of all steps, which holds one path and nothing else.
#[derive(Clone, Debug)]
pub struct Enumerated {
    scope: Scope,
    steps: usize,
    /// The classes that are still to come, the next one last.
    classes: Vec<PackageClass>,
    begun: Option<Walk>,
}

/// The walk through one class.
#[derive(Clone, Debug)]
struct Walk {
    class: PackageClass,
    tree: Tree,
    beginning: Vec<Operation<Body>>,
    path: Vec<Fork>,
    written: usize,
}

/// A place in a plan: what has happened, and what may come next.
#[derive(Clone, Debug)]
struct Fork {
    situation: Situation,
    choices: Vec<(Operation<Body>, Step)>,
    /// The place of the choice that is taken next; the one before it is on the path.
    next: usize,
}

impl Iterator for Enumerated {
    type Item = Plan;

    fn next(&mut self) -> Option<Plan> {
        loop {
            if self.begun.is_none() {
                let class = self.classes.pop()?;
                self.begun = Walk::begin(class, self.steps, &self.scope);
            }
            let plan = self.begun.as_mut().and_then(|walk| walk.next(self.steps, &self.scope));
            if plan.is_some() {
                return plan;
            }
            self.begun = None;
        }
    }
}

impl Walk {
    fn begin(class: PackageClass, steps: usize, scope: &Scope) -> Option<Self> {
        let tree = tree_of(scope);
        let (situation, beginning) = beginning(class, &tree, scope);
        let mut begun = Self { class, tree, beginning, path: Vec::new(), written: 0 };
        begun.path.push(Fork::at(situation, steps == 1, scope));
        begun.beginning.iter().all(|operation| scope.serves(operation)).then_some(begun)
    }

    fn next(&mut self, steps: usize, scope: &Scope) -> Option<Plan> {
        loop {
            let depth = self.path.len();
            let fork = self.path.last_mut()?;
            let Some((operation, _)) = fork.choices.get(fork.next) else {
                self.path.pop();
                continue;
            };
            fork.next += 1;
            if depth == steps {
                return Some(self.plan());
            }
            let situation = fork.situation.after(operation);
            self.path.push(Fork::at(situation, depth + 1 == steps, scope));
        }
    }

    /// The plan of the choices that are on the path.
    fn plan(&mut self) -> Plan {
        self.written += 1;
        let taken = self.path.iter().filter_map(|fork| fork.choices.get(fork.next.checked_sub(1)?));
        let words: Vec<&str> =
            taken.clone().map(|(operation, _)| operation.kind().name()).collect();
        let mut plan =
            Plan::empty(&format!("{PREFIX}{}-{}", short(self.class), self.written), &self.tree);
        plan.about = words.join(", then ");
        plan.steps.extend(self.beginning.iter().cloned().map(Step::Do));
        plan.steps.push(Step::Settle {});
        for (operation, observed) in taken {
            plan.steps.extend([Step::Do(operation.clone()), observed.clone()]);
        }
        plan
    }
}

impl Fork {
    fn at(situation: Situation, is_last: bool, scope: &Scope) -> Self {
        let forms = if is_last || scope.completes_at_return {
            vec![Step::Settle {}]
        } else {
            vec![Step::Settle {}, Step::Look {}]
        };
        let operations = situation.operations(scope).into_iter();
        let choices = operations
            .flat_map(|operation| forms.iter().map(move |form| (operation.clone(), form.clone())))
            .collect();
        Self { situation, choices, next: 0 }
    }
}

fn tree_of(scope: &Scope) -> Tree {
    let entries: &[&str] = if scope.child_sites { &["PS1", "PS2<PS1"] } else { &["PS1"] };
    let mut tree = tree(&[entries, &POINTS].concat());
    tree.points.truncate(scope.points);
    tree.points.retain(|entry| scope.child_sites || entry.site == site("PS1"));
    tree
}
