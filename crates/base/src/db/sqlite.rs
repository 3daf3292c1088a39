//! SQLite: one writer thread that groups waiting writes into one commit, readers on their own connections.
//!
//! Group commit: WAL with `synchronous=FULL` fsyncs once a commit, so the writer takes what waits, gives each write a
//! savepoint of its own, commits once and answers all of them after that fsync.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, mpsc},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use rusqlite::{Connection, ErrorCode, OpenFlags, backup::StepResult, functions::FunctionFlags, types::ValueRef};
use tokio::sync::{Semaphore, oneshot};

use super::{Conn, Inner, Outcome, Row, Value, Work};
use crate::{Error, Result};

/// Readers beyond the cores only wait for one another; a few more hide file reads.
const READERS: usize = 8;
/// The most writes in one commit: beyond it the fsync is already paid for and the first would only wait longer.
const GROUP: usize = 256;
/// How long to wait for another process (an import beside the server) to finish its commit.
const BUSY: Duration = Duration::from_secs(15);
/// Statements kept prepared on each connection.
const STATEMENTS: usize = 256;

/// How long a group goes on taking waiting writes: the first of it waits for the last.
const GROUP_TIME: Duration = Duration::from_millis(10);
/// Writes that may wait; beyond them callers wait to be let in, so that a flood fills no memory.
const WAITING: usize = 4_096;
/// How often to look whether another process (an import beside the server) has written.
const OTHERS: Duration = Duration::from_millis(250);
/// The log is cut back to this after a checkpoint, so that one large import does not keep its size for ever.
const JOURNAL: i64 = 64 * 1024 * 1024;

type Answer = Box<dyn FnOnce(Result<()>) + Send>;
/// Given the connection inside a transaction, or why there is none.
type Job = Box<dyn FnOnce(Result<&Connection>) -> Answer + Send>;

pub(super) struct Sqlite {
    /// There until the end.
    writer: Option<mpsc::Sender<Job>>,
    /// The writer's thread.
    thread: Option<JoinHandle<()>>,
    readers: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    path: PathBuf,
}

impl Sqlite {
    pub(super) fn open(path: &Path) -> Result<Sqlite> {
        let connection = connect(path, false)?;
        let (writer, jobs) = mpsc::channel();
        let thread = std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || write_loop(&connection, &jobs))
            .map_err(|e| Error::unavailable(format!("cannot start the writer: {e}")))?;
        Ok(Sqlite {
            writer: Some(writer),
            thread: Some(thread),
            readers: Arc::new(Mutex::new(Vec::new())),
            permits: Arc::new(Semaphore::new(READERS)),
            waiting: Arc::new(Semaphore::new(WAITING)),
            path: path.to_owned(),
        })
    }

    pub(super) async fn read(&self, work: Work) -> Result<Outcome> {
        self.on_reader(move |connection| snapshot(connection, work)).await
    }

    /// A reader's connection that nobody uses, if there is one.
    pub(super) fn idle(&self) -> Option<Connection> {
        self.readers.lock().ok()?.pop()
    }

    /// See [`Db::glance`](super::Db::glance).
    pub(super) fn glance(&self, reader: Connection, work: Work) -> Result<Outcome> {
        let answer = snapshot(&reader, work);
        if reader.is_autocommit() {
            self.readers.lock().map_err(|_| stopped())?.push(reader);
        }
        answer
    }

    async fn on_reader<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let permit = self.permits.clone().acquire_owned().await.map_err(|_| stopped())?;
        let readers = self.readers.clone();
        let path = self.path.clone();
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let idle = readers.lock().map_err(|_| stopped())?.pop();
            let connection = match idle {
                Some(connection) => connection,
                None => connect(&path, true)?,
            };
            // A connection that panicked inside a read is dropped with the panic, never pooled again.
            let answer = work(&connection);
            if connection.is_autocommit() {
                readers.lock().map_err(|_| stopped())?.push(connection);
            }
            answer
        })
        .await
        .map_err(|e| Error::internal(format!("a read failed: {e}")))?
    }

    pub(super) async fn write(&self, work: Work) -> Result<Outcome> {
        let _permit = self.waiting.acquire().await.map_err(|_| stopped())?;
        let (sender, receiver) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let outcome = connection.and_then(|connection| in_savepoint(connection, work));
            Box::new(move |committed| {
                let _ = sender.send(outcome.and_then(|value| committed.map(|()| value)));
            })
        });
        self.writer.as_ref().ok_or_else(stopped)?.send(job).map_err(|_| stopped())?;
        receiver.await.map_err(|_| stopped())?
    }

    /// See [`watch`].
    pub(super) fn watch(&self, wake: impl Fn(bool) -> bool + Send + 'static) {
        watch(&self.path, wake);
    }

    pub(super) async fn copy_to(&self, path: PathBuf) -> Result<()> {
        self.on_reader(move |connection| {
            let mut target = Connection::open(&path).map_err(|e| failed(&e, "backup"))?;
            let backup = rusqlite::backup::Backup::new(connection, &mut target).map_err(|e| failed(&e, "backup"))?;
            // All pages in one step: between steps a write would make the copy begin again, and a busy newsroom would
            // never be done. The writer is not held up, since in WAL mode this is a reader like any other.
            match backup.step(-1).map_err(|e| failed(&e, "backup"))? {
                StepResult::Done => Ok(()),
                _ => Err(Error::unavailable("the database is busy and could not be copied")),
            }
        })
        .await
    }
}

