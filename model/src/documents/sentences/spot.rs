//! A spot on a method page: a heading, a paragraph under it, a sentence of that.

use std::fmt;

/// The headings of a method page, in the usual order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// What stands before the first heading.
    Introduction,
    /// The box that warns.
    Caution,
    /// The signature.
    Syntax,
    /// The parameters; a line of the description of one counts as a sentence.
    Parameters,
    /// The return value.
    ReturnValues,
    /// The remarks.
    Remarks,
    /// What must be installed to run it.
    RuntimeRequirements,
    /// What must be installed to develop with it.
    DevelopmentRequirements,
    /// Related pages; a link counts as a sentence.
    SeeAlso,
}

/// A spot on a method page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Under which heading.
    pub heading: Heading,
    /// Which paragraph of it, from 1.
    pub paragraph: u8,
    /// Which sentence of that, from 1.
    pub sentence: u8,
}

impl Heading {
    fn name(self) -> &'static str {
        match self {
            Self::Introduction => "introduction",
            Self::Caution => "Caution",
            Self::Syntax => "Syntax",
            Self::Parameters => "Parameters",
            Self::ReturnValues => "Return Values",
            Self::Remarks => "Remarks",
            Self::RuntimeRequirements => "Runtime Requirements",
            Self::DevelopmentRequirements => "Development Requirements",
            Self::SeeAlso => "See Also",
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { heading, paragraph, sentence } = *self;
        let nth = |number| ordinal(number);
        f.write_str(heading.name())?;
        match heading {
            Heading::Caution
            | Heading::Syntax
            | Heading::RuntimeRequirements
            | Heading::DevelopmentRequirements => Ok(()),
            Heading::Parameters => write!(f, ", {} line", nth(sentence)),
            Heading::SeeAlso => write!(f, ", {} link", nth(sentence)),
            Heading::Introduction | Heading::ReturnValues | Heading::Remarks => {
                write!(f, ", {} paragraph, {} sentence", nth(paragraph), nth(sentence))
            }
        }
    }
}

fn ordinal(number: u8) -> String {
    let end = match number {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}
