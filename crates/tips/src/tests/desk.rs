//! The desk: who sees what, what is done to a tip, keys.

use axum::body::Body;
use http::{Method, StatusCode};
use onrecord_accounts::{Role, testing as people};
use onrecord_base::{App, testing};
use onrecord_sealed::{JournalistKeys, Lock};

use super::{
    cast::{self, Browser, CHEAP, Line, PASSPHRASE, TEMPLATES},
    sealed_in_browser::run_jobs,
};
use crate::{
    Arrival, Channel, Epoch, Part, State, arrive, keys,
    store::{keys as kept, tips},
};

/// A tip by text message.
pub(super) async fn text_message(line: &Line, text: &str) -> String {
    let arrival = Arrival {
        desk: line.desk.id.clone(),
        channel: Some(Channel::Sms),
        text: text.into(),
        facts: vec![("from".into(), "+1 555 0142".into())],
        ..Arrival::default()
    };
    arrive(&line.app, arrival).await.expect("arrives").expect("is new")
}

#[tokio::test]
async fn whose_desk_it_is_not_does_not_find_it() {
    testing::both(TEMPLATES, async |app: App| {
        let mut line = cast::line(&app).await;
        let id = text_message(&line, "x").await;
        let (_, cookie) = people::staff(&app, "Cleo", Role::Owner).await;
        let mut cleo = Browser::new(&app, crate::desk_routes()).signed_in(&cookie);
        let (_, cookie) = people::staff(&app, "Mo", Role::Moderator).await;
        let mut mo = Browser::new(&app, crate::desk_routes()).signed_in(&cookie);
        for path in ["", ".json", "/messages/0"] {
            let path = format!("/desk/tips/{id}{path}");
            assert_eq!(line.ben_browser.get(&path).await.status, StatusCode::OK, "{path}");
            assert_eq!(cleo.get(&path).await.status, StatusCode::NOT_FOUND, "an owner, at no desk: {path}");
            assert_eq!(mo.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert!(cleo.get("/desk/tips").await.body.contains("You are at no desk"));
        let erase = format!("/desk/tips/{id}");
        let same = [("sec-fetch-site", "same-origin")];
        assert_eq!(cleo.send(Method::DELETE, &erase, Body::empty(), &same).await.status, StatusCode::NOT_FOUND);
        assert!(line.ben_browser.get("/desk/tips?state=new").await.body.contains(&id));
        assert_eq!(line.ben_browser.get("/desk/tips/destruction").await.status, StatusCode::FORBIDDEN);
        assert_eq!(line.ben_browser.get("/desk/tips/keys/draft.json").await.status, StatusCode::FORBIDDEN);
        run_jobs(&app).await;
    })
    .await;
}

#[tokio::test]
async fn a_tip_is_assigned_followed_closed_and_erased_on_its_day() {
    testing::both(TEMPLATES, async |app: App| {
        let mut line = cast::line(&app).await;
        let id = text_message(&line, "x").await;
        let at = format!("/desk/tips/{id}");
        let ben = line.ben.staff_id.clone();
        line.ana_browser.post(&format!("{at}/assignment"), &[("staff", &ben)]).await;
        let read = async || {
            let id = id.clone();
            app.db.read(move |conn| tips::find(conn, &id)).await.unwrap()
        };
        assert_eq!(read().await.unwrap().state, State::Assigned);
        let stranger = line.ana_browser.post(&format!("{at}/assignment"), &[("staff", "nobody")]).await;
        assert_eq!(stranger.status, StatusCode::SEE_OTHER);
        assert!(line.ana_browser.get(&at).await.body.contains("not at the desk of the tip"));
        for (form, field, said) in
            [("state", "state", "Choose one of the states"), ("retention", "retention_days", "Give a number of days")]
        {
            let wrong = line.ana_browser.post(&format!("{at}/{form}"), &[(field, "abc")]).await;
            assert_eq!(wrong.status, StatusCode::SEE_OTHER);
            assert!(line.ana_browser.get(&at).await.body.contains(said), "{form}");
        }
        line.ben_browser.post(&format!("{at}/state"), &[("state", "following")]).await;
        line.ben_browser.post(&format!("{at}/state"), &[("state", "closed")]).await;
        let tip = read().await.unwrap();
        assert_eq!(tip.erase_day, Some(tip.first_day.plus(90)));
        line.ben_browser.post(&format!("{at}/retention"), &[("retention_days", "2")]).await;
        assert!(line.ben_browser.get("/desk/tips?state=closed").await.body.contains("erased on 2026-11-24"));

        crate::keep_order(&app).await.unwrap();
        for (days, there) in [(1, true), (2, false)] {
            run_jobs(&app).await;
            assert_eq!(read().await.is_some(), there, "after {days} days");
        }
        assert_eq!(crate::vault::all(&app.data).unwrap().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_tip_that_was_read_is_read_and_nothing_else_of_it_changes() {
    testing::both(TEMPLATES, async |app: App| {
        let mut line = cast::line(&app).await;
        let id = text_message(&line, "x").await;
        let find = async || {
            let id = id.clone();
            app.db.read(move |conn| tips::find(conn, &id)).await.unwrap().unwrap()
        };
        let seen = find().await;
        // Between Ben's reading and its being noted Ana closes the tip, and its source writes again.
        line.ana_browser.post(&format!("/desk/tips/{id}/state"), &[("state", "closed")]).await;
        let closed = find().await;
        let (read, next) = (id.clone(), seen.next_sequence);
        app.db.write(move |conn| tips::mark_read(conn, &read, next)).await.unwrap();
        assert_eq!(find().await, crate::Tip { unread: false, ..closed });
        let heard = id.clone();
        app.db
            .write(move |conn| {
                let mut tip = tips::find(conn, &heard)?.unwrap();
                tip.heard(tip.last_day);
                tips::number(conn, &heard, crate::Kind::Tip, None)?;
                tips::save(conn, &tip)?;
                tips::mark_read(conn, &heard, next)
            })
            .await
            .unwrap();
        assert!(find().await.unread, "what came meanwhile nobody has read");
        let json = line.ben_browser.get(&format!("/desk/tips/{id}.json")).await;
        assert!(json.body.contains(&id) && !find().await.unread);
        run_jobs(&app).await;
    })
    .await;
}

#[tokio::test]
async fn replies_of_a_browser_are_taken_in_their_place_only() {
    testing::both(TEMPLATES, async |app: App| {
        let mut line = cast::line(&app).await;
        let mut source = line.source().await;
        let open = line.open().await;
        let envelope = source.seal(&open, &line.desk, 0, "x", b"");
        source.send(envelope).await;
        let id = source.keys.lookup().tip().to_string();
        let ana = line.keys_of(&line.ana).await;
        let seal = |kind, sequence| {
            let address = onrecord_sealed::Address {
                kind,
                desk: onrecord_sealed::DeskId::parse(&line.desk.id).unwrap(),
                tip: source.keys.lookup().tip(),
                sequence,
            };
            let mut random = onrecord_sealed::Entropy::new([sequence as u8; 32]);
            let day = keys::sealed_day(crate::tip::today(&app));
            let public = source.keys.public();
            let sealer = onrecord_sealed::Sealer::new(&open.list, day, &address, Some(&public), &mut random).unwrap();
            let mut closing = sealer.finish("Since when?", &[], onrecord_sealed::Signer::Journalist(&ana)).unwrap();
            let body = closing.rest().unwrap();
            [closing.head().bytes(), body].concat()
        };
        let same = [("sec-fetch-site", "same-origin")];
        let mut post = async |to: &str, envelope: Vec<u8>| {
            let path = format!("/desk/tips/{id}/{to}");
            line.ana_browser.send(Method::POST, &path, Body::from(envelope), &same).await.status
        };
        use onrecord_sealed::Kind::{Note, Reply};
        assert_eq!(post("replies", seal(Reply, 3)).await, StatusCode::CONFLICT, "not the next number");
        assert_eq!(post("notes", seal(Reply, 1)).await, StatusCode::BAD_REQUEST, "a reply is no note");
        assert_eq!(post("replies", seal(Reply, 1)).await, StatusCode::CREATED);
        assert_eq!(post("replies", seal(Reply, 1)).await, StatusCode::CONFLICT, "the number is taken");
        assert_eq!(post("notes", seal(Note, 2)).await, StatusCode::CONFLICT, "a note is not counted among replies");
        assert_eq!(post("notes", seal(Note, 2 << 16)).await, StatusCode::CREATED);
        assert_eq!(post("links", seal(onrecord_sealed::Kind::Link, 2 << 16)).await, StatusCode::CONFLICT);
        assert_eq!(post("replies", seal(Reply, 2 << 16 | 1)).await, StatusCode::CONFLICT);
        let json = line.ana_browser.get(&format!("/desk/tips/{id}.json")).await;
        let whole: serde_json::Value = serde_json::from_str(&json.body).unwrap();
        assert_eq!(whole["messages"].as_array().unwrap().len(), 3);
        assert_eq!((whole["tip"]["next"].as_i64(), whole["messages"][2]["kind"].as_str()), (Some(2), Some("note")));
        assert_eq!(whole["tip"]["next_inside"].as_i64(), Some(2 << 16 | 1));
        run_jobs(&app).await;
    })
    .await;
}

#[tokio::test]
async fn keys_are_made_by_the_month_and_signed_by_the_newsroom_alone() {
    testing::both(TEMPLATES, async |app: App| {
        let mut line = cast::line(&app).await;
        let epoch = Epoch::of(app.now());
        let again = keys::make(&app, &line.ana.staff_id, &epoch, PASSPHRASE, CHEAP).await;
        assert!(again.is_err(), "one pair a month");
        assert!(keys::make(&app, &line.ana.staff_id, &epoch.next(), "short", CHEAP).await.is_err());

        // Ana's browser makes her keys for the next month and closes them under another passphrase later.
        let mut random = onrecord_sealed::Entropy::new([9; 32]);
        let lock = Lock::new(PASSPHRASE, CHEAP, &mut random).unwrap();
        let month = onrecord_sealed::Epoch::parse(epoch.next().text()).unwrap();
        let own = JournalistKeys::generate(keys::journalist(&line.ana.staff_id).unwrap(), month, &mut random).unwrap();
        let same = [("sec-fetch-site", "same-origin")];
        let closed = own.close(&lock, &mut random);
        let put = line.ana_browser.send(Method::PUT, "/desk/tips/keys/mine", Body::from(closed), &same).await;
        assert_eq!(put.status, StatusCode::NO_CONTENT);
        let other = Lock::new("another four words now", CHEAP, &mut random).unwrap();
        let closed = own.close(&other, &mut random);
        let bens = line.ben_browser.send(Method::PUT, "/desk/tips/keys/mine", Body::from(closed.clone()), &same).await;
        assert_eq!(bens.status, StatusCode::FORBIDDEN, "Ben cannot keep Ana's keys");
        let put = line.ana_browser.send(Method::PUT, "/desk/tips/keys/mine", Body::from(closed.clone()), &same).await;
        assert_eq!(put.status, StatusCode::NO_CONTENT);
        let id = line.ana.staff_id.clone();
        let kept = app.db.read(move |conn| kept::of_staff(conn, &id)).await.unwrap();
        assert_eq!((kept.len(), kept[0].wrapped.as_ref()), (2, Some(&closed)));

        // A list that another key signed is refused, and so is one of before.
        let now = app.now();
        let draft = app.db.read(move |conn| keys::propose(conn, now)).await.unwrap();
        let thief = onrecord_sealed::NewsroomKey::generate(Some(line.key.newsroom()), &mut random);
        let same_again = app.db.read(move |conn| keys::propose(conn, now)).await.unwrap();
        let theirs = same_again.sign(&thief).unwrap();
        let put = line.ana_browser.send(Method::PUT, "/desk/tips/keys/list", Body::from(theirs), &same).await;
        assert_eq!(put.status, StatusCode::FORBIDDEN);
        assert!(line.ana_browser.get("/desk/tips/keys").await.body.contains("have changed since the list was signed"));
        let ours = draft.sign(&line.key).unwrap();
        let bens = line.ben_browser.send(Method::PUT, "/desk/tips/keys/list", Body::from(ours.clone()), &same).await;
        assert_eq!(bens.status, StatusCode::FORBIDDEN, "a reporter signs nothing");
        let put = line.ana_browser.send(Method::PUT, "/desk/tips/keys/list", Body::from(ours.clone()), &same).await;
        assert_eq!(put.status, StatusCode::NO_CONTENT);
        let put = line.ana_browser.send(Method::PUT, "/desk/tips/keys/list", Body::from(ours), &same).await;
        assert_eq!(put.status, StatusCode::FORBIDDEN, "the same again");
        assert!(!line.ana_browser.get("/desk/tips/keys").await.body.contains("have changed since"));
    })
    .await;
}

#[tokio::test]
async fn a_line_whose_list_has_ended_is_closed_and_says_so() {
    testing::both(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        let door = cast::Visitor::new(&app);
        assert!(door.get("/tip").await.text().contains("<form"));
        app.clock.advance((keys::LIST_DAYS + 1) * 86_400_000);
        assert!(!door.get("/tip").await.text().contains("<form"));
        assert_eq!(door.get("/tip/keys").await.status, StatusCode::FORBIDDEN);
        let now = app.now();
        let why = app.db.read(move |conn| keys::in_use(conn, now)).await.unwrap().err();
        assert_eq!(why, Some(keys::NotOpen::Expired));
        line.sign().await;
        assert!(door.get("/tip").await.text().contains("<form"));
    })
    .await;
}

#[tokio::test]
async fn what_arrives_twice_is_taken_once_and_large_files_too() {
    testing::both(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        let arrival = Arrival {
            channel: Some(Channel::Voice),
            text: "x".repeat(onrecord_sealed::MAX_TEXT + 1),
            facts: vec![("from".into(), "+1 555 0142 ".repeat(200))],
            parts: vec![Part {
                name: "../../voice.wav".into(),
                media_type: "audio/wav".into(),
                bytes: vec![1; 300_000].into(),
            }],
            once: Some("RE123".into()),
            ..Arrival::default()
        };
        let first = arrive(&app, arrival.clone()).await.unwrap().unwrap();
        assert_eq!(arrive(&app, arrival).await.unwrap(), None);
        assert_eq!(crate::vault::all(&app.data).unwrap().len(), 1);
        let reader = crate::offline::Reader::unlock(&app, &line.ben.staff_id, PASSPHRASE).await.unwrap();
        let (tip, opened) = reader.thread(&app, &first).await.unwrap();
        let index = opened[0].index.as_ref().unwrap();
        let names: Vec<&str> = index.parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!((tip.channel, names), (Channel::Voice, vec!["message.txt", "voice.wav"]));
        let answer = reader.write(&app, &first, crate::Kind::Reply, "x", &[]).await;
        assert!(answer.is_err(), "there is no key to answer to");
        run_jobs(&app).await;
    })
    .await;
}
