use axum::{Router, body::Body, middleware};
use futures_util::{StreamExt, stream};
use http::{HeaderValue, Request, StatusCode, header};
use image::ImageFormat;
use onrecord_accounts::{Role, testing::staff};
use onrecord_base::{
    App, Conn,
    testing::{START, both},
    views::{Templates, View as _},
    web,
};
use tower::ServiceExt;

use super::{drawing, encoded};
use crate::{Credits, MAX_BYTES, TEMPLATES, store};

const ALL: &[Templates] = &[web::errors::TEMPLATES, TEMPLATES];

struct Browser(Router, HeaderValue);

struct Answer {
    status: StatusCode,
    headers: http::HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

impl Browser {
    fn new(app: &App, cookie: HeaderValue) -> Browser {
        let pages = middleware::from_fn_with_state(app.clone(), web::errors::pages);
        Browser(crate::routes().layer(pages).with_state(app.clone()), cookie)
    }

    async fn send(&self, request: http::request::Builder, body: impl Into<Body>) -> Answer {
        let request = request.header(header::COOKIE, self.1.clone()).body(body.into()).unwrap();
        let response = self.0.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    async fn upload(&self, json: bool, files: &[(&str, &[u8])]) -> Answer {
        let mut body = b"--x\r\nContent-Disposition: form-data; name=\"agency\"\r\n\r\nSalt Pictures\r\n".to_vec();
        for (name, bytes) in files {
            let head = "Content-Disposition: form-data; name=\"file\"; filename";
            body.extend(format!("--x\r\n{head}=\"{name}\"\r\nContent-Type: image/png\r\n\r\n").bytes());
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--x--\r\n");
        let mut request =
            Request::post("/desk/pictures").header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        if json {
            request = request.header(header::ACCEPT, "application/json");
        }
        // In pieces and with pauses, as a network brings it: what is there already is read in one go. The end comes alone.
        let pieces: Vec<Vec<u8>> = body.chunks(1 << 20).chain([[].as_slice()]).map(<[u8]>::to_vec).collect();
        let pieces = stream::iter(pieces).then(|piece| async {
            tokio::task::yield_now().await;
            Ok::<_, std::io::Error>(piece)
        });
        self.send(request, Body::from_stream(pieces)).await
    }
}

#[tokio::test]
async fn a_picture_goes_from_the_editor_to_the_readers() {
    both(ALL, |app| async move {
        let (_, cookie) = staff(&app, "Ana Ruiz", Role::Reporter).await;
        let ana = Browser::new(&app, cookie);
        assert!(ana.get("/desk/pictures").await.text().contains("No pictures yet"));
        let bytes = encoded(&drawing(700, 500), ImageFormat::Png);
        let answer = ana.upload(true, &[("wall.png", &bytes)]).await;
        assert_eq!(answer.status, StatusCode::CREATED);
        let shown = answer.json();
        assert_eq!((&shown["width"], &shown["agency"]), (&700.into(), &"Salt Pictures".into()));
        let file = ana.get(shown["src"].as_str().unwrap()).await;
        assert_eq!(file.headers[header::CONTENT_TYPE], "image/jpeg");
        assert_eq!(file.headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert!(file.body.starts_with(&[0xff, 0xd8]));
        let small = ana.get(shown["small"].as_str().unwrap()).await;
        assert_eq!(small.headers[header::CONTENT_TYPE], "image/webp");
        assert!(small.body.starts_with(b"RIFF"));
        let again = Request::get(shown["src"].as_str().unwrap())
            .header(header::IF_NONE_MATCH, file.headers[header::ETAG].clone());
        assert_eq!(ana.send(again, Body::empty()).await.status, StatusCode::NOT_MODIFIED);
        let since =
            |value: &HeaderValue| Request::get(shown["src"].as_str().unwrap()).header(header::IF_MODIFIED_SINCE, value);
        let same = ana.send(since(&file.headers[header::LAST_MODIFIED]), Body::empty()).await;
        assert_eq!((same.status, same.body.len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(same.headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        let other = HeaderValue::from_static("Sun, 22 Nov 2020 10:00:01 GMT");
        assert_eq!(ana.send(since(&other), Body::empty()).await.status, StatusCode::OK);
        let both = since(&file.headers[header::LAST_MODIFIED]).header(header::IF_NONE_MATCH, "\"x\"");
        assert_eq!(ana.send(both, Body::empty()).await.status, StatusCode::OK, "the tag decides");
        let page = ana.get(answer.headers[header::LOCATION].to_str().unwrap()).await;
        assert!(page.text().contains("wall.png") && !page.text().contains("media-"));
        assert!(ana.get("/desk/pictures?q=WALL").await.text().contains(shown["id"].as_str().unwrap()));
    })
    .await;
}

#[tokio::test]
async fn only_renditions_are_public() {
    both(ALL, |app| async move {
        let (_, cookie) = staff(&app, "Ana Ruiz", Role::Reporter).await;
        let ana = Browser::new(&app, cookie);
        let bytes = encoded(&drawing(70, 50), ImageFormat::Jpeg);
        let shown = ana.upload(true, &[("wall.jpg", &bytes)]).await.json();
        let small = shown["small"].as_str().and_then(|address| address.rsplit('/').next()).unwrap().to_owned();
        assert_eq!(ana.get(&format!("/media/{small}")).await.status, StatusCode::OK);
        let original = crate::files::hash(&bytes);
        let names = [
            small.replace(".webp", ".jpg"),
            format!("{small}.jpg"),
            format!("{original}.webp"),
            format!("{original}.jpg"),
            format!("{original}.jpeg"),
            "original".into(),
            "..%2Fonrecord.sqlite".into(),
            "..%2f..%2f..%2fetc%2fpasswd".into(),
            "%2e%2e".into(),
            format!("{}.jpg", "A".repeat(64)),
            format!("%00{}.jpg", "a".repeat(63)),
        ];
        for name in names {
            assert_eq!(ana.get(&format!("/media/{name}")).await.status, StatusCode::NOT_FOUND, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_refused_picture_is_told_in_a_sentence() {
    both(ALL, |app| async move {
        let (_, cookie) = staff(&app, "Ana Ruiz", Role::Reporter).await;
        let ana = Browser::new(&app, cookie);
        let answer = ana.upload(true, &[("x.png", b"<svg>")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.json()["error"], "This file is not a JPEG, PNG, WebP or GIF picture.");
        let answer = ana.upload(true, &[("x.png", &vec![0; MAX_BYTES + 1])]).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(answer.json()["error"], "This file is larger than 25 MB, the most the newsroom takes.");
        let answer = ana.upload(false, &[("x.png", b"\x89PNG\r\n\x1a\n")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("This picture is damaged"));
        assert!(ana.upload(false, &[]).await.text().contains("Choose a picture first."));
        let one = encoded(&drawing(5, 5), ImageFormat::Gif);
        // The last file is small enough; what all of them are together is not.
        let (large, late) = (vec![0; 240 << 20], vec![0; 20 << 20]);
        let answer = ana.upload(false, &[("a.gif", &one), ("raw.nef", &large), ("late.png", &late)]).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", answer.text());
        for said in [
            "raw.nef: This file is larger than 25 MB",
            "late.png: What was sent is larger than 250 MB together",
            "One other picture was added.",
        ] {
            assert!(answer.text().contains(said), "{said}: {}", answer.text());
        }
        let answer = ana.upload(false, &[("a.gif", &one), ("b.gif", &one)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn everybody_describes_their_own_and_editors_all() {
    both(ALL, |app| async move {
        let (_, ana) = staff(&app, "Ana Ruiz", Role::Reporter).await;
        let (_, tomas) = staff(&app, "Tomas Lind", Role::Reporter).await;
        let (_, mirela) = staff(&app, "Mirela Osei", Role::Editor).await;
        let (_, sam) = staff(&app, "Sam Poe", Role::Moderator).await;
        let [ana, tomas, mirela, sam] = [ana, tomas, mirela, sam].map(|cookie| Browser::new(&app, cookie));
        let bytes = encoded(&drawing(70, 50), ImageFormat::Jpeg);
        let place = ana.upload(true, &[("wall.jpg", &bytes)]).await.headers[header::LOCATION].clone();
        let place = place.to_str().unwrap();
        let say = |caption: &str| format!("alt=&caption={caption}&agency=&photographer=Ana+Ruiz");
        let post = || Request::post(place).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        assert_eq!(ana.send(post(), say("One")).await.status, StatusCode::SEE_OTHER);
        assert_eq!(tomas.send(post(), say("Two")).await.status, StatusCode::FORBIDDEN);
        assert!(tomas.get(place).await.text().contains("Somebody else added this picture"));
        assert_eq!(mirela.send(post(), say("Three")).await.status, StatusCode::SEE_OTHER);
        assert!(ana.get(place).await.text().contains("Three"));
        let answer = mirela.send(post(), say(&"x".repeat(5_001))).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("At most 5000 characters."));
        assert_eq!(sam.get("/desk/pictures").await.status, StatusCode::FORBIDDEN);
        assert_eq!(sam.upload(true, &[("wall.jpg", &bytes)]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(ana.get("/desk/pictures/nothing").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_licence_is_taken_by_name_or_address_and_nothing_else() {
    both(ALL, |app| async move {
        let (_, cookie) = staff(&app, "Ana Ruiz", Role::Reporter).await;
        let ana = Browser::new(&app, cookie);
        let bytes = encoded(&drawing(70, 50), ImageFormat::Jpeg);
        let answer = ana.upload(true, &[("wall.jpg", &bytes)]).await;
        let place = answer.headers[header::LOCATION].to_str().unwrap().to_owned();
        let post = || Request::post(&place).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let say = |licence: &str, terms: &str| format!("agency=Salt&licence={licence}&terms={terms}");
        let said = say("cc-by-sa+4.0", "https%3A%2F%2Fsalt.example%2Fask");
        assert_eq!(ana.send(post(), said).await.status, StatusCode::SEE_OTHER);
        let page = ana.get(&place).await.text();
        assert!(
            page.contains("value=\"CC BY-SA 4.0\"")
                && page.contains("value=\"https:&#x2f;&#x2f;salt.example&#x2f;ask\""),
            "{page}"
        );
        let json =
            ana.send(Request::get(&place).header(header::ACCEPT, "application/json"), Body::empty()).await.json();
        assert_eq!((&json["licence"], &json["terms"]), (&"CC BY-SA 4.0".into(), &"https://salt.example/ask".into()));
        let answer = ana.send(post(), say("free+for+all", "javascript%3Aalert(1)")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = answer.text();
        assert!(
            page.contains("Name a licence of Creative Commons") && page.contains("This is not the address of a page"),
            "{page}"
        );
        assert!(page.contains("value=\"free for all\""), "the form comes back as it was");
        assert_eq!(ana.send(post(), say("", "")).await.status, StatusCode::SEE_OTHER);
        // The same file with more said about it fills in what was missing.
        let id = place.rsplit('/').next().unwrap().to_owned();
        let known = app.db.read(move |conn| store::find(conn, &id)).await.unwrap().unwrap();
        let credits = Credits { licence: "CC0 1.0".into(), ..Credits::default() };
        let fill = move |conn: &mut Conn<'_>| store::fill_in(conn, known, &credits, START);
        assert_eq!(app.db.write(fill).await.unwrap().licence, "CC0 1.0");
    })
    .await;
}

#[tokio::test]
async fn every_sample_renders() {
    both(ALL, |app| async move {
        let chrome = web::Chrome::plain(&app);
        for page in crate::web::Library::samples() {
            let html = app.views.render(&page, &chrome).unwrap();
            assert!(!html.contains("media-"), "a key without a text: {html}");
        }
        for page in crate::web::Page::samples() {
            let html = app.views.render(&page, &chrome).unwrap();
            assert!(!html.contains("media-"), "a key without a text: {html}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_refused_holds_up_no_other() {
    both(ALL, |app| async move {
        let (_, cookie) = staff(&app, "Ana Ruiz", Role::Reporter).await;
        let ana = Browser::new(&app, cookie);
        let (green, violet) =
            (encoded(&drawing(40, 30), ImageFormat::Png), encoded(&drawing(30, 40), ImageFormat::Png));
        let files: [(&str, &[u8]); 3] = [("green.png", &green), ("broken.png", &green[..90]), ("violet.png", &violet)];
        let answer = ana.upload(false, &files).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("broken.png: This picture is damaged"));
        assert!(answer.text().contains("2 other pictures were added."));
        assert!(!answer.text().contains("green.png: ") && !answer.text().contains("violet.png: "));
        let kept = app.db.read(|conn| crate::store::list(conn, "", None)).await.unwrap().0;
        // Both may have come in one millisecond: ids do not say which was first.
        let kept: std::collections::BTreeSet<&str> = kept.iter().map(|picture| picture.file_name.as_str()).collect();
        assert_eq!(kept, ["green.png", "violet.png"].into());
    })
    .await;
}
