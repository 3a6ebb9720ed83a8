//! *Conforms* is earned: implementations that break no clause, and that nobody should rely on, do not get the word.

use pkgsource::adapter::{Adapter, AdapterFault, Opened};
use pkgsource::report::{Report, View, Word, verbose};
use pkgsource::subjects::built_in;
use pkgsource::verify::{Settings, verify};
use pkgsource_model::history::{Capabilities, Completes, Tree};
use pkgsource_model::operation::{Operation, OperationKind};
use pkgsource_model::reply::{Answer, PackageStatus, Problem, Reply};
use pkgsource_model::words::{Body, PackageClass, ReturnValue};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What stands between the suite and a right implementation: it sees an operation first, and may answer in its place.
type Instead = fn(&mut Seen, &Operation<Body>) -> Option<Reply<Answer>>;

/// What was seen of a plan so far.
#[derive(Default)]
struct Seen {
    assigned: BTreeSet<String>,
    classes: BTreeMap<String, PackageClass>,
    refuses: Option<OperationKind>,
    times: usize,
}

struct Proxy {
    inner: Box<dyn Adapter>,
    capabilities: Capabilities,
    seen: Seen,
    instead: Instead,
    /// Takes every failure from what is read of a package.
    is_silent: bool,
    /// What it refuses, where it is asked to refuse one kind of operation.
    refuses: Option<OperationKind>,
}

impl Proxy {
    fn new(instead: Instead) -> Self {
        Self::around("reference", instead)
    }

    fn around(inner: &str, instead: Instead) -> Self {
        let inner = built_in(inner, 1).unwrap();
        let capabilities = inner.capabilities().clone();
        Self {
            inner,
            capabilities,
            seen: Seen::default(),
            instead,
            is_silent: false,
            refuses: None,
        }
    }
}

impl Adapter for Proxy {
    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn open(&mut self, plan: &str, tree: &Tree, scratch: &Path) -> Result<Opened, AdapterFault> {
        let times = self.seen.times;
        self.seen = Seen { refuses: self.refuses, times, ..Seen::default() };
        self.inner.open(plan, tree, scratch)
    }

    fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
        if let Operation::Create { package, class, .. } = operation {
            self.seen.classes.insert(package.as_str().to_owned(), *class);
        }
        if let Some(reply) = (self.instead)(&mut self.seen, operation) {
            return Ok(reply);
        }
        let reply = self.inner.perform(operation)?;
        Ok(match reply {
            Reply::Ok(Answer::Package(Some(status))) if self.is_silent => {
                Reply::Ok(Answer::Package(Some(PackageStatus { failure: None, ..status })))
            }
            other => other,
        })
    }

    fn close(&mut self) -> Result<(), AdapterFault> {
        self.inner.close()
    }
}

fn report(mut proxy: Proxy) -> Report {
    let settings = Settings { plans: 5, enumerate: 0, covering: false, ..Settings::new(1) };
    verify(&mut proxy, "proxy", &settings, |_, _| {}).unwrap().report
}

fn refused() -> Reply<Answer> {
    Reply::Error(Problem::new("not today"))
}

/// Asserts that the run is undecided and says this.
fn assert_undecided(proxy: Proxy, says: &str) -> Report {
    let report = report(proxy);
    let text = verbose(&View::of(&report));
    assert_eq!(report.word(), Word::Undecided, "{text}");
    assert!(text.contains(says), "{text}");
    report
}

#[test]
fn who_stands_in_nobodys_way_lets_a_right_implementation_conform() {
    let report = report(Proxy::new(|_, _| None));
    assert_eq!(report.word(), Word::Conforms, "{}", verbose(&View::of(&report)));
}

#[test]
fn who_refuses_every_operation_but_three_is_undecided() {
    let proxy = Proxy::new(|_, operation| {
        let kind = operation.kind();
        let served = matches!(
            kind,
            OperationKind::Create
                | OperationKind::Refresh
                | OperationKind::Assign
                | OperationKind::Edit
                | OperationKind::Fault
                | OperationKind::Heal
        );
        if served || kind.is_read() { None } else { Some(refused()) }
    });
    assert_undecided(proxy, "`redistribute` was asked for ");
}

/// Refuses an operation of this kind every second time that it is asked for.
fn refusing_the_second(kind: OperationKind) -> Proxy {
    let mut proxy = Proxy::new(|seen, operation| {
        if Some(operation.kind()) != seen.refuses {
            return None;
        }
        seen.times += 1;
        seen.times.is_multiple_of(2).then(refused)
    });
    proxy.refuses = Some(kind);
    proxy
}

#[test]
fn who_refuses_now_and_then_what_nothing_stands_in_the_way_of_is_undecided() {
    use OperationKind as O;
    for kind in [O::Create, O::Assign, O::Remove, O::Redistribute, O::Put, O::SetSchedule] {
        let says = format!("`{}` was refused ", kind.name());
        assert_undecided(refusing_the_second(kind), &says);
    }
}

#[test]
fn who_takes_one_point_of_a_package_and_no_second_is_undecided() {
    let proxy = Proxy::new(|seen, operation| {
        let Operation::Assign { package, point } = operation else { return None };
        let taken = seen.assigned.iter().any(|known| {
            known.starts_with(&format!("{package} ")) && *known != format!("{package} {point}")
        });
        if taken {
            return Some(refused());
        }
        seen.assigned.insert(format!("{package} {point}"));
        None
    });
    assert_undecided(proxy, "never two points at once with the latest content");
}

#[test]
fn whose_content_can_never_be_read_is_undecided() {
    let proxy = Proxy::new(|_, operation| match operation {
        Operation::Content { .. } => Some(refused()),
        _ => None,
    });
    assert_undecided(proxy, "`content` was asked for ");
}

#[test]
fn who_hides_content_behind_errors_of_the_adapter_is_undecided() {
    let proxy = Proxy::new(|_, operation| match operation {
        Operation::Content { point, .. } if point.as_str() == "DP2" => {
            Some(Reply::AdapterError(Problem::new("cannot read")))
        }
        _ => None,
    });
    assert_undecided(proxy, "reads were answered with `adapter_error`");
}

#[test]
fn whose_failures_show_nowhere_is_undecided() {
    let mut proxy = Proxy::around("variant:fails-later", |_, _| None);
    proxy.is_silent = true;
    proxy.capabilities.shows_failure = false;
    assert_undecided(proxy, "no failure that was asked for and shown");
}

#[test]
fn a_class_that_is_never_refreshed_is_below_the_profile_in_its_own_row() {
    let proxy = Proxy::new(|seen, operation| {
        let Operation::Refresh { package, .. } = operation else { return None };
        let class = seen.classes.get(package.as_str())?;
        let never = matches!(class, PackageClass::TaskSequence | PackageClass::Content);
        never.then_some(Reply::Ok(Answer::Refreshed(ReturnValue(-1))))
    });
    let report = report(proxy);
    let lacking = |class| report.judgement.profile.lacking(class);
    assert!(!lacking(PackageClass::TaskSequence).is_empty());
    assert!(!lacking(PackageClass::Content).is_empty());
    assert!(lacking(PackageClass::Package).is_empty());
    let text = verbose(&View::of(&report));
    let below =
        "SMS_TaskSequencePackage\n  below the minimum profile: no refresh that was processed";
    assert!(text.contains(below), "{text}");
}

#[test]
fn who_never_says_when_all_work_is_done_is_undecided() {
    let mut proxy = Proxy::new(|_, _| None);
    proxy.capabilities.completes = Completes::Unknown;
    assert_undecided(proxy, "nobody said when all work was done");
}
