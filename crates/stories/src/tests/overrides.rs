use http::StatusCode;
use onrecord_accounts::{Role, testing::Browser, testing::staff};
use onrecord_base::{
    App, Conn, Error, Result,
    jobs::{Registry, drain},
    testing::both,
};

use super::{ALL, begin};
use crate::{
    Check, Checks, Draft, Finding, Kind, State,
    publishing::{self, House, Outcome, Wish},
    store::{overrides, states},
    testing::{content, draft, find, read, section},
};

const HOUR: i64 = 3_600_000;

/// An area ahead that asks for a reason wherever a dek names a rumour.
struct Rumours;

impl Check for Rumours {
    fn check(&self, _conn: &mut Conn<'_>, _house: House<'_>, draft: &Draft) -> Result<Vec<Finding>> {
        let rumour = draft.content.dek.split_whitespace().find(|word| word.starts_with("rumour"));
        let finding = |word| Finding::needs_reason("body", "stories-check-body").arg("word", word);
        Ok(rumour.map(|word| finding(word).at("/desk/rumours".into())).into_iter().collect())
    }
}

fn checks() -> Checks {
    Checks::new(vec![Box::new(Rumours)])
}

async fn browser_of(app: &App, name: &str, role: Role) -> Browser {
    let (_, cookie) = staff(app, name, role).await;
    Browser::new(app, crate::routes_with(checks())).signed_in(&cookie)
}

async fn publish(app: &App, story: &str, version: i64, reason: Option<&'static str>) -> Result<Outcome> {
    let (settings, random, now, story) = (app.settings(), app.random.clone(), app.now(), story.to_owned());
    app.db
        .write(move |conn| {
            let house = House { settings: &settings, checks: &checks(), random: &random };
            let wish = Wish { story: &story, version, by: Some("ana"), despite_warnings: true, reason };
            publishing::publish(conn, house, wish, now)
        })
        .await
}

#[tokio::test]
async fn a_finding_that_needs_a_reason_holds_until_one_is_given_and_the_reason_stays() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        let mut text = content("Wall", Some(&town));
        text.dek = "There is a rumour here.".into();
        let story = draft(&app, Kind::Story, text).await;
        for none in [None, Some("  ")] {
            assert!(matches!(publish(&app, &story.id, 1, none).await.unwrap(), Outcome::Held(_)));
        }
        assert_eq!(find(&app, &story.id).await, None);
        let why = Some("Heard live by two of us.");
        assert!(matches!(publish(&app, &story.id, 1, why).await.unwrap(), Outcome::Published(_)));
        let (id, now) = (story.id.clone(), app.now());
        app.db.write(move |conn| publishing::kill(conn, &checks(), &id, "Libel", None, now)).await.unwrap();
        let id = story.id.clone();
        let kept = read(&app, move |conn| overrides::of(conn, &id)).await;
        assert_eq!(kept.len(), 1, "a kill does not erase what was decided");
        assert_eq!((kept[0].reason.as_str(), kept[0].by.as_deref()), ("Heard live by two of us.", Some("ana")));
        assert_eq!((kept[0].version, kept[0].findings[0].args["word"].as_str()), (2, "rumour"));
    })
    .await;
}

#[tokio::test]
async fn a_reason_that_nothing_needed_is_not_kept_and_one_without_end_is_refused() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        let story = draft(&app, Kind::Story, content("Wall", Some(&town))).await;
        let long: &'static str = Box::leak("x".repeat(publishing::LONGEST_REASON + 1).into_boxed_str());
        assert!(matches!(publish(&app, &story.id, 1, Some(long)).await, Err(Error::Invalid(_))));
        assert!(matches!(publish(&app, &story.id, 1, Some("Why?")).await.unwrap(), Outcome::Published(_)));
        let id = story.id.clone();
        assert_eq!(read(&app, move |conn| overrides::of(conn, &id)).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_scheduled_story_goes_out_with_the_reason_it_was_given_but_not_with_a_new_finding() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        let mut registry = Registry::new();
        crate::jobs(&mut registry, checks());
        for (dek, holds) in [("a rumour", false), ("nothing of the kind", true)] {
            let mut text = content(&format!("Wall of {dek}"), Some(&town));
            (text.dek, text.published_at) = (dek.into(), Some(app.now().plus(HOUR)));
            let story = draft(&app, Kind::Story, text).await;
            assert!(matches!(publish(&app, &story.id, 1, Some("On air")).await.unwrap(), Outcome::Scheduled(_)));
            if holds {
                // A source that was taken away meanwhile, say: here the kept version itself is touched.
                let id = story.id.clone();
                let spoil =
                    "UPDATE story_revisions SET content = replace(content, 'nothing', 'rumours') WHERE story_id = $1";
                app.db.write(move |conn| conn.execute(spoil, onrecord_base::args![id])).await.unwrap();
            }
            app.clock.advance(HOUR + 1);
            drain(&app, &registry).await.unwrap();
            let (id, public) = (story.id.clone(), find(&app, &story.id).await);
            assert_eq!(public.is_none(), holds);
            if let State::Scheduled(schedule) = read(&app, move |conn| states::of(conn, &id)).await {
                assert_eq!(schedule.failed.unwrap().args["word"], "rumours", "the desk is told what it was");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn mirela_publishes_with_a_reason_and_the_history_says_so() {
    both(ALL, |app| async move {
        let town = section(&app, "Town").await;
        let mut mirela = browser_of(&app, "Mirela Osei", Role::Editor).await;
        let id = begin(&mut mirela, "/desk/stories").await;
        let path = format!("/desk/stories/{id}/publication");
        let form = [("base_version", "1"), ("headline", "Wall"), ("section", town.id.as_str()), ("dek", "A rumour")];
        let held = mirela.post(&path, &form).await;
        assert_eq!(held.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(held.body.contains("name=\"override_reason\"") && held.body.contains("href=\"/desk/rumours\""));
        let page = mirela.get(&format!("/desk/stories/{id}")).await;
        assert!(page.body.contains("href=\"/desk/rumours\""), "the panel says so before anybody asks to publish");

        let long = "x".repeat(2001);
        let form = [("base_version", "2"), ("despite_warnings", "1"), ("override_reason", long.as_str())];
        let refused = mirela.post(&path, &form).await;
        assert!(refused.body.contains("at most 2,000 characters") && refused.body.contains(&long));

        let form = [("base_version", "2"), ("despite_warnings", "1"), ("override_reason", "Heard <live>.")];
        let done = mirela.post(&path, &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert!(find(&app, &id).await.is_some());
        for page in [format!("/desk/stories/{id}"), format!("/desk/stories/{id}/revisions")] {
            let page = mirela.get(&page).await;
            assert!(page.body.contains("by Mirela Osei") && page.body.contains("Heard &lt;live&gt;."), "{}", page.body);
        }
    })
    .await;
}
