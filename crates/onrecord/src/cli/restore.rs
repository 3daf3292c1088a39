//! `onrecord restore FILE`

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, BufReader, Read, Write},
    path::{Component, Path, PathBuf},
    process::{Command, ExitCode},
};

use onrecord_base::{Db, Target};
use sha2::{Digest, Sha256};

use super::backup::{DUMP, Entry, MANIFEST, Manifest, SQLITE, VERSION, run_tool, without_password};
use crate::{config::Config, failure::Failure};

/// The largest list of checksums: about a million files.
const LARGEST_MANIFEST: u64 = 256 * 1024 * 1024;

/// Make a newsroom from such a copy, in an empty folder.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  onrecord --data news-again restore news-2026-11-22.tar
  onrecord --data news-again --database postgres://user@host/empty restore news-2026-11-22.tar")]
pub struct RestoreArgs {
    /// The copy, as `onrecord backup` wrote it.
    file: PathBuf,
}

/// Puts the copy in place, or leaves everything as it was.
///
/// # Errors
/// With a sentence.
pub async fn run(args: RestoreArgs, config: Config) -> Result<ExitCode, Failure> {
    let folder = config.data.path().to_owned();
    let made = !folder.exists();
    empty(&folder)?;
    fs::create_dir_all(&folder).map_err(|e| unwritable(&folder, &e))?;
    let outcome = restore(&args.file, &config).await;
    if outcome.is_err() {
        clear(&folder, made);
    }
    let manifest = outcome?;
    println!(
        "{} holds the newsroom of {}: {} files, all with their checksums.",
        folder.display(),
        args.file.display(),
        manifest.entries.len()
    );
    println!("Look at it:  onrecord --data {} doctor", folder.display());
    Ok(ExitCode::SUCCESS)
}

async fn restore(file: &Path, config: &Config) -> Result<Manifest, Failure> {
    let folder = config.data.path().to_owned();
    let parts = folder.join(".restoring");
    let (from, to) = (file.to_owned(), parts.clone());
    let manifest =
        tokio::task::spawn_blocking(move || unpack(&from, &to)).await.map_err(|e| Failure::new(e.to_string()))??;
    place_database(&parts, config).await?;
    // By name: what the look at the database left beside it is of no use.
    for name in [SQLITE, "media", "sources", "tips", "theme"]
        .map(PathBuf::from)
        .into_iter()
        .filter(|name| parts.join(name).exists())
    {
        fs::rename(parts.join(&name), folder.join(&name)).map_err(|e| unwritable(&folder, &e))?;
    }
    fs::remove_dir_all(&parts).map_err(|e| unwritable(&parts, &e))?;
    Ok(manifest)
}

/// The database is looked at before anything is said to be restored.
async fn place_database(parts: &Path, config: &Config) -> Result<(), Failure> {
    let (sqlite, dump) = (parts.join(SQLITE), parts.join(DUMP));
    match &config.target {
        Target::Sqlite(_) if sqlite.is_file() => {
            let db = Db::open(&Target::Sqlite(sqlite)).await?;
            let faults = db.faults().await?;
            let unknown = db.schema().await?.unknown;
            match (faults.first(), unknown.first()) {
                (Some(fault), _) => Err(Failure::new(format!("the copy's database is damaged: {fault}"))),
                (_, Some(name)) => Err(Failure::new(format!(
                    "the copy was made by a newer Onrecord (it has {name}): restore it with that version"
                ))),
                _ => Ok(()),
            }
        }
        Target::Postgres(url) if dump.is_file() => {
            let db = Db::open(&config.target).await?;
            if db.schema().await?.applied > 0 {
                return Err(Failure::new(
                    "the PostgreSQL database holds a newsroom already; give an empty one with --database",
                ));
            }
            drop(db);
            let (url, password) = without_password(url);
            let mut command = Command::new("pg_restore");
            command.args(["--no-owner", "--exit-on-error", "--single-transaction", "--dbname", &url]).arg(&dump);
            run_tool(command, password)?;
            fs::remove_file(&dump).map_err(|e| unwritable(&dump, &e))
        }
        Target::Sqlite(_) => {
            Err(Failure::new("the copy is of a PostgreSQL newsroom: give an empty database with --database"))
        }
        Target::Postgres(_) => {
            Err(Failure::new("the copy is of a newsroom with the embedded database: leave --database out"))
        }
    }
}

