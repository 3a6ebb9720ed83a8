//! Spoils the number: the version is another, everywhere at once, so that nothing but the number is wrong.

use crate::mutants::scene::Scene;
use pkgsource_model::history::timeline::{Act, ContextArgument, Outcome};
use pkgsource_model::step::{Action, Choice, State, step};
use pkgsource_model::words::PackageId;

impl Scene<'_> {
    /// Raises or lowers the newest version, at the owner, at every site and at every point that has it.
    pub(in crate::mutants) fn move_version(&mut self, by: i64) {
        if let Some(package) = self.now_mut() {
            renumber(&mut package.state, by);
        }
    }

    /// Makes the newest version this one.
    pub(in crate::mutants) fn set_version(&mut self, version: u32) {
        self.move_version(i64::from(version) - i64::from(self.version()));
    }

    /// The refresh that has just been made raises no version: its content goes by the old number.
    pub(in crate::mutants) fn skip_increment(&mut self) {
        self.move_version(-1);
    }

    /// Moves the version of another package.
    pub(in crate::mutants) fn move_version_of(&mut self, id: &PackageId, by: i64) {
        if let Some(package) = self.world.packages.get_mut(id) {
            renumber(&mut package.state, by);
        }
    }

    /// Does all that a refresh does, without being asked.
    pub(in crate::mutants) fn refresh_unasked(&mut self) {
        let Some(package) = self.now() else { return };
        let rules = self.world.rules(package.class);
        let context = ContextArgument::Absent;
        let act = Act::Refresh { context, at_owner: true, own_class: true };
        let action = Action::Client(&act, Outcome::Done, Choice::Effect);
        if let Ok(state) = step(&package.state, action, &rules) {
            if let Some(package) = self.now_mut() {
                package.state = state;
            }
            self.world.work_until_done();
            self.past().instead.clear();
        }
    }
}

fn renumber(state: &mut State, by: i64) {
    let moved = |version: u32| u32::try_from(i64::from(version) + by).unwrap_or(version).max(1);
    let old = state.processed();
    if let Some(last) = state.generations.last_mut() {
        last.version = moved(last.version);
    }
    (state.visible.shown, state.visible.reported) = (moved(old), moved(old));
    for row in &mut state.sites {
        for value in [&mut row.version, &mut row.stored] {
            *value = if *value >= old { moved(old) } else { *value };
        }
    }
    for row in state.points.iter_mut() {
        row.reported = row.reported.min(moved(old));
    }
}
