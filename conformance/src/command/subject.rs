//! Which implementation a verb is about: a built-in adapter by name, or a command that speaks the protocol.

use crate::adapter::process::{ProcessAdapter, ProcessBounds};
use crate::adapter::{Adapter, built_in};
use crate::exit::Trouble;
use clap::Args;
use std::ffi::OsString;
use std::time::Duration;

/// The arguments that name a subject, and the bounds on it.
#[derive(Debug, Clone, Args)]
pub(super) struct SubjectArgs {
    /// A built-in adapter: folder, reference, mutant:NAME or variant:NAME
    #[arg(long, value_name = "NAME", conflicts_with = "command")]
    pub(super) adapter: Option<String>,
    /// The seed of the reference's policy
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) policy_seed: u64,
    /// How long an adapter may take to start, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 10_000)]
    pub(super) start_ms: u64,
    /// How long a request may take, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 5_000)]
    pub(super) request_ms: u64,
    /// How long a refresh may take, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 60_000)]
    pub(super) refresh_ms: u64,
    /// A program that speaks the protocol, and its arguments
    #[arg(last = true, value_name = "COMMAND")]
    pub(super) command: Vec<OsString>,
}

impl SubjectArgs {
    /// The subject, started.
    pub(super) fn start(&self) -> Result<Box<dyn Adapter>, Trouble> {
        if self.command.is_empty() {
            let name = self.adapter.as_deref().unwrap_or("folder");
            return built_in(name, self.policy_seed).map_err(Trouble::Usage);
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

    /// The arguments that name the same subject again.
    pub(super) fn repeat(&self) -> String {
        match (&self.adapter, self.command.is_empty()) {
            (_, false) => {
                let parts = self.command.iter().map(|part| quoted(&part.to_string_lossy()));
                format!("-- {}", parts.collect::<Vec<_>>().join(" "))
            }
            (Some(name), true) => format!("--adapter {name}"),
            (None, true) => String::new(),
        }
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

/// A word as a shell takes it back.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
