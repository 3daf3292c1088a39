//! Every page with every sample.

use onrecord_base::{App, testing, web::Chrome};

use super::cast::TEMPLATES;

#[tokio::test]
async fn every_page_renders_its_samples() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        for language in ["en", "es", "de"] {
            let chrome = Chrome { lang: language.into(), ..Chrome::plain(&app) };
            let html = crate::web::rendered_samples(&app, &chrome);
            assert!(html.len() > 20);
            for page in html {
                let missing: Vec<&str> = page
                    .split(['"', '<', '>', ' ', '/', '='])
                    .filter(|word| word.starts_with("tips-") || word.starts_with("site-"))
                    .collect();
                assert_eq!(missing, [""; 0], "a text is missing in {page}");
                assert!(!page.contains("<Ruiz>") && !page.contains("\"<x>"), "not escaped: {page}");
            }
        }
    })
    .await;
}
