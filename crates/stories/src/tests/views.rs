use std::sync::Arc;

use onrecord_base::{
    messages::Messages,
    views::{View, Views},
    web::{Chrome, chrome::Flash},
};

use super::ALL;
use crate::web;

fn chrome() -> Chrome {
    Chrome {
        lang: "en".into(),
        site: "The \"<Salt>\" Harbour".into(),
        person: "Ana \"<Ruiz>\"".into(),
        nav: onrecord_accounts::nav::items(onrecord_accounts::Role::Owner, "/desk/stories"),
        flash: Some(Flash { kind: "ok", key: "stories-saved".into() }),
    }
}

/// Renders every sample, and looks for what must never stand on a page.
fn check<V: View>() {
    let views = Views::new(ALL, Arc::new(Messages::built_in())).unwrap();
    for sample in V::samples() {
        let html = views.render(&sample, &chrome()).unwrap();
        assert!(html.contains("</html>"), "{html}");
        for wrong in [" style=", " onclick=", "<script>", "\"<", "<falls>", "stories-", "base-"] {
            let shown = html.replace("stories-search", "");
            assert!(!shown.contains(wrong), "{} shows {wrong}:\n{html}", V::TEMPLATE);
        }
        let (open, closed) = (html.matches("<form").count(), html.matches("</form>").count());
        assert_eq!(open, closed, "{}", V::TEMPLATE);
        let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!((V::TEMPLATE, ids.len()), (V::TEMPLATE, count), "an id stands twice:\n{html}");
    }
}

#[test]
fn every_page_renders_with_every_sample() {
    check::<web::Index>();
    check::<web::Editor>();
    check::<web::Conflict>();
    check::<web::PreviewLink>();
    check::<web::Revisions>();
    check::<web::RevisionPage>();
    check::<web::SectionsPage>();
    check::<web::AuthorsPage>();
    check::<web::AuthorPage>();
    check::<web::TagsPage>();
    check::<web::FrontPage>();
}

#[test]
fn every_text_a_page_or_a_rule_names_exists() {
    let messages = Messages::built_in();
    let sources = [
        include_str!("../author.rs"),
        include_str!("../check.rs"),
        include_str!("../content.rs"),
        include_str!("../publishing.rs"),
        include_str!("../section.rs"),
        include_str!("../store/addresses.rs"),
        include_str!("../store/authors.rs"),
        include_str!("../store/corrections.rs"),
        include_str!("../store/pins.rs"),
        include_str!("../store/sections.rs"),
        include_str!("../store/tags.rs"),
        include_str!("../web/authors.rs"),
        include_str!("../web/corrections.rs"),
        include_str!("../web/draft.rs"),
        include_str!("../web/editor.rs"),
        include_str!("../web/fields.rs"),
        include_str!("../web/front.rs"),
        include_str!("../web/index.rs"),
        include_str!("../web/previews.rs"),
        include_str!("../web/publication.rs"),
        include_str!("../web/revisions.rs"),
        include_str!("../web/sections.rs"),
        include_str!("../web/tags.rs"),
    ];
    let templates = crate::TEMPLATES.iter().map(|(_, text)| *text);
    for text in sources.into_iter().chain(templates) {
        for quoted in text.split('"') {
            let key = quoted.starts_with("stories-")
                && quoted.chars().all(|c| c.is_ascii_lowercase() || c == '-')
                && !quoted.ends_with('-');
            assert!(!key || messages.has("en", quoted), "no text for {quoted}");
        }
    }
    for state in ["draft", "scheduled", "published", "changed", "withdrawn", "killed"] {
        assert!(messages.has("en", &format!("stories-state-{state}")));
    }
    for mark in ["saved", "published", "scheduled", "restored", "imported"] {
        assert!(messages.has("en", &format!("stories-mark-{mark}")));
    }
}
