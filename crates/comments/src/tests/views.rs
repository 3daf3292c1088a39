//! Every template with every sample.

use onrecord_base::{App, testing, web::Chrome};

use super::room::TEMPLATES;

#[tokio::test]
async fn every_template_renders_every_sample() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let html = crate::web::rendered_samples(&app, &Chrome::plain(&app));
        assert!(html.len() > 20);
        for page in html {
            let missing: Vec<&str> = page
                .split(['"', '<', '>', ' ', '/'])
                .filter(|w| (w.starts_with("comments-") || w.starts_with("site-")) && w.len() > 12)
                .filter(|w| !["comments-chosen", "comments-list"].contains(w))
                .collect();
            assert_eq!(missing, [""; 0], "a text is missing in {page}");
        }
    })
    .await;
}
