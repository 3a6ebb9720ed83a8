//! How a report leaves the command: its faces, its files, and colour. What it says is the view's.

use super::{output, release};
use crate::exit::Trouble;
use crate::report::{self, View};
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::{Args, ValueEnum};
use pkgsource_model::words::visible;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::SystemTime;

/// A face of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// For programs: specs/schema/report.json
    Json,
    /// For CI systems: a case for each clause in each class
    Junit,
    /// For the summary of a CI run
    Markdown,
    /// One page in one file, without script or network
    Html,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` says otherwise
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How and where to print a report.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct FaceArgs {
    /// How to print the report
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Format,
    /// Write the report to a file, too, e.g. html=report.html; may be repeated
    #[arg(long, value_name = "FORMAT=FILE")]
    pub(super) report: Vec<ReportFile>,
    /// When to colour the text
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
    /// Print the numbers behind the report, too
    #[arg(short, long, conflicts_with = "quiet")]
    pub(super) verbose: bool,
    /// Print the verdict in one line, and no progress
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// A face, and the file for it.
#[derive(Debug, Clone)]
pub(super) struct ReportFile {
    format: Format,
    path: PathBuf,
}

impl FromStr for ReportFile {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let rule = "takes a format and a file, as in html=report.html";
        let (format, path) = text.split_once('=').ok_or(rule)?;
        let format = Format::from_str(format, false).map_err(|_| {
            let all = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value);
            let names: Vec<String> = all.map(|value| value.get_name().to_owned()).collect();
            format!("`{format}` is no format; there are {}", names.join(", "))
        })?;
        if path.is_empty() {
            return Err(rule.into());
        }
        Ok(Self { format, path: path.into() })
    }
}

impl FaceArgs {
    /// The files that will be written.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.report.iter().map(|file| file.path.as_path())
    }

    /// Prints a report, and writes its files. What cannot be written is told at the end, so that nothing else is lost.
    pub(super) fn tell(&self, view: &View) -> Result<(), Trouble> {
        let mut trouble = None;
        for file in &self.report {
            let text = self.face(file.format, view);
            trouble = trouble.or(output::write_new(&file.path, &text).err());
        }
        let text = self.face(self.format, view);
        if self.format == Format::Text && self.is_coloured() {
            super::print_as_it_is(&coloured(&text))?;
        } else {
            super::print_as_it_is(&text)?;
        }
        trouble.map_or(Ok(()), Err)
    }

    fn face(&self, format: Format, view: &View) -> String {
        match format {
            Format::Text if self.quiet => {
                visible(&(report::verdict(view) + &release::decided(view))).into_owned() + "\n"
            }
            Format::Text if self.verbose => super::shown(&report::verbose(view)),
            Format::Text => super::shown(&report::brief(view)),
            Format::Json => report::json_text(view),
            Format::Junit => report::junit(view),
            Format::Markdown => report::markdown(view),
            Format::Html => report::html(view),
        }
    }

    fn is_coloured(&self) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => AutoStream::choice(&std::io::stdout()) != ColorChoice::Never,
        }
    }
}

/// The text with its verdict, its accusations and its bad observations in colour.
fn coloured(text: &str) -> String {
    let bad = AnsiColor::Red.on_default().bold();
    let good = AnsiColor::Green.on_default().bold();
    let open = AnsiColor::Yellow.on_default().bold();
    let style = |nth: usize, line: &str| -> Option<Style> {
        let is = |word: &str| nth == 0 && line.contains(word);
        if is(": conforms") {
            Some(good)
        } else if is(": violates")
            || line.contains(" is broken in ")
            || line.starts_with("The cause of ")
            || line.ends_with("<-- here")
        {
            Some(bad)
        } else if is(": undecided") {
            Some(open)
        } else if line.starts_with("       expected  ") {
            Some(good)
        } else if line.starts_with("       seen      ") || line.starts_with("  regression: ") {
            Some(bad)
        } else if !line.is_empty() && !line.starts_with(' ') {
            Some(Style::new().bold())
        } else {
            None
        }
    };
    let painted = text.lines().enumerate().map(|(nth, line)| match style(nth, line) {
        Some(style) => format!("{style}{line}{style:#}\n"),
        None => format!("{line}\n"),
    });
    painted.collect()
}

/// The instant, in UTC, to the second.
#[expect(clippy::disallowed_methods, reason = "a date in a file, apart from what is compared")]
pub(super) fn now() -> String {
    humantime::format_rfc3339_seconds(SystemTime::now()).to_string()
}
