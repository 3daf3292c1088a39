//! A provider's webhooks and uploads.

use http::StatusCode;
use onrecord_base::{App, Settings, fetch::Reach, testing};

use super::{
    super::{cast, cast::TEMPLATES, sealed_in_browser::run_jobs_reaching},
    cast::{ACCOUNT, PUBLIC, StandIn, TOKEN, door, fact, files, post, read, resource, set_up, signed},
};
use crate::{
    Channel,
    channels::{audio::silence, signature},
    store::{arrivals, channels, tips},
};

const MEDIA: &str = "Messages/MM01/Media/ME01";
const FROM: &str = "+15550142";

fn recording<'a>(url: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let all = [("CallSid", "CA01"), ("RecordingSid", "RE01"), ("RecordingStatus", "completed"), ("RecordingUrl", url)];
    all.into_iter().chain(more.iter().copied()).collect()
}

#[tokio::test]
async fn a_text_message_arrives_sealed_with_its_picture_and_the_copy_is_deleted() {
    testing::both(TEMPLATES, async |app: App| {
        let (line, provider, cdn) = (cast::line(&app).await, StandIn::start().await, StandIn::start().await);
        set_up(&app, &provider.address, &cdn.address).await;
        let door = door(&app);
        provider.move_to(&resource(MEDIA), &format!("{}/picture", cdn.address));
        cdn.put("/picture", "a picture");
        let url = format!("{}{}", provider.address, resource(MEDIA));
        let params = [
            ("MessageSid", "MM01"),
            ("From", FROM),
            ("To", "+15550100"),
            ("Body", "The wall leans & cracks."),
            ("NumMedia", "1"),
            ("MediaUrl0", &url),
            ("MediaContentType0", "image/jpeg"),
        ];
        let got = signed(&door, "/tip/sms", &params).await;
        assert_eq!(
            (got.status, got.headers["content-type"].as_bytes()),
            (StatusCode::OK, &b"text/xml; charset=utf-8"[..])
        );
        assert!(got.text().ends_with("<Response></Response>"), "nothing goes back to the source's telephone");
        provider.until_deleted(&resource("Messages/MM01.json")).await;
        assert!(provider.deleted(&resource(&format!("{MEDIA}.json"))));
        assert!(provider.asked().iter().all(|(.., account)| *account), "fetched with the account's credentials");
        assert_eq!(cdn.asked(), [("GET".into(), "/picture".into(), false)], "which went nowhere else");

        let all = read(&line).await;
        let [(tip, messages)] = &all[..] else { panic!("one tip: {}", all.len()) };
        assert_eq!((tip.channel, messages[0].text.as_str()), (Channel::Sms, "The wall leans & cracks."));
        assert_eq!((fact(&messages[0], "from"), fact(&messages[0], "to")), (FROM, "+15550100"));
        assert_eq!(messages[0].parts[0].name, "media-1.jpg");
        assert_eq!(files(&line, tip).await, [b"a picture"]);

        assert_eq!(signed(&door, "/tip/sms", &params).await.status, StatusCode::OK, "a replay is answered alike");
        assert_eq!(app.db.read(tips::all).await.unwrap().len(), 1, "and dropped");
        run_jobs_reaching(&app).await;
    })
    .await;
}

