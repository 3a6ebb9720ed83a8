//! The published schemas of the protocol against the page that explains it and against what the code writes. What a
//! reader refuses beyond the schemas is tested where it reads.

#[cfg(test)]
mod tests {
    use jsonschema::Validator;
    use pkgsource::adapter::body::record_of;
    use pkgsource::adapter::process::{ProcessAdapter, ProcessBounds};
    use pkgsource::adapter::protocol::Session;
    use pkgsource::adapter::serve::serve;
    use pkgsource::adapter::{Adapter, AdapterFault, FaultCause, Opened};
    use pkgsource_model::history::{Capabilities, PointEntry, SiteEntry, Tree};
    use pkgsource_model::operation::{Change, FaultKind, Operation, OperationKind, Properties};
    use pkgsource_model::reply::{
        Answer, ContextStatus, PackageStatus, Page, PointStatus, Problem, Reply, SiteStatus,
    };
    use pkgsource_model::words::{
        Body, FilePath, PackageClass, PackageId, PointName, PointState, ReturnValue, SiteCode,
        SourceFlag, SourceName, SourceVersion,
    };
    use serde_json::{Value, json};
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::Path;
    use std::time::Duration;
    use tempfile::TempDir;

    fn specs(file: &str) -> String {
        let path = format!("{}/../specs/{file}", env!("CARGO_MANIFEST_DIR"));
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn schema(name: &str) -> Value {
        serde_json::from_str(&specs(&format!("schema/{name}.json"))).unwrap()
    }

    fn validator(name: &str) -> Validator {
        jsonschema::draft202012::new(&schema(name)).unwrap()
    }

    /// One definition of a schema as a schema of its own.
    fn definition(name: &str, definition: &str) -> Validator {
        let definitions = &schema(name)["$defs"];
        assert!(definitions.get(definition).is_some(), "`{name}` has no definition `{definition}`");
        let alone = json!({"$ref": format!("#/$defs/{definition}"), "$defs": definitions});
        jsonschema::draft202012::new(&alone).unwrap()
    }

    #[track_caller]
    fn assert_valid(validator: &Validator, value: &Value) {
        let errors: Vec<String> =
            validator.iter_errors(value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{value}\n{}", errors.join("\n"));
    }

    fn lines(text: &str) -> Vec<Value> {
        text.lines()
            .map(|line| {
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"))
            })
            .collect()
    }

    /// The schema of each operation's `ok`.
    struct Oks {
        any: Validator,
        by_operation: BTreeMap<String, Validator>,
    }

    impl Oks {
        fn new() -> Self {
            let by_operation =
                names().map(|name| (name.to_owned(), definition("reply", &format!("ok_{name}"))));
            Self { any: validator("reply"), by_operation: by_operation.collect() }
        }

        #[track_caller]
        fn assert_answers(&self, request: &Value, reply: &Value) {
            assert_eq!(request["id"], reply["id"]);
            assert_valid(&self.any, reply);
            if let (Some(ok), Some(schema)) =
                (reply.get("ok"), self.by_operation.get(request["op"].as_str().unwrap()))
            {
                assert_valid(schema, ok);
            }
        }
    }

    fn names() -> impl Iterator<Item = &'static str> {
        Session::NAMES.into_iter().chain(OperationKind::ALL.into_iter().map(OperationKind::name))
    }

    // The page

    /// The lines of the page's JSON blocks, by section.
    fn page() -> BTreeMap<u32, Vec<Value>> {
        let mut sections = BTreeMap::<u32, Vec<Value>>::new();
        let (mut section, mut in_block) = (0, false);
        for line in specs("protocol.md").lines() {
            if let Some(heading) = line.strip_prefix("## ") {
                section = heading.split('.').next().unwrap().parse().unwrap();
            } else if line.starts_with("```") {
                in_block = line == "```json";
            } else if in_block {
                let value =
                    serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
                sections.entry(section).or_default().push(value);
            }
        }
        sections
    }

    #[test]
    fn every_example_on_the_page_is_a_valid_request_with_a_valid_reply() {
        let (requests, oks) = (validator("request"), Oks::new());
        let page = page();
        for section in [2, 3, 7] {
            let examples = &page[&section];
            for pair in examples.chunks(2) {
                let [request, reply] = pair else { panic!("a request without a reply: {pair:?}") };
                assert_valid(&requests, request);
                oks.assert_answers(request, reply);
            }
        }
    }

    #[test]
    fn every_change_on_the_page_is_valid() {
        let changes = definition("request", "change");
        assert_eq!(page()[&4].len(), 3);
        for change in &page()[&4] {
            assert_valid(&changes, change);
        }
    }

    // What the code writes

    fn package() -> PackageId {
        PackageId::new("PKG1").unwrap()
    }

    fn point() -> PointName {
        PointName::new("DP1").unwrap()
    }

    fn site() -> SiteCode {
        SiteCode::new("PS1").unwrap()
    }

    fn source() -> SourceName {
        SourceName::new("S1").unwrap()
    }

    fn path(text: &str) -> FilePath {
        FilePath::new(text).unwrap()
    }

    fn changes() -> Vec<Change<Body>> {
        let write = |file, keep_time| Change::Write { path: path("setup/a.txt"), file, keep_time };
        vec![
            write(Body::Text("one".into()), false),
            write(Body::Base64("YWJj".into()), true),
            write(Body::Fill { seed: 1, size: 10 }, false),
            Change::Delete { path: path("a.txt") },
            Change::Rename { from: path("a.txt"), to: path("b.txt") },
        ]
    }

    fn properties() -> Properties {
        Properties {
            name: Some("a name".into()),
            share_name: Some(String::new()),
            source: Some(source()),
            source_flag: Some(SourceFlag::Compress),
            source_version: Some(u32::MAX),
            refresh_pkg_source_flag: Some(true),
        }
    }

    /// One example of every operation, with every member that it can have.
    fn example(kind: OperationKind) -> Operation<Body> {
        let (package, point) = (package(), point());
        let fault = |kind| (kind, "DP1".to_owned());
        match kind {
            OperationKind::Create => Operation::Create {
                package,
                class: PackageClass::Vhd,
                source: Some(source()),
                source_flag: Some(SourceFlag::Direct),
            },
            OperationKind::Edit => Operation::Edit { source: source(), changes: changes() },
            OperationKind::Put => Operation::Put { package, properties: properties() },
            OperationKind::Refresh => Operation::Refresh {
                package,
                context: Some(String::new()),
                at: Some(site()),
                class: Some(PackageClass::Package),
            },
            OperationKind::SetSchedule => Operation::SetSchedule {
                package,
                tokens: vec!["0001200000100000".parse().unwrap()],
            },
            OperationKind::Assign => Operation::Assign { package, point },
            OperationKind::Remove => Operation::Remove { package, point },
            OperationKind::Redistribute => Operation::Redistribute { package, point },
            OperationKind::Cancel => Operation::Cancel { package, point },
            OperationKind::Delete => Operation::Delete { package },
            OperationKind::AddDriver => Operation::AddDriver {
                package,
                path: path("added/d.sys"),
                file: Body::Text("d".into()),
            },
            OperationKind::AddContent => Operation::AddContent {
                package,
                path: path("added/c.cab"),
                file: Body::Fill { seed: 1, size: 100 },
                refresh_points: true,
            },
            OperationKind::Fault => {
                let (kind, target) = fault(FaultKind::PointDown);
                Operation::Fault { kind, target }
            }
            OperationKind::Heal => {
                let (kind, target) = fault(FaultKind::ServerKilled);
                Operation::Heal { kind, target }
            }
            OperationKind::Clock => Operation::Clock { advance_ms: 60_000 },
            OperationKind::Package => Operation::Package { package },
            OperationKind::Site => Operation::Site { package, site: site() },
            OperationKind::Point => Operation::Point { package, point },
            OperationKind::Content => {
                Operation::Content { package, point, after: Some(path("a.txt")) }
            }
            OperationKind::Context => Operation::Context { package, context: "c1".into() },
            OperationKind::Operable => Operation::Operable { package },
            OperationKind::Idle => Operation::Idle {},
        }
    }

    /// The answer to each operation, with every member that it can have.
    fn answer(kind: OperationKind) -> Answer {
        let version = SourceVersion(2);
        match kind {
            OperationKind::Refresh => Answer::Refreshed(ReturnValue(i32::MIN)),
            OperationKind::Package => Answer::Package(Some(PackageStatus {
                version,
                action: Some(1),
                failure: Some("no room".into()),
                source_flag: Some(SourceFlag::Local),
            })),
            OperationKind::Site => {
                Answer::Site(Some(SiteStatus { version, stored: Some(Some(version)) }))
            }
            OperationKind::Point => Answer::Point(PointStatus {
                state: PointState::ContentMonitoring,
                version: Some(version),
            }),
            OperationKind::Content => {
                let files = [(path("b/ü.txt"), record_of(&Body::Text("abc".into())))].into();
                Answer::Content(Some(Page { files, next: None }))
            }
            OperationKind::Context => Answer::Context(ContextStatus {
                status: 2,
                progress: 1,
                max_progress: 3,
                error_code: u32::MAX,
            }),
            OperationKind::Operable => Answer::Operable(false),
            OperationKind::Idle => Answer::Idle(true),
            OperationKind::Create
            | OperationKind::Edit
            | OperationKind::Put
            | OperationKind::SetSchedule
            | OperationKind::Assign
            | OperationKind::Remove
            | OperationKind::Redistribute
            | OperationKind::Cancel
            | OperationKind::Delete
            | OperationKind::AddDriver
            | OperationKind::AddContent
            | OperationKind::Fault
            | OperationKind::Heal
            | OperationKind::Clock => Answer::Done,
        }
    }

    fn tree() -> Tree {
        let child = SiteEntry { site: SiteCode::new("PS2").unwrap(), parent: Some(site()) };
        Tree {
            sites: vec![SiteEntry { site: site(), parent: None }, child],
            points: vec![PointEntry { point: point(), site: site() }],
        }
    }

    /// Every kind of line that the suite writes, as a process at the other end read them.
    fn written_requests() -> Vec<Value> {
        let folder = TempDir::new().unwrap();
        let notes = folder.path().join("notes");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile/hostile.py");
        let behaviour = "dies for KILLER and resumes";
        let command =
            ["python3".into(), script.into(), behaviour.into(), notes.clone().into_os_string()];
        let ample = Duration::from_secs(30);
        let bounds = ProcessBounds {
            start: ample,
            request: ample,
            close: ample,
            ..ProcessBounds::default()
        };
        let mut adapter = ProcessAdapter::start(&command, bounds, 7).unwrap();
        adapter.open("p1", &tree(), folder.path()).unwrap();
        adapter.perform_all(&OperationKind::ALL.map(example)).unwrap();
        adapter.resume().unwrap();
        adapter.close().unwrap();
        adapter.finish().unwrap();
        let notes = fs::read_to_string(notes).unwrap();
        let requests: Vec<&str> =
            notes.lines().filter_map(|line| line.strip_prefix("line ")).collect();
        lines(&requests.join("\n"))
    }

    #[test]
    fn every_request_that_the_suite_writes_is_valid() {
        let requests = written_requests();
        let schema = validator("request");
        for request in &requests {
            assert_valid(&schema, request);
        }
        let written: BTreeSet<&str> =
            requests.iter().filter_map(|request| request["op"].as_str()).collect();
        let missing: Vec<_> = names().filter(|name| !written.contains(name)).collect();
        assert_eq!(missing, [""; 0]);
    }

    /// Gives each operation its answer, or the same other reply to all.
    struct Complete {
        capabilities: Capabilities,
        instead: Option<Reply<Answer>>,
    }

    impl Complete {
        fn new(instead: Option<Reply<Answer>>) -> Self {
            let capabilities = json!({
                "protocol": 1, "adapter": {"name": "complete"}, "implementation": {"name": "none", "version": "0"},
                "classes": PackageClass::ALL, "operations": ["create"], "reads": ["package"],
                "faults": ["source_absent"], "synthesised": ["failure"], "outlives_run": ["a log"],
                "bounds": {"stall_ms": 1}
            });
            Self { capabilities: serde_json::from_value(capabilities).unwrap(), instead }
        }
    }

    impl Adapter for Complete {
        fn capabilities(&self) -> &Capabilities {
            &self.capabilities
        }

        fn open(&mut self, _: &str, _: &Tree, scratch: &Path) -> Result<Opened, AdapterFault> {
            Ok(Opened::Ready(Some(scratch.into())))
        }

        fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
            Ok(self.instead.clone().unwrap_or_else(|| Reply::Ok(answer(operation.kind()))))
        }

        fn close(&mut self) -> Result<(), AdapterFault> {
            Ok(())
        }
    }

