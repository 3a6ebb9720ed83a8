//! Cases of the rules that both statements share, by hand and from the documents: nothing else can show an error there.

use super::*;

fn plain() -> Addressing {
    Addressing { context: ContextArgument::Absent, at_owner: true, own_class: true }
}

#[test]
fn nothing_stands_in_the_way_of_a_plain_call_on_a_package_with_a_source() {
    for class in PackageClass::ALL.into_iter().filter(|&c| c != PackageClass::TaskSequence) {
        assert_eq!(obstacles(class.entry(), plain(), true), [], "{class}");
    }
}

#[test]
fn only_a_boot_image_knows_a_context_and_for_it_only_an_empty_or_used_one_is_an_obstacle() {
    let with = |context| Addressing { context, ..plain() };
    let boot = PackageClass::BootImage.entry();
    let of = |class, context| obstacles(class, with(context), true);
    assert_eq!(of(boot, ContextArgument::Fresh), []);
    assert_eq!(of(boot, ContextArgument::Empty), [Obstacle::EmptyContext]);
    assert_eq!(of(boot, ContextArgument::Reused), [Obstacle::ReusedContext]);
    assert_eq!(of(boot, ContextArgument::OfAnother), [Obstacle::ContextOfAnother]);
    let regular = PackageClass::Package.entry();
    for given in [ContextArgument::Fresh, ContextArgument::Empty, ContextArgument::Reused] {
        assert_eq!(of(regular, given), [Obstacle::UndeclaredParameter]);
    }
}

#[test]
fn a_call_elsewhere_through_another_class_on_a_package_without_source_meets_three_obstacles() {
    let call = Addressing { at_owner: false, own_class: false, ..plain() };
    let met = obstacles(PackageClass::Vhd.entry(), call, false);
    assert_eq!(met, [Obstacle::ForeignSite, Obstacle::OtherClass, Obstacle::NoSource]);
}

#[test]
fn a_flag_may_be_refused_of_a_task_sequence_alone_and_only_where_the_readings_refuse_it() {
    let reading = |name| Readings::weakest().pinned(name).expect("a reading").0;
    let weakest = Readings::weakest();
    for class in PackageClass::ALL {
        let is_sequence = class == PackageClass::TaskSequence;
        assert_eq!(may_refuse_the_flag(class.entry(), &weakest), is_sequence, "{class}");
    }
    let sequence = PackageClass::TaskSequence.entry();
    assert!(may_refuse_the_flag(sequence, &reading("Q-TASK-SEQUENCE=refused")));
    assert!(!may_refuse_the_flag(sequence, &reading("Q-TASK-SEQUENCE=inoperable")));
}

#[test]
fn that_there_is_no_source_is_found_later_where_calls_are_refused_for_it_and_fail_later() {
    let reading = |of: Readings, name| of.pinned(name).expect("a reading").0;
    let weakest = Readings::weakest();
    assert!(may_find_no_source_later(&weakest));
    assert!(!may_find_no_source_later(&reading(weakest, "Q-NO-SOURCE=nothing")));
    assert!(!may_find_no_source_later(&reading(weakest, "Q-FAILURE=return_value")));
    let refused = reading(weakest, "Q-NO-SOURCE=refused");
    assert!(may_find_no_source_later(&reading(refused, "Q-FAILURE=later_status")));
}

#[test]
fn a_schedule_has_at_most_fifteen_tokens_and_a_direct_source() {
    assert!(schedule_is_allowed(15, SourceFlag::Direct));
    assert!(!schedule_is_allowed(16, SourceFlag::Direct));
    assert!(!schedule_is_allowed(1, SourceFlag::NoSource));
    assert!(schedule_is_allowed(0, SourceFlag::NoSource));
}

#[test]
fn injection_status_is_one_of_four_and_progress_ends_at_its_maximum() {
    let status =
        |status, progress| ContextStatus { status, progress, max_progress: 10, error_code: 0 };
    assert!((0..4).all(|code| injection_status_is_valid(
        status(code, 10),
        ContextUse::Before,
        false
    )));
    assert!(!injection_status_is_valid(status(4, 0), ContextUse::Before, false));
    assert!(!injection_status_is_valid(status(1, 11), ContextUse::Before, false));
}

#[test]
fn a_complete_injection_has_no_error_and_none_is_in_progress_when_nothing_is_left_to_do() {
    let status =
        |status, error_code| ContextStatus { status, progress: 10, max_progress: 10, error_code };
    assert!(injection_status_is_valid(status(2, -2_147_024_894), ContextUse::Before, true));
    assert!(injection_status_is_valid(status(0, 0), ContextUse::Before, true));
    assert!(!injection_status_is_valid(status(0, 2), ContextUse::Before, true));
    assert!(injection_status_is_valid(status(1, 0), ContextUse::Before, false));
    assert!(!injection_status_is_valid(status(1, 0), ContextUse::Before, true));
}

#[test]
fn an_action_is_one_of_six_and_none_when_nothing_is_left_to_do() {
    assert!((0..=5).all(|action| action_is_valid(action, false)));
    assert!(!action_is_valid(6, false));
    assert!(action_is_valid(0, true));
    assert!((1..=5).all(|action| !action_is_valid(action, true)));
}

#[test]
fn copies_are_promised_by_nine_classes_and_not_by_a_content_package() {
    let promising = PackageClass::ALL.map(|class| promises_copies(class.entry()));
    let all_but_content = PackageClass::ALL.map(|class| class != PackageClass::Content);
    assert_eq!(promising, all_but_content);
}

#[test]
fn nothing_need_come_of_a_call_where_neither_a_version_nor_a_copy_is_promised() {
    let weakest = Readings::weakest();
    let may = |class: PackageClass, touched| may_do_nothing(class.entry(), &weakest, touched);
    for class in PackageClass::ALL {
        let (before, after) = match class {
            PackageClass::Content => (true, true),
            PackageClass::TaskSequence => (false, true),
            _ => (false, false),
        };
        assert_eq!((may(class, false), may(class, true)), (before, after), "{class}");
    }
    let (raising, _) = weakest.pinned("Q-UNPROMISED=increments").expect("a reading");
    assert!(!may_do_nothing(PackageClass::Content.entry(), &raising, false));
}

#[test]
fn points_are_owed_by_eight_classes_by_a_task_sequence_while_unchanged_and_never_by_a_content_package()
 {
    let owes = |class: PackageClass, touched| owes_points(class.entry(), touched);
    for class in PackageClass::ALL {
        let (before, after) = match class {
            PackageClass::Content => (false, false),
            PackageClass::TaskSequence => (true, false),
            _ => (true, true),
        };
        assert_eq!((owes(class, false), owes(class, true)), (before, after), "{class}");
    }
}
