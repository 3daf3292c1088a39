//! The test harness: a throw-away newsroom on each database.

use std::future::Future;

use crate::{App, Clock, DataDir, Db, Target, Time, jobs, views::Templates};

mod postgres;
mod relay;
mod traces;

pub use relay::Relay;
pub use traces::{Seen, Traces};

/// The moment at which every test begins: 2026-11-22T10:00:00Z.
pub const START: Time = Time::constant(1_795_341_600_000);

/// Runs a test on SQLite, then on PostgreSQL, each time in a fresh newsroom with the clock standing at [`START`].
///
/// The PostgreSQL is a throw-away cluster started from the installed server binaries and shared by all tests of a
/// run; `ONRECORD_TEST_POSTGRES=skip` leaves that half out on a machine without them.
///
/// # Panics
/// If the newsroom cannot be made, or the test leaves jobs behind that nobody ran.
pub async fn both<F, Fut>(templates: &[Templates], test: F)
where
    F: Fn(App) -> Fut,
    Fut: Future<Output = ()>,
{
    on_sqlite(templates, &test).await;
    on_postgres(templates, &test).await;
}

/// As [`both`], on SQLite alone: for what only that engine has.
///
/// # Panics
/// As [`both`].
pub async fn on_sqlite<F, Fut>(templates: &[Templates], test: F)
where
    F: Fn(App) -> Fut,
    Fut: Future<Output = ()>,
{
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = Target::Sqlite(folder.path().join("onrecord.sqlite"));
    run(&folder, target, templates, &test).await;
}

/// As [`both`], on PostgreSQL alone.
///
/// # Panics
/// As [`both`].
pub async fn on_postgres<F, Fut>(templates: &[Templates], test: F)
where
    F: Fn(App) -> Fut,
    Fut: Future<Output = ()>,
{
    let Some(database) = postgres::Database::new().await else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    run(&folder, Target::Postgres(database.url()), templates, &test).await;
    database.remove().await;
}

/// The address of a fresh, empty PostgreSQL database without our tables; `None` if PostgreSQL is to be skipped.
///
/// # Panics
/// If PostgreSQL cannot be started.
pub async fn empty_postgres() -> Option<String> {
    postgres::Database::empty().await.map(|database| database.url())
}

async fn run<F, Fut>(folder: &tempfile::TempDir, target: Target, templates: &[Templates], test: &F)
where
    F: Fn(App) -> Fut,
    Fut: Future<Output = ()>,
{
    let db = Db::open(&target).await.expect("the database opens");
    db.migrate().await.expect("the migrations apply");
    let app = App::new(db, DataDir::new(folder.path()), Clock::fixed(START), templates).await.expect("a newsroom");
    test(app.clone()).await;
    let now = app.now();
    let left = app.db.read(move |conn| jobs::store::due(conn, now)).await.expect("the jobs can be counted");
    assert!(left.is_empty(), "the test leaves jobs behind that are due and nobody ran: {left:?}");
}
