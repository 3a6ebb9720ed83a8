//! Q-HEALTH: whether what is wrong at a point is a failure of the point's own, which no page rules out.
//! What else the documents leave open is in [`super::open`].

use super::mixed::begins_a_snapshot;
use super::rejected::Rejected;
use crate::history::timeline::{Act, Moment, Outcome};
use crate::index::{Index, MomentIndex, PointIndex};
use crate::words::PointState;
use std::collections::BTreeSet;

/// A point says that it failed, where the read that is wrong is one of that point's, or where nothing is wrong but for
/// what that point shows, or showed while it had failed (PDPS: state 3 is a final one).
pub(super) fn a_point_failed(rejected: &Rejected<'_>) -> bool {
    let at = rejected.wrong().and_then(|wrong| point_of(&wrong.act));
    if at.is_some_and(|point| it_failed(rejected, point))
        || every_point_of_its_site_failed(rejected)
        || fails_with_what_came(rejected)
    {
        return true;
    }
    let look_of = look_numbers(rejected);
    let looks = failed_looks(rejected, &look_of);
    let mut failed: BTreeSet<PointIndex> = looks.iter().map(|&(point, _)| point).collect();
    failed.retain(|&point| may_fail_by_itself(rejected, point));
    let of_those = |place: MomentIndex, act: &Act| {
        point_of(act).filter(|point| failed.contains(point)).is_some_and(|point| {
            let had_failed =
                || look_of.get(place.number()).is_some_and(|&look| looks.contains(&(point, look)));
            Some(point) != at || had_failed()
        })
    };
    !failed.is_empty() && rejected.is_explained_without(of_those)
}

/// What is wrong is what a child site has, and all points there say that they failed: its files are on the way to them.
fn every_point_of_its_site_failed(rejected: &Rejected<'_>) -> bool {
    let Some(Act::ReadSite { site, .. }) = rejected.wrong().map(|wrong| &wrong.act) else {
        return false;
    };
    let points = rejected.case.timeline.points.indexed();
    let mut own = points.filter(|(point, (_, at))| {
        at == site && !at.is_owner() && is_a_point_of_the_package(rejected, *point)
    });
    let mut has_one = false;
    own.all(|(point, _)| {
        has_one = true;
        it_failed(rejected, point)
    }) && has_one
}

/// For every event before the one that is wrong, how many looks had begun: reads of which nothing else is between.
fn look_numbers(rejected: &Rejected<'_>) -> Vec<usize> {
    let mut looks = 0;
    let mut number = |is_read: bool| {
        looks += usize::from(!is_read);
        looks
    };
    rejected.before().iter().map(|moment| number(moment.act.is_read())).collect()
}

/// The points that said that they failed, and in which look.
fn failed_looks(rejected: &Rejected<'_>, look_of: &[usize]) -> BTreeSet<(PointIndex, usize)> {
    let failed = |(moment, &look): (&Moment, &usize)| match moment.act {
        Act::ReadPoint { point, status } if status.state == PointState::InstallFailed => {
            Some((point, look))
        }
        _ => None,
    };
    rejected.before().iter().zip(look_of).filter_map(failed).collect()
}

/// Nothing is wrong but that points say that they failed: what they show else is what they show when they have not. Where
/// one was cancelled nobody can tell of one package whether it ails or a cancel that came too late was taken for one in time
/// (FLT-7), unless it had come for all to see and no other point ails; of a run, [`super::tied`] may.
fn fails_with_what_came(rejected: &Rejected<'_>) -> bool {
    let mut as_installed: BTreeSet<PointIndex> = failed_points(rejected).collect();
    if !as_installed.iter().any(|&point| was_never_cancelled(rejected, point)) {
        as_installed.retain(|&point| {
            !last_cancel(rejected, point).is_some_and(|cancel| cancel.came_too_late())
        });
    }
    as_installed.retain(|&point| is_a_point_of_the_package(rejected, point));
    rejected.is_explained_had(|_, moment| {
        let mut moment = moment.clone();
        if let Act::ReadPoint { point, status } = &mut moment.act
            && status.state == PointState::InstallFailed
            && as_installed.contains(point)
        {
            status.state = PointState::Installed;
        }
        Some(moment)
    })
}

