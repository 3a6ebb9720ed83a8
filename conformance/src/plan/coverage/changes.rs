//! What an edit of a covering plan does to files: names, sizes and bytes that were not met together yet.

use super::dimensions::{Bytes, Change, Changed, Files, Name, Size};
use super::draft::{Draft, filler, first, most};
use super::files::{self, Tree};
use super::spot::Spot;
use super::values::INSIDE;
use crate::plan::build::path;
use pkgsource_model::operation;
use pkgsource_model::words::{Body, FilePath};
use std::collections::BTreeSet;

/// The files as they will be, and those that the edit has already spoken of.
struct Slots {
    tree: Tree,
    taken: BTreeSet<FilePath>,
    changes: Vec<operation::Change<Body>>,
    /// How many files there may be.
    room: usize,
}

impl Draft<'_> {
    /// The files of the first version: some with names to be met, and as many others as the number needs.
    pub(super) fn first_files(&mut self) -> Vec<operation::Change<Body>> {
        let wanted = match self.files {
            Files::None | Files::One | Files::Two => 1 + self.random.below(5),
            Files::Few => 5,
            Files::Ten => 12,
            Files::Hundred => 101,
        };
        let goal = Name::ALL.iter().copied().find(|&name| self.is_goal(name.into()));
        let mut names: Vec<Name> = goal.into_iter().collect();
        while names.len() < wanted.min(9) {
            let name = self.draw(Name::ALL);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let mut paths = Vec::new();
        for name in names {
            let at = path(&name.path());
            let inside = inside(&at).filter(|_| self.random.once_in(3));
            paths.push(inside.unwrap_or(at));
        }
        paths.extend((paths.len()..wanted).map(|nth| path(&filler(nth))));
        let sizes = [12, 512, 4096, 513, 65_536, 1, 100_001];
        let write = |(nth, path)| {
            let size = sizes.get(nth).copied().unwrap_or(12);
            let file = if size > 4097 {
                self.texts += 1;
                Bytes::Random.body(self.texts, size)
            } else {
                self.body_of(size)
            };
            operation::Change::Write { path, file, keep_time: false }
        };
        paths.into_iter().enumerate().map(write).collect()
    }

    /// A change that adds no file if there is one already: one that is longer, or shorter.
    pub(super) fn small_edit(&mut self) -> operation::Change<Body> {
        let tree = self.world.sources.get(&self.source_of_first());
        let paths: Vec<FilePath> = tree.into_iter().flat_map(Tree::keys).cloned().collect();
        let nth = self.random.below(paths.len());
        let path = paths.get(nth).cloned().unwrap_or_else(|| path("a.txt"));
        let size = [9, 10, 30][self.random.below(3)];
        operation::Change::Write { path, file: self.body_of(size), keep_time: false }
    }

    /// Changes of so many files, where most is missing beside what is known.
    pub(super) fn changes(
        &mut self,
        changed: Changed,
        known: &[Spot],
    ) -> Vec<operation::Change<Body>> {
        let tree = self.world.sources.get(&self.source_of_first()).cloned().unwrap_or_default();
        let live = tree.len();
        let room = most(self.files);
        let mut slots = Slots { tree, taken: BTreeSet::new(), changes: Vec::new(), room };
        let few = match self.files {
            Files::None => Some(0),
            Files::One => Some(1),
            Files::Two => Some(2),
            Files::Few | Files::Ten | Files::Hundred => None,
        };
        // A version of few files is one after more of them, or after as few.
        if let Some(few) = few.filter(|&few| live > few && !self.random.once_in(3)) {
            slots.delete_all_but(few, self.random.below(live));
            slots.room = few;
        } else if few.is_some_and(|few| few == live && live > 0 && self.random.once_in(2)) {
            slots.room = live;
        }
        if slots.room == 0 {
            return slots.changes;
        }
        let count = match changed {
            Changed::None => self.random.below(6),
            Changed::One => 1,
            Changed::Two => 2,
            Changed::Several => 4 + self.random.below(10),
            Changed::Every => live.clamp(2, 12),
        };
        for _ in 0..count {
            self.slot(&mut slots, changed, known);
        }
        if changed == Changed::One {
            self.slot(&mut slots, Changed::None, known);
        }
        slots.changes
    }

    /// The best of some rows that are feasible, taken at random.
    fn slot(&mut self, slots: &mut Slots, changed: Changed, known: &[Spot]) {
        let allowed: Vec<Change> = match changed {
            Changed::None => vec![Change::Touched],
            Changed::Every => {
                let all = Change::ALL.iter().copied();
                let kept = [Change::Touched, Change::Untouched];
                all.filter(|change| !kept.contains(change)).collect()
            }
            Changed::One | Changed::Two | Changed::Several => Change::ALL.to_vec(),
        };
        let mut best: Option<(usize, Row)> = None;
        let mut found = 0;
        for _ in 0..TRIES {
            let mut name = self.draw(Name::ALL);
            let mut change = self.draw(&allowed);
            if self.goal.is_some() && self.random.once_in(2) {
                let named = |name: &Name| self.is_goal((*name).into());
                name = Name::ALL.iter().copied().find(named).unwrap_or(name);
                let changed = |change: &Change| self.is_goal((*change).into());
                change = allowed.iter().copied().find(changed).unwrap_or(change);
            }
            let Some(place) = self.feasible(slots, name, change) else { continue };
            let row = self.row(place, name, change);
            let score = self.score(&row, known);
            if best.as_ref().is_none_or(|(known, _)| score > *known) {
                best = Some((score, row));
            }
            found += 1;
            if found >= ROWS {
                break;
            }
        }
        match best {
            Some((_, row)) => self.write(slots, row, known),
            None => self.overwrite_any(slots),
        }
    }

    /// A row in full: how long the file is and what it is made of is chosen here, or follows from what is there.
    fn row(&mut self, place: Place, name: Name, change: Change) -> Row {
        let length = place.old.as_ref().map_or(0, files::size);
        let wanted = |size: &&Size| match change {
            Change::Longer => size.bytes() > length,
            Change::Shorter => size.bytes() < length,
            Change::KeptTime => size.bytes() != length,
            Change::SameSize | Change::Hidden => size.bytes() == length,
            Change::New | Change::Again | Change::FileToFolder | Change::FolderToFile => true,
            _ => false,
        };
        let sizes: Vec<Size> = Size::ALL.iter().filter(wanted).copied().collect();
        let size = sizes.get(self.random.below(sizes.len())).copied();
        let kinds: Vec<Bytes> = Bytes::ALL
            .iter()
            .copied()
            .filter(|kind| size.is_some_and(|size| kind.fits(size)))
            .collect();
        let bytes = kinds.get(self.random.below(kinds.len())).copied();
        let kept = match change {
            Change::Renamed | Change::RenamedOver | Change::Twin | Change::Swapped => {
                place.other.as_ref().map(|(_, body)| body.clone())
            }
            Change::Back => place.back.clone(),
            Change::Gone | Change::Touched | Change::Untouched => place.old.clone(),
            _ => None,
        };
        let mut spots = vec![Spot::from(name), Spot::from(change)];
        if let Some(body) = &kept {
            spots.extend(Size::of(files::size(body)).map(Spot::from));
            spots.extend(Bytes::of(body).map(Spot::from));
        } else {
            spots.extend(size.map(Spot::from));
            spots.extend(bytes.map(Spot::from));
        }
        Row { place, change, size, bytes, spots }
    }

    /// How many missing pairs a row would meet.
    fn score(&self, row: &Row, known: &[Spot]) -> usize {
        // In a class that binds nobody the class is all that is known, and pairs within a row tell nothing.
        let beside = row.spots.iter().flat_map(|&one| known.iter().map(move |&other| (one, other)));
        let within = row
            .spots
            .iter()
            .enumerate()
            .flat_map(|(nth, &one)| row.spots[nth..].iter().map(move |&other| (one, other)));
        let wanted = |&(one, other): &(Spot, Spot)| self.missing.wants(one, other);
        let within = if known.len() > 1 { within.filter(wanted).count() } else { 0 };
        let goals = row.spots.iter().filter(|&&spot| self.is_goal(spot)).count();
        beside.filter(wanted).count() + within + goals * 100
    }

    /// What a change of a name would start from; none where it cannot be.
    fn feasible(&self, slots: &Slots, name: Name, change: Change) -> Option<Place> {
        let (at, inside) = self.paths.get(name as usize)?.clone();
        let package = self.world.packages.get(&first())?;
        let inside_is_there = inside.as_ref().is_some_and(|path| slots.tree.contains_key(path));
        let is_taken = |path: &FilePath| {
            slots.taken.contains(path)
                || !package.last.contains_key(path) && slots.tree.contains_key(path)
        };
        if is_taken(&at) || inside.as_ref().is_some_and(is_taken) {
            return None;
        }
        let old = slots.tree.get(&at).map(|file| file.body.clone());
        let back = package.before_last.as_ref().and_then(|tree| tree.get(&at));
        let back = back.map(|file| file.body.clone()).filter(|back| old.as_ref() != Some(back));
        let was_there = package.ever.contains(&at);
        let is_free = old.is_none() && !inside_is_there;
        let has_room = slots.tree.len() < slots.room;
        let other = other(slots, &at, &package.last, change);
        let length = old.as_ref().map_or(0, files::size);
        let fits = match change {
            Change::New => is_free && !was_there && has_room,
            Change::Again => is_free && was_there && has_room,
            Change::Twin => is_free && !was_there && has_room && other.is_some(),
            Change::Renamed => is_free && other.is_some(),
            Change::RenamedOver => old.is_some() && other.is_some(),
            Change::Swapped => {
                old.is_some() && other.as_ref().is_some_and(|(_, body)| Some(body) != old.as_ref())
            }
            Change::Back => old.is_some() && back.is_some(),
            Change::FileToFolder => old.is_some() && inside.is_some(),
            Change::FolderToFile => inside_is_there,
            Change::SameSize | Change::Hidden | Change::Shorter => length > 0,
            Change::Longer
            | Change::KeptTime
            | Change::Touched
            | Change::Gone
            | Change::Untouched => old.is_some(),
        };
        fits.then_some(Place { at, inside, old, back, other })
    }

    /// Some file that nobody has spoken of is written anew.
    fn overwrite_any(&mut self, slots: &mut Slots) {
        let free = slots.tree.keys().find(|path| !slots.taken.contains(*path)).cloned();
        if let Some(path) = free {
            let file = self.body_of(25);
            slots.push(operation::Change::Write { path, file, keep_time: false });
        }
    }

    fn write(&mut self, slots: &mut Slots, row: Row, known: &[Spot]) {
        self.missing.take(&[known, &row.spots].concat());
        let body = self.body(&row);
        let Place { at, inside, old, back, other } = row.place;
        slots.taken.insert(at.clone());
        let write = |path: FilePath, file: Body, keep_time: bool| operation::Change::Write {
            path,
            file,
            keep_time,
        };
        match row.change {
            Change::Untouched => {}
            Change::Gone => slots.push(operation::Change::Delete { path: at }),
            Change::Touched => slots.extend(old.map(|old| write(at, old, false))),
            Change::Back => slots.extend(back.map(|back| write(at, back, false))),
            Change::Renamed | Change::RenamedOver => {
                let rename = |(from, _)| operation::Change::Rename { from, to: at };
                slots.extend(other.map(rename));
            }
            Change::Twin => slots.extend(other.map(|(_, body)| write(at, body, false))),
            Change::Swapped => {
                let (Some((other, theirs)), Some(old)) = (other, old) else { return };
                slots.push(write(at, theirs, false));
                slots.push(write(other, old, false));
            }
            Change::FileToFolder => {
                slots.push(operation::Change::Delete { path: at });
                slots.extend(inside.map(|inside| write(inside, body, false)));
            }
            Change::FolderToFile => {
                slots.extend(inside.map(|path| operation::Change::Delete { path }));
                slots.push(write(at, body, false));
            }
            Change::New | Change::Again | Change::Longer | Change::Shorter | Change::SameSize => {
                slots.push(write(at, body, false));
            }
            Change::KeptTime | Change::Hidden => slots.push(write(at, body, true)),
        }
    }

    /// The bytes of a row that writes some of its own.
    fn body(&mut self, row: &Row) -> Body {
        self.texts += 1;
        let length = row.place.old.as_ref().map_or(0, files::size);
        match (row.size, row.bytes) {
            (Some(size), Some(bytes)) => bytes.body(self.texts, size.bytes()),
            (Some(Size::Zero), None) => Body::Text(String::new()),
            _ => {
                let size = match row.change {
                    Change::Shorter => length.saturating_sub(1),
                    Change::SameSize | Change::Hidden => length,
                    _ => length + 1,
                };
                Bytes::Random.body(self.texts, size)
            }
        }
    }
}

