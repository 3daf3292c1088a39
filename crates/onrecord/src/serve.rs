//! `onrecord serve`

use std::{
    fs::File,
    future::poll_fn,
    io,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::ExitCode,
    task::Poll,
};

use onrecord_base::{App, DataDir, fetch::Reach, jobs};
use onrecord_site::{Edition, Server};
use onrecord_tips::{Folders, Guard, Watch};
use tokio::signal::unix::{SignalKind, signal};

use crate::{
    config::{CACHE_BUDGET, Config, LISTEN},
    failure::Failure,
    memory, newsroom,
};

/// Serve the newsroom.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  onrecord --data news serve --listen 127.0.0.1:8080\n\nPut a proxy with HTTPS in front of it: see docs/proxy.md."
)]
pub struct Serve {
    /// Address and port; port 0 takes a free one and prints it.
    #[arg(long, env = "ONRECORD_LISTEN", value_name = "ADDR", value_parser = address)]
    listen: Option<SocketAddr>,
    /// Memory for rendered pages, in bytes, or with K, M or G.
    #[arg(long, env = "ONRECORD_CACHE_BUDGET", value_name = "BYTES", value_parser = crate::config::bytes)]
    cache_budget: Option<u64>,
    /// A folder in which your own telephone system drops recordings for the tip line; they are sealed and removed.
    #[arg(long, env = "ONRECORD_TIP_RECORDINGS", value_name = "DIR")]
    tip_recordings: Option<PathBuf>,
    /// A maildir whose new mails are tips; they are sealed and removed.
    #[arg(long, env = "ONRECORD_TIP_MAILDIR", value_name = "DIR")]
    tip_maildir: Option<PathBuf>,
}

