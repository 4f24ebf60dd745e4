//! References: each must lead to an entry that is published.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::walk::{Met, walk};
use super::{cycles, each, rows};
use crate::diag::suggest::{self, Budget};
use crate::diag::{Code, Diagnostic, Words};
use crate::model::datum::{Datum, Reference};
use crate::model::entry::{EntryId, SECTION};
use crate::model::schema::{Kind, Name, Type};
use crate::model::{ENGLISH, GERMAN};
use crate::site::{Place, Site, State};
use crate::words;

/// Reports every reference that does not lead where it should.
pub(super) fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    let names = Names::of(site);
    let check = |place: &Place, budget: &mut Budget| entry(site, &names, place, budget);
    let mut budget = Budget::ample();
    each::place(notes, site, &mut budget, check);
    in_sidecars(notes, (site, &names), &mut budget);
    cycles::check(notes, site);
}

/// Reports the references of some entries, without proposals.
pub(super) fn of(notes: &mut Vec<Diagnostic>, site: &Site, places: &[&Place]) {
    let names = Names::of(site);
    let wrong = |place: &&Place| entry(site, &names, place, &mut Budget::none());
    notes.extend(places.iter().flat_map(wrong));
}

/// Reports the references of one entry.
fn entry(site: &Site, names: &Names<'_>, place: &Place, budget: &mut Budget) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let entry = &place.entry;
    for stands in rows::all(site, entry) {
        walk(&site.model.schema, (stands.row, stands.fields), &mut |met| {
            if let Datum::Ref(reference) = met.datum {
                let from = (place.state, Some(&entry.id));
                notes.extend(problem((site, names), from, (met, reference), budget));
            }
        });
    }
    notes
}

/// The entries of a site by their ids alone, but for sections.
struct Names<'a> {
    /// The site.
    site: &'a Site,
    /// The entries, once somebody has asked.
    by_id: OnceLock<FxHashMap<&'a str, Vec<&'a EntryId>>>,
}

impl<'a> Names<'a> {
    /// The names of a site's entries.
    fn of(site: &'a Site) -> Self {
        Self { site, by_id: OnceLock::new() }
    }

    /// The entries with an id, whatever their kind.
    fn with_id(&self, id: &str) -> Vec<&'a EntryId> {
        let by_id = self.by_id.get_or_init(|| {
            let mut by_id: FxHashMap<&str, Vec<&EntryId>> = FxHashMap::default();
            for id in self.site.places.keys().filter(|id| &*id.kind != SECTION) {
                by_id.entry(&id.id).or_default().push(id);
            }
            by_id
        });
        by_id.get(id).cloned().unwrap_or_default()
    }
}