/// Unpacks into `to`, checking each file against the list at the end.
fn unpack(from: &Path, to: &Path) -> Result<Manifest, Failure> {
    let file = File::open(from).map_err(|e| Failure::new(format!("{} cannot be read: {e}", from.display())))?;
    // What the library says about foreign bytes would print them.
    let broken = |e: io::Error| {
        let why = match e.kind() {
            io::ErrorKind::UnexpectedEof => "it ends in the midst of a file",
            io::ErrorKind::Other | io::ErrorKind::InvalidData => "it is not a tar archive, or it is damaged",
            _ => "it cannot be read",
        };
        Failure::new(format!("{} is not a whole copy of a newsroom: {why}", from.display()))
    };
    let mut archive = tar::Archive::new(BufReader::new(file));
    let mut found: HashMap<String, Entry> = HashMap::new();
    let mut manifest: Option<Manifest> = None;
    for entry in archive.entries().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        let path = entry.path().map_err(broken)?.into_owned();
        let name = path.to_string_lossy().into_owned();
        if name == MANIFEST {
            let mut text = Vec::new();
            entry.by_ref().take(LARGEST_MANIFEST).read_to_end(&mut text).map_err(broken)?;
            let read = serde_json::from_slice(&text);
            manifest =
                Some(read.map_err(|e| Failure::new(format!("the copy's list of checksums cannot be read: {e}")))?);
            continue;
        }
        if !ours(&path) || entry.header().entry_type() != tar::EntryType::Regular {
            return Err(Failure::new(format!("{} is no copy of a newsroom: it holds {name:?}", from.display())));
        }
        let written = write(&mut entry, &to.join(&path), name.clone())?;
        if found.insert(name.clone(), written).is_some() {
            return Err(Failure::new(format!("{} holds {name} twice", from.display())));
        }
    }
    let manifest = manifest.ok_or_else(|| {
        Failure::new(format!("{} is not a whole copy of a newsroom: its list of checksums is missing", from.display()))
    })?;
    check(&manifest, &found)?;
    Ok(manifest)
}

fn check(manifest: &Manifest, found: &HashMap<String, Entry>) -> Result<(), Failure> {
    if manifest.version > VERSION {
        return Err(Failure::new(format!(
            "the copy was written by a newer program ({}): use that one",
            manifest.program
        )));
    }
    for entry in &manifest.entries {
        match found.get(&entry.path) {
            None => return Err(Failure::new(format!("the copy lacks {}", entry.path))),
            Some(other) if other != entry => {
                return Err(Failure::new(format!("{} is damaged in the copy: its checksum differs", entry.path)));
            }
            Some(_) => {}
        }
    }
    match manifest.entries.len() == found.len() {
        true => Ok(()),
        false => Err(Failure::new("the copy holds files that its list does not name")),
    }
}

/// Only what a backup writes, and nothing that leads out of the folder.
fn ours(path: &Path) -> bool {
    let mut parts = path.components();
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    match parts.next() {
        Some(Component::Normal(first))
            if ["media", "sources", "tips", "theme"].iter().any(|folder| first == *folder) =>
        {
            plain && parts.next().is_some()
        }
        Some(Component::Normal(first)) => (first == SQLITE || first == DUMP) && parts.next().is_none(),
        _ => false,
    }
}

fn write(from: &mut impl Read, to: &Path, path: String) -> Result<Entry, Failure> {
    let mut copy = || -> io::Result<(u64, String)> {
        fs::create_dir_all(to.parent().unwrap_or(to))?;
        let mut file = File::create_new(to)?;
        let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 64 * 1024]);
        loop {
            let read = from.read(&mut buffer)?;
            if read == 0 {
                file.sync_all()?;
                return Ok((bytes, hex::encode(hash.finalize())));
            }
            hash.update(&buffer[..read]);
            file.write_all(&buffer[..read])?;
            bytes += read as u64;
        }
    };
    let (bytes, sha256) = copy().map_err(|e| unwritable(to, &e))?;
    Ok(Entry { path, bytes, sha256 })
}

/// A folder that is not there, or has nothing in it but the configuration file that names the new database.
fn empty(folder: &Path) -> Result<(), Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(Failure::new(format!("{} cannot be read: {e}", folder.display()))),
    };
    match entries.flatten().any(|entry| entry.file_name() != crate::config::FILE) {
        true => {
            Err(Failure::new(format!("{} is not empty; restore into an empty folder with --data", folder.display())))
        }
        false => Ok(()),
    }
}

/// Takes away what an unfinished restore left, but never what was there before.
fn clear(folder: &Path, made: bool) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name() != crate::config::FILE) {
        let _ = fs::remove_dir_all(entry.path()).or_else(|_| fs::remove_file(entry.path()));
    }
    if made {
        let _ = fs::remove_dir(folder);
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{} cannot be written: {error}", path.display()))
}

#[cfg(test)]
mod tests;
