//! What every defect has at hand: the package now and before, and the means of making it wrong in one respect.

use crate::adapter::reference::{Package, World};
use pkgsource_model::words::{Content, PackageId, PointName};
use std::collections::BTreeMap;

/// What a flaw works on: the world after the operation, and the packages as they were before it.
pub(super) struct Scene<'a> {
    pub(super) world: &'a mut World,
    pub(super) before: &'a BTreeMap<PackageId, Package>,
    pub(super) id: &'a PackageId,
}

impl Scene<'_> {
    /// The package now, as a list of one or none.
    pub(super) fn now(&mut self) -> Option<&mut Package> {
        self.world.packages.get_mut(self.id)
    }

    pub(super) fn old(&self) -> Option<&Package> {
        self.before.get(self.id)
    }

    /// The newest content of a package.
    pub(super) fn newest(&self, package: &Package) -> Option<Content> {
        let held = package.state.generations.iter().rev().find_map(|generation| generation.held)?;
        Some(self.world.files(package, held))
    }

    pub(super) fn contents(&self) -> Option<(Content, Content)> {
        let now = self.world.packages.get(self.id)?;
        Some((self.newest(self.old()?)?, self.newest(now)?))
    }

    pub(super) fn was_readable(&self) -> bool {
        self.old().is_some_and(|package| {
            !package.state.has_source() || package.state.source_now().is_some()
        })
    }

    pub(super) fn restore(&mut self) {
        if let Some(old) = self.old().cloned() {
            self.world.packages.insert(self.id.clone(), old);
        }
    }

    /// Raises or lowers the version everywhere at once, so that nothing but the number is wrong.
    pub(super) fn move_version(&mut self, by: i64) {
        let Some(package) = self.now() else { return };
        let state = &mut package.state;
        let moved = |version: u32| u32::try_from(i64::from(version) + by).unwrap_or(version);
        let old = state.processed();
        if let Some(last) = state.generations.last_mut() {
            last.version = moved(last.version);
        }
        for value in [&mut state.shown, &mut state.reported] {
            *value = moved(old);
        }
        for row in &mut state.sites {
            for value in [&mut row.version, &mut row.stored] {
                *value = if *value >= old { moved(old) } else { *value };
            }
        }
        for row in &mut state.points {
            row.reported = row.reported.min(moved(old));
        }
    }

    pub(super) fn assigned(&mut self) -> Vec<usize> {
        let Some(package) = self.now() else { return Vec::new() };
        let rows = package.state.points.iter().enumerate();
        rows.filter(|(_, row)| row.assigned).map(|(nth, _)| nth).collect()
    }

    /// Makes every assigned point hold something else.
    pub(super) fn hold_instead(&mut self, content: Option<&Content>) {
        for point in self.assigned() {
            if let Some(package) = self.now() {
                package.instead.insert(point, content.cloned());
            }
        }
    }

    pub(super) fn leave_behind(&mut self, points: &[usize]) {
        let old: Vec<Option<usize>> = self
            .old()
            .map(|old| old.state.points.iter().map(|row| row.held).collect())
            .unwrap_or_default();
        let Some(package) = self.now() else { return };
        for &point in points {
            if let Some(row) = package.state.points.get_mut(point) {
                (row.held, row.owed) = (old.get(point).copied().flatten(), false);
            }
        }
    }

    fn live_source(&self) -> Option<Content> {
        let package = self.world.packages.get(self.id)?;
        let (_, files, present) = self.world.sources.get(package.state.source?)?;
        present.then(|| files.clone())
    }

    pub(super) fn send_live_source(&mut self, point: &PointName) {
        let live = self.live_source();
        if let (Some(point), Some(live)) = (self.world.point(point), live) {
            self.now()
                .into_iter()
                .for_each(|package| drop(package.instead.insert(point, Some(live.clone()))));
        }
    }
}
