//! Benches live beside this file; it holds nothing itself.
