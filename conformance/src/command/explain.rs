//! `explain`: what an id means, where it comes from, whom it binds, what proves it, and the shortest failing story.

use super::list::word;
use crate::exit::{Exit, Trouble};
use crate::kill::kill;
use crate::mutants::{MUTANTS, Mutant, VARIANTS, Variant};
use crate::report::{Counterexample, tell};
use clap::Args;
use pkgsource_model::classes::CLASSES;
use pkgsource_model::clauses::{CLAUSES, Clause, ClauseId, ENTRIES, Kind};
use pkgsource_model::readings::{QUESTIONS, Question};
use pkgsource_model::words::PackageClass;

/// Arguments of `explain`.
#[derive(Debug, Clone, Args)]
pub(super) struct ExplainArgs {
    /// A clause (VER-1), a question (Q-VISIBLE), an entry of the register (IF-5), a class, a mutant or a variant
    #[arg(value_name = "ID")]
    id: String,
}

pub(super) fn run(args: &ExplainArgs) -> Result<Exit, Trouble> {
    super::print(&text(&args.id)?)?;
    Ok(Exit::Conforms)
}

/// The explanation of an id.
fn text(id: &str) -> Result<String, Trouble> {
    if let Some(clause) = ClauseId::by_text(id) {
        return clause_text(clause.clause());
    }
    if let Some(question) = Question::by_id(id) {
        return Ok(question_text(question));
    }
    if let Some(entry) = ENTRIES.iter().find(|entry| entry.id == id) {
        let because = match entry.kind {
            Kind::Permission(variant) => format!("proved by the correct variant `{variant}`"),
            Kind::Question(question) => format!("see {question}"),
            Kind::Excluded(reason) => reason.to_owned(),
            Kind::NotYet(needs) => format!("needs {needs}"),
        };
        return Ok(format!("{id}: {}\n  {}: {because}\n", entry.says, word(entry.kind)));
    }
    if let Ok(class) = id.parse::<PackageClass>() {
        return Ok(class_text(class));
    }
    if let Some(mutant) = Mutant::by_name(id) {
        let header = format!(
            "mutant {}: {}\n  breaks {}\n\n",
            mutant.name,
            mutant.says,
            mutant.clause.text()
        );
        return Ok(header + &story(mutant)?);
    }
    if let Some(variant) = Variant::by_name(id) {
        return Ok(format!(
            "variant {}: it {}\n  permitted by {}\n",
            variant.name, variant.says, variant.permitted_by
        ));
    }
    Err(Trouble::Usage(format!(
        "`{id}` is no clause, question, entry, class, mutant or variant; see `pkgsource list`"
    )))
}

fn clause_text(clause: &Clause) -> Result<String, Trouble> {
    let bound: Vec<&str> = CLASSES
        .iter()
        .filter(|row| clause.binds.binds(row.class))
        .map(|row| row.class.name())
        .collect();
    let bound =
        if bound.len() == CLASSES.len() { "all ten classes".to_owned() } else { bound.join(", ") };
    let mutants: Vec<&Mutant> =
        MUTANTS.iter().filter(|mutant| mutant.clause == clause.clause).collect();
    let names: Vec<&str> = mutants.iter().map(|mutant| mutant.name).collect();
    let mut text = format!(
        "{}: {}\n  force: {}\n  source: {}\n  binds: {bound}\n",
        clause.id,
        clause.says,
        clause.force.name(),
        clause.source
    );
    if !clause.presupposes.is_empty() {
        let ids: Vec<&str> = clause.presupposes.iter().map(|other| other.text()).collect();
        text += &format!(
            "  silent where one of these is broken in the same package: {}\n",
            ids.join(", ")
        );
    }
    if names.is_empty() {
        text += "  proved by: the laws between the two statements of the specification; it speaks where no other clause does\n";
        return Ok(text);
    }
    text += &format!(
        "  proved by: {}\n\nthe shortest story in which it is broken, by mutant:{}\n\n",
        names.join(", "),
        names[names.len() - 1]
    );
    match mutants.last() {
        Some(mutant) => Ok(text + &story(mutant)?),
        None => Ok(text),
    }
}

fn story(mutant: &Mutant) -> Result<String, Trouble> {
    let kill = kill(mutant, 1)?;
    let Some((plan, history)) = kill.example else {
        return Ok("  the suite finds no plan that shows it\n".into());
    };
    let requirements = crate::kill::requirements(mutant);
    let judgement = crate::verify::judge(std::slice::from_ref(&history), &requirements);
    let broken = judgement.broken().find(|(_, verdict)| verdict.clause == mutant.clause);
    let Some((class, verdict)) = broken else { return Ok(String::new()) };
    let events = verdict.broken.first().map(|breach| breach.events.clone()).unwrap_or_default();
    Ok(tell(&Counterexample {
        clause: mutant.clause,
        class,
        plan,
        history,
        events,
        repeat: String::new(),
        not_again: 0,
    }))
}

fn question_text(question: Question) -> String {
    let entry = question.entry();
    let mut text = format!(
        "{}: {}\n  left open by: {}\n  readings, strong to weak:\n",
        entry.id, entry.asks, entry.source
    );
    for reading in entry.readings {
        text += &format!("    {}\n", reading.name);
    }
    let who: Vec<&str> = entry.classes.iter().map(|class| class.name()).collect();
    let who = if who.is_empty() { "all ten classes".to_owned() } else { who.join(", ") };
    text += &format!("  concerns: {who}\n");
    let using: Vec<&str> = VARIANTS
        .iter()
        .filter(|variant| variant.permitted_by == entry.id)
        .map(|variant| variant.name)
        .collect();
    if !using.is_empty() {
        text += &format!("  seen in the variants: {}\n", using.join(", "));
    }
    text + &format!("  pin one: pkgsource verify --pin {}={}\n", entry.id, entry.readings[0].name)
}

fn class_text(class: PackageClass) -> String {
    let bound: Vec<&str> =
        CLAUSES.iter().filter(|clause| clause.binds.binds(class)).map(|clause| clause.id).collect();
    let asked: Vec<&str> =
        QUESTIONS.iter().filter(|entry| entry.concerns(class)).map(|entry| entry.id).collect();
    let entry = class.entry();
    let types: Vec<String> = class.package_types().iter().map(ToString::to_string).collect();
    format!(
        "{class}\n  method page: {}\n  PackageType: {}\n  promises the increment: {}\n  promises the points: {:?}\n  promises the child sites: {}\n  clauses: {}\n  questions: {}\n",
        entry.page,
        types.join(" or "),
        entry.increments,
        entry.points,
        entry.child_sites,
        bound.join(", "),
        asked.join(", ")
    )
}
