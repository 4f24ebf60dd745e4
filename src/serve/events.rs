//! What a page that is open in a browser is told, for as long as it is open.
//!
//! The browser says which page it has, by the fingerprint in the marked line. So nothing is lost
//! between loading a page and listening, nor while the server was away: whatever differs from what
//! the browser has is told at once.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Response;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use serde::Serialize;
use tokio::sync::watch;

use super::compare::{self, Change, Look};
use super::desk::{Desk, Feed, Purpose, ended};
use super::show::{Edit, Show};
use super::windows::Window;
use crate::diag::{Tongue, Words};
use crate::path::percent_decoded;
use crate::print::Fingerprint;
use crate::site::State;
use crate::words;

/// So often a sign of life is sent, by which a browser that is gone shows.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// So long a browser waits before it listens anew.
const RETRY: Duration = Duration::from_secs(1);

/// Listens to what concerns one open page.
struct Listener {
    /// What all answers are made from.
    desk: Arc<Desk>,
    /// What is heard.
    feed: Feed,
    /// What there is to say.
    notes: watch::Receiver<Arc<str>>,
    /// Turns true when the server is to end.
    stop: watch::Receiver<bool>,
    /// The page's address.
    path: String,
    /// The fingerprint of what the browser has.
    print: Option<Fingerprint>,
    /// What it shows, once that is known.
    look: Option<Arc<Look>>,
    /// The edit that it followed last.
    followed: u64,
    /// Its place among the windows of its browser; none once it rests.
    window: Option<Window>,
    /// What is to be sent.
    events: VecDeque<Event>,
}

/// What a page is told of its origin.
#[derive(Serialize)]
struct Origin<'a> {
    /// The file.
    path: &'a str,
    /// Why it is not part of the site as published, in words.
    state: Option<&'a str>,
}

/// Another page to go to.
#[derive(Serialize)]
struct Goal {
    /// Its address.
    address: String,
    /// The number of the edit.
    edit: u64,
}

/// Style sheets to exchange.
#[derive(Serialize)]
struct Sheets<'a> {
    /// The fingerprint of the page as it is then.
    print: String,
    /// The old and the new address of each.
    sheets: &'a [(String, String)],
}

/// Answers with a stream of events. `query` names the page, what the browser has of it, the
/// edit that it followed last, and the browser.
pub(super) fn answer(desk: &Arc<Desk>, query: &str) -> Response<Body> {
    let value = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).and_then(|(_, value)| percent_decoded(value))
    };
    let latest = desk.feed.edit.borrow().as_ref().map_or(0, |edit| edit.number);
    let mut listener = Listener {
        desk: desk.clone(),
        feed: desk.feed.clone(),
        notes: desk.notes.clone(),
        stop: desk.stop.clone(),
        path: value("page").unwrap_or_else(|| "/".to_owned()),
        print: value("print").and_then(|print| Fingerprint::from_hex(&print)),
        look: None,
        followed: value("edit").and_then(|edit| edit.parse().ok()).unwrap_or(latest).min(latest),
        window: Some(desk.windows.enter(value("browser"))),
        events: VecDeque::new(),
    };
    let hello = Event::default().retry(RETRY).event("hello").data(listener.followed.to_string());
    listener.events.push_back(hello);
    listener.feed.show.mark_changed();
    listener.feed.edit.mark_changed();
    listener.notes.mark_changed();
    let events = stream::unfold(listener, |mut listener| async {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response()
}

impl Listener {
    /// The next event; `None` when the server ends.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Some(event);
            }
            let window = self.window.as_ref()?;
            tokio::select! {
                () = window.told_to_rest() => {
                    self.window = None;
                    self.push("rest", &());
                }
                () = ended(&mut self.stop) => return None,
                () = heard(&mut self.feed.show) => self.compare().await,
                () = heard(&mut self.notes) => {
                    let notes = self.notes.borrow_and_update().clone();
                    self.events.push_back(Event::default().event("notes").data(&*notes));
                }
                () = heard(&mut self.feed.edit) => {
                    let show = self.feed.show.borrow().clone();
                    if let Some(show) = show {
                        self.follow(&show).await;
                    }
                }
            }
        }
    }

    /// Compares the page with what the browser shows of it.
    async fn compare(&mut self) {
        let show = self.feed.show.borrow_and_update().clone();
        let Some(show) = show else { return };
        if self.follow(&show).await {
            return;
        }
        let (desk, path) = (self.desk.clone(), self.path.clone());
        let look = self.desk.work(Purpose::Look, move || desk.looks.get(&show, &path)).await;
        let new = look.unwrap_or_else(|_| Arc::new(compare::broken_look()));
        let change = match &self.look {
            Some(old) => old.to(&new),
            None if self.print.is_none_or(|print| print == new.print) => Change::None,
            None => Change::Reload,
        };
        match change {
            Change::None => {}
            Change::Reload => self.push("reload", &new.print.to_string()),
            Change::Style(sheets) => {
                let sheets = Sheets { print: new.print.to_string(), sheets: &sheets };
                self.push("style", &sheets);
            }
        }
        let is_told = self
            .look
            .as_ref()
            .is_some_and(|old| old.about == new.about && old.is_old == new.is_old);
        if !is_told {
            self.tell_origin(&new);
        }
        self.look = Some(new);
    }

    /// Tells what the page is made from.
    fn tell_origin(&mut self, look: &Look) {
        let told = self.desk.raw.borrow().as_ref().map(|findings| findings.tongue);
        let tongue = told.or(self.desk.setup.tongue).unwrap_or(Tongue::En);
        let state = standing(look);
        let origin = look.about.as_ref().map(|about| Origin {
            path: about.path.as_str(),
            state: state.as_ref().map(|words| words.get(tongue)),
        });
        self.push("about", &origin);
    }

    /// Sends the browser to the page that was edited, if there is one that it does not show.
    async fn follow(&mut self, show: &Arc<dyn Show>) -> bool {
        let edit = self.feed.edit.borrow_and_update().clone();
        let Some(Edit { number, path }) = edit else { return false };
        if number <= self.followed {
            return false;
        }
        let asked = show.clone();
        let address = self.desk.work(Purpose::Look, move || {
            let base = asked.base_path();
            Some(asked.page_of(&path)?.address_below(base.trim_end_matches('/')))
        });
        // A file without a page may get one in a later state, so the edit stays to be followed.
        let Ok(Some(address)) = address.await else { return false };
        self.followed = number;
        let is_there = percent_decoded(&address) == percent_decoded(&self.path);
        self.push("go", &Goal { address, edit: number });
        !is_there
    }

    /// Puts an event into the queue.
    fn push(&mut self, name: &str, data: &impl Serialize) {
        let data = serde_json::to_string(data).expect("texts and numbers can be written as JSON");
        self.events.push_back(Event::default().event(name).data(data));
    }
}

/// Waits for something new; for ever if nobody is there any more to say it.
async fn heard<T>(channel: &mut watch::Receiver<T>) {
    if channel.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// How a page differs from what is published, in a word.
fn standing(look: &Look) -> Option<Words> {
    if look.is_old {
        return Some(words!("älterer Stand", "earlier state"));
    }
    match look.about.as_ref()?.state {
        State::Shown => None,
        State::Draft => Some(words!("Entwurf", "draft")),
        State::Scheduled => Some(words!("geplant", "scheduled")),
        State::Expired | State::Gone => Some(words!("abgelaufen", "expired")),
    }
}
