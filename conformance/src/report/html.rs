//! One page of HTML in one file: no script, no network, readable on a phone and on paper. Everything is escaped by the
//! writer; what would be obeyed without being markup is spelled out before.

use super::junit::problems;
use super::text::{untested, verdict};
use super::view::{Cell, ClassRow, State, Story, Timeline, View};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use pkgsource_model::words::visible;

const STYLE: &str = include_str!("html/style.css");

/// The report as a page.
#[must_use]
pub fn html(view: &View) -> String {
    let title = format!("{}: {}", view.subject, view.verdict);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (shown(&title)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 class=(view.verdict) { (shown(&verdict(view))) }
                (summary(view))
                (expected(view))
                (against(view))
                @if !view.classes.is_empty() { (matrix(view)) }
                @for (nth, story) in view.counterexamples.iter().enumerate() { (told(view, nth, story)) }
                (not_tested(view))
                (readings(view))
                (clauses(view))
            }
        }
    };
    page.into_string() + "\n"
}

fn shown(text: &str) -> String {
    visible(text).into_owned()
}

fn summary(view: &View) -> Markup {
    let named = |of: &Option<super::view::Named>| {
        of.as_ref().map_or(String::new(), |of| format!("{} {}", of.name, of.version))
    };
    html! {
        dl {
            dt { "implementation" } dd { (shown(&named(&view.implementation))) }
            dt { "adapter" } dd { (shown(&named(&view.adapter))) }
            dt { "suite" } dd { (shown(&view.suite)) }
            dt { "plans" } dd { (view.plans) " plans, " (view.events) " events" @if let Some(seed) = view.seed { ", seed " (seed) } }
            @if let Some(name) = &view.requirements { dt { "requirements" } dd { (shown(name)) ", a frozen set" } }
            @if let Some(of) = &view.coverage { dt { "coverage" } dd { (of.met) " of " (of.of) " values and pairs of values" } }
            @for changed in &view.changed { dt { "changed" } dd { (shown(changed)) } }
        }
        @if !problems(view).is_empty() {
            ul class="problems" { @for problem in problems(view) { li { (shown(&problem)) } } }
        }
    }
}

fn expected(view: &View) -> Markup {
    html! {
        @if let Some(expected) = &view.expected {
            section {
                h2 { "Known deviations (" (shown(&expected.file)) ")" }
                ul {
                    @for line in &expected.wrong { li class="broken" { "wrong entry: " (shown(line)) } }
                    @for line in &expected.unexpected { li class="broken" { "not expected: " (shown(line)) } }
                    @for line in &expected.met { li { "as expected: " (shown(line)) } }
                }
            }
        }
    }
}

fn against(view: &View) -> Markup {
    html! {
        @if let Some(against) = &view.against {
            section {
                h2 { "Against " (shown(&against.file)) }
                @for note in &against.notes { p { (shown(note)) } }
                @if against.differences.is_empty() { p { "Nothing differs." } }
                @else {
                    div class="wide" { table {
                        thead { tr { th { "kind" } th { "what" } th { "was" } th { "is" } th { "where" } } }
                        tbody {
                            @for of in &against.differences {
                                tr {
                                    th { (of.kind.words()) } td { (shown(&of.what)) } td { (shown(&of.was)) } td { (shown(&of.is)) }
                                    td { (shown(&of.classes.join(", "))) }
                                }
                            }
                        }
                    } }
                }
            }
        }
    }
}

/// Classes are columns and clauses rows: a phone shows the rows, and scrolls the columns.
fn matrix(view: &View) -> Markup {
    html! {
        section {
            h2 { "Promises and classes" }
            p { "✓ kept, ✗ broken, · not tested; empty: the page of the class does not promise it." @if view.classes.iter().any(ClassRow::is_wrong_elsewhere) { " (✗): not promised, and broken as where it is." } }
            div class="wide" { table class="matrix" {
                thead { tr {
                    th {}
                    @for class in &view.classes { th scope="col" { span { (class.class.trim_start_matches("SMS_")) } } }
                } }
                tbody {
                    @for sentence in &view.clauses {
                        tr {
                            th scope="row" title=(shown(&sentence.says)) { a href={ "#" (sentence.clause) } { (sentence.clause) } }
                            @for class in &view.classes { (mark(view, class, &sentence.clause)) }
                        }
                    }
                }
            } }
        }
    }
}

fn mark(view: &View, class: &ClassRow, clause: &str) -> Markup {
    let Some(cell) = class.clauses.iter().find(|cell| cell.clause == clause) else {
        return not_promised(class, clause);
    };
    let story = view.counterexamples.iter().position(|story| {
        story.clause == clause && (story.class == class.class || story.also.contains(&class.class))
    });
    let (name, letter) = sign(cell);
    html! {
        td class=(name) title=(format!("{clause} in {}: {}", class.class, words(cell))) {
            @match story {
                Some(nth) => a href=(format!("#story-{nth}")) { (letter) },
                None => (letter),
            }
        }
    }
}

