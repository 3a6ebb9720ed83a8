//! A plan becomes a history here: the recorder performs the steps on an adapter and writes down what came back.
//! Nothing here knows what is expected.

mod campaign;
mod record;
mod scratch;
mod settle;
mod sources;
mod stop;

pub use campaign::{Campaign, Keep, Run, Skipped};
pub(crate) use record::now;
pub use record::{Bounds, PlanRun, run_plan};
pub use stop::Stop;
pub(crate) use stop::stop;