    fn served(adapter: &mut Complete, requests: &[Value]) -> Vec<Value> {
        let lines: Vec<String> = requests.iter().map(Value::to_string).collect();
        let input = lines.join("\n");
        let mut output = Vec::new();
        serve(adapter, input.as_bytes(), &mut output).unwrap();
        self::lines(std::str::from_utf8(&output).unwrap())
    }

    #[test]
    fn every_reply_that_is_served_is_valid() {
        let (requests, oks) = (written_requests(), Oks::new());
        let problem = Problem { code: Some("0x80041002".into()), message: "why".into() };
        let fault = AdapterFault::new("refresh", FaultCause::NotRunning).to_string();
        let instead = [
            None,
            Some(Reply::Ok(Answer::Package(None))),
            Some(Reply::Error(problem.clone())),
            Some(Reply::Unknown(problem)),
            Some(Reply::Unsupported(Problem::default())),
            Some(Reply::AdapterError(Problem::new(fault))),
        ];
        let mut seen = BTreeSet::new();
        for reply in instead {
            let only_reads = matches!(reply, Some(Reply::Ok(_)));
            let asked = |op: &str| !only_reads || matches!(op, "package" | "site" | "content");
            let requests: Vec<Value> = requests
                .iter()
                .filter(|request| asked(request["op"].as_str().unwrap()))
                .cloned()
                .collect();
            let replies = served(&mut Complete::new(reply), &requests);
            assert_eq!(replies.len(), requests.len());
            for (request, reply) in requests.iter().zip(&replies) {
                oks.assert_answers(request, reply);
                seen.extend(reply.as_object().unwrap().keys().cloned());
            }
        }
        let all: Vec<_> = seen.iter().map(String::as_str).collect();
        assert_eq!(all, ["adapter_error", "error", "id", "ok", "unknown", "unsupported"]);
    }

