//! One database handle over SQLite and PostgreSQL.
//!
//! Stores write plain functions over [`Conn`] with one SQL text (`$1` placeholders); [`Db::read`] and [`Db::write`]
//! run them in one transaction. The functions are synchronous on purpose: a store cannot await something else while
//! it holds the writer, and the same function serves inside a read, a write or a larger transaction.
//!
//! Invariants:
//! - a write is answered only after it is durable (SQLite: after the fsync of its group's commit);
//! - a failed write leaves nothing behind, and does not disturb the others of its group;
//! - nothing here knows an area's tables, except the log of changes.

mod health;
mod migrate;
mod postgres;
pub mod sql;
mod sqlite;
mod value;

use std::{
    any::Any,
    borrow::Cow,
    path::PathBuf,
    sync::{Arc, Once},
};

use tokio::sync::watch;

pub use self::health::Schema;
#[cfg(any(test, feature = "testing"))]
pub(crate) use self::migrate::migrations_hash;
pub use self::value::{FromValue, Row, Value};
use crate::{Error, Result};

/// Where the newsroom's data lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A SQLite file, made if it is not there.
    Sqlite(PathBuf),
    /// A PostgreSQL connection string or URL.
    Postgres(String),
}

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    engine: Arc<Engine>,
    written: Arc<watch::Sender<u64>>,
    listening: Arc<Once>,
}

enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

/// What one transaction sees: statements in, rows out.
pub struct Conn<'a> {
    inner: Inner<'a>,
    /// The first statement that failed outside of an [`Conn::attempt`].
    broken: Option<Error>,
}

/// What is done within a transaction, and what it answers, without their types: an engine is compiled once, not once for
/// each of the seven hundred things that areas do with it.
type Work = Box<dyn FnOnce(&mut Conn<'_>) -> Result<Outcome> + Send>;
type Outcome = Box<dyn Any + Send>;

fn work<T: Send + 'static>(work: impl FnOnce(&mut Conn<'_>) -> Result<T> + Send + 'static) -> Work {
    Box::new(move |conn| Ok(Box::new(work(conn)?)))
}

fn answer<T: 'static>(outcome: Outcome) -> Result<T> {
    outcome.downcast().map(|answer| *answer).map_err(|_| Error::internal("a transaction answered something else"))
}

enum Inner<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(postgres::Session<'a>),
}

impl Db {
    /// Opens the database without touching its schema; see [`Db::migrate`].
    ///
    /// # Errors
    /// `Error::Unavailable` with a sentence for the operator.
    pub async fn open(target: &Target) -> Result<Db> {
        let engine = match target {
            Target::Sqlite(path) => Engine::Sqlite(sqlite::Sqlite::open(path)?),
            Target::Postgres(url) => Engine::Postgres(postgres::Postgres::open(url).await?),
        };
        Ok(Db { engine: Arc::new(engine), written: Arc::new(watch::Sender::new(0)), listening: Arc::new(Once::new()) })
    }

    /// Brings the schema up to date; returns the names of the migrations it applied.
    ///
    /// # Errors
    /// If a migration that has landed was edited, or its SQL fails; nothing of the failing migration is kept.
    pub async fn migrate(&self) -> Result<Vec<String>> {
        migrate::run(self).await
    }

    /// Runs `work` over one consistent snapshot.
    ///
    /// # Errors
    /// Whatever `work` returns, or `Error::Unavailable`.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn<'_>) -> Result<T> + Send + 'static,
    {
        answer(self.engine.read(self::work(work)).await?)
    }

    /// As [`Db::read`], for a few rows by their keys: done where it is asked, if a connection is idle. Handing so little
    /// to another thread and back costs more than the rows do.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn glance<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn<'_>) -> Result<T> + Send + 'static,
    {
        answer(self.engine.glance(self::work(work)).await?)
    }

    /// Runs `work` in one transaction and answers after it is durable. An error undoes all of it, also one of a
    /// statement that `work` ignored; see [`Conn::attempt`].
    ///
    /// On PostgreSQL others commit between its statements: what must still hold stands as a condition in the statement
    /// (`WHERE version = $2`) or as a constraint.
    ///
    /// # Errors
    /// Whatever `work` returns, or `Error::Unavailable` if the commit fails.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn<'_>) -> Result<T> + Send + 'static,
    {
        let value = self.engine.write(self::work(work)).await?;
        self.written.send_modify(|count| *count += 1);
        answer(value)
    }

