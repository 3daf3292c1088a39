//! The wire: what is sent, and what is answered.

use std::net::SocketAddr;

use axum::{Router, routing::get};
use onrecord_base::{App, testing};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    task::JoinHandle,
};

use crate::{Edition, Server, serve};

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

async fn start(app: &App) -> Running {
    let edition = Edition::open(app.clone(), 1 << 24).await.unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new()
        .route("/desk", get(async || "the desk").post(async |body: String| body))
        .route("/desk/panic", get(async || -> &'static str { panic!("on purpose") }))
        .merge(crate::routes(&edition))
        .with_state(app.clone());
    let (stop, stopped) = oneshot::channel::<()>();
    let server = Server { listener, edition, router, threads: Some(2) };
    let task = tokio::spawn(async move {
        serve(server, async { drop(stopped.await) }).await.unwrap();
    });
    Running { address, stop, task }
}

impl Running {
    /// Sends bytes in pieces, then reads until the server closes.
    async fn say(&self, pieces: &[&[u8]]) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        for piece in pieces {
            stream.write_all(piece).await.unwrap();
            tokio::task::yield_now().await;
        }
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    async fn end(self) {
        self.stop.send(()).unwrap();
        self.task.await.unwrap();
    }
}

const HOST: &str = "Host: news.example\r\n";

fn count(answer: &str, status: &str) -> usize {
    answer.matches(&format!("HTTP/1.1 {status}")).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn simple_requests_are_answered_in_order() {
    testing::on_sqlite(&[], async |app: App| {
        let server = start(&app).await;
        let one = format!("GET /robots.txt HTTP/1.1\r\n{HOST}\r\n");
        for _ in 0..2 {
            // The first time the page is made, the second time it is there.
            let answer = server.say(&[one.as_bytes()]).await;
            assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
            assert!(answer.contains("content-security-policy: default-src 'none'"), "{answer}");
            assert!(answer.contains("\r\ndate: Sun, 22 Nov 2026 10:00:00 GMT\r\n\r\nUser-agent"), "{answer}");
        }
        let head = format!("HEAD /robots.txt HTTP/1.1\r\n{HOST}\r\n");
        let answer = server.say(&[head.as_bytes()]).await;
        assert!(answer.ends_with("GMT\r\n\r\n") && answer.contains("content-length: "), "{answer}");
        let pipelined = format!("{one}{head}{one}");
        assert_eq!(count(&server.say(&[pipelined.as_bytes()]).await, "200"), 3);
        let bytes: Vec<&[u8]> = one.as_bytes().chunks(1).collect();
        assert_eq!(count(&server.say(&bytes).await, "200"), 1);
        let mixed = format!("{one}GET /desk HTTP/1.1\r\n{HOST}\r\n{one}");
        let answer = server.say(&[mixed.as_bytes()]).await;
        assert_eq!(count(&answer, "200"), 3);
        assert!(answer.contains("the desk"));
        server.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_unusual_is_hypers() {
    testing::on_sqlite(&[], async |app: App| {
        let server = start(&app).await;
        let long = format!("GET /robots.txt HTTP/1.1\r\n{HOST}X-Long: {}\r\n\r\n", "x".repeat(30_000));
        let crowd: String = (0..80).map(|n| format!("X-{n}: y\r\n")).collect();
        let crowd = format!("GET /robots.txt HTTP/1.1\r\n{HOST}{crowd}\r\n");
        for (request, status) in [
            (format!("POST /desk HTTP/1.1\r\n{HOST}Content-Length: 5\r\n\r\nhello"), "200"),
            (format!("POST /desk HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"), "200"),
            (format!("POST /robots.txt HTTP/1.1\r\n{HOST}Content-Length: 0\r\n\r\n"), "405"),
            (format!("GET /robots.txt HTTP/1.1\r\n{HOST}Content-Length: 5\r\n\r\nhello"), "200"),
            (format!("GET /robots.txt HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n"), "200"),
            (format!("GET http://news.example/robots.txt HTTP/1.1\r\n{HOST}\r\n"), "200"),
            (format!("GET /desk/nowhere HTTP/1.1\r\n{HOST}\r\n"), "404"),
            (format!("GET /desk/panic HTTP/1.1\r\n{HOST}\r\n"), "500"),
            (format!("GET /preview/x HTTP/1.1\r\n{HOST}\r\n"), "404"),
            (format!("GET /nowhere HTTP/1.1\r\n{HOST}\r\n"), "404"),
            ("nonsense\r\n\r\n".into(), "400"),
            (long, "200"),
            (crowd, "200"),
        ] {
            let answer = server.say(&[request.as_bytes()]).await;
            assert_eq!(count(&answer, status), 1, "{request:.300}\n{answer:.300}");
        }
        for path in ["/preview/x", "/preview", "/healthz", "/media/x/y"] {
            let answer = server.say(&[format!("GET {path} HTTP/1.1\r\n{HOST}\r\n").as_bytes()]).await;
            assert_eq!(count(&answer, "404"), 1, "{answer}");
            assert!(answer.contains("There is no page at this address"), "the site's own page: {answer}");
        }
        let old = server.say(&[b"GET /robots.txt HTTP/1.0\r\n\r\n"]).await;
        assert!(old.starts_with("HTTP/1.0 200"), "{old}");
        server.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_finishes_what_was_begun() {
    testing::on_sqlite(&[], async |app: App| {
        let server = start(&app).await;
        let mut idle = TcpStream::connect(server.address).await.unwrap();
        idle.write_all(format!("GET /desk HTTP/1.1\r\n{HOST}\r\n").as_bytes()).await.unwrap();
        let mut some = [0; 16];
        idle.read_exact(&mut some).await.unwrap();
        let address = server.address;
        server.end().await;
        let mut rest = Vec::new();
        idle.read_to_end(&mut rest).await.unwrap();
        assert!(TcpStream::connect(address).await.is_err());
    })
    .await;
}
