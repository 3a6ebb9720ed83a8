//! What some of a timeline's moments show where the others are left out: whether a run explains them, and the fewest of
//! them that still none explains.

use super::{Effort, Explained, Search, explain, explain_moments};
use crate::history::timeline::{Moment, Timeline};
use crate::index::{List, MomentIndex};
use crate::readings::Readings;
use crate::step::Rules;
use crate::words::Content;

/// The places of a smallest set of moments that still no run explains: drop any, and one does.
#[must_use]
pub fn core(timeline: &Timeline, contents: &[Content], readings: &Readings) -> Vec<MomentIndex> {
    let mut kept: Vec<MomentIndex> = timeline.moments.indices().collect();
    let rejected = |places: &[MomentIndex]| {
        let moments = places.iter().filter_map(|&p| timeline.moments.get(p).cloned()).collect();
        let explained = explain_others(timeline, contents, readings, &moments);
        matches!(explained, Explained::No { .. })
    };
    if let Explained::No { moment } = explain(timeline, contents, readings, Search::Lazy) {
        kept.retain(|&place| place <= moment);
    }
    let mut place = kept.len();
    while place > 0 {
        place -= 1;
        let mut without = kept.clone();
        without.remove(place);
        if rejected(&without) {
            kept = without;
        }
    }
    kept
}

/// True where a run explains these moments in place of the timeline's own.
pub(crate) fn is_explained(
    timeline: &Timeline,
    contents: &[Content],
    readings: &Readings,
    moments: &List<MomentIndex, Moment>,
) -> bool {
    explain_others(timeline, contents, readings, moments) == Explained::Yes
}

fn explain_others(
    timeline: &Timeline,
    contents: &[Content],
    readings: &Readings,
    moments: &List<MomentIndex, Moment>,
) -> Explained {
    let rules = Rules::of(timeline, contents, readings);
    explain_moments(timeline, moments, moments.len(), rules, Search::Lazy, Effort::OF_A_RUN)
}
