//! SQLite: one writer thread that groups waiting writes into one commit, readers on their own connections.
//!
//! Group commit: WAL with `synchronous=FULL` fsyncs once a commit, so the writer takes what waits, gives each write a
//! savepoint of its own, commits once and answers all of them after that fsync.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, types::ValueRef};
use tokio::sync::{Semaphore, oneshot};

use super::{Conn, Inner, Row, Value};
use crate::{Error, Result};

/// Readers beyond the cores only wait for one another; a few more hide file reads.
const READERS: usize = 8;
/// The most writes in one commit: beyond it the fsync is already paid for and the first would only wait longer.
const GROUP: usize = 256;
/// How long to wait for another process (an import beside the server) to finish its commit.
const BUSY: Duration = Duration::from_secs(15);
/// Statements kept prepared on each connection.
const STATEMENTS: usize = 256;

type Answer = Box<dyn FnOnce(Result<()>) + Send>;
type Job = Box<dyn FnOnce(&Connection) -> Answer + Send>;

pub(super) struct Sqlite {
    writer: mpsc::Sender<Job>,
    readers: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
    path: PathBuf,
}

impl Sqlite {
    pub(super) fn open(path: &Path) -> Result<Sqlite> {
        let connection = connect(path)?;
        let (writer, jobs) = mpsc::channel();
        std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || write_loop(&connection, &jobs))
            .map_err(|e| Error::unavailable(format!("cannot start the writer: {e}")))?;
        Ok(Sqlite {
            writer,
            readers: Arc::new(Mutex::new(Vec::new())),
            permits: Arc::new(Semaphore::new(READERS)),
            path: path.to_owned(),
        })
    }

    pub(super) async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn<'_>) -> Result<T> + Send + 'static,
    {
        self.on_reader(move |connection| {
            begin(connection, "BEGIN DEFERRED")?;
            let answer = work(&mut Conn { inner: Inner::Sqlite(connection) });
            batch(connection, "COMMIT")?;
            answer
        })
        .await
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
                None => connect(&path)?,
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

    pub(super) async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn<'_>) -> Result<T> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let outcome = in_savepoint(connection, work);
            Box::new(move |committed| {
                let _ = sender.send(committed.and(outcome));
            })
        });
        self.writer.send(job).map_err(|_| stopped())?;
        receiver.await.map_err(|_| stopped())?
    }

    pub(super) async fn copy_to(&self, path: PathBuf) -> Result<()> {
        self.on_reader(move |connection| {
            let mut target = Connection::open(&path).map_err(|e| failed(&e, "backup"))?;
            let backup = rusqlite::backup::Backup::new(connection, &mut target).map_err(|e| failed(&e, "backup"))?;
            backup.run_to_completion(4096, Duration::from_millis(1), None).map_err(|e| failed(&e, "backup"))
        })
        .await
    }
}

fn stopped() -> Error {
    Error::unavailable("the database has stopped")
}

fn connect(path: &Path) -> Result<Connection> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(|e| Error::unavailable(format!("cannot open the database {}: {e}", path.display())))?;
    let set_up = || -> rusqlite::Result<()> {
        connection.busy_timeout(BUSY)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // Negative: kibibytes. Small, since pages of the edition are what is read often.
        connection.pragma_update(None, "cache_size", -2000)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(())
    };
    set_up().map_err(|e| Error::unavailable(format!("cannot use the database {}: {e}", path.display())))?;
    Ok(connection)
}

fn begin(connection: &Connection, how: &str) -> Result<()> {
    connection.execute_batch(how).map_err(|e| Error::unavailable(format!("the database is busy: {e}")))
}

fn write_loop(connection: &Connection, jobs: &mpsc::Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        if let Err(error) = begin(connection, "BEGIN IMMEDIATE") {
            // The job has not run: its closure answers with the error, and nothing was written.
            refuse(connection, first, error);
            continue;
        }
        let mut answers = vec![first(connection)];
        while answers.len() < GROUP
            && let Ok(next) = jobs.try_recv()
        {
            answers.push(next(connection));
        }
        let committed = connection.execute_batch("COMMIT").map_err(|e| failed(&e, "COMMIT"));
        if committed.is_err() && !connection.is_autocommit() {
            let _ = connection.execute_batch("ROLLBACK");
        }
        for answer in answers {
            answer(committed.clone());
        }
    }
}

fn refuse(connection: &Connection, job: Job, error: Error) {
    // Run inside a transaction that is thrown away, since only the job knows its answer's channel.
    let opened = connection.execute_batch("BEGIN DEFERRED").is_ok();
    let answer = job(connection);
    if opened && !connection.is_autocommit() {
        let _ = connection.execute_batch("ROLLBACK");
    }
    answer(Err(error));
}

fn in_savepoint<T, F>(connection: &Connection, work: F) -> Result<T>
where
    F: FnOnce(&mut Conn<'_>) -> Result<T>,
{
    batch(connection, "SAVEPOINT one")?;
    // A panic in one write must not take the writer, and with it the newsroom, down.
    let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut Conn { inner: Inner::Sqlite(connection) })))
        .unwrap_or_else(|_| Err(Error::internal("a write panicked")));
    let end = if outcome.is_ok() { "RELEASE one" } else { "ROLLBACK TO one; RELEASE one" };
    batch(connection, end)?;
    outcome
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
    for (at, value) in args.iter().enumerate() {
        let Some(index) = statement.parameter_index(&format!("${}", at + 1))? else { continue };
        match value {
            Value::Null => statement.raw_bind_parameter(index, rusqlite::types::Null)?,
            Value::Int(v) => statement.raw_bind_parameter(index, v)?,
            Value::Real(v) => statement.raw_bind_parameter(index, v)?,
            Value::Text(v) => statement.raw_bind_parameter(index, v)?,
            Value::Bytes(v) => statement.raw_bind_parameter(index, v)?,
        }
    }
    Ok(())
}

fn failed(error: &rusqlite::Error, sql: &str) -> Error {
    if let rusqlite::Error::SqliteFailure(code, Some(message)) = error {
        // "UNIQUE constraint failed: stories.section_id, stories.slug" -> "stories_section_id_slug", PostgreSQL's name.
        if code.code == rusqlite::ErrorCode::ConstraintViolation
            && let Some(columns) = message.strip_prefix("UNIQUE constraint failed: ")
        {
            let table = columns.split('.').next().unwrap_or_default();
            let names: Vec<&str> = columns.split(", ").filter_map(|c| c.split('.').nth(1)).collect();
            return Error::Unique(format!("{table}_{}", names.join("_")));
        }
        if code.code == rusqlite::ErrorCode::DiskFull || code.code == rusqlite::ErrorCode::ReadOnly {
            return Error::unavailable(format!("the database cannot be written: {message}"));
        }
    }
    Error::internal(format!("{error} in: {}", sql.split_whitespace().collect::<Vec<_>>().join(" ")))
}
