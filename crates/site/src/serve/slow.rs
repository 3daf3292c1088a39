//! The other lane: hyper, the edition once more, then the router, on the main runtime but for comments.

use std::{convert::Infallible, net::SocketAddr, time::Duration};

use axum::{body::Body, extract::ConnectInfo};
use http::{Method, Request, Response, StatusCode};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use onrecord_stories::address::is_text;
use tokio::runtime::Handle;
use tower::ServiceExt;

use super::{Busy, Shared, rewind::Rewound};
use crate::{
    edition::ask::Ask,
    pages::address::{has_place, is_routed},
};

/// A head must be complete after this; it is also how long an idle connection is kept here.
const HEAD: Duration = Duration::from_secs(75);

pub(super) async fn run(stream: Rewound, peer: SocketAddr, shared: Shared) {
    let _busy = Busy::new(&shared);
    let mut stop = shared.stop.clone();
    let service = service_fn(|request| answer(request, peer, &shared));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        // A visitor may be done with speaking and still wait for the answer.
        .half_close(true)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        // A connection that breaks is the visitor's affair.
        _ = connection.as_mut() => return,
        _ = stop.wait_for(|stop| *stop) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

async fn answer(request: Request<Incoming>, peer: SocketAddr, shared: &Shared) -> Result<Response<Body>, Infallible> {
    let uri = request.uri();
    if matches!(*request.method(), Method::GET | Method::HEAD) && !is_routed(uri.path()) {
        let ask = Ask::of(request.method(), request.headers());
        if !uri.query().is_some_and(has_place)
            && let Some(page) = shared.edition.get(uri.path())
            && page.hit(&ask).is_some()
        {
            page.count();
            return Ok(page.answer(&ask).map(Body::from));
        }
        return Ok(shared.edition.answer(uri.path(), uri.query(), &ask).await.map(Body::from));
    }
    if !is_text(uri.path()) {
        return Ok(shared
            .edition
            .error(StatusCode::NOT_FOUND, &Ask::of(request.method(), request.headers()))
            .await
            .map(Body::from));
    }
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(peer));
    let router = shared.router.clone();
    // Who wrote and is then led to a page of the edition must find there what they wrote.
    let writes = !request.method().is_safe() && request.uri().path().starts_with("/comments");
    let edition = shared.edition.clone();
    // Comments are short and wait for the disk, not for a processor: they stay on the thread they came to, and are spared
    // two changes of thread. Everything else may be slow, and shall not stand in a reader's way. A task of its own in both
    // cases: what was begun is finished, whether or not the visitor waits for it.
    let home = if writes { Handle::current() } else { shared.main.clone() };
    let answer = home.spawn(async move {
        let answer = router.oneshot(request).await;
        if writes {
            edition.settle().await;
        }
        answer
    });
    Ok(match answer.await {
        Ok(Ok(response)) => response,
        Ok(Err(never)) => match never {},
        // The handler panicked; it is in the log, and the connection goes on.
        Err(_) => {
            let mut response = Response::new(Body::from("Something broke on our side.\n"));
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            response
        }
    })
}
