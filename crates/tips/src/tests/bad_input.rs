//! Whatever comes in, nothing breaks.

use http::StatusCode;
use onrecord_base::{App, testing};
use proptest::{
    prelude::{any, prop},
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};

use super::cast::{self, TEMPLATES, Visitor};

#[tokio::test]
async fn no_request_breaks_the_line() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        cast::line(&app).await;
        let door = Visitor::new(&app);
        let mut runner = TestRunner::deterministic();
        let bytes = prop::collection::vec(any::<u8>(), 0..2000);
        for _ in 0..10 {
            let body = bytes.new_tree(&mut runner).unwrap().current();
            for path in ["/tip", "/tip/return", "/tip/envelopes", "/tip/thread", "/tip/thread/0"] {
                for headers in [
                    &[][..],
                    &[("content-type", "multipart/form-data; boundary=x")],
                    &[("x-tip-lookup", "zz"), ("x-tip-work", "1:1")],
                ] {
                    let got = door.post(path, headers, body.clone()).await;
                    assert!(got.status.is_client_error(), "{path} {}", got.status);
                    assert_eq!(got.headers["cache-control"], "no-store");
                }
            }
        }
        for path in ["/tip?lang=%ff", "/tip?lang=en&lang=de", "/tip/return?x=1"] {
            let status = door.get(path).await.status;
            assert!(status == StatusCode::OK, "{path} {status}");
        }
        assert_eq!(door.get("/tip/nothing").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
