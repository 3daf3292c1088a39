//! The wiring: which areas there are, and how they are put together.

use std::{
    fs,
    net::{IpAddr, SocketAddr},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    time::Duration,
};

use axum::{Router, http::StatusCode, middleware};
use onrecord_base::{
    App, Clock, DataDir, Db, Error, Settings, Target, fetch::Reach, jobs::Registry, views::Templates, web,
};
use onrecord_site::Edition;
use onrecord_stories::Checks;
use tower_http::{
    catch_panic::CatchPanicLayer,
    timeout::{RequestBodyTimeoutLayer, TimeoutLayer},
};

use crate::{assets, config::Config, failure::Failure};

/// The desk's templates of all areas.
pub const TEMPLATES: &[Templates] = &[
    web::errors::TEMPLATES,
    onrecord_accounts::TEMPLATES,
    onrecord_media::TEMPLATES,
    onrecord_stories::TEMPLATES,
    onrecord_record::TEMPLATES,
    onrecord_comments::TEMPLATES,
    onrecord_search::TEMPLATES,
    onrecord_next::TEMPLATES,
    onrecord_tips::TEMPLATES,
    onrecord_site::TEMPLATES,
];

/// How long the body of a request may pause. A slow line still delivers something in this time; who holds a connection
/// open on purpose does not.
const PAUSE: Duration = Duration::from_secs(20);

/// How long a request may take in all: the largest picture (25 MB) over a line of 50 kB a second.
const LONGEST: Duration = Duration::from_secs(600);
/// How long a tip may take: 500 MB over a Tor circuit of 100 kB a second.
const LONGEST_TIP: Duration = Duration::from_secs(5400);

/// Looks whether there is a newsroom, without changing anything.
///
/// # Errors
/// If there is none.
pub fn find(config: &Config) -> Result<(), Failure> {
    let folder = config.data.path().display();
    if !config.data.path().is_dir() {
        return Err(Failure::new(format!("there is no newsroom in {folder}. Make one: onrecord init {folder}")));
    }
    match &config.target {
        Target::Sqlite(file) if !file.exists() => Err(Failure::new(format!(
            "{folder} holds no newsroom (no {}). Make one: onrecord init {folder}",
            file.display()
        ))),
        Target::Sqlite(file) if fs::metadata(file).is_ok_and(|meta| meta.is_file() && meta.len() == 0) => Err(
            Failure::new(format!("the database {} is empty. Make a newsroom: onrecord init {folder}", file.display())),
        ),
        _ => Ok(()),
    }
}

/// Opens an existing newsroom and brings its schema up to date.
///
/// # Errors
/// If there is none, or it cannot be opened.
pub async fn open(config: Config) -> Result<App, Failure> {
    find(&config)?;
    let db = Db::open(&config.target).await?;
    if db.schema().await?.applied == 0 {
        let folder = config.data.path().display();
        return Err(Failure::new(format!("the database is empty. Make a newsroom: onrecord init {folder}")));
    }
    furnish(config, db).await
}

/// Opens a newsroom, making what is not there yet.
///
/// # Errors
/// If the folder cannot be written or the database cannot be opened.
pub async fn create(config: Config) -> Result<App, Failure> {
    folder(&config.data)?;
    let db = Db::open(&config.target).await?;
    if let Target::Sqlite(file) = &config.target {
        // A folder that was there before may be open to others; SQLite gives its other files the mode of this one.
        fs::set_permissions(file, fs::Permissions::from_mode(0o600))
            .map_err(|e| Failure::new(format!("{} cannot be kept from others: {e}", file.display())))?;
    }
    furnish(config, db).await
}

/// Refuses a folder that holds something other than a newsroom: whoever names one has mistyped it.
///
/// # Errors
/// With what lies there.
pub fn vacant(data: &DataDir) -> Result<(), Failure> {
    let Ok(entries) = fs::read_dir(data.path()) else { return Ok(()) };
    let names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    // The configuration may be written before; a freshly formatted disk has its own folder; what lies beside a database
    // is a newsroom that was begun.
    let ours = |name: &String| name == crate::config::FILE || name == "lost+found";
    let database = data.database().file_name().map(|name| name.to_string_lossy().into_owned());
    match names.iter().find(|name| !ours(name)) {
        Some(other) if !names.iter().any(|name| Some(name) == database.as_ref()) => Err(Failure::new(format!(
            "{} holds other files, {other} among them. Give a new folder, or an empty one.",
            data.path().display()
        ))),
        _ => Ok(()),
    }
}

