//! `explain`: what an id means, where it comes from, whom it binds, what proves it, and the shortest failing story.

mod register;

use crate::exit::{Exit, Trouble};
use crate::kill::kill;
use crate::mutants::{Mutant, Variant, mutants, variants};
use crate::plan::generate::Scope;
use crate::plan::scenarios::scenarios;
use crate::plan::write_plan;
use crate::report::{Counterexample, nothing_hidden, tell};
use clap::Args;
use pkgsource_model::classes::CLASSES;
use pkgsource_model::clauses::{CLAUSES, Clause, ClauseId};
use pkgsource_model::readings::{QUESTIONS, Question};
use pkgsource_model::words::PackageClass;
use pkgsource_model::words::visible::visible_beginning;

/// Arguments of `explain`.
#[derive(Debug, Clone, Args)]
pub(super) struct ExplainArgs {
    /// A clause (VER-1), a question (Q-VISIBLE), a reading (Q-VISIBLE=eventually), an entry of the register (IF-5), a sentence of the method pages (S-COPY), an ambiguity (A6), a source (RPS-PKG), a class, a mutant, a variant or a scenario
    #[arg(value_name = "ID")]
    id: String,
}

pub(super) fn run(args: &ExplainArgs) -> Result<Exit, Trouble> {
    super::print(&text(&args.id)?)?;
    Ok(Exit::Conforms)
}

/// The explanation of an id: whatever a page or a report prints can be asked for.
fn text(id: &str) -> Result<String, Trouble> {
    if let Some(clause) = ClauseId::by_text(id) {
        return Ok(clause_text(clause.clause()));
    }
    if let Some(question) = Question::by_id(id) {
        return Ok(question_text(question));
    }
    if let Ok(class) = id.parse::<PackageClass>() {
        return Ok(class_text(class));
    }
    if let Some(mutant) = Mutant::by_name(id) {
        return Ok(mutant_text(mutant) + &story(mutant));
    }
    if let Some(variant) = Variant::by_name(id) {
        return Ok(variant_text(variant));
    }
    if let Some(text) = register::text(id) {
        return Ok(text);
    }
    let scope = Scope::everything();
    let scenarios = scenarios(&scope);
    if let Some(plan) = scenarios.iter().find(|plan| plan.name == id) {
        return Ok(format!(
            "scenario {id}: {}\n  its plan, for a file that `pkgsource replay FILE` runs:\n\n{}",
            plan.about,
            nothing_hidden(&write_plan(plan))
        ));
    }
    let mut ids: Vec<&str> = CLAUSES
        .iter()
        .map(|clause| clause.id)
        .chain(QUESTIONS.iter().map(|entry| entry.id))
        .chain(register::ids())
        .chain(PackageClass::ALL.iter().map(|class| class.name()))
        .chain(mutants().map(|mutant| mutant.name))
        .chain(variants().map(|variant| variant.name))
        .collect();
    ids.extend(scenarios.iter().map(|plan| plan.name.as_str()));
    Err(Trouble::Usage(format!(
        "`{}` is no clause, question, reading, entry, sentence, ambiguity, source, class, mutant, variant or scenario; see `pkgsource list`{}",
        visible_beginning(id, 80),
        super::near::meant(id, ids)
    )))
}

fn variant_text(variant: &Variant) -> String {
    let pins: Vec<String> = variant.pins.iter().map(|pin| pin.argument()).collect();
    let readings =
        if pins.is_empty() { String::new() } else { format!("  reads {}\n", pins.join(", ")) };
    format!(
        "variant {}: it {}\n  permitted by {}\n{readings}",
        variant.name, variant.says, variant.permitted_by
    )
}

