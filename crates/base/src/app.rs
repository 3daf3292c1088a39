//! The handle every handler and job holds.

use std::{
    ops::Deref,
    path::{Path, PathBuf},
    sync::Arc,
};

use arc_swap::ArcSwap;

use crate::{
    Clock, Db, Random, Result, Settings, Time,
    messages::Messages,
    settings,
    views::{Templates, Views},
    web::limits::Limits,
};

/// The newsroom's parts, shared by all requests and jobs. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<AppParts>);

/// What [`App`] holds.
pub struct AppParts {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// Ids and secrets.
    pub random: Random,
    /// The data folder.
    pub data: DataDir,
    /// Interface texts.
    pub messages: Arc<Messages>,
    /// The desk's templates.
    pub views: Views,
    /// Rate limits.
    pub limits: Limits,
    settings: ArcSwap<Settings>,
}

impl App {
    /// Puts the parts together and reads the settings; the database must be migrated.
    ///
    /// # Errors
    /// If the settings cannot be read or a template cannot be parsed.
    pub async fn new(db: Db, data: DataDir, clock: Clock, templates: &[Templates]) -> Result<App> {
        let messages = Arc::new(Messages::built_in());
        let settings = db.read(settings::load).await?;
        Ok(App(Arc::new(AppParts {
            views: Views::new(templates, messages.clone())?,
            settings: ArcSwap::from_pointee(settings),
            db,
            clock,
            random: Random::default(),
            data,
            messages,
            limits: Limits::default(),
        })))
    }

    /// Now.
    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// A new id.
    pub fn id(&self) -> String {
        self.random.id(self.now())
    }

    /// The settings as this node knows them.
    pub fn settings(&self) -> Arc<Settings> {
        self.settings.load_full()
    }

    /// Reads the settings again; called when the log says they changed.
    ///
    /// # Errors
    /// As [`settings::load`].
    pub async fn reload_settings(&self) -> Result<()> {
        self.settings.store(Arc::new(self.db.read(settings::load).await?));
        Ok(())
    }

    /// Keeps new settings and uses them at once.
    ///
    /// # Errors
    /// As [`settings::save`].
    pub async fn save_settings(&self, new: Settings) -> Result<()> {
        let now = self.now();
        let kept = new.clone();
        self.db.write(move |conn| settings::save(conn, &kept, now)).await?;
        self.settings.store(Arc::new(new));
        Ok(())
    }
}

impl Deref for App {
    type Target = AppParts;

    fn deref(&self) -> &AppParts {
        &self.0
    }
}

/// The folder a newsroom lives in.
#[derive(Debug, Clone)]
pub struct DataDir {
    path: PathBuf,
    lasting: bool,
}

impl DataDir {
    /// A folder that exists or will.
    pub fn new(path: impl Into<PathBuf>) -> DataDir {
        DataDir { path: path.into(), lasting: true }
    }

    /// A folder that ends with this process, so that nothing in it need outlive a power cut.
    pub fn temporary(path: impl Into<PathBuf>) -> DataDir {
        DataDir { path: path.into(), lasting: false }
    }

    /// Whether what is written must be on the disk before it is said to be kept.
    pub fn is_lasting(&self) -> bool {
        self.lasting
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The embedded database's file.
    pub fn database(&self) -> PathBuf {
        self.path.join("onrecord.sqlite")
    }

    /// Pictures and files, by content hash.
    pub fn media(&self) -> PathBuf {
        self.path.join("media")
    }

    /// The operator's own theme, if there is one.
    pub fn theme(&self) -> PathBuf {
        self.path.join("theme")
    }

    /// Held while a server runs on this folder.
    pub fn lock(&self) -> PathBuf {
        self.path.join("lock")
    }
}
