//! `onrecord tips …`: the tip line from a terminal, on the newsroom's folder or a copy of it, with or without a server.

mod keys;
mod page;

use std::{
    io::{IsTerminal, Read, Write},
    path::PathBuf,
    process::ExitCode,
};

use onrecord_accounts::{Staff, store::staff};
use onrecord_base::{App, fetch::Reach};
use onrecord_tips::{
    Day, Kind, Tip, erase,
    offline::{Opened, Reader, Standing},
    store::{desks, tips},
};

use self::{keys::Keys, page::VerifyPage};
use crate::{config::Config, failure::Failure};

/// The tip line: keys, reading, answering, erasing.
#[derive(Debug, clap::Subcommand)]
#[command(after_help = "Examples:
  onrecord --data news tips init --key newsroom.key --desk Investigations --member ana@example.org
  onrecord --data news tips keys make --as ana@example.org
  onrecord --data news tips keys sign --key newsroom.key
  onrecord --data copy-of-news tips read 4fe1 --as ana@example.org
  onrecord tips verify-page https://news.example --fingerprint \"1f2e 3d4c …\"

Everything but verify-page works on the folder itself: on a copy of it too, on a machine without a network.")]
pub enum Tips {
    /// Make the newsroom's key and the first desks, or add desks and people
    #[command(after_help = keys::INIT)]
    Init(keys::Init),
    /// Journalists' keys, and the signed list of them
    #[command(subcommand)]
    Keys(Keys),
    /// All tips, with what the server knows of them
    #[command(after_help = "Example:\n  onrecord --data news tips list")]
    List,
    /// Open a tip and print it
    #[command(after_help = "Example:\n  onrecord --data news tips read 4fe1 --as ana@example.org")]
    Read {
        /// The tip's id, or its beginning.
        tip: String,
        #[command(flatten)]
        who: Who,
    },
    /// Answer a source: the text comes from the standard input
    #[command(after_help = "Examples:
  onrecord --data news tips reply 4fe1 --as ana@example.org < answer.txt
  onrecord --data news tips reply 4fe1 --as ana@example.org --file map.pdf < answer.txt
  onrecord --data news tips reply 4fe1 --as ana@example.org --note < what-we-found.txt

Files are sent as they are: onrecord strip makes a copy without what names their maker.")]
    Reply {
        /// The tip's id, or its beginning.
        tip: String,
        #[command(flatten)]
        who: Who,
        /// A note for the desk instead, which the source never sees.
        #[arg(long)]
        note: bool,
        /// What the tip is a confidential source of, such as story/0192abcd-…: sealed in the tip, and nowhere else.
        #[arg(long, value_name = "STORY", conflicts_with = "note", value_parser = linked)]
        link: Option<String>,
        /// A file to send with it; may be given more than once.
        #[arg(long, value_name = "FILE")]
        file: Vec<PathBuf>,
    },
    /// Open a tip and write its texts and files into a new folder
    #[command(after_help = "Example:
  onrecord --data news tips export 4fe1 --as ana@example.org --to tip-4fe1

The files are written as the source sent them: they may hold what harms whoever opens them, and what names the source.")]
    Export {
        /// The tip's id, or its beginning.
        tip: String,
        #[command(flatten)]
        who: Who,
        /// A folder that is not there yet.
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
    },
    /// Erase a tip, or destroy the whole line
    #[command(after_help = "Examples:
  onrecord --data news tips destroy 4fe1
  onrecord --data news tips destroy --everything --yes

Backups and copies of the disk are not reached: destroy them too. In them tips are sealed, and open with the closed keys of
the same copy and a journalist's passphrase.")]
    Destroy {
        /// The tip's id, or its beginning.
        #[arg(required_unless_present = "everything", conflicts_with = "everything")]
        tip: Option<String>,
        /// All keys, all tips, all lists, the desks and the line's settings.
        #[arg(long)]
        everything: bool,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
    /// Look from outside whether a site's tip page is the one this program would serve, with the keys the newsroom signed
    #[command(after_help = page::HELP)]
    VerifyPage(VerifyPage),
}

/// Whose keys open it.
#[derive(Debug, clap::Args)]
pub struct Who {
    /// The journalist's address.
    #[arg(long = "as", value_name = "EMAIL")]
    email: String,
    /// Read the passphrase from the first line of the standard input.
    #[arg(long)]
    passphrase_stdin: bool,
}

impl Tips {
    /// Does it.
    pub async fn run(self, config: impl FnOnce() -> Result<Config, Failure>) -> Result<ExitCode, Failure> {
        let command = match self {
            Tips::VerifyPage(args) => return args.run().await,
            command => command,
        };
        let app = super::open(config()?).await?;
        match command {
            Tips::Init(args) => args.run(&app).await?,
            Tips::Keys(args) => args.run(&app).await?,
            Tips::List => list(&app).await?,
            Tips::Read { tip, who } => read(&app, &tip, &who).await?,
            Tips::Reply { tip, who, note, link, file } => {
                let kind = if note { Kind::Note } else { link.as_ref().map_or(Kind::Reply, |_| Kind::Link) };
                reply(&app, &tip, &who, kind, link, &file).await?;
            }
            Tips::Export { tip, who, to } => {
                let reader = who.unlock(&app).await?;
                let written = reader.export(&app, &find(&app, &tip).await?.id, &to).await?;
                println!("{} files are in {}. They lie there in the open.", written.len(), to.display());
            }
            Tips::Destroy { tip, everything, yes } => destroy(&app, tip, everything, yes).await?,
            Tips::VerifyPage(_) => {}
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Who {
    async fn unlock(&self, app: &App) -> Result<Reader, Failure> {
        let person = person(app, &self.email).await?;
        let passphrase = passphrase(&format!("Passphrase of {}: ", self.email), self.passphrase_stdin)?;
        Ok(Reader::unlock(app, &person.id, &passphrase).await?)
    }
}

async fn list(app: &App) -> Result<(), Failure> {
    let (tips, desks) = app.db.read(|conn| Ok((tips::all(conn)?, desks::all(conn)?))).await?;
    if tips.is_empty() {
        println!("There are no tips.");
    }
    for Tip { id, desk_id, channel, state, last_day, unread, .. } in tips {
        let desk = desks.iter().find(|desk| desk.id == desk_id).map_or("", |desk| desk.name.as_str());
        let new = if unread { "unread" } else { "" };
        println!("{id}  {}  {:<9}  {:<5}  {:<6}  {}", last_day.text(), state.name(), channel.name(), new, clean(desk));
    }
    Ok(())
}

async fn read(app: &App, tip: &str, who: &Who) -> Result<(), Failure> {
    let reader = who.unlock(app).await?;
    let (tip, opened) = reader.thread(app, &find(app, tip).await?.id).await?;
    println!("Tip {}, {}, {}", tip.id, tip.channel.name(), tip.state.name());
    for (place, Opened { message, index, from }) in opened.into_iter().enumerate() {
        println!("\n--- {} {place} of {}", message.kind.name(), message.day.text());
        if let Some(doubt) = from.map(Standing::doubt).filter(|doubt| !doubt.is_empty()) {
            println!("[{doubt}]");
        }
        match index {
            Ok(index) => {
                println!("{}", clean_lines(&index.text));
                for (name, value) in &index.facts {
                    println!("[{}: {}]", clean(name), clean(value));
                }
                for part in &index.parts {
                    println!("[file {} ({}), {} bytes]", clean(&part.name), clean(&part.media_type), part.length);
                }
            }
            Err(why) => println!("[cannot be opened: {why}]"),
        }
    }
    Ok(())
}

async fn reply(
    app: &App,
    tip: &str,
    who: &Who,
    kind: Kind,
    link: Option<String>,
    files: &[PathBuf],
) -> Result<(), Failure> {
    let reader = who.unlock(app).await?;
    let tip = find(app, tip).await?;
    if let Some(missing) = files.iter().find(|file| !file.is_file()) {
        return Err(Failure::new(format!("{} is not there, or no file; nothing was sent", missing.display())));
    }
    let text = match link {
        Some(link) => link,
        None => written()?,
    };
    if text.trim().is_empty() && files.is_empty() {
        return Err(Failure::new("there is nothing to send on the standard input"));
    }
    reader.write(app, &tip.id, kind, text.trim_end(), files).await?;
    println!(
        "{}",
        match kind {
            Kind::Note => "The note is kept, sealed.",
            Kind::Link => "The link is kept, sealed in the tip.",
            Kind::Reply | Kind::Tip => "The reply waits for the source, sealed.",
        }
    );
    Ok(())
}

/// What comes from the standard input.
fn written() -> Result<String, Failure> {
    if std::io::stdin().is_terminal() {
        eprintln!("Write, and end with Ctrl-D:");
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|e| Failure::new(e.to_string()))?;
    Ok(text)
}

/// A link as the desk's page writes it.
fn linked(text: &str) -> Result<String, String> {
    let id = text.split_once('/').filter(|(kind, _)| ["story", "quotation"].contains(kind)).map(|(_, id)| id);
    let is_id = |id: &str| id.len() == 36 && id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    id.filter(|id| is_id(id)).map(|_| text.to_owned()).ok_or_else(|| "write story/ID or quotation/ID".into())
}

async fn destroy(app: &App, tip: Option<String>, everything: bool, yes: bool) -> Result<(), Failure> {
    let tip = match tip {
        Some(tip) => Some(find(app, &tip).await?),
        None => None,
    };
    let what = match &tip {
        Some(tip) => format!("tip {}", tip.id),
        None if everything => "all keys, all tips and the line itself".to_owned(),
        None => return Err(Failure::new("say which tip, or --everything")),
    };
    if !yes {
        let word = ask(&format!("Type destroy to destroy {what}: "))?;
        if word.trim() != "destroy" {
            return Err(Failure::new("nothing was destroyed"));
        }
    }
    match tip {
        Some(tip) => erase::tip(app, &tip.id).await?,
        None => {
            let ended = erase::everything(app, Reach::Public).await?;
            if ended.copies > 0 {
                let copies = ended.copies;
                eprintln!(
                    "Copies of messages, recordings or calls that may still lie at the telephone provider: {copies}. Delete them there."
                );
            }
        }
    }
    println!("Destroyed: {what}. Backups and copies of the disk are not reached.");
    Ok(())
}

/// The only tip whose id begins so.
async fn find(app: &App, id: &str) -> Result<Tip, Failure> {
    let all = app.db.read(tips::all).await?;
    let mut found = all.into_iter().filter(|tip| tip.id.starts_with(id));
    match (found.next(), found.next()) {
        (Some(tip), None) => Ok(tip),
        (None, _) => Err(Failure::new(format!("there is no tip {id}; see onrecord tips list"))),
        (Some(_), Some(_)) => Err(Failure::new(format!("more than one tip begins with {id}"))),
    }
}

/// Somebody of the staff, by address.
async fn person(app: &App, email: &str) -> Result<Staff, Failure> {
    let wanted = email.to_owned();
    let found = app.db.read(move |conn| staff::by_email(conn, &wanted)).await?;
    found.ok_or_else(|| Failure::new(format!("nobody here has the address {email}; see onrecord staff list")))
}

/// A passphrase, from the terminal or the first line of the standard input.
fn passphrase(prompt: &str, from_stdin: bool) -> Result<String, Failure> {
    if from_stdin {
        return line();
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::new("the passphrase is missing: give it with --passphrase-stdin"));
    }
    rpassword::prompt_password(prompt).map_err(|e| Failure::new(e.to_string()))
}

/// A new passphrase; asked for twice where somebody types it.
fn new_passphrase(prompt: &str, from_stdin: bool) -> Result<String, Failure> {
    let first = passphrase(prompt, from_stdin)?;
    if !from_stdin && passphrase("Once more: ", false)? != first {
        return Err(Failure::new("the two passphrases differ; nothing was made"));
    }
    Ok(first)
}

/// One line, byte by byte: what stands behind it is somebody else's.
fn line() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let mut one = [0];
    let mut input = std::io::stdin().lock();
    while input.read(&mut one).map_err(|e| Failure::new(e.to_string()))? == 1 && one[0] != b'\n' {
        bytes.push(one[0]);
    }
    let text = String::from_utf8(bytes).map_err(|_| Failure::new("the passphrase is not text in UTF-8"))?;
    Ok(text.trim_end_matches('\r').to_owned())
}

fn ask(prompt: &str) -> Result<String, Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::new("this needs an answer: give --yes, or call it in a terminal"));
    }
    eprint!("{prompt}");
    let _ = std::io::stderr().flush();
    line()
}

/// What a source wrote, without what would move the cursor or colour the terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

fn clean_lines(text: &str) -> String {
    text.lines().map(|line| clean(&line.replace('\t', "    "))).collect::<Vec<_>>().join("\n")
}

/// Today, for months and lists.
fn today(app: &App) -> Day {
    Day::of(app.now())
}
