//! The themes of small histories: a tree, how a history begins, and the alphabet of what may follow. Each theme puts the
//! symbols together that have to do with one another, so that three in a row already say something.

use super::symbols::{
    Symbol, add_content, add_driver, assign, at_site, cancel, content, create, delete, edit,
    in_error, injection, lose, no_package, operable, put, redistribute, refresh, refresh_with,
    remove, reports, restore, schedule, version,
};
use pkgsource::plan::build::source;
use pkgsource_model::operation::Properties;
use pkgsource_model::words::{PackageClass, PointState, SourceFlag};

/// One theme.
pub(crate) struct Theme {
    pub(crate) name: &'static str,
    pub(crate) tree: &'static [&'static str],
    pub(crate) beginning: Vec<Symbol>,
    pub(crate) alphabet: Vec<Symbol>,
    /// How many steps an ordinary run takes.
    pub(crate) length: usize,
}

const ONE_POINT: &[&str] = &["PS1", "DP1@PS1"];
const TWO_SITES: &[&str] = &["PS1", "PS2<PS1", "DP1@PS1", "DP2@PS2"];
const ONE: Option<(Option<&str>, bool)> = Some((Some("one"), false));
const TWO: Option<(Option<&str>, bool)> = Some((Some("two"), false));
const ONE_AND_ADDED: Option<(Option<&str>, bool)> = Some((Some("one"), true));
const EMPTY: Option<(Option<&str>, bool)> = Some((None, false));

/// Every theme.
pub(crate) fn themes() -> Vec<Theme> {
    vec![
        core(),
        child_site(),
        properties(),
        lifetime(),
        no_source(),
        injected_drivers(),
        task_sequence(),
        added_content("added content", PackageClass::Driver),
        added_content("a class without promises", PackageClass::Content),
    ]
}

/// A package of a class, made from a source with one file.
fn begun(class: PackageClass) -> Vec<Symbol> {
    vec![edit("S1", "one"), create(class, Some("S1"), None)]
}

fn installed(version: u32) -> Symbol {
    reports("DP1", PointState::Installed, Some(version))
}

fn core() -> Theme {
    let alphabet = vec![
        edit("S1", "two"),
        refresh(0),
        refresh(5),
        in_error(refresh(0)),
        assign("DP1"),
        remove("DP1"),
        lose("S1"),
        restore("S1"),
        version(1, false),
        version(2, false),
        version(1, true),
        reports("DP1", PointState::None, None),
        installed(1),
        installed(2),
        reports("DP1", PointState::InstallPending, Some(1)),
        content("DP1", None),
        content("DP1", ONE),
        content("DP1", TWO),
        Symbol::Settled,
    ];
    let class = PackageClass::Package;
    Theme { name: "core", tree: ONE_POINT, beginning: begun(class), alphabet, length: 4 }
}

fn child_site() -> Theme {
    let child = |of| at_site("PS2", of);
    let alphabet = vec![
        refresh(0),
        refresh_with(0, None, Some("PS2"), None),
        refresh_with(5, None, Some("PS2"), None),
        assign("DP2"),
        remove("DP2"),
        redistribute("DP2"),
        version(1, false),
        version(2, false),
        at_site("PS1", None),
        at_site("PS1", Some((1, 1))),
        at_site("PS1", Some((2, 2))),
        child(None),
        child(Some((1, 0))),
        child(Some((1, 1))),
        child(Some((2, 0))),
        child(Some((2, 1))),
        child(Some((2, 2))),
        reports("DP2", PointState::Installed, Some(1)),
        reports("DP2", PointState::Installed, Some(2)),
        Symbol::Settled,
    ];
    let class = PackageClass::Package;
    let beginning = begun(class);
    Theme { name: "child site", tree: TWO_SITES, beginning, alphabet, length: 3 }
}

fn properties() -> Theme {
    let of = Properties::default;
    let alphabet = vec![
        put(Properties { name: Some("renamed".into()), ..of() }),
        put(Properties { share_name: Some("share$".into()), ..of() }),
        put(Properties { source: Some(source("S2")), ..of() }),
        put(Properties { source_version: Some(99), ..of() }),
        in_error(put(Properties { source_version: Some(99), ..of() })),
        put(Properties { source_flag: Some(SourceFlag::NoSource), ..of() }),
        put(Properties { refresh_pkg_source_flag: Some(true), ..of() }),
        schedule(16),
        in_error(schedule(16)),
        refresh(0),
        refresh_with(0, Some("c1"), None, None),
        refresh_with(5, None, None, Some(PackageClass::Image)),
        version(1, false),
        version(2, false),
        version(3, false),
        installed(1),
        installed(2),
        content("DP1", None),
        content("DP1", ONE),
        content("DP1", TWO),
        content("DP1", EMPTY),
        Symbol::Settled,
    ];
    let class = PackageClass::Package;
    let mut beginning = begun(class);
    beginning.extend([edit("S2", "two"), assign("DP1")]);
    Theme { name: "properties", tree: ONE_POINT, beginning, alphabet, length: 3 }
}

