//! Pages from the web, taken from real servers on this machine.

use http::{Method, StatusCode};
use onrecord_accounts::{Role, testing::Browser};
use onrecord_base::testing::{both, on_sqlite};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::browsing::{ALL, browser};

/// A server that answers what stands for a path, over and over.
pub(super) async fn server(pages: &'static [(&'static str, &'static [u8])]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = [0; 4096];
            let read = stream.read(&mut head).await.unwrap_or(0);
            let asked = String::from_utf8_lossy(&head[..read]).into_owned();
            let path = asked.split(' ').nth(1).unwrap_or_default();
            let page = pages.iter().find(|(known, _)| *known == path).map_or(&b""[..], |(_, page)| page);
            let _ = stream.write_all(page).await;
        }
    });
    format!("http://{address}")
}

/// Sends the form of a new source with these texts and files (field, name, bytes).
pub(super) async fn send(
    browser: &mut Browser,
    json: bool,
    texts: &[(&str, &str)],
    files: &[(&str, &str, &[u8])],
) -> onrecord_accounts::testing::Answer {
    let mut body = Vec::new();
    for (name, text) in texts {
        body.extend(format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n").bytes());
    }
    for (field, name, bytes) in files {
        let head = format!("Content-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"");
        body.extend(format!("--x\r\n{head}\r\nContent-Type: application/octet-stream\r\n\r\n").bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--x--\r\n");
    let mut headers = vec![("content-type", "multipart/form-data; boundary=x"), ("sec-fetch-site", "same-origin")];
    if json {
        headers.push(("accept", "application/json"));
    }
    browser.send(Method::POST, "/desk/sources", body.into(), &headers).await
}

const ARTICLE: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\nX-Served-By: a7\r\n\
    Connection: close\r\n\r\n<!doctype html><title>The bridge \xfcber the Salt</title><script>alert(1)</script>\
    <p>We will not close it, the mayor said.</p>";

#[tokio::test]
async fn a_page_is_kept_as_it_came_with_its_words() {
    both(ALL, |app| async move {
        let home = server(&[
            ("/old", b"HTTP/1.1 301 Moved\r\nLocation: /news/bridge\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            ("/news/bridge", ARTICLE),
        ])
        .await;
        let mut ana = browser(&app, "Ana Ruiz", Role::Reporter).await;
        let old = format!("{home}/old");
        let kept = send(&mut ana, false, &[("kind", "url"), ("url", &old), ("notes", "From the clerk.")], &[]).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        let page = ana.get(&kept.location).await.body;
        for shown in [
            "The bridge über the Salt",
            old.as_str(),
            &format!("{home}/news/bridge"),
            "We will not close it, the mayor said.",
            "text/html",
            "22 November 2026, 10:00",
            "Ana Ruiz",
            "From the clerk.",
        ] {
            assert!(page.contains(shown), "{shown} in {page}");
        }
        assert!(!page.contains("alert(1)"), "{page}");
        let listed = ana.get("/desk/sources?q=BRIDGE&kind=url").await.body;
        assert!(listed.contains("The bridge über the Salt") && listed.contains("127.0.0.1"), "{listed}");
        assert!(ana.get("/desk/sources?kind=post").await.body.contains("Nothing found"));

        let file = ana.get(&format!("{}/file", kept.location)).await;
        assert!(file.body.contains("<script>alert(1)</script>"), "byte for byte: {}", file.body);
        let text = ana.get(&format!("{}/text", kept.location)).await;
        assert!(text.body.contains("We will not close it") && !text.body.contains('<'), "{}", text.body);
    })
    .await;
}

#[tokio::test]
async fn what_is_handed_out_never_runs_in_the_desk_s_name() {
    on_sqlite(ALL, |app| async move {
        let home = server(&[("/evil", ARTICLE)]).await;
        let (_, cookie) = onrecord_accounts::testing::staff(&app, "Ana Ruiz", Role::Reporter).await;
        let routes = crate::web::routes_reaching(onrecord_base::fetch::Reach::Loopback);
        let mut ana = Browser::new(&app, routes.clone()).signed_in(&cookie);
        let kept = send(&mut ana, false, &[("kind", "url"), ("url", &format!("{home}/evil"))], &[]).await;
        for (path, kind, attached) in [
            ("file", "application/octet-stream", true),
            ("warc", "application/warc", true),
            ("text", "text/plain; charset=utf-8", false),
        ] {
            let request = http::Request::get(format!("{}/{path}", kept.location)).header("cookie", cookie.clone());
            let request = request.body(axum::body::Body::empty()).unwrap();
            let router = routes
                .clone()
                .layer(axum::middleware::from_fn(onrecord_base::web::headers::add))
                .with_state(app.clone());
            let headers = tower::ServiceExt::oneshot(router, request).await.unwrap().headers().clone();
            assert_eq!(headers["content-type"], kind, "{path}");
            assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
            assert_eq!(headers["cache-control"], "no-store", "{path}");
            let disposition = headers.get("content-disposition").map(|v| v.to_str().unwrap().to_owned());
            assert_eq!(disposition.is_some_and(|d| d.starts_with("attachment; filename=\"")), attached, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn our_copy_goes_out_as_a_warc_file() {
    on_sqlite(ALL, |app| async move {
        let home = server(&[("/news", ARTICLE)]).await;
        let mut ana = browser(&app, "Ana Ruiz", Role::Reporter).await;
        let address = format!("{home}/news");
        let kept = send(&mut ana, false, &[("kind", "url"), ("url", &address)], &[]).await;
        let file = ana.get(&format!("{}/warc", kept.location)).await.body;
        let records: Vec<&str> = file.split("WARC/1.1\r\n").skip(1).collect();
        assert_eq!(records.len(), 2);
        for (record, kind) in records.iter().zip(["warcinfo", "response"]) {
            let (head, block) = record.split_once("\r\n\r\n").unwrap();
            let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim).unwrap();
            assert_eq!(field("WARC-Type:"), kind);
            assert_eq!(field("WARC-Date:"), "2026-11-22T10:00:00Z");
            assert!(field("WARC-Record-ID:").starts_with("<urn:uuid:"));
            // The bytes that are not UTF-8 became longer when the test read them as text.
            let length: usize = field("Content-Length:").parse().unwrap();
            assert!(block.ends_with("\r\n\r\n") && block.len() >= length + 4, "{length} of {}", block.len());
        }
        assert!(records[1].contains(&format!("WARC-Target-URI: {address}\r\n")));
        let (_, http) = records[1].split_once("\r\n\r\n").unwrap();
        assert!(http.starts_with("HTTP/1.1 200 OK\r\n") && http.contains("x-served-by: a7\r\n"), "{http}");
        let notes = send(&mut ana, false, &[("kind", "notes"), ("text", "She said no.")], &[]).await;
        assert_eq!(ana.get(&format!("{}/warc", notes.location)).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_page_that_cannot_be_had_says_why_and_the_form_comes_back() {
    on_sqlite(ALL, |app| async move {
        let home = server(&[
            ("/gone", b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone"),
            ("/broken", b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"),
            ("/empty", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
            ("/blank", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<p>&nbsp;</p>"),
            ("/picture", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 8\r\n\r\n\x89PNG\r\n\x1a\n"),
            ("/round", b"HTTP/1.1 302 Found\r\nLocation: /round\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            ("/inside", b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n"),
            ("/packed", b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\nxx"),
            ("/boast", b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n"),
        ])
        .await;
        let mut ana = browser(&app, "Ana Ruiz", Role::Reporter).await;
        for (address, why) in [
            (format!("{home}/gone"), "answered with status 404"),
            (format!("{home}/broken"), "answered with status 500"),
            (format!("{home}/empty"), "is empty"),
            (format!("{home}/blank"), "no text in this file"),
            (format!("{home}/picture"), "cannot be read"),
            (format!("{home}/round"), "redirects too many times"),
            (format!("{home}/inside"), "not on the public internet"),
            (format!("{home}/packed"), "compressed in a way"),
            (format!("{home}/boast"), "larger than 10 MB"),
            ("http://192.168.0.1/".into(), "not on the public internet"),
            ("ftp://example.org/".into(), "begins with https"),
            ("http://nobody.invalid/".into(), "no such host"),
            (String::new(), "Give the address"),
        ] {
            let texts = [("kind", "url"), ("url", address.as_str()), ("title", "My \"title\""), ("confidential", "on")];
            let refused = send(&mut ana, false, &texts, &[]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}: {}", refused.body);
            assert!(refused.body.contains(why), "{address}: {}", refused.body);
            assert!(refused.body.contains("My &quot;title&quot;"), "the title is lost: {}", refused.body);
            assert!(refused.body.contains("value=\"on\" checked"), "the mark is lost: {}", refused.body);
            assert!(refused.body.contains(&address), "the address is lost: {}", refused.body);
            let told = send(&mut ana, true, &texts, &[]).await;
            assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
            let errors: serde_json::Value = serde_json::from_str(&told.body).unwrap();
            assert!(errors["errors"]["url"].as_str().unwrap().contains(why), "{errors}");
        }
        assert!(ana.get("/desk/sources").await.body.contains("No sources yet"), "nothing was kept of any");
    })
    .await;
}