#[tokio::test]
async fn what_the_provider_cannot_give_yet_follows_in_the_thread() {
    testing::both(TEMPLATES, async |app: App| {
        let (line, provider) = (cast::line(&app).await, StandIn::start().await);
        set_up(&app, &provider.address, "").await;
        let door = door(&app);
        provider.put(&resource("Recordings/RE01"), silence(b"now it is there"));
        provider.fail(2);
        let url = format!("{}{}", provider.address, resource("Recordings/RE01"));
        let got = signed(&door, "/tip/voice/recording", &recording(&url, &[("From", FROM)])).await;
        assert_eq!(got.status, StatusCode::NO_CONTENT);
        let all = read(&line).await;
        assert!(all[0].1[0].text.contains("could not be fetched yet"), "{}", all[0].1[0].text);
        assert_eq!(fact(&all[0].1[0], "from"), FROM);
        let jobs =
            app.db.read(|conn| conn.query("SELECT payload FROM jobs WHERE kind = 'tips.errand'", &[])).await.unwrap();
        let payload: String = jobs[0].get("payload").unwrap();
        assert!(payload.contains("Recordings/RE01") && !payload.contains(FROM), "{payload}");
        // The try that is made at once meets the second fault; then it waits, and the job comes before it.
        provider.until_asked(2).await;
        run_jobs_reaching(&app).await;
        let all = read(&line).await;
        assert_eq!((all.len(), all[0].1.len()), (1, 2));
        assert_eq!(files(&line, &all[0].0).await, [silence(b"now it is there")]);
        assert!(provider.deleted(&resource("Recordings/RE01.json")));
        run_jobs_reaching(&app).await;
        assert_eq!(read(&line).await[0].1.len(), 2, "once");
    })
    .await;
}

#[tokio::test]
async fn a_failed_deletion_is_tried_again_as_a_job_without_plain_text() {
    testing::both(TEMPLATES, async |app: App| {
        let (line, provider) = (cast::line(&app).await, StandIn::start().await);
        set_up(&app, &provider.address, "").await;
        let door = door(&app);
        signed(&door, "/tip/sms", &[("MessageSid", "SM05"), ("From", FROM), ("Body", "canary-body")]).await;
        assert_eq!(read(&line).await.len(), 1);
        provider.until_deleted(&resource("Messages/SM05.json")).await;
        let before = provider.asked().len();
        // The next one meets a provider that does not answer.
        provider.fail(1);
        signed(&door, "/tip/sms", &[("MessageSid", "SM06"), ("From", FROM), ("Body", "canary-body")]).await;
        provider.until_asked(before + 1).await;
        let jobs = app.db.read(|conn| conn.query("SELECT * FROM jobs WHERE kind = 'tips.errand'", &[])).await.unwrap();
        let payload: String = jobs.last().expect("a job").get("payload").unwrap();
        assert!(payload.contains("SM06") && !payload.contains("canary") && !payload.contains(FROM), "{payload}");
        run_jobs_reaching(&app).await;
        assert!(provider.asked()[before..].iter().filter(|(_, path, _)| path.contains("SM06")).count() >= 2);
    })
    .await;
}

/// With the line goes the secret with which copies are deleted: each is asked for once more before, and what may be left is
/// counted. Nothing of it stays in line.
#[tokio::test]
async fn the_end_of_the_line_asks_the_provider_a_last_time_and_says_what_may_be_left() {
    testing::both(TEMPLATES, async |app: App| {
        let (_line, provider) = (cast::line(&app).await, StandIn::start().await);
        set_up(&app, &provider.address, "").await;
        crate::keep_order(&app).await.unwrap();
        let door = door(&app);
        provider.fail(1);
        signed(&door, "/tip/sms", &[("MessageSid", "SM07"), ("From", FROM), ("Body", "x")]).await;
        signed(&door, "/tip/voice/status", &[("CallSid", "CA07"), ("CallStatus", "completed")]).await;
        provider.until_asked(1).await;
        provider.fail(1);
        let ended = crate::erase::everything(&app, Reach::Loopback).await.unwrap();
        assert_eq!(ended, crate::erase::Ended { tips: 1, copies: 1 });
        let deleted = ["Calls/CA07.json", "Messages/SM07.json"].map(|path| provider.asked_for(&resource(path)));
        assert_eq!(deleted, [1, 2], "a call for the first time, a message for the second");
        let kinds = app.db.read(|conn| conn.query("SELECT kind FROM jobs ORDER BY kind", &[])).await.unwrap();
        let kinds: Vec<String> = kinds.iter().map(|row| row.get("kind").unwrap()).collect();
        assert_eq!(kinds, ["tips.notices", "tips.round"], "what is always in line");
        run_jobs_reaching(&app).await;
    })
    .await;
}

