//! The door for Rust: an implementation that lives in the program which verifies it. Its plans, its judgement and its
//! report are those of the command; only the pipe is missing. What is expected is not known here.

use crate::adapter::body::{check_bodies, record_of};
use crate::adapter::{Adapter, AdapterFault, FaultCause, Opened};
use crate::report::{Report, View, Word, brief};
use crate::verify::{Settings, verify};
use pkgsource_model::history::{Capabilities, Tree, timeline::edited};
use pkgsource_model::operation::{self, Change, Operation};
use pkgsource_model::reply::{Answer, Problem, Reply};
use pkgsource_model::words::{Body, Content, FileRecord, PackageClass, SourceName};
use std::collections::BTreeMap;
use std::path::Path;

/// An implementation of `RefreshPkgSource` in Rust.
///
/// It performs and reads, and never says what should be seen. Where the suite has to write source folders itself, or the
/// implementation needs a folder of its own, implement [`Adapter`] and use [`check_adapter`].
pub trait Implementation {
    /// What it serves. Declare only what it really does: what is missing is reported as *not exercised*, and what is
    /// declared and not served counts against it. [`Capabilities::minimal`] is a beginning.
    fn capabilities(&self) -> Capabilities;

    /// Forgets everything and begins an empty world with these sites and points.
    fn reset(&mut self, tree: &Tree);

    /// Performs one operation, or reads. What it does not know it answers with [`Reply::unsupported`].
    fn perform(&mut self, operation: &Operation<Body>) -> Reply<Answer>;

    /// Whether it can build such a world. The default is one site: no child sites.
    fn serves(&self, tree: &Tree) -> bool {
        tree.sites.len() == 1
    }
}

/// An implementation as the suite sees it: behind an adapter, which holds it to what the protocol holds a program to.
#[derive(Debug)]
pub struct Embedded<I> {
    implementation: I,
    capabilities: Capabilities,
}

impl<I: Implementation> Embedded<I> {
    /// An adapter for it.
    ///
    /// # Errors
    /// It declares what no suite can work with.
    pub fn new(implementation: I) -> Result<Self, AdapterFault> {
        let capabilities = implementation.capabilities();
        match capabilities.objection() {
            Some(why) => Err(AdapterFault::new("hello", FaultCause::BadHello(why))),
            None => Ok(Self { implementation, capabilities }),
        }
    }
}

impl<I: Implementation> Adapter for Embedded<I> {
    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn open(&mut self, _plan: &str, tree: &Tree, _scratch: &Path) -> Result<Opened, AdapterFault> {
        if !self.implementation.serves(tree) {
            let why = "no world of such sites and points can be built";
            return Ok(Opened::Unsupported(Problem::new(why)));
        }
        self.implementation.reset(tree);
        Ok(Opened::Ready(None))
    }

    fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
        let fault = |cause| AdapterFault::new(operation.kind().name(), cause);
        if let Err(bad) = check_bodies(operation) {
            return Ok(Reply::AdapterError(Problem::new(bad.to_string())));
        }
        // An answer to another question than was asked is none: what it lacks is said as of a program's line.
        let reply = self.implementation.perform(operation);
        let fields = reply.into_fields();
        fields
            .typed(operation.kind())
            .map_err(|missing| fault(FaultCause::MissingMember(missing.to_string())))
    }

    fn close(&mut self) -> Result<(), AdapterFault> {
        Ok(())
    }
}

/// The source folders of an implementation that has none: what `edit` writes is kept here, as it would be read back.
#[derive(Clone, Debug, Default)]
pub struct Sources(BTreeMap<SourceName, Content>);

impl Sources {
    /// Applies the changes of an `edit`.
    pub fn edit(&mut self, source: &SourceName, changes: &[Change<Body>]) {
        let changes: Vec<Change<FileRecord>> =
            changes.iter().map(|change| change.map_file(&mut record_of)).collect();
        let files = self.0.remove(source).unwrap_or_default();
        self.0.insert(source.clone(), edited(files, &changes));
    }

