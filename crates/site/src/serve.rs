//! Serving: threads that read requests and answer from the edition, before any router.
//!
//! Each reader thread is a runtime of one thread; it owns its connections and does nothing but parse, look up and
//! write. Pages that are missing are made on the main runtime, and so is everything the router answers but a comment that
//! is posted: a slow desk never stands in a reader's way. HTTP/1.1 only: HTTPS and HTTP/2 are the business of the proxy in front.

mod fast;
mod now;
mod rewind;
mod slow;

use std::{
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::Router;
use onrecord_base::{Error, Result};
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore, watch},
};

use crate::edition::Edition;

/// Connections open at once; each holds a few kilobytes. Further ones wait in the listener's queue.
const CONNECTIONS: usize = 8192;
/// How long answers under way may take after the server was told to stop.
const GRACE: Duration = Duration::from_secs(10);
/// Pause after the system refused a connection (no free file handles).
const REFUSED: Duration = Duration::from_millis(50);

/// What a server needs.
pub struct Server {
    /// Where it listens.
    pub listener: TcpListener,
    /// The public pages.
    pub edition: Edition,
    /// Everything else.
    pub router: Router,
    /// Reader threads; none for one a core.
    pub threads: Option<usize>,
}

/// What all connections share.
#[derive(Clone)]
struct Shared {
    edition: Edition,
    router: Router,
    /// The runtime of everything that is not reading and writing.
    main: Handle,
    stop: watch::Receiver<bool>,
    /// Requests being answered: what a stop waits for.
    busy: Arc<AtomicUsize>,
    room: Arc<Semaphore>,
}

/// Counts one request being answered for as long as it lives.
struct Busy(Arc<AtomicUsize>);

impl Busy {
    fn new(shared: &Shared) -> Busy {
        shared.busy.fetch_add(1, Ordering::Relaxed);
        Busy(shared.busy.clone())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Serves until `stop` completes, then finishes what was begun.
///
/// # Errors
/// If the threads cannot be started.
pub async fn serve(server: Server, stop: impl Future<Output = ()>) -> Result<()> {
    let (stopper, stopped) = watch::channel(false);
    let follower = tokio::spawn(server.edition.clone().follow());
    server.edition.improve()?;
    let shared = Shared {
        edition: server.edition,
        router: server.router,
        main: Handle::current(),
        stop: stopped,
        busy: Arc::default(),
        room: Arc::new(Semaphore::new(CONNECTIONS)),
    };
    server.listener.set_nonblocking(true)?;
    let count = server.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let mut threads = Vec::new();
    for number in 0..count.max(1) {
        let listener = server.listener.try_clone()?;
        let shared = shared.clone();
        let thread =
            std::thread::Builder::new().name(format!("readers-{number}")).spawn(move || run(listener, shared))?;
        threads.push(thread);
    }
    drop(server.listener);
    stop.await;
    stopper.send_replace(true);
    follower.abort();
    let joined = tokio::task::spawn_blocking(move || threads.into_iter().all(|thread| thread.join().is_ok()));
    match joined.await {
        Ok(true) => Ok(()),
        _ => Err(Error::internal("a reader thread panicked")),
    }
}

fn run(listener: TcpListener, shared: Shared) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime {
        Ok(runtime) => runtime.block_on(accept(listener, shared)),
        Err(error) => tracing::error!(%error, "a reader thread cannot start"),
    }
}

async fn accept(listener: TcpListener, shared: Shared) {
    let listener = match tokio::net::TcpListener::from_std(listener) {
        Ok(listener) => listener,
        Err(error) => return tracing::error!(%error, "cannot listen"),
    };
    let mut stop = shared.stop.clone();
    loop {
        let Ok(room) = shared.room.clone().acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let _ = stream.set_nodelay(true);
                tokio::spawn(connection(stream, peer, shared.clone(), room));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection was refused");
                tokio::time::sleep(REFUSED).await;
            }
        }
    }
    drop(listener);
    let until = tokio::time::Instant::now() + GRACE;
    while shared.busy.load(Ordering::Relaxed) > 0 && tokio::time::Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // Connections without a request under way end with the runtime.
}

/// A connection: fast while its requests are simple ones for public pages, then hyper's.
async fn connection(
    stream: tokio::net::TcpStream,
    peer: std::net::SocketAddr,
    shared: Shared,
    _room: OwnedSemaphorePermit,
) {
    if let Ok(Some((stream, ahead))) = fast::run(stream, &shared).await {
        slow::run(rewind::Rewound::new(stream, ahead), peer, shared).await;
    }
}
