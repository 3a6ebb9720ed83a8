//! Adapters that misbehave, as real processes. Each costs one clear line that names the adapter's fault, within its
//! bound, and leaves no process behind. The programs are in `hostile/hostile.py`, by the name that the tests use.

#[cfg(test)]
mod tests {
    use pkgsource::adapter::process::{ProcessAdapter, ProcessBounds};
    use pkgsource::adapter::{Adapter, AdapterFault, Opened};
    use pkgsource_model::history::{PointEntry, SiteEntry, Tree};
    use pkgsource_model::operation::Operation;
    use pkgsource_model::reply::{Answer, Reply};
    use pkgsource_model::words::{
        Body, FilePath, PackageClass, PackageId, PointName, ReturnValue, SiteCode,
    };
    use std::ffi::OsString;
    use std::fs;
    use std::path::PathBuf;
    use std::time::{Duration, Instant};
    use tempfile::TempDir;

    /// A bound that a healthy answer keeps on the busiest machine.
    const AMPLE: Duration = Duration::from_secs(30);

    /// A bound that is meant to be broken.
    const SHORT: Duration = Duration::from_millis(300);

    /// How much later than its bound a fault may be told, on a busy machine.
    const LATE: Duration = Duration::from_secs(20);

    fn ample() -> ProcessBounds {
        let bounds = ProcessBounds::default();
        ProcessBounds { start: AMPLE, request: AMPLE, refresh: AMPLE, close: AMPLE, ..bounds }
    }

    /// A folder for one adapter, with the notes that it takes.
    struct Scene {
        folder: TempDir,
    }

    impl Scene {
        fn new() -> Self {
            Self { folder: TempDir::new().unwrap() }
        }

        fn notes(&self) -> PathBuf {
            self.folder.path().join("notes")
        }

        fn command(&self, behaviour: &str) -> Vec<OsString> {
            let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile/hostile.py");
            vec!["python3".into(), script.into(), behaviour.into(), self.notes().into()]
        }

        fn start(
            &self,
            behaviour: &str,
            bounds: ProcessBounds,
        ) -> Result<ProcessAdapter, AdapterFault> {
            ProcessAdapter::start(&self.command(behaviour), bounds, 7)
        }

        fn open(&self, adapter: &mut ProcessAdapter) -> Result<Opened, AdapterFault> {
            adapter.open("p1", &tree(), self.folder.path())
        }

        /// A whole session, to its end or to the first fault.
        fn session(
            &self,
            behaviour: &str,
            bounds: ProcessBounds,
        ) -> Result<Vec<Reply<Answer>>, AdapterFault> {
            let mut adapter = self.start(behaviour, bounds)?;
            self.open(&mut adapter)?;
            let mut replies = Vec::new();
            for operation in operations() {
                replies.push(adapter.perform(&operation)?);
            }
            adapter.close()?;
            adapter.close()?;
            adapter.finish()?;
            Ok(replies)
        }

        /// What was noted after this word.
        fn noted(&self, word: &str) -> Vec<String> {
            let notes = fs::read_to_string(self.notes()).unwrap_or_default();
            let after = notes.lines().filter_map(|line| line.strip_prefix(word)?.strip_prefix(' '));
            after.map(str::to_owned).collect()
        }

        fn assert_nobody_is_left(&self, behaviour: &str) {
            for pid in self.noted("pid") {
                let until = now() + LATE;
                while is_running(&pid) {
                    assert!(now() < until, "`{behaviour}` left process {pid} behind");
                    std::thread::yield_now();
                }
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "these tests are about bounds on real processes")]
    fn now() -> Instant {
        Instant::now()
    }

    /// A zombie is not running: it only waits for whoever adopted it.
    fn is_running(pid: &str) -> bool {
        let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else {
            let pid = rustix::process::Pid::from_raw(pid.parse().unwrap()).unwrap();
            return rustix::process::test_kill_process(pid).is_ok();
        };
        let state = stat.rsplit(") ").next().and_then(|rest| rest.chars().next());
        !matches!(state, Some('Z' | 'X'))
    }