    /// What the folder holds now; nothing where there is none.
    #[must_use]
    pub fn files(&self, source: Option<&SourceName>) -> Content {
        source.and_then(|name| self.0.get(name)).cloned().unwrap_or_default()
    }
}

/// What a verification is to run and to require, for a [`check`]. The beginning is what the command does on its own:
/// seed 1, the known situations, every plan of one step and a hundred generated plans.
#[derive(Clone, Debug)]
pub struct Checks(Settings);

impl Default for Checks {
    fn default() -> Self {
        Self(Settings::new(1))
    }
}

impl Checks {
    /// With these settings, which have everything.
    #[must_use]
    pub fn with(settings: Settings) -> Self {
        Self(settings)
    }

    /// So many generated plans, from this seed on.
    #[must_use]
    pub fn plans(mut self, plans: usize, seed: u64) -> Self {
        (self.0.plans, self.0.seed) = (plans, seed);
        self
    }

    /// This class only; can be repeated.
    #[must_use]
    pub fn class(mut self, class: PackageClass) -> Self {
        self.0.requirements.classes.push(class);
        self
    }

    /// Makes a reading binding, spelled `Q-VISIBLE=at_return`.
    ///
    /// # Errors
    /// There is no such question or reading, or the question was pinned to another one before.
    pub fn pin(mut self, pin: &str) -> Result<Self, crate::model::readings::BadPin> {
        self.0.requirements.pin(pin)?;
        Ok(self)
    }

    /// Verifies an implementation.
    ///
    /// # Panics
    /// It declares what no suite can work with, or the folder for temporary files cannot be used: nothing can be said of
    /// it then.
    pub fn check(&self, implementation: impl Implementation) -> Checked {
        match Embedded::new(implementation) {
            Ok(mut adapter) => self.check_adapter(&mut adapter),
            Err(fault) => panic!("{fault}"),
        }
    }

    /// Verifies what stands behind any adapter.
    ///
    /// # Panics
    /// The folder for temporary files cannot be used.
    pub fn check_adapter(&self, adapter: &mut dyn Adapter) -> Checked {
        let subject = adapter.capabilities().implementation.name.clone();
        match verify(adapter, &subject, &self.0, |_, _| ()) {
            Ok(verified) => Checked { report: verified.report },
            Err(error) => panic!("the folder for temporary files cannot be used: {error}"),
        }
    }
}

/// What a check found.
#[derive(Debug)]
#[must_use = "it says whether the implementation conforms"]
pub struct Checked {
    /// The report, for whoever wants to know more.
    pub report: Report,
}

impl Checked {
    /// True where it conforms: nothing required is broken, and enough was learned to say so.
    #[must_use]
    pub fn conforms(&self) -> bool {
        self.report.word() == Word::Conforms
    }

    /// The ids of the clauses that are broken in any class, each once, in the order of the register.
    #[must_use]
    pub fn broken(&self) -> Vec<&'static str> {
        let broken = self.report.judgement.broken_clauses();
        broken.into_iter().map(|clause| clause.clause().id).collect()
    }

    /// The report as text.
    #[must_use]
    pub fn text(&self) -> String {
        brief(&View::of(&self.report))
    }
}

/// Verifies an implementation as the command would, with what [`Checks`] begins with.
///
/// # Panics
/// See [`Checks::check`].
pub fn check(implementation: impl Implementation) -> Checked {
    Checks::default().check(implementation)
}

/// Verifies what stands behind an adapter.
///
/// # Panics
/// See [`Checks::check_adapter`].
pub fn check_adapter(adapter: &mut dyn Adapter) -> Checked {
    Checks::default().check_adapter(adapter)
}

/// For a `#[test]`: passes where the implementation conforms.
///
/// # Panics
/// It does not, or too little was learned to say so; the message is the report.
#[track_caller]
pub fn assert_conforms(implementation: impl Implementation) {
    let checked = check(implementation);
    assert!(checked.conforms(), "{}", checked.text());
}

/// The replies of an implementation in Rust.
pub type RustReply = Reply<Answer>;

/// The operations that are asked of an implementation in Rust: files come with their bytes.
pub type RustOperation = operation::Operation<Body>;
