//! `onrecord next --explain SLUG`: what stands after a story, and why.

use std::{io::Write, process::ExitCode};

use onrecord_base::App;
use onrecord_next::{Scored, load, rank::signals::Signal, store, trial::of_pages};
use onrecord_stories::published::{self, Resolved};

use crate::{config::Config, failure::Failure};

/// Say what to read after a story, and why.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  onrecord --data news next --explain harbour-wall
  onrecord --data news next --explain /town/harbour-wall --ranker learning --most 50

Each line is a candidate with what each signal adds to its score and its share of all that speaks for or against it. First
come those that stand on the story's page, by their places: an editor's pins, at most two of five from one section, and as
the first none that leads back here in fewer than ten steps. The others follow, the best first. First links are settled as
a server settles them that is started now; one that has run for long may have kept another.")]
pub struct NextArgs {
    /// The story: its slug, or its address.
    #[arg(long, value_name = "SLUG")]
    explain: String,
    /// Candidates to print.
    #[arg(long, value_name = "COUNT", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=500))]
    most: u16,
    /// Another ranker than the newsroom's: chosen, learning or newest.
    #[arg(long, value_name = "NAME", value_parser = ["chosen", "learning", "newest"])]
    ranker: Option<String>,
}

/// Prints it.
///
/// # Errors
/// If there is no newsroom, or no such story.
pub async fn run(args: NextArgs, config: Config) -> Result<ExitCode, Failure> {
    let app = super::open(config).await?;
    let story = find(&app, &args.explain).await?;
    let (settings, trial) = app.db.read(|conn| Ok((store::settings::site(conn)?, store::trials::open(conn)?))).await?;
    let ranker = args.ranker.as_deref().and_then(onrecord_next::Ranker::parse);
    let ranker = ranker.unwrap_or_else(|| of_pages(trial.as_ref(), &settings));
    let mut model = load(&app).await?;
    let now = app.now();
    let (mut candidates, others) = model.weighed(&story, ranker, settings.links(), usize::from(args.most), now);
    let shown = candidates.len();
    candidates.extend(others);
    candidates.truncate(usize::from(args.most));
    let ids: Vec<String> = candidates.iter().map(|one| one.id.clone()).collect();
    let cards =
        app.db.read(move |conn| published::cards_by_id(conn, &ids.iter().map(String::as_str).collect::<Vec<_>>()));
    let cards = cards.await?;
    let path = |id: &str| cards.iter().find(|card| card.id == id).map_or("?", |card| card.path.as_str()).to_owned();
    let mut out = std::io::stdout().lock();
    let mut print = || -> std::io::Result<()> {
        writeln!(out, "{} stories, ranker {}, {} candidates shown", model.len(), ranker.name(), candidates.len())?;
        for (at, one) in candidates.iter().enumerate() {
            let place = if at < shown { format!("{:>2}", at + 1) } else { "  ".into() };
            writeln!(
                out,
                "{place} {:>7.3}  {}{}",
                one.score,
                path(&one.id),
                if one.pinned { "  (pinned)" } else { "" }
            )?;
            writeln!(out, "            {}", parts(one))?;
        }
        Ok(())
    };
    // Whoever has read enough closes the pipe.
    let _ = print();
    Ok(ExitCode::SUCCESS)
}

/// What each signal adds, strongest first, and its share.
fn parts(one: &Scored) -> String {
    let all: f64 = one.parts.iter().map(|part| part.abs()).sum();
    let mut parts: Vec<(&str, f64)> = Signal::ALL.iter().map(|s| (s.name(), one.parts[*s as usize])).collect();
    parts.retain(|(_, part)| part.abs() > 0.0005);
    parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let share = |part: f64| part.abs() / all.max(f64::MIN_POSITIVE) * 100.0;
    let said: Vec<String> =
        parts.iter().map(|(name, part)| format!("{name} {part:+.3} ({:.0} %)", share(*part))).collect();
    if said.is_empty() { "nothing speaks for or against it".into() } else { said.join("  ") }
}

async fn find(app: &App, named: &str) -> Result<String, Failure> {
    let typed = named.trim().to_owned();
    let found = app.db.read(move |conn| {
        if typed.starts_with('/')
            && let Some(Resolved::Story(id)) = published::resolve(conn, &typed)?
        {
            return Ok(vec![id]);
        }
        store::facts::by_slug(conn, typed.trim_matches('/'))
    });
    match &found.await?[..] {
        [id] => Ok(id.clone()),
        [] => {
            Err(Failure::new(format!("no published story is called {named}. Give its slug, or its address from / on.")))
        }
        _ => Err(Failure::new(format!("more than one story is called {named}. Give its address from / on."))),
    }
}