    fn tree() -> Tree {
        let site = SiteCode::new("PS1").unwrap();
        Tree {
            sites: vec![SiteEntry { site: site.clone(), parent: None }],
            points: vec![PointEntry { point: point(), site }],
        }
    }

    fn package(name: &str) -> PackageId {
        PackageId::new(name).unwrap()
    }

    fn point() -> PointName {
        PointName::new("DP1").unwrap()
    }

    fn refresh(name: &str) -> Operation<Body> {
        Operation::Refresh { package: package(name), context: None, at: None, class: None }
    }

    fn content() -> Operation<Body> {
        Operation::Content { package: package("PKG1"), point: point(), after: None }
    }

    /// More than a pipe holds.
    fn add_a_megabyte() -> Operation<Body> {
        Operation::AddContent {
            package: package("PKG1"),
            path: FilePath::new("added/a.bin").unwrap(),
            file: Body::Fill { seed: 1, size: 1_000_000 },
            refresh_points: false,
        }
    }

    fn operations() -> [Operation<Body>; 6] {
        let id = package("PKG1");
        [
            Operation::Create {
                package: id.clone(),
                class: PackageClass::Package,
                source: None,
                source_flag: None,
            },
            Operation::Assign { package: id.clone(), point: point() },
            refresh("PKG1"),
            add_a_megabyte(),
            Operation::Package { package: id },
            content(),
        ]
    }

    /// The fault of a behaviour as its report says it; `bounds` are all ample but for the one that is to be broken.
    fn fault_with(behaviour: &str, bounds: ProcessBounds) -> String {
        let scene = Scene::new();
        let started = now();
        let fault = scene.session(behaviour, bounds).expect_err(behaviour);
        assert!(started.elapsed() < LATE, "`{behaviour}` took {:?}", started.elapsed());
        scene.assert_nobody_is_left(behaviour);
        let line = fault.to_string();
        assert!(!line.contains(char::is_control), "`{behaviour}` costs one line: {line}");
        format!("{behaviour}: {line}")
    }

    fn faults(behaviours: &[&str], bounds: ProcessBounds) -> String {
        let faults: Vec<String> =
            behaviours.iter().map(|behaviour| fault_with(behaviour, bounds)).collect();
        faults.join("\n").replace("adapter fault during ", "")
    }