    /// Wakes after writes through this handle, and after those of other processes: on SQLite within a quarter of a
    /// second, on PostgreSQL at once, as far as they have a follower (the log, events, jobs). Only a hint to look,
    /// which may be missed: what changed stands in the log.
    ///
    /// Call it on a runtime.
    pub fn written(&self) -> watch::Receiver<u64> {
        self.listening.call_once(|| {
            let written = Arc::downgrade(&self.written);
            match &*self.engine {
                Engine::Postgres(postgres) => postgres.listen(written),
                Engine::Sqlite(sqlite) => sqlite.watch(move |changed| {
                    let Some(written) = written.upgrade() else { return false };
                    if changed {
                        written.send_modify(|count| *count += 1);
                    }
                    true
                }),
            }
        });
        self.written.subscribe()
    }

    /// True for SQLite.
    pub fn is_sqlite(&self) -> bool {
        matches!(&*self.engine, Engine::Sqlite(_))
    }

    /// Empties the write-ahead log into the database's file, so that what was deleted before this is in neither. On
    /// PostgreSQL that is the server's business (`autovacuum`, the keeping of its log), and this does nothing.
    ///
    /// # Errors
    /// `Error::Unavailable` if others read for too long.
    pub async fn scrub(&self) -> Result<()> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.scrub().await,
            Engine::Postgres(_) => Ok(()),
        }
    }

    /// As [`Db::scrub`], and on PostgreSQL these tables are written anew (`VACUUM FULL`), so that what was deleted from
    /// them is in none of their files. Its log (`pg_wal`) keeps it until PostgreSQL recycles that.
    ///
    /// # Errors
    /// `Error::Unavailable` if others read for too long.
    pub async fn scrub_tables(&self, tables: &[&'static str]) -> Result<()> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.scrub().await,
            Engine::Postgres(postgres) => postgres.rewrite(tables).await,
        }
    }

    /// Writes a consistent copy of a SQLite database to `path` while others read and write.
    ///
    /// # Errors
    /// `Error::Unavailable`, or `Error::Refused` on PostgreSQL, whose own tools do this.
    pub async fn copy_to(&self, path: PathBuf) -> Result<()> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.copy_to(path).await,
            Engine::Postgres(_) => Err(Error::refused("base-backup-postgres")),
        }
    }
}

impl Engine {
    async fn read(&self, work: Work) -> Result<Outcome> {
        match self {
            Engine::Sqlite(sqlite) => sqlite.read(work).await,
            Engine::Postgres(postgres) => postgres.read(work).await,
        }
    }

    async fn glance(&self, work: Work) -> Result<Outcome> {
        match self {
            Engine::Sqlite(sqlite) => match sqlite.idle() {
                Some(reader) => sqlite.glance(reader, work),
                None => sqlite.read(work).await,
            },
            Engine::Postgres(postgres) => postgres.read(work).await,
        }
    }

    async fn write(&self, work: Work) -> Result<Outcome> {
        match self {
            Engine::Sqlite(sqlite) => sqlite.write(work).await,
            Engine::Postgres(postgres) => postgres.write(work).await,
        }
    }
}

