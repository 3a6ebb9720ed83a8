//! The published schemas of the protocol against the page that explains it and against what the code writes. What a
//! reader refuses beyond the schemas is tested where it reads.

mod agreement;
mod examples;
mod history;
mod page;
mod refused;
mod schemas;
mod written;
