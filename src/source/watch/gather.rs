//! When enough is known to act: events are gathered until what belongs together is complete.
//!
//! One save is to be on the screen at once, so a moment's quiet is enough after it; two thousand
//! files of a checkout are to be one change, so the more there is the longer quiet has to last. A
//! file that is gone may be back in a moment, as some editors save by removing first. Nothing here
//! touches the disk or looks at a clock.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::path::RelPath;
use crate::source::batch::Batch;

/// After a save, so long must nothing more happen. Where the system does not tell when a file is
/// closed, it is the pauses between writes that must be outlasted.
const QUIET: Duration = Duration::from_micros(if super::TELLS_CLOSING { 1_500 } else { 50_000 });

/// The same after several files.
const QUIET_AFTER_SEVERAL: Duration = Duration::from_millis(20);

/// The same after many.
const QUIET_AFTER_MANY: Duration = Duration::from_millis(75);

/// The same if a file is gone that may come back, or is there but not yet written.
const QUIET_IN_BETWEEN: Duration = Duration::from_millis(15);

/// The same between looks at all files: so that two of them find what belongs together.
const QUIET_BETWEEN_LOOKS: Duration = Duration::from_millis(250);

/// However much goes on, so long after the first event something is shown.
const AT_LATEST: Duration = Duration::from_secs(3);

/// What has happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It was written and closed: it is a file, and complete.
    Written,
    /// It was created, and will be written.
    Begun,
    /// It was removed or moved away.
    Gone,
    /// Anything else; it may be a folder.
    Other,
}

/// All that has happened to one file.
#[derive(Clone, Copy, Debug)]
struct Trace {
    /// Whether there was no such file before.
    is_new: bool,
    /// The last event.
    kind: Kind,
}

/// Events so far.
#[derive(Debug, Default)]
pub(super) struct Gather {
    /// By path, what happened there.
    traces: BTreeMap<RelPath, Trace>,
    /// Whether something happened to files that cannot be named.
    pub(super) is_incomplete: bool,
    /// Whether any file may have changed.
    is_everything: bool,
    /// Whether a whole folder was replaced, so that it has to be watched anew.
    pub(super) is_footing: bool,
    /// Whether some of it was found by a look at all files.
    pub(super) is_polled: bool,
    /// So long must be waited at least.
    longer: Duration,
    /// When the first and the last event came.
    span: Option<(Instant, Instant)>,
}

impl Gather {
    /// Takes note that something happened.
    pub(super) fn touch(&mut self, now: Instant) {
        self.span = Some((self.span.map_or(now, |(first, _)| first), now));
    }

    /// Takes note of what happened to one file.
    pub(super) fn add(&mut self, now: Instant, path: RelPath, kind: Kind) {
        self.touch(now);
        let is_new = match self.traces.get(&path) {
            Some(trace) => trace.is_new,
            None => kind == Kind::Begun,
        };
        // What was not there before will not come back. It is named all the same: somebody may have
        // seen it in between.
        let is_over = is_new && kind == Kind::Gone;
        let kind = if is_over { Kind::Other } else { kind };
        self.traces.insert(path, Trace { is_new, kind });
    }

    /// Takes note that any file may have changed.
    pub(super) fn add_everything(&mut self, now: Instant) {
        self.touch(now);
        self.is_everything = true;
    }

    /// When it will be complete, if nothing more happens; `None` if nothing has happened.
    pub(super) fn due(&self) -> Option<Instant> {
        self.span.map(|(first, last)| (last + self.quiet()).min(first + AT_LATEST))
    }

    /// How long nothing must happen.
    fn quiet(&self) -> Duration {
        let is_open = |trace: &Trace| matches!(trace.kind, Kind::Gone | Kind::Begun);
        let quiet = match self.traces.len() {
            0..=3 => QUIET,
            4..=20 => QUIET_AFTER_SEVERAL,
            _ => QUIET_AFTER_MANY,
        };
        let is_few = quiet < QUIET_IN_BETWEEN;
        let is_between = self.is_footing || (is_few && self.traces.values().any(is_open));
        let between = if is_between { QUIET_IN_BETWEEN } else { Duration::ZERO };
        let looks = if self.is_polled { QUIET_BETWEEN_LOOKS } else { Duration::ZERO };
        quiet.max(between).max(looks).max(self.longer)
    }

