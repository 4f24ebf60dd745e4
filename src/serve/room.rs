//! How many connections there may be, and which of them goes when there are too many.
//!
//! Browsers keep connections that they no longer need. They must not keep out somebody new, so the
//! one that has been idle for longest goes; one that is being answered never does.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use hyper::body::{Frame, SizeHint};
use tokio::sync::Notify;

/// All connections.
pub(super) struct Room {
    /// So many there may be.
    most: usize,
    /// Counts what happens: a later number is a later moment.
    clock: AtomicU64,
    /// Those that there are, by the number they got.
    seats: Mutex<BTreeMap<u64, Arc<Seat>>>,
}

/// A connection's place.
struct Seat {
    /// Whether it is being answered.
    is_busy: AtomicBool,
    /// When it was last answered.
    idle_since: AtomicU64,
    /// Tells it to go.
    leave: Notify,
}

impl Room {
    /// Room for so many.
    pub(super) fn new(most: usize) -> Arc<Self> {
        let seats = Mutex::default();
        Arc::new(Self { most, clock: AtomicU64::new(0), seats })
    }

    /// A place for one more, if need be that of the one that was idle for longest. `None` if all
    /// are being answered.
    pub(super) fn enter(self: &Arc<Self>) -> Option<Guest> {
        let mut seats = self.seats();
        if seats.len() >= self.most {
            let idle = seats.iter().filter(|(_, seat)| !seat.is_busy.load(Ordering::Relaxed));
            let oldest = idle.min_by_key(|(_, seat)| seat.idle_since.load(Ordering::Relaxed));
            let number = oldest.map(|(number, _)| *number)?;
            if let Some(seat) = seats.remove(&number) {
                seat.leave.notify_one();
            }
        }
        let number = self.clock.fetch_add(1, Ordering::Relaxed);
        let idle_since = AtomicU64::new(number);
        let seat = Seat { is_busy: AtomicBool::new(false), idle_since, leave: Notify::new() };
        let seat = Arc::new(seat);
        seats.insert(number, seat.clone());
        Some(Guest { room: self.clone(), number, seat })
    }

    /// How many there are.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.seats().len()
    }

    /// The connections. What is behind the lock is whole at any moment.
    fn seats(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Seat>>> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that has a place, which is free again when this is dropped.
pub(super) struct Guest {
    /// Where.
    room: Arc<Room>,
    /// Its number.
    number: u64,
    /// Its place.
    seat: Arc<Seat>,
}

impl Guest {
    /// Waits until the place is needed for another.
    pub(super) async fn told_to_leave(&self) {
        self.seat.leave.notified().await;
    }

    /// Says that the connection is being answered until the result is dropped.
    pub(super) fn busy(&self) -> Busy {
        self.seat.is_busy.store(true, Ordering::Relaxed);
        Busy { room: self.room.clone(), seat: self.seat.clone() }
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.room.seats().remove(&self.number);
    }
}

/// An answer is under way.
pub(super) struct Busy {
    /// Where.
    room: Arc<Room>,
    /// The connection's place.
    seat: Arc<Seat>,
}

impl Busy {
    /// Takes care of an answer to its last byte.
    pub(super) fn until_sent(self, body: Body) -> Sent {
        Sent { body, _busy: self }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let now = self.room.clock.fetch_add(1, Ordering::Relaxed);
        self.seat.idle_since.store(now, Ordering::Relaxed);
        self.seat.is_busy.store(false, Ordering::Relaxed);
    }
}

/// An answer's body, whose connection is busy for as long as it is there.
pub(super) struct Sent {
    /// The body.
    body: Body,
    /// Says so.
    _busy: Busy,
}

impl hyper::body::Body for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_idle_one_goes() {
        let room = Room::new(2);
        let (first, second) = (room.enter().unwrap(), room.enter().unwrap());
        let busy = first.busy();
        drop(busy);
        let _third = room.enter().unwrap();
        assert_eq!(room.count(), 2);
        assert!(!room.seats().contains_key(&second.number));
        drop(second);
        assert_eq!(room.count(), 2);
        drop(first);
        assert_eq!(room.count(), 1);
    }

    #[test]
    fn one_that_is_answered_stays() {
        let room = Room::new(1);
        let first = room.enter().unwrap();
        let busy = first.busy();
        assert!(room.enter().is_none());
        drop(busy);
        assert!(room.enter().is_some());
    }
}
