//! PostgreSQL: a pool of connections; the synchronous store functions run on blocking threads and wait there.

use std::{
    error::Error as _,
    future::poll_fn,
    sync::{Arc, Weak},
    time::Duration,
};

use bytes::BytesMut;
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime, TimeoutType};
use futures_util::future::try_join_all;
use tokio::{runtime::Handle, sync::watch};
use tokio_postgres::{
    AsyncMessage, NoTls, Statement,
    error::SqlState,
    types::{IsNull, ToSql, Type, to_sql_checked},
};

use super::{Conn, Inner, Outcome, Row, Value, Work};
use crate::{Error, Result};

/// Connections a node opens; PostgreSQL's default limit is 100 for all nodes.
const CONNECTIONS: usize = 16;

/// How long to wait for an answer when connecting, unless the address says otherwise.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a transaction waits for a free connection before it is refused.
const WAIT: Duration = Duration::from_secs(30);
/// Statements that are under way at once: more would only fill buffers.
const AT_ONCE: usize = 256;
/// The channel on which nodes wake one another.
pub(super) const CHANNEL: &str = "onrecord";
/// How often the listener looks whether anybody still wants to be woken.
const HEARTBEAT: Duration = Duration::from_secs(5);

pub(super) struct Postgres {
    pool: Pool,
    // Boxed: it is large, and read once.
    config: Box<tokio_postgres::Config>,
}

pub(super) struct Session<'a> {
    client: &'a Object,
    handle: &'a Handle,
}

/// The number of a transaction that begins now.
const NOW: &str = "SELECT (txid_current() % 4294967296)::text";
/// Whether a table that was just written anew holds what was deleted before the transaction of that number: what somebody who
/// began earlier could still see, be it a session that is only starting, is written anew as well. With `FREEZE` the table's
/// `relfrozenxid` says up to where nobody could.
const OLDER: &str = "SELECT age(relfrozenxid) > age($2::text::xid) FROM pg_class WHERE oid = $1::text::regclass";
/// How long it is waited before such a table is written once more,
const LOOK: Duration = Duration::from_millis(50);
/// and how many times; then whoever called tries again.
const REWRITES: u32 = 20;

impl Postgres {
    pub(super) async fn open(url: &str) -> Result<Postgres> {
        let mut config: tokio_postgres::Config = url
            .parse()
            .map_err(|e| Error::unavailable(format!("the database address cannot be read: {}", cause(&e))))?;
        let patience = *config.get_connect_timeout().unwrap_or(&CONNECT);
        config.connect_timeout(patience);
        let manager =
            Manager::from_config(config.clone(), NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
        let pool = Pool::builder(manager)
            .max_size(CONNECTIONS)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(WAIT))
            // The address's own limit ends with the TCP connection: something else may listen there, and say nothing.
            .create_timeout(Some(patience))
            .build()
            .map_err(|e| Error::unavailable(format!("cannot make the database pool: {e}")))?;
        let postgres = Postgres { pool, config: Box::new(config) };
        drop(postgres.client().await?);
        Ok(postgres)
    }

    /// Wakes `written` on every notification, connecting again when the connection breaks.
    pub(super) fn listen(&self, written: Weak<watch::Sender<u64>>) {
        let config = self.config.clone();
        tokio::spawn(async move {
            while written.strong_count() > 0 {
                if let Err(error) = listen_once(&config, &written).await {
                    tracing::warn!(%error, "other nodes' writes are seen late: PostgreSQL does not let us listen");
                    tokio::time::sleep(HEARTBEAT).await;
                }
            }
        });
    }

    async fn client(&self) -> Result<Object> {
        self.pool.get().await.map_err(|error| {
            Error::unavailable(match &error {
                PoolError::Backend(error) => match error.as_db_error() {
                    Some(refusal) => format!("PostgreSQL does not let us in: {}", refusal.message()),
                    None => format!("PostgreSQL cannot be reached: {}", cause(error)),
                },
                PoolError::Timeout(TimeoutType::Create) => {
                    "PostgreSQL does not answer: something else may be listening at its address".to_owned()
                }
                PoolError::Timeout(_) => "PostgreSQL's connections are all busy".to_owned(),
                other => format!("PostgreSQL cannot be reached: {}", cause(other)),
            })
        })
    }

