//! The ambiguities that an implementer meets in the documents, by the numbers under which histories and questions name
//! them, and the one entry, promise or question that each came to.

/// One ambiguity.
#[derive(Clone, Copy, Debug)]
pub struct Ambiguity {
    /// Its permanent id.
    pub id: &'static str,
    /// What is unclear.
    pub asks: &'static str,
    /// The id of what says what became of it.
    pub leads_to: &'static str,
}

const fn unclear(id: &'static str, asks: &'static str, leads_to: &'static str) -> Ambiguity {
    Ambiguity { id, asks, leads_to }
}

/// Every ambiguity, in the order of the numbers.
pub const AMBIGUITIES: &[Ambiguity] = &[
    unclear(
        "A1",
        "when does 0 come back: once the request is kept, or once it is carried out?",
        "IF-13",
    ),
    unclear("A2", "when is the new version there?", "Q-VISIBLE"),
    unclear("A3", "what is the version after a failed snapshot?", "Q-FAILED-VERSION"),
    unclear("A4", "do two calls before processing make one version or two?", "Q-INCREMENTS"),
    unclear("A5", "is a call during processing a pass of its own?", "CON-4"),
    unclear(
        "A6",
        "what does the condition ask for that the properties have not changed?",
        "Q-PROPERTIES",
    ),
    unclear("A7", "what does a refresh do to a task sequence?", "Q-TASK-SEQUENCE"),
    unclear("A8", "does the version of a content package rise?", "Q-UNPROMISED"),
    unclear("A9", "what does a refresh of a package without source do?", "Q-NO-SOURCE"),
    unclear("A10", "what becomes of a compressed source today?", "Q-FLAG"),
    unclear("A11", "is an empty ContextID one at all?", "Q-EMPTY-CONTEXT"),
    unclear("A12", "may a ContextID be unknown, or used again?", "Q-REUSED-CONTEXT"),
    unclear(
        "A13",
        "what becomes of a call at a site that does not own the package?",
        "Q-FOREIGN-SITE",
    ),
    unclear("A14", "does the method need the lock that a Put needs?", "CON-9"),
    unclear("A15", "which permission does the method need?", "IF-15"),
    unclear("A16", "is what may not be seen denied, or not found?", "Q-UNKNOWN"),
    unclear("A17", "which values other than 0 may come back?", "IF-4"),
    unclear(
        "A18",
        "which refresh brings the version to a point that is added after acceptance?",
        "DST-10",
    ),
    unclear(
        "A19",
        "may a point that is removed after acceptance receive it all the same?",
        "DST-2",
    ),
    unclear("A20", "what becomes of a refresh whose package is deleted meanwhile?", "IF-7"),
    unclear("A21", "in which state is a point while it is being updated?", "DST-3"),
    unclear("A22", "which version does a point report while it is being updated?", "Q-PENDING"),
    unclear("A23", "which number stands for an error in a status message?", "DST-25"),
    unclear("A24", "which numbers may a row of package status hold?", "DST-25"),
    unclear("A25", "which values has ActionInProgress, and when is it NONE again?", "IF-17"),
    unclear("A26", "which PackageType has SMS_VhdPackage?", "IF-20"),
    unclear(
        "A27",
        "is SourceDate when a version was made, or when the last point got it?",
        "VER-15",
    ),
    unclear("A28", "does RefreshNow read the source, or the site's library?", "Q-REDISTRIBUTE"),
    unclear("A29", "which property moves after ValidateNewPackageSource?", "CLS-12"),
    unclear("A30", "after how many versions is everything sent again?", "HIE-9"),
    unclear("A31", "what comes after the highest version?", "VER-18"),
    unclear("A32", "which status code is a success over REST?", "RMT-3"),
    unclear("A33", "does the case of a class name matter over REST?", "RMT-2"),
    unclear("A34", "do a schedule and a call at the same time make one version or two?", "SCH-7"),
    unclear("A35", "how many retries does a point get?", "FLT-2"),
    unclear("A36", "of what instant is a snapshot whose source changes meanwhile?", "Q-SNAPSHOT"),
];
