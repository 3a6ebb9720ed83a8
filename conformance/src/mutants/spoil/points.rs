//! Spoils what points have: one is left behind, holds something else than it says, or has what is not its own.

use crate::mutants::scene::Scene;
use pkgsource_model::index::{GenerationIndex, PointIndex};
use pkgsource_model::words::{Content, PackageId};

impl Scene<'_> {
    /// Points that the snapshot does not reach: they keep what they had, and say so.
    pub(in crate::mutants) fn leave_behind(&mut self, points: &[PointIndex]) {
        let old = self.old().map(|old| old.state.points.clone()).unwrap_or_default();
        for &point in points {
            let had = old.get(point).and_then(|row| row.held);
            self.keep_at(point, had);
        }
    }

    /// A point that has this snapshot, or none, and nothing owed.
    pub(in crate::mutants) fn keep_at(
        &mut self,
        point: PointIndex,
        snapshot: Option<GenerationIndex>,
    ) {
        let Some(package) = self.now_mut() else { return };
        let version = snapshot.map_or(0, |snapshot| package.state.version_of(snapshot));
        if let Some(row) = package.state.points.get_mut(point) {
            (row.held, row.owed) = (snapshot, false);
            row.reported = row.reported.min(version);
        }
    }

    /// Points that hold something else than they say; none for nothing at all.
    pub(in crate::mutants) fn hold_instead(
        &mut self,
        points: &[PointIndex],
        files: Option<&Content>,
    ) {
        for &point in points {
            self.past().instead.insert(point, files.cloned());
        }
    }

    /// Every point holds what the last one and this one make together, where that is something else.
    pub(in crate::mutants) fn hold_mixture(
        &mut self,
        points: &[PointIndex],
        mixture: impl Fn(&Content, &Content) -> Content,
    ) {
        let Some((old, new)) = self.contents() else { return };
        let mixed = mixture(&old, &new);
        if mixed != new && mixed != old {
            self.hold_instead(points, Some(&mixed));
        }
    }

    /// What a point holds is changed in place.
    pub(in crate::mutants) fn change_held(
        &mut self,
        points: &[PointIndex],
        change: impl Fn(Content) -> Content,
    ) {
        let Some(files) = self.now().and_then(|package| self.newest(package)) else { return };
        let changed = change(files.clone());
        if changed != files {
            self.hold_instead(points, Some(&changed));
        }
    }

    /// A point gets what the source holds now, where that can be read.
    pub(in crate::mutants) fn send_live(&mut self, points: &[PointIndex]) {
        let Some(mut live) = self.live() else { return };
        if let Some(package) = self.now() {
            let taken = package.state.generations.last().and_then(|taken| taken.held);
            let added = taken.map_or(0, |held| held.added);
            let additions = package.additions.indexed();
            let there = additions.filter(|(at, _)| at.is_in(added));
            live.extend(there.map(|(_, added)| (added.path.clone(), added.record)));
        }
        self.hold_instead(points, Some(&live));
    }

    /// Another package's points lose these files of theirs.
    pub(in crate::mutants) fn take_from(
        &mut self,
        other: &PackageId,
        is_lost: impl Fn(&Content) -> Content,
    ) {
        let Some(package) = self.world.packages.get(other) else { return };
        let Some(files) = self.newest(package) else { return };
        let left = is_lost(&files);
        if left == files {
            return;
        }
        let rows = package.state.points.indexed();
        let points: Vec<PointIndex> =
            rows.filter(|(_, row)| row.assigned).map(|(point, _)| point).collect();
        let past = self.pasts.entry(other.clone()).or_default();
        past.instead.extend(points.into_iter().map(|point| (point, Some(left.clone()))));
    }

    /// What was newest before the operation.
    pub(in crate::mutants) fn old_content(&self) -> Option<Content> {
        self.old().and_then(|old| self.newest(old))
    }
}
