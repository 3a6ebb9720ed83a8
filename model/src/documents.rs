//! The documents: every page that the register cites, with its address, and what of the method pages becomes of every
//! sentence. A citation names a document of this list and a place in it, so that nothing can be cited that is not here.
//!
//! Data. No sentence of a document is copied; what one says is told in words of our own.

mod citation;
mod define;
mod list;
pub mod sentences;
mod table;

pub use citation::{Citation, at, said};
pub use table::Document;

/// Where a document is published, and so what its word is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Publisher {
    /// The product's reference: classes, properties and methods.
    Reference,
    /// The product's guide for developers: fundamentals and how-tos.
    Guide,
    /// The product's documentation for administrators.
    Administration,
    /// Microsoft's troubleshooting articles on content management.
    Troubleshooting,
    /// Earlier editions of the same documents.
    Earlier,
    /// Microsoft's knowledge base: what was called a bug.
    KnowledgeBase,
    /// Other pages of Microsoft.
    Microsoft,
    /// Somebody else: evidence of what is seen in the field, no promise.
    Field,
    /// This repository.
    Own,
}

impl Publisher {
    /// What every address of its documents begins with.
    #[must_use]
    pub fn begins(self) -> &'static str {
        match self {
            Self::Reference => "https://learn.microsoft.com/intune/configmgr/develop/reference/",
            Self::Guide => "https://learn.microsoft.com/intune/configmgr/develop/",
            Self::Administration => "https://learn.microsoft.com/intune/configmgr/core/",
            Self::Troubleshooting => {
                "https://learn.microsoft.com/troubleshoot/mem/configmgr/content-management/"
            }
            Self::Earlier => "https://learn.microsoft.com/previous-versions/",
            Self::KnowledgeBase => "https://support.microsoft.com/kb/",
            Self::Microsoft => "https://learn.microsoft.com/",
            Self::Field => "https://",
            Self::Own => "",
        }
    }

    /// The heading under which its documents are listed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reference => "Reference",
            Self::Guide => "Guide for developers",
            Self::Administration => "Documentation for administrators",
            Self::Troubleshooting => "Troubleshooting articles",
            Self::Earlier => "Earlier editions",
            Self::KnowledgeBase => "Knowledge base",
            Self::Microsoft => "Other pages of Microsoft",
            Self::Field => "From the field",
            Self::Own => "This repository",
        }
    }
}
