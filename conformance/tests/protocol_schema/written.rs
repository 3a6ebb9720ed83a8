//! What the code writes: every request as a process at the other end reads it, every reply as it is served.

use crate::examples::{answer, example, tree};
use crate::schemas::{Oks, assert_valid, lines, names, validator};
use pkgsource::adapter::process::{ProcessAdapter, ProcessBounds};
use pkgsource::adapter::serve::serve;
use pkgsource::adapter::{Adapter, AdapterFault, FaultCause, Opened};
use pkgsource_model::history::{Capabilities, Tree};
use pkgsource_model::operation::{Operation, OperationKind};
use pkgsource_model::reply::{Answer, Problem, Reply};
use pkgsource_model::words::{Body, PackageClass};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

/// Every kind of line that the suite writes, as a process at the other end read them.
fn written_requests() -> Vec<Value> {
    let folder = TempDir::new().unwrap();
    let notes = folder.path().join("notes");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile/hostile.py");
    let behaviour = "dies for KILLER and resumes";
    let command =
        ["python3".into(), script.into(), behaviour.into(), notes.clone().into_os_string()];
    let ample = Duration::from_secs(30);
    let bounds =
        ProcessBounds { start: ample, request: ample, close: ample, ..ProcessBounds::default() };
    let mut adapter = ProcessAdapter::start(&command, bounds, 7).unwrap();
    adapter.open("p1", &tree(), folder.path()).unwrap();
    adapter.perform_all(&OperationKind::ALL.map(example)).unwrap();
    adapter.resume().unwrap();
    adapter.close().unwrap();
    adapter.finish().unwrap();
    let notes = fs::read_to_string(notes).unwrap();
    let requests: Vec<&str> = notes.lines().filter_map(|line| line.strip_prefix("line ")).collect();
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
    let asked: Vec<String> = requests.iter().map(Value::to_string).collect();
    let input = asked.join("\n");
    let mut output = Vec::new();
    serve(adapter, input.as_bytes(), &mut output).unwrap();
    lines(std::str::from_utf8(&output).unwrap())
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