    // The schemas themselves

    fn listed(values: &Value) -> BTreeSet<String> {
        values.as_array().unwrap().iter().map(|value| value.as_str().unwrap().to_owned()).collect()
    }

    fn spelled<T: serde::Serialize>(values: &[T]) -> BTreeSet<String> {
        listed(&serde_json::to_value(values).unwrap())
    }

    #[test]
    fn the_schemas_list_what_the_code_knows() {
        let (request, reply) = (schema("request"), schema("reply"));
        let conditions = request["allOf"].as_array().unwrap().iter();
        let operations: Vec<_> =
            conditions.map(|rule| rule["if"]["properties"]["op"]["const"].as_str()).collect();
        assert_eq!(operations, names().map(Some).collect::<Vec<_>>());

        let hello = &reply["$defs"]["ok_hello"]["properties"];
        let (reads, others): (Vec<_>, Vec<_>) =
            OperationKind::ALL.into_iter().partition(|kind| kind.is_read());
        assert_eq!(listed(&hello["reads"]["items"]["enum"]), spelled(&reads));
        assert_eq!(listed(&hello["operations"]["items"]["enum"]), spelled(&others));
        for schema in [&request, &reply] {
            assert_eq!(listed(&schema["$defs"]["class"]["enum"]), spelled(&PackageClass::ALL));
        }
        let states = &reply["$defs"]["ok_point"]["properties"]["state"]["enum"];
        assert_eq!(listed(states), spelled(&PointState::ALL));
    }

