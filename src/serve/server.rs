//! Listening, and one task for each connection.
//!
//! `axum::serve` knows no limits, so the connections are hyper's: a client that is silent, slow or
//! stuck is given up, and however many there are, somebody new gets in.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::answer::answer;
use super::desk::{Desk, Feed, Setup, ended};
use super::finding;
use super::line::Line;
use super::room::{Guest, Room, Sent};
use super::settle::settled;

/// So many bytes of a request's head are read at once; one that is much longer is refused.
const LARGEST_HEAD: usize = 32 * 1024;

/// So long an answer that is under way has to come to its end when the server ends.
const FAREWELL: Duration = Duration::from_millis(500);

/// So long nothing is accepted after the system refused to: it has no more files to give.
const BREATHER: Duration = Duration::from_millis(50);

/// How long somebody may take, and how many there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The time until a request's head is there; also how long a connection may be idle.
    pub head: Duration,
    /// The time in which nothing of an answer is taken.
    pub stuck: Duration,
    /// The number of connections.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        // Most systems allow a program 1,024 files at once, and sources have to be read as well.
        let seconds = Duration::from_secs;
        Self { head: seconds(10), stuck: seconds(30), connections: 800 }
    }
}

/// Serves what is heard until `stop` comes to its end.
pub async fn serve(
    listener: TcpListener,
    setup: Setup,
    feed: Feed,
    stop: impl Future<Output = ()>,
) {
    let limits = setup.limits;
    let (end, stopped) = watch::channel(false);
    let raw = feed.findings.clone();
    let feed = Feed { findings: settled(raw.clone()), ..feed };
    let notes = finding::messages(feed.findings.clone(), setup.files.clone());
    let desk = Desk::new(setup, (feed, raw), notes, stopped.clone());
    let room = Room::new(limits.connections);
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                // All are being answered: whoever comes now has to come again.
                let Some(guest) = room.enter() else { continue };
                let is_here = peer.ip().to_canonical().is_loopback();
                connections.spawn(talk((stream, is_here), guest, desk.clone(), stopped.clone()));
            }
            Err(_) => sleep(BREATHER).await,
        }
    }
    drop(listener);
    end.send_replace(true);
    let all_gone = async { while connections.join_next().await.is_some() {} };
    // Whoever is still there then is cut off as the set is dropped.
    let _ = timeout(FAREWELL * 2, all_gone).await;
}

/// Serves one connection, of this machine or another, to its end.
async fn talk(
    (stream, is_here): (TcpStream, bool),
    guest: Guest,
    desk: Arc<Desk>,
    mut stopped: watch::Receiver<bool>,
) {
    let limits = desk.setup.limits;
    // Events are small and must not be held back to be sent with others.
    let _ = stream.set_nodelay(true);
    let respond = |request: Request<Incoming>| {
        let (busy, desk) = (guest.busy(), desk.clone());
        async move {
            let response: Response<Body> = answer(desk, request.map(Body::new), is_here).await;
            Ok::<Response<Sent>, Infallible>(response.map(|body| busy.until_sent(body)))
        }
    };
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(limits.head);
    builder.max_buf_size(LARGEST_HEAD);
    let io = TokioIo::new(Line::new(stream, limits.stuck));
    let mut connection = pin!(builder.serve_connection(io, service_fn(respond)));
    tokio::select! {
        // What went wrong is the other side's concern: it is gone, or does not speak HTTP.
        _ = connection.as_mut() => return,
        () = guest.told_to_leave() => {}
        () = ended(&mut stopped) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(FAREWELL, connection).await;
}
