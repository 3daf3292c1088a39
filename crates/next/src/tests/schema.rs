//! No row about a reader: every column of this area is named here, and none of them could hold one.

use onrecord_base::testing::both;

use super::room::TEMPLATES;

/// What the tables hold. `by_id`, `began_by` and `updated_by` are people of the newsroom who decided something.
const COLUMNS: [(&str, &[&str]); 7] = [
    ("next_counts", &["hour", "story_id", "variant", "position", "shown", "clicked"]),
    ("next_reads", &["day", "from_id", "to_id", "reads"]),
    ("next_pins", &["story_id", "target_id", "at", "by_id"]),
    ("next_excludes", &["story_id", "target_id", "at", "by_id"]),
    ("next_withheld", &["story_id", "at", "by_id"]),
    ("next_settings", &["name", "value", "updated_at", "updated_by"]),
    ("next_trials", &["id", "first_ranker", "second_ranker", "began_at", "began_by", "ended_at"]),
];

#[tokio::test]
async fn no_table_has_a_place_for_a_reader() {
    both(TEMPLATES, |app| async move {
        let found = app.db.read(|conn| {
            let sql = match conn.is_sqlite() {
                true => "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c
                     WHERE m.type = 'table' AND m.name LIKE 'next\\_%' ESCAPE '\\' ORDER BY m.name, c.cid",
                false => "SELECT table_name::text AS t, column_name::text AS c FROM information_schema.columns
                     WHERE table_schema = 'public' AND table_name LIKE 'next\\_%' ESCAPE '\\' ORDER BY table_name, ordinal_position",
            };
            conn.query(sql, &[])?.iter().map(|row| Ok((row.get("t")?, row.get("c")?))).collect::<onrecord_base::Result<Vec<(String, String)>>>()
        });
        let mut expected: Vec<(String, String)> =
            COLUMNS.iter().flat_map(|(table, columns)| columns.iter().map(|column| ((*table).into(), (*column).into()))).collect();
        let mut found = found.await.expect("the schema");
        found.sort();
        expected.sort();
        assert_eq!(found, expected);
    })
    .await;
}