impl Sqlite {
    /// See [`Db::scrub`](super::Db::scrub).
    pub(super) async fn scrub(&self) -> Result<()> {
        let path = self.path.clone();
        let work = move || {
            let connection = connect(&path, false)?;
            let (busy, ..): (i64, i64, i64) = connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .map_err(|e| failed(&e, "wal_checkpoint"))?;
            if busy == 0 { Ok(()) } else { Err(Error::unavailable("the log could not be emptied: somebody reads it")) }
        };
        tokio::task::spawn_blocking(work).await.map_err(|e| Error::internal(format!("a scrub failed: {e}")))?
    }
}

impl Drop for Sqlite {
    /// Waits until the writer has moved the log into the database's file and closed it, so that a newsroom at rest is
    /// one file, and nothing of it is lost by whoever copies or moves that.
    fn drop(&mut self) {
        if let Ok(mut readers) = self.readers.lock() {
            readers.clear();
        }
        drop(self.writer.take());
        // The last handle may end with a write that held it: the writer cannot wait for itself.
        if let Some(thread) = self.thread.take().filter(|thread| thread.thread().id() != std::thread::current().id()) {
            let _ = thread.join();
        }
    }
}

fn stopped() -> Error {
    Error::unavailable("the database has stopped")
}

fn connect(path: &Path, reader: bool) -> Result<Connection> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(|e| unusable(path, &e))?;
    let set_up = || -> rusqlite::Result<()> {
        connection.busy_timeout(BUSY)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "journal_size_limit", JOURNAL)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // What is deleted or overwritten is gone from the file too, not only from what can be asked: readers may have
        // what they wrote erased, and sources more so.
        connection.pragma_update(None, "secure_delete", true)?;
        // Negative: kibibytes. Small, since pages of the edition are what is read often.
        connection.pragma_update(None, "cache_size", -2000)?;
        // As on PostgreSQL: LIKE tells upper from lower case, and lower() knows more than ASCII.
        connection.pragma_update(None, "case_sensitive_like", true)?;
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        connection.create_scalar_function("lower", 1, flags, |context| {
            Ok(context.get::<Option<String>>(0)?.map(|text| text.to_lowercase()))
        })?;
        connection.pragma_update(None, "query_only", reader)?;
        if !reader {
            // Every write of a group has a savepoint, and SQLite writes down each page that one changes: in memory, not
            // in a file of its own, which was three quarters of everything written.
            connection.pragma_update(None, "temp_store", "MEMORY")?;
        }
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(())
    };
    set_up().map_err(|e| unusable(path, &e))?;
    Ok(connection)
}

/// Runs `work` over one consistent snapshot.
fn snapshot(connection: &Connection, work: Work) -> Result<Outcome> {
    begin(connection, "BEGIN DEFERRED")?;
    let answer = Conn::run(Inner::Sqlite(connection), work);
    step(connection, "COMMIT").map_err(|e| failed(&e, "COMMIT"))?;
    answer
}

