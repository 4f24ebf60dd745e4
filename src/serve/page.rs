//! Answers with what the site publishes.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body as Sending;
use axum::http::{HeaderMap, Response, StatusCode, header, request::Parts};
use tokio::time::timeout;

use super::address::{Found, find};
use super::desk::{Desk, Purpose};
use super::range::{self, Wanted};
use super::show::{Body, Piece, Show};
use super::stream::Stretch;
use super::{mark, media_type, own, reply, stream};

/// So long the state is waited for in which a file is published as it now is on disk.
const CATCHING_UP: Duration = Duration::from_secs(1);

/// So often is that tried. The last time, bytes that nobody announced are better than none.
const TRIES: usize = 3;

/// The answer to a request for a page or a file of the site.
pub(super) async fn answer(desk: &Arc<Desk>, request: &Parts) -> Response<Sending> {
    let mut feed = desk.feed.show.clone();
    for left in (0..TRIES).rev() {
        let show = feed.borrow_and_update().clone();
        let Some(show) = show else { return building(desk, request) };
        if let Some(mut response) = from(desk, (&show, left > 0), request).await {
            reply::name_state(response.headers_mut(), show.as_ref());
            return response;
        }
        // Nobody is told anything by whoever is gone; then this is tried again at once.
        let _ = timeout(CATCHING_UP, feed.changed()).await;
    }
    reply::refuse(StatusCode::SERVICE_UNAVAILABLE, "the file is being changed")
}

/// The answer while there is no site yet: a page for people, words for all else.
fn building(desk: &Desk, request: &Parts) -> Response<Sending> {
    let accepted = request.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    let is_page = accepted.is_none_or(|types| types == "*/*" || types.contains("html"));
    let (media_type, body) = match is_page {
        true => (media_type::HTML, own::building(own_tongue(desk, request))),
        false => (media_type::PLAIN, b"the site is being built\n".to_vec()),
    };
    let builder = reply::begin(StatusCode::SERVICE_UNAVAILABLE, media_type);
    reply::whole(builder.header(header::RETRY_AFTER, 1), body)
}

/// The answer from one state; `None` if a file is no longer as that state says, as far as that shows
/// before it is sent.
async fn from(
    desk: &Arc<Desk>,
    (show, is_strict): (&Arc<dyn Show>, bool),
    request: &Parts,
) -> Option<Response<Sending>> {
    let (asked, path) = (show.clone(), request.uri.path().to_owned());
    let found = desk.work(Purpose::Page, move || find(asked.as_ref(), &path)).await;
    let is_plain = request.headers.get(mark::HEADER).is_some_and(|value| value == "plain");
    match found {
        Ok(Found::Piece(route, piece)) => {
            let media_type = media_type::of(route.as_str());
            let is_text = matches!(piece.body, Body::Text(_));
            let is_marked = is_text && media_type == media_type::HTML && !is_plain;
            let asked = Asked { piece: &piece, media_type, is_marked, is_strict };
            with_piece(desk, asked, &request.headers).await
        }
        Ok(Found::Nothing(Some(Piece { body: Body::Text(text), print, is_old }))) => {
            let body = if is_plain { text.to_vec() } else { mark::marked(&text, print) };
            let builder = reply::begin(StatusCode::NOT_FOUND, media_type::HTML);
            Some(reply::whole(reply::marked_old(builder, is_old), body))
        }
        Ok(Found::Nothing(_)) => {
            let body = own::nothing(own_tongue(desk, request));
            Some(reply::whole(reply::begin(StatusCode::NOT_FOUND, media_type::HTML), body))
        }
        Ok(Found::Moved(address)) => {
            let query = request.uri.query().map_or(String::new(), |query| format!("?{query}"));
            let builder = reply::begin(StatusCode::MOVED_PERMANENTLY, media_type::PLAIN);
            let builder = builder.header(header::LOCATION, format!("{address}{query}"));
            Some(reply::whole(builder, format!("see {address}\n").into_bytes()))
        }
        Ok(Found::Garbled) => Some(reply::refuse(StatusCode::BAD_REQUEST, "this is no address")),
        Err(_) => {
            let body = own::broken(own_tongue(desk, request));
            let builder = reply::begin(StatusCode::INTERNAL_SERVER_ERROR, media_type::HTML);
            Some(reply::whole(builder, body))
        }
    }
}

