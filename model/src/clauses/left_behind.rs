//! A point that has not got what it is owed: through a refresh (DST-1), or through being added later (DST-10).

use super::read::{ContentRead, LostContent};
use super::{Check, Value};
use crate::history::timeline::{Act, Moment};
use crate::knowledge::{Incomplete, Knowledge};

/// What a read of content says of it; `late`: of points that were added after the last call, or of the others.
pub(super) fn check(known: &Knowledge<'_>, moment: &Moment, late: bool) -> Check {
    if let Some(read) = ContentRead::of(known, moment) {
        if !read.is_of_package() || read.row.late != late || !read.is_newest() {
            return Check::NotApplicable;
        }
        let older = read.is_stale() || (late && read.is_known());
        return match (read.is_explained(), older) {
            (true, _) => Check::Held(1),
            (false, true) => read.broken(),
            (false, false) => Check::NotApplicable,
        };
    }
    let Act::ReadContent { point, held: None } = moment.act else { return Check::NotApplicable };
    let Some(row) = known.known_point(point) else { return Check::NotApplicable };
    let due = known.is_quiescent() && known.is_owed(row) && known.snapshots.has_target();
    let lost = row.leaving || LostContent::of(known, moment).is_some();
    if row.late == late && due && !lost {
        return Check::broken(newest(known), Value::NoContent);
    }
    Check::NotApplicable
}

/// What an earlier read says of it, now that there turned out to be something to get.
pub(super) fn review(known: &Knowledge<'_>, late: bool) -> Check {
    let found = known.incomplete_after_all().find_map(|(read, row)| match read {
        Incomplete::Content(place) if row.late == late => Some(place),
        Incomplete::Content(_) | Incomplete::Status(_) => None,
    });
    match found {
        Some(place) => Check::broken(newest(known), Value::NoContent).because(place),
        None => Check::NotApplicable,
    }
}

fn newest(known: &Knowledge<'_>) -> Value {
    let contents = known.snapshots.newest_contents().into_iter();
    Value::one_of(contents.map(|held| known.all_files(held)).collect())
}
