//! A plan becomes a history here: the recorder performs the steps on an adapter and writes down what came back.
//! Nothing here knows what is expected.

mod campaign;
mod crew;
mod later;
mod plan_run;
mod record;
mod scratch;
mod settle;
mod sources;
mod stop;

pub(crate) use campaign::{ANOTHER_INSTANCE, THE_END};
pub use campaign::{Campaign, Keep, Run, Skipped};
pub(crate) use crew::{Crew, Turn};
pub use crew::{Instances, Start};
#[cfg(feature = "cli")]
pub(crate) use plan_run::run_plan_into;
pub use plan_run::{Bounds, PlanRun, run_plan};
pub(crate) use record::now;
#[cfg(feature = "cli")]
pub(crate) use scratch::{PlanFolder, Scratch};
pub use stop::Stop;
pub(crate) use stop::stop;
