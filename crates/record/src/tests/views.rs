use std::sync::Arc;

use onrecord_base::{
    messages::Messages,
    views::{View, Views},
    web::{Chrome, chrome::Flash, errors},
};

use crate::{SourceKind, quotation::CHANNELS, web};

fn chrome() -> Chrome {
    Chrome {
        lang: "en".into(),
        site: "The \"<Salt>\" Harbour".into(),
        person: "Ana \"<Ruiz>\"".into(),
        nav: onrecord_accounts::nav::items(onrecord_accounts::Role::Owner, "/desk/sources"),
        flash: Some(Flash { kind: "ok", key: "record-sources-added".into() }),
    }
}

/// Renders every sample, and looks for what must never stand on a page.
fn check<V: View>() {
    let views = Views::new(&[errors::TEMPLATES, crate::TEMPLATES], Arc::new(Messages::built_in())).unwrap();
    for sample in V::samples() {
        let html = views.render(&sample, &chrome()).unwrap();
        assert!(html.contains("</html>"), "{html}");
        // Classes of the style sheet, not texts.
        let shown = html.replace("record-index", "").replace("record-quotation", "");
        for wrong in [" style=", " onclick=", "<script>", "\"<", "<b>", "record-", "base-", "class=\"error\"></p>"] {
            assert!(!shown.contains(wrong), "{} shows {wrong}:\n{html}", V::TEMPLATE);
        }
        let (open, closed) = (html.matches("<form").count(), html.matches("</form>").count());
        assert_eq!(open, closed, "{}", V::TEMPLATE);
        let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!((V::TEMPLATE, ids.len()), (V::TEMPLATE, count), "an id stands twice:\n{html}");
        for label in html.split(" for=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.contains(&label), "{}: a label for {label}, which is nowhere", V::TEMPLATE);
        }
    }
}

#[test]
fn every_page_renders_with_every_sample() {
    check::<web::RecordPage>();
    check::<web::PeoplePage>();
    check::<web::PersonPage>();
    check::<web::SourcesPage>();
    check::<web::NewSourcePage>();
    check::<web::SourcePage>();
}

#[test]
fn every_kind_channel_and_state_has_a_name() {
    let messages = Messages::built_in();
    let named = |key: String| assert!(messages.has("en", &key), "no text for {key}");
    for kind in SourceKind::ALL.map(SourceKind::as_str) {
        named(format!("record-kind-{kind}"));
        named(format!("record-kind-{kind}-hint"));
        named(format!("record-sources-title-hint-{kind}"));
        named(format!("record-sources-keep-{kind}"));
    }
    for channel in CHANNELS {
        named(format!("record-channel-{}", channel.replace(' ', "-")));
    }
    for state in ["exact", "edited", "unsourced", "altered", "disputed"] {
        named(format!("record-state-{state}"));
    }
}