    /// Writes tables anew; outside of a transaction, as it must be.
    pub(super) async fn rewrite(&self, tables: &[&'static str]) -> Result<()> {
        let client = self.client().await?;
        let row = client.query_one(NOW, &[]).await.map_err(|e| failed(&e, NOW))?;
        let now: String = row.get(0);
        for table in tables {
            let sql = format!("VACUUM (FULL, FREEZE) {table}");
            for tries in 0.. {
                client.batch_execute(&sql).await.map_err(|e| failed(&e, &sql))?;
                let row = client.query_one(OLDER, &[table, &now]).await.map_err(|e| failed(&e, OLDER))?;
                match row.get(0) {
                    false => break,
                    true if tries == REWRITES => return Err(Error::unavailable("others read for too long")),
                    true => tokio::time::sleep(LOOK).await,
                }
            }
        }
        Ok(())
    }

    pub(super) async fn read(&self, work: Work) -> Result<Outcome> {
        self.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", work).await
    }

    pub(super) async fn write(&self, work: Work) -> Result<Outcome> {
        self.run("BEGIN", work).await
    }

    async fn run(&self, begin: &'static str, work: Work) -> Result<Outcome> {
        let client = self.client().await?;
        let handle = Handle::current();
        tokio::task::spawn_blocking(move || {
            let mut session = Session { client: &client, handle: &handle };
            session.batch(begin)?;
            let open = OpenTransaction(Some((&client, &handle)));
            let answer = Conn::run(Inner::Postgres(Session { client: &client, handle: &handle }), work);
            if answer.is_ok() {
                session.batch("COMMIT")?;
                open.done();
            }
            answer
        })
        .await
        .map_err(|e| Error::internal(format!("a transaction failed: {e}")))?
    }
}

/// What lies at the bottom of an error: the only part of these chains that helps an operator.
fn cause(error: &dyn std::error::Error) -> String {
    let mut deepest = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string()
}

/// Listens until nobody holds `written` any more or the connection breaks.
async fn listen_once(
    config: &tokio_postgres::Config,
    written: &Weak<watch::Sender<u64>>,
) -> std::result::Result<(), tokio_postgres::Error> {
    let (client, mut connection) = config.connect(NoTls).await?;
    let wake = written.clone();
    let driver = tokio::spawn(async move {
        while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
            match (message, wake.upgrade()) {
                (AsyncMessage::Notification(_), Some(written)) => written.send_modify(|count| *count += 1),
                (_, Some(_)) => {}
                (_, None) => return,
            }
        }
    });
    client.batch_execute(&format!("LISTEN {CHANNEL}")).await?;
    if let Some(written) = written.upgrade() {
        // Something may have been written before we listened.
        written.send_modify(|count| *count += 1);
    }
    while written.strong_count() > 0 && !driver.is_finished() {
        tokio::time::sleep(HEARTBEAT).await;
    }
    Ok(())
}

/// Rolls back when the work failed or panicked, so that a pooled connection is never handed on inside a transaction.
struct OpenTransaction<'a>(Option<(&'a Object, &'a Handle)>);

impl OpenTransaction<'_> {
    fn done(mut self) {
        self.0 = None;
    }
}

impl Drop for OpenTransaction<'_> {
    fn drop(&mut self) {
        if let Some((client, handle)) = self.0 {
            let _ = handle.block_on(client.batch_execute("ROLLBACK"));
        }
    }
}