/// Checks the references in what is known of pictures.
fn in_sidecars(
    notes: &mut Vec<Diagnostic>,
    (site, names): (&Site, &Names<'_>),
    budget: &mut Budget,
) {
    let Some(group) = site.model.schema.group("picture") else { return };
    for sidecar in site.model.sidecars.values() {
        walk(&site.model.schema, (&sidecar.row, &group.fields), &mut |met| {
            if let Datum::Ref(reference) = met.datum {
                let from = (State::Shown, None);
                notes.extend(problem((site, names), from, (met, reference), budget));
            }
        });
    }
}

/// What is wrong with a reference, if anything.
fn problem(
    (site, names): (&Site, &Names<'_>),
    (state, from): (State, Option<&EntryId>),
    (met, reference): (&Met<'_>, &Reference),
    budget: &mut Budget,
) -> Option<Diagnostic> {
    let Type::Ref(kinds) = &met.field.ty else { return None };
    let Some(target) = site.referred(&met.field.ty, reference) else {
        let is_partial = site.model.schema.is_partial;
        if is_partial || site.model.doubts.has_entry(kinds, &reference.id) {
            return None;
        }
        return Some(unresolved((site, names), kinds, reference, budget));
    };
    if Some(&target) == from && met.field.acyclic {
        let id = &target.id;
        let message = words!("`{id}` verweist auf sich selbst", "`{id}` refers to itself");
        return Some(
            Diagnostic::new(Code::ReferenceCycle, reference.span.clone(), message)
                .help(words!("löschen Sie den Verweis", "delete the reference")),
        );
    }
    let is_draft = site.places.get(&target).is_some_and(|place| place.state == State::Draft);
    if is_draft && state != State::Draft {
        return Some(draft(site, &target, reference));
    }
    None
}

/// A reference to a draft.
fn draft(site: &Site, target: &EntryId, reference: &Reference) -> Diagnostic {
    let id = &target.id;
    let message = words!("`{id}` ist ein Entwurf", "`{id}` is a draft");
    let note = Diagnostic::new(Code::DraftReference, reference.span.clone(), message)
        .label(words!("wird nicht veröffentlicht", "is not published"))
        .help(words!(
            "veröffentlichen Sie `{id}` oder nehmen Sie den Verweis heraus",
            "publish `{id}` or take the reference out"
        ));
    match site.places.get(target) {
        Some(place) => {
            let at = place.entry.facts.span_of("draft").unwrap_or_default();
            let span = crate::diag::Span::new(&place.entry.path, at);
            note.also(span, words!("hier steht es", "it says so here"))
        }
        None => note,
    }
}

/// A reference to nothing, to another kind, or to one of several.
fn unresolved(
    (site, names): (&Site, &Names<'_>),
    kinds: &[Name],
    reference: &Reference,
    budget: &mut Budget,
) -> Diagnostic {
    let id = &reference.id;
    let known_kinds: Vec<&Kind> =
        kinds.iter().filter_map(|kind| site.model.schema.kind(kind)).collect();
    let kind = &reference.kind;
    let is_kind = || site.model.schema.public_kinds().any(|known| known.name == *kind);
    if !kind.is_empty() && !is_kind() {
        return unknown_kind(site, kinds, reference);
    }
    let mut others = names.with_id(id);
    others.sort_by_key(|other| other.kind != *kind);
    if kind.is_empty() && others.iter().filter(|other| kinds.contains(&other.kind)).count() > 1 {
        return ambiguous(reference, &others);
    }
    if let Some(other) = others.first() {
        return wrong_kind(site, (&known_kinds, reference), other);
    }
    if !kind.is_empty() && !kinds.contains(kind) {
        return unfit_kind(site, kinds, reference);
    }
    let wanted: Vec<&Name> = if kind.is_empty() { kinds.iter().collect() } else { vec![kind] };
    unknown(site, &wanted, reference, budget)
}

/// A reference to nothing.
fn unknown(site: &Site, kinds: &[&Name], reference: &Reference, budget: &mut Budget) -> Diagnostic {
    let id = &reference.id;
    let kind_words = kind_words(site, kinds);
    let (de, en) = (&kind_words.de, &kind_words.en);
    let exists =
        |id: &str| kinds.iter().any(|kind| site.places.contains_key(&EntryId::new(kind, id)));
    let folder = match kinds {
        [only] => site.model.sections.of_kind(only),
        _ => None,
    };
    let label = match folder {
        Some(folder) => {
            words!("keine Kennung aus `content/{folder}/`", "no id from `content/{folder}/`")
        }
        None => words!("keine bekannte Kennung", "no known id"),
    };
    let found = match by_path(id).filter(|id| exists(id)) {
        Some(id) => vec![id.to_owned()],
        None => similar(site, kinds, id, budget),
    };
    let message = words!(
        "es gibt keinen Eintrag `{id}` der Art {de}",
        "there is no entry `{id}` of kind {en}"
    );
    let note =
        Diagnostic::new(Code::UnknownReference, reference.span.clone(), message).label(label);
    let prefix = if reference.kind.is_empty() || kinds.len() == 1 && !is_prefixed(reference) {
        String::new()
    } else {
        format!("{}:", reference.kind)
    };
    match (found.as_slice(), suggest::did_you_mean(&found)) {
        ([only], Some(text)) => {
            note.fix(text, reference.span.clone(), format!("\"{prefix}{only}\""))
        }
        (_, Some(text)) => note.help(text),
        _ => note.help(words!(
            "prüfen Sie die Kennung oder legen Sie den Eintrag an",
            "check the id, or create the entry"
        )),
    }
}

/// The ids of entries of some kinds that are called nearly so, by id or by title.
fn similar(site: &Site, kinds: &[&Name], id: &str, budget: &mut Budget) -> Vec<String> {
    let of_kind = |place: &&Place| kinds.iter().any(|kind| **kind == place.entry.id.kind);
    let candidates = site.places.values().filter(of_kind).map(|place| {
        let titles = [place.entry.facts.text("title"), place.entry.facts.text("short_title")];
        (&*place.entry.id.id, titles.into_iter().flatten().map(|title| &**title))
    });
    budget.closest_labelled(id, candidates)
}

/// The id that is meant by the path of a file: `../partner/bechtle.md`, `bechtle/`.
fn by_path(id: &str) -> Option<&str> {
    let path = id.trim_end_matches('/');
    let path = path.strip_suffix(".md").unwrap_or(path);
    let path = path.strip_suffix("/index").unwrap_or(path);
    let name = path.rsplit('/').next().unwrap_or(path);
    (name != id).then_some(name)
}

/// A kind that exists, but not for this field.
fn unfit_kind(site: &Site, kinds: &[Name], reference: &Reference) -> Diagnostic {
    let is = kind_words(site, &[&reference.kind]);
    let (is_de, is_en) = (is.de, is.en);
    let message = words!(
        "ein Eintrag der Art {is_de} ist hier nicht möglich",
        "an entry of kind {is_en} is not possible here"
    );
    let list = kinds.join("`, `");
    Diagnostic::new(Code::WrongKind, reference.span.clone(), message)
        .help(words!("möglich sind `{list}`", "there are `{list}`"))
}

/// Whether the kind was written before the id: then the span is longer than id and quotes.
fn is_prefixed(reference: &Reference) -> bool {
    reference.span.range.len() > reference.id.len() + 2
}

/// The labels of kinds, for a message: „Partner“.
fn kind_words(site: &Site, kinds: &[&Name]) -> Words {
    let labels = |lang| {
        let kinds = kinds.iter().filter_map(|kind| site.model.schema.kind(kind));
        kinds.map(|kind| kind.label.get(lang).to_owned()).collect::<Vec<_>>()
    };
    let de = labels(&GERMAN).iter().map(|label| format!("„{label}“")).collect::<Vec<_>>();
    let en = labels(&ENGLISH).iter().map(|label| format!("“{label}”")).collect::<Vec<_>>();
    Words { de: de.join(" oder "), en: en.join(" or ") }
}

/// A kind that does not exist, before a colon.
fn unknown_kind(site: &Site, kinds: &[Name], reference: &Reference) -> Diagnostic {
    let kind = &reference.kind;
    let message = words!("es gibt keine Art `{kind}`", "there is no kind `{kind}`");
    let note = Diagnostic::new(Code::UnknownReference, reference.span.clone(), message);
    let labelled: Vec<_> = kinds
        .iter()
        .filter_map(|name| site.model.schema.kind(name))
        .map(|kind| {
            (
                kind.name.to_string(),
                kind.label.0.values().map(ToString::to_string).collect::<Vec<_>>(),
            )
        })
        .collect();
    let found = suggest::closest_labelled(
        kind,
        labelled.iter().map(|(n, l)| (n.as_str(), l.iter().map(String::as_str))),
    );
    let list = kinds.join("`, `");
    match (found.as_slice(), suggest::did_you_mean(&found)) {
        ([only], Some(text)) => {
            note.fix(text, reference.span.clone(), format!("\"{only}:{}\"", reference.id))
        }
        _ => note.help(words!("möglich sind `{list}`", "there are `{list}`")),
    }
}

/// An id that entries of several kinds have.
fn ambiguous(reference: &Reference, others: &[&EntryId]) -> Diagnostic {
    let id = &reference.id;
    let all: Vec<_> = others.iter().map(|other| format!("`{other}`")).collect();
    let all = all.join(", ");
    let message = words!("`{id}` gibt es in mehreren Arten", "several kinds have `{id}`");
    Diagnostic::new(Code::UnknownReference, reference.span.clone(), message)
        .label(words!("nicht eindeutig", "ambiguous"))
        .help(words!("schreiben Sie die Art davor: {all}", "write the kind before it: {all}"))
}

/// An entry of another kind than the field takes.
fn wrong_kind(
    site: &Site,
    (kinds, reference): (&[&Kind], &Reference),
    other: &EntryId,
) -> Diagnostic {
    let id = &reference.id;
    let names: Vec<&Name> = kinds.iter().map(|kind| &kind.name).collect();
    let wanted = kind_words(site, &names);
    let is = kind_words(site, &[&other.kind]);
    let (is_de, is_en, de, en) = (is.de, is.en, wanted.de, wanted.en);
    let message =
        words!("`{id}` ist ein Eintrag der Art {is_de}", "`{id}` is an entry of kind {is_en}");
    let help = if names.iter().any(|kind| **kind == other.kind) {
        words!("schreiben Sie `{other}`", "write `{other}`")
    } else {
        words!(
            "nennen Sie einen Eintrag der Art {de}, oder verwenden Sie eine andere Angabe",
            "name an entry of kind {en}, or use another field"
        )
    };
    Diagnostic::new(Code::WrongKind, reference.span.clone(), message)
        .label(Words {
            de: format!("erwartet wird {}", wanted_words(&de)),
            en: format!("expected {en}"),
        })
        .help(help)
}

/// The wanted kinds as part of a sentence.
fn wanted_words(kinds: &str) -> String {
    if kinds.is_empty() { "ein anderer Eintrag".to_owned() } else { kinds.to_owned() }
}
