//! Opening a file in the editor, asked for by a page.
//!
//! Only a page that the server itself answered with can ask: another would need its leave to send
//! the header, and never gets it. What is opened must be a file of the site.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use serde::Deserialize;
use tokio::time::timeout;

use super::desk::{Desk, Purpose};
use super::{mark, reply};
use crate::path::RelPath;

/// A request has no more bytes than this.
const LARGEST: usize = 4096;

/// So long it may take to send them.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is to be opened.
#[derive(Deserialize)]
struct Place {
    /// The file.
    path: String,
    /// The line, from 1.
    #[serde(default = "first")]
    line: usize,
    /// The column, from 1.
    #[serde(default = "first")]
    column: usize,
}

/// Where one begins to count.
fn first() -> usize {
    1
}

/// Opens what is asked for.
pub(super) async fn answer(desk: &Arc<Desk>, request: &Parts, body: Body) -> Response<Body> {
    if !request.headers.contains_key(mark::HEADER) {
        return reply::refuse(StatusCode::FORBIDDEN, "only the site's own pages may do this");
    }
    let body = match timeout(PATIENCE, to_bytes(body, LARGEST)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return reply::refuse(StatusCode::PAYLOAD_TOO_LARGE, "too much"),
        Err(_) => return reply::refuse(StatusCode::REQUEST_TIMEOUT, "too slow"),
    };
    let Ok(place) = serde_json::from_slice::<Place>(&body) else {
        return reply::refuse(StatusCode::BAD_REQUEST, "`path`, `line` and `column` are needed");
    };
    let open = desk.setup.open.clone();
    let path = RelPath::new(&place.path);
    let opened = desk.work(Purpose::Read, move || open(&path, place.line, place.column)).await;
    match opened {
        Ok(Ok(())) => {
            reply::finish(Response::builder().status(StatusCode::NO_CONTENT), Body::empty())
        }
        Ok(Err(error)) if error.kind() == io::ErrorKind::NotFound => {
            reply::refuse(StatusCode::NOT_FOUND, "no file of the site")
        }
        Ok(Err(error)) => reply::refuse(StatusCode::BAD_GATEWAY, &error.to_string()),
        Err(_) => reply::refuse(StatusCode::INTERNAL_SERVER_ERROR, "opening broke off"),
    }
}