/// The language of the server's own pages: that of the findings, once there are some.
fn own_tongue(desk: &Desk, request: &Parts) -> crate::diag::Tongue {
    let told = desk.raw.borrow().as_ref().map(|findings| findings.tongue);
    own::tongue(told.or(desk.setup.tongue), &request.headers)
}

/// Something that is published, and how it is to be sent.
struct Asked<'a> {
    /// What it is.
    piece: &'a Piece,
    /// Its type.
    media_type: &'a str,
    /// Whether it gets the marked line.
    is_marked: bool,
    /// Whether a file has to have the bytes that it was announced with.
    is_strict: bool,
}

/// The answer with something that is published; `None` if it is a file and no longer the same.
async fn with_piece(
    desk: &Arc<Desk>,
    asked: Asked<'_>,
    headers: &HeaderMap,
) -> Option<Response<Sending>> {
    let Asked { piece, media_type, is_marked, is_strict } = asked;
    let tag = if is_marked {
        format!("\"{}-live\"", piece.print)
    } else {
        format!("\"{}\"", piece.print)
    };
    let begin = |status| {
        let builder = reply::begin(status, media_type).header(header::ETAG, &tag);
        reply::marked_old(builder.header(header::ACCEPT_RANGES, "bytes"), piece.is_old)
    };
    if is_known(headers, &tag) {
        return Some(reply::finish(begin(StatusCode::NOT_MODIFIED), Sending::empty()));
    }
    let text = match &piece.body {
        Body::Text(text) if is_marked => Some(mark::marked(text, piece.print)),
        Body::Text(text) => Some(text.to_vec()),
        Body::File(..) => None,
    };
    let size = match (&piece.body, &text) {
        (Body::File(_, size), _) => *size,
        (Body::Text(_), text) => text.as_ref().map_or(0, |text| text.len() as u64),
    };
    let (builder, range) = match wanted(headers, &tag, size) {
        Wanted::Whole => (begin(StatusCode::OK), 0..size),
        Wanted::Part(range) => {
            let (first, last) = (range.start, range.end - 1);
            let part = format!("bytes {first}-{last}/{size}");
            (begin(StatusCode::PARTIAL_CONTENT).header(header::CONTENT_RANGE, part), range)
        }
        Wanted::Beyond => {
            let builder = reply::begin(StatusCode::RANGE_NOT_SATISFIABLE, media_type::PLAIN);
            let builder = builder.header(header::CONTENT_RANGE, format!("bytes */{size}"));
            return Some(reply::whole(builder, b"there are no such bytes\n".to_vec()));
        }
    };
    let builder = builder.header(header::CONTENT_LENGTH, range.end - range.start);
    let body = match (text, &piece.body) {
        (None, Body::File(path, _)) => {
            let print = is_strict.then_some(piece.print);
            stream::open(desk, path, Stretch { range, size, print }).await?
        }
        (text, _) => {
            let at = |byte| usize::try_from(byte).unwrap_or(usize::MAX);
            let bytes = axum::body::Bytes::from(text.unwrap_or_default());
            Sending::from(bytes.slice(at(range.start)..at(range.end)))
        }
    };
    Some(reply::finish(builder, body))
}

/// Whether the browser has exactly this already.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let values = headers.get_all(header::IF_NONE_MATCH).iter();
    let mut tags = values.filter_map(|value| value.to_str().ok()).flat_map(|tags| tags.split(','));
    tags.any(|known| {
        let known = known.trim();
        known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag
    })
}

/// Which bytes the browser wants: a part only of what it has the other parts of.
fn wanted(headers: &HeaderMap, tag: &str, size: u64) -> Wanted {
    let is_other = headers.get(header::IF_RANGE).is_some_and(|known| known != tag);
    let range = headers.get(header::RANGE).filter(|_| !is_other);
    range.and_then(|range| range.to_str().ok()).map_or(Wanted::Whole, |r| range::read(r, size))
}
