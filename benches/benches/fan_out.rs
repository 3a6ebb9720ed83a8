//! What one refresh of the embedded site costs as distribution points grow: real files, in a scratch folder.
//!
//! It measures the library, not the suite; nothing is judged here. What is measured ends when every point has switched.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use pkgsource_site::{Class, Hierarchy, NewPackage, PointState, Site};
use std::path::{Path, PathBuf};
use std::time::Duration;

const PACKAGE: &str = "PS100001";
const POINTS: [u64; 4] = [1, 4, 16, 64];
const FILES: u64 = 40;
const FILE_BYTES: usize = 4096;

/// A site whose one package is assigned to all its points.
struct Bed {
    site: Site,
    source: PathBuf,
    points: u64,
    scratch: tempfile::TempDir,
}

impl Bed {
    fn new(points: u64) -> Self {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let source = scratch.path().join("source");
        std::fs::create_dir(&source).expect("the source folder");
        write_source(&source, 0);
        let owner = Hierarchy::new("PS1").expect("a site code");
        let hierarchy =
            (0..points).try_fold(owner, |hierarchy, nth| hierarchy.point(&point(nth), "PS1"));
        let hierarchy = hierarchy.expect("points of one site");
        let mut site = Site::create(&scratch.path().join("site"), &hierarchy).expect("a site");
        site.create_package(&NewPackage::direct(PACKAGE, Class::Package, &source))
            .expect("a package");
        (0..points).for_each(|nth| site.assign(PACKAGE, &point(nth)).expect("an assignment"));
        Self { site, source, points, scratch }
    }

    /// A bench in which a point stayed behind measured nothing.
    fn finish(self, refreshes: u32) {
        for nth in 0..self.points {
            let status = self.site.point(PACKAGE, &point(nth)).expect("a report");
            let wanted = (PointState::Installed, Some(1 + refreshes));
            assert_eq!((status.state, status.version), wanted, "{}", point(nth));
        }
        drop(self.site);
        self.scratch.close().expect("the scratch folder goes");
    }
}

fn point(nth: u64) -> String {
    format!("DP-{nth:02}")
}

/// Writes the files of the source, so that no two of any two rounds are equal.
fn write_source(folder: &Path, round: u32) {
    for file in 0..FILES {
        let text = format!("round {round}, file {file}. ");
        let bytes: Vec<u8> = text.bytes().cycle().take(FILE_BYTES).collect();
        std::fs::write(folder.join(format!("{file:02}.bin")), bytes).expect("a source file");
    }
}

/// One refresh of 40 files of 4 KiB that all changed, as points grow. Every file must arrive at every point, so the
/// expected growth is linear: the bytes per second stay about the same, less the fixed cost of reading the source once.
fn everything_changed(c: &mut Criterion) {
    let mut group = c.benchmark_group("fan_out/everything_changed");
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    for points in POINTS {
        let mut bed = Bed::new(points);
        let (source, mut round) = (bed.source.clone(), 0);
        group.throughput(Throughput::Bytes(points * FILES * FILE_BYTES as u64));
        group.bench_function(BenchmarkId::new("points", points), |b| {
            let edit = || {
                round += 1;
                write_source(&source, round);
            };
            let refresh = |()| assert_eq!(bed.site.refresh(PACKAGE, None, None).expect("0"), 0);
            b.iter_batched(edit, refresh, BatchSize::PerIteration);
        });
        bed.finish(round);
    }
    group.finish();
}

/// One refresh of a source in which nothing changed, as points grow. Nothing has to be sent, but every point must come to
/// the new version: linear in points, with a much smaller factor than where everything changed.
fn nothing_changed(c: &mut Criterion) {
    let mut group = c.benchmark_group("fan_out/nothing_changed");
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    for points in POINTS {
        let mut bed = Bed::new(points);
        let mut refreshes = 0;
        group.throughput(Throughput::Elements(points));
        group.bench_function(BenchmarkId::new("points", points), |b| {
            b.iter(|| {
                refreshes += 1;
                assert_eq!(bed.site.refresh(PACKAGE, None, None).expect("0"), 0);
            });
        });
        bed.finish(refreshes);
    }
    group.finish();
}

criterion_group!(benches, everything_changed, nothing_changed);
criterion_main!(benches);
