use crate::plain::read;
use onrecord_prose::{Block, to_text};

const PASTED: &str = "SEND US A TIP! CLICK OR 555.0100

A Harbour Divided

The old pier at low tide
Coastline | Ida Quist

The council and the anglers have drifted apart. The chair told the Morning Post that “nothing is settled” yet.

“We are not enemies. We just want different things, and the pier is where they meet.”

Money And Tide

Photo: Lars Holm

The treasurer continued, saying:

\"First the wall.

\"Then the lamps.\"

She replied, \"No,\" and left.

Who Pays?

Load Comments
Next Article";

#[test]
fn a_pasted_article_is_understood() {
    let article = read(PASTED, None);
    assert_eq!(article.headline, "A Harbour Divided");
    let kinds: Vec<&str> = article
        .body
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(_) => "p",
            Block::Heading(..) => "h",
            Block::Picture(_) => "pic",
            Block::Quotation(_) => "q",
            _ => "?",
        })
        .collect();
    assert_eq!(kinds, ["pic", "p", "q", "h", "pic", "p", "q", "p", "h"]);
    let pictures: Vec<_> = article.body.pictures().collect();
    assert_eq!(pictures[0].credit().as_deref(), Some("Coastline / Ida Quist"));
    assert_eq!(onrecord_prose::inline_text(&pictures[0].caption), "The old pier at low tide");
    assert_eq!(pictures[1].credit().as_deref(), Some("Lars Holm"));
    let text = to_text(&article.body);
    for word in ["TIP", "Load", "Next"] {
        assert!(!text.contains(word), "{text}");
        assert!(article.report.iter().any(|line| line.contains(word)), "{:?}", article.report);
    }
    assert!(article.report[0].contains("the first heading was taken"));
}

#[test]
fn a_given_headline_stands() {
    let article = read(PASTED, Some("Pier Talks Stall"));
    assert_eq!(article.headline, "Pier Talks Stall");
    assert_eq!(article.body.first_heading().as_deref(), Some("A Harbour Divided"));
    let bare = read("one two three.", None);
    assert_eq!(bare.headline, "one two three.");
    assert_eq!(read("", None).headline, "Untitled");
    assert_eq!(read("Tides\nBy Ida Quist and Ola Berg\n\nText here.", None).bylines, ["Ida Quist", "Ola Berg"]);
}

#[test]
fn the_first_article_is_read_whole() {
    let Some(folder) = super::samples("seed") else { return };
    let text = std::fs::read_to_string(folder.join("article.txt")).unwrap();
    let article = read(&text, None);
    let body = &article.body;
    let count = |test: fn(&Block) -> bool| body.blocks.iter().filter(|block| test(block)).count();
    assert_eq!(count(|b| matches!(b, Block::Heading(..))), 3, "the first of four became the headline");
    assert_eq!(count(|b| matches!(b, Block::Picture(_))), 4);
    assert_eq!(count(|b| matches!(b, Block::Quotation(_))), 6, "{}", to_text(body));
    // Every word is in the story, the headline or the report.
    let mut all = format!("{}\n{}\n{}", article.headline, to_text(body), article.report.join("\n"));
    all = all.replace(" / ", " | ");
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        assert!(all.contains(line), "{line:?} is missing in\n{all}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_panics_and_none_is_lost(text in "[A-Za-z“”\"|/:.\n ]{0,200}") {
        let article = read(&text, Some("H"));
        let all = format!("{} {}", to_text(&article.body), article.report.join(" "));
        let all = all.to_lowercase();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3) {
            // Leads such as "Photo:" say what the line is and are not printed.
            if !["photo", "credit", "photograph", "picture", "image", "foto"].contains(&word.to_lowercase().as_str()) {
                proptest::prop_assert!(all.contains(&word.to_lowercase()), "{} in {}", word, all);
            }
        }
    }
}
