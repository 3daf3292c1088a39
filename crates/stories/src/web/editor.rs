//! `GET /desk/stories/{id}`: the page a story is written on.

use std::collections::HashMap;

use axum::{
    Extension,
    extract::{Path, Query, State},
    response::Response,
};
use http::StatusCode;
use onrecord_accounts::{Action, Actor};
use onrecord_base::{
    App, Error, FieldError, Result,
    views::View,
    web::{
        Moment,
        forms::{self, Errors},
    },
};
use onrecord_media::Picture;
use onrecord_prose::Document;
use serde::{Deserialize, Serialize};

use super::{
    access, editor_url,
    fields::{Fields, Form},
    list_url,
    overrides::OverrideShown,
    say, sentence, staff_names,
    standing::{self, Place},
    to,
};
use crate::{
    Checks, Draft, Finding, Kind, Override, State as Standing, Weight, published,
    publishing::House,
    store::{self, index, overrides, previews, states},
};

/// Stories in other languages offered as the original.
const ORIGINALS: usize = 100;
/// Tags offered while typing.
const TAGS: usize = 500;

/// The editor's page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Editor {
    id: String,
    /// `story` or `page`.
    kind: &'static str,
    list_url: &'static str,
    version: i64,
    saved_at: Moment,
    saved_by: Option<String>,
    form: Form,
    errors: Errors,
    /// The document as JSON, or as Markdown on the page without script.
    body: String,
    plain: bool,
    sections: Vec<(String, String)>,
    languages: Vec<(String, String)>,
    originals: Vec<(String, String)>,
    authors: Vec<String>,
    tags: Vec<String>,
    lead: Option<Thumb>,
    pictures: Vec<Thumb>,
    state: StateShown,
    /// Where the story stands, or would.
    address: Option<String>,
    /// True if something else stands there.
    address_taken: bool,
    /// True if publishing it sets it to be published at its time.
    is_to_come: bool,
    findings: Vec<FindingShown>,
    /// True if nothing but warnings keeps it from being published.
    only_warnings: bool,
    /// True if a reason would let it be published.
    wants_reason: bool,
    /// Whether this person may give one.
    may_override: bool,
    override_reason: String,
    /// What is found about the record before anybody asks to publish.
    on_record: Vec<FindingShown>,
    overrides: Vec<OverrideShown>,
    corrections: Vec<CorrectionShown>,
    previews: Vec<PreviewShown>,
    may_publish: bool,
    may_kill: bool,
    zone: String,
}

#[derive(Debug, Clone, Serialize)]
struct StateShown {
    name: &'static str,
    badge: &'static str,
    text: String,
    /// Where readers see it.
    path: Option<String>,
    published_at: Option<Moment>,
    updated_at: Option<Moment>,
    due_at: Option<Moment>,
    /// Why a publication that was due did not happen.
    failed: Option<String>,
    killed: Option<KillShown>,
}

#[derive(Debug, Clone, Serialize)]
struct KillShown {
    at: Moment,
    by: Option<String>,
    reason: String,
}

#[derive(Debug, Clone, Serialize)]
struct Thumb {
    id: String,
    src: String,
    text: String,
}

#[derive(Debug, Clone, Serialize)]
struct FindingShown {
    weight: Weight,
    text: String,
    url: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct CorrectionShown {
    id: String,
    at: Moment,
    text: String,
}

#[derive(Debug, Clone, Serialize)]
struct PreviewShown {
    id: String,
    by: Option<String>,
    expires_at: Moment,
}

impl View for Editor {
    const TEMPLATE: &'static str = "stories/editor.html";

