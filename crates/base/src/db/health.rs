//! What an operator's look at the database needs to know.

use super::{Db, Engine, migrate};
use crate::Result;

/// How the schema stands to this program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schema {
    /// Migrations that are applied.
    pub applied: usize,
    /// Migrations of this program that are not applied yet.
    pub pending: Vec<String>,
    /// Migrations of a newer program.
    pub unknown: Vec<String>,
}

impl Db {
    /// How the schema stands; a database without our tables has all migrations pending.
    ///
    /// # Errors
    /// `Error::Unavailable` if the database cannot be read.
    pub async fn schema(&self) -> Result<Schema> {
        self.read(migrate::schema).await
    }

    /// What is broken in the database's files, as far as the engine can tell: nothing if all is well.
    ///
    /// # Errors
    /// `Error::Unavailable` if the database cannot be read.
    pub async fn faults(&self) -> Result<Vec<String>> {
        match &*self.engine {
            // PostgreSQL checks its own files (amcheck, checksums); from here it is reachable or not.
            Engine::Postgres(_) => self.read(|conn| conn.query("SELECT 1", &[]).map(|_| Vec::new())).await,
            Engine::Sqlite(_) => {
                self.read(|conn| {
                    let mut faults = Vec::new();
                    for row in conn.query("PRAGMA integrity_check(20)", &[])? {
                        faults.push(row.get::<String>("integrity_check")?);
                    }
                    faults.retain(|fault| fault != "ok");
                    let orphans = "SELECT \"table\" AS source, parent FROM pragma_foreign_key_check LIMIT 20";
                    for row in conn.query(orphans, &[])? {
                        let (source, parent): (String, String) = (row.get("source")?, row.get("parent")?);
                        faults.push(format!("a row of {source} refers to one of {parent} that is not there"));
                    }
                    Ok(faults)
                })
                .await
            }
        }
    }
}
