//! Every template with every sample.

use onrecord_base::{App, testing, views::View};

use crate::{theme::Theme, views, web::ThemeView};

fn theme(app: &App) -> Theme {
    Theme::built_in(app).unwrap()
}

#[tokio::test]
async fn every_template_renders_every_sample() {
    testing::on_sqlite(&[], async |app: App| {
        views::render_samples(&theme(&app)).unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_desks_page_of_the_theme_renders() {
    testing::on_sqlite(&[onrecord_base::web::errors::TEMPLATES, crate::TEMPLATES], async |app: App| {
        let chrome = onrecord_base::web::Chrome::plain(&app);
        for view in ThemeView::samples() {
            let html = app.views.render(&view, &chrome).unwrap();
            assert!(!html.contains("theme-"), "a text is missing: {html}");
        }
    })
    .await;
}

#[tokio::test]
async fn no_text_is_missing_in_any_language_of_the_site() {
    testing::on_sqlite(&[], async |app: App| {
        let theme = theme(&app);
        for language in ["en", "es", "de"] {
            let html = views::samples_in(&theme, language).unwrap().concat();
            let missing: Vec<&str> = html.split(['"', '<', '>', ' ']).filter(|w| w.starts_with("site-")).collect();
            assert_eq!(missing, [""; 0], "{language}");
        }
    })
    .await;
}
