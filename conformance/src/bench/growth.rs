//! How a time grows with the number of points: the exponent of the power that fits best, by least squares of the
//! logarithms, and how well it fits.

use super::Shape;
use super::view::{Case, Growths};
use serde::{Deserialize, Serialize};

/// A power of the number of points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Growth {
    /// The exponent: 0 is constant, 1 linear, 2 quadratic.
    pub exponent: f64,
    /// How much of the variance of the logarithms it explains, from 0 to 1.
    pub r_squared: f64,
}

/// The power that fits (points, time) best; none from fewer than three numbers of points.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a handful of numbers")]
pub fn growth(pairs: &[(f64, f64)]) -> Option<Growth> {
    let logs: Vec<(f64, f64)> =
        pairs.iter().filter(|(x, y)| *x > 0.0 && *y > 0.0).map(|(x, y)| (x.ln(), y.ln())).collect();
    if logs.len() < 3 {
        return None;
    }
    let count = logs.len() as f64;
    let (mean_x, mean_y) = (
        logs.iter().map(|(x, _)| x).sum::<f64>() / count,
        logs.iter().map(|(_, y)| y).sum::<f64>() / count,
    );
    let over = |term: &dyn Fn(f64, f64) -> f64| {
        logs.iter().map(|(x, y)| term(x - mean_x, y - mean_y)).sum::<f64>()
    };
    let (xx, xy, yy) = (over(&|x, _| x * x), over(&|x, y| x * y), over(&|_, y| y * y));
    if xx <= 0.0 {
        return None;
    }
    let r_squared = if yy > 0.0 { xy * xy / (xx * yy) } else { 1.0 };
    Some(Growth { exponent: xy / xx, r_squared })
}

/// How the times of each shape grow.
#[expect(clippy::cast_precision_loss, reason = "numbers of points")]
pub(super) fn of_cases(cases: &[Case]) -> Vec<Growths> {
    let of_shape = |shape: Shape| {
        let of = |time: fn(&Case) -> f64| {
            let cases = cases.iter().filter(|case| case.shape == shape);
            growth(&cases.map(|case| (case.points as f64, time(case))).collect::<Vec<_>>())
        };
        Some(Growths { shape, call: of(|case| case.call_us)?, all: of(|case| case.all_us)? })
    };
    Shape::ALL.into_iter().filter_map(of_shape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_is_found_with_its_exponent() {
        for exponent in [0.0, 0.5, 1.0, 2.0] {
            let pairs = [1.0, 4.0, 16.0, 64.0].map(|x: f64| (x, 7.0 * x.powf(exponent)));
            let found = growth(&pairs).unwrap();
            assert!((found.exponent - exponent).abs() < 1e-9, "{found:?}");
        }
        let bent = growth(&[(1.0, 1.0), (4.0, 1.0), (16.0, 16.0)]).unwrap();
        assert!(bent.r_squared < 0.9, "{bent:?}");
        assert_eq!(growth(&[(1.0, 1.0), (2.0, 2.0)]), None);
    }
}
