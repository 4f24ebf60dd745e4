//! What is known of the files of one sort, from one build to the next.
//!
//! A file is looked at again only if it can have other bytes than last time, and what was made of
//! it is replaced only if it has. So whatever is the same in two builds is the very same value, and
//! who comes later need not compare what it says.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::Diagnostic;
use crate::path::RelPath;
use crate::print::{Fingerprint, Printer};
use crate::source::Files;

/// What a look at a file finds.
pub(super) enum Found<V> {
    /// The bytes of last time.
    Same,
    /// Other bytes: their fingerprint, what they mean if they mean anything, what there is to say.
    New(Fingerprint, Option<V>, Vec<Diagnostic>),
    /// Nothing that could be read, and what there is to say of that.
    Unread(Option<Box<Diagnostic>>),
}

/// How files of one sort are looked at.
pub(super) trait Look<V>: Sync {
    /// Looks at one file whose bytes had this fingerprint last time.
    fn look(&self, files: &dyn Files, path: &RelPath, old: Option<Fingerprint>) -> Found<V>;

    /// What stands for a file that is there but has nothing to it that could be read.
    fn blank(&self, _: &RelPath) -> Option<V> {
        None
    }
}

/// Files of one sort.
pub(super) struct Pile<V> {
    /// One row for each file, sorted by path.
    rows: Vec<Row<V>>,
    /// What the files mean.
    values: Arc<BTreeMap<RelPath, V>>,
    /// Whether the rows are others than those that `values` was made of.
    is_moved: bool,
    /// The files that `values` knows and that are no longer there.
    gone: Vec<RelPath>,
    /// The number of the files when they were looked at last.
    seen: Option<u64>,
}

impl<V> Default for Pile<V> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            values: Arc::default(),
            is_moved: false,
            gone: Vec::new(),
            seen: None,
        }
    }
}

impl<V: Clone + Send + Sync> Pile<V> {
    /// Says which files there are.
    pub(super) fn place(&mut self, mut paths: Vec<RelPath>) {
        paths.sort();
        let mut old = std::mem::take(&mut self.rows).into_iter().peekable();
        let mut gone = Vec::new();
        let row = |path: RelPath| {
            gone.extend(std::iter::from_fn(|| old.next_if(|row| row.path < path)));
            old.next_if(|row| row.path == path).unwrap_or_else(|| Row::new(path))
        };
        self.rows = paths.into_iter().map(row).collect();
        gone.extend(old);
        self.gone.extend(gone.into_iter().map(|row| row.path));
        self.is_moved = true;
    }

    /// Looks at every file that may have changed. Returns those that mean something else than at the
    /// last look, and those that are no longer there.
    pub(super) fn refresh(&mut self, files: &dyn Files, look: &impl Look<V>) -> Vec<RelPath> {
        let changed = self.changed(files, look);
        self.is_moved = false;
        let gone = std::mem::take(&mut self.gone);
        let new = changed.iter().map(|at| &self.rows[*at].path);
        let paths = new.chain(&gone).cloned().collect();
        // To put each into its place in a large map is dearer than to make the map anew.
        if changed.len() + gone.len() > self.rows.len() / 8 {
            let values =
                self.rows.iter().filter_map(|row| Some((row.path.clone(), row.value.clone()?)));
            self.values = Arc::new(values.collect());
        } else if !changed.is_empty() || !gone.is_empty() {
            let values = Arc::make_mut(&mut self.values);
            gone.iter().for_each(|path| drop(values.remove(path)));
            for row in changed.into_iter().map(|at| &self.rows[at]) {
                match &row.value {
                    Some(value) => values.insert(row.path.clone(), value.clone()),
                    None => values.remove(&row.path),
                };
            }
        }
        paths
    }

    /// Looks at the files, and tells which rows mean something else now.
    fn changed(&mut self, files: &dyn Files, look: &impl Look<V>) -> Vec<usize> {
        let since = self.seen.filter(|_| !self.is_moved);
        let suspects = since.and_then(|since| files.suspects(since));
        self.seen = files.newest();
        // What could not be read is looked at again each time.
        let is_known = |row: &Row<V>| row.known.is_some();
        if let Some(paths) = suspects.filter(|_| self.rows.iter().all(is_known)) {
            let place = |path: &RelPath| self.rows.binary_search_by(|row| row.path.cmp(path)).ok();
            let mut places: Vec<usize> = paths.iter().filter_map(place).collect();
            places.sort_unstable();
            places.retain(|at| self.rows[*at].refresh(files, look));
            return places;
        }
        let rows = self.rows.par_iter_mut().enumerate();
        rows.filter_map(|(at, row)| row.refresh(files, look).then_some(at)).collect()
    }

    /// Adds the fingerprints of the files. Their names need not be looked at again: which files there
    /// are is known elsewhere.
    pub(super) fn add_to(&self, printer: &mut Printer) {
        for row in &self.rows {
            let print = row.known.as_ref().map_or_else(Fingerprint::default, |known| known.print);
            printer.add(&print.to_bytes());
        }
    }

