//! EB-NeRD: `behaviors.parquet` (the lists, with the article they stood below), `articles.parquet`, and `history.parquet`
//! (what each reader read before). A reader's number joins the last to the first while the files are read, and is let go.

use std::{collections::HashMap, fs, path::Path};

use parquet::{
    file::reader::{FileReader, SerializedFileReader},
    record::{Field, Row},
};

use super::{
    log::{HISTORY, List, Log, Story},
    mind::files,
};

/// Reads a folder: the articles in it, behaviours and histories in it or one level below (`train`, `validation`).
///
/// # Errors
/// With a sentence, if a file cannot be read or none is there.
pub fn read(folder: &Path) -> Result<Log, String> {
    let mut log = Log::default();
    for file in files(folder, "articles.parquet") {
        rows(&file, |row| article(&mut log, row))?;
    }
    let behaviors = files(folder, "behaviors.parquet");
    if behaviors.is_empty() {
        return Err(format!("{}: no behaviors.parquet, here or one folder down", folder.display()));
    }
    for file in behaviors {
        let mut histories: HashMap<i64, Vec<u32>> = HashMap::new();
        let beside = file.with_file_name("history.parquet");
        if beside.is_file() {
            rows(&beside, |row| {
                if let Some(reader) = field(row, "user_id").and_then(number) {
                    let read = list(row, "article_id_fixed");
                    let recent = read[read.len().saturating_sub(HISTORY)..].iter().map(|id| log.story(&id.to_string()));
                    histories.insert(reader, recent.collect());
                }
            })?;
        }
        rows(&file, |row| behavior(&mut log, &histories, row))?;
    }
    log.sort();
    Ok(log)
}

fn rows(file: &Path, mut each: impl FnMut(&Row)) -> Result<(), String> {
    let wrong = |error: String| format!("{}: {error}", file.display());
    let open = fs::File::open(file).map_err(|e| wrong(e.to_string()))?;
    let reader = SerializedFileReader::new(open).map_err(|e| wrong(e.to_string()))?;
    for row in reader.get_row_iter(None).map_err(|e| wrong(e.to_string()))? {
        each(&row.map_err(|e| wrong(e.to_string()))?);
    }
    Ok(())
}

fn article(log: &mut Log, row: &Row) {
    let Some(id) = field(row, "article_id").and_then(number) else { return };
    let story = log.story(&id.to_string());
    let category = text(row, "category_str");
    let category =
        if category.is_empty() { field(row, "category").and_then(number).unwrap_or(0).to_string() } else { category };
    let finer = list(row, "subcategory").first().map_or_else(String::new, i64::to_string);
    let entities = words(row, "ner_clusters").into_iter().map(|name| log.name(&format!("e/{name}"))).collect();
    log.stories[story as usize] = Story {
        category: log.name(&format!("c/{category}")),
        subcategory: log.name(&format!("s/{category}/{finer}")),
        text: format!("{} {}", text(row, "title"), text(row, "subtitle")),
        entities,
        published: field(row, "published_time").and_then(hour),
    };
}

fn behavior(log: &mut Log, histories: &HashMap<i64, Vec<u32>>, row: &Row) {
    let Some(at) = field(row, "impression_time").and_then(hour) else { return };
    let clicked = list(row, "article_ids_clicked");
    let shown = list(row, "article_ids_inview");
    if clicked.is_empty() {
        return;
    }
    let reader = field(row, "user_id").and_then(number);
    let mut one = List {
        at,
        history: reader.and_then(|reader| histories.get(&reader)).cloned().unwrap_or_default(),
        from: field(row, "article_id").and_then(number).map(|id| log.story(&id.to_string())),
        ..List::default()
    };
    for id in shown {
        one.shown.push(log.story(&id.to_string()));
        one.clicked.push(clicked.contains(&id));
    }
    log.push(one);
}

fn field<'a>(row: &'a Row, name: &str) -> Option<&'a Field> {
    row.get_column_iter().find(|(column, _)| *column == name).map(|(_, field)| field)
}

fn text(row: &Row, name: &str) -> String {
    match field(row, name) {
        Some(Field::Str(text)) => text.clone(),
        _ => String::new(),
    }
}

/// A number, as whichever width it was written in; the published files hold ids as 32-bit numbers and as doubles.
fn number(field: &Field) -> Option<i64> {
    Some(match field {
        Field::Byte(n) => i64::from(*n),
        Field::Short(n) => i64::from(*n),
        Field::Int(n) => i64::from(*n),
        Field::Long(n) => *n,
        Field::UByte(n) => i64::from(*n),
        Field::UShort(n) => i64::from(*n),
        Field::UInt(n) => i64::from(*n),
        Field::ULong(n) => i64::try_from(*n).ok()?,
        Field::Float(n) if n.is_finite() => *n as i64,
        Field::Double(n) if n.is_finite() => *n as i64,
        _ => return None,
    })
}

/// Hours since 1970.
fn hour(field: &Field) -> Option<f64> {
    Some(match field {
        Field::TimestampMicros(at) => *at as f64 / 3.6e9,
        Field::TimestampMillis(at) => *at as f64 / 3.6e6,
        // Nanoseconds are handed on as they are; files by other writers may hold plain microseconds.
        Field::Long(at) if *at > 100_000_000_000_000_000 => *at as f64 / 3.6e12,
        Field::Long(at) => *at as f64 / 3.6e9,
        Field::Str(text) => {
            let time: jiff::civil::DateTime = text.trim_end_matches('Z').replace(' ', "T").parse().ok()?;
            (time - jiff::civil::datetime(1970, 1, 1, 0, 0, 0, 0)).total(jiff::Unit::Hour).ok()?
        }
        _ => return None,
    })
}

fn list(row: &Row, name: &str) -> Vec<i64> {
    match field(row, name) {
        Some(Field::ListInternal(list)) => list.elements().iter().filter_map(number).collect(),
        _ => Vec::new(),
    }
}

fn words(row: &Row, name: &str) -> Vec<String> {
    let Some(Field::ListInternal(list)) = field(row, name) else { return Vec::new() };
    let text = |field: &Field| if let Field::Str(text) = field { Some(text.clone()) } else { None };
    list.elements().iter().filter_map(text).collect()
}
