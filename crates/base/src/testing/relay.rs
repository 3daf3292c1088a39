//! A real SMTP server for tests: `aiosmtpd`, in a process of its own, that hands over what it is sent. Without it
//! (Debian: `python3-aiosmtpd`, PyPI: `aiosmtpd`) stories about mail are not told, and say so.

use std::process::Stdio;

use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

use crate::{App, Settings, settings::Smtp};

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
            "stop": mail["list-unsubscribe"], "stop-by": mail["list-unsubscribe-post"],
            "type": mail.get_content_type(), "body": mail.get_content(), "hello": session.host_name}), flush=True)
        return "250 OK"
async def main():
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Keep(), hostname="relay"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"#;

/// The server. It ends with the test.
pub struct Relay {
    _server: Child,
    output: Lines<BufReader<ChildStdout>>,
}

impl Relay {
    /// Starts the server, and points the settings at it; none where aiosmtpd is not installed.
    ///
    /// # Panics
    /// If the settings cannot be saved.
    pub async fn start(app: &App) -> Option<Relay> {
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
            let settings = Settings { name: "Süd, “Bote”".into(), smtp: Some(smtp), ..Default::default() };
            app.save_settings(settings).await.expect("the settings are saved");
            return Some(Relay { _server: server, output });
        }
        println!("not tested: mail, since aiosmtpd is not installed (python3-aiosmtpd)");
        None
    }

    /// The next mail, as JSON.
    ///
    /// # Panics
    /// If the server ended.
    pub async fn mail(&mut self) -> serde_json::Value {
        let line = self.output.next_line().await.expect("the server answers").expect("a mail");
        serde_json::from_str(&line).expect("a mail as JSON")
    }

    /// The path of the first address of ours in a mail.
    ///
    /// # Panics
    /// If there is none.
    pub fn link(mail: &serde_json::Value) -> String {
        let body = mail["body"].as_str().expect("a text");
        let (_, rest) = body.split_once("http://localhost:8080").expect("a link in the mail");
        rest.split_whitespace().next().expect("an address").to_owned()
    }
}
