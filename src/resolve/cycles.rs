//! References that lead in a circle, for fields that must not: what is part of itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic};
use crate::model::datum::{Datum, Reference};
use crate::model::entry::EntryId;
use crate::model::schema::Type;
use crate::site::Site;
use crate::words;

/// Reports references that lead back to where they began, for fields that must not.
pub(super) fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    for kind in site.model.schema.public_kinds() {
        for field in kind.fields.iter().filter(|field| field.acyclic) {
            let edges = edges(site, &kind.name, &field.name, &field.ty);
            let mut done: BTreeSet<EntryId> = BTreeSet::new();
            for start in edges.keys() {
                report_cycle(notes, &edges, start, &mut done);
            }
        }
    }
}

/// Where each reference of one field leads.
fn edges<'a>(
    site: &'a Site,
    kind: &str,
    field: &str,
    ty: &Type,
) -> BTreeMap<EntryId, Vec<(EntryId, &'a Reference)>> {
    let mut edges: BTreeMap<EntryId, Vec<_>> = BTreeMap::new();
    for (id, place) in site.places.iter().filter(|(id, _)| &*id.kind == kind) {
        for item in place.entry.facts.items(field) {
            if let Datum::Ref(reference) = item
                && let Some(target) = site.referred(ty, reference)
            {
                edges.entry(id.clone()).or_default().push((target, reference));
            }
        }
    }
    edges
}

/// Follows the references from `start`; a way back to it is reported once, at its last step.
fn report_cycle(
    notes: &mut Vec<Diagnostic>,
    edges: &BTreeMap<EntryId, Vec<(EntryId, &Reference)>>,
    start: &EntryId,
    done: &mut BTreeSet<EntryId>,
) {
    let mut steps: BTreeMap<&EntryId, (&EntryId, &Reference)> = BTreeMap::new();
    let mut open: Vec<&EntryId> = vec![start];
    while let Some(id) = open.pop() {
        for (target, reference) in edges.get(id).into_iter().flatten() {
            if target == start && id != start && !done.contains(start) {
                done.extend(steps.keys().map(|id| (*id).clone()));
                done.insert(start.clone());
                notes.push(cycle(&steps, (id, start), reference));
            }
            if target != start && !done.contains(target) && !steps.contains_key(target) {
                steps.insert(target, (id, reference));
                open.push(target);
            }
        }
    }
}

/// The circle that a reference closes, with the steps that lead to it.
fn cycle(
    steps: &BTreeMap<&EntryId, (&EntryId, &Reference)>,
    (last, start): (&EntryId, &EntryId),
    reference: &Reference,
) -> Diagnostic {
    const MOST: usize = 8;
    let (from, to) = (&last.id, &start.id);
    let message = words!(
        "der Verweis von `{from}` auf `{to}` schließt einen Kreis",
        "the reference from `{from}` to `{to}` closes a circle"
    );
    let mut note = Diagnostic::new(Code::ReferenceCycle, reference.span.clone(), message)
        .label(words!("führt zum Anfang zurück", "leads back to the start"));
    let mut at = last;
    for _ in 0..MOST {
        let Some((before, reference)) = steps.get(at) else { break };
        let (from, to) = (&before.id, &at.id);
        let label = words!("von `{from}` zu `{to}`", "from `{from}` to `{to}`");
        note = note.also(reference.span.clone(), label);
        at = before;
    }
    note.help(words!("nehmen Sie einen der Verweise heraus", "take one of the references out"))
}