/// So many rows are looked at for each file, and so many are tried to find them.
const ROWS: usize = 24;
const TRIES: usize = 120;

/// What a change starts from.
struct Place {
    at: FilePath,
    inside: Option<FilePath>,
    old: Option<Body>,
    back: Option<Body>,
    other: Option<(FilePath, Body)>,
}

/// One file and what becomes of it.
struct Row {
    place: Place,
    change: Change,
    size: Option<Size>,
    bytes: Option<Bytes>,
    spots: Vec<Spot>,
}

impl Slots {
    /// Deletes all files but so many, which begin at some place.
    fn delete_all_but(&mut self, count: usize, from: usize) {
        let mut paths: Vec<FilePath> = self.tree.keys().cloned().collect();
        paths.rotate_left(from);
        for path in paths.into_iter().skip(count) {
            self.push(operation::Change::Delete { path });
        }
    }

    fn push(&mut self, change: operation::Change<Body>) {
        files::apply(&mut self.tree, &change, u64::MAX);
        match &change {
            operation::Change::Write { path, .. } | operation::Change::Delete { path } => {
                self.taken.insert(path.clone());
            }
            operation::Change::Rename { from, to } => {
                self.taken.extend([from.clone(), to.clone()]);
            }
        }
        self.changes.push(change);
    }

    fn extend(&mut self, change: Option<operation::Change<Body>>) {
        if let Some(change) = change {
            self.push(change);
        }
    }
}

/// A file that nobody has spoken of, and that the version before had: one that is not empty where content is to tell.
fn other(slots: &Slots, at: &FilePath, last: &Tree, change: Change) -> Option<(FilePath, Body)> {
    let is_renamed = matches!(change, Change::Renamed | Change::RenamedOver);
    let fits =
        |path: &FilePath| path != at && !slots.taken.contains(path) && last.contains_key(path);
    let mut found = slots
        .tree
        .iter()
        .filter(|(path, file)| fits(path) && (is_renamed || files::size(&file.body) > 0));
    found.next().map(|(path, file)| (path.clone(), file.body.clone()))
}

/// Where a file goes whose name is a folder's by now.
pub(super) fn inside(at: &FilePath) -> Option<FilePath> {
    FilePath::new(&format!("{at}{INSIDE}")).ok()
}
