//! The site's own frame around what an area has to say to readers.
//!
//! The site's theme stands further along the road than the areas that need it; so the binary hands in the way to it, and
//! an area renders only what stands inside.

use std::{future::Future, pin::Pin, sync::Arc};

use axum::response::Response;
use http::StatusCode;

use crate::{App, Result};

/// What is to be framed.
#[derive(Debug, Clone)]
pub struct Framed {
    /// Whose page it is: `comments`, `tips`. What only one area needs (its style, its script) stands in no other's pages.
    pub area: &'static str,
    /// The status of the answer.
    pub status: StatusCode,
    /// The page's title.
    pub title: String,
    /// What stands in the page's main part, as HTML.
    pub html: String,
}

type Answer = Pin<Box<dyn Future<Output = Result<Response>> + Send>>;

/// The way into the frame. Cheap to clone.
#[derive(Clone)]
pub struct Frame(Arc<dyn Fn(App, Framed) -> Answer + Send + Sync>);

impl Frame {
    /// A frame that `make` puts around.
    pub fn new<F, Fut>(make: F) -> Frame
    where
        F: Fn(App, Framed) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Response>> + Send + 'static,
    {
        Frame(Arc::new(move |app, framed| Box::pin(make(app, framed))))
    }

    /// Puts it around.
    ///
    /// # Errors
    /// If the frame's template fails.
    pub async fn around(&self, app: &App, framed: Framed) -> Result<Response> {
        (self.0)(app.clone(), framed).await
    }
}
