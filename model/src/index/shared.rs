//! A list that is copied often and changed in few places: what two copies have in common is kept once, in parts. It is no
//! slice; what is seldom copied is a [`List`](super::List).

use super::{Index, Indices};
use std::marker::PhantomData;
use std::sync::Arc;

/// A list whose places are of one kind, in parts that copies share until one of them changes something there.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct SharedList<I, T> {
    parts: Vec<Arc<[T]>>,
    kind: PhantomData<I>,
}

/// How many items a part has; the last may have fewer.
const PART: usize = 256;

impl<I: Index, T> SharedList<I, T> {
    /// What is at a place.
    #[must_use]
    pub fn get(&self, at: I) -> Option<&T> {
        self.parts.get(at.number() / PART)?.get(at.number() % PART)
    }

    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        let last = self.parts.last().map_or(0, |part| part.len());
        self.parts.len().saturating_sub(1) * PART + last
    }

    /// True where there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// All its places, in order.
    #[must_use]
    pub fn indices(&self) -> Indices<I> {
        Indices::between(I::FIRST, I::of(self.len()))
    }

    /// Its items, each with its place.
    pub fn indexed(&self) -> impl Iterator<Item = (I, &T)> {
        self.iter().enumerate().map(|(number, item)| (I::of(number), item))
    }

    /// Its items, in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.parts.iter().flat_map(|part| part.iter())
    }
}

impl<I: Index, T: Clone> SharedList<I, T> {
    /// What is at a place, to be changed.
    #[must_use]
    pub fn get_mut(&mut self, at: I) -> Option<&mut T> {
        Arc::make_mut(self.parts.get_mut(at.number() / PART)?).get_mut(at.number() % PART)
    }

    /// Its items, in order, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.parts.iter_mut().flat_map(|part| Arc::make_mut(part).iter_mut())
    }
}

impl<I, T: Clone> From<Vec<T>> for SharedList<I, T> {
    fn from(items: Vec<T>) -> Self {
        Self { parts: items.chunks(PART).map(Arc::from).collect(), kind: PhantomData }
    }
}

impl<I, T> Default for SharedList<I, T> {
    fn default() -> Self {
        Self { parts: Vec::new(), kind: PhantomData }
    }
}

/// A copy that can reuse another's memory, as one of a vector can.
impl<I, T> Clone for SharedList<I, T> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone(), kind: PhantomData }
    }

    fn clone_from(&mut self, other: &Self) {
        self.parts.clone_from(&other.parts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::PointIndex;

    fn list(length: usize) -> SharedList<PointIndex, usize> {
        (0..length).collect::<Vec<_>>().into()
    }

    #[test]
    fn it_holds_what_it_was_made_of_in_order_on_both_sides_of_a_part() {
        for length in [0, 1, PART - 1, PART, PART + 1, 3 * PART] {
            let list = list(length);
            assert_eq!((list.len(), list.is_empty()), (length, length == 0));
            assert!(list.iter().copied().eq(0..length), "{length}");
            assert!(list.indices().eq((0..length).map(PointIndex::of)), "{length}");
            assert_eq!(list.get(PointIndex::of(length)), None);
            assert_eq!(list.iter().last(), length.checked_sub(1).as_ref());
        }
    }

    #[test]
    fn what_is_changed_in_a_copy_stays_as_it_was_in_the_other() {
        let first = list(2 * PART);
        for at in first.indices() {
            let mut copy = first.clone();
            *copy.get_mut(at).unwrap() += 1;
            let differs = |of: &SharedList<PointIndex, usize>| of.get(at).copied();
            assert_eq!(
                (differs(&first), differs(&copy)),
                (Some(at.number()), Some(at.number() + 1))
            );
            assert!(first < copy);
        }
        let mut copy = first.clone();
        copy.iter_mut().for_each(|item| *item = 0);
        assert_eq!((first, copy.iter().sum::<usize>()), (list(2 * PART), 0));
    }
}