#[tokio::test]
async fn a_call_is_warned_recorded_and_forgotten_by_the_provider() {
    testing::both(TEMPLATES, async |app: App| {
        let (line, provider) = (cast::line(&app).await, StandIn::start().await);
        set_up(&app, &provider.address, "").await;
        let settings = Settings { languages: vec!["de-AT".into(), "en".into()], ..(*app.settings()).clone() };
        app.save_settings(settings).await.unwrap();
        let door = door(&app);
        let call = signed(&door, "/tip/voice", &[("CallSid", "CA01"), ("From", FROM), ("To", "+15550100")]).await;
        let xml = call.text();
        assert!(xml.contains("<Say language=\"de-DE\">Hier ist der Briefkasten"), "{xml}");
        assert!(xml.contains("<Say language=\"en-GB\">This is the tip line"), "{xml}");
        assert!(xml.contains("action=\"https://tips.example.org/tip/voice/end\""), "{xml}");
        assert!(xml.contains("recordingStatusCallback=\"https://tips.example.org/tip/voice/recording\""), "{xml}");
        let end = signed(&door, "/tip/voice/end", &[("CallSid", "CA01"), ("RecordingUrl", "x")]).await;
        assert!(end.text().contains("Wir haben Ihre Nachricht") && end.text().ends_with("<Hangup/></Response>"));
        signed(&door, "/tip/voice/status", &[("CallSid", "CA01"), ("CallStatus", "in-progress")]).await;
        signed(&door, "/tip/voice/status", &[("CallSid", "CA01"), ("CallStatus", "completed")]).await;
        provider.put(&resource("Recordings/RE01"), silence(b"a voice"));
        let url = format!("{}{}", provider.address, resource("Recordings/RE01"));
        let done = signed(&door, "/tip/voice/recording", &recording(&url, &[("RecordingDuration", "7")])).await;
        assert_eq!(done.status, StatusCode::NO_CONTENT);
        provider.until_deleted(&resource("Recordings/RE01.json")).await;
        let all = read(&line).await;
        assert_eq!((all[0].0.channel, fact(&all[0].1[0], "from")), (Channel::Voice, FROM), "remembered from the call");
        assert_eq!(files(&line, &all[0].0).await, [silence(b"a voice")]);
        assert!(!provider.deleted(&resource("Calls/CA01.json")), "not before the recording is certain");
        run_jobs_reaching(&app).await;
        assert!(provider.deleted(&resource("Calls/CA01.json")));
    })
    .await;
}

#[tokio::test]
async fn who_called_is_asked_of_the_provider_after_a_restart() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let (line, provider) = (cast::line(&app).await, StandIn::start().await);
        set_up(&app, &provider.address, "").await;
        provider.put(&resource("Calls/CA01.json"), format!("{{\"from\":\"{FROM}\",\"to\":\"+1\",\"x\":{{}}}}"));
        provider.put(&resource("Recordings/RE01"), silence(b"a voice"));
        let url = format!("{}{}", provider.address, resource("Recordings/RE01"));
        signed(&door(&app), "/tip/voice/recording", &recording(&url, &[])).await;
        assert_eq!(fact(&read(&line).await[0].1[0], "from"), FROM);
        run_jobs_reaching(&app).await;
    })
    .await;
}

