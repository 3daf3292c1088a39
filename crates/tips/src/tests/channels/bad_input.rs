//! Whatever is delivered, by whoever knows the secret too, nothing breaks.

use http::StatusCode;
use onrecord_base::{App, testing};
use proptest::{
    prelude::{any, prop},
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};

use super::{
    super::{cast, cast::TEMPLATES, sealed_in_browser::run_jobs_reaching},
    cast::{PUBLIC, TOKEN, door, set_up},
};
use crate::channels::{params::Params, signature};

/// What forms with files are made of, in any order.
const PIECES: [&str; 12] = [
    "--x\r\n",
    "--x--\r\n",
    "\r\n",
    "content-disposition: form-data; name=\"recording\"; filename=\"a.wav\"\r\n",
    "content-disposition: form-data; name=\"from\"\r\n",
    "content-disposition: form-data; name=\"id\"\r\n\r\n1\r\n",
    "content-disposition: attachment\r\n",
    "content-type: multipart/mixed; boundary=y\r\n",
    "RIFF\0\0\0\0WAVE",
    "OggS",
    "+1 555 0142",
    "\u{0}\u{1f}é",
];

#[tokio::test]
async fn no_delivery_breaks_the_line() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        cast::line(&app).await;
        set_up(&app, "http://127.0.0.1:9", "").await;
        let door = door(&app);
        let mut runner = TestRunner::deterministic();
        let bytes = prop::collection::vec(any::<u8>(), 0..2000);
        let pieces = prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..30);
        let fine = |status: StatusCode| status.is_success() || status.is_client_error() || status.as_u16() == 503;
        for round in 0..40 {
            let random = bytes.new_tree(&mut runner).unwrap().current();
            let form = pieces.new_tree(&mut runner).unwrap().current().concat().into_bytes();
            let body = if round % 2 == 0 { random } else { form };
            let upload =
                [("authorization", "Bearer recordings-secret"), ("content-type", "multipart/form-data; boundary=x")];
            let got = door.post("/tip/recordings", &upload, body.clone()).await;
            assert!(fine(got.status), "{}", got.status);
            let got = door.post("/tip/mail", &[("authorization", "Bearer mail-secret")], body.clone()).await;
            assert!(fine(got.status), "{}", got.status);
            for path in ["/tip/sms", "/tip/voice", "/tip/voice/end", "/tip/voice/recording", "/tip/voice/status"] {
                let signature = signature::sign(TOKEN, &format!("{PUBLIC}{path}"), &Params::form(&body).0);
                let kind = if round % 3 == 0 { "application/json" } else { "application/x-www-form-urlencoded" };
                let headers = [("content-type", kind), ("x-twilio-signature", signature.as_str())];
                let got = door.post(path, &headers, body.clone()).await;
                assert!(fine(got.status), "{path} {}", got.status);
            }
        }
        run_jobs_reaching(&app).await;
    })
    .await;
}