/// Makes the newsroom's folder, if it is not there.
///
/// # Errors
/// If it cannot be made.
pub fn folder(data: &DataDir) -> Result<(), Failure> {
    let folder = data.path();
    // What is inside is nobody else's business: hashes of passwords, unpublished stories.
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|e| Failure::new(format!("{} cannot be made: {e}", folder.display())))
}

async fn furnish(config: Config, db: Db) -> Result<App, Failure> {
    fs::create_dir_all(config.data.media())
        .map_err(|e| Failure::new(format!("{} cannot be written: {e}", config.data.media().display())))?;
    for name in db.migrate().await? {
        tracing::debug!(name, "migrated");
    }
    Ok(App::new(db, config.data, Clock::system(), TEMPLATES).await?)
}

/// While the public address is still this machine's own, nobody has set one: then it is where we listen, so that links in
/// feeds, site maps and mails can be opened.
///
/// # Errors
/// If the settings cannot be kept.
pub async fn settle_address(app: &App, listening: SocketAddr) -> Result<(), Failure> {
    let settings = app.settings();
    if !is_own(&settings.base_url) {
        return Ok(());
    }
    let host = match listening.ip().is_unspecified() {
        true => format!("localhost:{}", listening.port()),
        false => listening.to_string(),
    };
    let base_url = format!("http://{host}");
    if settings.base_url != base_url {
        app.save_settings(Settings { base_url, ..(*settings).clone() }).await?;
    }
    Ok(())
}

/// An address that nobody elsewhere can open.
fn is_own(base_url: &str) -> bool {
    let Some(rest) = base_url.strip_prefix("http://") else { return false };
    let host = rest.rsplit_once(':').map_or(rest, |(host, _)| host).trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// What must hold before a story is published.
fn checks() -> Checks {
    Checks::new(vec![Box::new(onrecord_record::Gate)])
}

/// The work that areas do by themselves.
pub fn jobs() -> Registry {
    let mut registry = Registry::new();
    onrecord_accounts::jobs(&mut registry);
    onrecord_media::jobs(&mut registry);
    onrecord_stories::jobs(&mut registry, checks());
    onrecord_record::jobs(&mut registry);
    onrecord_comments::jobs(&mut registry);
    onrecord_tips::jobs(&mut registry);
    onrecord_site::tell::jobs(&mut registry, Reach::Public);
    registry
}

/// All routes behind the edition.
pub fn router(app: App, edition: &Edition, search: onrecord_search::Search, guard: onrecord_tips::Guard) -> Router {
    Router::new()
        .merge(onrecord_accounts::routes())
        .merge(onrecord_media::routes())
        .merge(onrecord_stories::routes_with(checks()))
        .merge(onrecord_record::routes())
        .merge(onrecord_comments::routes(onrecord_site::pages::frame(edition)))
        .merge(onrecord_search::routes(onrecord_site::pages::frame(edition), search))
        .merge(onrecord_next::routes(edition.next()))
        .merge(onrecord_tips::desk_routes().layer(axum::Extension(guard.clone())))
        .merge(assets::routes())
        .merge(onrecord_site::routes(edition))
        .layer(RequestBodyTimeoutLayer::new(PAUSE))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, LONGEST))
        .layer(middleware::from_fn(web::same_origin::require))
        .merge(tips(edition, guard))
        .layer(middleware::from_fn_with_state(app.clone(), web::errors::pages))
        .layer(CatchPanicLayer::custom(|panic: Box<dyn std::any::Any + Send>| {
            let cause = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
            let cause = cause.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
            axum::response::IntoResponse::into_response(Error::internal(format!("a handler panicked: {cause}")))
        }))
        .layer(middleware::from_fn(onrecord_tips::unkept))
        .layer(middleware::from_fn(web::headers::add))
        .with_state(app)
}

/// The pages of sources. They read no cookie, so that no request to them can be forged in somebody's name, and a browser
/// that says nowhere where it comes from is welcome; and they have time.
fn tips(edition: &Edition, guard: onrecord_tips::Guard) -> Router<App> {
    onrecord_tips::routes(onrecord_site::pages::frame(edition), guard)
        .layer(RequestBodyTimeoutLayer::new(PAUSE))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, LONGEST_TIP))
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn an_address_that_somebody_set_is_left_alone() {
        assert!(
            ["http://localhost:8080", "http://127.0.0.1:9000", "http://[::1]:80", "http://localhost"]
                .into_iter()
                .all(is_own)
        );
        assert!(
            ["https://news.example", "http://news.example:8080", "https://localhost", "http://10.0.0.7"]
                .into_iter()
                .all(|u| !is_own(u))
        );
    }
}
