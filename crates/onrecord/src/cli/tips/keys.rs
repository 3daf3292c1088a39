//! Keys from a terminal: the newsroom's own, the journalists', and the list that the one signs of the others.

use std::{
    fs::{self, File},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use onrecord_base::App;
use onrecord_sealed::{Cost, Entropy, Lock, NewsroomKey};
use onrecord_tips::{
    Desk, Epoch,
    desk::check_name,
    erase,
    keys::{self, check_passphrase, normal},
    store::{desks, keys as kept, line},
    tip::{RETENTION, random_id},
};

use super::{new_passphrase, passphrase, person, today};
use crate::failure::Failure;

/// Examples of `onrecord tips init`.
pub const INIT: &str = "Examples:
  onrecord --data news tips init --key newsroom.key --desk Investigations --member ana@example.org
  onrecord --data news tips init --key newsroom.key --desk \"City hall\" --member ben@example.org

The key file belongs on a stick in a drawer, not on the server: whoever has it and its passphrase decides who reads tips.
Print the fingerprint in the paper. Called again with the same key it adds desks and people. After it: tips keys make for
every journalist, then tips keys sign.";

/// Make the newsroom's key and the first desks.
#[derive(Debug, clap::Args)]
pub struct Init {
    /// The newsroom's key file; made if it is not there.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// A desk that takes tips; may be given more than once.
    #[arg(long, value_name = "NAME")]
    desk: Vec<String>,
    /// Address of somebody at these desks; may be given more than once.
    #[arg(long, value_name = "EMAIL")]
    member: Vec<String>,
    /// Read the key file's passphrase from the first line of the standard input.
    #[arg(long)]
    passphrase_stdin: bool,
}

/// Journalists' keys, and the signed list of them.
#[derive(Debug, clap::Subcommand)]
#[command(after_help = "Examples:
  onrecord --data news tips keys make --as ana@example.org
  onrecord --data news tips keys passphrase --as ana@example.org
  onrecord --data news tips keys sign --key newsroom.key
  onrecord --data news tips keys destroy --before 2026-11")]
pub enum Keys {
    /// Whose keys there are, for which months, and the list in use
    #[command(after_help = "Example:\n  onrecord --data news tips keys list")]
    List,
    /// Make a journalist's keys for a month, closed with their passphrase
    #[command(after_help = "Examples:
  onrecord --data news tips keys make --as ana@example.org
  onrecord --data news tips keys make --as ana@example.org --month 2026-12")]
    Make {
        /// The journalist's address.
        #[arg(long = "as", value_name = "EMAIL")]
        email: String,
        /// Such as 2026-12; this month if absent.
        #[arg(long, value_name = "MONTH", value_parser = month)]
        month: Option<Epoch>,
        /// Read the passphrase from the first line of the standard input.
        #[arg(long)]
        passphrase_stdin: bool,
    },
    /// Close a journalist's keys of all months with another passphrase
    #[command(after_help = "Example:
  onrecord --data news tips keys passphrase --as ana@example.org

Copies of the disk and backups made before still hold the keys as the old passphrase opens them.")]
    Passphrase {
        /// The journalist's address.
        #[arg(long = "as", value_name = "EMAIL")]
        email: String,
        /// Read the old and the new passphrase from the first two lines of the standard input.
        #[arg(long)]
        passphrase_stdin: bool,
    },
    /// Sign the list of desks and keys with the newsroom's key, and put it to use
    #[command(after_help = "Example:\n  onrecord --data news tips keys sign --key newsroom.key")]
    Sign {
        /// The newsroom's key file.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Read its passphrase from the first line of the standard input.
        #[arg(long)]
        passphrase_stdin: bool,
    },
    /// Destroy the keys of months before one: what only they open is lost
    #[command(after_help = "Example:\n  onrecord --data news tips keys destroy --before 2026-11 --as ana@example.org")]
    Destroy {
        /// Such as 2026-11; that month and later ones stay.
        #[arg(long, value_name = "MONTH", value_parser = month)]
        before: Epoch,
        /// Only of this journalist; of everybody if absent.
        #[arg(long = "as", value_name = "EMAIL")]
        email: Option<String>,
    },
}

impl Init {
    pub(super) async fn run(self, app: &App) -> Result<(), Failure> {
        let mut people = Vec::new();
        for email in &self.member {
            people.push(person(app, email).await?.id);
        }
        let names: Vec<String> = self
            .desk
            .iter()
            .map(|name| check_name(name).map_err(|_| Failure::new(format!("{name:?} is not a desk's name"))))
            .collect::<Result<_, _>>()?;
        let (newsroom, key) = match fs::read(&self.key) {
            Ok(closed) => NewsroomKey::peek(&closed)
                .map_err(|e| Failure::new(format!("{} is not a newsroom's key file: {e}", self.key.display())))?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => self.make_key(app).await?,
            Err(e) => return Err(Failure::new(format!("{} cannot be read: {e}", self.key.display()))),
        };
        keys::begin_line(app, newsroom.0, key.0).await?;
        let ids: Vec<String> = names.iter().map(|_| random_id(&app.random)).collect();
        app.db
            .write(move |conn| {
                for (name, id) in names.into_iter().zip(ids) {
                    let known = desks::all(conn)?.into_iter().find(|desk| desk.name == name);
                    let desk = match known {
                        Some(desk) => desk,
                        None => {
                            let desk = Desk { id, name, retention_days: RETENTION, closed_day: None };
                            desks::create(conn, &desk)?;
                            desk
                        }
                    };
                    for person in &people {
                        desks::join(conn, &desk.id, person)?;
                    }
                }
                Ok(())
            })
            .await?;
        println!("The newsroom key's fingerprint, to print and to post elsewhere:\n\n  {}", key.fingerprint());
        println!("  {}\n", key.fingerprint_words());
        println!("Next: tips keys make for every journalist, then tips keys sign --key {}.", self.key.display());
        Ok(())
    }

    async fn make_key(&self, app: &App) -> Result<(onrecord_sealed::NewsroomId, onrecord_sealed::VerifyKey), Failure> {
        // A lost key is replaced without losing codenames: the newsroom's id stays.
        let known = app.db.read(line::load).await?.and_then(|line| line.newsroom_id());
        let passphrase = normal(&new_passphrase("A passphrase for the newsroom's key: ", self.passphrase_stdin)?);
        check_passphrase(&passphrase)?;
        let mut random = Entropy::new(app.random.bytes());
        let key = NewsroomKey::generate(known.map(onrecord_sealed::NewsroomId), &mut random);
        let lock = Lock::new(&passphrase, Cost::PASSPHRASE, &mut random).map_err(|e| Failure::new(e.to_string()))?;
        let closed = key.close(&lock, &mut random);
        let made = File::options().write(true).create_new(true).mode(0o600).open(&self.key);
        let written = made.and_then(|mut file| file.write_all(&closed).and_then(|()| file.sync_all()));
        written.map_err(|e| Failure::new(format!("{} cannot be written: {e}", self.key.display())))?;
        println!(
            "The newsroom's key is in {}. Keep it, and its passphrase, away from the server.\n",
            self.key.display()
        );
        Ok((key.newsroom(), key.public()))
    }
}

impl Keys {
    pub(super) async fn run(self, app: &App) -> Result<(), Failure> {
        match self {
            Keys::List => list(app).await,
            Keys::Make { email, month, passphrase_stdin } => {
                let person = person(app, &email).await?;
                let passphrase = new_passphrase(&format!("A passphrase for {email}'s keys: "), passphrase_stdin)?;
                let month = month.unwrap_or_else(|| Epoch::of(app.now()));
                keys::make(app, &person.id, &month, &passphrase, Cost::PASSPHRASE).await?;
                println!("{email} has keys for {}. They count once the list is signed: tips keys sign.", month.text());
                Ok(())
            }
            Keys::Passphrase { email, passphrase_stdin } => {
                let person = person(app, &email).await?;
                let old = passphrase(&format!("The passphrase of {email}'s keys: "), passphrase_stdin)?;
                let new = new_passphrase("The new one: ", passphrase_stdin)?;
                let count = keys::change_passphrase(app, &person.id, &old, &new, Cost::PASSPHRASE).await?;
                println!("{count} keys are closed with the new passphrase. Copies made before open with the old one.");
                Ok(())
            }
            Keys::Sign { key, passphrase_stdin } => sign(app, &key, passphrase_stdin).await,
            Keys::Destroy { before, email } => {
                let staff = match &email {
                    Some(email) => Some(person(app, email).await?.id),
                    None => None,
                };
                let count = erase::epochs(app, Some(before.clone()), staff).await?;
                println!(
                    "{count} keys of months before {} are destroyed. Copies made before still hold them.",
                    before.text()
                );
                Ok(())
            }
        }
    }
}

async fn list(app: &App) -> Result<(), Failure> {
    let now = app.now();
    let (all, people, list, open) = app
        .db
        .read(move |conn| {
            let people = onrecord_accounts::store::staff::list(conn)?;
            Ok((kept::all(conn)?, people, kept::list(conn)?, keys::in_use(conn, now)?))
        })
        .await?;
    for key in &all {
        let email = people.iter().find(|person| person.id == key.staff_id).map_or("?", |person| person.email.as_str());
        let state = if key.wrapped.is_some() { "closed" } else { "destroyed" };
        println!("{}  {:<9}  {email}", key.epoch.text(), state);
    }
    match list {
        Some(list) => println!(
            "List {} signed on {}, good until {}.",
            list.serial,
            list.issued_day.text(),
            list.valid_until_day.text()
        ),
        None => println!("No list is signed."),
    }
    match open {
        Ok(open) => println!("Sources can write. Fingerprint: {}", open.fingerprint()),
        Err(why) => {
            let messages = onrecord_base::messages::Messages::built_in();
            println!("{}", messages.text("en", &format!("tips-closed-{}", why.name()), []));
        }
    }
    Ok(())
}

async fn sign(app: &App, file: &Path, from_stdin: bool) -> Result<(), Failure> {
    let closed = fs::read(file).map_err(|e| Failure::new(format!("{} cannot be read: {e}", file.display())))?;
    let passphrase = normal(&passphrase("The newsroom key's passphrase: ", from_stdin)?);
    let key = Lock::of(&passphrase, &closed)
        .and_then(|lock| NewsroomKey::open(&lock, &closed))
        .map_err(|e| Failure::new(format!("{} cannot be opened: {e}", file.display())))?;
    let now = app.now();
    let draft = app.db.read(move |conn| keys::propose(conn, now)).await?;
    println!("Desks: {}", draft.desks.iter().map(|desk| desk.name.as_str()).collect::<Vec<_>>().join(", "));
    let people = app.db.read(onrecord_accounts::store::staff::list).await?;
    for listed in &draft.keys {
        let whose = people.iter().find(|p| keys::journalist(&p.id).is_ok_and(|id| id == listed.card.journalist));
        let email = whose.map_or("?", |person| person.email.as_str());
        println!("  {}  {email}  {} desks", listed.card.epoch, listed.desks.len());
    }
    let signed = draft.sign(&key).map_err(|e| Failure::new(e.to_string()))?;
    keys::accept(app, signed).await?;
    let until = today(app).plus(keys::LIST_DAYS);
    println!("Signed, and in use until {}. Fingerprint: {}", until.text(), key.public().fingerprint());
    Ok(())
}

fn month(text: &str) -> Result<Epoch, String> {
    Epoch::parse(text).ok_or_else(|| "write a month, such as 2026-11".into())
}
