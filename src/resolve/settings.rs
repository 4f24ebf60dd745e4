//! What the settings say of entries: menus must lead somewhere.

use crate::diag::{Code, Diagnostic, Span, suggest};
use crate::model::datum::Row;
use crate::model::entry::{EntryId, SECTION};
use crate::model::settings::SETTINGS;
use crate::path::RelPath;
use crate::site::lists::address_route;
use crate::site::{Site, State};
use crate::words;

/// Reports items of menus that lead nowhere.
pub(super) fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    let Some(menus) = site.model.settings.row.row("menus") else { return };
    for row in menus.rows("main").chain(menus.rows("footer")) {
        notes.extend(item(site, row));
    }
}

/// What is wrong with an item of a menu, if anything.
fn item(site: &Site, row: &Row) -> Option<Diagnostic> {
    if let Some(kind) = row.text("kind") {
        return kind_item(site, row, kind);
    }
    if let Some(page) = row.text("page") {
        return entry_item(site, (row, "page"), &EntryId::new("page", page));
    }
    if let Some(entry) = row.text("entry") {
        let Some((kind, id)) = entry.split_once(':') else {
            return Some(without_kind(site, row, entry));
        };
        return entry_item(site, (row, "entry"), &EntryId::new(kind, id));
    }
    let url = row.text("url").filter(|url| !url.contains("://") && !url.starts_with("mailto:"))?;
    let address = url.split('#').next().unwrap_or(url);
    let route = address_route(address);
    let exists = site.outputs.contains_key(&route) || site.dormant.contains(&route);
    let is_known = address.starts_with('/') && exists;
    (!is_known).then(|| {
        let message = words!(
            "der Menüpunkt führt ins Leere: `{url}`",
            "the menu item leads nowhere: `{url}`"
        );
        at(Code::BrokenLink, (row, "url"), message).help(words!(
            "schreiben Sie eine Adresse wie `/initiativen/` oder eine ganze Webadresse",
            "write an address such as `/initiatives/`, or a whole web address"
        ))
    })
}

/// An item that leads to the list of a kind.
fn kind_item(site: &Site, row: &Row, kind: &str) -> Option<Diagnostic> {
    if site.model.sections.of_kind(kind).is_some() {
        return None;
    }
    let is_kind = site.model.schema.kind(kind).is_some_and(|kind| !kind.internal);
    let message = match is_kind {
        true => {
            words!("für die Art `{kind}` gibt es keine Rubrik", "the kind `{kind}` has no section")
        }
        false => words!("es gibt keine Art `{kind}`", "there is no kind `{kind}`"),
    };
    let note = at(Code::UnknownReference, (row, "kind"), message);
    if is_kind {
        return Some(note.help(words!(
            "legen Sie einen Ordner mit einer `_index.md` an, in der `kind = \"{kind}\"` steht",
            "create a folder with an `_index.md` that says `kind = \"{kind}\"`"
        )));
    }
    let labelled: Vec<_> = site
        .model
        .sections
        .iter()
        .filter_map(|(_, name)| site.model.schema.kind(name))
        .map(|kind| (&*kind.name, kind.label.0.values().chain(kind.plural.0.values())))
        .collect();
    let known = labelled.into_iter().map(|(name, labels)| (name, labels.map(|label| &**label)));
    Some(with_suggestion(note, (row, "kind"), &suggest::closest_labelled(kind, known)))
}

/// An item that leads to an entry.
fn entry_item(site: &Site, place: (&Row, &str), id: &EntryId) -> Option<Diagnostic> {
    let name = &id.id;
    match site.places.get(id).map(|place| place.state) {
        Some(State::Draft) => {
            let message = words!("`{name}` ist ein Entwurf", "`{name}` is a draft");
            Some(at(Code::DraftReference, place, message).help(words!(
                "veröffentlichen Sie `{name}` oder nehmen Sie den Menüpunkt heraus",
                "publish `{name}`, or take the item out"
            )))
        }
        Some(_) => None,
        None => {
            let message = words!("es gibt keinen Eintrag `{name}`", "there is no entry `{name}`");
            let note = at(Code::UnknownReference, place, message);
            let of_kind = site.places.keys().filter(|known| known.kind == id.kind);
            let found = suggest::closest(name, of_kind.map(|known| &*known.id));
            let found: Vec<String> = match place.1 {
                "entry" => found.into_iter().map(|found| format!("{}:{found}", id.kind)).collect(),
                _ => found,
            };
            Some(with_suggestion(note, place, &found))
        }
    }
}

/// An item that names an entry without its kind.
fn without_kind(site: &Site, row: &Row, id: &str) -> Diagnostic {
    let message = words!("vor `{id}` fehlt die Art", "the kind is missing before `{id}`");
    let note = at(Code::UnknownReference, (row, "entry"), message);
    let meant = site.places.keys().filter(|known| &*known.id == id && &*known.kind != SECTION);
    let meant: Vec<String> = meant.map(ToString::to_string).collect();
    let span = row.span_of("entry").map(|span| Span::new(&RelPath::new(SETTINGS), span));
    match (meant.as_slice(), span) {
        ([only], Some(span)) => {
            let help = words!("schreiben Sie `{only}`", "write `{only}`");
            note.fix(help, span, format!("\"{only}\""))
        }
        ([], _) | (_, None) => note.help(words!(
            "schreiben Sie Art und Kennung eines Eintrags, etwa `initiative:govtech-campus`",
            "write the kind and id of an entry, such as `initiative:govtech-campus`"
        )),
        (several, _) => {
            let list = several.join("`, `");
            note.help(words!("schreiben Sie eines von `{list}`", "write one of `{list}`"))
        }
    }
}

/// A diagnostic at a setting of a menu item.
fn at(code: Code, (row, name): (&Row, &str), message: crate::diag::Words) -> Diagnostic {
    let span = row.span_of(name).unwrap_or(row.span.clone());
    Diagnostic::new(code, Span::new(&RelPath::new(SETTINGS), span), message)
}

/// A diagnostic with what may be meant.
fn with_suggestion(note: Diagnostic, place: (&Row, &str), found: &[String]) -> Diagnostic {
    let (row, name) = place;
    let span = row.span_of(name).map(|span| Span::new(&RelPath::new(SETTINGS), span));
    match (found, suggest::did_you_mean(found), span) {
        ([only], Some(text), Some(span)) => note.fix(text, span, format!("\"{only}\"")),
        (_, Some(text), _) => note.help(text),
        _ => note.help(words!("prüfen Sie den Namen", "check the name")),
    }
}
