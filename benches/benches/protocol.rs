//! What the adapter protocol costs: requests to another process and their replies, with a window of 64 unanswered.
//!
//! The other process is `pkgsource adapter reference`, whose work on a request is small against what carries it.
//! Expected everywhere: at least 10,000 requests a second.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use pkgsource::adapter::Adapter;
use pkgsource::adapter::process::{ProcessAdapter, ProcessBounds};
use pkgsource::plan::build::{package, path, point, source, tree};
use pkgsource_model::operation::{Change, Operation};
use pkgsource_model::reply::Reply;
use pkgsource_model::words::{Body, PackageClass};
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

const WINDOW: u32 = 64;
const REQUESTS: [u64; 3] = [64, 640, 6_400];

/// The command beside this bench: a bench is in `deps` of the folder that the command is in.
fn program() -> PathBuf {
    let bench = std::env::current_exe().expect("the bench's own place");
    let folder = bench.ancestors().nth(2).expect("a bench is built two folders down");
    let program = folder.join(format!("pkgsource{}", std::env::consts::EXE_SUFFIX));
    let build = if folder.ends_with("debug") { "cargo build" } else { "cargo build --release" };
    assert!(program.is_file(), "there is no {}; `{build}` builds it", program.display());
    program
}

/// The reference in another process, with one package at one point.
fn started() -> ProcessAdapter {
    let command = [program().into_os_string(), OsString::from("adapter"), "reference".into()];
    let mut adapter = ProcessAdapter::start(&command, ProcessBounds::default(), 1)
        .unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(adapter.capabilities().window, WINDOW, "what the reference declares");
    adapter
        .open("bench", &tree(&["PS1", "DP1@PS1"]), &std::env::temp_dir())
        .unwrap_or_else(|fault| panic!("{fault}"));
    let create = Operation::Create {
        package: package("PS100001"),
        class: PackageClass::Package,
        source: Some(source("src")),
        source_flag: None,
    };
    let assign = Operation::Assign { package: package("PS100001"), point: point("DP1") };
    perform(&mut adapter, &[create]);
    perform(&mut adapter, &[assign]);
    adapter
}

fn perform(adapter: &mut ProcessAdapter, operations: &[Operation<Body>]) {
    let replies = adapter.perform_all(operations).unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(replies.len(), operations.len());
    assert!(replies.iter().all(|reply| matches!(reply, Reply::Ok(_))), "every request is served");
}

fn requests(c: &mut Criterion, name: &str, operation: impl Fn(u64) -> Operation<Body>) {
    let mut group = c.benchmark_group(format!("protocol/{name}"));
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    for count in REQUESTS {
        let mut adapter = started();
        let operations: Vec<Operation<Body>> = (0..count).map(&operation).collect();
        group.throughput(Throughput::Elements(count));
        group.bench_function(BenchmarkId::new("requests", count), |b| {
            b.iter(|| perform(&mut adapter, &operations));
        });
        adapter.close().and_then(|()| adapter.finish()).unwrap_or_else(|fault| panic!("{fault}"));
    }
    group.finish();
}

/// Status reads of a package and of a point in turn, as their number grows. Expected: linear, and from one window of
/// requests to many the requests per second rise a little, as the pipes never run empty.
fn reads(c: &mut Criterion) {
    requests(c, "reads", |nth| {
        let package = package("PS100001");
        if nth % 2 == 0 {
            Operation::Package { package }
        } else {
            Operation::Point { package, point: point("DP1") }
        }
    });
}

/// Edits that carry a file of 1 KiB inline, as their number grows. Expected: linear, at less than the rate of reads,
/// because each body is written, read and hashed. The texts come again after one window: the reference keeps every content
/// that it has seen in a list, and searching that is not what is measured.
fn edits(c: &mut Criterion) {
    requests(c, "edits", |nth| {
        let text =
            format!("edit {}. ", nth % u64::from(WINDOW)).chars().cycle().take(1024).collect();
        let write = Change::Write { path: path("a.txt"), file: Body::Text(text), keep_time: false };
        Operation::Edit { source: source("src"), changes: vec![write] }
    });
}

criterion_group!(benches, reads, edits);
criterion_main!(benches);
