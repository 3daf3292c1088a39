//! `onrecord demo`: a furnished newsroom to look at, kept only if asked for.

mod comments;
mod content;
mod furnish;
mod record;
mod tips;

use std::{
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use onrecord_base::{App, DataDir, Target};
use tempfile::TempDir;
use tokio::signal::unix::SignalKind;

use crate::{
    config::{CACHE_BUDGET, Config, File, LISTEN},
    failure::Failure,
    newsroom, serve,
};

/// Show a furnished newsroom.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  onrecord demo
  onrecord demo --keep news --listen 127.0.0.1:9000")]
pub struct Demo {
    /// Address and port; by default 127.0.0.1:8080, or a free port if that is taken.
    #[arg(long, value_name = "ADDR", value_parser = serve::address)]
    listen: Option<SocketAddr>,
    /// Keep the newsroom in this folder; served again from there if it holds one already.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

impl Demo {
    /// The folder of a demo that is not kept. Dropped, and with it everything in it, when the program ends.
    ///
    /// # Errors
    /// If the system gives none.
    pub fn temporary(&self) -> Result<Option<TempDir>, Failure> {
        if self.keep.is_some() {
            return Ok(None);
        }
        let made = tempfile::Builder::new().prefix("onrecord-demo-").tempdir();
        made.map(Some).map_err(|e| Failure::new(format!("a temporary folder cannot be made: {e}")))
    }

    /// Furnishes and serves it.
    pub async fn run(self, temporary: Option<&Path>) -> Result<ExitCode, Failure> {
        let began = Instant::now();
        let data = match (&self.keep, temporary) {
            (Some(folder), _) => DataDir::new(folder),
            (None, Some(folder)) => DataDir::temporary(folder),
            (None, None) => return Err(Failure::new("the demo has no folder")),
        };
        // A window that is closed ends the demo too, and must not leave its folder behind. A server goes on: `nohup`.
        let ends = [&serve::END[..], &[SignalKind::hangup()]].concat();
        let mut stop = std::pin::pin!(serve::stop(&ends)?);
        let listener = self.listener()?;
        let address = listener.local_addr().map_err(|e| Failure::new(e.to_string()))?;
        newsroom::vacant(&data)?;
        newsroom::folder(&data)?;
        let _lock = serve::lock(&data).map_err(|why| why.failure(&data))?;
        let config = Config { target: Target::Sqlite(data.database()), data, file: File::default() };
        let base_url = format!("http://{address}");
        let (app, path, codename) = tokio::select! {
            furnished = furnish(config, &base_url) => furnished?,
            () = &mut stop => return Ok(ExitCode::SUCCESS),
        };
        println!("{} is open after {:.1} s.\n", app.settings().name, began.elapsed().as_secs_f64());
        println!("  The paper          {base_url}/");
        println!("  The desk           {base_url}/desk");
        println!("  Sign in, once      {base_url}{path}");
        println!("  Feed               {base_url}/feed.xml");
        println!("  Tips               {base_url}/desk/tips, passphrase: {}", tips::PASSPHRASE);
        if let Some(codename) = codename {
            println!("  A source returns   {base_url}/tip/return, codename: {codename}");
        }
        println!();
        match &self.keep {
            Some(folder) => println!("Kept in {}. Ctrl-C stops it.", folder.display()),
            None => println!("Nothing is kept after Ctrl-C."),
        }
        serve::run(app, listener, CACHE_BUDGET, onrecord_tips::Folders::default(), stop).await?;
        Ok(ExitCode::SUCCESS)
    }

    fn listener(&self) -> Result<TcpListener, Failure> {
        let address = |text| serve::address(text).map_err(Failure::new);
        match self.listen {
            Some(listen) => serve::bind(listen),
            None => serve::bind(address(LISTEN)?).or_else(|_| serve::bind(address("127.0.0.1:0")?)),
        }
    }
}

/// An open demo, the path of the link that signs its owner in, and the codename of a source who was answered.
async fn furnish(config: Config, base_url: &str) -> Result<(App, String, Option<String>), Failure> {
    let app = newsroom::create(config).await?;
    let owner = furnish::all(&app, base_url).await?;
    let codename = tips::all(&app, &owner).await?;
    let path = onrecord_accounts::operator::one_time_sign_in(&app, &owner).await?;
    Ok((app, path, codename))
}