/// Why a database file cannot be used, and what to look at.
fn unusable(path: &Path, error: &rusqlite::Error) -> Error {
    let file = path.display();
    let folder = path.parent().map(|p| p.display().to_string()).unwrap_or_default();
    Error::unavailable(match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen) if path.parent().is_some_and(|p| !p.is_dir()) => {
            format!("the database {file} cannot be opened: there is no folder {folder}")
        }
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            format!("the database {file} cannot be opened: this user may not read and write it and its folder")
        }
        Some(ErrorCode::ReadOnly) => {
            format!(
                "the database {file} cannot be written: look at the rights of the file and of {folder}, and whether the disk is mounted read-only"
            )
        }
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            format!("{file} is not a database, or it is damaged: restore it from a backup")
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            format!("the database {file} is held by another program that does not let go")
        }
        Some(ErrorCode::DiskFull) => format!("the disk of {folder} is full"),
        _ => format!("the database {file} cannot be used: {error}"),
    })
}

fn begin(connection: &Connection, how: &str) -> Result<()> {
    step(connection, how).map_err(|e| Error::unavailable(format!("the database is busy: {e}")))
}

/// One of the statements that stand around all others, prepared once.
fn step(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.raw_execute().map(drop)
}

fn write_loop(connection: &Connection, jobs: &mpsc::Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        if let Err(error) = begin(connection, "BEGIN IMMEDIATE") {
            // All that waits has waited as long as this one: refuse it together, not one timeout after another.
            for job in std::iter::once(first).chain(jobs.try_iter()) {
                job(Err(error.clone()))(Ok(()));
            }
            continue;
        }
        let begun = Instant::now();
        let mut answers = vec![first(Ok(connection))];
        // Some faults (disk full, I/O) end the transaction by themselves; nothing more may run outside of one.
        while answers.len() < GROUP
            && begun.elapsed() < GROUP_TIME
            && !connection.is_autocommit()
            && let Ok(next) = jobs.try_recv()
        {
            answers.push(next(Ok(connection)));
        }
        let committed = match connection.is_autocommit() {
            true => {
                Err(Error::unavailable("the database gave up a group of writes: its disk is full or does not answer"))
            }
            false => step(connection, "COMMIT").map_err(|e| failed(&e, "COMMIT")),
        };
        if committed.is_err() && !connection.is_autocommit() {
            let _ = connection.execute_batch("ROLLBACK");
        }
        for answer in answers {
            answer(committed.clone());
        }
    }
    // Without waiting: another process that reads now will do this when it ends.
    let _ = connection.busy_timeout(Duration::ZERO);
    let _ = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
}

/// Tells `wake` again and again whether any connection, of this process or another, has written since this was called,
/// until it says that nobody listens.
fn watch(path: &Path, wake: impl Fn(bool) -> bool + Send + 'static) {
    // The first look is taken here and not in the thread: what is written while the thread starts counts too.
    let connection = match connect(path, true) {
        Ok(connection) => connection,
        Err(error) => return tracing::warn!(%error, "writes of other processes will not be seen"),
    };
    let mut seen = data_version(&connection);
    let look = move || loop {
        std::thread::sleep(OTHERS);
        let now = data_version(&connection);
        if !wake(now != seen) {
            return;
        }
        seen = now;
    };
    if let Err(error) = std::thread::Builder::new().name("watch".into()).spawn(look) {
        tracing::warn!(%error, "writes of other processes will not be seen");
    }
}

/// A number that differs after another connection has committed (<https://www.sqlite.org/pragma.html#pragma_data_version>).
fn data_version(connection: &Connection) -> Option<i64> {
    connection.query_row("PRAGMA data_version", [], |row| row.get(0)).ok()
}

fn in_savepoint(connection: &Connection, work: Work) -> Result<Outcome> {
    step(connection, "SAVEPOINT one").map_err(|e| failed(&e, "SAVEPOINT"))?;
    // A panic in one write must not take the writer, and with it the newsroom, down.
    let outcome = catch_unwind(AssertUnwindSafe(|| Conn::run(Inner::Sqlite(connection), work)))
        .unwrap_or_else(|_| Err(Error::internal("a write panicked")));
    let undone = if outcome.is_ok() { Ok(()) } else { step(connection, "ROLLBACK TO one") };
    let ended = undone.and_then(|()| step(connection, "RELEASE one")).map_err(|e| failed(&e, "RELEASE"));
    outcome.and_then(|value| ended.map(|()| value))
}

