//! Epochs of which one snapshot may have been taken: a set that is made of few stretches, however long each is. What an
//! epoch held is not known here.

use crate::index::{EpochIndex, Index, Indices};

/// A set of epochs, in the order of time.
#[derive(Clone, Debug, Default)]
pub(in crate::knowledge) struct Epochs {
    /// The first of each stretch, and the first after it. Stretches do not touch, and none is empty.
    stretches: Vec<(EpochIndex, EpochIndex)>,
}

impl Epochs {
    pub(in crate::knowledge) fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }

    pub(in crate::knowledge) fn first(&self) -> Option<EpochIndex> {
        self.stretches.first().map(|&(first, _)| first)
    }

    pub(in crate::knowledge) fn last(&self) -> Option<EpochIndex> {
        self.stretches.last().map(|&(_, end)| EpochIndex::of(end.number() - 1))
    }

    pub(in crate::knowledge) fn iter(&self) -> impl Iterator<Item = EpochIndex> + '_ {
        self.stretches().flat_map(|(first, end)| Indices::between(first, end))
    }

    pub(in crate::knowledge) fn stretches(
        &self,
    ) -> impl Iterator<Item = (EpochIndex, EpochIndex)> + '_ {
        self.stretches.iter().copied()
    }

    pub(in crate::knowledge) fn contains(&self, epoch: EpochIndex) -> bool {
        let before = self.stretches.partition_point(|&(_, end)| end <= epoch);
        self.stretches.get(before).is_some_and(|&(first, _)| first <= epoch)
    }

    pub(in crate::knowledge) fn clear(&mut self) {
        self.stretches.clear();
    }

    /// Adds an epoch after all others.
    pub(in crate::knowledge) fn push(&mut self, epoch: EpochIndex) {
        match self.stretches.last_mut() {
            Some((_, end)) if *end == epoch => *end = epoch.next(),
            _ => self.stretches.push((epoch, epoch.next())),
        }
    }

    /// Keeps what is not before an epoch.
    pub(in crate::knowledge) fn keep_from(&mut self, least: EpochIndex) {
        self.stretches.retain_mut(|(first, end)| {
            *first = (*first).max(least);
            first < end
        });
    }

    /// Keeps what is not after an epoch.
    pub(in crate::knowledge) fn keep_to(&mut self, most: EpochIndex) {
        self.stretches.retain_mut(|(first, end)| {
            *end = (*end).min(most.next());
            first < end
        });
    }

    /// Keeps those of which something is true.
    pub(in crate::knowledge) fn retain(&mut self, stays: impl Fn(EpochIndex) -> bool) {
        *self = self.iter().filter(|&epoch| stays(epoch)).collect();
    }

    /// The same epochs, once those before `first` are gone.
    pub(in crate::knowledge) fn count_from(&mut self, gone: EpochIndex) {
        self.keep_from(gone);
        for (first, end) in &mut self.stretches {
            (*first, *end) = (first.counted_from(gone), end.counted_from(gone));
        }
    }
}

/// From epochs in the order of time.
impl FromIterator<EpochIndex> for Epochs {
    fn from_iter<T: IntoIterator<Item = EpochIndex>>(epochs: T) -> Self {
        let mut all = Self::default();
        epochs.into_iter().for_each(|epoch| all.push(epoch));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(numbers: &[usize]) -> Epochs {
        numbers.iter().map(|&number| EpochIndex::of(number)).collect()
    }

    fn numbers(epochs: &Epochs) -> Vec<usize> {
        epochs.iter().map(EpochIndex::number).collect()
    }

    #[test]
    fn stretches_are_few_and_hold_what_was_put_in() {
        let all = set(&[1, 2, 3, 7, 9, 10]);
        assert_eq!(numbers(&all), [1, 2, 3, 7, 9, 10]);
        assert_eq!(all.stretches().count(), 3);
        let has: Vec<usize> = (0..12).filter(|&n| all.contains(EpochIndex::of(n))).collect();
        assert_eq!(has, [1, 2, 3, 7, 9, 10]);
        assert_eq!(
            [all.first(), all.last()].map(|at| at.map(EpochIndex::number)),
            [Some(1), Some(10)]
        );
    }

    #[test]
    fn what_is_kept_is_what_was_asked_for_wherever_it_is_cut() {
        let list = [1, 2, 3, 7, 9, 10];
        for cut in 0..12 {
            let at = EpochIndex::of(cut);
            let (mut from, mut to, mut counted) = (set(&list), set(&list), set(&list));
            from.keep_from(at);
            to.keep_to(at);
            counted.count_from(at);
            let kept: Vec<usize> = list.into_iter().filter(|&n| n >= cut).collect();
            assert_eq!(numbers(&from), kept, "from {cut}");
            assert_eq!(numbers(&counted), kept.iter().map(|n| n - cut).collect::<Vec<_>>());
            let kept: Vec<usize> = list.into_iter().filter(|&n| n <= cut).collect();
            assert_eq!(numbers(&to), kept, "to {cut}");
        }
        let mut odd = set(&list);
        odd.retain(|epoch| epoch.number() % 2 == 1);
        assert_eq!(numbers(&odd), [1, 3, 7, 9]);
        odd.clear();
        assert!(odd.is_empty() && odd.last().is_none());
    }
}
