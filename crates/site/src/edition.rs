//! The edition: the public pages, made once, compressed once, held in memory.

pub mod ask;
pub mod deps;
pub mod encode;
mod flights;
mod follow;
mod improve;
pub(crate) mod kept;
pub mod page;
mod press;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use onrecord_base::{App, Error, Result, changes};
use onrecord_next::Next;
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore, watch},
};

use self::{
    ask::{Ask, Coding},
    flights::Flights,
    kept::Kept,
    page::{Draft, Page},
    press::Press,
};
use crate::{
    pages::{self, Made, address::Address},
    theme::Themes,
};

/// Bytes of pages a node holds unless it is told otherwise.
pub const DEFAULT_BUDGET: u64 = 64 * 1024 * 1024;

/// The edition. Cheap to clone.
#[derive(Clone)]
pub struct Edition(Arc<Inner>);

struct Inner {
    app: App,
    kept: Kept,
    flights: Flights<Found>,
    themes: Arc<Themes>,
    /// What to read after each story.
    next: Next,
    /// Where pages are made: never on a thread that answers readers.
    runtime: Handle,
    press: Press,
    /// Makings at once: more than the cores only take memory.
    makers: Arc<Semaphore>,
    /// Pages made so far.
    makings: AtomicU64,
    /// The last line of the log that was followed when the edition was opened.
    began_at: i64,
    /// The last line that was followed so far.
    seen: watch::Sender<i64>,
}

/// What stands at an address.
#[derive(Clone)]
enum Found {
    Page(Arc<Page>),
    Moved(Arc<str>),
    /// Nothing, with the status that says why.
    Nothing(StatusCode),
}

impl Edition {
    /// Opens an empty edition with room for `budget` bytes; [`Edition::follow`] keeps it true. To be called on the
    /// runtime that is to make the pages.
    ///
    /// # Errors
    /// If the log of changes cannot be read.
    pub async fn open(app: App, budget: u64) -> Result<Edition> {
        let began_at = app.db.read(changes::last).await?;
        let next = Next::start(&app).await;
        let themes = Arc::new(Themes::load(&app));
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Edition(Arc::new(Inner {
            app,
            kept: Kept::new(budget),
            flights: Flights::new(),
            themes,
            next,
            runtime: Handle::current(),
            press: Press::start(cores / 2)?,
            makers: Arc::new(Semaphore::new(cores + 1)),
            makings: AtomicU64::new(0),
            began_at,
            seen: watch::Sender::new(began_at),
        })))
    }

    /// The page at this very path, if it is in memory: the only thing most requests need.
    pub fn get(&self, path: &str) -> Option<Arc<Page>> {
        self.0.kept.get(path)
    }

    /// Answers a request for a public page: from memory, or by making it.
    pub async fn answer(&self, path: &str, query: Option<&str>, ask: &Ask<'_>) -> Response<Bytes> {
        let address = match Address::read(path, query) {
            Ok(address) => address,
            Err(moved) => {
                return match moved {
                    Some(to) => redirect(&to),
                    None => self.error(StatusCode::NOT_FOUND, ask).await,
                };
            }
        };
        match self.find(&address).await {
            Found::Page(page) => self.send(address.key(), &page, ask),
            Found::Moved(to) => redirect(&to),
            Found::Nothing(status) => self.error(status, ask).await,
        }
    }

    /// The page of an error (404, 410 or 500).
    pub async fn error(&self, status: StatusCode, ask: &Ask<'_>) -> Response<Bytes> {
        let address = Address::error(status);
        match self.find(&address).await {
            Found::Page(page) => self.send(address.key(), &page, ask),
            // Not even the page of the error can be made: say it in plain words.
            _ => {
                let mut response = Response::new(Bytes::from_static(b"Something broke on our side.\n"));
                *response.status_mut() = status;
                response
            }
        }
    }

    fn send(&self, key: &str, page: &Arc<Page>, ask: &Ask<'_>) -> Response<Bytes> {
        page.count();
        let response = page.answer(ask);
        // Somebody reads gzip here: keep it for the next one. Identity is rare enough to be made each time.
        if page.coding(ask) == Coding::Gzip && page.ready(Coding::Gzip).is_none() && !response.body().is_empty() {
            let with = page.with_gzip(response.body().clone());
            self.0.kept.replace(key, page, Arc::new(with));
        }
        response
    }

    async fn find(&self, address: &Address) -> Found {
        if let Some(page) = self.get(address.key()) {
            return Found::Page(page);
        }
        self.make(address, None).await
    }

    /// Makes a page, or joins who is making it. `before` is what stood there.
    async fn make(&self, address: &Address, before: Option<Arc<Page>>) -> Found {
        // Read before the data: a change from here on keeps the page out of the edition, if it shows what changed.
        let generation = self.0.kept.generation();
        let edition = self.clone();
        let wanted = address.clone();
        let made = self
            .0
            .flights
            .join(address.key(), generation, &self.0.runtime, move || async move {
                edition.make_now(wanted, generation, before).await.unwrap_or_else(|error| {
                    tracing::error!(%error, "a page could not be made");
                    Found::Nothing(StatusCode::INTERNAL_SERVER_ERROR)
                })
            })
            .await;
        made.unwrap_or(Found::Nothing(StatusCode::INTERNAL_SERVER_ERROR))
    }

    async fn make_now(&self, address: Address, generation: u64, before: Option<Arc<Page>>) -> Result<Found> {
        let inner = &self.0;
        let permit = inner.makers.clone().acquire_owned().await.map_err(|e| Error::internal(e.to_string()))?;
        inner.makings.fetch_add(1, Ordering::Relaxed);
        let made = pages::make(&inner.app, &inner.next, inner.themes.current(), &address).await?;
        match made {
            Made::Page(draft) => self.finish(address, draft, generation, before, permit).await,
            Made::Moved(to) => Ok(Found::Moved(to.into())),
            Made::Missing => Ok(Found::Nothing(StatusCode::NOT_FOUND)),
            Made::Gone => Ok(Found::Nothing(StatusCode::GONE)),
        }
    }

    async fn finish(
        &self,
        address: Address,
        draft: Draft,
        generation: u64,
        before: Option<Arc<Page>>,
        permit: OwnedSemaphorePermit,
    ) -> Result<Found> {
        let inner = &self.0;
        let now = inner.app.now();
        let press = move || {
            let _permit = permit;
            let page = Page::new(draft, now);
            Arc::new(match before {
                Some(before) => page.after(&before),
                None => page,
            })
        };
        let page = inner.press.run(press).await?;
        if page.status() != StatusCode::INTERNAL_SERVER_ERROR {
            inner.kept.keep(address.key(), page.clone(), generation);
        }
        Ok(Found::Page(page))
    }

    /// Bytes of pages in memory, and how many pages.
    pub fn size(&self) -> (u64, usize) {
        self.0.kept.size()
    }

    /// Pages made since the edition was opened.
    pub fn makings(&self) -> u64 {
        self.0.makings.load(Ordering::Relaxed)
    }

    /// The newsroom.
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// What to read after each story.
    pub fn next(&self) -> &Next {
        &self.0.next
    }

    /// The theme in use.
    pub fn themes(&self) -> &Arc<Themes> {
        &self.0.themes
    }
}

/// `301`, for addresses that moved for good.
fn redirect(to: &str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::MOVED_PERMANENTLY;
    let headers = response.headers_mut();
    for (name, value) in page::security() {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Moved stories may move again: others ask each time.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    if let Ok(to) = HeaderValue::from_str(to) {
        headers.insert(header::LOCATION, to);
    }
    response
}
