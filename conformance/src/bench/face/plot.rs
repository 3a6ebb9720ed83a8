//! Plots as inline SVG: logarithmic in both directions, readable without colour by the words beside each line.

use super::super::Shape;
use super::super::view::{Bench, Case};
use super::time;
use maud::{Markup, html as markup};

/// What the plots add to the style of a report.
pub(super) const STYLE: &str = "svg{width:100%;max-width:46rem;height:auto;font:12px sans-serif}svg .axis{stroke:#8886;stroke-width:1}svg text{fill:currentColor}svg .series{fill:none;stroke-width:2}";

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 340.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 210.0;
const BELOW: f64 = 30.0;
const COLOURS: [&str; 5] = ["#2563eb", "#c2410c", "#15803d", "#7e22ce", "#b91c1c"];

/// Where logarithms lie on paper.
struct Scale {
    from: f64,
    to: f64,
    low: f64,
    high: f64,
}

impl Scale {
    fn over(values: impl Iterator<Item = f64>, low: f64, high: f64) -> Self {
        let logs: Vec<f64> = values.map(|value| value.max(1.0).log10()).collect();
        let from = logs.iter().copied().fold(f64::INFINITY, f64::min).floor();
        let to = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max).ceil();
        Self { from, to: to.max(from + 1.0), low, high }
    }

    fn at(&self, value: f64) -> f64 {
        let share = (value.max(1.0).log10() - self.from) / (self.to - self.from);
        self.low + share * (self.high - self.low)
    }

    /// Powers of ten.
    fn marks(&self) -> impl Iterator<Item = f64> {
        let (mut power, to) = (self.from, self.to);
        std::iter::from_fn(move || {
            let now = power;
            power += 1.0;
            (now <= to).then(|| 10f64.powf(now))
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of points")]
fn points(case: &Case) -> f64 {
    case.points as f64
}

/// A line of a plot: its name, its colour and its places on paper.
type Row<'a> = (String, &'a str, Vec<(f64, f64)>);

/// The time until every point was observed, over the number of points: a line for each shape.
pub(super) fn times(bench: &Bench) -> Markup {
    let across = Scale::over(bench.cases.iter().map(points), LEFT, WIDTH - RIGHT);
    let up = Scale::over(bench.cases.iter().map(|case| case.all_us), HEIGHT - BELOW, 10.0);
    let rows = Shape::ALL.into_iter().zip(COLOURS).map(|(shape, colour)| {
        let cases = bench.cases.iter().filter(move |case| case.shape == shape);
        let places: Vec<(f64, f64)> =
            cases.map(|case| (across.at(points(case)), up.at(case.all_us))).collect();
        (shape.name().to_owned(), colour, places)
    });
    let numbers = bench.workload.points.clone();
    drawn("time over the number of points", rows.collect(), &across, &up, &numbers)
}

/// The quantiles of a point's latency: a line from p50 to the maximum for each case of the largest fan-out.
#[expect(clippy::cast_precision_loss, reason = "microseconds")]
pub(super) fn latencies(bench: &Bench) -> Markup {
    let most = bench.cases.iter().map(|case| case.points).max().unwrap_or(1);
    let cases = || bench.cases.iter().filter(|case| case.points == most);
    let of = |case: &Case| {
        let of = case.latency_us;
        [of.p50, of.p95, of.p99, of.max].map(|us| us as f64)
    };
    let up = Scale::over(cases().flat_map(of), HEIGHT - BELOW, 10.0);
    let step = (WIDTH - RIGHT - LEFT) / 3.0;
    markup! {
        svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label="quantiles of latency" {
            (marks(&up))
            @for (nth, name) in (0u8..).zip(["p50", "p95", "p99", "max"]) {
                text x=(LEFT + step * f64::from(nth)) y=(HEIGHT - 10.0) text-anchor="middle" { (name) }
            }
            @for (nth, (case, colour)) in (0u8..).zip(cases().zip(COLOURS)) {
                @let places: Vec<(f64, f64)> = (0u8..).zip(of(case)).map(|(nth, us)| (LEFT + step * f64::from(nth), up.at(us))).collect();
                (series(&places, colour))
                (legend(nth, colour, &format!("{}, {most} points", case.shape.name())))
            }
        }
    }
}

fn drawn(label: &str, rows: Vec<Row<'_>>, across: &Scale, up: &Scale, numbers: &[usize]) -> Markup {
    let at = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    markup! {
        svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(label) {
            (marks(up))
            @for &number in numbers {
                text x=(across.at(at(number))) y=(HEIGHT - 10.0) text-anchor="middle" { (number) }
            }
            @for (nth, (name, colour, places)) in (0u8..).zip(rows).filter(|(_, (.., places))| !places.is_empty()) {
                (series(&places, colour))
                (legend(nth, colour, &name))
            }
        }
    }
}

fn marks(up: &Scale) -> Markup {
    markup! {
        @for mark in up.marks() {
            line class="axis" x1=(LEFT) x2=(WIDTH - RIGHT) y1=(up.at(mark)) y2=(up.at(mark)) {}
            text x=(LEFT - 8.0) y=(up.at(mark) + 4.0) text-anchor="end" { (time(mark)) }
        }
    }
}

fn series(places: &[(f64, f64)], colour: &str) -> Markup {
    let path: Vec<String> = places.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    markup! {
        polyline class="series" stroke=(colour) points=(path.join(" ")) {}
        @for (x, y) in places { circle cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="3" fill=(colour) {} }
    }
}

fn legend(nth: u8, colour: &str, name: &str) -> Markup {
    let y = 20.0 + 18.0 * f64::from(nth);
    markup! {
        circle cx=(WIDTH - RIGHT + 14.0) cy=(y - 4.0) r="4" fill=(colour) {}
        text x=(WIDTH - RIGHT + 24.0) y=(y) { (name) }
    }
}
