//! The ledger of migrations: each applied once, in order, in a transaction of its own, its text's hash remembered.

use sha2::{Digest, Sha256};

use super::{Conn, Db, Schema};
use crate::{Error, Result, args};

include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

pub(super) async fn run(db: &Db) -> Result<Vec<String>> {
    db.write(|conn| {
        if !conn.is_sqlite() {
            // Two nodes that start together: the second waits and finds the work done.
            conn.query("SELECT 1 FROM pg_advisory_xact_lock(7262)", &[])?;
        }
        conn.batch(
            "CREATE TABLE IF NOT EXISTS migrations (
                name TEXT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL, applied_seq BIGINT NOT NULL)",
        )
    })
    .await?;
    let newer = db.read(schema).await?.unknown;
    if let Some(name) = newer.first() {
        return Err(Error::unavailable(format!(
            "the database was made by a newer Onrecord (it has {name}): use that version, or one after it"
        )));
    }
    let mut applied = Vec::new();
    for (at, (name, text)) in MIGRATIONS.iter().enumerate() {
        if db.write(move |conn| apply(conn, at, name, text)).await? {
            applied.push((*name).to_owned());
        }
    }
    Ok(applied)
}

/// How the ledger stands to this program's migrations.
pub(super) fn schema(conn: &mut Conn<'_>) -> Result<Schema> {
    let there = match conn.is_sqlite() {
        true => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'",
        false => "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'migrations'",
    };
    let mut applied: Vec<String> = Vec::new();
    if conn.one(there, &[])?.is_some() {
        for row in conn.query("SELECT name FROM migrations ORDER BY name", &[])? {
            applied.push(row.get("name")?);
        }
    }
    let ours = || MIGRATIONS.iter().map(|(name, _)| *name);
    Ok(Schema {
        pending: ours().filter(|name| !applied.iter().any(|a| a == name)).map(str::to_owned).collect(),
        unknown: applied.iter().filter(|a| !ours().any(|name| name == *a)).cloned().collect(),
        applied: applied.len(),
    })
}

fn apply(conn: &mut Conn<'_>, at: usize, name: &str, text: &str) -> Result<bool> {
    if !conn.is_sqlite() {
        conn.query("SELECT 1 FROM pg_advisory_xact_lock(7262)", &[])?;
    }
    let hash = hex::encode(Sha256::digest(text.as_bytes()));
    if let Some(row) = conn.one("SELECT sha256 FROM migrations WHERE name = $1", args![name])? {
        return match row.get::<String>("sha256")? == hash {
            true => Ok(false),
            false => Err(Error::unavailable(format!("migration {name} was edited after it had been applied"))),
        };
    }
    conn.batch(&dialect(text, conn.is_sqlite()))?;
    conn.execute("INSERT INTO migrations (name, sha256, applied_seq) VALUES ($1, $2, $3)", args![name, hash, at])?;
    Ok(true)
}

/// One hash over all migrations: names a test template that has exactly these.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn migrations_hash() -> String {
    let mut hash = Sha256::new();
    for (name, text) in MIGRATIONS {
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    hex::encode(hash.finalize())
}

/// The one text in the words of one engine; see `migrations/README.md`.
fn dialect(text: &str, sqlite: bool) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut skipping = false;
    for line in text.lines() {
        match line.trim() {
            "-- @sqlite" => skipping = !sqlite,
            "-- @postgres" => skipping = sqlite,
            "-- @end" => skipping = false,
            _ if skipping => {}
            _ => {
                kept.push_str(line);
                kept.push('\n');
            }
        }
    }
    let (bytes, serial) = match sqlite {
        true => ("BLOB", "INTEGER PRIMARY KEY AUTOINCREMENT"),
        false => ("BYTEA", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
    };
    kept.replace("{bytes}", bytes).replace("{serial}", serial)
}
