//! The moderators' side: the queue, one comment, the log, the rules.

mod comment;
mod log;
mod queue;
mod rules;

use axum::{
    Router,
    routing::{get, post},
};
use onrecord_base::{App, Conn, Result, web::Moment};
use onrecord_stories::published;
use serde::Serialize;

use crate::{
    comment::{Comment, Queue},
    store::{comments, queue as queues, reports},
    text,
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/comments", get(queue::show))
        .route("/desk/comments/log", get(log::show))
        .route("/desk/comments/log/{id}/undoing", post(log::undo))
        .route("/desk/comments/undoing", post(log::undo_last))
        .route("/desk/comments/rules", get(rules::show).post(rules::save))
        .route("/desk/comments/exceptions", post(rules::save_exception))
        .route("/desk/comments/bans/{id}/lifting", post(log::lift))
        .route("/desk/comments/{id}", get(comment::show))
        .route("/desk/comments/{id}/decision", post(comment::decide))
        .route("/desk/comments/{id}/ban", post(comment::ban))
        .route("/desk/comments/{id}/reply", post(comment::reply))
}

/// Comments of the same writer beside one.
const HISTORY: i64 = 10;
/// Characters of a comment in a list.
const EXCERPT: usize = 140;

/// A comment in a list at the desk.
#[derive(Debug, Clone, Serialize)]
struct Line {
    id: String,
    name: String,
    text: String,
    at: Moment,
    state: &'static str,
    why: &'static str,
    queue: &'static str,
    score: i64,
    reports: i64,
}

/// A comment with everything one needs to decide.
#[derive(Debug, Clone, Serialize)]
struct Card {
    line: Line,
    html: String,
    drove: Vec<String>,
    /// Headline and public address of the story.
    headline: String,
    story_url: String,
    story_id: String,
    answers: Option<Line>,
    reports: Vec<Reported>,
    history: Vec<Line>,
    history_more: bool,
    staff: bool,
    known: bool,
    featured: bool,
    decidable: bool,
}

#[derive(Debug, Clone, Serialize)]
struct Reported {
    reason: String,
    text: String,
    name: String,
    email: String,
    at: Moment,
    settled: bool,
}

/// What a card is made of, read in one go.
struct Parts {
    comment: Comment,
    parent: Option<Comment>,
    reports: Vec<reports::Report>,
    history: Vec<Comment>,
    story: Option<published::Whereabouts>,
}

impl Parts {
    fn read(conn: &mut Conn<'_>, comment: Comment) -> Result<Parts> {
        let parent = match &comment.parent_id {
            Some(parent) => comments::find(conn, parent)?,
            None => None,
        };
        let history = match &comment.reader_id {
            Some(reader) => comments::of_reader(conn, reader, HISTORY + 1)?,
            None => queues::of_address(conn, &comment.id, HISTORY + 1)?,
        };
        let history = history.into_iter().filter(|other| other.id != comment.id).collect();
        let reports = reports::of(conn, &comment.id)?;
        let story = published::whereabouts(conn, &comment.story_id)?;
        Ok(Parts { comment, parent, reports, history, story })
    }

    fn card(self, app: &App) -> Card {
        let Parts { comment, parent, reports, mut history, story } = self;
        let history_more = history.len() > usize::try_from(HISTORY).unwrap_or(0);
        history.truncate(usize::try_from(HISTORY).unwrap_or(0));
        Card {
            line: line(app, &comment),
            html: text::html(&comment.text),
            drove: comment.drove.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect(),
            headline: story.as_ref().map_or_else(String::new, |story| story.headline.clone()),
            story_url: story
                .map(|story| format!("{}/comments/{}", story.path.trim_end_matches('/'), comment.id))
                .unwrap_or_default(),
            story_id: comment.story_id.clone(),
            answers: parent.as_ref().map(|parent| line(app, parent)),
            reports: reports
                .into_iter()
                .map(|report| Reported {
                    at: Moment::new(app, report.at),
                    settled: report.settled_at.is_some(),
                    reason: report.reason,
                    text: report.text,
                    name: report.name,
                    email: report.email,
                })
                .collect(),
            history: history.iter().map(|other| line(app, other)).collect(),
            history_more,
            staff: comment.staff_id.is_some(),
            known: comment.reader_id.is_some(),
            featured: comment.featured_at.is_some(),
            decidable: !matches!(comment.state.name(), "removed" | "erased" | "unconfirmed"),
        }
    }
}

fn line(app: &App, comment: &Comment) -> Line {
    Line {
        id: comment.id.clone(),
        name: comment.name.clone(),
        text: text::excerpt(&comment.text, EXCERPT),
        at: Moment::new(app, comment.at),
        state: comment.state.name(),
        why: comment.why.name(),
        queue: comment.queue.name(),
        score: (comment.score * 100.0).round() as i64,
        reports: comment.reports,
    }
}

/// How many wait in each queue.
#[derive(Debug, Clone, Default, Serialize)]
struct Waiting {
    reported: i64,
    held: i64,
    new: i64,
}

impl Waiting {
    fn read(conn: &mut Conn<'_>) -> Result<Waiting> {
        Ok(Waiting {
            reported: queues::waiting(conn, Queue::Reported)?,
            held: queues::waiting(conn, Queue::Held)?,
            new: queues::waiting(conn, Queue::New)?,
        })
    }

    /// Where there is something to do, the most pressing first.
    fn first(&self) -> Queue {
        match self {
            Waiting { reported: 1.., .. } => Queue::Reported,
            Waiting { held: 0, new: 1.., .. } => Queue::New,
            _ => Queue::Held,
        }
    }
}

fn sample_line() -> Line {
    Line {
        id: "1".into(),
        name: "Bo \"<Li>\"".into(),
        text: "<x>".into(),
        at: Moment::sample(),
        state: "held",
        why: "newcomer",
        queue: "held",
        score: 87,
        reports: 2,
    }
}

fn sample_card() -> Card {
    let report = Reported {
        reason: "illegal".into(),
        text: "<x>".into(),
        name: "Ana".into(),
        email: "ana@example.org".into(),
        at: Moment::sample(),
        settled: false,
    };
    Card {
        line: sample_line(),
        html: "<p>x</p>".into(),
        drove: vec!["<word>".into()],
        headline: "The <wall>".into(),
        story_url: "/town/wall/comments/1".into(),
        story_id: "9".into(),
        answers: Some(sample_line()),
        reports: vec![Reported { settled: true, reason: "abuse".into(), ..report.clone() }, report],
        history: vec![sample_line()],
        history_more: true,
        staff: false,
        known: true,
        featured: true,
        decidable: true,
    }
}

/// Every page with every sample, for the tests.
#[cfg(test)]
#[allow(clippy::expect_used)]
pub(super) fn rendered_samples(app: &App, chrome: &onrecord_base::web::Chrome) -> Vec<String> {
    fn all<V: onrecord_base::views::View>(app: &App, chrome: &onrecord_base::web::Chrome) -> Vec<String> {
        V::samples().iter().map(|view| app.views.render(view, chrome).expect(V::TEMPLATE)).collect()
    }
    [
        all::<queue::QueuePage>(app, chrome),
        all::<comment::CommentPage>(app, chrome),
        all::<log::LogPage>(app, chrome),
        all::<rules::RulesPage>(app, chrome),
    ]
    .concat()
}
