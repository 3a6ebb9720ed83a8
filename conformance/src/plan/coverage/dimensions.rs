//! The dimensions in which implementations go wrong, as data: every value with the real system that has the boundary.
//! A dimension says where a situation may differ from another; how a plan reaches it is in `array`, how it is
//! recognised in `recognise`.

/// One value of a dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    /// In a few words.
    pub name: &'static str,
    /// The system that has this boundary, or the mistake that it shows.
    pub because: &'static str,
}

/// Declares a dimension: an enum of its values, all of them in order, and the table that describes them.
macro_rules! dimension {
    ($(#[$doc:meta])* $type:ident { $($variant:ident: $name:literal, $because:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the table beside each value says what it is")]
        pub enum $type { $($variant),+ }

        impl $type {
            /// Every value, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// What each is called, and why it is there.
            pub const TABLE: &[Value] = &[$(Value { name: $name, because: $because }),+];
        }
    };
}

dimension! {
    /// How many points of one site have the package: the most over all sites.
    Points {
        One: "one point", "the least";
        Two: "two points", "a loop that ends after the first";
        Three: "three points", "a pair of old and new that is kept for two";
        Five: "five points", "Configuration Manager's default of five threads for a package";
        Six: "six points", "one more than five threads";
        Seven: "seven points", "a second batch of more than one";
    }
}

dimension! {
    /// Where the package's points are in the hierarchy.
    Sites {
        Owner: "at the owner alone", "the least";
        Child: "at a child site too", "content goes over a link first";
        ChildAlone: "at a child site alone", "an owner without a point of its own skips the package";
        ChildWithout: "a child site without a point", "a site that stores metadata only";
        Siblings: "at two child sites", "replication that ends after the first child";
        Grandchild: "at a site below a child site", "replication that goes one level deep";
    }
}

dimension! {
    /// Which of the sites' points have the package.
    Assigned {
        Every: "every point of every site", "a list that holds the exceptions and is empty";
        EveryOfASite: "every point of one site, not of another", "a site taken for a point group";
        Some: "a point of each site is left out", "content that is sent to all points known";
    }
}

dimension! {
    /// Which other packages there are.
    Company {
        Alone: "no other package", "the least";
        SamePoint: "another package at the same point", "a point that keeps one package";
        OtherPoint: "another package at another point", "points kept for the site, not for the package";
        SameSource: "another package of the same source", "a snapshot kept for the source, not for the package";
        SameFile: "another package with an equal file", "single-instance storage: the content library";
        Third: "two other packages", "Configuration Manager's default of three packages at a time";
    }
}

dimension! {
    /// How the update is asked for.
    Asked {
        Call: "by a call", "the least";
        AtChild: "by a call at a child site", "a call that is forwarded, and counted or lost on the way";
        Flag: "by RefreshPkgSourceFlag", "the other way to the same work, written twice";
        FlagBeside: "by the flag beside another property", "a Put that is taken for one thing alone";
        FlagAndSource: "by the flag beside another source path", "the old source, read before the new is kept";
    }
}

dimension! {
    /// What was given to the package beside its source since the last version.
    Waiting {
        Nothing: "nothing", "the least";
        One: "a driver, or content", "what waits is lost with a refresh that fails";
        Two: "two of them", "a slot for one";
    }
}

dimension! {
    /// What falls between the last quiescent state and the refresh, apart from edits.
    Before {
        Nothing: "nothing", "the least";
        Look: "a look", "a read that fills a cache";
        Assign: "a point is assigned", "a new point gets the source and not the version";
        Remove: "a point is removed", "a list of points that is walked while it shrinks";
        Return: "a point is removed and assigned again", "a point that is remembered as up to date";
        Redistribute: "a redistribution", "RefreshNow that reads the source";
        Cancel: "a cancel that comes too late", "a cancelled point that stays cancelled";
        Rename: "the name is written", "a Put that is taken for a changed package";
        Flag: "RefreshPkgSourceFlag is written false", "a flag whose presence counts and not its value";
        InVain: "a refresh in vain", "a failure that leaves a half-made snapshot behind";
        Unknown: "a refresh of an unknown package", "an error that ends the session";
        Twice: "two edits", "a watcher that merges events";
        Neighbour: "a refresh of another package", "one work queue for all packages";
        Moved: "the source path is written", "a comparison with the old source's files";
        Schedule: "a schedule is set", "a schedule that becomes due at once";
    }
}

dimension! {
    /// What falls between the refresh and the next quiescent state.
    Meanwhile {
        Nothing: "nothing", "the least";
        Look: "a look", "a version that shows before its content";
        LookTwice: "two looks", "a state that goes back";
        Edit: "an edit", "a source that is read when it is sent";
        EditAndRefresh: "an edit and a refresh", "a second call that is dropped while the first is at work";
        Refresh: "a refresh", "calls that are merged";
        Assign: "a point is assigned", "a point that gets the version before";
        Remove: "a point is removed", "content that arrives after the removal";
        Return: "a point is removed and assigned again", "a removal that overtakes the assignment";
        Redistribute: "a redistribution", "a second delivery that overtakes the first";
        Cancel: "a cancel", "a cancel that reaches other points or other packages";
        CancelAndRefresh: "a cancel, then a refresh", "a cancelled point that no refresh revives";
        CancelAndRetry: "a cancel, an edit, a redistribution", "a retry that reads the source";
        Lost: "the source is lost", "a source that is read when it is sent";
        Neighbour: "a refresh of another package", "two packages in one staging folder";
        Rename: "the name is written", "a Put that drops what is queued";
    }
}

dimension! {
    /// What falls between the quiescent state after the refresh and the next step of this kind.
    After {
        Nothing: "nothing", "the least";
        EditAndLook: "an edit that nobody refreshes", "a point that serves the source itself";
        EditAndRedistribute: "an edit, then a redistribution", "RefreshNow that reads the source";
        EditAndAssign: "an edit, then a point is assigned", "a late point that gets the source";
        Redistribute: "a redistribution", "a redistribution that raises the version";
        Return: "a point is removed, an edit, the point is assigned", "content that a removal left behind";
        Remove: "a point is removed", "a removal that takes the content of others";
        InVain: "a refresh in vain", "a failure that takes what was there";
        InVainTwice: "two refreshes in vain", "a failure that is shown once";
        Cancel: "a cancel that comes too late", "a cancel that takes what is installed";
        Delete: "another package is deleted", "a deletion by a prefix of the id, or of shared files";
        Flag: "RefreshPkgSourceFlag is written false", "a flag whose presence counts and not its value";
        Version: "SourceVersion is written", "a counter that clients can set";
        Twice: "a point is assigned twice", "a second row for one point";
    }
}

dimension! {
    /// The version that the refresh makes.
    Version {
        Second: "2", "the first refresh";
        Third: "3", "a delta from the first version instead of the last";
        Fourth: "4 to 8", "two versions kept in turn";
        Ninth: "9", "the last of one digit";
        Tenth: "10", "versions compared as text: 10 before 9";
        Eleventh: "11 or 12", "the first after the wrap";
        Later: "13 or more", "a history cut to a dozen";
    }
}

dimension! {
    /// How many files the version has.
    Files {
        None: "no file", "an empty package taken for a failure";
        One: "one file", "a file taken for a folder";
        Two: "two files", "the least that can be half of something";
        Few: "3 to 9 files", "the common case";
        Ten: "10 to 99 files", "numbered parts of one digit";
        Hundred: "100 files or more", "a page of a listing: 100 in many web interfaces";
    }
}

dimension! {
    /// How many files differ from the version before.
    Changed {
        None: "no file", "a refresh that is an update all the same";
        One: "one file", "the common case";
        Two: "two files", "the least that can be half done";
        Several: "three files or more", "a list cut short";
        Every: "every file of two or more", "a delta larger than the whole";
    }
}

dimension! {
    /// The name of a file that the refresh must bring.
    Name {
        Plain: "a plain name", "the least";
        Upper: "a name that differs in case", "Windows and macOS fold case";
        Dash: "a leading dash", "command lines take it for an option";
        Dot: "a leading dot", "shells' `*` leaves it out";
        Space: "a space", "unquoted shell words";
        LeadingSpace: "a leading space", "lines that are trimmed";
        TrailingSpace: "a trailing space", "Windows drops it";
        TrailingDot: "a trailing dot", "Windows drops it";
        GitIgnore: "`.gitignore`", "git obeys it";
        GitFolder: "a folder `.git`", "git takes it for its own";
        Cvs: "a folder `CVS`", "rsync's --cvs-exclude";
        Core: "`core`", "rsync's --cvs-exclude, clean-up jobs";
        Thumbs: "`Thumbs.db`", "Windows Explorer's own; synchronisers leave it out";
        DesktopIni: "`desktop.ini`", "Windows Explorer's own; synchronisers leave it out";
        DsStore: "`.DS_Store`", "Finder's own; synchronisers leave it out";
        Tilde: "a trailing tilde", "editors' backups";
        Lock: "`.#` and a name", "Emacs' locks";
        Swap: "`.swp`", "vim's swap files";
        Bak: "`.bak`", "backups";
        Tmp: "`.tmp`", "files that are being written";
        Part: "`.part`", "files that are being fetched";
        Old: "`.old`", "what a rename in two steps leaves";
        Manifest: "`manifest.json`", "an implementation's own records";
        Number: "a number alone", "folders named by version";
        Prefix: "a name that begins with another", "comparison by prefix";
        NoSuffix: "no suffix", "a file taken for a folder";
        Composed: "a composed letter", "Unicode NFC";
        Decomposed: "a decomposed letter", "Unicode NFD: macOS, rclone, syncthing normalise";
        Wide: "a letter outside the basic plane", "UTF-16 surrogates on Windows";
        Folding: "a letter that upper case makes two", "`ß` becomes `SS`";
        Marks: "marks that shells and addresses use", "`#`, `%`, `&`, `'` and `$` unquoted";
        Bracket: "brackets", "glob patterns";
        Longest: "255 bytes", "NAME_MAX, and no room for a suffix";
        LongPath: "a path of 260 bytes", "Windows' MAX_PATH";
        LongestPath: "a path of 1000 bytes", "buffers of 1024 with a prefix";
        Deep: "twelve folders deep", "recursion with a limit";
    }
}

dimension! {
    /// How long that file is; for a file that goes, how long it was.
    Size {
        Zero: "0 bytes", "an empty file taken for a missing one";
        One: "1 byte", "the least";
        UnderSector: "511 bytes", "one less than a sector, a block of tar";
        Sector: "512 bytes", "a sector, a block of tar";
        OverSector: "513 bytes", "one more than a sector";
        UnderPage: "4095 bytes", "one less than a page";
        Page: "4096 bytes", "a page, a block of most file systems";
        OverPage: "4097 bytes", "one more than a page";
        UnderWindow: "65535 bytes", "the largest 16-bit number";
        Window: "65536 bytes", "the capacity of a pipe, a window of SMB";
        OverWindow: "65537 bytes", "one more than a window";
        Large: "100001 bytes", "several windows and a rest";
    }
}

dimension! {
    /// What became of that file between two versions.
    Change {
        New: "new", "the least";
        Longer: "longer", "an overwrite that keeps the old length";
        Shorter: "shorter", "an overwrite that leaves the old end";
        SameSize: "of equal size", "rsync, rclone: size and time";
        Hidden: "of equal size and time", "rsync, rclone, make: size and time decide";
        KeptTime: "of another size, at the same time", "make: time alone decides";
        Touched: "written again with the same bytes", "a change that is none";
        Gone: "deleted", "copies that only add";
        Renamed: "renamed here", "content compared by bytes alone";
        RenamedOver: "renamed over another file", "a rename applied as a copy";
        Swapped: "its content exchanged with another's", "content compared as a set";
        Back: "as it was two versions ago", "a delta that is remembered for its result";
        Again: "deleted once and back", "a deletion that is remembered";
        FileToFolder: "a file that becomes a folder", "a copy into what stands there";
        FolderToFile: "a folder that becomes a file", "a copy into what stands there";
        Twin: "equal to another file of the version", "single-instance storage";
        Untouched: "unchanged while others change", "a delta taken for the whole";
    }
}

dimension! {
    /// What that file is made of.
    Bytes {
        Lines: "lines that end in LF", "the least";
        CrLf: "lines that end in CR LF", "git's autocrlf, FTP's text mode";
        ByteOrderMark: "a byte-order mark", "editors and converters drop it";
        Zeros: "mostly zeros", "strings that end at a zero, sparse files";
        Random: "bytes without order", "compression that makes it longer";
    }
}
