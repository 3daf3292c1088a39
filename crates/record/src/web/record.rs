//! `/desk/stories/{id}/record`: what a story's people said, and how we know.

use axum::Router;
use onrecord_base::App;

pub(super) fn routes() -> Router<App> {
    Router::new()
}
