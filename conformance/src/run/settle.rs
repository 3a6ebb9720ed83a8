//! *Eventually*: waits until an implementation has finished, on its own word, on the reads' agreement, or on a bound.
//!
//! Only the implementation's word, or a bound that it or the user set, makes a *settled* event. Agreement of reads is a
//! reason to stop waiting, and no evidence that nothing more will come.

use super::record::{Recorder, now};
use super::stop::{Ended, stop};
use crate::plan::Step;
use pkgsource_model::history::{Completes, Event, SettledBy, Time};
use pkgsource_model::operation::{Operation, OperationKind};
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::{PackageId, PointState, SourceVersion};
use std::time::{Duration, Instant};

/// How long a plan waited at one settle step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Latency {
    /// From the beginning of the wait to its end.
    pub waited: Duration,
}

impl Recorder<'_> {
    pub(super) fn settle(&mut self) -> Result<(), Ended> {
        match self.history.header.capabilities.completes {
            Completes::AtReturn => {
                if self.is_at_the_last_settle() {
                    self.let_pass(self.bounds.linger);
                }
                self.mark_settled(SettledBy::Return);
                self.look()
            }
            Completes::Reported if self.serves(OperationKind::Idle) => self.wait_for_idle(),
            Completes::Reported | Completes::Unknown => self.wait_for_agreement(),
        }
    }

    /// What follows soon after a step must not be kept from it by waiting longer than before.
    fn is_at_the_last_settle(&self) -> bool {
        let settles = self.plan.steps.iter().filter(|step| matches!(step, Step::Settle {}));
        self.history.settled.len() + 1 == settles.count()
    }

    fn wait_for_idle(&mut self) -> Result<(), Ended> {
        let started = now();
        let (mut pause, mut polled) = (self.bounds.poll.0, Duration::ZERO);
        loop {
            if let Reply::Ok(Answer::Idle(true)) = self.perform(&Operation::Idle {})? {
                self.latencies.push(Latency { waited: started.elapsed() });
                self.mark_settled(SettledBy::Idle);
                return self.look();
            }
            if self.waited(started, polled) > self.bounds.converge {
                self.slow.push(format!(
                    "`idle` was not true within {} ms",
                    self.bounds.converge.as_millis()
                ));
                return self.look();
            }
            polled += pause;
            self.pass_time(&mut pause)?;
        }
    }

    fn wait_for_agreement(&mut self) -> Result<(), Ended> {
        let promised = self.history.header.capabilities.bounds;
        let stall = promised.stall_ms.filter(|_| !self.bounds.stall_is_set);
        let stall = stall.map_or(self.bounds.stall, Duration::from_millis);
        let own = self.bounds.converge;
        let converge = match promised.converge_ms.map(Duration::from_millis) {
            // What the user gives is the most: he waits.
            Some(promised) if self.bounds.converge_is_set => promised.min(own),
            promised => promised.unwrap_or(own),
        };
        let somebody_set_it = promised.stall_ms.is_some() || self.bounds.stall_is_set;
        let started = now();
        let (mut moved, mut equal, mut last) = (Duration::ZERO, 0, Vec::new());
        let (mut pause, mut polled) = (self.bounds.poll.0, Duration::ZERO);
        loop {
            let from = self.history.events.len();
            self.look()?;
            let seen: Vec<Reply<Answer>> =
                self.history.events.iter().skip(from).map(|event| event.reply.clone()).collect();
            if seen == last {
                equal += 1;
            } else {
                (moved, equal, last) = (self.waited(started, polled), 1, seen);
                pause = self.bounds.poll.0;
            }
            // Who set a bound is asked for quiet as long as that: then nothing is left to do.
            let agrees = equal >= self.bounds.agree && self.everything_arrived(from);
            if agrees && !somebody_set_it {
                self.latencies.push(Latency { waited: moved });
                return Ok(());
            }
            let waited = self.waited(started, polled);
            if waited.saturating_sub(moved) > stall {
                if somebody_set_it {
                    self.mark_settled(SettledBy::Stall);
                    return self.look();
                }
                self.slow.push(format!(
                    "nothing moved for {} ms, the suite's own bound",
                    stall.as_millis()
                ));
                return Ok(());
            }
            if waited > converge {
                self.slow.push(format!("still moving after {} ms", converge.as_millis()));
                return Ok(());
            }
            polled += pause;
            self.pass_time(&mut pause)?;
        }
    }

    /// How long a wait has lasted, by the clock that counts: the implementation's own where its time is virtual, for
    /// there an hour may pass in an instant.
    fn waited(&self, started: Instant, polled: Duration) -> Duration {
        match self.history.header.capabilities.time {
            Time::Real => started.elapsed(),
            Time::Virtual => started.elapsed().max(polled),
        }
    }

    /// True where every point of every package that was looked at, from this event on, says that it is current: a
    /// reason to stop looking, never a verdict.
    fn everything_arrived(&self, from: usize) -> bool {
        let seen = || self.history.events.iter().skip(from);
        let current = |event: &Event| match (event.operation.package(), &event.reply) {
            (Some(package), Reply::Ok(Answer::Package(Some(status)))) => {
                let version = status.version;
                let of_package = seen().filter(|event| event.operation.package() == Some(package));
                of_package.into_iter().all(|event| is_current(&event.reply, version))
                    && self.has_moved_since_refresh(package, version)
            }
            _ => true,
        };
        seen().all(current)
    }

    /// True where the package's version was seen to rise, or a failure to show, since its last accepted refresh.
    fn has_moved_since_refresh(&self, package: &PackageId, version: SourceVersion) -> bool {
        let own =
            self.history.events.iter().filter(|event| event.operation.package() == Some(package));
        let own: Vec<&Event> = own.collect();
        // A package that was deleted, or is created again, has no past.
        let begins = |event: &&Event| {
            let kind = event.operation.kind();
            matches!(kind, OperationKind::Create | OperationKind::Delete)
                && matches!(event.reply, Reply::Ok(_))
        };
        let life = own.iter().rposition(begins).unwrap_or_default();
        let own: Vec<&Reply<Answer>> = own.iter().skip(life).map(|event| &event.reply).collect();
        let accepted = |reply: &&Reply<Answer>| matches!(reply, Reply::Ok(Answer::Refreshed(value)) if value.is_success());
        let Some(last) = own.iter().rposition(accepted) else { return true };
        let status = |reply: &&Reply<Answer>| match reply {
            Reply::Ok(Answer::Package(Some(status))) => {
                Some((status.version, status.failure.is_some()))
            }
            _ => None,
        };
        let (earlier, later) = own.split_at(last);
        let before =
            earlier.iter().rev().find_map(status).map_or(SourceVersion::FIRST, |seen| seen.0);
        let failed = later.iter().filter_map(status).any(|(_, failed)| failed);
        failed || version > before
    }

    /// Real time has to pass for the implementation; in short steps, so that a signal ends the wait.
    fn let_pass(&self, time: Duration) {
        let until = now() + time;
        while stop(self.bounds.deadline).is_none()
            && let Some(left) = until.checked_duration_since(now())
        {
            std::thread::sleep(left.min(Duration::from_millis(50)));
        }
    }

    /// Lets time pass: the machine's, or the implementation's own.
    fn pass_time(&mut self, pause: &mut Duration) -> Result<(), Ended> {
        let capabilities = &self.history.header.capabilities;
        if capabilities.time == Time::Virtual {
            if self.serves(OperationKind::Clock) {
                let advance_ms = u64::try_from(pause.as_millis()).unwrap_or(1).max(1);
                self.perform(&Operation::Clock { advance_ms })?;
            }
        } else {
            self.let_pass(*pause);
        }
        *pause = (*pause * 2).min(self.bounds.poll.1);
        Ok(())
    }
}

/// True where a point's report does not speak against its having this version.
fn is_current(reply: &Reply<Answer>, version: SourceVersion) -> bool {
    let Reply::Ok(Answer::Point(status)) = reply else { return true };
    let has_it = status.version.is_none_or(|reported| reported == version);
    status.state == PointState::None || (status.state.is_installed() && has_it)
}
