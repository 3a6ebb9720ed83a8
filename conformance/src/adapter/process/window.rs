//! Operations and their answers, as many unanswered at once as the adapter allows. An answer that comes in pages is
//! asked for to its end. Session calls are in [`ProcessAdapter`](super::ProcessAdapter).

use super::super::FaultCause;
use super::super::body::sendable_body;
use super::super::protocol::FRAME_BYTES;
use super::bounds::{ProcessBounds, milliseconds};
use super::connection::Connection;
use super::line::answer;
use super::pipes::{TooLong, now};
use pkgsource_model::history::Capabilities;
use pkgsource_model::operation::{Operation, OperationKind};
use pkgsource_model::reply::{Answer, Page, Problem, Reply};
use pkgsource_model::words::{Body, Content, FilePath};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

/// No more is made ready for sending than this, however wide the window.
const UNSENT_BYTES: usize = 1024 * 1024;

/// The most pages of one content.
const MOST_PAGES: usize = 10_000;

/// The most files of one content.
const MOST_FILES: usize = 200_000;

/// The most bytes that the paths of one content have.
const MOST_PATHS: usize = 2 * FRAME_BYTES;

/// What went wrong, and with which operation.
pub(super) type Failed = (&'static str, FaultCause);

/// Performs operations, and returns their replies in the same order.
pub(super) fn perform_all(
    connection: &mut Connection,
    capabilities: &Capabilities,
    bounds: &ProcessBounds,
    operations: &[Operation<Body>],
) -> Result<Vec<Reply<Answer>>, Failed> {
    let first = operations.first().map_or("", |operation| operation.kind().name());
    connection.expect_nothing().map_err(|cause| (first, cause))?;
    let width = usize::try_from(capabilities.window).unwrap_or(usize::MAX).max(1);
    let mut window = Window {
        operations,
        capabilities,
        width,
        next: 0,
        more: VecDeque::new(),
        waiting: BTreeMap::new(),
        refreshes: 0,
        pages: BTreeMap::new(),
        replies: vec![None; operations.len()],
    };
    window.fill(connection);
    while let Some(during) = window.oldest() {
        let (id, reply) =
            connection.receive(window.bound(bounds)).map_err(|cause| (during, cause))?;
        window.take(id, reply, bounds)?;
        window.fill(connection);
    }
    Ok(window.replies.into_iter().flatten().collect())
}

struct Window<'a> {
    operations: &'a [Operation<Body>],
    capabilities: &'a Capabilities,
    width: usize,
    /// The first operation that has not been sent.
    next: usize,
    /// Answers of which a further page is to be asked for.
    more: VecDeque<Asked>,
    waiting: BTreeMap<u64, Asked>,
    refreshes: usize,
    /// The pages so far, by operation.
    pages: BTreeMap<usize, Pages>,
    replies: Vec<Option<Reply<Answer>>>,
}

/// What has come of an answer in pages.
#[derive(Debug)]
struct Pages {
    files: Content,
    /// Bytes of their paths.
    paths: usize,
    count: usize,
    until: Instant,
}

/// An operation by its place, and the path after which its answer is asked for.
#[derive(Clone, Debug)]
struct Asked {
    place: usize,
    after: Option<FilePath>,
}

