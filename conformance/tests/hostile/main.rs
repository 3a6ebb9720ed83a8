//! Adapters that misbehave, as real processes. Each costs one clear line that names the adapter's fault, within its
//! bound, and leaves no process behind. The programs are in `hostile.py`, by the name that the tests use.

mod faults;
mod files_of_strangers;
mod healthy;
mod recovery;
mod scene;
mod strangers;
mod watch;
