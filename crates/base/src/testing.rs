//! The test harness: a throw-away newsroom on each database.

use std::future::Future;

use crate::{App, Clock, DataDir, Db, Target, Time, views::Templates};

/// The moment at which every test begins: 2026-11-22T10:00:00Z.
pub const START: Time = Time::constant(1_795_341_600_000);

/// Runs a test on SQLite, then on PostgreSQL, each time in a fresh newsroom with the clock standing at [`START`].
///
/// # Panics
/// If the newsroom cannot be made, or the test leaves jobs behind that nobody ran.
pub async fn both<F, Fut>(templates: &[Templates], test: F)
where
    F: Fn(App) -> Fut,
    Fut: Future<Output = ()>,
{
    let folder = tempfile::tempdir().expect("a temporary folder");
    test(newsroom(&folder, Target::Sqlite(folder.path().join("onrecord.sqlite")), templates).await).await;
}

async fn newsroom(folder: &tempfile::TempDir, target: Target, templates: &[Templates]) -> App {
    let db = Db::open(&target).await.expect("the database opens");
    db.migrate().await.expect("the migrations apply");
    App::new(db, DataDir::new(folder.path()), Clock::fixed(START), templates).await.expect("a newsroom")
}
