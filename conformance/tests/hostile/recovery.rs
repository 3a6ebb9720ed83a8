//! After a fault: an adapter is started again, as often as is allowed, and only as the same one.

use crate::scene::{Scene, ample, refresh};
use pkgsource::adapter::process::ProcessBounds;
use pkgsource::adapter::{Adapter, Opened};
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::ReturnValue;

#[test]
fn an_adapter_that_died_is_started_again_and_closes_its_plan() {
    let scene = Scene::new();
    let mut adapter = scene.start("dies for KILLER", ample()).unwrap();
    scene.open(&mut adapter).unwrap();
    adapter.perform(&refresh("KILLER")).unwrap_err();
    let still = adapter.perform(&refresh("PKG1")).unwrap_err().to_string();
    insta::assert_snapshot!(still, @"adapter fault during `refresh`: the process was stopped after an earlier fault");
    adapter.recover().unwrap();
    assert_eq!(adapter.restarts(), 1);
    scene.open(&mut adapter).unwrap();
    assert_eq!(
        adapter.perform(&refresh("PKG1")).unwrap(),
        Reply::Ok(Answer::Refreshed(ReturnValue::SUCCESS))
    );
    adapter.recover().unwrap();
    assert_eq!(adapter.restarts(), 1, "a living process is not started again");
    adapter.finish().unwrap();
    let asked: Vec<_> = scene.noted("op").into_iter().filter(|op| !op.starts_with("no_")).collect();
    assert_eq!(asked.join(" "), "hello open refresh hello close open refresh close");
    scene.assert_nobody_is_left("dies for KILLER");
}

#[test]
fn an_adapter_is_not_started_again_for_ever() {
    let scene = Scene::new();
    let mut adapter =
        scene.start("dies for KILLER", ProcessBounds { restarts: 2, ..ample() }).unwrap();
    for _ in 0..2 {
        adapter.perform(&refresh("KILLER")).unwrap_err();
        adapter.recover().unwrap();
    }
    adapter.perform(&refresh("KILLER")).unwrap_err();
    let refused = adapter.recover().unwrap_err().to_string();
    insta::assert_snapshot!(refused, @"adapter fault during `restart`: restarted 2 times already, not again");
}

#[test]
fn an_adapter_that_was_started_again_must_be_the_same() {
    let scene = Scene::new();
    let mut adapter = scene.start("changes its mind", ample()).unwrap();
    adapter.perform(&refresh("KILLER")).unwrap_err();
    let changed = adapter.recover().unwrap_err().to_string();
    insta::assert_snapshot!(changed, @"adapter fault during `hello`: the answer to `hello` differs from the one before the restart");
    scene.assert_nobody_is_left("changes its mind");
}

#[test]
fn a_plan_is_resumed_only_where_that_was_declared() {
    let scene = Scene::new();
    let mut adapter = scene.start("dies for KILLER and resumes", ample()).unwrap();
    scene.open(&mut adapter).unwrap();
    adapter.perform(&refresh("KILLER")).unwrap_err();
    assert_eq!(adapter.resume().unwrap(), Opened::Ready(Some(scene.folder.path().to_owned())));
    adapter.finish().unwrap();

    let scene = Scene::new();
    let mut adapter = scene.start("dies for KILLER", ample()).unwrap();
    scene.open(&mut adapter).unwrap();
    let refused = adapter.resume().unwrap_err().to_string();
    insta::assert_snapshot!(refused, @"adapter fault during `resume`: `survives_restart` is not declared");
}
