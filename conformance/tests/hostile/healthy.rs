//! What is no fault: healthy adapters, pages, replies in any order, and an operation that no line can hold.

use crate::scene::{Scene, add_a_megabyte, ample, operations, refresh};
use pkgsource::adapter::Adapter;
use pkgsource::adapter::process::ProcessBounds;
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::{FilePath, ReturnValue};

#[test]
fn a_well_behaved_adapter_costs_nothing() {
    for behaviour in ["is well-behaved", "floods stderr"] {
        let scene = Scene::new();
        let replies = scene.session(behaviour, ample()).unwrap();
        assert_eq!(replies.len(), operations().len());
        assert_eq!(replies[2], Reply::Ok(Answer::Refreshed(ReturnValue::SUCCESS)));
        scene.assert_nobody_is_left(behaviour);
    }
}

#[test]
fn an_adapter_that_is_dropped_leaves_nobody() {
    let scene = Scene::new();
    let mut adapter = scene.start("is well-behaved", ample()).unwrap();
    scene.open(&mut adapter).unwrap();
    drop(adapter);
    scene.assert_nobody_is_left("is well-behaved");
}

#[test]
fn the_pages_of_a_content_are_one_answer() {
    let scene = Scene::new();
    let replies = scene.session("pages", ample()).unwrap();
    let Some(Reply::Ok(Answer::Content(Some(page)))) = replies.last() else {
        panic!("{replies:?}")
    };
    let paths: Vec<&str> = page.files.keys().map(FilePath::as_str).collect();
    assert_eq!((paths.join(" ").as_str(), &page.next), ("f0 f1 f2 f3 f4 f5 f6", &None));
    let asked = scene.noted("op").into_iter().filter(|op| op == "content").count();
    assert_eq!(asked, 3);
}

#[test]
fn replies_in_any_order_find_their_operations() {
    let scene = Scene::new();
    let mut adapter = scene.start("shuffles", ample()).unwrap();
    scene.open(&mut adapter).unwrap();
    let operations: Vec<_> = (0..640).map(|number| refresh(&format!("P{number}"))).collect();
    let replies = adapter.perform_all(&operations).unwrap();
    let expected: Vec<_> =
        (0..640).map(|number| Reply::Ok(Answer::Refreshed(ReturnValue(number)))).collect();
    assert_eq!(replies, expected);
    assert_eq!(adapter.perform_all(&[]).unwrap(), []);
    adapter.finish().unwrap();
}

#[test]
fn a_request_that_no_line_can_hold_is_left_out() {
    let scene = Scene::new();
    let mut adapter =
        scene.start("is well-behaved", ProcessBounds { frame_bytes: 100_000, ..ample() }).unwrap();
    scene.open(&mut adapter).unwrap();
    let reply = adapter.perform(&add_a_megabyte()).unwrap();
    assert!(matches!(reply, Reply::Unsupported(_)), "{reply:?}");
    adapter.perform(&refresh("PKG1")).unwrap();
    adapter.finish().unwrap();
}
