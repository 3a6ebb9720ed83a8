//! `classes.md`: what each of the ten method pages promises; then, for all classes and for each, what the call takes,
//! answers, does, what is seen meanwhile and what other operations do besides, each with its promise, and what is
//! excepted.

use super::{class_names, code, item, link, link_to, opening, table};
use crate::mutants::mutants;
use pkgsource_model::classes::{Additions, CLASSES, ClassEntry, Points};
use pkgsource_model::clauses::ClauseId::{
    Cls1, Cls3, Cls4, Cls5, Cls6, Cls8, Dst1, Dst2, Dst3, Dst4, Dst5, Dst7, Dst8, Dst9, Dst10,
    Explained, Flt6, Flt7, Hie1, Hie2, Hie3, Hie4, If4, If7, If8, If12, If16, If17, If18, Sch1,
    Ver1, Ver2, Ver3, Ver4, Ver5, Ver6, Ver7, Ver8, Ver11, Ver12, Ver13,
};
use pkgsource_model::clauses::{CLAUSES, Clause, ClauseId};
use pkgsource_model::readings::{QUESTIONS, Question, QuestionEntry};
use pkgsource_model::words::PackageClass;

const INTRODUCTION: &str = "
`SMS_PackageBaseclass` defines no method. Each class has a page of its own for it, and is bound by that page; keys are
explained in [sources.md](sources.md), where every sentence of each method page stands with what it leads to. Where a page does not
promise, nothing is required, and nothing is forbidden.

";

/// A promise to no more classes than this is their own, and its absence elsewhere is no exception.
const FEW: usize = 3;

/// What of the call something is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aspect {
    /// What goes in.
    Takes,
    /// What comes back.
    Answers,
    /// What the package, its points and its sites are in the end.
    Does,
    /// What is seen, at any time.
    Shows,
    /// What other operations do.
    Besides,
}

impl Aspect {
    const ALL: [Self; 5] = [Self::Takes, Self::Answers, Self::Does, Self::Shows, Self::Besides];

    fn name(self) -> &'static str {
        match self {
            Self::Takes => "takes",
            Self::Answers => "answers",
            Self::Does => "does",
            Self::Shows => "shows",
            Self::Besides => "besides",
        }
    }

    fn of_clause(clause: ClauseId) -> Self {
        match clause {
            If8 => Self::Takes,
            If4 | If7 | If16 => Self::Answers,
            Ver1 | Ver2 | Ver6 | Dst1 | Dst2 | Dst3 | Dst7 | Dst8 | Dst9 | Hie1 | Hie2 | Hie3
            | Flt6 | If12 | Cls1 | Cls3 | Cls6 => Self::Does,
            Ver3 | Ver4 | Ver11 | Ver12 | Ver13 | Dst4 | Dst5 | Hie4 | If17 | If18 | Cls4
            | Cls5 | Explained => Self::Shows,
            Ver5 | Ver7 | Ver8 | Dst10 | Flt7 | Cls8 | Sch1 => Self::Besides,
        }
    }

    fn of_question(question: Question) -> Self {
        match question {
            Question::UndeclaredParameter | Question::EmptyContext | Question::ReusedContext => {
                Self::Takes
            }
            Question::FailureShows
            | Question::UnknownPackage
            | Question::ForeignSite
            | Question::OtherClass
            | Question::ChangedProperties
            | Question::OtherSourceFlags => Self::Answers,
            Question::FailedVersion
            | Question::Unpromised
            | Question::Increments
            | Question::NoSource
            | Question::ChildWithoutPoint
            | Question::TaskSequence
            | Question::PointHealth
            | Question::ChangingSource
            | Question::Injection => Self::Does,
            Question::StatusReads | Question::VersionVisible | Question::PendingReport => {
                Self::Shows
            }
            Question::PutPath
            | Question::Redistribution
            | Question::AddedContent
            | Question::PropertyWrite
            | Question::Schedule => Self::Besides,
        }
    }
}

pub(super) fn page() -> String {
    let mut page = opening(
        "Classes",
        &[
            "model/src/classes.rs",
            "model/src/clauses/promises.rs",
            "model/src/readings/question/table.rs",
            "conformance/src/mutants.rs",
        ],
    );
    page += INTRODUCTION;
    page += &promises();
    page += "\n## Every class\n\nWhat binds all ten, and what is left open for all ten.\n\n";
    page += &aspects(
        |clause| bound(clause).len() == PackageClass::ALL.len(),
        |question| question.classes.is_empty(),
    );
    page.extend(CLASSES.iter().map(section));
    page
}

