//! Which implementation a verb is about: a built-in adapter by name, or a command that speaks the protocol.

use crate::adapter::process::{ProcessAdapter, ProcessBounds};
use crate::adapter::{Adapter, AdapterFault, FaultCause};
use crate::exit::Trouble;
use crate::platform;
use crate::subjects::{NoSuchSubject, built_in};
use crate::verify::quoted;
use clap::Args;
use std::ffi::OsString;
use std::time::Duration;

/// The arguments that name a subject, and the bounds on it.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Subject")]
pub(super) struct SubjectArgs {
    /// A built-in adapter: folder, reference, mutant:NAME or variant:NAME
    #[arg(long, value_name = "NAME", conflicts_with = "command")]
    pub(super) adapter: Option<String>,
    /// The seed of the reference's policy
    #[arg(hide_short_help = true, long, value_name = "N", default_value_t = 1)]
    pub(super) policy_seed: u64,
    /// How long an adapter may take to start, in milliseconds
    #[arg(hide_short_help = true, long, value_name = "MS", default_value_t = 10_000)]
    pub(super) start_ms: u64,
    /// How long a request may take, in milliseconds
    #[arg(hide_short_help = true, long, value_name = "MS", default_value_t = 5_000)]
    pub(super) request_ms: u64,
    /// How long a refresh may take, in milliseconds
    #[arg(hide_short_help = true, long, value_name = "MS", default_value_t = 60_000)]
    pub(super) refresh_ms: u64,
    /// A program that speaks the protocol, and its arguments
    #[arg(last = true, value_name = "COMMAND")]
    pub(super) command: Vec<OsString>,
}

impl SubjectArgs {
    /// The subject, started. From here on signals end the command in order, and what the subject leaves running is adopted
    /// and ended: no verb that starts one can forget it.
    pub(super) fn start(&self) -> Result<Box<dyn Adapter>, Trouble> {
        platform::watch_signals()?;
        if self.command.is_empty() {
            let name = self.adapter.as_deref().unwrap_or("folder");
            let subject = built_in(name, self.policy_seed);
            return subject.map_err(|error| super::near::no_subject(name, &error));
        }
        Ok(Box::new(ProcessAdapter::start(&self.command, self.bounds(), self.policy_seed)?))
    }

    /// One more instance of the subject, which was started before.
    pub(super) fn another(&self) -> Result<Box<dyn Adapter>, AdapterFault> {
        if self.command.is_empty() {
            let name = self.adapter.as_deref().unwrap_or("folder");
            let cannot = |error: NoSuchSubject| FaultCause::CannotStart(error.to_string());
            return built_in(name, self.policy_seed)
                .map_err(|error| AdapterFault::new("hello", cannot(error)));
        }
        Ok(Box::new(ProcessAdapter::start(&self.command, self.bounds(), self.policy_seed)?))
    }

    /// How a report names the subject.
    pub(super) fn name(&self) -> String {
        if self.command.is_empty() {
            return self.adapter.clone().unwrap_or_else(|| "folder".into());
        }
        self.command.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    /// The arguments that name the same subject again, with its bounds, quoted for a shell. They end the line.
    pub(super) fn repeat(&self) -> String {
        let mut words = Vec::new();
        if self.policy_seed != 1 {
            words.push(format!("--policy-seed {}", self.policy_seed));
        }
        let default = ProcessBounds::default();
        let rows = [
            ("start-ms", self.start_ms, default.start),
            ("request-ms", self.request_ms, default.request),
            ("refresh-ms", self.refresh_ms, default.refresh),
        ];
        let changed = rows.iter().filter(|(_, ms, default)| Duration::from_millis(*ms) != *default);
        words.extend(changed.map(|(name, ms, _)| format!("--{name} {ms}")));
        words.extend(self.adapter.iter().map(|name| format!("--adapter {}", quoted(name))));
        if !self.command.is_empty() {
            words.push("--".into());
            words.extend(self.command.iter().map(|part| quoted(&part.to_string_lossy())));
        }
        words.join(" ")
    }

    pub(super) fn bounds(&self) -> ProcessBounds {
        ProcessBounds {
            start: Duration::from_millis(self.start_ms),
            request: Duration::from_millis(self.request_ms),
            refresh: Duration::from_millis(self.refresh_ms),
            ..ProcessBounds::default()
        }
    }

    /// The bounds that differ from the defaults, in words.
    pub(super) fn changed(&self) -> Vec<String> {
        let default = ProcessBounds::default();
        let bounds = self.bounds();
        let rows = [
            ("start", bounds.start, default.start),
            ("request", bounds.request, default.request),
            ("refresh", bounds.refresh, default.refresh),
        ];
        let changed = rows.into_iter().filter(|(_, now, then)| now != then);
        changed.map(|(name, now, _)| format!("{name} {} ms", now.as_millis())).collect()
    }
}