/// A clause that does not bind a class, and how many packages show its breach all the same.
fn not_promised(class: &ClassRow, clause: &str) -> Markup {
    let shown = class.shows_what_breaks_in_other_classes.iter().find(|shown| shown.what == clause);
    html! {
        @match shown {
            Some(shown) => td class="elsewhere" title=(format!("{clause} in {}: not promised, and its breach shows in {} packages", class.class, shown.times)) { "(✗)" },
            None => td {},
        }
    }
}

fn sign(cell: &Cell) -> (&'static str, &'static str) {
    match cell.state {
        State::Held => ("held", "✓"),
        State::Broken => ("broken", "✗"),
        State::NotExercised => ("untested", "·"),
    }
}

fn words(cell: &Cell) -> String {
    match cell.state {
        State::Held => format!("kept {} times", cell.held),
        State::Broken => format!("broken {} times", cell.broken_times),
        State::NotExercised => "not tested".to_owned(),
    }
}

fn told(view: &View, nth: usize, story: &Story) -> Markup {
    let sentence = view.sentence(&story.clause);
    html! {
        section class="story" id=(format!("story-{nth}")) {
            h2 { (shown(&story.title)) }
            @if let Some(sentence) = sentence {
                p { b { (shown(&sentence.says)) } " — " (shown(&sentence.force)) ", " (shown(&sentence.source)) }
            }
            ol {
                @for line in &story.steps {
                    @if line.is_quiescent { li class="mark" { (shown(&line.says)) } }
                    @else if line.number.is_some() { li value=[line.number] class=[line.is_breach.then_some("broken")] { (shown(&line.says)) } }
                    @else { li class=(if line.is_breach { "read broken" } else { "read" }) { "read " (shown(&line.says)) } }
                }
            }
            dl {
                dt { "expected" } dd { (shown(&story.expected)) }
                dt { "seen" } dd class="broken" { (shown(&story.seen)) }
                @if !story.also.is_empty() { dt { "the same in" } dd { (shown(&story.also.join(", "))) } }
                @if let Some(again) = &story.shown_again { dt { "shown again" } dd { (again.times) " of " (again.of) " times" } }
                @if !story.repeat.is_empty() { dt { "repeat it" } dd { code { (shown(&story.repeat)) } } }
            }
            (timeline(&story.timeline))
        }
    }
}

fn timeline(timeline: &Timeline) -> Markup {
    html! {
        @if !timeline.places.is_empty() {
            h3 { (shown(&timeline.package)) " over time" }
            div class="wide" { table class="timeline" {
                thead { tr { th {} th { "call" } @for place in &timeline.places { th scope="col" { (shown(place)) } } } }
                tbody {
                    @for moment in &timeline.moments {
                        tr class=[moment.is_breach.then_some("breach")] {
                            th { @if let Some(number) = moment.number { (number) "." } }
                            @if moment.number.is_some() {
                                td colspan=(timeline.places.len() + 1) { (shown(&moment.call)) }
                            } @else {
                                td { "read" }
                                @for (place, seen) in moment.seen.iter().enumerate() {
                                    td class=[(moment.bad == Some(place)).then_some("broken")] {
                                        @if let Some(seen) = seen { (shown(seen)) @if moment.bad == Some(place) { " ← here" } }
                                    }
                                }
                            }
                        }
                    }
                }
            } }
        }
    }
}

fn not_tested(view: &View) -> Markup {
    let absent = &view.not_claimed.classes;
    html! {
        @if !view.not_tested.is_empty() || !absent.is_empty() {
            section {
                h2 { "Not tested" }
                ul {
                    @for group in &view.not_tested { li { (shown(&untested(view, group))) } }
                    @if !absent.is_empty() { li { "classes that the adapter does not claim: " (shown(&absent.join(", "))) } }
                }
            }
        }
    }
}

fn readings(view: &View) -> Markup {
    html! {
        @if !view.readings.is_empty() {
            section {
                h2 { "Where the documents leave room" }
                dl {
                    @for shown_at in &view.readings {
                        dt { (shown(&shown_at.question)) ": " (shown(&shown_at.asks)) }
                        @for reading in &shown_at.readings {
                            @let names: Vec<&str> = reading.classes.iter().map(|class| class.class.as_str()).collect();
                            dd { b { (shown(&reading.reading)) } @if reading.how == "pinned" { " (pinned)" } ": "
                                @if names.len() == view.classes.len() { "every class" } @else { (names.join(", ")) } }
                        }
                    }
                }
            }
        }
    }
}

fn clauses(view: &View) -> Markup {
    html! {
        section {
            h2 { "The promises" }
            dl class="clauses" {
                @for sentence in &view.clauses {
                    dt id=(sentence.clause) { (sentence.clause) }
                    dd { (shown(&sentence.says)) " — " (shown(&sentence.force)) ", " (shown(&sentence.source)) }
                }
            }
        }
    }
}
