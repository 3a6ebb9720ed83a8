//! Several instances of one adapter: they say what one says, none ends what belongs to another, and one that cannot join
//! is told and holds nobody up.

use super::signals::signals_at;
use super::{Ran, Stranger};
use std::fs;

const PLANS: &str = "--plans 40 --instances ";

fn run(mode: &'static str, instances: &str) -> (Ran, Vec<String>) {
    let stranger = Stranger::new(mode).with(&format!("{PLANS}{instances}"));
    let ran = stranger.run();
    let notes = fs::read_to_string(stranger.path("notes")).unwrap();
    (ran, notes.lines().map(str::to_owned).collect())
}

fn started(notes: &[String]) -> usize {
    notes.iter().filter(|line| line.starts_with("pid ")).count()
}

#[test]
fn four_instances_say_in_the_same_bytes_what_one_says() {
    for mode in
        ["honest, several", "has a version of 0, several", "exits at the first refresh, several"]
    {
        let (one, notes) = run(mode, "1");
        let alone = started(&notes);
        let (four, notes) = run(mode, "4");
        assert!(started(&notes) >= alone + 3, "`{mode}` was started {} times", started(&notes));
        if alone == 1 {
            // The first line names the folder of the run, which is not the same.
            let said = |ran: &Ran| {
                (ran.code, ran.out.lines().skip(1).collect::<String>(), ran.err.clone())
            };
            assert_eq!(said(&one), said(&four), "{mode}");
        } else {
            assert_eq!(one.code, four.code, "{mode}");
        }
    }
}

#[test]
fn the_end_of_one_instance_leaves_what_belongs_to_another() {
    for _ in 0..3 {
        let (ran, notes) = run("has a daemon that it needs", "4");
        assert_eq!(started(&notes), 8, "{notes:?}");
        assert!(!notes.contains(&"gone".to_owned()), "{notes:?}");
        assert!(!ran.out.contains("left behind"), "{}", ran.out);
    }
}

#[test]
fn an_instance_that_cannot_join_is_told_and_the_others_do_its_work() {
    let modes = ["starts once", "differs from the first"];
    let told = modes.map(|mode| {
        let stranger = Stranger::new(mode).with(&format!("{PLANS}3"));
        let ran = stranger.run();
        format!("{mode}: {}", ran.told(&stranger.path("").canonicalize().unwrap()))
    });
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_signal_ends_every_instance() {
    signals_at(
        &["honest, several", "hangs at refresh, deaf, several", "leaves a deaf daemon, several"],
        "--plans 1000 --instances 4",
        18,
    );
}
