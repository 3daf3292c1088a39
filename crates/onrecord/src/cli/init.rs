//! `onrecord init DIR`

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
    process::ExitCode,
};

use onrecord_accounts::operator;
use onrecord_base::{DataDir, Db, Error, Result, Target};
use onrecord_stories::{NewAuthor, store::authors};

use crate::{config::Global, failure::Failure, newsroom};

/// Make a newsroom in a new folder, with its owner.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  onrecord init news
  onrecord init news --name 'The Harbour Post' --owner ana@example.org --owner-name 'Ana Ruiz' --password-stdin < secret")]
pub struct Init {
    /// The new newsroom's folder; --data serves as well.
    dir: Option<PathBuf>,
    /// The newsroom's name.
    #[arg(long, default_value = "Our newsroom")]
    name: String,
    /// The owner's e-mail address; asked for if absent.
    #[arg(long, value_name = "EMAIL")]
    owner: Option<String>,
    /// The owner's name.
    #[arg(long, value_name = "NAME")]
    owner_name: Option<String>,
    /// Read the owner's password from standard input instead of asking for it.
    #[arg(long)]
    password_stdin: bool,
    /// Time zone in which dates are printed, such as Europe/Berlin.
    #[arg(long, default_value = "UTC")]
    time_zone: String,
    /// The public address, such as https://news.example.org.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

impl Init {
    /// Makes it.
    pub async fn run(self, mut global: Global) -> Result<ExitCode, Failure> {
        if let Some(dir) = &self.dir {
            global.data.clone_from(dir);
        }
        let config = global.config()?;
        let folder = config.data.path().to_owned();
        // One without an owner was interrupted while it was made: it is finished now.
        let embedded = Target::Sqlite(config.data.database());
        if config.data.database().exists() && inhabited(&embedded).await.unwrap_or(true) {
            return Err(already(&folder));
        }
        if let Target::Sqlite(_) = &config.target {
            newsroom::vacant(&config.data)?;
        }
        let email = ask(self.owner, "The owner's e-mail address")?;
        let person = ask(self.owner_name.or_else(|| email.split('@').next().map(str::to_owned)), "The owner's name")?;
        let password = password(self.password_stdin)?;
        // Everything that can be wrong is said before anything is made.
        let settings = operator::first_settings(&self.name, &self.time_zone, self.base_url.as_deref());
        let settings = both(operator::check_owner(&email, &person, &password), settings)?;
        let target = config.target.clone();
        if let Target::Postgres(_) = &target
            && inhabited(&target).await?
        {
            return Err(Failure::new("the PostgreSQL database holds a newsroom already; it was left as it is"));
        }
        let leftovers = Leftovers::of(&config.data);
        let made = async {
            let app = newsroom::create(config).await?;
            let owner = operator::create_owner(&app, &email, &person, &password).await?;
            // Whoever founds a newsroom writes in it: a byline with a page from the first story on.
            let author = NewAuthor { name: owner.name, staff_id: owner.id, ..NewAuthor::default() };
            let (id, now) = (app.id(), app.now());
            app.db.write(move |conn| authors::create(conn, &id, author, now)).await?;
            app.save_settings(settings).await.map_err(Failure::from)
        };
        if let Err(failure) = made.await {
            leftovers.clear();
            return Err(failure);
        }
        println!("A newsroom stands in {}. Serve it:", folder.display());
        match target {
            Target::Sqlite(_) => println!("  onrecord --data {} serve", folder.display()),
            Target::Postgres(_) => {
                println!("  onrecord --data {} --database URL serve", folder.display());
                println!("or write database = \"URL\" into {}.", folder.join(crate::config::FILE).display());
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// What is wrong with the owner and with the settings, said together.
fn both<T, S>(owner: Result<T>, settings: Result<S>) -> Result<S> {
    match (owner, settings) {
        (Ok(_), settings) => settings,
        (Err(Error::Invalid(mut wrong)), Err(Error::Invalid(more))) => {
            wrong.extend(more);
            Err(Error::Invalid(wrong))
        }
        (Err(error), _) => Err(error),
    }
}

fn already(folder: &Path) -> Failure {
    Failure::new(format!("{} holds a newsroom already; it was left as it is", folder.display()))
}

/// Whether somebody could come in by this database already.
async fn inhabited(target: &Target) -> Result<bool, Failure> {
    let db = Db::open(target).await?;
    let schema = db.schema().await?;
    Ok(!schema.unknown.is_empty()
        || schema.applied > 0 && db.read(onrecord_accounts::store::staff::any_owner).await.unwrap_or(true))
}

/// What an unfinished newsroom leaves: without an owner it is of no use, and would stand in the way of the next try.
struct Leftovers {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Leftovers {
    /// Looked at before anything is made: what is there already stays.
    fn of(data: &DataDir) -> Leftovers {
        let database = data.database().into_os_string();
        let beside = ["", "-wal", "-shm"].map(|end| {
            let mut name = database.clone();
            name.push(end);
            PathBuf::from(name)
        });
        let folders = [data.media(), data.path().to_owned()];
        let files = if data.database().exists() { Vec::new() } else { beside.into() };
        Leftovers { files, folders: folders.into_iter().filter(|folder| !folder.exists()).collect() }
    }

    fn clear(self) {
        for file in self.files {
            let _ = std::fs::remove_file(file);
        }
        // Only empty ones.
        for folder in self.folders {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

fn ask(given: Option<String>, question: &str) -> Result<String, Failure> {
    if let Some(answer) = given {
        return Ok(answer);
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::new(format!("{question} is missing; see onrecord init --help")));
    }
    eprint!("{question}: ");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|e| Failure::new(e.to_string()))?;
    Ok(line.trim().to_owned())
}

fn password(from_stdin: bool) -> Result<String, Failure> {
    if from_stdin {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).map_err(|e| Failure::new(e.to_string()))?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::new("the owner's password is missing: give it with --password-stdin"));
    }
    let ask = |text| rpassword::prompt_password(text).map_err(|e| Failure::new(e.to_string()));
    let first = ask("The owner's password: ")?;
    match ask("Once more: ")? == first {
        true => Ok(first),
        false => Err(Failure::new("the two passwords differ; nothing was made")),
    }
}
