//! `onrecord serve`

use std::{
    fs::File,
    io,
    net::{SocketAddr, TcpListener},
    process::ExitCode,
};

use onrecord_base::{App, DataDir, jobs};
use onrecord_site::{Edition, Server};

use crate::{
    config::{CACHE_BUDGET, Config, LISTEN},
    failure::Failure,
    newsroom,
};

/// Serve the newsroom.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  onrecord --data news serve --listen 127.0.0.1:8080\n\nPut a proxy with HTTPS in front of it: see docs/proxy.md."
)]
pub struct Serve {
    /// Address and port; port 0 takes a free one and prints it.
    #[arg(long, env = "ONRECORD_LISTEN", value_name = "ADDR")]
    listen: Option<String>,
    /// Memory for rendered pages, in bytes, or with K, M or G.
    #[arg(long, env = "ONRECORD_CACHE_BUDGET", value_name = "BYTES", value_parser = bytes)]
    cache_budget: Option<u64>,
}

impl Serve {
    /// Serves until it is told to stop.
    pub async fn run(self, config: Config) -> Result<ExitCode, Failure> {
        let listen = self.listen.or_else(|| config.file.listen.clone()).unwrap_or_else(|| LISTEN.into());
        let budget = self.cache_budget.or(config.file.cache_budget).unwrap_or(CACHE_BUDGET);
        let app = newsroom::open(config).await?;
        let _lock = lock(&app.data)?;
        let listener = bind(&listen)?;
        let address = listener.local_addr().map_err(|e| Failure::new(e.to_string()))?;
        println!("Onrecord serves {} at http://{address}", app.settings().name);
        run(app, listener, budget).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Serves an open newsroom until SIGINT or SIGTERM.
///
/// # Errors
/// If the edition cannot be made.
pub async fn run(app: App, listener: TcpListener, budget: u64) -> Result<(), Failure> {
    let edition = Edition::open(app.clone(), budget).await?;
    let worker = jobs::start(app.clone(), newsroom::jobs());
    let router = newsroom::router(app, &edition);
    onrecord_site::serve(Server { listener, edition, router, threads: None }, stop()).await?;
    worker.stop().await;
    Ok(())
}

/// Takes the folder for this server alone.
///
/// # Errors
/// If another server holds it.
pub fn lock(data: &DataDir) -> Result<File, Failure> {
    let path = data.lock();
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|e| Failure::new(format!("{} cannot be written: {e}", path.display())))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(Failure::new(format!(
            "another server already runs on {}. Stop it first, or serve another folder with --data.",
            data.path().display()
        ))),
        Err(std::fs::TryLockError::Error(e)) => Err(Failure::new(format!("{} cannot be locked: {e}", path.display()))),
    }
}

/// Opens the port.
///
/// # Errors
/// If the address cannot be read or the port is taken.
pub fn bind(listen: &str) -> Result<TcpListener, Failure> {
    let address: SocketAddr = listen
        .parse()
        .map_err(|_| Failure::new(format!("--listen takes an address and a port, such as {LISTEN}, not {listen:?}")))?;
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
            _ => format!("cannot listen on {address}: {e}"),
        })
    })
}

async fn stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupt = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        },
        Err(_) => drop(interrupt.await),
    }
}

fn bytes(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(['k', 'K', 'm', 'M', 'g', 'G']);
    let unit: u64 = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" => 1,
        "K" => 1 << 10,
        "M" => 1 << 20,
        "G" => 1 << 30,
        _ => return Err("write a number of bytes, such as 16M".into()),
    };
    digits
        .parse::<u64>()
        .ok()
        .and_then(|n| n.checked_mul(unit))
        .ok_or_else(|| "write a number of bytes, such as 16M".into())
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn budgets_are_read_with_units() {
        assert_eq!(bytes("16M"), Ok(16 << 20));
        assert_eq!(bytes("64000000"), Ok(64_000_000));
        assert!(bytes("much").is_err());
        assert!(bytes("99999999999G").is_err());
        assert!(bytes("16KM").is_err());
    }
}
