//! `onrecord init DIR`

use std::{io::IsTerminal, path::PathBuf, process::ExitCode};

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
        if config.data.database().exists() {
            return Err(Failure::new(format!("{} holds a newsroom already; it was left as it is", folder.display())));
        }
        let email = ask(self.owner, "The owner's e-mail address")?;
        let person = ask(self.owner_name.or_else(|| email.split('@').next().map(str::to_owned)), "The owner's name")?;
        let password = password(self.password_stdin)?;
        let app = newsroom::create(config).await?;
        let made = async {
            onrecord_accounts::operator::create_owner(&app, &email, &person, &password).await?;
            let mut settings = (*app.settings()).clone();
            settings.name = self.name;
            settings.time_zone = self.time_zone;
            if let Some(url) = self.base_url {
                settings.base_url = url.trim_end_matches('/').to_owned();
            }
            app.save_settings(settings).await
        }
        .await;
        if let Err(error) = made {
            // A newsroom without an owner is of no use to anybody, and would stand in the way of the next try.
            let database = app.data.database();
            drop(app);
            let _ = std::fs::remove_file(database);
            return Err(error.into());
        }
        println!("A newsroom stands in {}. Serve it:", folder.display());
        println!("  onrecord --data {} serve", folder.display());
        Ok(ExitCode::SUCCESS)
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
