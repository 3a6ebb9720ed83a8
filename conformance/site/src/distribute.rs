//! Making the distributions of a package what the database says they are to be.
//!
//! It is the second half of every operation that concerns points, and the whole of recovery: what it does can be done
//! again at any time, from any stage at which it was cut short.

use std::collections::BTreeMap;

use crate::error::SiteError;
use crate::manifest::Manifest;
use crate::replicate::{Outcomes, Sending};
use crate::site::Site;
use crate::status::PointState;
use crate::store::Distribution;

impl Site {
    /// Brings about what the database says about the package's distributions, on one point or on all that are not as
    /// they should be, and notes what came of it.
    pub(crate) fn settle(
        &self,
        package: &str,
        only: Option<&str>,
        sending: Sending,
    ) -> Result<(), SiteError> {
        let rows = self.store.distributions(package)?;
        let due: BTreeMap<String, Distribution> = rows
            .iter()
            .filter(|(point, row)| {
                row.state != PointState::Installed && only.is_none_or(|only| only == point)
            })
            .cloned()
            .collect();
        let (going, coming): (Vec<_>, Vec<_>) =
            due.keys().cloned().partition(|point| due[point].is_leaving());
        let manifest = self.store.manifest(package)?;
        let mut outcomes = self.libraries.withdraw_from_points(package, &going);
        match &manifest {
            Some(manifest) => outcomes.extend(self.bring(manifest, coming, sending)),
            None => outcomes.extend(coming.into_iter().map(|point| (point, Err(no_content())))),
        }
        let version = manifest.map(|manifest| manifest.version);
        self.note_outcomes(package, version, due, &outcomes)?;
        let staying = rows.iter().filter(|(_, row)| !row.is_leaving());
        let staying: Vec<String> = staying.map(|(point, _)| point.clone()).collect();
        self.libraries.tidy_sites(package, &staying)
    }

    /// Delivers to `points`, by way of their sites unless everything is to be sent to the points alone.
    fn bring(&self, manifest: &Manifest, points: Vec<String>, sending: Sending) -> Outcomes {
        let missed = match sending {
            Sending::Missing => self.libraries.bring_to_sites(manifest, &points),
            Sending::Everything => BTreeMap::new(),
        };
        let site_missed = |point: &String| missed.get(self.hierarchy().site_of(point)?).cloned();
        let (unserved, served): (Vec<_>, Vec<_>) =
            points.into_iter().partition(|point| site_missed(point).is_some());
        let mut outcomes = self.libraries.bring_to_points(manifest, &served, sending);
        outcomes.extend(unserved.into_iter().map(|point| {
            let reason = site_missed(&point).unwrap_or_default();
            (point, Err(reason))
        }));
        outcomes
    }

    /// Commits what came of deliveries and removals.
    fn note_outcomes(
        &self,
        package: &str,
        version: Option<u32>,
        due: BTreeMap<String, Distribution>,
        outcomes: &Outcomes,
    ) -> Result<(), SiteError> {
        if due.is_empty() {
            return Ok(());
        }
        let change = self.store.change()?;
        for (point, row) in due {
            let leaving = row.is_leaving();
            let row = match (outcomes.get(&point), leaving) {
                (Some(Ok(())), true) => {
                    change.remove_distribution(package, &point)?;
                    continue;
                }
                (Some(Ok(())), false) => {
                    Distribution { state: PointState::Installed, version, failure: None }
                }
                (outcome, leaving) => {
                    let reason = outcome.and_then(|outcome| outcome.as_ref().err()).cloned();
                    let state =
                        if leaving { PointState::RemovalFailed } else { PointState::InstallFailed };
                    Distribution { state, version: row.version, failure: reason }
                }
            };
            change.put_distribution(package, &point, &row)?;
        }
        change.commit()
    }
}

/// Why nothing can be delivered of a package whose source could not be taken when it was created.
fn no_content() -> String {
    "the package has no content yet; make its source readable and refresh it".to_owned()
}
