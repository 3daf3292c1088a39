//! The operator's own theme.

use std::fs;

use onrecord_base::{App, testing};

use super::Reader;

const CSS: &str = include_str!("../../theme/theme.css");

#[tokio::test]
async fn a_file_of_the_operator_takes_the_place_of_ours() {
    testing::on_sqlite(&[], async |app: App| {
        let folder = app.data.theme();
        fs::create_dir_all(folder.join("fonts")).unwrap();
        fs::write(folder.join("people.html"), "{% extends \"base.html\" %}{% block main %}Our own words{% endblock %}")
            .unwrap();
        fs::write(folder.join("theme.css"), "body { color: teal }").unwrap();
        let ana = Reader::new(&app).await;
        let html = ana.read("/people").await;
        assert!(html.contains("Our own words"), "{html}");
        let css = html.split('"').find(|part| part.ends_with("/theme.css")).unwrap();
        assert_eq!(ana.read(css).await, "body { color: teal }");
        assert_eq!(ana.edition.themes().problem(), None);
        assert_eq!(ana.edition.themes().own_files(), ["people.html", "theme.css"]);
    })
    .await;
}

#[tokio::test]
async fn a_broken_theme_is_not_shown_to_readers() {
    testing::on_sqlite(&[], async |app: App| {
        let folder = app.data.theme();
        let ana = Reader::new(&app).await;
        let good = ana.read("/people").await;
        fs::create_dir_all(&folder).unwrap();
        for broken in
            ["{% block main %}", "{{ nothing.here }}", "{% for x in range(99999999) %}{% endfor %}", "\u{fffd}{{"]
        {
            fs::write(folder.join("people.html"), broken).unwrap();
            assert!(!ana.edition.themes().look_now(&app));
            let problem = ana.edition.themes().problem().unwrap();
            assert!(problem.text.contains("people.html"), "{problem:?}");
            assert_eq!(ana.read("/people").await, good);
        }
        fs::write(folder.join("people.html"), "All is well again.").unwrap();
        assert!(ana.edition.themes().look_now(&app));
        assert_eq!(ana.edition.themes().problem(), None);
        fs::remove_file(folder.join("people.html")).unwrap();
        assert!(ana.edition.themes().look_now(&app));
        assert!(!ana.edition.themes().look_now(&app));
    })
    .await;
}

/// Whether a letter is in a `unicode-range`.
fn within(ranges: &str, letter: char) -> bool {
    let number = |text: &str| u32::from_str_radix(text.trim_start_matches("U+"), 16).unwrap();
    ranges.split(", ").any(|range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        (number(first)..=number(last)).contains(&u32::from(letter))
    })
}

/// The letters of the first and of the second files of the fonts.
fn letters() -> (&'static str, &'static str) {
    let faces: Vec<&str> = CSS.lines().filter(|line| line.contains("unicode-range: ")).collect();
    let of = |more: bool| {
        let mut ranges = faces.iter().filter(|face| face.contains("-more.woff2") == more).map(|face| {
            let (_, ranges) = face.split_once("unicode-range: ").unwrap();
            ranges.split_once(';').unwrap().0
        });
        let first = ranges.next().unwrap();
        assert!(ranges.all(|other| other == first), "cuts of one face have the same letters");
        first
    };
    (of(false), of(true))
}

#[test]
fn what_the_theme_says_by_itself_is_in_the_first_files_of_its_fonts() {
    let (most, more) = letters();
    let texts = [
        include_str!("../../../../messages/en/site.ftl"),
        include_str!("../../../../messages/de/site.ftl"),
        include_str!("../../../../messages/es/site.ftl"),
    ];
    for letter in texts.iter().flat_map(|text| text.chars()).filter(|letter| !letter.is_control()) {
        assert!(within(most, letter), "{letter:?} makes every page fetch a second file");
    }
    // What the style sheet writes itself, as `content: "\\2002"`.
    for escape in CSS.split('\\').skip(1) {
        let digits: String = escape.chars().take_while(char::is_ascii_hexdigit).collect();
        let letter = char::from_u32(u32::from_str_radix(&digits, 16).unwrap()).unwrap();
        assert!(within(most, letter), "{letter:?}");
    }
    let both = (0x20..0x2_300).filter_map(char::from_u32).find(|letter| within(most, *letter) && within(more, *letter));
    assert_eq!(both, None);
}

#[test]
fn a_language_whose_letters_are_in_the_second_files_gets_them_at_once() {
    // Small letters beyond those of Latin-1, of languages that are written in Latin letters (Unicode CLDR, exemplars).
    let languages = [
        ("bs", "čćđšž"),
        ("ca", ""),
        ("cs", "čďěňřšťůž"),
        ("cy", "ŵŷ"),
        ("da", ""),
        ("de", ""),
        ("en", ""),
        ("eo", "ĉĝĥĵŝŭ"),
        ("es", ""),
        ("et", "šž"),
        ("fi", "šž"),
        ("fr", "œ"),
        ("hr", "čćđšž"),
        ("hu", "őű"),
        ("is", ""),
        ("lt", "ąčęėįšųūž"),
        ("lv", "āčēģīķļņšūž"),
        ("mi", "āēīōū"),
        ("mt", "ċġħż"),
        ("nl", ""),
        ("pl", "ąćęłńśźż"),
        ("pt", ""),
        ("ro", "ășț"),
        ("se", "čđŋšŧž"),
        ("sk", "čďĺľňŕšťž"),
        ("sl", "čšž"),
        ("sv", ""),
        ("tr", "ğışİ"),
    ];
    let base = include_str!("../../theme/base.html");
    let (most, more) = letters();
    for (language, letters) in languages {
        assert!(letters.chars().all(|letter| within(most, letter) || within(more, letter)), "{language}");
        let needs = letters.chars().any(|letter| within(more, letter));
        assert_eq!(base.contains(&format!("\"{language}\"")), needs, "{language}");
    }
}
