//! A measurement against a baseline: for each figure better, same, worse, or cannot tell. Pure functions of samples.
//!
//! A figure is *worse* where a Mann–Whitney test finds the samples different at 5 % divided by the number of figures, and the
//! bootstrap interval of the ratio of medians lies wholly beyond the gate; *better* is the reverse; *same* is an
//! interval wholly within the gate. Anything else cannot be told, and so can nothing where the noise of either side, or
//! the change of the fixed work that was timed between the samples, is as large as the gate.

use super::statistics::{bootstrap_ratio, mann_whitney, median, noise_floor};
use super::view::{Bench, Case, Sample};
use super::{Shape, Workload};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The level of all figures together.
pub const LEVEL: f64 = 0.05;

/// The fewest samples of which anything is said.
const FEWEST: usize = 5;

/// What became of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It takes less time, by more than the gate.
    Better,
    /// It takes as long, within the gate.
    Same,
    /// It takes longer, by more than the gate.
    Worse,
    /// Nothing follows.
    CannotTell,
}

impl Answer {
    /// The word in reports.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Same => "same",
            Self::Worse => "worse",
            Self::CannotTell => "cannot tell",
        }
    }
}

/// How one figure compares.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Compared {
    /// The median now over the median then.
    pub ratio: f64,
    /// The 95 % interval of that.
    pub interval: (f64, f64),
    /// The probability of such a difference in rank between samples of one distribution.
    pub p: f64,
    /// How far halves of either side lie apart, 95 times of 100, as a share.
    pub noise: f64,
    /// The word.
    pub answer: Answer,
    /// Why nothing can be told, where that is so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// Compares the samples of one figure, one of so many figures. `gate` is a share: 0.05 is 5 %.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a number of figures")]
pub fn compare(was: &[f64], is: &[f64], gate: f64, figures: usize) -> Compared {
    let ratio = median(is.iter().copied()) / median(was.iter().copied()).max(f64::MIN_POSITIVE);
    let interval = bootstrap_ratio(was, is);
    let p = mann_whitney(was, is);
    let noise = noise_floor(was).max(noise_floor(is));
    let is_different = p < LEVEL / figures.max(1) as f64;
    let (low, high) = interval;
    let (answer, why) = if was.len().min(is.len()) < FEWEST {
        (Answer::CannotTell, Some(format!("fewer than {FEWEST} samples")))
    } else if noise >= gate {
        (Answer::CannotTell, Some(format!("the noise, {:.0} %, reaches the gate", noise * 100.0)))
    } else if is_different && low > 1.0 + gate {
        (Answer::Worse, None)
    } else if is_different && high < 1.0 / (1.0 + gate) {
        (Answer::Better, None)
    } else if low >= 1.0 / (1.0 + gate) && high <= 1.0 + gate {
        (Answer::Same, None)
    } else {
        (Answer::CannotTell, Some("the interval crosses the gate".to_owned()))
    };
    Compared { ratio, interval, p, noise, answer, why }
}

/// A figure of a case, held against the same of a baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Row {
    /// The shape.
    pub shape: Shape,
    /// Over how many points.
    pub points: usize,
    /// `call` or `all there`.
    pub figure: String,
    /// The median of the baseline, in microseconds.
    pub was_us: f64,
    /// The median now.
    pub is_us: f64,
    /// The fixed work now over the fixed work then.
    pub machine: f64,
    /// How they compare.
    pub compared: Compared,
}

/// A measurement against a baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Against {
    /// The baseline's file.
    pub file: String,
    /// The gate, as a share.
    pub gate: f64,
    /// The figures.
    pub rows: Vec<Row>,
    /// Cases that only one side has.
    pub missing: Vec<String>,
}

impl Against {
    /// How many figures have this answer.
    #[must_use]
    pub fn count(&self, answer: Answer) -> usize {
        self.rows.iter().filter(|row| row.compared.answer == answer).count()
    }
}

/// Two measurements that cannot be compared: what differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherFingerprint {
    member: String,
    was: String,
    is: String,
}

impl fmt::Display for OtherFingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { member, was, is } = self;
        write!(
            f,
            "its `{member}` is {was}, and here it is {is}; compare only on one machine and with one workload"
        )
    }
}

impl std::error::Error for OtherFingerprint {}

