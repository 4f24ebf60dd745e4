//! From a request to who answers it.

use std::sync::Arc;

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{Method, Request, Response, StatusCode, Version, header};
use serde::Serialize;

use super::desk::Desk;
use super::mark::OWN;
use super::media_type::JSON;
use super::{events, media_type, open, page, reply};
use crate::diag::{Diagnostic, Severity};

/// The script that the marked line loads.
const SCRIPT: &str = include_str!("live.js");

/// Answers a request; `is_here` says whether it comes from this machine.
pub(super) async fn answer(
    desk: Arc<Desk>,
    request: Request<Body>,
    is_here: bool,
) -> Response<Body> {
    let (request, body) = request.into_parts();
    let mut response = match refusal(&desk, &request) {
        Some(refusal) => refusal,
        None => match request.uri.path().strip_prefix(OWN) {
            Some("open") if !is_here => {
                reply::refuse(StatusCode::FORBIDDEN, "only on the machine that the site is on")
            }
            Some(name) => own(&desk, (name, &request), body).await,
            None if is_reading(&request.method) => page::answer(&desk, &request).await,
            None => reply::wrong_method("GET, HEAD"),
        },
    };
    // A page names the state that it is from, which may have been followed by another.
    if let Some(show) = desk.show().filter(|_| !response.headers().contains_key(reply::STATE)) {
        reply::name_state(response.headers_mut(), show.as_ref());
    }
    if request.method == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
}

/// Whether a method changes nothing.
fn is_reading(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

/// Why a request is not for this server at all.
fn refusal(desk: &Desk, request: &Parts) -> Option<Response<Body>> {
    let hosts = &desk.setup.hosts;
    let mut named = request.headers.get_all(header::HOST).iter();
    let (host, more) = (named.next(), named.next());
    if more.is_some() || (host.is_none() && request.version == Version::HTTP_11) {
        return Some(reply::refuse(StatusCode::BAD_REQUEST, "name one host"));
    }
    let is_own = host.is_none_or(|host| host.to_str().is_ok_and(|host| hosts.has(host)));
    let is_meant = request.uri.authority().is_none_or(|authority| hosts.has(authority.as_str()));
    let words = "this host is not served here; `--host` says which is";
    (!is_own || !is_meant).then(|| reply::refuse(StatusCode::MISDIRECTED_REQUEST, words))
}

/// Answers what is not part of the site.
async fn own(desk: &Arc<Desk>, (name, request): (&str, &Parts), body: Body) -> Response<Body> {
    let is_reading = is_reading(&request.method);
    match name {
        "open" if request.method == Method::POST => open::answer(desk, request, body).await,
        "open" => reply::wrong_method("POST"),
        "live.js" | "state" | "events" if !is_reading => reply::wrong_method("GET, HEAD"),
        "live.js" => {
            let builder = reply::begin(StatusCode::OK, media_type::of(name));
            reply::whole(builder, SCRIPT.as_bytes().to_vec())
        }
        "state" => reply::whole(reply::begin(StatusCode::OK, JSON), state(desk)),
        "events" => events::answer(desk, request.uri.query().unwrap_or_default()),
        _ => reply::refuse(StatusCode::NOT_FOUND, "nothing here"),
    }
}

/// Where the server stands. Field names are part of the interface.
#[derive(Serialize)]
struct State {
    /// The state of the files that is served; nothing before the first build is done.
    state: Option<String>,
    /// Whether everything is said about that state.
    complete: bool,
    /// Findings that keep it from being published.
    errors: usize,
    /// Findings that `--strict` counts.
    warnings: usize,
    /// Findings for which time has passed.
    overdue: usize,
    /// Advice.
    hints: usize,
}

/// Where the server stands, as JSON.
fn state(desk: &Desk) -> Vec<u8> {
    let state = desk.show().map(|show| show.state());
    let findings = desk.raw.borrow().clone();
    let notes: &[Diagnostic] = findings.as_ref().map_or(&[], |findings| &findings.diagnostics);
    let count = |severity| notes.iter().filter(|note| note.severity == severity).count();
    let is_of = |state| findings.as_ref().is_some_and(|f| f.is_complete && f.state == state);
    let state = State {
        state: state.map(|state| state.to_string()),
        complete: state.is_some_and(is_of),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        overdue: count(Severity::Overdue),
        hints: count(Severity::Hint),
    };
    serde_json::to_vec(&state).expect("texts and numbers can be written as JSON")
}
