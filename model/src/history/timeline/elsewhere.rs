//! What is asked of other packages: while that is worked on, a point may be busy also for a package of which nothing was
//! asked, and nothing else follows from it (DST-3). Of each stretch between two quiescent states the first such operation
//! counts, and no other.

use crate::history::{History, Settled};
use crate::words::PackageId;

/// When other packages are first asked for something, in each stretch.
pub(super) struct Elsewhere<'a> {
    stretches: Vec<Stretch<'a>>,
}

/// The first operation of a stretch, and the first on another package than that.
#[derive(Default)]
struct Stretch<'a> {
    first: Option<(u64, &'a PackageId)>,
    other: Option<u64>,
}

impl<'a> Elsewhere<'a> {
    pub(super) fn of(history: &'a History) -> Self {
        let mut ends: Vec<u64> = history.settled.iter().map(|&Settled { at, .. }| at).collect();
        ends.sort_unstable();
        let mut stretches: Vec<Stretch<'a>> = Vec::new();
        stretches.resize_with(ends.len() + 1, Stretch::default);
        let changes = history.events.iter().filter(|event| !event.operation.kind().is_read());
        for event in changes {
            let Some(package) = event.operation.package() else { continue };
            let place = ends.partition_point(|&end| end < event.invoked);
            if let Some(stretch) = stretches.get_mut(place) {
                stretch.note(event.invoked, package);
            }
        }
        Self { stretches }
    }

    /// The instants at which something is first asked of another package than this.
    pub(super) fn than(&self, package: &PackageId) -> impl Iterator<Item = u64> {
        self.stretches.iter().filter_map(move |stretch| match stretch.first {
            Some((at, of)) if of != package => Some(at),
            _ => stretch.other,
        })
    }
}

impl<'a> Stretch<'a> {
    fn note(&mut self, at: u64, package: &'a PackageId) {
        match self.first {
            None => self.first = Some((at, package)),
            Some((_, first)) if first != package => self.other = self.other.or(Some(at)),
            Some(_) => {}
        }
    }
}
