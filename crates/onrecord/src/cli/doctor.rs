//! `onrecord doctor`

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use onrecord_base::{App, DataDir, Db, Result, Settings, Target, jobs};
use onrecord_media::files;
use onrecord_media::store::AllFiles;
use sha2::{Digest, Sha256};

use crate::{config::Config, failure::Failure, serve};

/// Below this a newsroom with pictures soon stands still.
const LITTLE_SPACE: u64 = 1024 * 1024 * 1024;
/// Below this nothing can be saved before long.
const NO_SPACE: u64 = 100 * 1024 * 1024;
/// Names of missing files that are printed; the number is always complete.
const NAMED: usize = 5;

/// Look whether everything is as it should be.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  onrecord --data news doctor
  onrecord --data news doctor --thorough     also reads every picture and source and compares its checksum

Ends with 1 if anything failed; warnings do not count. It changes nothing and may run while the newsroom serves.")]
pub struct DoctorArgs {
    /// Also read every picture and source file and compare it with its name, which is its checksum.
    #[arg(long)]
    thorough: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Ok,
    Warn,
    Fail,
}

/// What was looked at, how it was found, and what to do.
struct Finding(&'static str, Outcome, String);

fn ok(what: &'static str, text: impl Into<String>) -> Finding {
    Finding(what, Outcome::Ok, text.into())
}

fn warn(what: &'static str, text: impl Into<String>) -> Finding {
    Finding(what, Outcome::Warn, text.into())
}

fn fail(what: &'static str, text: impl Into<String>) -> Finding {
    Finding(what, Outcome::Fail, text.into())
}

/// Looks and prints a table.
///
/// # Errors
/// Only if the table cannot be made; what is wrong with the newsroom stands in it.
pub async fn run(args: DoctorArgs, config: Config) -> std::result::Result<ExitCode, Failure> {
    let mut findings = folder(&config.data);
    let healthy = findings.iter().all(|finding| finding.1 != Outcome::Fail);
    if healthy {
        findings.extend(newsroom(&config, args.thorough).await);
    }
    let mut out = std::io::stdout();
    for Finding(what, outcome, text) in &findings {
        let word = match outcome {
            Outcome::Ok => "ok",
            Outcome::Warn => "WARN",
            Outcome::Fail => "FAIL",
        };
        // Whoever reads only the first lines (`| head`) closes the pipe.
        let _ = writeln!(out, "{word:<5} {what:<12} {text}");
    }
    let failed = findings.iter().filter(|finding| finding.1 == Outcome::Fail).count();
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn folder(data: &DataDir) -> Vec<Finding> {
    let path = data.path();
    if !path.is_dir() {
        return vec![fail("folder", format!("there is no {}; onrecord init makes a newsroom", path.display()))];
    }
    let writable = tempfile::Builder::new().prefix(".doctor-").tempfile_in(path);
    let mut findings = vec![match writable {
        Ok(_) => ok("folder", format!("{} can be written", path.display())),
        Err(e) => fail("folder", format!("{} cannot be written: {e}", path.display())),
    }];
    if let Ok(space) = rustix::fs::statvfs(path) {
        let free = space.f_bavail.saturating_mul(space.f_frsize);
        let text = format!("{} free", indicatif::HumanBytes(free));
        findings.push(match free {
            ..NO_SPACE => fail("disk", format!("{text}: soon nothing can be saved")),
            NO_SPACE..LITTLE_SPACE => warn("disk", format!("{text}: little for a newsroom with pictures")),
            _ => ok("disk", text),
        });
    }
    if path.join("lock").exists() {
        findings.push(match serve::lock(data) {
            Ok(_) => ok("server", "no server runs on this folder"),
            Err(serve::NotLocked::Held) => ok("server", "a server runs on this folder"),
            Err(serve::NotLocked::Unknown(why)) => warn("server", format!("cannot tell whether one runs: {why}")),
        });
    }
    findings
}

async fn newsroom(config: &Config, thorough: bool) -> Vec<Finding> {
    if let Target::Sqlite(file) = &config.target
        && !file.is_file()
    {
        // Opening would make an empty one.
        return vec![fail("database", format!("there is no {}; onrecord init makes a newsroom", file.display()))];
    }
    let db = match Db::open(&config.target).await {
        Ok(db) => db,
        Err(e) => return vec![fail("database", e.to_string())],
    };
    let mut findings = vec![match db.faults().await {
        Ok(faults) if faults.is_empty() => {
            ok("database", if db.is_sqlite() { "embedded, sound in all its pages" } else { "PostgreSQL answers" })
        }
        Ok(faults) => fail("database", format!("damaged, restore it from a backup: {}", faults.join("; "))),
        Err(e) => fail("database", e.to_string()),
    }];
    match db.schema().await {
        Ok(schema) if !schema.unknown.is_empty() => {
            findings.push(fail("schema", "made by a newer Onrecord: use that version, or one after it"));
            return findings;
        }
        Ok(schema) if schema.applied == 0 => {
            findings.push(fail("schema", "the database holds no newsroom; onrecord init makes one"));
            return findings;
        }
        Ok(schema) if !schema.pending.is_empty() => {
            findings.push(warn(
                "schema",
                format!("{} steps behind this program; serve brings it up to date", schema.pending.len()),
            ));
            return findings;
        }
        Ok(schema) => findings.push(ok("schema", format!("{} steps, up to date", schema.applied))),
        Err(e) => {
            findings.push(fail("schema", e.to_string()));
            return findings;
        }
    }
    match App::new(db, config.data.clone(), onrecord_base::Clock::system(), &[]).await {
        Ok(app) => {
            let looks = [
                people(&app).await,
                pictures(&app, thorough).await,
                sources(&app, thorough).await,
                tips(&app).await,
                work(&app).await,
            ];
            for look in looks {
                findings.push(look.unwrap_or_else(|e| fail("database", e.to_string())));
            }
            findings.extend(settings(&app.settings()));
        }
        Err(e) => findings.push(fail("settings", e.to_string())),
    }
    findings
}

async fn people(app: &App) -> Result<Finding> {
    Ok(match app.db.read(onrecord_accounts::store::staff::any_owner).await? {
        true => ok("owner", "there is one who can come in"),
        false => fail("owner", "nobody can run this newsroom: onrecord staff makes an owner"),
    })
}

async fn pictures(app: &App, thorough: bool) -> Result<Finding> {
    let AllFiles { originals, renditions } = app.db.read(onrecord_media::store::all_files).await?;
    let originals =
        originals.into_iter().map(|(sha256, format)| (files::original(&app.data, &sha256, &format), sha256));
    let renditions =
        renditions.into_iter().map(|(sha256, format)| (files::rendition(&app.data, &sha256, format), sha256));
    in_place("pictures", originals.chain(renditions).collect(), thorough).await
}

async fn sources(app: &App, thorough: bool) -> Result<Finding> {
    let hashes = app.db.read(onrecord_record::store::sources::all_files).await?;
    let paths = hashes.into_iter().map(|sha256| (onrecord_record::capture::path(&app.data, &sha256), sha256));
    in_place("sources", paths.collect(), thorough).await
}

/// Whether sealed bodies are in their places, and sources can write.
async fn tips(app: &App) -> Result<Finding> {
    let now = app.now();
    let read = app.db.read(move |conn| {
        let files = onrecord_tips::store::messages::all_files(conn)?;
        let printed = onrecord_tips::store::line::load(conn)?.is_some_and(|line| !line.printed.is_empty());
        Ok((files, onrecord_tips::keys::in_use(conn, now)?.err(), onrecord_tips::keys::list_ends(conn)?, printed))
    });
    let (files, closed, ends, printed) = read.await?;
    let sound = |(file, size): &&(String, i64)| {
        let path = onrecord_tips::vault::path(&app.data, file);
        fs::metadata(path).is_ok_and(|meta| i64::try_from(meta.len()) == Ok(*size))
    };
    let missing = files.iter().filter(|file| !sound(file)).count();
    if missing > 0 {
        return Ok(fail("tips", format!("{missing} of {} sealed files are missing or damaged", files.len())));
    }
    let total = format!("{} sealed files in their places", files.len());
    Ok(match (closed, ends) {
        (Some(onrecord_tips::keys::NotOpen::NoKey), _) => ok("tips", format!("{total}; the line is not set up")),
        (Some(why), _) => warn("tips", format!("{total}; sources cannot write: {}", why.name())),
        (None, Some(until)) if onrecord_tips::keys::ends_soon(app, until) => {
            warn("tips", format!("{total}; the signed list of keys ends on {}", until.text()))
        }
        (None, _) if !printed => {
            warn("tips", format!("{total}; sources can write; say at the desk where the key's fingerprint is printed"))
        }
        (None, _) => ok("tips", format!("{total}; sources can write")),
    })
}

/// Whether all files are where the database says, with their hashes.
async fn in_place(what: &'static str, files: Vec<(PathBuf, String)>, thorough: bool) -> Result<Finding> {
    let total = files.len();
    let look = move || -> Vec<String> {
        let sound = |(path, sha256): &(PathBuf, String)| match thorough {
            true => hash(path).is_ok_and(|hash| hash == *sha256),
            false => fs::metadata(path).is_ok_and(|meta| meta.len() > 0),
        };
        files.iter().filter(|file| !sound(file)).map(|(path, _)| path.display().to_string()).collect()
    };
    let missing = tokio::task::spawn_blocking(look).await.map_err(|e| onrecord_base::Error::internal(e.to_string()))?;
    let how = if thorough { "read and compared" } else { "in their places" };
    Ok(match missing.len() {
        0 => ok(what, format!("{total} files {how}")),
        count => {
            let named: Vec<&str> = missing.iter().take(NAMED).map(String::as_str).collect();
            fail(what, format!("{count} of {total} files are missing or damaged: {}", named.join(", ")))
        }
    })
}

/// The hash of a file, which may be a long recording: a piece at a time.
fn hash(path: &Path) -> std::io::Result<String> {
    let (mut file, mut hash, mut buffer) = (fs::File::open(path)?, Sha256::new(), vec![0; 64 * 1024]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex::encode(hash.finalize())),
            read => hash.update(&buffer[..read]),
        }
    }
}

