//! Stands around an adapter and times it: each refresh, and from its beginning every read of a point. Between the samples it
//! does a fixed work of its own, which says how fast the machine was at that moment. It changes no answer.

use super::view::Sample;
use crate::adapter::{Adapter, AdapterFault, Opened};
use crate::run::now;
use pkgsource_model::history::{Capabilities, Completes, Tree};
use pkgsource_model::operation::Operation;
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::{Body, PointName, SourceVersion};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

/// How many bytes the fixed work hashes.
const CALIBRATION: usize = 1 << 20;

/// An adapter with a clock.
pub(super) struct Timed<'a> {
    inner: &'a mut dyn Adapter,
    completes: Completes,
    refreshes: Vec<Refresh>,
    block: Vec<u8>,
}

/// One refresh, and what was read after it.
struct Refresh {
    calibration: Duration,
    began: Instant,
    /// The time spent in the adapter since then.
    busy: Duration,
    call: Duration,
    succeeded: bool,
    version: Option<SourceVersion>,
    reads: Vec<Read>,
}

/// A point that says that it has content.
struct Read {
    point: PointName,
    version: Option<SourceVersion>,
    at: Duration,
}

impl<'a> Timed<'a> {
    pub(super) fn new(inner: &'a mut dyn Adapter, completes: Completes) -> Self {
        Self { inner, completes, refreshes: Vec::new(), block: vec![0x5a; CALIBRATION] }
    }

    fn calibrate(&self) -> Duration {
        let began = now();
        black_box(Sha256::digest(black_box(&self.block)));
        began.elapsed()
    }

    /// The samples without the first, the latencies of all points in them, and why they are not to be used, if so.
    pub(super) fn samples(self, points: usize) -> (Vec<Sample>, Vec<Duration>, Option<String>) {
        let (mut samples, mut latencies, mut trouble) = (Vec::new(), Vec::new(), None);
        let reports_later = self.completes != Completes::AtReturn;
        for refresh in self.refreshes.into_iter().skip(1) {
            if !refresh.succeeded {
                trouble = Some("a refresh did not return 0".to_owned());
            }
            let arrived = refresh.arrived(reports_later);
            if arrived.len() < points {
                let (seen, of) = (arrived.len(), points);
                trouble.get_or_insert(format!(
                    "{seen} of {of} points were seen at the latest version"
                ));
            }
            let micros =
                |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX).max(1);
            samples.push(Sample {
                call_us: micros(refresh.call),
                all_us: micros(arrived.values().max().copied().unwrap_or(refresh.call)),
                calibration_us: micros(refresh.calibration),
            });
            latencies.extend(arrived.into_values());
        }
        (samples, latencies, trouble)
    }
}

impl Refresh {
    /// When each point was first seen at the latest version. A point that names no version is believed where the call was
    /// complete at its return, and is otherwise seen when it was read last.
    fn arrived(&self, reports_later: bool) -> BTreeMap<PointName, Duration> {
        let mut arrived = BTreeMap::new();
        for read in &self.reads {
            match read.version {
                Some(version) if self.version.is_none_or(|latest| latest == version) => {
                    arrived.entry(read.point.clone()).or_insert(read.at);
                }
                Some(_) => {}
                None if reports_later => {
                    arrived.insert(read.point.clone(), read.at);
                }
                None => {
                    arrived.entry(read.point.clone()).or_insert(read.at);
                }
            }
        }
        arrived
    }
}

impl Adapter for Timed<'_> {
    fn capabilities(&self) -> &Capabilities {
        self.inner.capabilities()
    }

    fn open(&mut self, plan: &str, tree: &Tree, scratch: &Path) -> Result<Opened, AdapterFault> {
        self.inner.open(plan, tree, scratch)
    }

    fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
        let is_refresh = matches!(operation, Operation::Refresh { .. });
        let calibration = if is_refresh { self.calibrate() } else { Duration::ZERO };
        let began = now();
        let reply = self.inner.perform(operation)?;
        let took = began.elapsed();
        if is_refresh {
            let succeeded =
                matches!(&reply, Reply::Ok(Answer::Refreshed(value)) if value.is_success());
            self.refreshes.push(Refresh {
                calibration,
                began,
                busy: Duration::ZERO,
                call: took,
                succeeded,
                version: None,
                reads: Vec::new(),
            });
        }
        let Some(refresh) = self.refreshes.last_mut() else { return Ok(reply) };
        refresh.busy += took;
        // Where a call is complete at its return the suite's own work between the reads is nobody's.
        let at = match self.completes {
            Completes::AtReturn => refresh.busy,
            Completes::Reported | Completes::Unknown => refresh.began.elapsed(),
        };
        match (operation, &reply) {
            (Operation::Point { point, .. }, Reply::Ok(Answer::Point(status)))
                if status.state.is_installed() =>
            {
                refresh.reads.push(Read { point: point.clone(), version: status.version, at });
            }
            (_, Reply::Ok(Answer::Package(Some(status)))) => refresh.version = Some(status.version),
            _ => {}
        }
        Ok(reply)
    }

    fn close(&mut self) -> Result<(), AdapterFault> {
        self.inner.close()
    }

    fn stop(&mut self) {
        self.inner.stop();
    }

    fn recover(&mut self) -> Result<(), AdapterFault> {
        self.inner.recover()
    }
}