impl Serve {
    /// Serves until it is told to stop.
    pub async fn run(self, config: Config) -> Result<ExitCode, Failure> {
        let listen = match (self.listen, &config.file.listen) {
            (Some(listen), _) => listen,
            (None, Some(text)) => {
                address(text).map_err(|e| Failure::new(format!("listen = {text:?} in {}: {e}", crate::config::FILE)))?
            }
            (None, None) => address(LISTEN).map_err(Failure::new)?,
        };
        let budget = self.cache_budget.or(config.file.cache_budget).unwrap_or(CACHE_BUDGET);
        let folders = Folders {
            recordings: self.tip_recordings.or_else(|| config.file.tip_recordings.clone()),
            mail: self.tip_maildir.or_else(|| config.file.tip_maildir.clone()),
        };
        newsroom::find(&config)?;
        folders.check().map_err(Failure::new)?;
        // Before anything is migrated under the feet of another server.
        let _lock = lock(&config.data).map_err(|why| why.failure(&config.data))?;
        let app = newsroom::open(config).await?;
        let listener = bind(listen)?;
        let address = listener.local_addr().map_err(|e| Failure::new(e.to_string()))?;
        newsroom::settle_address(&app, address).await?;
        let stop = stop(&END)?;
        println!("Onrecord serves {} at http://{address}", app.settings().name);
        run(app, listener, budget, folders, stop).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Serves an open newsroom until `stop` completes.
///
/// # Errors
/// If the edition cannot be made.
pub async fn run(
    app: App,
    listener: TcpListener,
    budget: u64,
    folders: Folders,
    stop: impl Future<Output = ()>,
) -> Result<(), Failure> {
    if let Err(error) = memory::no_core_files() {
        tracing::warn!(%error, "the system may write this server's memory to a file, should it crash");
    }
    let edition = Edition::open(app.clone(), budget).await?;
    onrecord_record::catch_up(&app).await?;
    onrecord_media::keep_renewing(&app).await?;
    onrecord_comments::keep_forgetting(&app).await?;
    onrecord_tips::keep_order(&app).await?;
    memory::give_back().map_err(|e| Failure::new(format!("a thread cannot be started: {e}")))?;
    let worker = jobs::start(app.clone(), newsroom::jobs());
    let search = onrecord_search::Search::open(app.clone());
    let follower = tokio::spawn(search.clone().follow());
    let (next, last) = (edition.next().clone(), app.clone());
    let guard = Guard::new(folders, reach());
    let watch = Watch::start(app.clone(), guard.clone());
    let router = newsroom::router(app, &edition, search, guard);
    onrecord_site::serve(Server { listener, edition, router, threads: None }, stop).await?;
    drop(watch);
    follower.abort();
    // What readers said in the last seconds.
    next.flush(&last).await?;
    worker.stop().await;
    Ok(())
}

/// How far the tip line's telephone provider is looked for: on the public network. A build for tests can be told that one
/// stands on this machine; others do not know of it.
fn reach() -> Reach {
    let near = cfg!(debug_assertions) && std::env::var_os("ONRECORD_TEST_PROVIDER").is_some();
    if near { Reach::Loopback } else { Reach::Public }
}

/// Takes the folder for this server alone.
///
/// # Errors
/// If another server holds it.
pub fn lock(data: &DataDir) -> Result<File, NotLocked> {
    let path = data.lock();
    let unknown =
        |what: &str, e: std::io::Error| NotLocked::Unknown(format!("{} cannot be {what}: {e}", path.display()));
    let file =
        File::options().create(true).truncate(false).write(true).open(&path).map_err(|e| unknown("written", e))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(NotLocked::Held),
        Err(std::fs::TryLockError::Error(e)) => Err(unknown("locked", e)),
    }
}

/// Why a folder could not be taken.
#[derive(Debug)]
pub enum NotLocked {
    /// A server runs on it.
    Held,
    /// Nobody can tell, and why.
    Unknown(String),
}

impl NotLocked {
    /// The sentence for who wanted to take it.
    pub fn failure(self, data: &DataDir) -> Failure {
        match self {
            NotLocked::Held => Failure::new(format!(
                "another server already runs on {}. Stop it first, or serve another folder with --data.",
                data.path().display()
            )),
            NotLocked::Unknown(why) => Failure::new(why),
        }
    }
}

/// An address and a port as people write them.
///
/// # Errors
/// With a sentence, for what cannot be read.
pub fn address(text: &str) -> Result<SocketAddr, String> {
    let numeric = text.strip_prefix("localhost:").map(|port| format!("127.0.0.1:{port}"));
    let read = numeric.as_deref().unwrap_or(text).parse();
    read.map_err(|_| format!("write an address and a port, such as {LISTEN}"))
}

/// Opens the port.
///
/// # Errors
/// If the port is taken, or not for us.
pub fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).map_err(|e| {
        Failure::new(match e.kind() {
            io::ErrorKind::AddrInUse => format!(
                "port {} of {} is taken by another program. Choose another with --listen.",
                address.port(),
                address.ip()
            ),
            io::ErrorKind::PermissionDenied => format!(
                "port {} needs more rights than this user has. Choose one above 1023 with --listen.",
                address.port()
            ),
            io::ErrorKind::AddrNotAvailable => {
                format!("{} is not an address of this machine. Choose another with --listen.", address.ip())
            }
            _ => format!("cannot listen on {address}: {e}"),
        })
    })
}

/// What ends a server: Ctrl-C, and the service manager's word.
pub const END: [SignalKind; 2] = [SignalKind::interrupt(), SignalKind::terminate()];

/// Completes at the first of these signals. From the call on none of them ends the process by itself.
///
/// # Errors
/// If the system does not let us listen to signals.
pub fn stop(kinds: &[SignalKind]) -> Result<impl Future<Output = ()> + use<>, Failure> {
    let mut signals = Vec::new();
    for kind in kinds {
        signals.push(signal(*kind).map_err(|e| Failure::new(format!("cannot listen to signals: {e}")))?);
    }
    Ok(poll_fn(move |context| match signals.iter_mut().any(|signal| signal.poll_recv(context).is_ready()) {
        true => Poll::Ready(()),
        false => Poll::Pending,
    }))
}

#[cfg(test)]
mod tests {
    use super::address;
    use crate::config::bytes;

    #[test]
    fn addresses_are_read_as_people_write_them() {
        for good in ["127.0.0.1:0", "[::1]:8080", "localhost:8080", "0.0.0.0:80"] {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in ["", "8080", "localhost", "127.0.0.1", "127.0.0.1:99999", "example.org:80", "http://127.0.0.1:80"] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn budgets_are_read_with_units() {
        assert_eq!(bytes("16M"), Ok(16 << 20));
        assert_eq!(bytes("64000000"), Ok(64_000_000));
        assert!(bytes("much").is_err());
        assert!(bytes("99999999999G").is_err());
        assert!(bytes("16KM").is_err());
    }
}