    fn samples() -> Vec<Editor> {
        let full = sample();
        let killed = StateShown { name: "killed", due_at: None, path: None, published_at: None, ..full.state.clone() };
        let bare = Editor {
            kind: "page",
            plain: true,
            errors: Errors::new(),
            state: StateShown {
                name: "draft",
                killed: None,
                failed: None,
                updated_at: None,
                due_at: None,
                path: None,
                published_at: None,
                ..full.state.clone()
            },
            findings: vec![],
            on_record: vec![],
            overrides: vec![],
            may_override: false,
            corrections: vec![],
            previews: vec![],
            lead: None,
            pictures: vec![],
            address: None,
            address_taken: true,
            is_to_come: false,
            may_publish: false,
            may_kill: false,
            saved_by: None,
            ..full.clone()
        };
        let reason = Editor { only_warnings: false, wants_reason: true, ..full.clone() };
        let none = Editor { may_override: false, ..reason.clone() };
        vec![Editor { state: killed, ..full.clone() }, full, bare, reason, none]
    }
}

fn sample() -> Editor {
    let thumb = Thumb { id: "p1".into(), src: "/media/1.jpg".into(), text: "A \"<wall>\"".into() };
    let fields = ["headline", "slug", "section", "bylines", "published_at", "canonical", "body"];
    Editor {
        id: "s1".into(),
        kind: "story",
        list_url: "/desk/stories",
        version: 7,
        saved_at: Moment::sample(),
        saved_by: Some("Ana \"<Ruiz>\"".into()),
        form: Form::default(),
        errors: fields.iter().map(|field| ((*field).to_owned(), "Not \"so\"".to_owned())).collect(),
        body: "{\"type\":\"doc\"}</textarea><script>".into(),
        plain: false,
        sections: vec![("1".into(), "Town".into())],
        languages: vec![("en".into(), "English".into()), ("es".into(), "es".into())],
        originals: vec![("2".into(), "de: Die Mauer".into())],
        authors: vec!["Ana Ruiz".into()],
        tags: vec!["Harbour".into()],
        lead: Some(thumb.clone()),
        pictures: vec![thumb],
        state: StateShown {
            name: "changed",
            badge: "info",
            text: "Changed".into(),
            path: Some("/town/wall".into()),
            published_at: Some(Moment::sample()),
            updated_at: Some(Moment::sample()),
            due_at: Some(Moment::sample()),
            failed: Some("Another story stands there.".into()),
            killed: Some(KillShown { at: Moment::sample(), by: Some("Ana".into()), reason: "Invented.".into() }),
        },
        address: Some("/town/wall".into()),
        address_taken: false,
        is_to_come: true,
        findings: vec![
            FindingShown { weight: Weight::Blocks, text: "No headline.".into(), url: None },
            FindingShown {
                weight: Weight::NeedsReason,
                text: "No source.".into(),
                url: Some("/desk/stories/s1/record".into()),
            },
            FindingShown { weight: Weight::Warns, text: "No \"<credit>\".".into(), url: None },
        ],
        only_warnings: true,
        wants_reason: false,
        may_override: true,
        override_reason: "Said \"<on air>\"".into(),
        on_record: vec![FindingShown {
            weight: Weight::NeedsReason,
            text: "No <source>.".into(),
            url: Some("/desk".into()),
        }],
        overrides: vec![OverrideShown::sample()],
        corrections: vec![CorrectionShown { id: "c".into(), at: Moment::sample(), text: "Forty metres.".into() }],
        previews: vec![PreviewShown { id: "p".into(), by: None, expires_at: Moment::sample() }],
        may_publish: true,
        may_kill: true,
        zone: "Europe/Madrid".into(),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Question {
    plain: String,
}

pub(super) async fn show(
    State(app): State<App>,
    Extension(checks): Extension<Checks>,
    actor: Actor,
    Path(id): Path<String>,
    Query(question): Query<Question>,
) -> Result<Response> {
    let draft = access::draft(&app, &actor, &id).await?;
    let mut view = load(&app, &actor, &draft).await?;
    view.on_record = on_record(&app, checks, draft.clone()).await?;
    if !question.plain.is_empty() {
        view = view.in_plain_text(&draft);
    }
    actor.page(&app, &view)
}

/// What can be put right elsewhere at the desk, such as a quotation without a source: shown while one writes. What is
/// missing on this page itself is said when somebody publishes, not before.
async fn on_record(app: &App, checks: Checks, draft: Draft) -> Result<Vec<FindingShown>> {
    let (settings, random) = (app.settings(), app.random.clone());
    let found = app
        .db
        .read(move |conn| {
            let house = House { settings: &settings, checks: &checks, random: &random };
            checks.run(conn, house, &draft)
        })
        .await?;
    Ok(found.iter().filter(|finding| finding.url.is_some()).map(|finding| FindingShown::of(app, finding)).collect())
}

impl FindingShown {
    fn of(app: &App, finding: &Finding) -> FindingShown {
        FindingShown { weight: finding.weight, text: sentence(app, finding), url: finding.url.clone() }
    }
}

impl Editor {
    /// The page that works without script.
    fn in_plain_text(self, draft: &Draft) -> Editor {
        Editor { plain: true, body: onrecord_prose::to_markdown(&draft.content.body), ..self }
    }
}

/// Addresses that only do something lead to the story: signing in again, or going back, may ask for them.
pub(super) async fn instead(Path(parts): Path<HashMap<String, String>>) -> Result<Response> {
    let id = parts.get("id").filter(|id| id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    id.map(|id| to(&editor_url(id))).ok_or(Error::NotFound)
}

/// The page again, as it was sent, with what is wrong.
pub(super) async fn again(
    app: &App,
    actor: &Actor,
    draft: &Draft,
    fields: &Fields,
    body: Document,
    wrong: &[FieldError],
) -> Result<Response> {
    let mut view = load(app, actor, draft).await?;
    view.form = view.form.over(fields);
    view.version = fields.base_version().unwrap_or(draft.version);
    view.errors = forms::errors(app, wrong);
    view.plain = fields.is_plain();
    view.body = match (view.plain, fields.get("body")) {
        (true, Some(text)) => text.to_owned(),
        _ => body.to_json(),
    };
    actor.page_again(app, &view)
}

/// The page with what the checks found, or with what is wrong with the wish to publish.
pub(super) async fn held(
    app: &App,
    actor: &Actor,
    draft: &Draft,
    findings: Vec<Finding>,
    fields: &Fields,
    wrong: &[FieldError],
) -> Result<Response> {
    let mut view = load(app, actor, draft).await?;
    if fields.is_plain() {
        view = view.in_plain_text(draft);
    }
    let has = |weight| findings.iter().any(|finding| finding.weight == weight);
    view.only_warnings = !has(Weight::Blocks) && !has(Weight::NeedsReason);
    view.wants_reason = !has(Weight::Blocks) && (has(Weight::NeedsReason) || !wrong.is_empty());
    view.override_reason = fields.get("override_reason").unwrap_or_default().to_owned();
    view.errors = forms::errors(app, wrong);
    for finding in findings {
        let shown = FindingShown::of(app, &finding);
        if shown.weight == Weight::Blocks {
            view.errors.entry(finding.field).or_insert_with(|| shown.text.clone());
        }
        view.findings.push(shown);
    }
    actor.page_with(app, StatusCode::UNPROCESSABLE_ENTITY, &view)
}

struct Loaded {
    sections: Vec<crate::Section>,
    authors: Vec<crate::Author>,
    tags: Vec<(crate::Tag, i64)>,
    originals: Vec<(String, String, String)>,
    lead: Option<Picture>,
    pictures: Vec<Picture>,
    state: Standing,
    place: Place,
    corrections: Vec<published::Correction>,
    previews: Vec<previews::Preview>,
    overrides: Vec<Override>,
}

async fn load(app: &App, actor: &Actor, draft: &Draft) -> Result<Editor> {
    let (kept, settings, now) = (draft.clone(), app.settings(), app.now());
    let loaded = app
        .db
        .read(move |conn| {
            let content = &kept.content;
            Ok(Loaded {
                sections: store::sections::all(conn)?,
                authors: store::authors::all(conn)?,
                tags: store::tags::all_with_use(conn, "", 0, TAGS)?,
                originals: index::originals(conn, &kept.id, content.translation_of.as_deref(), ORIGINALS)?,
                lead: match &content.lead_picture {
                    Some(id) => onrecord_media::store::find(conn, id)?,
                    None => None,
                },
                pictures: onrecord_media::store::list(conn, "", None)?.0,
                state: states::of(conn, &kept.id)?,
                place: standing::place(conn, &settings, &kept, now)?,
                corrections: published::corrections_of(conn, &kept.id)?,
                previews: previews::list(conn, &kept.id, now)?,
                overrides: overrides::of(conn, &kept.id)?,
            })
        })
        .await?;
    view(app, actor, draft, loaded).await
}

async fn view(app: &App, actor: &Actor, draft: &Draft, loaded: Loaded) -> Result<Editor> {
    let settings = app.settings();
    let names = staff_names(app).await?;
    let name = |id: &Option<String>| id.as_ref().and_then(|id| names.get(id)).cloned();
    let moment = |time| Moment::new(app, time);
    let content = &draft.content;
    let may_publish = actor.can(access::publishes(draft.kind));
    Ok(Editor {
        id: draft.id.clone(),
        kind: draft.kind.as_str(),
        list_url: list_url(draft.kind),
        version: draft.version,
        saved_at: moment(draft.saved_at),
        saved_by: name(&draft.saved_by),
        form: Form::of(content, &settings.zone()),
        errors: Errors::new(),
        body: content.body.to_json(),
        plain: false,
        sections: loaded.sections.into_iter().map(|section| (section.id, section.name)).collect(),
        languages: languages(app, &content.language),
        originals: match draft.kind {
            Kind::Story | Kind::Page if settings.languages.len() > 1 || content.translation_of.is_some() => {
                loaded.originals.into_iter().map(|(id, tag, headline)| (id, format!("{tag}: {headline}"))).collect()
            }
            _ => Vec::new(),
        },
        authors: loaded.authors.into_iter().map(|author| author.name).collect(),
        tags: loaded.tags.into_iter().map(|(tag, _)| tag.name).collect(),
        lead: loaded.lead.as_ref().map(|picture| thumb(app, picture)),
        pictures: loaded
            .pictures
            .iter()
            .filter(|picture| Some(&picture.id) != content.lead_picture.as_ref())
            .map(|picture| thumb(app, picture))
            .collect(),
        state: state_shown(app, &loaded.state, name),
        address: loaded.place.address,
        address_taken: loaded.place.taken,
        is_to_come: standing::is_to_come(content, app.now()),
        findings: Vec::new(),
        only_warnings: false,
        wants_reason: false,
        may_override: actor.can(Action::OverrideRecord),
        override_reason: String::new(),
        on_record: Vec::new(),
        overrides: loaded.overrides.iter().map(|kept| OverrideShown::of(app, &names, kept)).collect(),
        corrections: loaded
            .corrections
            .into_iter()
            .map(|correction| CorrectionShown { id: correction.id, at: moment(correction.at), text: correction.text })
            .collect(),
        previews: loaded
            .previews
            .into_iter()
            .map(|link| PreviewShown { by: name(&link.by), id: link.id, expires_at: moment(link.expires_at) })
            .collect(),
        may_publish,
        may_kill: actor.can(access::kills(draft.kind)),
        zone: settings.time_zone.clone(),
    })
}

fn state_shown(app: &App, state: &Standing, name: impl Fn(&Option<String>) -> Option<String>) -> StateShown {
    let moment = |time| Moment::new(app, time);
    let (publication, schedule) = (state.publication(), state.schedule());
    StateShown {
        name: state.name(),
        badge: state.badge(),
        text: say(app, &format!("stories-state-{}", state.name())),
        path: publication.map(|publication| publication.path.clone()),
        published_at: publication.map(|publication| moment(publication.published_at)),
        updated_at: publication.and_then(|publication| publication.updated_at).map(moment),
        due_at: schedule.map(|schedule| moment(schedule.due_at)),
        failed: schedule.and_then(|schedule| schedule.failed.as_ref()).map(|why| sentence(app, why)),
        killed: match state {
            Standing::Killed(kill) => {
                Some(KillShown { at: moment(kill.at), by: name(&kill.by), reason: kill.reason.clone() })
            }
            _ => None,
        },
    }
}

/// The newsroom's languages and the story's own, by tag and name.
fn languages(app: &App, own: &str) -> Vec<(String, String)> {
    let mut tags = app.settings().languages.clone();
    if !tags.iter().any(|tag| tag == own) {
        tags.push(own.to_owned());
    }
    let named = |tag: String| {
        let key = format!("stories-language-{}", tag.to_lowercase());
        let text = if app.messages.has("en", &key) { say(app, &key) } else { tag.clone() };
        (tag, text)
    };
    tags.into_iter().map(named).collect()
}

fn thumb(app: &App, picture: &Picture) -> Thumb {
    let text = [&picture.alt, &picture.caption, &picture.file_name].into_iter().find(|text| !text.trim().is_empty());
    Thumb {
        id: picture.id.clone(),
        src: picture.nearest(onrecord_media::WIDTHS[0]).map(onrecord_media::Rendition::url).unwrap_or_default(),
        text: text.cloned().unwrap_or_else(|| say(app, "stories-picture-untitled")),
    }
}
