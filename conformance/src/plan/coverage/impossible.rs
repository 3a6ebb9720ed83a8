//! What no plan can meet: values that an adapter does not serve, and pairs that contradict each other, each with its
//! reason. Whatever is not listed here the default run must meet.

use super::asking::takes_additions;
use super::dimensions::{
    After, Asked, Assigned, Before, Bytes, Change, Changed, Company, Files, Meanwhile, Points,
    Sites, Size, Version, Waiting,
};
use super::spot::{Dimension, Spot};
use crate::plan::generate::Scope;
use pkgsource_model::classes::Additions;
use pkgsource_model::operation::OperationKind as Kind;
use pkgsource_model::words::PackageClass;

/// What an adapter has to serve for a spot.
enum Needs {
    Nothing,
    Operations(&'static [Kind]),
    SourceFaults,
    ChildSites,
    /// So many points at one site.
    Points(usize),
    /// A class that takes something beside a source, and the operation that gives it.
    Additions,
}

/// True where the adapter serves what a spot needs.
pub(super) fn is_served(spot: Spot, scope: &Scope) -> bool {
    if spot.dimension() == Dimension::Class {
        return scope.classes.iter().any(|&class| Spot::from(class) == spot);
    }
    match needs(spot) {
        Needs::Nothing => true,
        Needs::Operations(kinds) => kinds.iter().all(|kind| scope.operations.contains(kind)),
        Needs::SourceFaults => scope.source_faults,
        Needs::ChildSites => scope.child_sites,
        Needs::Points(count) => scope.points >= count,
        Needs::Additions => scope.classes.iter().any(|&class| can_be_given(class, scope)),
    }
}

/// True where an adapter serves the operation that gives a package of a class something beside its source.
pub(super) fn can_be_given(class: PackageClass, scope: &Scope) -> bool {
    match class.entry().additions {
        Additions::None => false,
        Additions::Drivers => scope.operations.contains(&Kind::AddDriver),
        Additions::Content => scope.operations.contains(&Kind::AddContent),
    }
}

fn needs(spot: Spot) -> Needs {
    let tables: [&[(Spot, &'static [Kind])]; 4] = [&before(), &asked(), &meanwhile(), &after()];
    if let Some((_, kinds)) =
        tables.iter().flat_map(|table| table.iter()).find(|(of, _)| *of == spot)
    {
        return Needs::Operations(kinds);
    }
    let faulty = [
        Before::InVain.into(),
        Meanwhile::Lost.into(),
        After::InVain.into(),
        After::InVainTwice.into(),
    ];
    if faulty.contains(&spot) {
        return Needs::SourceFaults;
    }
    if spot.dimension() == Dimension::Sites && spot != Sites::Owner.into() {
        return Needs::ChildSites;
    }
    if [Assigned::EveryOfASite.into(), Asked::AtChild.into()].contains(&spot) {
        return Needs::ChildSites;
    }
    if [Waiting::One.into(), Waiting::Two.into()].contains(&spot) {
        return Needs::Additions;
    }
    let points =
        [Points::One, Points::Two, Points::Three, Points::Five, Points::Six, Points::Seven];
    let counts = [1, 2, 3, 5, 6, 7];
    let many = points.into_iter().zip(counts).find(|&(value, _)| Spot::from(value) == spot);
    many.map_or(Needs::Nothing, |(_, count)| Needs::Points(count))
}

fn before() -> Vec<(Spot, &'static [Kind])> {
    let rows: [(Before, &'static [Kind]); 9] = [
        (Before::Assign, &[Kind::Assign]),
        (Before::Remove, &[Kind::Remove]),
        (Before::Return, &[Kind::Remove]),
        (Before::Redistribute, &[Kind::Redistribute]),
        (Before::Cancel, &[Kind::Cancel]),
        (Before::Rename, &[Kind::Put]),
        (Before::Flag, &[Kind::Put]),
        (Before::Moved, &[Kind::Put]),
        (Before::Schedule, &[Kind::SetSchedule]),
    ];
    rows.map(|(value, kinds)| (value.into(), kinds)).into()
}

fn asked() -> Vec<(Spot, &'static [Kind])> {
    [Asked::Flag, Asked::FlagBeside, Asked::FlagAndSource]
        .map(|value| (value.into(), &[Kind::Put] as &'static [Kind]))
        .into()
}

fn meanwhile() -> Vec<(Spot, &'static [Kind])> {
    let rows: [(Meanwhile, &'static [Kind]); 7] = [
        (Meanwhile::Remove, &[Kind::Remove]),
        (Meanwhile::Return, &[Kind::Remove]),
        (Meanwhile::Redistribute, &[Kind::Redistribute]),
        (Meanwhile::Cancel, &[Kind::Cancel]),
        (Meanwhile::CancelAndRefresh, &[Kind::Cancel]),
        (Meanwhile::CancelAndRetry, &[Kind::Cancel, Kind::Redistribute]),
        (Meanwhile::Rename, &[Kind::Put]),
    ];
    rows.map(|(value, kinds)| (value.into(), kinds)).into()
}

fn after() -> Vec<(Spot, &'static [Kind])> {
    let rows: [(After, &'static [Kind]); 8] = [
        (After::EditAndRedistribute, &[Kind::Redistribute]),
        (After::Redistribute, &[Kind::Redistribute]),
        (After::Return, &[Kind::Remove]),
        (After::Remove, &[Kind::Remove]),
        (After::Cancel, &[Kind::Cancel]),
        (After::Delete, &[Kind::Delete]),
        (After::Flag, &[Kind::Put]),
        (After::Version, &[Kind::Put]),
    ];
    rows.map(|(value, kinds)| (value.into(), kinds)).into()
}

/// True where two spots can come together only with operations that an adapter does not serve.
pub(super) fn is_out_of_reach(one: Spot, other: Spot, scope: &Scope) -> bool {
    let late = [
        (Spot::from(Assigned::Every), Spot::from(After::EditAndAssign)),
        (Spot::from(Points::One), Spot::from(Before::Assign)),
    ];
    let given = [Waiting::One, Waiting::Two].map(Spot::from);
    let is_given = |class: PackageClass| {
        let of = Spot::from(class);
        (of == one && given.contains(&other) || of == other && given.contains(&one))
            && !can_be_given(class, scope)
    };
    if scope.classes.iter().any(|&class| is_given(class)) {
        return true;
    }
    let of = |(a, b): (Spot, Spot)| (a.min(b), a.max(b));
    late.map(of).contains(&of((one, other))) && !scope.operations.contains(&Kind::Remove)
}

/// Why two spots cannot come together; none where they can.
#[must_use]
pub fn impossible(one: Spot, other: Spot) -> Option<&'static str> {
    let (one, other) = (one.min(other), one.max(other));
    rules().into_iter().find_map(|(firsts, seconds, why)| {
        let meets = |a, b| firsts.contains(&a) && seconds.contains(&b);
        (meets(one, other) || meets(other, one)).then_some(why)
    })
}

/// The spots of some values.
fn spots<T: Into<Spot> + Copy>(values: &[T]) -> Vec<Spot> {
    values.iter().map(|&value| value.into()).collect()
}

/// Every value of a dimension but some.
fn but<T: Into<Spot> + Copy>(dimension: Dimension, values: &[T]) -> Vec<Spot> {
    let exceptions = spots(values);
    dimension.spots().filter(|spot| !exceptions.contains(spot)).collect()
}

/// The ways in which a package comes to another source before its refresh.
fn moved() -> Vec<Spot> {
    vec![Before::Moved.into(), Asked::FlagAndSource.into()]
}

fn without_additions() -> Vec<Spot> {
    let classes = PackageClass::ALL.iter().copied();
    classes.filter(|&class| !takes_additions(class)).map(Spot::from).collect()
}

type Rule = (Vec<Spot>, Vec<Spot>, &'static str);

fn rules() -> Vec<Rule> {
    use Dimension as D;
    let windows = [Size::UnderWindow, Size::Window, Size::OverWindow, Size::Large];
    let spelled = [Bytes::Lines, Bytes::CrLf, Bytes::ByteOrderMark, Bytes::Zeros];
    let two_paths = [
        Change::Renamed,
        Change::RenamedOver,
        Change::Swapped,
        Change::FileToFolder,
        Change::FolderToFile,
    ];
    let timed =
        [Change::Hidden, Change::KeptTime, Change::Touched, Change::Renamed, Change::RenamedOver];
    vec![
        (spots(&[Sites::Owner]), spots(&[Assigned::EveryOfASite]), "there is one site"),
        (spots(&[Assigned::Every]), spots(&[Company::OtherPoint]), "no point is left for another"),
        (spots(&[Assigned::Every]), spots(&[Meanwhile::Assign]), "no point is left"),
        (spots(&[Assigned::Every]), spots(&[Before::Remove]), "the point that went is left out"),
        (spots(&[Company::Alone]), spots(&[Before::Neighbour]), "there is no other package"),
        (spots(&[Company::Alone]), spots(&[Meanwhile::Neighbour]), "there is no other package"),
        (
            spots(&[Files::None]),
            but(D::Change, &[Change::Gone]),
            "a version without files has files that went, only",
        ),
        (
            spots(&[Files::None]),
            spots(&[Changed::Two, Changed::Several]),
            "where all went, every file is changed",
        ),
        (spots(&[Files::One]), spots(&[Change::Swapped, Change::Twin]), "it takes two files"),
        (
            spots(&[Files::Hundred, Files::Ten]),
            spots(&[Changed::Every]),
            "not in one edit of a readable plan",
        ),
        (spots(&[Changed::None]), but(D::Change, &[Change::Touched]), "nothing differs"),
        (spots(&[Changed::One]), spots(&two_paths), "it takes two files"),
        (
            spots(&[Changed::Every]),
            spots(&[Change::Touched, Change::Untouched]),
            "no file is as it was",
        ),
        (moved(), spots(&timed), "another source has times of its own"),
        (moved(), spots(&[Company::SameSource]), "the new source is the package's own"),
        (spots(&[Sites::Owner]), spots(&[Asked::AtChild]), "there is one site"),
        (
            without_additions(),
            spots(&[Waiting::One, Waiting::Two]),
            "the class takes nothing beside a source",
        ),
        (spots(&[Size::Zero]), D::Bytes.spots().collect(), "no bytes are of no kind"),
        (
            spots(&[Size::Zero]),
            spots(&[Change::Longer, Change::SameSize, Change::Hidden]),
            "no bytes are one content",
        ),
        (spots(&[Size::Large]), spots(&[Change::Shorter]), "no plan writes more"),
        (spots(&[Size::Large]), spots(&[Change::Shorter]), "no plan writes more"),
        (
            spots(&[Size::One]),
            spots(&[Bytes::CrLf, Bytes::ByteOrderMark]),
            "one byte holds neither",
        ),
        (spots(&windows), spots(&spelled), "a plan does not spell out so much"),
        (
            spots(&[Version::Second]),
            spots(&[Change::Back, Change::Again]),
            "it takes three versions",
        ),
    ]
}
