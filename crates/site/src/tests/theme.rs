//! The operator's own theme.

use std::fs;

use onrecord_base::{App, testing};

use super::Reader;

#[tokio::test]
async fn a_file_of_the_operator_takes_the_place_of_ours() {
    testing::on_sqlite(&[], async |app: App| {
        let folder = app.data.theme();
        fs::create_dir_all(folder.join("fonts")).unwrap();
        fs::write(folder.join("notice.html"), "{% extends \"base.html\" %}{% block main %}Our own words{% endblock %}")
            .unwrap();
        fs::write(folder.join("theme.css"), "body { color: teal }").unwrap();
        let ana = Reader::new(&app).await;
        let html = ana.read("/tip").await;
        assert!(html.contains("Our own words"), "{html}");
        let css = html.split('"').find(|part| part.ends_with("/theme.css")).unwrap();
        assert_eq!(ana.read(css).await, "body { color: teal }");
        assert_eq!(ana.edition.themes().problem(), None);
        assert_eq!(ana.edition.themes().own_files(), ["notice.html", "theme.css"]);
    })
    .await;
}

#[tokio::test]
async fn a_broken_theme_is_not_shown_to_readers() {
    testing::on_sqlite(&[], async |app: App| {
        let folder = app.data.theme();
        let ana = Reader::new(&app).await;
        let good = ana.read("/tip").await;
        fs::create_dir_all(&folder).unwrap();
        for broken in
            ["{% block main %}", "{{ nothing.here }}", "{% for x in range(99999999) %}{% endfor %}", "\u{fffd}{{"]
        {
            fs::write(folder.join("notice.html"), broken).unwrap();
            assert!(!ana.edition.themes().look_now(&app));
            let problem = ana.edition.themes().problem().unwrap();
            assert!(problem.text.contains("notice.html"), "{problem:?}");
            assert_eq!(ana.read("/tip").await, good);
        }
        fs::write(folder.join("notice.html"), "All is well again.").unwrap();
        assert!(ana.edition.themes().look_now(&app));
        assert_eq!(ana.edition.themes().problem(), None);
        fs::remove_file(folder.join("notice.html")).unwrap();
        assert!(ana.edition.themes().look_now(&app));
        assert!(!ana.edition.themes().look_now(&app));
    })
    .await;
}
