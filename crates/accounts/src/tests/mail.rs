//! Mail to a real SMTP server, `aiosmtpd`, that writes each message to its output. Without it (Debian:
//! `python3-aiosmtpd`, PyPI: `aiosmtpd`) these stories are not told, and say so.

use std::process::Stdio;

use http::StatusCode;
use onrecord_base::{
    App,
    jobs::{self, Registry},
    settings::Smtp,
    testing::both,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

use super::{ALL, PASSWORD, ana, browser, browser_of, sign_in};
use crate::Role;

/// Prints its port, then each mail as one line of JSON.
const SERVER: &str = r#"
import asyncio, json, email, email.policy
from aiosmtpd.smtp import SMTP
class Keep:
    async def handle_DATA(self, server, session, envelope):
        if any("refused" in to for to in envelope.rcpt_tos):
            return "550 5.1.1 nobody here"
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "subject": mail["subject"],
            "sender": mail["from"], "auto": mail["auto-submitted"], "id": mail["message-id"], "date": mail["date"],
            "type": mail.get_content_type(), "body": mail.get_content(), "hello": session.host_name}), flush=True)
        return "250 OK"
async def main():
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Keep(), hostname="relay"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"#;

struct Relay {
    _server: Child,
    output: Lines<BufReader<ChildStdout>>,
}

impl Relay {
    /// Starts the server, and points the settings at it.
    async fn start(app: &App) -> Option<Relay> {
        for python in ["python3", "/usr/bin/python3"] {
            let mut command = Command::new(python);
            command.args(["-c", SERVER]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
            let Ok(mut server) = command.kill_on_drop(true).spawn() else { continue };
            let mut output = BufReader::new(server.stdout.take()?).lines();
            let Ok(Some(port)) = output.next_line().await else { continue };
            let smtp = Smtp {
                host: "127.0.0.1".into(),
                port: port.parse().ok()?,
                security: "none".into(),
                user: String::new(),
                password: String::new(),
                from: "desk@news.example".into(),
            };
            let settings =
                onrecord_base::Settings { name: "Süd, “Bote”".into(), smtp: Some(smtp), ..Default::default() };
            app.save_settings(settings).await.expect("the settings are saved");
            return Some(Relay { _server: server, output });
        }
        println!("not tested: mail, since aiosmtpd is not installed (python3-aiosmtpd)");
        None
    }

    async fn mail(&mut self) -> serde_json::Value {
        let line = self.output.next_line().await.expect("the server answers").expect("a mail");
        serde_json::from_str(&line).expect("a mail as JSON")
    }
}

fn link(mail: &serde_json::Value) -> String {
    let body = mail["body"].as_str().unwrap();
    let (_, rest) = body.split_once("http://localhost:8080").expect("a link in the mail");
    rest.split_whitespace().next().unwrap().to_owned()
}

#[tokio::test]
async fn a_forgotten_password_is_mailed_for_and_strangers_learn_nothing() {
    both(ALL, async |app| {
        let Some(mut relay) = Relay::start(&app).await else { return };
        let mut registry = Registry::default();
        crate::jobs(&mut registry);
        ana(&app).await;
        let mut pages = Vec::new();
        for email in ["nobody@example.org", "ana.ruiz@example.org"] {
            let answer = browser(&app).post("/desk/recovery", &[("email", email)]).await;
            assert_eq!(answer.status, StatusCode::OK);
            pages.push(answer.body.replace(email, ""));
            jobs::drain(&app, &registry).await.expect("the jobs run");
        }
        assert_eq!(pages[0], pages[1]);
        let mail = relay.mail().await;
        assert_eq!(mail["to"][0], "Ana.Ruiz@example.org", "the first mail is hers: the stranger got none");
        assert_eq!(mail["subject"], "A new password for Süd, “Bote”");
        assert_eq!(mail["from"], "desk@news.example");
        assert_eq!(mail["sender"], "\"Süd, “Bote”\" <desk@news.example>");
        assert_eq!(mail["auto"], "auto-generated");
        assert_eq!(mail["type"], "text/plain");
        assert_eq!(mail["hello"], "news.example", "our machine's name stays ours");
        assert_eq!(mail["date"], "Sun, 22 Nov 2026 10:00:00 +0000");
        assert!(mail["id"].as_str().unwrap().ends_with("@news.example>"), "{mail}");
        let mut browser = browser(&app);
        assert_eq!(browser.post(&link(&mail), &[("password", "another four words here")]).await.location, "/desk");
        assert_eq!(sign_in(&app, PASSWORD).await.1.status, StatusCode::UNPROCESSABLE_ENTITY);
        let wrong = browser.post("/desk/recovery", &[("email", "ana@x\r\nBcc: all@example.org")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fourth = browser.post("/desk/recovery", &[("email", "ana.ruiz@example.org")]).await;
        assert_eq!(fourth.status, StatusCode::OK);
        let fifth = browser.post("/desk/recovery", &[("email", "other@example.org")]).await;
        assert_eq!(fifth.status, StatusCode::TOO_MANY_REQUESTS, "three mails a visitor, then slowly");
        jobs::drain(&app, &registry).await.expect("the jobs run");
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_mailed_or_the_desk_says_that_it_was_not() {
    both(ALL, async |app| {
        let Some(mut relay) = Relay::start(&app).await else { return };
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Owner).await;
        let form = [("email", "mirela@example.org"), ("role", "editor")];
        assert!(ana.post("/desk/staff/invitations", &form).await.body.contains("A mail with the link is on its way."));
        let mail = relay.mail().await;
        assert_eq!(mail["subject"], "Ana Ruiz asks you in at Süd, “Bote”");
        assert!(browser(&app).get(&link(&mail)).await.body.contains("mirela@example.org"));
        let form = [("email", "refused@example.org"), ("role", "editor")];
        let failed = ana.post("/desk/staff/invitations", &form).await;
        assert!(failed.body.contains("did not take the mail") && failed.body.contains("/desk/invitations/"));
    })
    .await;
}

#[tokio::test]
async fn a_test_mail_shows_what_the_relay_says() {
    both(ALL, async |app| {
        let Some(mut relay) = Relay::start(&app).await else { return };
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Owner).await;
        assert_eq!(ana.post("/desk/settings/test-mail", &[]).await.location, "/desk/settings");
        assert!(ana.get("/desk/settings").await.body.contains("The relay has taken the mail."));
        assert_eq!(relay.mail().await["to"][0], "ana.ruiz@example.org");
        let mut refused = browser_of(&app, "Refused Person", Role::Owner).await;
        let page = refused.post("/desk/settings/test-mail", &[]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains("nobody here"), "{}", page.body);
    })
    .await;
}
