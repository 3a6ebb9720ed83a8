//! How judging grows: with the length of one package's history (a package that is edited, refreshed and read n times, once
//! with quiet between, and once without any, where every snapshot may still be of every edit), with its points, and with
//! the packages of a history, each of which is waited for by itself. The figure is the exponent of growth over all sizes,
//! with how well a power fits.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use pkgsource::verify::judge;
use pkgsource_model::history::{History, PointEntry};
use pkgsource_model::judge::Requirements;
use pkgsource_model::words::PointName;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// How often the package is refreshed, or how many points or packages there are. `PKGSOURCE_GROWTH` sets the largest;
/// 100,000 take a minute.
fn sizes() -> Vec<usize> {
    let most = std::env::var("PKGSOURCE_GROWTH").ok().and_then(|text| text.parse().ok());
    [100, 1_000, 10_000, 30_000, 100_000]
        .into_iter()
        .filter(|&n| n <= most.unwrap_or(10_000))
        .collect()
}

/// A package that is refreshed so often, and every time read at two points.
fn history(refreshes: usize) -> History {
    let mut text = String::from(
        "edit S1 a.txt=0 b.txt=constant\ncreate P1 SMS_Package S1\nassign P1 DP1\nassign P1 DP2\nquiescent\n",
    );
    for nth in 1..=refreshes {
        let version = nth + 1;
        write!(
            text,
            "edit S1 a.txt={nth}\nrefresh P1 -> 0\nquiescent\npackage P1 -> {version}\npoint P1 DP1 -> installed {version}\ncontent P1 DP1 -> a.txt={nth} b.txt=constant\ncontent P1 DP2 -> a.txt={nth} b.txt=constant\n"
        )
        .expect("a string takes every write");
    }
    History::from_notation(&text).expect("a history of the notation")
}

/// The same at one point that is always one version behind, and nobody ever waits until all is done.
fn restless(refreshes: usize) -> History {
    let mut text =
        String::from("edit S1 a.txt=0\ncreate P1 SMS_Package S1\nassign P1 DP1\nquiescent\n");
    for nth in 1..=refreshes {
        let before = nth - 1;
        write!(text, "edit S1 a.txt={nth}\nrefresh P1 -> 0\ncontent P1 DP1 -> a.txt={before}\n")
            .expect("a string takes every write");
    }
    History::from_notation(&text).expect("a history of the notation")
}

/// A package that is refreshed twice, and read at so many points.
fn points(points: usize) -> History {
    let mut text = String::from("edit S1 a.txt=0\ncreate P1 SMS_Package S1\n");
    let every = |text: &mut String, line: &dyn Fn(usize) -> String| {
        (1..=points).for_each(|nth| *text += &line(nth));
    };
    every(&mut text, &|nth| format!("assign P1 DP{nth}\n"));
    text += "quiescent\n";
    for version in [2, 3] {
        text += &format!("edit S1 a.txt={version}\nrefresh P1 -> 0\nquiescent\n");
        every(&mut text, &|nth| {
            format!(
                "point P1 DP{nth} -> installed {version}\ncontent P1 DP{nth} -> a.txt={version}\n"
            )
        });
    }
    let mut history = History::from_notation(&text).expect("a history of the notation");
    let tree = &mut history.header.tree;
    let site = tree.sites[0].site.clone();
    let point = |nth| PointName::new(&format!("DP{nth}")).expect("a name");
    tree.points =
        (1..=points).map(|nth| PointEntry { point: point(nth), site: site.clone() }).collect();
    history
}

/// So many packages, each with a source of its own, created, refreshed, waited for and read one after the other.
fn packages(packages: usize) -> History {
    let mut text = String::new();
    for nth in 1..=packages {
        write!(
            text,
            "edit S{nth} a.txt=0\ncreate P{nth} SMS_Package S{nth}\nassign P{nth} DP1\nquiescent\nedit S{nth} a.txt=1\nrefresh P{nth} -> 0\nquiescent\npackage P{nth} -> 2\ncontent P{nth} DP1 -> a.txt=1\n"
        )
        .expect("a string takes every write");
    }
    History::from_notation(&text).expect("a history of the notation")
}

fn growth(c: &mut Criterion) {
    of(c, "refreshes of one package", &sizes(), history);
    let few: Vec<usize> = sizes().into_iter().map(|n| n / 10).filter(|&n| n >= 100).collect();
    of(c, "refreshes of one package without quiet", &few, restless);
    of(c, "points of one package", &few, points);
    of(c, "packages of one history", &few, packages);
}

fn of(c: &mut Criterion, name: &str, sizes: &[usize], history: fn(usize) -> History) {
    let what = name.split(' ').next().unwrap_or_default();
    let mut group = c.benchmark_group(format!("judge/{name}"));
    group.sample_size(10).measurement_time(Duration::from_secs(2));
    let mut points: Vec<(f64, f64)> = Vec::new();
    for &size in sizes {
        let history = history(size);
        let requirements = Requirements::default();
        let once = || {
            let judgement = judge(std::slice::from_ref(&history), &requirements);
            assert!(judgement.broken().next().is_none(), "a right history breaks nothing");
        };
        let took = timed(&once);
        #[expect(clippy::cast_precision_loss, reason = "sizes are small")]
        points.push(((size as f64).ln(), took.as_secs_f64().ln()));
        println!("{size} {what}: {took:?}");
        if took < Duration::from_secs(1) {
            group.throughput(Throughput::Elements(size as u64));
            group.bench_function(BenchmarkId::from_parameter(size), |b| b.iter(once));
        }
    }
    group.finish();
    let (exponent, fit) = line(&points);
    println!("{name}: time grows with the {exponent:.2}th power of the {what} (R² {fit:.4})");
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn timed(once: &dyn Fn()) -> Duration {
    let began = Instant::now();
    once();
    began.elapsed()
}

/// The slope of the line through some points, and how well it fits.
#[expect(clippy::cast_precision_loss, reason = "there are few points")]
fn line(points: &[(f64, f64)]) -> (f64, f64) {
    let n = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let sum =
        |of: &dyn Fn(f64, f64) -> f64| points.iter().map(|p| of(p.0 - x, p.1 - y)).sum::<f64>();
    let (both, across, up) = (sum(&|a, b| a * b), sum(&|a, _| a * a), sum(&|_, b| b * b));
    (both / across, both * both / (across * up))
}

criterion_group!(benches, growth);
criterion_main!(benches);
