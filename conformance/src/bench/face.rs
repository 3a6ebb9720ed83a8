//! A measurement for people: text, and one page of HTML in one file with its plots. It computes nothing but places on paper.

mod plot;

use super::compare::{Against, Answer, Row};
use super::view::{Bench, Case};
use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use pkgsource_model::words::visible;

const STYLE: &str = include_str!("../report/html/style.css");

/// A time in a unit that a person reads.
#[must_use]
pub(super) fn time(us: f64) -> String {
    match us {
        _ if us < 1e3 => format!("{us:.0} µs"),
        _ if us < 1e6 => format!("{:.2} ms", us / 1e3),
        _ => format!("{:.2} s", us / 1e6),
    }
}

fn rate(bytes_per_second: f64) -> String {
    match bytes_per_second {
        rate if rate >= 1e9 => format!("{:.2} GB/s", rate / 1e9),
        rate => format!("{:.1} MB/s", rate / 1e6),
    }
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn quantiles(case: &Case) -> [String; 4] {
    let of = case.latency_us;
    [of.p50, of.p95, of.p99, of.max].map(|us| time(us as f64))
}

fn headline(bench: &Bench) -> String {
    match bench.verdict() {
        "violates" => format!("{}: violates, so it has no figures", bench.subject),
        "undecided" => format!("{}: nothing was measured", bench.subject),
        _ => format!(
            "{}: {} cases measured, the judge accepted each",
            bench.subject,
            bench.cases.len()
        ),
    }
}

fn about(bench: &Bench) -> Vec<String> {
    let named = |of: &Option<crate::report::view::Named>| {
        of.as_ref().map_or(String::new(), |of| format!("{} {}", of.name, of.version))
    };
    let members: Vec<String> = bench
        .machine
        .members()
        .into_iter()
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    vec![
        format!(
            "implementation: {}, adapter: {}",
            named(&bench.implementation),
            named(&bench.adapter)
        ),
        format!("machine: {}", members.join(", ")),
    ]
}

fn accusations(bench: &Bench) -> Vec<String> {
    let of = |broken: &super::view::Broken| {
        format!(
            "{} is broken in {} ({}, over {}): {}",
            broken.clause, broken.class, broken.shape, broken.points, broken.says
        )
    };
    let mut lines: Vec<String> = bench.broken.iter().map(of).collect();
    if !lines.is_empty() {
        lines.push("`pkgsource verify` shows the shortest proof".into());
    }
    lines
}

fn beside(case: &Case) -> Vec<String> {
    let of = |of: &super::view::Beside| match (&of.us, &of.why_not) {
        (Some(us), _) => format!("{} {}", of.tool.name(), time(*us)),
        (None, Some(why)) => why.clone(),
        (None, None) => format!("{} was not timed", of.tool.name()),
    };
    case.beside.iter().map(of).collect()
}

/// The measurement as text.
#[must_use]
pub fn text(bench: &Bench) -> String {
    let mut lines = vec![headline(bench)];
    lines.extend(about(bench).into_iter().map(|line| format!("  {line}")));
    lines.extend(accusations(bench).into_iter().map(|line| format!("  {line}")));
    let mut last = None;
    for case in &bench.cases {
        if last != Some(case.points) {
            last = Some(case.points);
            let noun = if case.points == 1 { "point" } else { "points" };
            lines.push(String::new());
            lines.push(format!(
                "{:<31}{:>10}{:>11}{:>12}{:>11}   p50, p95, p99, max of a point",
                format!("{} {noun}", case.points),
                "call",
                "all there",
                "bytes",
                "points/s"
            ));
        }
        lines.push(format!(
            "  {:<29}{:>10}{:>11}{:>12}{:>11.1}   {}",
            case.shape.name(),
            time(case.call_us),
            time(case.all_us),
            rate(case.bytes_per_second),
            case.deliveries_per_second,
            quantiles(case).join(", ")
        ));
        lines.extend(beside(case).iter().map(|line| format!("    beside it: {line}")));
    }
    lines.extend(compared(bench));
    if !bench.growth.is_empty() {
        lines.extend([String::new(), "How the times grow with the number of points".into()]);
    }
    for of in &bench.growth {
        lines.push(format!(
            "  {:<29}call n^{:.2} (R² {:.3}), all there n^{:.2} (R² {:.3})",
            of.shape.name(),
            of.call.exponent,
            of.call.r_squared,
            of.all.exponent,
            of.all.r_squared
        ));
    }
    if !bench.not_measured.is_empty() {
        lines.extend([String::new(), "Not measured".into()]);
        lines.extend(bench.not_measured.iter().map(|line| format!("  {line}")));
    }
    lines.iter().map(|line| shown(line) + "\n").collect()
}

fn counts(against: &Against) -> String {
    if against.rows.is_empty() {
        return "nothing to compare".to_owned();
    }
    let answers = [Answer::Worse, Answer::Better, Answer::Same, Answer::CannotTell];
    let of = |answer: Answer| format!("{} {}", against.count(answer), answer.words());
    answers.map(of).join(", ")
}

fn told(row: &Row) -> String {
    let (low, high) = row.compared.interval;
    let why = row.compared.why.as_ref().map_or(String::new(), |why| format!("; {why}"));
    format!(
        "{} -> {}, {:.2} times ({low:.2} to {high:.2}), p {:.1e}, noise {:.1} %{why}",
        time(row.was_us),
        time(row.is_us),
        row.compared.ratio,
        row.compared.p,
        row.compared.noise * 100.0
    )
}

/// The comparison, what is worse first.
fn compared(bench: &Bench) -> Vec<String> {
    let Some(against) = &bench.against else { return Vec::new() };
    let gate = against.gate * 100.0;
    let mut lines = vec![
        String::new(),
        format!("Against {}, gate {gate} %: {}", against.file, counts(against)),
    ];
    for answer in [Answer::Worse, Answer::Better, Answer::CannotTell, Answer::Same] {
        for row in against.rows.iter().filter(|row| row.compared.answer == answer) {
            let (shape, points, figure) = (row.shape.name(), row.points, &row.figure);
            lines.push(format!(
                "  {}: {shape}, over {points}, {figure}: {}",
                answer.words(),
                told(row)
            ));
        }
    }
    lines.extend(against.missing.iter().map(|line| format!("  not compared: {line}")));
    lines
}

fn shown(text: &str) -> String {
    visible(text).into_owned()
}

/// The measurement as a page.
#[must_use]
pub fn html(bench: &Bench) -> String {
    let page = markup! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (shown(&headline(bench))) }
                style { (PreEscaped(STYLE)) (PreEscaped(plot::STYLE)) }
            }
            body {
                h1 { (shown(&headline(bench))) }
                @for line in about(bench) { p { (shown(&line)) } }
                @if !bench.broken.is_empty() {
                    ul class="problems" { @for line in accusations(bench) { li { (shown(&line)) } } }
                }
                @if let Some((head, rows)) = compared(bench).get(1..).and_then(<[String]>::split_first) {
                    section { h2 { (shown(head)) } ul { @for row in rows {
                        li class=[row.starts_with("  worse").then_some("broken")] { (shown(row.trim_start())) }
                    } } }
                }
                @if !bench.cases.is_empty() {
                    section {
                        h2 { "Until every point is observed at the latest version" }
                        (plot::times(bench))
                    }
                    section { h2 { "Latency of a point" } (plot::latencies(bench)) }
                    (table(bench))
                }
                @if !bench.not_measured.is_empty() {
                    section { h2 { "Not measured" } ul { @for line in &bench.not_measured { li { (shown(line)) } } } }
                }
            }
        }
    };
    page.into_string() + "\n"
}

fn table(bench: &Bench) -> Markup {
    markup! {
        section {
            h2 { "Figures" }
            div class="wide" { table {
                thead { tr {
                    th { "shape" } th { "points" } th { "call" } th { "all there" } th { "bytes" } th { "points a second" }
                    th { "p50" } th { "p95" } th { "p99" } th { "max" } th { "beside it" }
                } }
                tbody { @for case in &bench.cases {
                    tr {
                        th { (case.shape.name()) } td { (case.points) } td { (time(case.call_us)) } td { (time(case.all_us)) }
                        td { (rate(case.bytes_per_second)) } td { (format!("{:.1}", case.deliveries_per_second)) }
                        @for value in quantiles(case) { td { (value) } }
                        td { (shown(&beside(case).join(", "))) }
                    }
                } }
            } }
            ul { @for of in &bench.growth {
                li { (of.shape.name()) ": " (format!(
                    "all there grows as n^{:.2} (R² {:.3}), the call as n^{:.2} (R² {:.3})",
                    of.all.exponent, of.all.r_squared, of.call.exponent, of.call.r_squared
                )) }
            } }
        }
    }
}