async fn work(app: &App) -> Result<Finding> {
    let dead = app.db.read(jobs::dead).await?;
    Ok(match dead.first() {
        None => ok("jobs", "none was given up"),
        Some(job) => warn("jobs", format!("{} were given up; the last, {}: {}", dead.len(), job.kind, job.error)),
    })
}

fn settings(settings: &Settings) -> Vec<Finding> {
    let url = settings.base_url.as_str();
    let host = url.split_once("://").map_or("", |(_, rest)| rest).split(['/', ':']).next().unwrap_or_default();
    let mut findings = vec![match url {
        _ if host == "localhost" || host.starts_with("127.") || host.starts_with("[::1") => {
            warn("address", format!("{url} is this machine only: set the public address in the settings"))
        }
        _ if host.is_empty() || url.ends_with('/') => {
            fail("address", format!("{url:?} is not an address such as https://example.org"))
        }
        _ if !url.starts_with("https://") => {
            warn("address", format!("{url} is without HTTPS: passwords would cross the net in the open"))
        }
        _ => ok("address", url),
    }];
    findings.push(match jiff::tz::TimeZone::get(&settings.time_zone) {
        Ok(_) => ok("time zone", settings.time_zone.as_str()),
        Err(_) => fail(
            "time zone",
            format!("{:?} is not known on this machine; dates are printed in UTC", settings.time_zone),
        ),
    });
    findings.push(match &settings.smtp {
        None => warn("mail", "no relay is set: invitations and recovery links cannot be sent"),
        Some(smtp) if smtp.security == "none" && !["localhost", "127.0.0.1", "::1"].contains(&smtp.host.as_str()) => {
            warn("mail", format!("{} is used without encryption", smtp.host))
        }
        Some(smtp) => ok("mail", format!("by {}:{}", smtp.host, smtp.port)),
    });
    findings
}
