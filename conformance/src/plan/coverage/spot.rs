//! A spot is one value of one dimension, of any dimension: what coverage counts, alone and in pairs.

use super::dimensions::{
    After, Asked, Assigned, Before, Bytes, Change, Changed, Company, Files, Meanwhile, Name,
    Points, Sites, Size, Value, Version, Waiting,
};
use pkgsource_model::words::PackageClass;

/// One value of one dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot(u16);

/// Declares the dimensions in their order: each with its type and its question.
macro_rules! dimensions {
    ($($type:ident: $asks:literal;)+) => {
        /// A dimension.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the question beside each says what it is")]
        pub enum Dimension { Class, $($type),+ }

        impl Dimension {
            /// Every dimension, in order.
            pub const ALL: &[Self] = &[Self::Class, $(Self::$type),+];

            /// What it asks of a refresh.
            #[must_use]
            pub fn asks(self) -> &'static str {
                match self {
                    Self::Class => "of which class is the package?",
                    $(Self::$type => $asks,)+
                }
            }

            /// How many values it has.
            const fn len(self) -> usize {
                match self {
                    Self::Class => PackageClass::ALL.len(),
                    $(Self::$type => $type::ALL.len(),)+
                }
            }

            fn value(self, nth: usize) -> Value {
                match self {
                    Self::Class => Value {
                        name: PackageClass::ALL[nth].name(),
                        because: "a method page of its own",
                    },
                    $(Self::$type => $type::TABLE[nth],)+
                }
            }
        }

        $(impl From<$type> for Spot {
            fn from(value: $type) -> Self {
                Self::at(Dimension::$type, value as usize)
            }
        })+
    };
}

dimensions! {
    Points: "how many points of one site have it?";
    Sites: "where are its points?";
    Assigned: "which points have it?";
    Company: "which other packages are there?";
    Asked: "how is the update asked for?";
    Waiting: "what was given to it beside the source?";
    Before: "what falls between the last quiescent state and the refresh?";
    Meanwhile: "what falls between the refresh and the next quiescent state?";
    After: "what comes after that?";
    Version: "which version does the refresh make?";
    Files: "how many files has the version?";
    Changed: "how many files differ from the version before?";
    Name: "what is a file called that the refresh must bring?";
    Size: "how long is it?";
    Change: "what became of it?";
    Bytes: "what is it made of?";
}

/// Where each dimension's spots begin, and after the last how many there are.
const FIRST: [usize; Dimension::ALL.len() + 1] = {
    let mut first = [0; Dimension::ALL.len() + 1];
    let mut nth = 0;
    while nth < Dimension::ALL.len() {
        first[nth + 1] = first[nth] + Dimension::ALL[nth].len();
        nth += 1;
    }
    first
};

impl Dimension {
    /// The spots of this dimension, in order.
    pub fn spots(self) -> impl Iterator<Item = Spot> {
        (0..self.len()).map(move |nth| Spot::at(self, nth))
    }
}

impl Spot {
    /// How many there are in all dimensions.
    pub const COUNT: usize = FIRST[Dimension::ALL.len()];

    fn at(dimension: Dimension, nth: usize) -> Self {
        Self(u16::try_from(FIRST[dimension as usize] + nth).unwrap_or(u16::MAX))
    }

    /// Every spot, dimension by dimension.
    pub fn all() -> impl Iterator<Item = Self> {
        Dimension::ALL.iter().flat_map(|dimension| dimension.spots())
    }

    /// Its number, below [`Spot::COUNT`].
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Whose value it is.
    #[must_use]
    pub fn dimension(self) -> Dimension {
        let nth = FIRST.partition_point(|&first| first <= self.index()) - 1;
        Dimension::ALL[nth]
    }

    /// The value.
    #[must_use]
    pub fn value(self) -> Value {
        let dimension = self.dimension();
        dimension.value(self.index() - FIRST[dimension as usize])
    }
}

impl From<PackageClass> for Spot {
    fn from(class: PackageClass) -> Self {
        let nth = PackageClass::ALL.iter().position(|&known| known == class);
        Self::at(Dimension::Class, nth.unwrap_or_default())
    }
}
