//! Pages of a content: as much of it as fits into a line of the protocol. How long a line may be, the other side says.

use pkgsource_model::operation::Operation;
use pkgsource_model::reply::Page;
use pkgsource_model::words::{Body, Content, FilePath, FileRecord};

/// What a reply's line needs besides the entries of a page, generously.
pub(super) const ENVELOPE_BYTES: usize = 2048;

/// A content read without its page: a built-in adapter always reads everything.
pub(super) fn whole(operation: Operation<Body>) -> (Operation<Body>, Option<FilePath>) {
    match operation {
        Operation::Content { package, point, after } => {
            (Operation::Content { package, point, after: None }, after)
        }
        other => (other, None),
    }
}

/// As many files after `after` as fit into a line.
pub(super) fn page_after(files: Content, after: Option<&FilePath>, frame_bytes: usize) -> Page {
    let mut room = frame_bytes.saturating_sub(ENVELOPE_BYTES);
    let mut page = Page::default();
    for (path, record) in files {
        if after.is_some_and(|after| path <= *after) {
            continue;
        }
        let bytes = entry_bytes(&path, record);
        if bytes > room && !page.files.is_empty() {
            page.next = page.files.keys().next_back().cloned();
            return page;
        }
        room = room.saturating_sub(bytes);
        page.files.insert(path, record);
    }
    page
}

/// At most how long an entry is in JSON. A quotation mark takes two bytes there; a path has nothing that takes more.
fn entry_bytes(path: &FilePath, record: FileRecord) -> usize {
    let punctuation = r#"{"path":"","size":,"sha256":""},"#.len();
    punctuation + path.as_str().len() * 2 + record.size.to_string().len() + 64
}
