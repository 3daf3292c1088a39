//! The people who are quoted.

use axum::Router;
use onrecord_base::App;

pub(super) fn routes() -> Router<App> {
    Router::new()
}