    #[test]
    fn a_process_that_ends_is_told_with_its_status_and_what_it_started_is_gone() {
        let ends = [
            "exits at once",
            "dies of a signal",
            "exits in mid-reply",
            "exits and leaves a sleeper",
            "exits and leaves a daemon",
        ];
        insta::assert_snapshot!(faults(&ends, ample()), @"
        exits at once: `hello`: the process ended (exit status 3) with the reply outstanding
        dies of a signal: `refresh`: the process ended (signal 11) with the reply outstanding
        exits in mid-reply: `refresh`: the process ended (exit status 0) with the reply outstanding
        exits and leaves a sleeper: `refresh`: the process ended (exit status 3) with the reply outstanding
        exits and leaves a daemon: `refresh`: the process ended (exit status 3) with the reply outstanding
        ");
    }

    #[test]
    fn a_program_that_is_not_there_cannot_be_started() {
        let command = ["/no/such/program".into()];
        let fault = ProcessAdapter::start(&command, ample(), 7).unwrap_err().to_string();
        insta::assert_snapshot!(fault, @"adapter fault during `start`: the program cannot be started: `/no/such/program`: No such file or directory (os error 2)");
        let fault = ProcessAdapter::start(&[], ample(), 7).unwrap_err().to_string();
        insta::assert_snapshot!(fault, @"adapter fault during `start`: the program cannot be started: the command is empty");
    }

    #[test]
    fn silence_costs_the_bound() {
        let at_start = ["says nothing", "begins a line"];
        insta::assert_snapshot!(faults(&at_start, ProcessBounds { start: SHORT, ..ample() }), @"
        says nothing: `hello`: no reply within 300 ms
        begins a line: `hello`: no reply within 300 ms
        ");
        let at_refresh = [
            "trickles",
            "hangs with a sleeper",
            "hangs with a silent sleeper",
            "ignores SIGTERM",
            "closes its input",
            "closes its output",
        ];
        insta::assert_snapshot!(faults(&at_refresh, ProcessBounds { refresh: SHORT, ..ample() }), @"
        trickles: `refresh`: no reply within 300 ms
        hangs with a sleeper: `refresh`: no reply within 300 ms
        hangs with a silent sleeper: `refresh`: no reply within 300 ms
        ignores SIGTERM: `refresh`: no reply within 300 ms
        closes its input: `refresh`: the process closed its standard input, and no reply came within 300 ms
        closes its output: `refresh`: the process closed its standard output and goes on running
        ");
    }

    /// The request after the refresh is larger than a pipe. Its bound is also that of the healthy requests before it.
    #[test]
    fn a_process_that_never_reads_costs_the_bound() {
        let bounds = ProcessBounds { request: Duration::from_secs(3), ..ample() };
        insta::assert_snapshot!(faults(&["never reads"], bounds), @"never reads: `add_content`: no reply within 3000 ms");
    }

    #[test]
    fn a_line_that_is_no_reply_is_shown() {
        let lines = [
            "greets",
            "writes no JSON",
            "writes an array",
            "writes an empty line",
            "writes no UTF-8",
            "writes a deep line",
            "writes 100 MB",
            "writes a line of 100 MB",
        ];
        insta::assert_snapshot!(faults(&lines, ample()), @r#"
        greets: `hello`: a line is not a reply: it is not JSON: expected value at column 1: `Starting...`
        writes no JSON: `refresh`: a line is not a reply: it is not JSON: EOF while parsing an object at column 15: `{"id":5,"ok":{}`
        writes an array: `refresh`: a line is not a reply: it is not a JSON object: `[6,{"return_value":0}]`
        writes an empty line: `refresh`: a line is not a reply: it is empty: ``
        writes no UTF-8: `refresh`: a line is not a reply: it is not UTF-8 from byte 15: `{"id":5,"ok":{"��":0}}`
        writes a deep line: `refresh`: a line is not a reply: it is not JSON: EOF while parsing a list at column 100012: `{"id":6,"x":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…`
        writes 100 MB: `refresh`: a line is longer than 16777216 bytes
        writes a line of 100 MB: `refresh`: a line is longer than 16777216 bytes
        "#);
    }

    #[test]
    fn a_reply_that_nobody_waits_for_is_a_fault() {
        let ids = [
            "answers another id",
            "answers without an id",
            "answers twice",
            "answers what nobody asked",
            "answers before it is asked",
        ];
        insta::assert_snapshot!(faults(&ids, ample()), @r#"
        answers another id: `refresh`: a reply to id 4711, which is not waiting for one
        answers without an id: `refresh`: a line is not a reply: it has no `id`: `{"ok":{"return_value":0}}`
        answers twice: `refresh`: a reply to id 5, which is not waiting for one
        answers what nobody asked: `refresh`: a reply to id 4711, which is not waiting for one
        answers before it is asked: `unknown operation`: a reply to id 2, which is not waiting for one
        "#);
    }

    #[test]
    fn a_reply_that_does_not_fit_its_request_is_a_fault() {
        let replies = [
            "answers two ways",
            "answers no way",
            "returns no value",
            "returns too much",
            "returns a text",
            "stays on a page",
            "names no page",
        ];
        insta::assert_snapshot!(faults(&replies, ample()), @r#"
        answers two ways: `refresh`: a line is not a reply: it has both `ok` and `unknown`: `{"id":6,"ok":{"return_value":0},"unknown":{"message":"?"}}`
        answers no way: `refresh`: a line is not a reply: it has none of `ok`, `error`, `unknown`, `unsupported` and `adapter_error`: `{"id":6,"done":{}}`
        returns no value: `refresh`: the `ok` of `refresh` lacks `return_value`
        returns too much: `refresh`: a line is not a reply: invalid value: integer `2147483648`, expected i32: `{"id": 6, "ok": {"return_value": 2147483648}}`
        returns a text: `refresh`: a line is not a reply: invalid type: string "0", expected i32: `{"id": 6, "ok": {"return_value": "0"}}`
        stays on a page: `content`: the page of `content` after `f2` has the file `f0`, which is not after it
        names no page: `content`: the `next` of a page of `content` is `f6`, which is not the last file in it
        "#);
    }

    #[test]
    fn a_promise_that_is_not_kept_is_a_fault() {
        let promises = [
            "answers anything",
            "fails at anything",
            "does not serve",
            "refuses hello",
            "speaks protocol 2",
            "has an unknown class",
            "has no window",
            "cannot open",
            "errs at open",
            "has no sources",
            "has sources nowhere",
            "does not close",
        ];
        insta::assert_snapshot!(faults(&promises, ample()), @"
        answers anything: `unknown operation`: an operation that does not exist was answered `ok`, not `unsupported`
        fails at anything: `unknown operation`: an operation that does not exist was answered `adapter_error`, not `unsupported`
        does not serve: `refresh`: `refresh` is declared in `hello` and answered `unsupported`
        refuses hello: `hello`: the answer to `hello` is `unsupported`, not `ok`
        speaks protocol 2: `hello`: the answer to `hello` speaks protocol 2; the suite speaks 1 to 1
        has an unknown class: `hello`: the answer to `hello` cannot be read: unknown variant `SMS_Nothing`, expected one of `SMS_Package`, `SMS_ContentPackage`, `SMS_DriverPackage`, `SMS_TaskSequencePackage`, `SMS_SoftwareUpdatesPackage`, `SMS_DeviceSettingPackage`, `SMS_ImagePackage`, `SMS_BootImagePackage`, `SMS_OperatingSystemInstallPackage`, `SMS_VhdPackage`
        has no window: `hello`: the answer to `hello` has a `window` of 0
        cannot open: `open`: the adapter reports: no such server (5)
        errs at open: `open`: `open` was answered `error`: no room
        has no sources: `open`: the `ok` of `open` lacks `sources`
        has sources nowhere: `open`: the `sources` of `open` is not a folder: `/no/such/folder`
        does not close: `close`: `close` was answered `unsupported`: not now
        ");
    }

    #[test]
    fn the_end_of_input_is_the_end() {
        insta::assert_snapshot!(faults(&["talks at the end"], ample()), @"talks at the end: `exit`: a line is not a reply: it is not JSON: expected value at column 1: `Goodbye.`");
        let bounds = ProcessBounds { close: Duration::from_secs(3), ..ample() };
        insta::assert_snapshot!(faults(&["stays after the end"], bounds), @"stays after the end: `exit`: no reply within 3000 ms");
    }

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
    fn a_fault_carries_the_last_lines_of_standard_error() {
        let scene = Scene::new();
        let bounds = ProcessBounds { stderr_lines: 3, ..ample() };
        let fault = scene.session("floods stderr and exits", bounds).unwrap_err();
        assert_eq!(fault.stderr, ["a line of standard error"; 3]);
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
        let asked: Vec<_> =
            scene.noted("op").into_iter().filter(|op| !op.starts_with("no_")).collect();
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

    #[test]
    fn a_request_that_no_line_can_hold_is_left_out() {
        let scene = Scene::new();
        let mut adapter = scene
            .start("is well-behaved", ProcessBounds { frame_bytes: 100_000, ..ample() })
            .unwrap();
        scene.open(&mut adapter).unwrap();
        let reply = adapter.perform(&add_a_megabyte()).unwrap();
        assert!(matches!(reply, Reply::Unsupported(_)), "{reply:?}");
        adapter.perform(&refresh("PKG1")).unwrap();
        adapter.finish().unwrap();
    }
}
