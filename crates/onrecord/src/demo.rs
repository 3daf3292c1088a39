//! `onrecord demo`: a furnished newsroom to look at, kept only if asked for.

mod content;
mod furnish;

use std::{path::PathBuf, process::ExitCode, time::Instant};

use onrecord_base::{DataDir, Target};

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
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Keep the newsroom in this folder; served again from there if it holds one already.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

impl Demo {
    /// Furnishes and serves it.
    pub async fn run(self) -> Result<ExitCode, Failure> {
        let began = Instant::now();
        // Dropped, and with it everything in it, when the server has stopped.
        let temporary = tempfile::Builder::new()
            .prefix("onrecord-demo-")
            .tempdir()
            .map_err(|e| Failure::new(format!("a temporary folder cannot be made: {e}")))?;
        let data = DataDir::new(self.keep.clone().unwrap_or_else(|| temporary.path().to_owned()));
        let listener = match &self.listen {
            Some(listen) => serve::bind(listen)?,
            None => match serve::bind(LISTEN) {
                Ok(listener) => listener,
                Err(_) => serve::bind("127.0.0.1:0")?,
            },
        };
        let address = listener.local_addr().map_err(|e| Failure::new(e.to_string()))?;
        let config = Config { target: Target::Sqlite(data.database()), data, file: File::default() };
        let furnished = config.data.database().is_file();
        let app = newsroom::create(config).await?;
        let _lock = serve::lock(&app.data)?;
        let base_url = format!("http://{address}");
        let owner = match furnished {
            false => furnish::all(&app, &base_url).await?,
            true => furnish::owner_of_kept(&app, &base_url).await?,
        };
        let path = onrecord_accounts::operator::one_time_sign_in(&app, &owner).await?;
        println!("{} is open after {:.1} s.\n", app.settings().name, began.elapsed().as_secs_f64());
        println!("  The paper          {base_url}/");
        println!("  The desk           {base_url}/desk");
        println!("  Sign in, once      {base_url}{path}");
        println!("  Feed               {base_url}/feed.xml\n");
        match &self.keep {
            Some(folder) => println!("Kept in {}. Ctrl-C stops it.", folder.display()),
            None => println!("Nothing is kept after Ctrl-C."),
        }
        serve::run(app, listener, CACHE_BUDGET).await?;
        Ok(ExitCode::SUCCESS)
    }
}
