//! Markdown, for the summary of a CI run: the word, the matrix, and each story folded under its sentence. Text from
//! outside stands in code or is escaped, so that it is read and never obeyed.

use super::junit::problems;
use super::text::{untested, verdict};
use super::view::{ClassRow, State, View};
use pkgsource_model::words::visible;

/// The report as Markdown.
#[must_use]
pub fn markdown(view: &View) -> String {
    let mark = match view.word() {
        super::Word::Conforms => "✅",
        super::Word::Violates => "❌",
        super::Word::Undecided => "❔",
    };
    let mut out = vec![format!("## {mark} {}", escaped(&verdict(view))), String::new()];
    out.push(format!("{} plans, {} events, {}", view.plans, view.events, escaped(&view.suite)));
    if let Some(name) = &view.requirements {
        out.push(format!("Judged by the frozen requirements {}", escaped(name)));
    }
    let problems = problems(view);
    if !problems.is_empty() {
        out.push(String::new());
        out.extend(problems.iter().map(|problem| format!("* ❗ {}", escaped(problem))));
    }
    matrix(&mut out, view);
    for story in &view.counterexamples {
        let says = view.sentence(&story.clause).map_or("", |sentence| sentence.says.as_str());
        out.extend([
            String::new(),
            format!(
                "<details><summary><b>{}</b>: {}</summary>",
                in_html(&story.title),
                in_html(says)
            ),
            String::new(),
        ]);
        out.extend(fenced(&story.story));
        out.push("</details>".to_owned());
    }
    if let Some(against) = &view.against {
        out.extend([String::new(), format!("### Against {}", code(&against.file)), String::new()]);
        if against.differences.is_empty() {
            out.push("Nothing differs.".to_owned());
        }
        for of in &against.differences {
            let (kind, was, is) = (of.kind.words(), code(&of.was), code(&of.is));
            let who = of.classes.join(", ");
            out.push(format!("* **{kind}**: {} {was} → {is} {who}", escaped(&of.what)));
        }
    }
    if !view.not_tested.is_empty() {
        out.extend([String::new(), "### Not tested".to_owned(), String::new()]);
        out.extend(view.not_tested.iter().map(|of| format!("* {}", escaped(&untested(view, of)))));
    }
    out.join("\n") + "\n"
}

/// A row a class, and its counts.
fn matrix(out: &mut Vec<String>, view: &View) {
    out.push(String::new());
    let is_any_elsewhere = view.classes.iter().any(ClassRow::is_wrong_elsewhere);
    let (title, rule) =
        if is_any_elsewhere { (" wrong, but not promised |", "---|") } else { ("", "") };
    out.push(format!("| class | packages | kept | broken | not tested |{title}"));
    out.push(format!("|---|---:|---:|---|---:|{rule}"));
    for class in &view.classes {
        let count = |state| class.clauses.iter().filter(|cell| cell.state == state).count();
        let broken = class.clauses.iter().filter(|cell| cell.state == State::Broken);
        let broken: Vec<&str> = broken.map(|cell| cell.clause.as_str()).collect();
        out.push(format!(
            "| {} | {} | {} | {} | {} |{}",
            class.class,
            class.packages,
            count(State::Held),
            broken.join(", "),
            count(State::NotExercised),
            if is_any_elsewhere { format!(" {} |", elsewhere(class)) } else { String::new() }
        ));
    }
}

/// The clauses that do not bind a class, and whose breach its packages show.
fn elsewhere(class: &ClassRow) -> String {
    let shown = class.shows_what_breaks_in_other_classes.iter();
    let shown = shown.map(|shown| format!("{} in {} packages", escaped(&shown.what), shown.times));
    shown.collect::<Vec<_>>().join(", ")
}

/// Text between tags, where Markdown is not read.
fn in_html(text: &str) -> String {
    visible(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Text that Markdown and HTML would obey, spelled so that it shows; an address is no link.
fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in in_html(text).chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '@') {
            shown.push('\\');
        }
        shown.push(letter);
    }
    shown.replace("://", "&#58;//").replace("www.", "www&#46;")
}

/// Text as code in a line: with a fence that is longer than any in it.
fn code(text: &str) -> String {
    let text = visible(text);
    let fence = "`".repeat(longest_fence(&text) + 1);
    format!("{fence} {text} {fence}")
}

fn fenced(text: &str) -> Vec<String> {
    let fence = "`".repeat(longest_fence(text).max(2) + 1);
    let mut lines = vec![format!("{fence}text")];
    lines.extend(text.trim_end().lines().map(|line| visible(line).into_owned()));
    lines.extend([fence, String::new()]);
    lines
}

fn longest_fence(text: &str) -> usize {
    text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_no_link() {
        assert_eq!(escaped("see https://example.org/a_b"), "see https&#58;//example.org/a\\_b");
        assert_eq!(escaped("see www.example.org"), "see www&#46;example.org");
    }

    #[test]
    fn what_somebody_else_wrote_is_shown_and_not_obeyed() {
        assert_eq!(escaped("<b>*x*</b> @who"), "&lt;b&gt;\\*x\\*&lt;/b&gt; \\@who");
        assert_eq!(code("a `` b"), "``` a `` b ```");
    }
}