impl<'a> Window<'a> {
    fn operation(&self, asked: &Asked) -> &'a Operation<Body> {
        &self.operations[asked.place]
    }

    /// The operation that has waited longest for its reply; none when there is nothing left to wait for.
    fn oldest(&self) -> Option<&'static str> {
        self.waiting.values().next().map(|asked| self.operation(asked).kind().name())
    }

    /// The longest bound of those that wait.
    fn bound(&self, bounds: &ProcessBounds) -> Duration {
        let refresh = if self.refreshes > 0 { bounds.refresh } else { Duration::ZERO };
        let others =
            if self.waiting.len() > self.refreshes { bounds.request } else { Duration::ZERO };
        refresh.max(others)
    }

    fn fill(&mut self, connection: &mut Connection) {
        while self.waiting.len() < self.width && connection.unsent_bytes() < UNSENT_BYTES {
            let Some(asked) = self.more.pop_front().or_else(|| self.first_page_of_next()) else {
                return;
            };
            let operation = self.operation(&asked);
            match connection.send(sendable(operation, asked.after.as_ref()).as_ref()) {
                Ok(id) => {
                    self.refreshes += usize::from(operation.kind() == OperationKind::Refresh);
                    self.waiting.insert(id, asked);
                }
                Err(TooLong) => self.replies[asked.place] = Some(Reply::Unsupported(too_long())),
            }
        }
    }

    fn first_page_of_next(&mut self) -> Option<Asked> {
        let after = match self.operations.get(self.next)? {
            Operation::Content { after, .. } => after.clone(),
            _ => None,
        };
        self.next += 1;
        Some(Asked { place: self.next - 1, after })
    }

    fn take(&mut self, id: u64, reply: Reply<Value>, bounds: &ProcessBounds) -> Result<(), Failed> {
        let Some(asked) = self.waiting.remove(&id) else {
            return Err((self.oldest().unwrap_or(""), FaultCause::NotAsked(id.to_string())));
        };
        let operation = self.operation(&asked);
        let kind = operation.kind();
        self.refreshes -= usize::from(kind == OperationKind::Refresh);
        let typed = match reply {
            Reply::Ok(members) => answer(kind, members).map(Reply::Ok),
            Reply::Error(problem) => Ok(Reply::Error(problem)),
            Reply::Unknown(problem) => Ok(Reply::Unknown(problem)),
            Reply::Unsupported(problem) => Ok(Reply::Unsupported(problem)),
            Reply::AdapterError(problem) => Ok(Reply::AdapterError(problem)),
        };
        let taken = typed.and_then(|reply| match reply {
            Reply::Unsupported(_) if is_declared(self.capabilities, operation) => {
                Err(FaultCause::NotServed(kind.name().into()))
            }
            Reply::Ok(Answer::Content(Some(page))) => self.take_page(&asked, page, bounds),
            other => {
                self.pages.remove(&asked.place);
                self.replies[asked.place] = Some(other);
                Ok(())
            }
        });
        taken.map_err(|cause| (kind.name(), cause))
    }

    fn take_page(
        &mut self,
        asked: &Asked,
        page: Page,
        bounds: &ProcessBounds,
    ) -> Result<(), FaultCause> {
        let pages = self.pages.entry(asked.place).or_insert_with(|| Pages {
            files: Content::new(),
            paths: 0,
            count: 0,
            until: now() + bounds.refresh.max(bounds.request),
        });
        if let Some(why) = no_progress(asked.after.as_ref(), &page) {
            return Err(FaultCause::BadAnswer(why));
        }
        pages.paths += page.files.keys().map(|path| path.as_str().len()).sum::<usize>();
        pages.files.extend(page.files);
        pages.count += 1;
        if page.next.is_some() {
            if let Some(why) = pages.too_much(bounds) {
                return Err(FaultCause::TooMuch(why));
            }
            self.more.push_back(Asked { place: asked.place, after: page.next });
            return Ok(());
        }
        let files = self.pages.remove(&asked.place).map(|pages| pages.files).unwrap_or_default();
        self.replies[asked.place] =
            Some(Reply::Ok(Answer::Content(Some(Page { files, next: None }))));
        Ok(())
    }
}

impl Pages {
    /// Why no further page is asked for, if so. Each page may be progress, and there may still be no end of them.
    fn too_much(&self, bounds: &ProcessBounds) -> Option<String> {
        let files = self.files.len();
        let why = if files > MOST_FILES {
            format!("more than {MOST_FILES} files, and goes on")
        } else if self.paths > MOST_PATHS {
            format!("paths of more than {MOST_PATHS} bytes, and goes on")
        } else if self.count >= MOST_PAGES {
            format!("{MOST_PAGES} pages, and goes on")
        } else if now() > self.until {
            let ms = milliseconds(bounds.refresh.max(bounds.request));
            format!("no end within {ms} ms, after {files} files")
        } else {
            return None;
        };
        Some(format!("the content has {why}"))
    }
}

/// Why a page does not bring its answer nearer to its end, if so. Else pages could go on for ever.
fn no_progress(after: Option<&FilePath>, page: &Page) -> Option<String> {
    let first = page.files.keys().next();
    if let (Some(after), Some(first)) = (after, first)
        && first <= after
    {
        return Some(format!(
            "the page of `content` after `{after}` has the file `{first}`, which is not after it"
        ));
    }
    let last = page.files.keys().next_back();
    match &page.next {
        Some(next) if last != Some(next) => Some(format!(
            "the `next` of a page of `content` is `{next}`, which is not the last file in it"
        )),
        _ => None,
    }
}

fn sendable<'a>(
    operation: &'a Operation<Body>,
    after: Option<&FilePath>,
) -> Cow<'a, Operation<Body>> {
    match operation {
        Operation::Edit { .. } | Operation::AddDriver { .. } | Operation::AddContent { .. } => {
            Cow::Owned(operation.map_files(sendable_body))
        }
        Operation::Content { package, point, .. } if after.is_some() => {
            Cow::Owned(Operation::Content {
                package: package.clone(),
                point: point.clone(),
                after: after.cloned(),
            })
        }
        _ => Cow::Borrowed(operation),
    }
}

/// The suite's own limit, not the adapter's fault: the operation is left out and counted.
fn too_long() -> Problem {
    Problem::new("the request would be longer than a line may be; it was not sent")
}

fn is_declared(capabilities: &Capabilities, operation: &Operation<Body>) -> bool {
    let kind = operation.kind();
    match operation {
        Operation::Fault { kind, .. } | Operation::Heal { kind, .. } => {
            capabilities.faults.contains(kind)
        }
        Operation::Create { class, .. } if !capabilities.classes.contains(class) => false,
        // A property that the implementation does not have.
        Operation::Put { .. } => false,
        _ if kind.is_read() => capabilities.reads.contains(&kind),
        _ => capabilities.operations.contains(&kind),
    }
}