impl Conn<'_> {
    /// Runs `work`. A statement that failed makes all of it fail, since PostgreSQL carries out nothing after it, and
    /// SQLite must not differ.
    fn run(inner: Inner<'_>, work: Work) -> Result<Outcome> {
        let mut conn = Conn { inner, broken: None };
        let value = work(&mut conn)?;
        conn.broken.map_or(Ok(value), Err)
    }

    /// Runs `work` such that an error undoes it alone, and the transaction can go on.
    ///
    /// # Errors
    /// Whatever `work` returns.
    pub fn attempt<T>(&mut self, work: impl FnOnce(&mut Conn<'_>) -> Result<T>) -> Result<T> {
        self.batch("SAVEPOINT attempt")?;
        let before = self.broken.take();
        let outcome = work(self).and_then(|value| self.broken.take().map_or(Ok(value), Err));
        self.broken = before;
        self.batch(if outcome.is_ok() { "RELEASE attempt" } else { "ROLLBACK TO attempt; RELEASE attempt" })?;
        outcome
    }

    fn noted<T>(&mut self, outcome: Result<T>) -> Result<T> {
        if let Err(error) = &outcome
            && self.broken.is_none()
        {
            self.broken = Some(error.clone());
        }
        outcome
    }

    /// All rows of a statement. `{skip}` after a `SELECT ... LIMIT` makes concurrent claimers pass over one another's
    /// rows where there can be such (`FOR UPDATE SKIP LOCKED`); SQLite has one writer.
    ///
    /// # Errors
    /// `Error::Unique` for a broken unique constraint, `Error::Internal` otherwise.
    pub fn query(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>> {
        let outcome = match &mut self.inner {
            Inner::Sqlite(connection) => sqlite::query(connection, &dialect(sql, true), args),
            Inner::Postgres(session) => session.query(&dialect(sql, false), args),
        };
        self.noted(outcome)
    }

    /// The first row, if any.
    ///
    /// # Errors
    /// As [`Conn::query`].
    pub fn one(&mut self, sql: &str, args: &[Value]) -> Result<Option<Row>> {
        Ok(self.query(sql, args)?.into_iter().next())
    }

    /// Runs a statement and says how many rows it changed.
    ///
    /// # Errors
    /// As [`Conn::query`].
    pub fn execute(&mut self, sql: &str, args: &[Value]) -> Result<u64> {
        let outcome = match &mut self.inner {
            Inner::Sqlite(connection) => sqlite::execute(connection, &dialect(sql, true), args),
            Inner::Postgres(session) => session.execute(&dialect(sql, false), args),
        };
        self.noted(outcome)
    }

    /// The rows of one statement for each of several sets of arguments, in order. PostgreSQL is asked for all of them at
    /// once: one way there and back, not one for each.
    ///
    /// # Errors
    /// As [`Conn::query`].
    pub fn query_each(&mut self, sql: &str, each: &[Vec<Value>]) -> Result<Vec<Vec<Row>>> {
        let outcome = match &mut self.inner {
            Inner::Sqlite(connection) => {
                let sql = dialect(sql, true);
                each.iter().map(|args| sqlite::query(connection, &sql, args)).collect()
            }
            Inner::Postgres(session) => session.query_each(&dialect(sql, false), each),
        };
        self.noted(outcome)
    }

    /// Runs one statement for each of several sets of arguments, as [`Conn::query_each`] asks.
    ///
    /// # Errors
    /// As [`Conn::query`].
    pub fn execute_each(&mut self, sql: &str, each: &[Vec<Value>]) -> Result<()> {
        let outcome = match &mut self.inner {
            Inner::Sqlite(connection) => {
                let sql = dialect(sql, true);
                each.iter().try_for_each(|args| sqlite::execute(connection, &sql, args).map(drop))
            }
            Inner::Postgres(session) => session.execute_each(&dialect(sql, false), each),
        };
        self.noted(outcome)
    }

    /// Runs several statements without arguments (migrations).
    ///
    /// # Errors
    /// As [`Conn::query`].
    pub fn batch(&mut self, sql: &str) -> Result<()> {
        let outcome = match &mut self.inner {
            Inner::Sqlite(connection) => sqlite::batch(connection, sql),
            Inner::Postgres(session) => session.batch(sql),
        };
        self.noted(outcome)
    }

    /// True on SQLite, for the few statements where the two must differ.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.inner, Inner::Sqlite(_))
    }

    /// Appends to the log of changes to public state; call it in the transaction that makes the change.
    ///
    /// On PostgreSQL appenders wait for one another, so that the log's order is the order of commits and a follower
    /// that has seen number N has seen all before it.
    ///
    /// # Errors
    /// As [`Conn::query`].
    pub fn changed(&mut self, kind: &str, subject: &str, now: crate::Time) -> Result<()> {
        self.changed_each([(kind, subject)], now)
    }

    /// Appends several lines, kind and subject each, as [`Conn::changed`] does one.
    ///
    /// # Errors
    /// As [`Conn::query`].
    pub fn changed_each<'s>(
        &mut self,
        changes: impl IntoIterator<Item = (&'s str, &'s str)>,
        now: crate::Time,
    ) -> Result<()> {
        if !self.is_sqlite() {
            self.query("SELECT 1 FROM pg_advisory_xact_lock(7261)", &[])?;
        }
        let each: Vec<Vec<Value>> =
            changes.into_iter().map(|(kind, subject)| crate::args![now.millis(), kind, subject].to_vec()).collect();
        self.execute_each("INSERT INTO changes (at, kind, subject) VALUES ($1, $2, $3)", &each)?;
        self.wake_others()
    }

    /// Tells other nodes, once this transaction is durable, that there is something to look at.
    pub(crate) fn wake_others(&mut self) -> Result<()> {
        if !self.is_sqlite() {
            self.query("SELECT pg_notify($1, '')", crate::args![postgres::CHANNEL])?;
        }
        Ok(())
    }
}

/// The one SQL text in the words of one engine.
fn dialect(sql: &str, sqlite: bool) -> Cow<'_, str> {
    match sql.contains("{skip}") {
        true => sql.replace("{skip}", if sqlite { "" } else { "FOR UPDATE SKIP LOCKED" }).into(),
        false => sql.into(),
    }
}

#[cfg(test)]
mod tests;
