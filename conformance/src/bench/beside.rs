//! What others take for the same work on the same machine: a program that copies a folder to each point, one after the
//! other. It serves no promise, and nothing of it is judged.

use super::Shape;
use super::statistics::median;
use super::view::Beside;
use crate::run::{now, stop};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often each is timed, at least.
const FEWEST: usize = 3;

/// How often, at most; one copy of a few milliseconds differs much from the next.
const MOST: usize = 25;

/// After this long the fewest are enough.
const ENOUGH: Duration = Duration::from_secs(1);

/// A program that copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum Tool {
    /// `cp -a`, which copies everything
    Cp,
    /// `rsync -a --delete`, which copies what differs in size or time
    Rsync,
}

impl Tool {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cp => "cp",
            Self::Rsync => "rsync",
        }
    }

    fn copy(self, from: &Path, to: &Path) -> Result<(), String> {
        let mut command = Command::new(self.name());
        match self {
            Self::Cp => command.arg("-a").arg(from.join(".")).arg(to),
            Self::Rsync => command.args(["-a", "--delete"]).arg(from.join("")).arg(to.join("")),
        };
        let ran = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        match ran {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{} failed: {status}", self.name())),
            Err(error) => Err(format!("{} cannot be run: {error}", self.name())),
        }
    }

    /// Times the work of a case. The first copy, of everything, is not timed: a refresh finds its points served.
    pub(super) fn time(self, shape: Shape, points: usize, until: Instant) -> io::Result<Beside> {
        let folder = tempfile::TempDir::new()?;
        let source = folder.path().join("source");
        let targets: Vec<_> =
            (1..=points).map(|nth| folder.path().join(format!("point-{nth}"))).collect();
        for target in &targets {
            std::fs::create_dir(target)?;
        }
        let mut times: Vec<f64> = Vec::new();
        for nth in 0..=MOST {
            if times.len() >= FEWEST && times.iter().sum::<f64>() > ENOUGH.as_secs_f64() * 1e6 {
                break;
            }
            for (path, bytes) in shape.bytes(nth) {
                let path = source.join(path);
                path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
                std::fs::write(path, bytes)?;
            }
            let began = now();
            for target in &targets {
                let copied = match stop(Some(until)) {
                    Some(stop) => Err(stop.to_string()),
                    None => self.copy(&source, target),
                };
                if let Err(why) = copied {
                    return Ok(Beside { tool: self, us: None, why_not: Some(why) });
                }
            }
            if nth > 0 {
                times.push(began.elapsed().as_secs_f64() * 1e6);
            }
        }
        Ok(Beside { tool: self, us: Some(median(times)), why_not: None })
    }
}