    /// What the files mean, by path; the very same map as last time if none means anything else.
    pub(super) fn values(&self) -> Arc<BTreeMap<RelPath, V>> {
        self.values.clone()
    }

    /// What there is to say of the files.
    pub(super) fn notes(&self) -> impl Iterator<Item = &Diagnostic> {
        self.rows.iter().flat_map(|row| &row.notes)
    }

    /// The files that are there but could not be read.
    pub(super) fn unread(&self) -> impl Iterator<Item = &RelPath> {
        self.rows.iter().filter(|row| row.known.is_none() || row.is_blank).map(|row| &row.path)
    }
}

/// One file.
struct Row<V> {
    /// Where it is.
    path: RelPath,
    /// The bytes it had; nothing if they could not be had.
    known: Option<Known>,
    /// What it means.
    value: Option<V>,
    /// Whether the value only stands for one that there should be.
    is_blank: bool,
    /// What there is to say of it.
    notes: Vec<Diagnostic>,
}

/// The bytes that a file had.
struct Known {
    /// Their fingerprint.
    print: Fingerprint,
    /// The number under which they were read.
    revision: Option<u64>,
}

impl<V> Row<V> {
    /// A file that was not looked at yet.
    fn new(path: RelPath) -> Self {
        Self { path, known: None, value: None, is_blank: false, notes: Vec::new() }
    }

    /// Looks at the file if it may have changed. Says whether it means something else now.
    fn refresh(&mut self, files: &dyn Files, look: &impl Look<V>) -> bool {
        let revision = files.revision(&self.path);
        if self.known.as_ref().is_some_and(|known| revision.is_some() && known.revision == revision)
        {
            return false;
        }
        let old = self.known.as_ref().map(|known| known.print);
        match look.look(files, &self.path, old) {
            Found::Same => {
                self.known = old.map(|print| Known { print, revision });
                false
            }
            Found::New(print, value, notes) => {
                self.known = Some(Known { print, revision });
                self.notes = notes;
                self.put(value, look)
            }
            Found::Unread(note) => {
                self.known = None;
                self.notes = note.map(|note| *note).into_iter().collect();
                self.put(None, look)
            }
        }
    }

    /// Replaces what the file means. A blank stays the one that it was.
    fn put(&mut self, value: Option<V>, look: &impl Look<V>) -> bool {
        if value.is_none() && self.is_blank {
            return false;
        }
        let had = self.value.is_some();
        let blank = if value.is_none() { look.blank(&self.path) } else { None };
        self.is_blank = blank.is_some();
        self.value = value.or(blank);
        had || self.value.is_some()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::source::Memory;

    /// Reads files as text; what is missing is blank.
    #[derive(Default)]
    struct Counting(AtomicUsize);

    impl Look<Arc<str>> for Counting {
        fn look(
            &self,
            files: &dyn Files,
            path: &RelPath,
            old: Option<Fingerprint>,
        ) -> Found<Arc<str>> {
            self.0.fetch_add(1, Ordering::Relaxed);
            let Ok(bytes) = files.read(path) else { return Found::Unread(None) };
            let print = Fingerprint::of_bytes(&bytes);
            let text = String::from_utf8_lossy(&bytes);
            match old == Some(print) {
                true => Found::Same,
                false => Found::New(print, Some(text.as_ref().into()), Vec::new()),
            }
        }

        fn blank(&self, _: &RelPath) -> Option<Arc<str>> {
            Some("blank".into())
        }
    }

    #[test]
    fn what_means_the_same_is_the_same() {
        let (mut pile, look, mut files) = (Pile::default(), Counting::default(), Memory::default());
        let [a, b] = ["a", "b"].map(RelPath::new);
        files.insert("a", "1");
        pile.place(vec![b.clone(), a.clone()]);
        pile.refresh(&files, &look);
        let first = pile.values();
        assert_eq!((&*first[&a], &*first[&b]), ("1", "blank"));
        assert_eq!(pile.unread().collect::<Vec<_>>(), [&b]);
        // Read again, as nothing says that it need not be, and found to be the same.
        pile.refresh(&files, &look);
        assert!(Arc::ptr_eq(&first, &pile.values()));
        assert_eq!(look.0.load(Ordering::Relaxed), 4);
        files.insert("b", "2");
        pile.refresh(&files, &look);
        let second = pile.values();
        assert!(Arc::ptr_eq(&first[&a], &second[&a]));
        assert_eq!((&*second[&b], pile.unread().count()), ("2", 0));
        files.files.clear();
        pile.refresh(&files, &look);
        assert_eq!((&*pile.values()[&a], pile.unread().count()), ("blank", 2));
        pile.place(vec![b]);
        pile.refresh(&files, &look);
        assert_eq!(pile.values().len(), 1);
    }
}
