//! Figures of samples: pure functions of numbers. What is drawn at random is drawn from a fixed seed, so that equal samples
//! have equal figures.

use crate::plan::Random;

/// The median; 0 of nothing.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let at = |nth: usize| values.get(nth).copied().unwrap_or(0.0);
    if values.len() % 2 == 1 {
        at(middle)
    } else {
        f64::midpoint(at(middle.wrapping_sub(1)), at(middle))
    }
}

/// How often samples are drawn again.
const DRAWN: usize = 1000;

/// The 95 % interval of the ratio of medians, by drawing from both sides again.
#[must_use]
pub fn bootstrap_ratio(was: &[f64], is: &[f64]) -> (f64, f64) {
    let mut random = Random::new(1);
    let ratios = (0..DRAWN).map(|_| {
        let then = median(again(&mut random, was));
        median(again(&mut random, is)) / then.max(f64::MIN_POSITIVE)
    });
    let mut ratios: Vec<f64> = ratios.collect();
    ratios.sort_by(f64::total_cmp);
    let at = |nth: usize| ratios.get(nth).copied().unwrap_or(1.0);
    (at(DRAWN / 40), at(DRAWN - 1 - DRAWN / 40))
}

fn again(random: &mut Random, values: &[f64]) -> Vec<f64> {
    (0..values.len()).filter_map(|_| values.get(random.below(values.len())).copied()).collect()
}

/// A against A: how far apart the medians of two random halves lie, 95 times of 100, as a share of the smaller.
#[must_use]
pub fn noise_floor(values: &[f64]) -> f64 {
    let mut random = Random::new(2);
    let mut values = values.to_vec();
    let mut apart: Vec<f64> = (0..DRAWN)
        .map(|_| {
            for nth in (1..values.len()).rev() {
                values.swap(nth, random.below(nth + 1));
            }
            let (one, other) = values.split_at(values.len() / 2);
            let (one, other) = (median(one.iter().copied()), median(other.iter().copied()));
            one.max(other) / one.min(other).max(f64::MIN_POSITIVE) - 1.0
        })
        .collect();
    apart.sort_by(f64::total_cmp);
    apart.get(DRAWN * 95 / 100).copied().unwrap_or(f64::INFINITY)
}

/// The two-sided p of the Mann–Whitney test, by the normal approximation with corrections for ties and continuity.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "numbers of samples")]
pub fn mann_whitney(one: &[f64], other: &[f64]) -> f64 {
    let (n, m) = (one.len() as f64, other.len() as f64);
    let mut all: Vec<(f64, bool)> = one.iter().map(|&value| (value, true)).collect();
    all.extend(other.iter().map(|&value| (value, false)));
    all.sort_by(|left, right| left.0.total_cmp(&right.0));
    let (mut ranks, mut ties, mut before) = (0.0, 0.0, 0.0);
    for equal in all.chunk_by(|left, right| left.0.total_cmp(&right.0).is_eq()) {
        let count = equal.len() as f64;
        let rank = before + f64::midpoint(count, 1.0);
        ranks += rank * equal.iter().filter(|(_, is_one)| *is_one).count() as f64;
        ties += count.powi(3) - count;
        before += count;
    }
    let all = n + m;
    let statistic = ranks - n * (n + 1.0) / 2.0;
    let variance = n * m / 12.0 * ((all + 1.0) - ties / (all * (all - 1.0)).max(1.0));
    if variance <= 0.0 {
        return 1.0;
    }
    let distance = ((statistic - n * m / 2.0).abs() - 0.5).max(0.0);
    2.0 * upper_tail(distance / variance.sqrt())
}

/// How much of a normal distribution lies beyond so many standard deviations: Abramowitz and Stegun 26.2.17, to 7.5e-8.
fn upper_tail(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z);
    let series = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let sum = series.iter().rev().fold(0.0, |sum, factor| t * (factor + sum));
    (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() * sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_stands_in_the_middle() {
        assert_eq!(median([3.0, 1.0, 2.0]).total_cmp(&2.0), std::cmp::Ordering::Equal);
        assert_eq!(median([4.0, 1.0, 2.0, 3.0]).total_cmp(&2.5), std::cmp::Ordering::Equal);
        assert_eq!(median([]).total_cmp(&0.0), std::cmp::Ordering::Equal);
    }

    /// The published example of the tortoise and the hare: U is 11 of 36.
    #[test]
    fn ranks_tell_what_is_published_of_them() {
        let (hare, tortoise) = ([2.0, 3.0, 4.0, 5.0, 6.0, 12.0], [1.0, 7.0, 8.0, 9.0, 10.0, 11.0]);
        let p = mann_whitney(&hare, &tortoise);
        // |11 - 18| - 0.5 = 6.5 over sqrt(36 * 13 / 12) = 6.245 is z = 1.0408.
        assert!((p - 0.298).abs() < 0.001, "{p}");
        assert!((mann_whitney(&hare, &hare) - 1.0).abs() < 1e-6);
        assert!((mann_whitney(&[1.0; 9], &[1.0; 9]) - 1.0).abs() < 1e-9);
        let apart: Vec<f64> = (0..10).map(f64::from).collect();
        let beyond: Vec<f64> = (100..110).map(f64::from).collect();
        assert!(mann_whitney(&apart, &beyond) < 0.001);
    }

    #[test]
    fn what_never_varies_has_no_noise_and_a_ratio_without_width() {
        assert!(noise_floor(&[7.0; 10]).abs() < 1e-12);
        let (low, high) = bootstrap_ratio(&[2.0; 10], &[3.0; 10]);
        assert!((low - 1.5).abs() < 1e-12 && (high - 1.5).abs() < 1e-12);
        assert!(noise_floor(&[1.0, 2.0, 1.0, 2.0, 1.0, 2.0]) > 0.5);
    }
}