/// The points that said that they failed, up to the event that is wrong.
fn failed_points(rejected: &Rejected<'_>) -> impl Iterator<Item = PointIndex> {
    let upto = rejected.before().iter().chain(rejected.wrong());
    upto.filter_map(|moment| match moment.act {
        Act::ReadPoint { point, status } if status.state == PointState::InstallFailed => {
            Some(point)
        }
        _ => None,
    })
}

fn was_never_cancelled(rejected: &Rejected<'_>, at: PointIndex) -> bool {
    !rejected.before().iter().any(
        |moment| matches!(moment.act, Act::Cancel { point } if point == at && moment.outcome != Outcome::Error),
    )
}

/// The point's last status, of the same look where that has one, is that it failed, and it may do so.
fn it_failed(rejected: &Rejected<'_>, point: PointIndex) -> bool {
    let status = |moment: &Moment| match moment.act {
        Act::ReadPoint { point: of, status } if of == point => Some(status.state),
        _ => None,
    };
    let after = rejected.case.timeline.moments.starting_at(rejected.rejection.place).iter();
    let in_the_same_look = after.take_while(|moment| moment.act.is_read()).find_map(status);
    let last = || rejected.before().iter().rev().find_map(status);
    in_the_same_look.or_else(last) == Some(PointState::InstallFailed)
        && may_fail_by_itself(rejected, point)
}

fn may_fail_by_itself(rejected: &Rejected<'_>, point: PointIndex) -> bool {
    is_a_point_of_the_package(rejected, point) && !failed_of_a_cancel(rejected, point)
}

/// True where the point was assigned and not removed since, as far as that is known.
fn is_a_point_of_the_package(rejected: &Rejected<'_>, at: PointIndex) -> bool {
    let last = rejected.before().iter().rev().find_map(|moment| match moment.act {
        Act::Assign { point } if point == at && moment.outcome != Outcome::Error => Some(true),
        Act::Remove { point } if point == at && moment.outcome == Outcome::Done => Some(false),
        Act::Delete if moment.outcome == Outcome::Done => Some(false),
        _ => None,
    });
    last == Some(true)
}

/// True where the point was cancelled, nothing was sent to it since, and it had not failed before: such a failure is the
/// cancel's, and shows no freedom to fail (FLT-7).
fn failed_of_a_cancel(rejected: &Rejected<'_>, at: PointIndex) -> bool {
    last_cancel(rejected, at).is_some_and(|cancel| cancel.seen != Some(PointState::InstallFailed))
}

/// A cancel at a point to which nothing was sent since.
#[derive(Default)]
struct LastCancel {
    /// The last state that was seen before.
    seen: Option<PointState>,
    /// Something was sent to it after that was seen.
    is_under_way: bool,
}

impl LastCancel {
    /// Everything that was sent was seen to have come.
    fn came_too_late(&self) -> bool {
        self.seen == Some(PointState::Installed) && !self.is_under_way
    }
}

fn last_cancel(rejected: &Rejected<'_>, at: PointIndex) -> Option<LastCancel> {
    let mut last: Option<LastCancel> = None;
    for moment in rejected.before().iter().rev() {
        let may_be_done = matches!(moment.outcome, Outcome::Done | Outcome::Unknown);
        let sends = match moment.act {
            Act::Assign { point } | Act::Redistribute { point } => point == at,
            _ => begins_a_snapshot(&moment.act),
        };
        match moment.act {
            _ if sends && may_be_done => last.as_mut()?.is_under_way = true,
            Act::Cancel { point } if point == at && may_be_done => {
                last.get_or_insert_default();
            }
            Act::ReadPoint { point, status } if point == at => {
                if let Some(cancel) = &mut last {
                    cancel.seen = Some(status.state);
                    return last;
                }
            }
            _ => {}
        }
    }
    last
}

fn point_of(act: &Act) -> Option<PointIndex> {
    match act {
        Act::ReadPoint { point, .. } | Act::ReadContent { point, .. } => Some(*point),
        _ => None,
    }
}
