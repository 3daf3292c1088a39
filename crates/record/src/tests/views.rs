use std::sync::Arc;

use onrecord_base::{
    messages::Messages,
    views::{View, Views},
    web::{Chrome, errors},
};

use crate::web;

fn chrome() -> Chrome {
    Chrome {
        lang: "en".into(),
        site: "The \"<Salt>\" Harbour".into(),
        person: "Ana \"<Ruiz>\"".into(),
        nav: onrecord_accounts::nav::items(onrecord_accounts::Role::Owner, "/desk/stories"),
        flash: None,
    }
}

/// Renders every sample, and looks for what must never stand on a page.
fn check<V: View>() {
    let templates = [errors::TEMPLATES, crate::TEMPLATES];
    let views = Views::new(&templates, Arc::new(Messages::built_in())).unwrap();
    for sample in V::samples() {
        let html = views.render(&sample, &chrome()).unwrap();
        assert!(html.contains("</html>"), "{html}");
        for wrong in [" style=", " onclick=", "<script>", "\"<", "<falls>", "record-sub", "record-op", "stories-list"] {
            assert!(!html.contains(wrong), "{} shows {wrong}:\n{html}", V::TEMPLATE);
        }
        assert_eq!(html.matches("<form").count(), html.matches("</form>").count(), "{}", V::TEMPLATE);
        let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!((V::TEMPLATE, ids.len()), (V::TEMPLATE, count), "an id stands twice:\n{html}");
    }
}

#[test]
fn every_page_renders_with_every_sample() {
    check::<web::RecordPage>();
}
