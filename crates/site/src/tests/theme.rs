//! The operator's own theme.

use std::fs;

use onrecord_base::{App, testing};

use super::Reader;

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