#[tokio::test]
async fn an_empty_recording_is_no_tip_and_is_deleted_there() {
    testing::both(TEMPLATES, async |app: App| {
        let (_line, provider) = (cast::line(&app).await, StandIn::start().await);
        set_up(&app, &provider.address, "").await;
        let door = door(&app);
        for (id, more) in [
            ("RE01", [("RecordingStatus", "absent"), ("RecordingDuration", "")]),
            ("RE02", [("RecordingStatus", "completed"), ("RecordingDuration", "0")]),
            ("RE03", [("RecordingStatus", "failed"), ("RecordingDuration", "3")]),
        ] {
            let params: Vec<(&str, &str)> =
                [("RecordingSid", id), ("CallSid", "CA1")].into_iter().chain(more).collect();
            assert_eq!(signed(&door, "/tip/voice/recording", &params).await.status, StatusCode::NO_CONTENT);
        }
        signed(&door, "/tip/sms", &[("MessageSid", "SM09"), ("Body", " "), ("NumMedia", "0")]).await;
        assert_eq!(app.db.read(tips::all).await.unwrap().len(), 0);
        run_jobs_reaching(&app).await;
        for id in ["Recordings/RE01", "Recordings/RE02", "Recordings/RE03", "Messages/SM09"] {
            assert!(provider.deleted(&resource(&format!("{id}.json"))), "{id}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_what_the_account_signed_is_taken() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        cast::line(&app).await;
        set_up(&app, "http://127.0.0.1:9", "").await;
        let door = door(&app);
        let params = [("AccountSid", ACCOUNT), ("MessageSid", "SM01"), ("Body", "x"), ("Body", "y")];
        let pairs: Vec<(String, String)> = params.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
        let good = signature::sign(TOKEN, &format!("{PUBLIC}/tip/sms"), &pairs);
        for (why, signature, sent) in [
            ("none", String::new(), &params[..]),
            ("another secret", signature::sign("other", &format!("{PUBLIC}/tip/sms"), &pairs), &params[..]),
            ("another host", signature::sign(TOKEN, "http://localhost:8080/tip/sms", &pairs), &params[..]),
            ("another path", signature::sign(TOKEN, &format!("{PUBLIC}/tip/voice"), &pairs), &params[..]),
            ("a parameter left out", good.clone(), &params[..3]),
        ] {
            assert_eq!(post(&door, "/tip/sms", sent, &signature).await.status, StatusCode::FORBIDDEN, "{why}");
        }
        let other = [("AccountSid", "AC9"), ("MessageSid", "SM01")];
        let pairs: Vec<(String, String)> = other.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
        let theirs = signature::sign(TOKEN, &format!("{PUBLIC}/tip/sms"), &pairs);
        assert_eq!(post(&door, "/tip/sms", &other, &theirs).await.status, StatusCode::FORBIDDEN, "another account");
        assert_eq!(app.db.read(tips::all).await.unwrap().len(), 0);
        let host = [("host", "tips.example.org"), ("x-forwarded-proto", "https"), ("x-twilio-signature", "x")];
        assert_eq!(door.post("/tip/sms", &host, Vec::new()).await.status, StatusCode::FORBIDDEN);
        assert_eq!(
            post(&door, "/tip/sms", &params, &good).await.status,
            StatusCode::OK,
            "all of it, repeated ones too"
        );
        app.db
            .write(|conn| {
                let mut kept = channels::load(conn)?;
                kept.phone.sms = false;
                channels::save(conn, &kept)
            })
            .await
            .unwrap();
        assert_eq!(post(&door, "/tip/sms", &params, &good).await.status, StatusCode::NOT_FOUND, "switched off");
        assert!(app.db.read(|conn| arrivals::known(conn, Channel::Sms, "SM01")).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn while_the_line_is_closed_all_may_come_again() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        set_up(&app, "http://127.0.0.1:9", "").await;
        let door = door(&app);
        let sms = signed(&door, "/tip/sms", &[("MessageSid", "SM01"), ("Body", "x")]).await;
        assert_eq!((sms.status, sms.headers["retry-after"].as_bytes()), (StatusCode::SERVICE_UNAVAILABLE, &b"300"[..]));
        let url = format!("http://127.0.0.1:9{}", resource("Recordings/RE01"));
        let recorded = signed(&door, "/tip/voice/recording", &recording(&url, &[("From", FROM)])).await;
        assert_eq!(recorded.status, StatusCode::SERVICE_UNAVAILABLE);
        let call = signed(&door, "/tip/voice", &[("CallSid", "CA01")]).await;
        assert_eq!(call.status, StatusCode::OK, "the provider would read an error out");
        assert!(call.text().contains("cannot take messages now") && call.text().ends_with("<Hangup/></Response>"));
        let mail =
            door.post("/tip/mail", &[("authorization", "Bearer mail-secret")], b"Subject: x\r\n\r\ny".to_vec()).await;
        assert_eq!(mail.status, StatusCode::SERVICE_UNAVAILABLE);
        let headers =
            [("authorization", "Bearer recordings-secret"), ("content-type", "multipart/form-data; boundary=x")];
        assert_eq!(door.post("/tip/recordings", &headers, Vec::new()).await.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(app.db.read(tips::all).await.unwrap().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn media_at_other_hosts_are_not_fetched() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let (line, provider, other) = (cast::line(&app).await, StandIn::start().await, StandIn::start().await);
        set_up(&app, &provider.address, "").await;
        let door = door(&app);
        let url = format!("{}/secret", other.address);
        let params = [("MessageSid", "MM1a"), ("Body", "x"), ("NumMedia", "1"), ("MediaUrl0", url.as_str())];
        signed(&door, "/tip/sms", &params).await;
        provider.move_to(&resource("Recordings/RE01"), &url);
        let named = format!("{}{}", provider.address, resource("Recordings/RE01"));
        signed(&door, "/tip/voice/recording", &recording(&named, &[("From", FROM)])).await;
        assert_eq!(other.asked(), [], "neither by name nor by a redirect");
        let all = read(&line).await;
        assert!(all.iter().any(|(_, messages)| messages[0].text.contains("was not fetched")));
        assert_eq!(all.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_recording_is_uploaded_with_its_caller() {
    testing::both(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        set_up(&app, "http://127.0.0.1:9", "").await;
        let door = door(&app);
        let upload = async |secret: &str, id: &str, bytes: &[u8]| {
            let mut body = Vec::new();
            for (name, value) in [("from", FROM), ("to", "+15550100"), ("id", id)] {
                body.extend(
                    format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes(),
                );
            }
            body.extend(b"--x\r\ncontent-disposition: form-data; name=\"recording\"; filename=\"../call.wav\"\r\n\r\n");
            body.extend(bytes);
            body.extend(b"\r\n--x--\r\n");
            let bearer = format!("Bearer {secret}");
            let headers = [("authorization", bearer.as_str()), ("content-type", "multipart/form-data; boundary=x")];
            door.post("/tip/recordings", &headers, body).await
        };
        let sound = silence(b"a voice that is heard for a while");
        assert_eq!(upload("wrong", "1", &sound).await.status, StatusCode::FORBIDDEN);
        assert_eq!(upload("recordings-secret", "1", &sound).await.status, StatusCode::CREATED);
        assert_eq!(upload("recordings-secret", "1", &sound).await.status, StatusCode::OK, "once");
        assert_eq!(upload("recordings-secret", "2", b"").await.status, StatusCode::OK, "empty");
        assert_eq!(upload("recordings-secret", "3", &silence(b"")).await.status, StatusCode::OK, "a head alone");
        for other in [&b"%PDF-1.7 not a recording at all"[..], b"#!/bin/sh", b"x"] {
            assert_eq!(upload("recordings-secret", "4", other).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let all = read(&line).await;
        assert_eq!((all.len(), all[0].0.channel, fact(&all[0].1[0], "from")), (1, Channel::Drop, FROM));
        assert_eq!(all[0].1[0].parts[0].name, "call.wav");
        assert_eq!(files(&line, &all[0].0).await, [sound]);
        assert_eq!(crate::vault::all(&app.data).unwrap().len(), 1, "what was refused left no file");
        run_jobs_reaching(&app).await;
    })
    .await;
}