fn lifetime() -> Theme {
    let class = PackageClass::Package;
    let alphabet = vec![
        create(class, Some("S1"), None),
        delete(),
        assign("DP1"),
        remove("DP1"),
        cancel("DP1"),
        redistribute("DP1"),
        refresh(0),
        refresh(5),
        in_error(refresh(0)),
        no_package(),
        version(1, false),
        version(2, false),
        at_site("PS1", None),
        at_site("PS1", Some((1, 1))),
        reports("DP1", PointState::None, None),
        installed(1),
        reports("DP1", PointState::RemovalPending, None),
        content("DP1", None),
        content("DP1", ONE),
        content("DP1", EMPTY),
        Symbol::Settled,
    ];
    let beginning = vec![edit("S1", "one")];
    Theme { name: "lifetime", tree: ONE_POINT, beginning, alphabet, length: 4 }
}

fn no_source() -> Theme {
    let of = Properties::default;
    let direct = Some(SourceFlag::Direct);
    let alphabet = vec![
        put(Properties { source: Some(source("S1")), ..of() }),
        put(Properties { source_flag: direct, ..of() }),
        put(Properties { source: Some(source("S1")), source_flag: direct, ..of() }),
        put(Properties { refresh_pkg_source_flag: Some(true), ..of() }),
        lose("S1"),
        refresh(0),
        refresh(5),
        in_error(refresh(0)),
        version(1, false),
        version(1, true),
        version(2, false),
        reports("DP1", PointState::None, None),
        reports("DP1", PointState::InstallPending, None),
        installed(1),
        installed(2),
        content("DP1", None),
        content("DP1", EMPTY),
        content("DP1", ONE),
        Symbol::Settled,
    ];
    let class = PackageClass::Package;
    let beginning = vec![edit("S1", "one"), create(class, None, None), assign("DP1")];
    Theme { name: "no source", tree: ONE_POINT, beginning, alphabet, length: 3 }
}

fn injected_drivers() -> Theme {
    let alphabet = vec![
        add_driver(),
        refresh(0),
        refresh(5),
        refresh_with(0, Some("c1"), None, None),
        refresh_with(5, Some("c1"), None, None),
        refresh_with(0, Some(""), None, None),
        in_error(refresh_with(0, Some(""), None, None)),
        injection("c1", 0),
        injection("c1", 4),
        lose("S1"),
        version(1, false),
        version(2, false),
        version(2, true),
        installed(1),
        installed(2),
        content("DP1", ONE),
        content("DP1", ONE_AND_ADDED),
        Symbol::Settled,
    ];
    let class = PackageClass::BootImage;
    let mut beginning = begun(class);
    beginning.push(assign("DP1"));
    Theme { name: "injected drivers", tree: ONE_POINT, beginning, alphabet, length: 3 }
}

fn task_sequence() -> Theme {
    let alphabet = vec![
        put(Properties { name: Some("renamed".into()), ..Properties::default() }),
        edit("S1", "two"),
        refresh(0),
        refresh(5),
        operable(true),
        operable(false),
        version(1, false),
        version(2, false),
        reports("DP1", PointState::None, None),
        installed(1),
        installed(2),
        reports("DP1", PointState::ContentUpdating, Some(1)),
        content("DP1", None),
        content("DP1", ONE),
        content("DP1", TWO),
        Symbol::Settled,
    ];
    let class = PackageClass::TaskSequence;
    let mut beginning = begun(class);
    beginning.push(assign("DP1"));
    Theme { name: "task sequence", tree: ONE_POINT, beginning, alphabet, length: 3 }
}

fn added_content(name: &'static str, class: PackageClass) -> Theme {
    let alphabet = vec![
        add_content(false),
        add_content(true),
        edit("S1", "two"),
        refresh(0),
        lose("S1"),
        version(1, false),
        version(1, true),
        version(2, false),
        version(3, false),
        reports("DP1", PointState::None, None),
        installed(1),
        installed(2),
        content("DP1", None),
        content("DP1", ONE),
        content("DP1", ONE_AND_ADDED),
        content("DP1", TWO),
        Symbol::Settled,
    ];
    let mut beginning = begun(class);
    beginning.push(assign("DP1"));
    Theme { name, tree: ONE_POINT, beginning, alphabet, length: 3 }
}
