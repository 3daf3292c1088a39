//! `onrecord backup FILE`

mod archive;

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use onrecord_base::{App, Target};

use self::archive::Writer;
pub(super) use self::archive::{DUMP, Entry, MANIFEST, Manifest, SQLITE, VERSION, hash_name};
use crate::{config::Config, failure::Failure};

/// Write a consistent copy of the newsroom to one file, while it serves.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  onrecord --data news backup news-2026-11-22.tar

The file holds everything, passwords' hashes and the mail relay's password included: keep it as you keep the newsroom.
It is a plain tar archive: the database, the folders media, sources, tips and theme, and a list of checksums at its end. The
configuration file onrecord.toml belongs to the machine and is not in it.")]
pub struct BackupArgs {
    /// Where to write it; a file that is there already is left alone.
    file: PathBuf,
}

/// Writes the copy.
///
/// # Errors
/// With a sentence; nothing half written is left behind.
pub async fn run(args: BackupArgs, config: Config) -> Result<ExitCode, Failure> {
    if args.file.exists() {
        return Err(Failure::new(format!("{} is there already and was left as it is", args.file.display())));
    }
    let target = config.target.clone();
    let app = super::open(config).await?;
    let folder = match args.file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    // Beside the file, so that the disk that must hold the backup is the one that fills.
    let work = tempfile::Builder::new().prefix(".onrecord-backup-").tempdir_in(&folder);
    let work = work.map_err(|e| Failure::new(format!("{} cannot be written: {e}", folder.display())))?;
    let (name, database) = copy_database(&app, &target, work.path()).await?;
    let unfinished = work.path().join("backup.tar");
    let data = app.data.clone();
    let (file, written) = (args.file.clone(), unfinished.clone());
    let manifest = tokio::task::spawn_blocking(move || {
        let mut writer = Writer::create(&written)?;
        writer.add(name, &database)?;
        // After the database: a row's files are written before the row, so all it names are here.
        writer.add_folder("media", &data.media())?;
        writer.add_folder("sources", &onrecord_record::capture::folder(&data))?;
        writer.add_folder("tips", &onrecord_tips::vault::folder(&data))?;
        writer.add_folder("theme", &data.theme())?;
        let manifest = writer.finish()?;
        fs::rename(&written, &file).map_err(|e| Failure::new(format!("{} cannot be written: {e}", file.display())))?;
        let _ = File::open(&folder).and_then(|folder| folder.sync_all());
        Ok::<_, Failure>(manifest)
    })
    .await
    .map_err(|e| Failure::new(e.to_string()))??;
    report(&args.file, &manifest)
}

fn report(file: &Path, manifest: &Manifest) -> Result<ExitCode, Failure> {
    let bytes: u64 = manifest.entries.iter().map(|entry| entry.bytes).sum();
    let size = indicatif::HumanBytes(bytes);
    println!("{} holds the database and {} files, {size}.", file.display(), manifest.entries.len() - 1);
    let damaged: Vec<&Entry> = manifest.entries.iter().filter(|entry| !hash_name(entry)).collect();
    for entry in &damaged {
        eprintln!("{} is damaged: its content does not fit its name. It was copied as it is.", entry.path);
    }
    Ok(if damaged.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The database at one moment, as a file, and the name it gets in the archive.
async fn copy_database(app: &App, target: &Target, work: &Path) -> Result<(&'static str, PathBuf), Failure> {
    match target {
        Target::Sqlite(_) => {
            let copy = work.join(SQLITE);
            app.db.copy_to(copy.clone()).await?;
            Ok((SQLITE, copy))
        }
        Target::Postgres(url) => {
            let copy = work.join(DUMP);
            let (url, password) = without_password(url);
            let mut command = Command::new("pg_dump");
            command.args(["--format=custom", "--no-owner", "--file"]).arg(&copy).arg("--dbname").arg(url);
            run_tool(command, password)?;
            Ok((DUMP, copy))
        }
    }
}

/// Runs one of PostgreSQL's tools; the password goes by the environment, since others see a process's arguments.
pub(super) fn run_tool(mut command: Command, password: Option<String>) -> Result<(), Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    let output = command.output().map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Failure::new(format!(
            "{name} is missing: install PostgreSQL's client programs (Debian: apt install postgresql-client). Nothing was written."
        )),
        _ => Failure::new(format!("{name} cannot be run: {e}")),
    })?;
    match output.status.success() {
        true => Ok(()),
        false => Err(Failure::new(format!("{name} failed: {}", String::from_utf8_lossy(&output.stderr).trim()))),
    }
}

/// `postgres://user:secret@host/name` without its secret, and the secret.
pub(super) fn without_password(url: &str) -> (String, Option<String>) {
    let split = || {
        let (scheme, rest) = url.split_once("://")?;
        let (login, place) = rest.split_once('@')?;
        let (user, password) = login.split_once(':')?;
        // An encoded one would have to be decoded: leave it to the tool.
        (!password.contains('%')).then(|| (format!("{scheme}://{user}@{place}"), password.to_owned()))
    };
    match split() {
        Some((url, password)) => (url, Some(password)),
        None => (url.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn a_password_is_not_shown_to_other_users_of_the_machine() {
        let (url, password) = without_password("postgres://ana:secret@db.example:5432/news");
        assert_eq!((url.as_str(), password.as_deref()), ("postgres://ana@db.example:5432/news", Some("secret")));
        for url in ["postgres://ana@db.example/news", "host=/run/postgresql dbname=news", "postgres:///news"] {
            assert_eq!(without_password(url), (url.to_owned(), None));
        }
    }
}