    /// How long ago, at `now`, the first and the last event came.
    pub(super) fn ages(&self, now: Instant) -> (Duration, Duration) {
        let (first, last) = self.span.unwrap_or((now, now));
        (now.saturating_duration_since(first), now.saturating_duration_since(last))
    }

    /// Waits longer for what belongs to it. Says whether that was not asked before.
    pub(super) fn wait_longer(&mut self, quiet: Duration) -> bool {
        let is_longer = self.longer < quiet;
        self.longer = self.longer.max(quiet);
        is_longer
    }

    /// The files that were written and closed, if they are few.
    pub(super) fn few_written(&self) -> impl Iterator<Item = &RelPath> {
        let is_few = self.traces.len() <= 3;
        let written = self.traces.iter().filter(|(_, trace)| trace.kind == Kind::Written);
        written.filter(move |_| is_few).map(|(path, _)| path)
    }

    /// The paths that may be those of folders.
    pub(super) fn folders(&self) -> impl Iterator<Item = &RelPath> {
        let is_other = |trace: &Trace| trace.kind != Kind::Written;
        self.traces.iter().filter(move |(_, trace)| is_other(trace)).map(|(path, _)| path)
    }

    /// All of it, and begins anew.
    pub(super) fn finish(&mut self) -> Batch {
        let Self { traces, is_incomplete, is_everything, is_footing, .. } = std::mem::take(self);
        let paths = traces.into_keys().collect();
        Batch { paths, is_incomplete, is_everything: is_everything || is_footing }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of events, each so many milliseconds after the first.
    fn gathered(events: &[(u64, &str, Kind)]) -> (Gather, Instant) {
        let start = Instant::now();
        let mut gather = Gather::default();
        for (after, path, kind) in events {
            let now = start + Duration::from_millis(*after);
            gather.add(now, RelPath::new(path), *kind);
        }
        (gather, start)
    }

    /// How long after the first event it is complete.
    fn due(events: &[(u64, &str, Kind)]) -> Option<u128> {
        let (gather, start) = gathered(events);
        gather.due().map(|due| due.duration_since(start).as_millis())
    }

    #[test]
    fn one_file_is_complete_at_once_and_many_are_waited_for() {
        assert_eq!(due(&[]), None);
        assert_eq!(due(&[(0, "a", Kind::Written)]), Some(QUIET.as_millis()));
        assert_eq!(due(&[(0, "a", Kind::Begun), (3, "a", Kind::Written)]), {
            Some(3 + QUIET.as_millis())
        });
        let names: Vec<String> = (0..30).map(|n| n.to_string()).collect();
        let all: Vec<_> = names.iter().map(|name| (10, name.as_str(), Kind::Written)).collect();
        assert_eq!(due(&all), Some(10 + 75));
        let endless: Vec<_> = (0..100).map(|n| (n * 50, "a", Kind::Begun)).collect();
        assert_eq!(due(&endless), Some(3000));
    }

    #[test]
    fn what_is_gone_may_come_back() {
        assert!(due(&[(0, "a", Kind::Gone)]) >= Some(15));
        let back = [(0, "a", Kind::Gone), (1, "a", Kind::Begun), (2, "a", Kind::Written)];
        assert_eq!(due(&back), Some(2 + QUIET.as_millis()));
        assert_eq!(gathered(&back).0.finish(), Batch::of(["a"]));
    }

    #[test]
    fn what_was_never_there_is_not_waited_for() {
        let temporary = [(0, "4913", Kind::Begun), (0, "4913", Kind::Gone)];
        assert_eq!(due(&temporary), Some(QUIET.as_millis()));
        let moved = [(0, "t", Kind::Begun), (0, "t", Kind::Written), (0, "t", Kind::Gone)];
        let (mut gather, start) = gathered(&moved);
        gather.add(start, RelPath::new("a"), Kind::Other);
        assert_eq!(gather.due(), Some(start + QUIET));
        assert_eq!(gather.finish(), Batch::of(["a", "t"]));
        assert_eq!(gather.due(), None);
    }
}
