//! Where implementations have limits: blocks and windows of a comparison, pages of a listing, names that another system
//! keeps for itself, depth, and how much there may be at once.

use super::{delete, short};
use crate::plan::Build;
use crate::plan::build::{path, write};
use pkgsource_model::operation::Change;
use pkgsource_model::words::{Body, PackageClass};

/// The plans of one class.
pub(super) fn of_class(class: PackageClass, entries: &[&str]) -> Vec<Build> {
    let start =
        |name: &str, about: &str| Build::new(&format!("{name}-{}", short(class)), about, entries);
    vec![
        tails(start("tails", "the last bytes of long files change, at the same length"), class),
        listed(
            start(
                "listed",
                "140 files, most of which go at once, names that other systems keep or cannot tell apart, 24 folders",
            ),
            class,
        ),
        eight(start("eight", "eight packages are refreshed before anybody looks"), class),
    ]
}

/// Nothing but the end changes, behind the blocks by which copies are compared; then nothing but the beginning.
fn tails(begun: Build, class: PackageClass) -> Build {
    let texts = |nth: usize, first: char, last: &str| {
        let sizes = [4_096, 65_536, 131_072];
        let text = |size: usize| format!("{first}{}{last}", "x".repeat(size));
        let changes = sizes.map(|size| write(&format!("{size}.txt"), &text(size)));
        changes.into_iter().skip(nth).collect::<Vec<_>>()
    };
    begun
        .edit("S1", texts(0, 'a', "one"))
        .create("P1", class, "S1")
        .assign("P1", "DP1")
        .settle()
        .edit("S1", texts(0, 'a', "two"))
        .refresh("P1")
        .settle()
        .edit("S1", texts(1, 'a', "one"))
        .refresh("P1")
        .settle()
        .edit("S1", texts(0, 'b', "two"))
        .refresh("P1")
        .settle()
}

/// More files than a page of 128 names, and each name that is hard somewhere.
fn listed(begun: Build, class: PackageClass) -> Build {
    let many = (1..=140).map(|nth| write(&format!("page/{nth:03}.txt"), &format!("file {nth}")));
    let deep: Vec<String> = (1..=24).map(|level| level.to_string()).collect();
    let deep = format!("{}/deep.txt", deep.join("/"));
    let names = [
        "a:b.txt",
        "aux.txt",
        "con",
        "nul.txt/inside.txt",
        "COM1.log",
        "dot.",
        "space ",
        "a*b?.txt",
        "a|b.txt",
        "<a>.txt",
        "\"quoted\".txt",
        "%41.txt",
        "$HOME.txt",
        "~",
        "#1#",
        "-n",
        "+a=b;c,d",
        "copy (1).txt",
        "zero\u{200b}width.txt",
        "no\u{a0}break.txt",
        "wide\u{3000}space.txt",
        "\u{fb01}le.txt",
        "\u{212b}ngstr\u{f6}m.txt",
        "stra\u{df}e.txt",
        "\u{130}.txt",
    ];
    let names = names.iter().map(|name| write(name, name));
    let both = ["Case.txt", "case.txt", "case/folder/a.txt", "case/Folder/b.txt"];
    let both = both.iter().map(|name| write(name, name)).collect();
    begun
        .edit("S1", many.chain(names).chain([write(&deep, "deep")]).collect())
        .create("P1", class, "S1")
        .assign("P1", "DP1")
        .settle()
        .edit("S1", vec![write("page/140.txt", "changed"), write(&deep, "deeper")])
        .refresh("P1")
        .settle()
        .edit("S1", (1..=130).map(|nth| delete(&format!("page/{nth:03}.txt"))).collect())
        .refresh("P1")
        .settle()
        .edit("S1", both)
        .refresh("P1")
        .settle()
        .edit("S1", vec![delete("Case.txt"), delete("case/Folder/b.txt")])
        .refresh("P1")
        .settle()
}

/// More than the three packages that Configuration Manager works on at once, with ids of eight letters as it gives them,
/// which differ in the last, and one that is the beginning of the others.
fn eight(begun: Build, class: PackageClass) -> Build {
    let packages = [
        ("PS10000A", "S1"),
        ("PS10000B", "S2"),
        ("PS10000", "S3"),
        ("PS100010", "S4"),
        ("PS100011", "S5"),
        ("PS100012", "S6"),
        ("PS100013", "S7"),
        ("PS100014", "S8"),
    ];
    let edited = |plan: Build, text: &str| {
        packages.iter().fold(plan, |plan, (_, source)| plan.write(source, "a.txt", text))
    };
    let created = packages.iter().fold(edited(begun, "one"), |plan, (package, source)| {
        plan.create(package, class, source).assign(package, "DP1").assign(package, "DP2")
    });
    let changed = edited(created.settle(), "two, and longer");
    packages.iter().fold(changed, |plan, (package, _)| plan.refresh(package)).settle()
}

/// What takes long, so that one class stands for all: listings in pages of a thousand and of 4,096 names, a file behind
/// the sizes up to which it may be sent whole.
pub(super) fn once(class: PackageClass, another: PackageClass, entries: &[&str]) -> [Build; 2] {
    let filled = |nth: usize, class, about: &str, big: u64| {
        let names = (1..=nth).map(|at| write(&format!("many/{at:04}.txt"), &format!("file {at}")));
        let big = |seed| {
            let file = Body::Fill { seed, size: big };
            Change::Write { path: path("large.bin"), file, keep_time: false }
        };
        let last = format!("many/{nth:04}.txt");
        Build::new(
            &format!("{about}-{}", short(class)),
            &format!("{nth} files, and a large one"),
            entries,
        )
        .edit("S1", names.chain([big(1)]).collect())
        .create("P1", class, "S1")
        .assign("P1", "DP1")
        .settle()
        .edit("S1", vec![write(&last, "the last, changed"), big(2)])
        .refresh("P1")
        .settle()
    };
    [
        filled(1_001, class, "thousand", (4 << 20) + 1),
        filled(4_100, another, "four-thousand", (8 << 20) + 1),
    ]
}
