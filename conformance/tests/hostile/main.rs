//! Adapters that misbehave, as real processes. Each costs one clear line that names the adapter's fault, within its
//! bound, and leaves no process behind. The programs are in `hostile.py`, by the name that the tests use.

mod faults;
mod healthy;
mod recovery;
mod scene;
