//! The algebra of changes: what an edit makes of the files of a source.

use pkgsource::adapter::body::record_of;
use pkgsource::plan::build;
use pkgsource_model::history::timeline::edited;
use pkgsource_model::operation::Change;
use pkgsource_model::words::{Body, Content, FilePath, FileRecord};
use quickcheck::{Arbitrary, Gen, QuickCheck};

/// Files of a few names, so that changes meet.
#[derive(Clone, Debug)]
struct Files(Content);

/// A change of one of those files.
#[derive(Clone, Debug)]
struct Delta(Change<FileRecord>);

fn arbitrary_path(g: &mut Gen) -> FilePath {
    build::path(g.choose(&["a", "b", "c/d", "é", "e\u{301}"]).expect("a list that is not empty"))
}

fn arbitrary_record(g: &mut Gen) -> FileRecord {
    let text = format!("text {}", u8::arbitrary(g) % 4);
    record_of(&Body::Text(text))
}

impl Arbitrary for Files {
    fn arbitrary(g: &mut Gen) -> Self {
        let count = u8::arbitrary(g) % 5;
        Self((0..count).map(|_| (arbitrary_path(g), arbitrary_record(g))).collect())
    }
}

impl Arbitrary for Delta {
    fn arbitrary(g: &mut Gen) -> Self {
        let path = arbitrary_path(g);
        Self(match u8::arbitrary(g) % 3 {
            0 => Change::Write { path, file: arbitrary_record(g), keep_time: bool::arbitrary(g) },
            1 => Change::Delete { path },
            _ => Change::Rename { from: path, to: arbitrary_path(g) },
        })
    }
}

fn changes(deltas: Vec<Delta>) -> Vec<Change<FileRecord>> {
    deltas.into_iter().map(|Delta(change)| change).collect()
}

#[test]
fn writing_a_new_file_and_deleting_it_restores_the_content() {
    fn law(Files(files): Files, Delta(change): Delta) -> bool {
        let (Change::Write { path, .. }
        | Change::Delete { path }
        | Change::Rename { from: path, .. }) = change;
        let file = record_of(&Body::Text("new".into()));
        let mut without = files.clone();
        without.remove(&path);
        let write = Change::Write { path: path.clone(), file, keep_time: false };
        let written = edited(files, std::slice::from_ref(&write));
        written.contains_key(&path) && edited(written, &[Change::Delete { path }]) == without
    }
    QuickCheck::new().quickcheck(law as fn(Files, Delta) -> bool);
}

#[test]
fn applying_changes_one_by_one_equals_applying_them_all() {
    fn law(Files(files): Files, deltas: Vec<Delta>) -> bool {
        let all = changes(deltas);
        let one_by_one = all
            .iter()
            .fold(files.clone(), |files, change| edited(files, std::slice::from_ref(change)));
        one_by_one == edited(files, &all)
    }
    QuickCheck::new().quickcheck(law as fn(Files, Vec<Delta>) -> bool);
}

#[test]
fn a_rename_moves_a_file_that_is_there_and_nothing_else() {
    fn law(Files(files): Files, from: u8, to: u8) -> bool {
        let path = |n: u8| build::path(["a", "b", "c/d"][usize::from(n % 3)]);
        let (from, to) = (path(from), path(to));
        let after = edited(files.clone(), &[Change::Rename { from: from.clone(), to: to.clone() }]);
        let expected = files.get(&from).copied().map_or_else(
            || files.clone(),
            |file| {
                let others = files.clone().into_iter().filter(|(path, _)| *path != from);
                others.chain([(to, file)]).collect()
            },
        );
        after == expected
    }
    QuickCheck::new().quickcheck(law as fn(Files, u8, u8) -> bool);
}