/// Makes sure that two measurements are of one machine, one workload and one implementation.
///
/// # Errors
/// The first member that differs.
pub fn same_fingerprint(was: &Bench, is: &Bench) -> Result<(), OtherFingerprint> {
    let name = |bench: &Bench| {
        bench.implementation.as_ref().map_or(String::new(), |named| named.name.clone())
    };
    let members = |bench: &Bench| {
        let mut members = bench.machine.members();
        members.extend(workload(&bench.workload));
        members.push(("implementation", name(bench)));
        members
    };
    for ((member, was), (_, is)) in members(was).into_iter().zip(members(is)) {
        if was != is {
            return Err(OtherFingerprint { member: member.to_owned(), was, is });
        }
    }
    Ok(())
}

fn workload(of: &Workload) -> Vec<(&'static str, String)> {
    let Workload { points, shapes, large_bytes, many_files, small_bytes, changed_files } = of;
    let shapes: Vec<&str> = shapes.iter().map(|shape| shape.name()).collect();
    vec![
        ("points", points.iter().map(usize::to_string).collect::<Vec<_>>().join(",")),
        ("shapes", shapes.join(", ")),
        ("large_bytes", large_bytes.to_string()),
        ("many_files", many_files.to_string()),
        ("small_bytes", small_bytes.to_string()),
        ("changed_files", changed_files.to_string()),
    ]
}

/// Compares all figures of two measurements of one fingerprint.
#[must_use]
pub fn against(file: &str, was: &Bench, is: &Bench, gate: f64) -> Against {
    let same = |one: &Case, other: &Case| (one.shape, one.points) == (other.shape, other.points);
    let pairs: Vec<(&Case, &Case)> = is
        .cases
        .iter()
        .filter_map(|now| Some((was.cases.iter().find(|then| same(then, now))?, now)))
        .collect();
    let figures = 2 * pairs.len();
    let rows = pairs.iter().flat_map(|(then, now)| {
        [
            ("call", (|sample| sample.call_us) as fn(&Sample) -> u64),
            ("all there", |sample| sample.all_us),
        ]
        .map(|(name, of)| row(then, now, name, of, gate, figures))
    });
    let lone = |here: &Bench, there: &Bench, whose: &str| {
        let cases =
            here.cases.iter().filter(|case| !there.cases.iter().any(|other| same(case, other)));
        cases
            .map(|case| format!("{}, over {}: only {whose} has it", case.shape.name(), case.points))
            .collect::<Vec<_>>()
    };
    let mut missing = lone(was, is, "the baseline");
    missing.extend(lone(is, was, "this run"));
    Against { file: file.to_owned(), gate, rows: rows.collect(), missing }
}

