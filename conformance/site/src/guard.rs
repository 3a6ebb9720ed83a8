//! The database library gives up with a panic on pages that cannot be; here that is an error like any other. Nothing else
//! of the site panics, and no other panic is caught.

use std::cell::Cell;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use redb::Database;

use crate::error::SiteError;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Some call into the database library has panicked: what it holds is not to be trusted, and not to be put away in order.
static GAVE_UP: AtomicBool = AtomicBool::new(false);

/// Does something with the database. A panic of its library is an error, and is not printed.
pub(crate) fn guarded<T>(
    action: &'static str,
    work: impl FnOnce() -> Result<T, SiteError>,
) -> Result<T, SiteError> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let other = take_hook();
        set_hook(Box::new(move |panic| {
            if !GUARDED.with(Cell::get) {
                other(panic);
            }
        }));
    });
    let outer = GUARDED.with(|guarded| guarded.replace(true));
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDED.with(|guarded| guarded.set(outer));
    done.unwrap_or_else(|_| {
        GAVE_UP.store(true, Ordering::SeqCst);
        Err(damaged(action, "its library cannot make sense of a page"))
    })
}

/// A database that is not what it was.
pub(crate) fn damaged(action: &'static str, why: &str) -> SiteError {
    let why = format!("the file is damaged: {why}; put a copy of it in its place");
    SiteError::store::<redb::Error>(action)(redb::Error::Corrupted(why))
}

/// An open database, which is put away in order only while there is order in it.
#[derive(Debug)]
pub(crate) struct Kept(Option<Database>);

impl Kept {
    pub(crate) fn new(database: Database) -> Self {
        Self(Some(database))
    }
}

impl Deref for Kept {
    type Target = Database;

    fn deref(&self) -> &Database {
        let Some(database) = &self.0 else { unreachable!("it is taken out when it is dropped") };
        database
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let database = self.0.take();
        if GAVE_UP.load(Ordering::SeqCst) {
            // Its locks are poisoned; the file stays as the last commit left it.
            std::mem::forget(database);
            return;
        }
        // Nobody is left to be told: whoever opens the file next is.
        guarded("close", || {
            drop(database);
            Ok(())
        })
        .ok();
    }
}