    #[test]
    fn the_request_schema_refuses_what_a_reader_could_not_use() {
        let schema = validator("request");
        let refused = [
            json!([]),
            json!({"op": "idle"}),
            json!({"id": -1, "op": "idle"}),
            json!({"id": 1}),
            json!({"id": 1, "op": "refresh"}),
            json!({"id": 1, "op": "refresh", "package": "much too long"}),
            json!({"id": 1, "op": "refresh", "package": "PKG1", "context": null}),
            json!({"id": 1, "op": "create", "package": "PKG1", "class": "SMS_Nothing"}),
            json!({"id": 1, "op": "add_driver", "package": "PKG1", "path": "added/../x", "file": {"text": ""}}),
            json!({"id": 1, "op": "add_driver", "package": "PKG1", "path": "added/x", "file": {"text": "", "base64": ""}}),
            json!({"id": 1, "op": "add_driver", "package": "PKG1", "path": "added/x", "file": {"fill": {"seed": 1, "size": 1}}}),
            json!({"id": 1, "op": "edit", "source": "S1", "changes": [{"write": {"path": "a"}}]}),
            json!({"id": 1, "op": "set_schedule", "package": "PKG1", "tokens": ["12"]}),
        ];
        for line in &refused {
            assert!(!schema.is_valid(line), "{line}");
        }
        let accepted = json!({"id": 1, "op": "refresh", "package": "PKG1", "new": {}});
        assert_valid(&schema, &accepted);
    }

    #[test]
    fn the_reply_schema_refuses_what_the_suite_could_not_use() {
        let schema = validator("reply");
        let refused = [
            json!({"ok": {}}),
            json!({"id": 1}),
            json!({"id": 1, "ok": {}, "error": {"message": "?"}}),
            json!({"id": 1, "ok": null}),
            json!({"id": 1, "error": {}}),
            json!({"id": 1, "error": "?"}),
        ];
        for line in &refused {
            assert!(!schema.is_valid(line), "{line}");
        }
        let refused = [
            ("refresh", json!({})),
            ("refresh", json!({"return_value": 2_147_483_648_u32})),
            ("package", json!({"absent": false})),
            ("site", json!({"version": 1, "stored": {}})),
            ("point", json!({"state": "gone"})),
            ("content", json!({"files": [{"path": "a", "size": 1, "sha256": "ABC"}]})),
            ("hello", json!({"protocol": 1})),
        ];
        for (operation, ok) in refused {
            assert!(
                !definition("reply", &format!("ok_{operation}")).is_valid(&ok),
                "{operation}: {ok}"
            );
        }
        assert_valid(&schema, &json!({"id": 1, "unsupported": {}, "new": 1}));
        assert_valid(&definition("reply", "ok_package"), &json!({"absent": true}));
    }
}
