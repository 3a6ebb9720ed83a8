//! What is required of an implementation, as arguments: of all clauses or some, under which readings, from which set.

use crate::exit::Trouble;
use crate::requirements::Frozen;
use crate::shard::Asked;
use clap::{Args, ValueEnum};
use pkgsource_model::clauses::{CLAUSES, ClauseId, Force};
use pkgsource_model::judge::Requirements;
use pkgsource_model::readings::BadPin;
use pkgsource_model::words::PackageClass;

/// What is required, and what is left to be found.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "What is required")]
pub(super) struct RequirementArgs {
    /// Only this class; may be repeated
    #[arg(long, value_name = "CLASS", value_parser = super::near::class)]
    class: Vec<PackageClass>,
    /// Only this clause; may be repeated
    #[arg(long, value_name = "ID")]
    clause: Vec<String>,
    /// Judge by the clauses, forces and questions of a frozen set, e.g. 2026-11; `pkgsource list requirements` names all
    #[arg(long, value_name = "NAME")]
    requirements: Option<String>,
    /// Pin a question to a reading, e.g. Q-VISIBLE=at_return; may be repeated
    #[arg(long, value_name = "QUESTION=READING")]
    pin: Vec<String>,
    /// A broken clause of a weaker force is a remark
    #[arg(long, value_name = "FORCE", default_value = "implied")]
    at_least: ForceArg,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ForceArg {
    Implied,
    Described,
    Documented,
}

impl RequirementArgs {
    pub(super) fn requirements(&self) -> Result<Requirements, Trouble> {
        let clause = |text: &String| {
            let known = || CLAUSES.iter().map(|clause| clause.id).collect::<Vec<_>>().join(", ");
            ClauseId::by_text(text).ok_or_else(|| {
                let hint = super::near::repeat("--clause", text)
                    .unwrap_or_else(|| super::near::meant(text, super::near::clauses()));
                Trouble::Usage(format!("`{text}` is no clause; known: {}{hint}", known()))
            })
        };
        let mut required = Requirements {
            clauses: self.clause.iter().map(clause).collect::<Result<_, Trouble>>()?,
            classes: self.class.clone(),
            at_least: match self.at_least {
                ForceArg::Implied => Force::Implied,
                ForceArg::Described => Force::Described,
                ForceArg::Documented => Force::Documented,
            },
            ..Requirements::default()
        };
        for pin in &self.pin {
            required.pin(pin).map_err(|bad| {
                let hint = match bad {
                    BadPin::Unknown { .. } => super::near::pin(pin),
                    BadPin::Contradicts(_) => String::new(),
                };
                Trouble::Usage(format!("{bad}{hint}"))
            })?;
        }
        if let Some(frozen) = self.frozen()? {
            frozen.require(&mut required).map_err(|clause| {
                let set = &frozen.requirements;
                Trouble::Usage(format!("`{clause}` is no clause of the requirements {set}"))
            })?;
        }
        Ok(required)
    }

    /// The frozen set that is asked for.
    pub(super) fn frozen(&self) -> Result<Option<Frozen>, Trouble> {
        let frozen = |name: &String| {
            Frozen::by_name(name).map_err(|error| {
                let meant = super::near::meant(name, crate::requirements::names());
                Trouble::Usage(format!("{error}{meant}"))
            })
        };
        self.requirements.as_ref().map(frozen).transpose()
    }

    /// What was written, for a file.
    pub(super) fn asked(&self) -> Asked {
        let at_least = match self.at_least {
            ForceArg::Implied => Force::Implied,
            ForceArg::Described => Force::Described,
            ForceArg::Documented => Force::Documented,
        };
        Asked {
            classes: self.class.clone(),
            clauses: self.clause.clone(),
            requirements: self.requirements.clone(),
            pins: self.pin.clone(),
            at_least: at_least.name().to_owned(),
        }
    }

    /// The frozen set as arguments, for the line that repeats a counterexample; the rest is the settings'.
    pub(super) fn repeat(&self) -> String {
        let name = self.requirements.as_ref();
        name.map_or(String::new(), |name| format!("--requirements {name} "))
    }

    /// The same out of a file.
    pub(super) fn of(asked: &Asked) -> Result<Self, Trouble> {
        let at_least = ForceArg::from_str(&asked.at_least, false)
            .map_err(|_| Trouble::Usage(format!("`{}` is no force", asked.at_least)))?;
        Ok(Self {
            class: asked.classes.clone(),
            clause: asked.clauses.clone(),
            requirements: asked.requirements.clone(),
            pin: asked.pins.clone(),
            at_least,
        })
    }

    /// What differs from the defaults, as arguments.
    pub(super) fn arguments(&self) -> Vec<String> {
        let classes = self.class.iter().map(|class| format!("--class {class}"));
        let clauses = self.clause.iter().map(|clause| format!("--clause {clause}"));
        let pins = self.pin.iter().map(|pin| format!("--pin {pin}"));
        let mut words: Vec<String> = classes.chain(clauses).chain(pins).collect();
        words.extend(self.requirements.iter().map(|name| format!("--requirements {name}")));
        match self.at_least {
            ForceArg::Implied => {}
            ForceArg::Described => words.push("--at-least described".into()),
            ForceArg::Documented => words.push("--at-least documented".into()),
        }
        words
    }

    /// What differs from the defaults, in words.
    pub(super) fn changed(&self) -> Vec<String> {
        let pins = self.pin.iter().map(|pin| format!("pinned {pin}"));
        let clauses = self.clause.iter().map(|clause| format!("only clause {clause}"));
        let classes = self.class.iter().map(|class| format!("only class {class}"));
        let force = match self.at_least {
            ForceArg::Implied => None,
            ForceArg::Described => Some("described"),
            ForceArg::Documented => Some("documented"),
        };
        let force =
            force.map(|force| format!("required is what is {force}; weaker breaches are remarks"));
        pins.chain(clauses).chain(classes).chain(force).collect()
    }
}
