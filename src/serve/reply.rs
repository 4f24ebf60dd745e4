//! What every answer has in common.

use axum::body::Body;
use axum::http::response::Builder;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use super::media_type::PLAIN;
use super::show::Show;

/// The header that names the state that is served.
pub(super) const STATE: &str = "x-schaukasten-state";

/// The header that marks what is from an earlier state, because it cannot be made from this one.
const OLD: &str = "x-schaukasten-old";

/// The beginning of an answer. Nothing may be shown twice without asking: the next state may be a
/// second away.
pub(super) fn begin(status: StatusCode, media_type: &str) -> Builder {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, media_type)
        .header(header::CACHE_CONTROL, "no-cache")
}

/// The same, marked if it is from an earlier state.
pub(super) fn marked_old(builder: Builder, is_old: bool) -> Builder {
    if is_old { builder.header(OLD, "true") } else { builder }
}

/// An answer with a body that is there as a whole.
pub(super) fn whole(builder: Builder, body: Vec<u8>) -> Response<Body> {
    finish(builder.header(header::CONTENT_LENGTH, body.len()), Body::from(body))
}

/// An answer with any body.
pub(super) fn finish(builder: Builder, body: Body) -> Response<Body> {
    // Only a header made from a strange address could be no header.
    builder.body(body).unwrap_or_else(|_| {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response
    })
}

/// A refusal in a few words, for whoever reads a protocol.
pub(super) fn refuse(status: StatusCode, words: &str) -> Response<Body> {
    whole(begin(status, PLAIN), format!("{words}\n").into_bytes())
}

/// A refusal of a method, naming those that there are.
pub(super) fn wrong_method(allowed: &'static str) -> Response<Body> {
    let builder = begin(StatusCode::METHOD_NOT_ALLOWED, PLAIN).header(header::ALLOW, allowed);
    whole(builder, format!("only {allowed}\n").into_bytes())
}

/// Names the state that an answer is from.
pub(super) fn name_state(headers: &mut HeaderMap, show: &dyn Show) {
    if let Ok(value) = HeaderValue::try_from(show.state().to_string()) {
        headers.insert(STATE, value);
    }
}
