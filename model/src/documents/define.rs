//! Makes an enum of the documents' table, so that each document stands there once.

macro_rules! documents {
    ($($name:ident: $publisher:ident, $key:literal, $title:literal, $end:literal;)+) => {
        /// A document that is cited.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each is the document of that key")]
        pub enum Document {
            $($name),+
        }

        impl Document {
            /// Every document, method pages first.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The key under which it is cited.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            /// Its title.
            #[must_use]
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title),+ }
            }

            /// Who publishes it.
            #[must_use]
            pub fn publisher(self) -> Publisher {
                match self { $(Self::$name => Publisher::$publisher),+ }
            }

            pub(super) fn end(self) -> &'static str {
                match self { $(Self::$name => $end),+ }
            }
        }
    };
}

pub(super) use documents;