fn row(
    then: &Case,
    now: &Case,
    figure: &str,
    of: fn(&Sample) -> u64,
    gate: f64,
    figures: usize,
) -> Row {
    let samples = |case: &Case, of: fn(&Sample) -> u64| -> Vec<f64> {
        #[expect(clippy::cast_precision_loss, reason = "microseconds, far below 2^52")]
        case.samples.iter().map(|sample| of(sample) as f64).collect()
    };
    let (was, is) = (samples(then, of), samples(now, of));
    let fixed = |case: &Case| median(samples(case, |sample| sample.calibration_us));
    let machine = fixed(now) / fixed(then).max(f64::MIN_POSITIVE);
    let mut compared = compare(&was, &is, gate, figures);
    if machine > 1.0 + gate || machine < 1.0 / (1.0 + gate) {
        compared.answer = Answer::CannotTell;
        compared.why =
            Some(format!("the machine itself took {machine:.2} times as long for a fixed work"));
    }
    Row {
        shape: now.shape,
        points: now.points,
        figure: figure.to_owned(),
        was_us: median(was),
        is_us: median(is),
        machine,
        compared,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Random;

    const SAMPLES: usize = 10;

    /// Samples around 1,000 with this relative spread: the sum of twelve uniform numbers is all but normal.
    fn made_up(random: &mut Random, factor: f64, spread: f64) -> Vec<f64> {
        let mut uniform =
            || f64::from(u32::try_from(random.below(1 << 20)).unwrap()) / f64::from(1u32 << 20);
        let mut normal = || (0..12).map(|_| uniform()).sum::<f64>() - 6.0;
        (0..SAMPLES).map(|_| 1000.0 * factor * (1.0 + spread * normal()).max(0.1)).collect()
    }

    fn answers(factor: f64, spread: f64, figures: usize) -> Vec<Compared> {
        let mut random = Random::new(11);
        (0..100)
            .map(|_| {
                let was = made_up(&mut random, 1.0, spread);
                compare(&was, &made_up(&mut random, factor, spread), 0.05, figures)
            })
            .collect()
    }

    fn count(compared: &[Compared], answer: Answer) -> usize {
        compared.iter().filter(|compared| compared.answer == answer).count()
    }

    #[test]
    fn of_a_hundred_comparisons_with_itself_at_most_five_differ() {
        for spread in [0.001, 0.01, 0.02, 0.03, 0.05, 0.2] {
            let all = answers(1.0, spread, 1);
            let differ = count(&all, Answer::Better) + count(&all, Answer::Worse);
            assert!(differ <= 5, "{spread}: {differ}");
        }
        assert!(count(&answers(1.0, 0.01, 40), Answer::Same) >= 90);
    }

    #[test]
    fn a_slowdown_of_a_fifth_is_found_where_the_noise_is_low_and_else_nothing_is_said() {
        for spread in [0.005, 0.01, 0.02, 0.05, 0.2] {
            let all = answers(1.2, spread, 40);
            let (quiet, loud): (Vec<_>, Vec<_>) = all.into_iter().partition(|row| row.noise < 0.05);
            assert!(count(&quiet, Answer::Worse) * 10 >= quiet.len() * 9, "{spread}: {quiet:?}");
            assert_eq!(count(&loud, Answer::CannotTell), loud.len(), "{spread}");
            assert!(spread > 0.01 || quiet.len() >= 90, "{spread}: {}", quiet.len());
            assert!(spread < 0.2 || loud.len() >= 90, "{spread}: {}", loud.len());
        }
    }

    #[test]
    fn a_gain_is_better_and_few_samples_say_nothing() {
        assert!(count(&answers(0.8, 0.01, 40), Answer::Better) >= 90);
        let few = compare(&[1.0; 4], &[2.0; 4], 0.05, 1);
        assert_eq!(few.answer, Answer::CannotTell);
        assert_eq!(compare(&[5.0; 10], &[5.0; 10], 0.05, 1).answer, Answer::Same);
    }

    /// A measurement of one case, in which every refresh took this long, as did the fixed work between them.
    fn measured(points: usize, took: u64, fixed: u64) -> Bench {
        let sample =
            |nth: u64| Sample { call_us: took + nth, all_us: took + nth, calibration_us: fixed };
        let samples = (0..10).map(sample).collect();
        let settings = crate::bench::Settings { points: vec![1, 4], ..Default::default() };
        let adapter = crate::subjects::built_in("reference", 1).unwrap();
        let mut bench = crate::bench::nothing_yet(adapter.as_ref(), "made up", &settings);
        bench.cases.push(Case::new(Shape::Large, points, samples, &[]));
        bench
    }

    #[test]
    fn a_slower_case_is_worse_unless_the_machine_is_slower_too() {
        let was = measured(1, 1000, 100);
        let words = |is: &Bench| {
            let against = against("b", &was, is, 0.05);
            assert!(against.rows.iter().all(|row| row.compared.noise < 0.05), "{against:?}");
            against.rows.iter().map(|row| row.compared.answer).collect::<Vec<_>>()
        };
        assert_eq!(words(&was), [Answer::Same; 2]);
        assert_eq!(words(&measured(1, 1200, 100)), [Answer::Worse; 2]);
        assert_eq!(words(&measured(1, 800, 100)), [Answer::Better; 2]);
        assert_eq!(words(&measured(1, 1200, 120)), [Answer::CannotTell; 2]);
        let other = against("b", &was, &measured(4, 1000, 100), 0.05);
        assert_eq!((other.rows.len(), other.missing.len()), (0, 2), "{other:?}");
    }

    #[test]
    fn another_machine_workload_or_implementation_is_named() {
        let was = measured(1, 1000, 100);
        assert_eq!(same_fingerprint(&was, &was), Ok(()));
        let differs = |spoil: fn(&mut Bench)| {
            let mut is = was.clone();
            spoil(&mut is);
            same_fingerprint(&was, &is).unwrap_err().member
        };
        assert_eq!(differs(|is| is.machine.processor = "another".into()), "processor");
        assert_eq!(differs(|is| is.machine.file_system = "another".into()), "file_system");
        assert_eq!(differs(|is| is.workload.points = vec![1]), "points");
        assert_eq!(differs(|is| is.workload.many_files = 7), "many_files");
        assert_eq!(differs(|is| is.implementation = None), "implementation");
    }
}
