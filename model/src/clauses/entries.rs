//! Every entry of domain §9.1–9.7 that is not a promise: what is permitted, what is a question, what cannot be seen,
//! and what cannot be seen yet. So that nothing is missing by oversight.

/// What kind of entry it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An implementation may do it; proved by the named correct variant.
    Permission(&'static str),
    /// It is left open; the named question holds its readings.
    Question(&'static str),
    /// No client can see it, for the reason given.
    Excluded(&'static str),
    /// It needs overlap, faults or a clock; the reason says which.
    NotYet(&'static str),
}

/// One entry.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its id in domain §9.
    pub id: &'static str,
    /// What it says.
    pub says: &'static str,
    /// What became of it.
    pub kind: Kind,
}

const fn permission(id: &'static str, says: &'static str, variant: &'static str) -> Entry {
    Entry { id, says, kind: Kind::Permission(variant) }
}

const fn question(id: &'static str, says: &'static str, question: &'static str) -> Entry {
    Entry { id, says, kind: Kind::Question(question) }
}

const fn excluded(id: &'static str, says: &'static str, reason: &'static str) -> Entry {
    Entry { id, says, kind: Kind::Excluded(reason) }
}

const fn not_yet(id: &'static str, says: &'static str, needs: &'static str) -> Entry {
    Entry { id, says, kind: Kind::NotYet(needs) }
}

/// The entries, in the order of domain §9.
pub const ENTRIES: &[Entry] = &[
    excluded(
        "IF-1",
        "each of the ten classes has the method",
        "an adapter declares its classes, and a declared class that is not served is the adapter's fault",
    ),
    excluded(
        "IF-2",
        "no parameters but the boot image's ContextID",
        "a message has no others; see IF-8 and Q-PARAMETER",
    ),
    excluded(
        "IF-3",
        "the result is a signed 32-bit integer",
        "a message that holds another is the adapter's fault",
    ),
    permission(
        "IF-5",
        "a failure may arrive as an error without a return value",
        "fails-with-an-error",
    ),
    excluded(
        "IF-6",
        "provider errors and WMI errors differ by class",
        "the adapter has translated them",
    ),
    question("IF-9", "an undeclared parameter is a caller error", "Q-PARAMETER"),
    question("IF-11", "a package is addressed through its own class", "Q-CLASS"),
    permission("IF-13", "0 means accepted: source and points may still be untouched", "delayed"),
    excluded("IF-14", "accepted calls are audited", "no client operation reads the audit"),
    not_yet("IF-15", "an unauthorised call is refused", "callers with different rights"),
    question("VER-9", "a snapshot that failed leaves the version", "Q-FAILED-VERSION"),
    not_yet("VER-10", "a failing point does not roll the version back", "faults at points"),
    question("VER-14", "an application's package version may stay 1", "Q-UNPROMISED"),
    not_yet("VER-15", "SourceDate and LastRefreshTime do not go back", "a clock"),
    permission("DST-6", "unchanged files need not be sent again", "sends-everything"),
    permission("DST-11", "a refresh without points still increments", "synchronous"),
    question("DST-12", "a package without source has nothing to refresh", "Q-NO-SOURCE"),
    excluded(
        "DST-13",
        "the installed count drops once a refresh is accepted",
        "no summary counts are read",
    ),
    excluded(
        "DST-14",
        "the targeted count is unchanged by a refresh",
        "no summary counts are read",
    ),
    excluded(
        "DST-15",
        "installed, retrying and failed are within targeted",
        "no summary counts are read",
    ),
    not_yet("DST-16", "a point in maintenance mode receives nothing", "faults at points"),
    excluded(
        "DST-17",
        "a prestaged point receives nothing over the network",
        "how content travels is not read",
    ),
    excluded(
        "DST-18",
        "a point beside its site server is current with the site library",
        "where a point's files lie is not read",
    ),
    excluded("DST-19", "a pull point waits for a source point", "pull points are not told apart"),
    not_yet("DST-20", "a pull point's late success is accepted", "faults at points"),
    not_yet("DST-21", "LastCopied changes only on a copy", "a clock"),
    excluded(
        "DST-22",
        "an action reset is no evidence of arrival",
        "it binds the suite, which reads content back",
    ),
    permission("HIE-5", "metadata and files may arrive in either order", "reordering"),
    not_yet(
        "HIE-6",
        "an older replica is discarded",
        "overlap; that a site does not go back is VER-12",
    ),
    excluded(
        "HIE-7",
        "only the owning site reads the source",
        "seen only by its effect: VER-13 and DST-10",
    ),
    excluded(
        "HIE-8",
        "a secondary site's point is served by its own site",
        "the route is not read; the order is HIE-4",
    ),
    excluded("HIE-9", "a receiver too far behind gets the whole set", "what is sent is not read"),
    not_yet(
        "HIE-10",
        "RefreshNow causes no child replication",
        "a child site that is behind: faults",
    ),
    not_yet("FLT-1", "one failing point does not hold the others", "faults at points"),
    not_yet("FLT-2", "retries are bounded", "faults at points and a clock"),
    not_yet("FLT-3", "retrying, then failed", "faults at points and a clock"),
    not_yet("FLT-4", "a point that recovers in time converges", "faults at points"),
    not_yet("FLT-5", "a failed point serves its old version", "faults at points"),
    not_yet("FLT-8", "a cancel has no effect on a site server's own point", "faults at points"),
    not_yet("FLT-9", "a retry does not raise the version", "faults at points"),
    not_yet(
        "FLT-10",
        "a retry of a local point does not resend to child sites",
        "faults at points",
    ),
    not_yet("FLT-11", "a crash loses no accepted refresh", "faults at the server"),
    excluded("CON-1", "one processing thread for a package", "threads are not read"),
    excluded("CON-2", "packages proceed independently up to a limit", "threads are not read"),
    question("CON-3", "k accepted calls make 1 to k increments", "Q-INCREMENTS"),
    not_yet("CON-4", "a call accepted while processing is not lost", "overlap"),
    not_yet("CON-5", "a point still receiving v ends at v+1", "overlap"),
    excluded("CON-6", "at most 50 pull jobs", "jobs are not read"),
    excluded(
        "CON-7",
        "one transfer at a time where bandwidth is controlled",
        "transfers are not read",
    ),
    excluded("CON-8", "one job, one thread", "threads are not read"),
    not_yet("CON-9", "a stale object version and a foreign lock", "overlap of clients"),
    not_yet("CON-10", "a manual refresh does not disturb the schedule", "a clock"),
    excluded(
        "CLS-2",
        "task sequence and content package promise neither increment, copy nor replication",
        "an absence: those rows bind nothing there",
    ),
    excluded(
        "CLS-7",
        "a compressed source's medium must be ready",
        "only editions before the current one say so; the flag is obsolete (A10)",
    ),
    not_yet("SCH-2", "a due token updates the source at the points", "a clock"),
    excluded(
        "SCH-3",
        "a schedule string reads back as it was written",
        "no read returns it; a law of our own codec",
    ),
    excluded(
        "SCH-4",
        "years outside 1970 to 2033 cannot be encoded",
        "a token that holds one does not exist in a message",
    ),
    not_yet("SCH-5", "day 0 is the month's last", "a clock"),
    excluded("RMT-1", "all surfaces report the same value", "an adapter stands on one surface"),
    excluded("RMT-2", "the shape of a REST call", "it is the adapter's"),
    excluded(
        "RMT-3",
        "a 2xx with a non-zero value is a failed call",
        "it is the adapter's; the value is judged by IF-4",
    ),
    excluded("RMT-4", "a status code does not tell denied from missing", "it is the adapter's"),
    excluded("RMT-5", "the shape of a WS-Management call", "it is the adapter's"),
];
