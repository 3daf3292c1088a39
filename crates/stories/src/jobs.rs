//! Work that waits for its hour.

use onrecord_base::{App, Result, jobs::Job, jobs::Registry};
use serde::Deserialize;

use crate::{Checks, publishing};

#[derive(Deserialize)]
struct Due {
    story: String,
}

/// Adds this area's jobs: publishing what is due, under the checks of the newsroom.
pub fn jobs(registry: &mut Registry, checks: Checks) {
    registry.job(publishing::JOB, move |app, job| publish(app, job, checks.clone()));
}

async fn publish(app: App, job: Job, checks: Checks) -> Result<()> {
    let Due { story } = job.read()?;
    let (settings, random, now) = (app.settings(), app.random.clone(), app.now());
    app.db
        .write(move |conn| {
            let house = publishing::House { settings: &settings, checks: &checks, random: &random };
            publishing::publish_due(conn, house, &story, now)
        })
        .await
}