fn clause_text(clause: &Clause) -> String {
    let bound: Vec<&str> = CLASSES
        .iter()
        .filter(|row| clause.binds.binds(row.class))
        .map(|row| row.class.name())
        .collect();
    let bound =
        if bound.len() == CLASSES.len() { "all ten classes".to_owned() } else { bound.join(", ") };
    let mutants: Vec<&Mutant> = mutants().filter(|mutant| mutant.clause == clause.clause).collect();
    let row = |mutant: &&Mutant| format!("    {}: {}\n", mutant.name, mutant.says);
    let names: Vec<String> = mutants.iter().map(row).collect();
    let mut text = format!(
        "{}: {}\n  force: {}\n{}  binds: {bound}\n",
        clause.id,
        clause.says,
        clause.force.name(),
        register::says_so(clause.cites)
    );
    if !clause.note.is_empty() {
        text += &format!("  note: {}\n", clause.note);
    }
    if !clause.examples.pins.is_empty() {
        text +=
            &format!("  can be broken only with --pin {}\n", clause.examples.pins.join(" --pin "));
    }
    // The plainest mutant of a clause is the first that is wrong in every class.
    let plainest = mutants.iter().find(|mutant| mutant.classes.is_empty()).or(mutants.first());
    let Some(plainest) = plainest else {
        text += "  proved by: the laws between the two statements of the specification; it speaks where no other clause does\n";
        return text;
    };
    text += &format!(
        "  proved by the mutants\n{}\nthe shortest story in which it is broken, by mutant:{}\n\n",
        names.concat(),
        plainest.name
    );
    text + &story(plainest)
}

/// What there is to know of a mutant besides its story.
fn mutant_text(mutant: &Mutant) -> String {
    let mut text =
        format!("mutant {}: {}\n  breaks {}\n", mutant.name, mutant.says, mutant.clause.text());
    for companion in mutant.companions {
        text += &format!("  breaks {}, too: {}\n", companion.clause.text(), companion.because);
    }
    if !mutant.classes.is_empty() {
        let names: Vec<&str> = mutant.classes.iter().map(|class| class.name()).collect();
        text += &format!("  wrong in: {}\n", names.join(", "));
    }
    for pin in mutant.pins {
        text += &format!("  under {}: {}\n", pin.argument(), mutant.pinned_because);
    }
    text + "\n"
}

fn story(mutant: &Mutant) -> String {
    let kill = kill(mutant, 1);
    let Some((plan, history)) = kill.example else {
        return "  the suite finds no plan that shows it\n".into();
    };
    let requirements = crate::kill::requirements(mutant);
    let judgement = crate::verify::judge(std::slice::from_ref(&history), &requirements);
    let own = judgement.broken().find(|(_, verdict)| verdict.clause == mutant.clause);
    let Some((class, verdict)) = own.or(judgement.broken().next()) else { return String::new() };
    let Some(breach) = verdict.broken.first().cloned() else { return String::new() };
    let clause = verdict.clause;
    let story = tell(&Counterexample {
        clause,
        counted_as: None,
        alone: Vec::new(),
        class,
        plan,
        history,
        breach,
        also: Vec::new(),
        is_gone_later: false,
        seen: None,
        repeat: String::new(),
    });
    if clause == mutant.clause {
        return story;
    }
    format!("  the suite does not accuse it of {}, but:\n\n{story}", mutant.clause.text())
}

fn question_text(question: Question) -> String {
    let entry = question.entry();
    let mut text = format!("{}: {}\n{}", entry.id, entry.asks, register::says_so(entry.cites));
    text += "  readings, strong to weak:\n";
    for reading in entry.readings {
        text += &format!("    {:<22} {}\n", reading.name, reading.says);
        let costs: Vec<&str> = reading.costs.iter().map(|cost| cost.text()).collect();
        if !costs.is_empty() {
            text += &format!("    {:<22} less is asked by {}\n", "", costs.join(", "));
        }
    }
    let who: Vec<&str> = entry.classes.iter().map(|class| class.name()).collect();
    let who = if who.is_empty() { "all ten classes".to_owned() } else { who.join(", ") };
    text += &format!("  concerns: {who}\n");
    let using: Vec<&str> = variants()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::read_plan;
    use pkgsource_model::words::visible::is_hidden;

    #[test]
    fn the_plan_of_every_scenario_is_one_line_a_step_with_nothing_hidden_and_can_be_read_back() {
        for plan in scenarios(&Scope::everything()) {
            let shown = nothing_hidden(&write_plan(&plan));
            assert!(
                !shown.chars().any(|letter| letter != '\n' && is_hidden(letter)),
                "{}",
                plan.name
            );
            assert_eq!(read_plan(&shown).as_ref(), Ok(&plan), "{}", plan.name);
        }
    }
}
