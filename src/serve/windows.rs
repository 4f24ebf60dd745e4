//! The windows of each browser that listen.
//!
//! A browser has six connections to a server, for all its windows together. Were each of seven
//! windows to hold one to listen, the last would never load. So of those that belong to one browser
//! only a few listen; the one that has listened for longest is told to rest until it is looked at.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

/// So many windows of a browser listen: at least one connection more has to be free.
const MOST: usize = 4;

/// So many browsers are told apart. Whoever sends made-up names must not fill the memory.
const BROWSERS: usize = 256;

/// All windows that listen, by the name that their browser gave itself.
#[derive(Default)]
pub(super) struct Windows(Mutex<HashMap<String, VecDeque<Arc<Notify>>>>);

/// A window that listens, for as long as this is there.
pub(super) struct Window {
    /// Where it is listed.
    all: Arc<Windows>,
    /// Its browser; none if it did not say.
    browser: Option<String>,
    /// Tells it to rest.
    rest: Arc<Notify>,
}

impl Windows {
    /// Takes one more in; another of the same browser may have to rest.
    pub(super) fn enter(self: &Arc<Self>, browser: Option<String>) -> Window {
        let rest = Arc::new(Notify::new());
        if let Some(browser) = &browser {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if all.len() < BROWSERS || all.contains_key(browser) {
                let windows = all.entry(browser.clone()).or_default();
                windows.push_back(rest.clone());
                let oldest = if windows.len() > MOST { windows.pop_front() } else { None };
                if let Some(oldest) = oldest {
                    oldest.notify_one();
                }
            }
        }
        Window { all: self.clone(), browser, rest }
    }
}

impl Window {
    /// Waits until it is told to rest.
    pub(super) async fn told_to_rest(&self) {
        self.rest.notified().await;
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let Some(browser) = &self.browser else { return };
        let mut all = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(windows) = all.get_mut(browser) {
            windows.retain(|rest| !Arc::ptr_eq(rest, &self.rest));
            if windows.is_empty() {
                all.remove(browser);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn the_oldest_window_of_a_browser_rests() {
        let all = Arc::new(Windows::default());
        let windows: Vec<_> = (0..=MOST).map(|_| all.enter(Some("a".to_owned()))).collect();
        let others: Vec<_> = (0..=MOST).map(|_| all.enter(None)).collect();
        let rests = |window: &Window| window.told_to_rest().now_or_never().is_some();
        assert_eq!(windows.iter().filter(|window| rests(window)).count(), 1);
        assert!(!others.iter().any(rests));
        drop(windows);
        assert!(all.0.lock().unwrap().is_empty());
    }
}
