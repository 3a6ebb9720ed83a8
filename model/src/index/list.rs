//! A list that is asked by its own kind of place, and consecutive places.

use super::Index;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut, Range};

/// A list whose places are of one kind. Besides, it is a slice.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct List<I, T> {
    items: Vec<T>,
    kind: PhantomData<I>,
}

impl<I: Index, T> List<I, T> {
    /// What is at a place.
    #[must_use]
    pub fn get(&self, at: I) -> Option<&T> {
        self.items.get(at.number())
    }

    /// The same, to be changed.
    #[must_use]
    pub fn get_mut(&mut self, at: I) -> Option<&mut T> {
        self.items.get_mut(at.number())
    }

    /// The place behind the last, which the next item gets.
    #[must_use]
    pub fn end(&self) -> I {
        I::of(self.items.len())
    }

    /// The last place; none where it is empty.
    #[must_use]
    pub fn last_index(&self) -> Option<I> {
        self.items.len().checked_sub(1).map(I::of)
    }

    /// All its places, in order.
    #[must_use]
    pub fn indices(&self) -> Indices<I> {
        Indices::between(I::FIRST, self.end())
    }

    /// Its items, each with its place.
    #[must_use]
    pub fn indexed(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + Clone {
        self.items.iter().enumerate().map(|(number, item)| (I::of(number), item))
    }

    /// The same, to be changed.
    pub fn indexed_mut(&mut self) -> impl Iterator<Item = (I, &mut T)> {
        self.items.iter_mut().enumerate().map(|(number, item)| (I::of(number), item))
    }

    /// The first place whose item is like this.
    pub fn position(&self, is_it: impl FnMut(&T) -> bool) -> Option<I> {
        self.items.iter().position(is_it).map(I::of)
    }

    /// The last place whose item is like this.
    pub fn rposition(&self, is_it: impl FnMut(&T) -> bool) -> Option<I> {
        self.items.iter().rposition(is_it).map(I::of)
    }

    /// What is before a place.
    #[must_use]
    pub fn before(&self, end: I) -> &[T] {
        self.items.get(..end.number()).unwrap_or(&self.items)
    }

    /// What is at a place and behind it.
    #[must_use]
    pub fn starting_at(&self, first: I) -> &[T] {
        self.items.get(first.number()..).unwrap_or_default()
    }

    /// Drops what is at a place and behind it.
    pub fn truncate(&mut self, end: I) {
        self.items.truncate(end.number());
    }

    /// Drops what is not like this; the others move up.
    pub fn retain(&mut self, stays: impl FnMut(&T) -> bool) {
        self.items.retain(stays);
    }

    /// Takes what is before a place away; what stays is [counted from](Index::counted_from) there.
    pub fn drain_before(&mut self, first: I) -> impl Iterator<Item = T> {
        let gone = first.number().min(self.items.len());
        self.items.drain(..gone)
    }

    /// Adds an item at the end.
    pub fn push(&mut self, item: T) {
        self.items.push(item);
    }
}

impl<I, T> Deref for List<I, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<I, T> DerefMut for List<I, T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items
    }
}

impl<I, T> From<Vec<T>> for List<I, T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, kind: PhantomData }
    }
}

impl<I, T> Default for List<I, T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<I, T> FromIterator<T> for List<I, T> {
    fn from_iter<Items: IntoIterator<Item = T>>(items: Items) -> Self {
        Self::from(Vec::from_iter(items))
    }
}

/// A copy that can reuse another's memory, as one of a vector can.
impl<I, T: Clone> Clone for List<I, T> {
    fn clone(&self) -> Self {
        Self::from(self.items.clone())
    }

    fn clone_from(&mut self, other: &Self) {
        self.items.clone_from(&other.items);
    }
}

impl<I, T: fmt::Debug> fmt::Debug for List<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}

impl<I, T> IntoIterator for List<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, I, T> IntoIterator for &'a List<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<'a, I, T> IntoIterator for &'a mut List<I, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter_mut()
    }
}

/// Consecutive places.
#[derive(Clone, Debug)]
pub struct Indices<I> {
    numbers: Range<usize>,
    kind: PhantomData<I>,
}

impl<I: Index> Indices<I> {
    /// From one place up to another, which is not among them.
    #[must_use]
    pub fn between(first: I, end: I) -> Self {
        Self { numbers: first.number()..end.number(), kind: PhantomData }
    }

    /// No place.
    #[must_use]
    pub fn none() -> Self {
        Self { numbers: 0..0, kind: PhantomData }
    }

    /// One place alone.
    #[must_use]
    pub fn only(at: I) -> Self {
        Self::between(at, at.next())
    }
}

impl<I: Index> Iterator for Indices<I> {
    type Item = I;

    fn next(&mut self) -> Option<I> {
        self.numbers.next().map(I::of)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.numbers.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{EpochIndex, SnapshotIndex};

    fn letters() -> List<SnapshotIndex, char> {
        "abcd".chars().collect()
    }

    #[test]
    fn what_is_before_a_place_and_what_starts_there_are_the_whole_list() {
        for number in 0..6 {
            let place = SnapshotIndex::of(number);
            let letters = letters();
            assert_eq!([letters.before(place), letters.starting_at(place)].concat(), *letters);
        }
    }

    #[test]
    fn what_stays_is_found_where_it_is_counted_from_the_first_that_stays() {
        for first in letters().indices() {
            let mut left = letters();
            let gone: Vec<char> = left.drain_before(first).collect();
            assert_eq!(gone, letters().before(first));
            for (place, letter) in letters().indexed().filter(|(place, _)| *place >= first) {
                assert_eq!(left.get(place.counted_from(first)), Some(letter));
            }
        }
    }

    #[test]
    fn a_new_item_is_at_the_place_that_was_the_end() {
        let mut list: List<EpochIndex, char> = List::default();
        assert_eq!(list.last_index(), None);
        for letter in "ab".chars() {
            let end = list.end();
            list.push(letter);
            assert_eq!((list.get(end), list.last_index()), (Some(&letter), Some(end)));
        }
        assert_eq!(list.indices().collect::<Vec<_>>(), [EpochIndex::FIRST, EpochIndex::of(1)]);
    }

    #[test]
    fn no_place_is_none_and_one_alone_is_itself() {
        assert_eq!(Indices::<EpochIndex>::none().next(), None);
        assert_eq!(Indices::only(EpochIndex::of(7)).collect::<Vec<_>>(), [EpochIndex::of(7)]);
        assert_eq!(Indices::between(EpochIndex::of(3), EpochIndex::of(2)).next(), None);
    }
}