pub(super) fn query(connection: &Connection, sql: &str, args: &[Value]) -> Result<Vec<Row>> {
    let run = || -> rusqlite::Result<Vec<Row>> {
        let mut statement = connection.prepare_cached(sql)?;
        bind(&mut statement, args)?;
        let columns: Arc<[String]> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.raw_query();
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let mut values = Vec::with_capacity(columns.len());
            for at in 0..columns.len() {
                values.push(match row.get_ref(at)? {
                    ValueRef::Null => Value::Null,
                    ValueRef::Integer(v) => Value::Int(v),
                    ValueRef::Real(v) => Value::Real(v),
                    ValueRef::Text(v) => Value::Text(String::from_utf8_lossy(v).into_owned()),
                    ValueRef::Blob(v) => Value::Bytes(v.to_vec()),
                });
            }
            found.push(Row { columns: columns.clone(), values });
        }
        Ok(found)
    };
    run().map_err(|e| failed(&e, sql))
}

pub(super) fn execute(connection: &Connection, sql: &str, args: &[Value]) -> Result<u64> {
    let run = || -> rusqlite::Result<u64> {
        let mut statement = connection.prepare_cached(sql)?;
        bind(&mut statement, args)?;
        Ok(statement.raw_execute()? as u64)
    };
    run().map_err(|e| failed(&e, sql))
}

pub(super) fn batch(connection: &Connection, sql: &str) -> Result<()> {
    connection.execute_batch(sql).map_err(|e| failed(&e, sql))
}

/// Binds by name: SQLite numbers `$2, $1` by order of appearance, PostgreSQL by what they say.
fn bind(statement: &mut rusqlite::CachedStatement<'_>, args: &[Value]) -> rusqlite::Result<()> {
    let mut bound = 0;
    for index in 1..=statement.parameter_count() {
        let number = statement.parameter_name(index).and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok());
        let Some((number, value)) = number.and_then(|n| Some((n, args.get(n.checked_sub(1)?)?))) else {
            return Err(rusqlite::Error::InvalidParameterCount(args.len(), statement.parameter_count()));
        };
        bound = bound.max(number);
        match value {
            Value::Null => statement.raw_bind_parameter(index, rusqlite::types::Null)?,
            Value::Int(v) => statement.raw_bind_parameter(index, v)?,
            Value::Real(v) => statement.raw_bind_parameter(index, v)?,
            Value::Text(v) => statement.raw_bind_parameter(index, v)?,
            Value::Bytes(v) => statement.raw_bind_parameter(index, v)?,
        }
    }
    match bound == args.len() {
        true => Ok(()),
        // PostgreSQL refuses these too: an argument too many is a mistake in the statement.
        false => Err(rusqlite::Error::InvalidParameterCount(args.len(), bound)),
    }
}

fn failed(error: &rusqlite::Error, sql: &str) -> Error {
    if let rusqlite::Error::SqliteFailure(code, Some(message)) = error {
        // "UNIQUE constraint failed: stories.section_id, stories.slug" -> "stories_section_id_slug", PostgreSQL's name.
        if code.code == ErrorCode::ConstraintViolation
            && let Some(columns) = message.strip_prefix("UNIQUE constraint failed: ")
        {
            if let Some(index) = columns.strip_prefix("index '") {
                return Error::Unique(index.trim_end_matches('\'').to_owned());
            }
            let table = columns.split('.').next().unwrap_or_default();
            let names: Vec<&str> = columns.split(", ").filter_map(|c| c.split('.').nth(1)).collect();
            return Error::Unique(format!("{table}_{}", names.join("_")));
        }
        match code.code {
            ErrorCode::DiskFull | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure => {
                return Error::unavailable(format!("the database cannot be written: {message}"));
            }
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
                return Error::unavailable(format!("the database is busy: {message}"));
            }
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
                return Error::unavailable(format!("the database is damaged ({message}): restore it from a backup"));
            }
            _ => {}
        }
    }
    Error::internal(format!("{error} in: {}", sql.split_whitespace().collect::<Vec<_>>().join(" ")))
}