fn promises() -> String {
    let yes = |holds: bool| if holds { "yes" } else { "–" }.to_owned();
    let row = |entry: &ClassEntry| {
        [
            link("classes.md", entry.class.name()),
            types(entry.class),
            link_to(entry.page.key()),
            yes(entry.increments),
            points(entry.points).to_owned(),
            yes(entry.child_sites),
            yes(entry.context),
            remarks(entry),
        ]
    };
    table(
        [
            "class",
            "type",
            "page",
            "raises the version",
            "reaches the points",
            "reaches child sites",
            "`ContextID`",
            "besides",
        ],
        CLASSES.iter().map(row),
    )
}

fn types(class: PackageClass) -> String {
    class.package_types().iter().map(u32::to_string).collect::<Vec<_>>().join(" or ")
}

fn points(points: Points) -> &'static str {
    match points {
        Points::Promised => "yes",
        Points::WhileUnchanged => "while its properties have not changed",
        Points::NotPromised => "–",
    }
}

fn remarks(entry: &ClassEntry) -> String {
    let flag = entry.source_flag.map(|flag| format!("`PkgSourceFlag` is {} only", flag.number()));
    let additions = match entry.additions {
        Additions::None => None,
        Additions::Drivers => Some("drivers wait for the next refresh".to_owned()),
        Additions::Content => Some("content can be added".to_owned()),
    };
    let inoperable = entry.inoperable.then(|| "a refresh makes it inoperable".to_owned());
    [flag, additions, inoperable].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn bound(clause: &Clause) -> Vec<PackageClass> {
    PackageClass::ALL.into_iter().filter(|&class| clause.binds.binds(class)).collect()
}

/// Some promises and questions as a table, by what of the call they are about.
fn aspects(
    clauses: impl Fn(&Clause) -> bool,
    questions: impl Fn(&QuestionEntry) -> bool,
) -> String {
    let mut rows = Vec::new();
    for aspect in Aspect::ALL {
        let of = CLAUSES.iter().filter(|clause| clauses(clause));
        for clause in of.filter(|clause| Aspect::of_clause(clause.clause) == aspect) {
            let force = clause.force.name().to_owned();
            rows.push([
                aspect.name().to_owned(),
                clause.says.to_owned(),
                link_to(clause.id),
                force,
            ]);
        }
        let open = QUESTIONS.iter().filter(|question| questions(question));
        for entry in open.filter(|entry| Aspect::of_question(entry.question) == aspect) {
            let open = "left open".to_owned();
            rows.push([aspect.name().to_owned(), entry.asks.to_owned(), link_to(entry.id), open]);
        }
    }
    if rows.is_empty() {
        return "Nothing of its own.\n".to_owned();
    }
    table(["the call", "what", "promise or question", "force"], rows)
}

fn section(entry: &ClassEntry) -> String {
    let class = entry.class;
    let mut text = format!("\n## {}\n\n", class.name());
    item(&mut text, "method page", &link_to(entry.page.key()));
    item(&mut text, "`PackageType`", &types(class));
    item(&mut text, "besides", &remarks(entry));
    let own = mutants().filter(|mutant| mutant.classes.contains(&class));
    item(&mut text, "mutants that are wrong here and not everywhere", &code(own.map(|m| m.name)));
    text += "\nBesides what binds [every class](classes.md#every-class):\n\n";
    text += &aspects(
        |clause| clause.binds.binds(class) && bound(clause).len() < PackageClass::ALL.len(),
        |question| !question.classes.is_empty() && question.concerns(class),
    );
    let excepted: Vec<[String; 3]> = CLAUSES
        .iter()
        .filter(|clause| !clause.binds.binds(class) && bound(clause).len() > FEW)
        .map(|clause| [link_to(clause.id), clause.says.to_owned(), class_names(&bound(clause))])
        .collect();
    if !excepted.is_empty() {
        text += "\nExcepted, because no page of this class says so:\n\n";
        text += &table(["promise", "what is not asked here", "binds"], excepted);
    }
    text
}
