//! MIND: `behaviors.tsv` (id, user, time, history, impressions) and `news.tsv` (id, category, subcategory, title, abstract,
//! address, entities of the title, entities of the abstract), tab-separated, without a head. All of them in a folder and one
//! level below it (`train`, `dev`). The user's number is not read.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
};

use super::log::{List, Log, Story};

/// A file of this name beside the others says that the stories of a list stand in the order they were shown in.
pub const ORDERED: &str = "order-as-shown";

/// Reads a folder.
///
/// # Errors
/// With a sentence, if a file cannot be read or none is there.
pub fn read(folder: &Path) -> Result<Log, String> {
    let mut log = Log::new(folder.join(ORDERED).exists());
    for file in files(folder, "news.tsv") {
        lines(&file, |line| news(&mut log, line))?;
    }
    let behaviors = files(folder, "behaviors.tsv");
    if behaviors.is_empty() {
        return Err(format!("{}: no behaviors.tsv, here or one folder down", folder.display()));
    }
    for file in behaviors {
        lines(&file, |line| behavior(&mut log, line))?;
    }
    log.sort();
    Ok(log)
}

/// Reads texts of both files.
pub fn parse(stories: &str, behaviors: &str, ordered: bool) -> Log {
    let mut log = Log::new(ordered);
    stories.lines().for_each(|line| news(&mut log, line));
    behaviors.lines().for_each(|line| behavior(&mut log, line));
    log.sort();
    log
}

/// Files of a name in a folder and one level below it.
pub(super) fn files(folder: &Path, name: &str) -> Vec<PathBuf> {
    let mut found = vec![folder.join(name)];
    let mut below: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path().join(name)).collect();
    below.sort();
    found.extend(below);
    found.retain(|file| file.is_file());
    found
}

fn lines(file: &Path, mut each: impl FnMut(&str)) -> Result<(), String> {
    let wrong = |error: std::io::Error| format!("{}: {error}", file.display());
    for line in BufReader::new(fs::File::open(file).map_err(wrong)?).lines() {
        each(&line.map_err(wrong)?);
    }
    Ok(())
}

fn news(log: &mut Log, line: &str) {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, category, subcategory, title, ref rest @ ..] = columns[..] else { return };
    let text = format!("{title} {}", rest.first().unwrap_or(&""));
    let entities = rest.iter().skip(2).take(2).flat_map(|json| wikidata(json)).collect::<Vec<_>>();
    let story = log.story(id);
    let entities = entities.iter().map(|entity| log.name(&format!("e/{entity}"))).collect();
    let (category, subcategory) =
        (log.name(&format!("c/{category}")), log.name(&format!("s/{category}/{subcategory}")));
    log.stories[story as usize] = Story { category, subcategory, text, entities, published: None };
}

/// The Wikidata numbers of a list of entities.
fn wikidata(json: &str) -> Vec<String> {
    let Ok(serde_json::Value::Array(all)) = serde_json::from_str(json) else { return Vec::new() };
    all.iter().filter_map(|one| Some(one.get("WikidataId")?.as_str()?.to_owned())).collect()
}

fn behavior(log: &mut Log, line: &str) {
    let columns: Vec<&str> = line.split('\t').collect();
    let [_, _, time, history, shown, ..] = columns[..] else { return };
    let Some(at) = hour(time) else { return };
    let mut list =
        List { at, history: history.split_whitespace().map(|id| log.story(id)).collect(), ..List::default() };
    for one in shown.split_whitespace() {
        // Test sets have no labels: there is nothing to measure then.
        let Some((id, label)) = one.rsplit_once('-') else { return };
        list.shown.push(log.story(id));
        list.clicked.push(label == "1");
    }
    log.push(list);
}

/// Hours of `11/15/2019 8:55:22 AM`.
fn hour(text: &str) -> Option<f64> {
    let mut parts = text.split_whitespace();
    let (date, time, half) = (parts.next()?, parts.next()?, parts.next()?);
    let numbers = |text: &str, by: char| -> Option<Vec<i64>> { text.split(by).map(|n| n.parse().ok()).collect() };
    let [month, day, year] = numbers(date, '/')?[..] else { return None };
    let [hour, minute, second] = numbers(time, ':')?[..] else { return None };
    let date =
        jiff::civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let days = (date - jiff::civil::date(1970, 1, 1)).get_days();
    let hour = hour % 12 + if half.eq_ignore_ascii_case("PM") { 12 } else { 0 };
    Some(f64::from(days) * 24.0 + hour as f64 + minute as f64 / 60.0 + second as f64 / 3600.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_format_is_read() {
        let mut log = Log::default();
        news(
            &mut log,
            "N88753\tlifestyle\tlifestyleroyals\tThe Brands Queen Elizabeth Swears By\tShop the notebooks\thttps://x\t[{\"Label\": \"Elizabeth II\", \"WikidataId\": \"Q9682\"}]\t[]",
        );
        behavior(&mut log, "1\tU13740\t11/11/2019 9:05:58 AM\tN88753 N1\tN88753-0 N2-1");
        behavior(&mut log, "2\tU1\t11/11/2019 12:05:58 PM\t\tN2-0 N3-1");
        behavior(&mut log, "3\tU1\t11/11/2019 12:05:58 PM\t\tN2 N3");
        behavior(&mut log, "not a line");
        assert_eq!(log.lists.len(), 2);
        assert_eq!(log.lists[0].history, [0, 1]);
        assert_eq!((log.lists[0].shown.as_slice(), log.lists[0].clicked.as_slice()), (&[0, 2][..], &[false, true][..]));
        assert!((log.lists[1].at - log.lists[0].at - 3.0).abs() < 1e-9);
        assert_eq!(log.stories[0].entities.len(), 1);
        assert!(log.stories[0].text.starts_with("The Brands") && log.stories[0].category != log.stories[0].subcategory);
        assert_eq!(hour("11/11/2019 12:00:00 AM"), hour("11/10/2019 11:00:00 PM").map(|h| h + 1.0));
    }
}
