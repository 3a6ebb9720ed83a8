//! The site with real files: what a client asks, and what is then really there.
//!
//! Every expectation about content is computed from the bytes that the test wrote, never from what the site says.

mod classes;
mod hostile;
mod names;
mod points;
mod properties;
mod recovery;
mod refresh;
mod scratch;
