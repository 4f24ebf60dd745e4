//! Windows: what can be done for a time only.

use super::datum::Row;
use super::schema::Group;
use crate::lang::timing::Opening;

/// The window that a group declares, with a row's dates.
pub fn opening(group: &Group, row: &Row) -> Option<Opening> {
    let (from, to) = group.window.as_ref()?;
    Some(Opening { opens: row.when(from), closes: row.when(to) })
}
