//! All migrations on both engines give the same schema.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Conn, Db, Result, Target, args};

/// A table as both engines can describe it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Table {
    /// Name, class of type, whether it may be NULL.
    columns: BTreeSet<(String, String, bool)>,
    primary: Vec<String>,
    uniques: BTreeSet<Vec<String>>,
    /// Columns of plain indexes.
    indexes: BTreeSet<Vec<String>>,
    /// Column, table it refers to, what happens on deletion.
    references: BTreeSet<(String, String, String)>,
}

type Schema = BTreeMap<String, Table>;

#[tokio::test]
async fn both_engines_have_the_same_schema() {
    let Some(url) = crate::testing::empty_postgres().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let sqlite = Db::open(&Target::Sqlite(folder.path().join("a.sqlite"))).await.unwrap();
    let postgres = Db::open(&Target::Postgres(url)).await.unwrap();
    let applied = sqlite.migrate().await.unwrap();
    assert_eq!(applied, postgres.migrate().await.unwrap());
    assert!(applied.len() > 1 && sqlite.migrate().await.unwrap().is_empty());
    let left = sqlite.read(of_sqlite).await.unwrap();
    let right = postgres.read(of_postgres).await.unwrap();
    for name in left.keys().chain(right.keys()) {
        assert_eq!(left.get(name), right.get(name), "SQLite and PostgreSQL differ in {name}");
    }
}

fn of_sqlite(conn: &mut Conn<'_>) -> Result<Schema> {
    let mut schema = Schema::new();
    // Virtual tables (full-text search) and their shadows have no counterpart.
    let tables =
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite%'";
    for row in conn.query(tables, &[])? {
        let name: String = row.get("name")?;
        let mut table = Table::default();
        let mut primary = BTreeMap::new();
        for row in conn.query("SELECT name, type, \"notnull\", pk FROM pragma_table_info($1)", args![&name])? {
            let column: String = row.get("name")?;
            let place: i64 = row.get("pk")?;
            let null = row.get::<i64>("notnull")? == 0 && place == 0;
            table.columns.insert((column.clone(), class(&row.get::<String>("type")?), null));
            if place > 0 {
                primary.insert(place, column);
            }
        }
        table.primary = primary.into_values().collect();
        let indexes = "SELECT name, \"unique\", origin FROM pragma_index_list($1)";
        for row in conn.query(indexes, args![&name])? {
            let (index, unique, origin): (String, i64, String) =
                (row.get("name")?, row.get("unique")?, row.get("origin")?);
            let columns = conn
                .query(
                    "SELECT coalesce(name, '(expression)') AS name FROM pragma_index_info($1) ORDER BY seqno",
                    args![index],
                )?
                .iter()
                .map(|row| row.get("name"))
                .collect::<Result<Vec<String>>>()?;
            match (origin.as_str(), unique) {
                ("pk", _) => false,
                (_, 1) => table.uniques.insert(columns),
                _ => table.indexes.insert(columns),
            };
        }
        for row in conn.query(
            "SELECT \"from\" AS column, \"table\" AS target, on_delete FROM pragma_foreign_key_list($1)",
            args![&name],
        )? {
            table.references.insert((row.get("column")?, row.get("target")?, row.get("on_delete")?));
        }
        schema.insert(name, table);
    }
    Ok(schema)
}

fn of_postgres(conn: &mut Conn<'_>) -> Result<Schema> {
    let mut schema = Schema::new();
    let columns =
        "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c, CAST(data_type AS TEXT) AS type,
                       CAST(is_nullable AS TEXT) AS nullable
                   FROM information_schema.columns WHERE table_schema = 'public'";
    for row in conn.query(columns, &[])? {
        let table: &mut Table = schema.entry(row.get("t")?).or_default();
        let null = row.get::<String>("nullable")? == "YES";
        table.columns.insert((row.get("c")?, class(&row.get::<String>("type")?), null));
    }
    let indexes = "SELECT CAST(t.relname AS TEXT) AS t, CAST(i.indisprimary AS BIGINT) AS main, CAST(i.indisunique AS BIGINT) AS uniq,
                       coalesce(string_agg(coalesce(CAST(a.attname AS TEXT), '(expression)'), ',' ORDER BY k.place), '') AS columns
                   FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
                       JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
                       CROSS JOIN LATERAL unnest(CAST(i.indkey AS SMALLINT[])) WITH ORDINALITY AS k (number, place)
                       LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number AND k.number > 0
                   GROUP BY t.relname, i.indexrelid, i.indisprimary, i.indisunique"
        .replace("CAST(i.indisprimary AS BIGINT)", "CAST(CAST(i.indisprimary AS INT) AS BIGINT)")
        .replace("CAST(i.indisunique AS BIGINT)", "CAST(CAST(i.indisunique AS INT) AS BIGINT)");
    for row in conn.query(&indexes, &[])? {
        let columns: Vec<String> = row.get::<String>("columns")?.split(',').map(str::to_owned).collect();
        let table = schema.entry(row.get("t")?).or_default();
        match (row.get::<i64>("main")?, row.get::<i64>("uniq")?) {
            (1, _) => table.primary = columns,
            (_, 1) => drop(table.uniques.insert(columns)),
            _ => drop(table.indexes.insert(columns)),
        }
    }
    let references =
        "SELECT CAST(t.relname AS TEXT) AS t, CAST(a.attname AS TEXT) AS c, CAST(f.relname AS TEXT) AS target,
                          CAST(c.confdeltype AS TEXT) AS deletion
                      FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid
                          CROSS JOIN LATERAL unnest(c.conkey) AS k (number)
                          JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
                      WHERE c.contype = 'f'";
    for row in conn.query(references, &[])? {
        let deletion = match row.get::<String>("deletion")?.as_str() {
            "c" => "CASCADE",
            "n" => "SET NULL",
            "r" => "RESTRICT",
            _ => "NO ACTION",
        };
        let table = schema.entry(row.get("t")?).or_default();
        table.references.insert((row.get("c")?, row.get("target")?, deletion.into()));
    }
    Ok(schema)
}

fn class(name: &str) -> String {
    match name.to_ascii_lowercase().as_str() {
        "text" => "text",
        "bigint" | "integer" => "whole number",
        "double precision" => "number",
        "blob" | "bytea" => "bytes",
        other => panic!("a type that migrations/README.md does not name: {other}"),
    }
    .into()
}