impl Session<'_> {
    pub(super) fn query(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>> {
        let run = async {
            let statement = self.client.prepare_cached(sql).await?;
            let rows = self.client.query(&statement, &references(args)).await?;
            read_rows(&rows, &columns(&statement))
        };
        self.handle.block_on(run).map_err(|e| failed(&e, sql))
    }

    /// Statements are answered in the order in which they are sent, and sent without waiting for the answer before.
    pub(super) fn query_each(&mut self, sql: &str, each: &[Vec<Value>]) -> Result<Vec<Vec<Row>>> {
        let run = async {
            let statement = self.client.prepare_cached(sql).await?;
            let columns = columns(&statement);
            let mut answers = Vec::with_capacity(each.len());
            for some in each.chunks(AT_ONCE) {
                let asked = some.iter().map(|args| async { self.client.query(&statement, &references(args)).await });
                for rows in try_join_all(asked).await? {
                    answers.push(read_rows(&rows, &columns)?);
                }
            }
            Ok(answers)
        };
        self.handle.block_on(run).map_err(|e| failed(&e, sql))
    }

    pub(super) fn execute(&mut self, sql: &str, args: &[Value]) -> Result<u64> {
        let run = async {
            let statement = self.client.prepare_cached(sql).await?;
            self.client.execute(&statement, &references(args)).await
        };
        self.handle.block_on(run).map_err(|e| failed(&e, sql))
    }

    pub(super) fn execute_each(&mut self, sql: &str, each: &[Vec<Value>]) -> Result<()> {
        let run = async {
            let statement = self.client.prepare_cached(sql).await?;
            for some in each.chunks(AT_ONCE) {
                try_join_all(
                    some.iter().map(|args| async { self.client.execute(&statement, &references(args)).await }),
                )
                .await?;
            }
            Ok(())
        };
        self.handle.block_on(run).map_err(|e| failed(&e, sql))
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<()> {
        self.handle.block_on(self.client.batch_execute(sql)).map_err(|e| failed(&e, sql))
    }
}

fn references(args: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    args.iter().map(|v| v as &(dyn ToSql + Sync)).collect()
}

fn columns(statement: &Statement) -> Arc<[String]> {
    statement.columns().iter().map(|c| c.name().to_owned()).collect()
}

fn read_rows(
    rows: &[tokio_postgres::Row],
    columns: &Arc<[String]>,
) -> std::result::Result<Vec<Row>, tokio_postgres::Error> {
    rows.iter().map(|row| read_row(row, columns)).collect()
}

fn read_row(row: &tokio_postgres::Row, columns: &Arc<[String]>) -> std::result::Result<Row, tokio_postgres::Error> {
    let mut values = Vec::with_capacity(columns.len());
    for (at, column) in row.columns().iter().enumerate() {
        values.push(match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(at)?.map_or(Value::Null, Value::Int),
            Type::INT4 => row.try_get::<_, Option<i32>>(at)?.map_or(Value::Null, |v| Value::Int(v.into())),
            Type::INT2 => row.try_get::<_, Option<i16>>(at)?.map_or(Value::Null, |v| Value::Int(v.into())),
            Type::BOOL => row.try_get::<_, Option<bool>>(at)?.map_or(Value::Null, |v| Value::Int(v.into())),
            Type::FLOAT8 => row.try_get::<_, Option<f64>>(at)?.map_or(Value::Null, Value::Real),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at)?.map_or(Value::Null, Value::Bytes),
            Type::VOID => Value::Null,
            _ => row.try_get::<_, Option<String>>(at)?.map_or(Value::Null, Value::Text),
        });
    }
    Ok(Row { columns: columns.clone(), values })
}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(v) if *ty == Type::INT4 => i32::try_from(*v)?.to_sql(ty, out),
            Value::Int(v) if *ty == Type::INT2 => i16::try_from(*v)?.to_sql(ty, out),
            Value::Int(v) if *ty == Type::FLOAT8 => (*v as f64).to_sql(ty, out),
            Value::Int(v) => v.to_sql(ty, out),
            Value::Real(v) => v.to_sql(ty, out),
            // A NUL cannot stand in PostgreSQL's TEXT; forms refuse it before, this is the last wall.
            Value::Text(v) if v.contains('\0') => v.replace('\0', "\u{fffd}").to_sql(ty, out),
            Value::Text(v) => v.to_sql(ty, out),
            Value::Bytes(v) => v.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn failed(error: &tokio_postgres::Error, sql: &str) -> Error {
    if let Some(db) = error.as_db_error() {
        if *db.code() == SqlState::UNIQUE_VIOLATION {
            return Error::Unique(unique_name(db));
        }
        let unavailable = [
            SqlState::T_R_DEADLOCK_DETECTED,
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::READ_ONLY_SQL_TRANSACTION,
            SqlState::DISK_FULL,
            SqlState::ADMIN_SHUTDOWN,
        ];
        if unavailable.contains(db.code()) {
            return Error::unavailable(format!("PostgreSQL refuses at the moment: {}", db.message()));
        }
        return Error::internal(format!("{} in: {sql}", db.message()));
    }
    if error.is_closed() {
        return Error::unavailable("PostgreSQL closed the connection");
    }
    Error::internal(format!("{error} {:?} in: {sql}", error.source().map(ToString::to_string)))
}

/// `table_column_column`, as SQLite's side names it: from the detail's "Key (a, b)=(1, 2)", since a constraint's own
/// name is cut at 63 bytes and a primary key's says nothing. Indexes over expressions go by their name on both.
fn unique_name(error: &tokio_postgres::error::DbError) -> String {
    let columns = error.detail().and_then(|detail| Some(detail.split_once('(')?.1.split_once(")=(")?.0));
    match (columns, error.table()) {
        (Some(columns), Some(table)) if !columns.contains('(') => {
            format!("{table}_{}", columns.replace('"', "").replace(", ", "_"))
        }
        _ => error.constraint().unwrap_or_default().to_owned(),
    }
}
