//! What was written in a table but gave no value.
//!
//! Whoever finds a value missing asks here before saying so: the mistake that took it was told.

use super::{Datum, Name, Row};
use crate::parse::toml;

/// What of a table was written but not read.
#[derive(Clone, Debug, Default)]
pub struct Unread {
    /// The keys that are no fields.
    pub strays: Vec<Stray>,
    /// The fields of which the value, or a part of it, could not be read.
    pub fields: Vec<Name>,
    /// Whether the table as a whole could not be read.
    pub is_all: bool,
}

/// A key that is no field of its table.
#[derive(Clone, Debug)]
pub struct Stray {
    /// The key.
    pub key: toml::Key,
    /// What it is set to.
    pub value: toml::Node,
    /// The field that is clearly meant.
    pub meant: Option<Name>,
    /// Whether that is a field of the entry in whose row the key stands.
    pub above: bool,
}

impl Stray {
    /// Whether a field is clearly meant.
    pub fn means(&self, field: &str) -> bool {
        self.meant.as_deref() == Some(field)
    }

    /// Whether a field may be meant: it is, or nobody can tell which is.
    fn may_mean(&self, field: &str) -> bool {
        self.meant.as_deref().is_none_or(|meant| meant == field)
    }
}

impl Row {
    /// The keys that are no fields.
    pub fn strays(&self) -> &[Stray] {
        self.unread.as_ref().map_or(&[], |unread| &unread.strays)
    }

    /// What was not read, to add to it.
    pub fn unread_mut(&mut self) -> &mut Unread {
        self.unread.get_or_insert_default()
    }

    /// Whether nothing of the table could be read.
    pub fn is_unread(&self) -> bool {
        self.unread.as_ref().is_some_and(|unread| unread.is_all)
    }

    /// The key that was written for a field, misspelt or below a table that is not its own.
    pub fn written_as(&self, field: &str) -> Option<&Stray> {
        let mut here = self.strays().iter().filter(|stray| !stray.above && stray.means(field));
        let mut below = self.values.iter().filter_map(|(_, datum)| slipped(datum, field));
        here.next().or_else(|| below.next())
    }

    /// Whether more may have been written for a field than its value says.
    pub fn may_lack(&self, field: &str) -> bool {
        let fields = self.unread.as_ref().map_or(&[][..], |unread| &unread.fields);
        let is_lost = self.is_unread() || fields.iter().any(|name| &**name == field);
        let may_be_stray = || {
            self.strays().iter().any(|stray| !stray.above && stray.may_mean(field))
                || self.written_as(field).is_some()
        };
        is_lost || self.get(field).map_or_else(may_be_stray, is_partial)
    }
}

/// Whether something in a value could not be read.
fn is_partial(datum: &Datum) -> bool {
    match datum {
        Datum::List(items) => items.iter().any(is_partial),
        Datum::Row(row) => {
            row.unread.is_some() || row.values.iter().any(|(_, datum)| is_partial(datum))
        }
        _ => false,
    }
}

/// The key for a field of the entry that stands in a row below it.
fn slipped<'a>(datum: &'a Datum, field: &str) -> Option<&'a Stray> {
    match datum {
        Datum::List(items) => items.iter().find_map(|item| slipped(item, field)),
        Datum::Row(row) => {
            let mut here = row.strays().iter().filter(|stray| stray.above && stray.means(field));
            let mut below = row.values.iter().filter_map(|(_, datum)| slipped(datum, field));
            here.next().or_else(|| below.next())
        }
        _ => None,
    }
}
