//! Where links in bodies lead, and a word about those that lead nowhere.

use std::cell::LazyCell;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{each, name, rows};
use crate::diag::suggest::{self, Budget};
use crate::diag::{Code, Diagnostic, Severity};
use crate::lang::Lang;
use crate::model::datum::Datum;
use crate::model::entry::{Body, EntryId};
use crate::model::layout::CONTENT;
use crate::parse::{Link, Target};
use crate::path::{RelPath, Route};
use crate::site::way::{Way, way};
use crate::site::{Output, Place, Site, State};
use crate::words;

/// Reports every link that leads nowhere, in all bodies and fields.
pub(super) fn check(notes: &mut Vec<Diagnostic>, site: &Site) {
    let mut budget = Budget::ample();
    each::place(notes, site, &mut budget, |place, budget| entry(site, place, budget));
    captions(notes, site, &mut budget);
}

/// Reports the links of some entries, without proposals.
pub(super) fn of(notes: &mut Vec<Diagnostic>, site: &Site, places: &[&Place]) {
    notes.extend(places.iter().flat_map(|place| entry(site, place, &mut Budget::none())));
}

/// Reports the links of one entry.
fn entry(site: &Site, place: &Place, budget: &mut Budget) -> Vec<Diagnostic> {
    let mut links = Links { site, anchors: FxHashMap::default(), notes: Vec::new(), budget };
    links.fields(place);
    for (path, lang, _, own) in rows::texts(site, &place.entry) {
        links.body(place.state, (path, lang), (own, own));
    }
    links.notes
}

/// Checks the links in the captions of pictures.
fn captions(notes: &mut Vec<Diagnostic>, site: &Site, budget: &mut Budget) {
    let Some(group) = site.model.schema.group("picture") else { return };
    let mut links = Links { site, anchors: FxHashMap::default(), notes: Vec::new(), budget };
    for sidecar in site.model.sidecars.values() {
        let words = sidecar.words.iter();
        let rows = std::iter::once((site.main_lang(), &sidecar.row)).chain(words);
        for (lang, row) in rows {
            super::walk::walk(&site.model.schema, (row, &group.fields), &mut |met| {
                if let Datum::Markup(markup) = met.datum {
                    let inner = Body { markup: markup.clone(), blocks: Vec::new() };
                    links.body(State::Shown, (&sidecar.path, lang), (&inner, &inner));
                }
            });
        }
    }
    notes.append(&mut links.notes);
}

/// What looks at links.
struct Links<'a> {
    /// The site.
    site: &'a Site,
    /// The anchors of the pages that were asked for.
    anchors: FxHashMap<(EntryId, Lang), FxHashSet<Arc<str>>>,
    /// What is wrong.
    notes: Vec<Diagnostic>,
    /// How much may be proposed.
    budget: &'a mut Budget,
}

impl Links<'_> {
    /// Checks the links in Markdown fields, and in the parameters of blocks.
    fn fields(&mut self, place: &Place) {
        let site = self.site;
        for stands in rows::all(site, &place.entry) {
            super::walk::walk(&site.model.schema, (stands.row, stands.fields), &mut |met| {
                if let Datum::Markup(markup) = met.datum {
                    let inner = Body { markup: markup.clone(), blocks: Vec::new() };
                    // A block stands on its page; a field may be shown on others.
                    let around = stands.body.unwrap_or(&inner);
                    self.body(place.state, (stands.path, stands.lang), (&inner, around));
                }
            });
        }
    }

    /// Checks the links of a body; `around` is that of the page that it stands on.
    fn body(
        &mut self,
        state: State,
        (path, lang): (&RelPath, &Lang),
        (body, around): (&Body, &Body),
    ) {
        let (site, is_draft) = (self.site, state == State::Draft);
        let known: LazyCell<FxHashSet<&str>, _> =
            LazyCell::new(|| around.markup.anchors.iter().map(|anchor| &**anchor).collect());
        for link in &body.markup.links {
            match way(site, path, &link.target) {
                Way::Nowhere if is_doubtful(site, path, &link.target) => {}
                Way::Nowhere => self.notes.push(broken(site, path, link, self.budget)),
                Way::Beside(url) => self.notes.push(beside(&url, link)),
                Way::Draft(id) if !is_draft => self.notes.push(draft(&id, link)),
                Way::Here(anchor) if !anchor.is_empty() && !known.contains(&*anchor) => {
                    self.notes.push(no_anchor(&anchor, around, link, self.budget));
                }
                Way::Entry(id, Some(anchor)) => self.entry_anchor((&id, lang), &anchor, link),
                Way::Address(route, Some(anchor)) => {
                    if let Some(Output::Entry(id, lang) | Output::List(id, lang, _)) =
                        site.outputs.get(&route)
                    {
                        self.entry_anchor((id, lang), &anchor, link);
                    }
                }
                _ => {}
            }
        }
    }

    /// Checks an anchor in the page that a link leads to.
    fn entry_anchor(&mut self, (id, lang): (&EntryId, &Lang), anchor: &str, link: &Link) {
        let site = self.site;
        let page = site.places.get(id).zip(site.page_for(id, lang));
        let Some((place, (page_lang, _))) = page else { return };
        let (body, _, path) = site.body(&place.entry, page_lang);
        if site.model.doubts.has_path(path) {
            return;
        }
        let known = self
            .anchors
            .entry((id.clone(), page_lang.clone()))
            .or_insert_with(|| body.markup.anchors.iter().map(|known| name(known)).collect());
        if !known.contains(anchor) {
            self.notes.push(no_anchor(anchor, body, link, self.budget));
        }
    }
}

/// Whether a link may lead to something that could not be read.
fn is_doubtful(site: &Site, from: &RelPath, target: &Target) -> bool {
    let doubts = &site.model.doubts;
    match target {
        Target::Entry(kind, ..)
            if site.model.schema.is_partial && site.model.schema.kind(kind).is_none() =>
        {
            true
        }
        Target::Entry(kind, id, _) => doubts.has_entry(std::slice::from_ref(kind), id),
        Target::File(path, _) => from.join(path).is_some_and(|path| {
            let stem = path.as_str().strip_suffix(".md").unwrap_or(path.as_str());
            let places =
                [path.to_string(), format!("{stem}/index.md"), format!("{stem}/_index.md")];
            places.iter().any(|place| doubts.has_path(&RelPath::new(place)))
        }),
        Target::Address(..) => !doubts.is_empty(),
        Target::Outside(_) | Target::Here(_) => false,
    }
}

/// A link to a heading that does not exist.
fn no_anchor(anchor: &str, body: &Body, link: &Link, budget: &mut Budget) -> Diagnostic {
    let message =
        words!("die Sprungmarke `#{anchor}` gibt es nicht", "there is no anchor `#{anchor}`");
    let note = Diagnostic::new(Code::BrokenAnchor, link.span.clone(), message)
        .label(words!("keine Überschrift heißt so", "no heading is called so"));
    let found = budget.closest(anchor, body.markup.anchors.iter().map(|known| &**known));
    if let Some(text) = suggest::did_you_mean(&found) {
        let [only] = found.as_slice() else { return note.help(text) };
        let fixed = match &*link.target {
            Target::Here(_) => format!("#{only}"),
            Target::Outside(url) => {
                let page = url.split_once('#').map_or(&**url, |(page, _)| page);
                format!("{page}#{only}")
            }
            target => format!("{}#{only}", as_destination(&written(target))),
        };
        return note.fix(text, link.span.clone(), fixed);
    }
    let known = body.markup.headings.iter().take(8).map(|heading| format!("`#{}`", heading.id));
    let known = known.collect::<Vec<_>>().join(", ");
    note.help(if known.is_empty() {
        words!("die Seite hat keine Überschriften", "the page has no headings")
    } else {
        words!("es gibt {known}", "there are {known}")
    })
}

/// A link to a draft.
fn draft(id: &EntryId, link: &Link) -> Diagnostic {
    let id = &id.id;
    let message = words!("`{id}` ist ein Entwurf", "`{id}` is a draft");
    Diagnostic::new(Code::DraftReference, link.span.clone(), message)
        .label(words!("wird nicht veröffentlicht", "is not published"))
        .help(words!(
            "veröffentlichen Sie `{id}` oder nehmen Sie den Link heraus",
            "publish `{id}` or take the link out"
        ))
}

/// A link to nothing.
fn broken(site: &Site, from: &RelPath, link: &Link, budget: &mut Budget) -> Diagnostic {
    if let Target::Entry(kind, id, _) = &*link.target
        && site.model.schema.kind(kind).is_none()
    {
        return unknown_kind(site, (kind, id), link);
    }
    if let Some(id) = in_table(site, from, &link.target) {
        return without_file(&id, link);
    }
    let written = written(&link.target);
    let message =
        words!("der Link führt ins Leere: `{written}`", "the link leads nowhere: `{written}`");
    let note = Diagnostic::new(Code::BrokenLink, link.span.clone(), message)
        .label(words!("gibt es nicht", "does not exist"));
    let found = match &*link.target {
        _ if budget.is_spent() => Vec::new(),
        Target::Entry(kind, id, _) => similar_entries(site, kind, id, budget),
        Target::File(path, _) => similar_files(site, from, path, budget),
        Target::Address(path, _) => {
            let known: Vec<String> = site.outputs.keys().map(Route::address).collect();
            budget.closest(path, known.iter().map(String::as_str))
        }
        Target::Outside(_) | Target::Here(_) => Vec::new(),
    };
    match (found.as_slice(), suggest::did_you_mean(&found)) {
        ([only], Some(text)) => {
            let fixed = format!("{}{}", as_destination(only), anchor_of(&link.target));
            note.fix(text, link.span.clone(), fixed)
        }
        (_, Some(text)) => note.help(text),
        _ if matches!(*link.target, Target::Entry(..)) => note.help(words!(
            "prüfen Sie die Kennung oder legen Sie den Eintrag an",
            "check the id, or create the entry"
        )),
        _ => note.help(words!(
            "prüfen Sie den Pfad; Einträge lassen sich auch mit `art:kennung` verlinken",
            "check the path; entries can also be linked as `kind:id`"
        )),
    }
}

/// A whole address of the site at which nothing is. The web server may have more there than this
/// program knows, so it is a warning.
fn beside(url: &str, link: &Link) -> Diagnostic {
    let message = words!(
        "unter dieser Adresse hat die Website nichts: `{url}`",
        "the site has nothing at this address: `{url}`"
    );
    Diagnostic::new(Code::BrokenLink, link.span.clone(), message)
        .severity(Severity::Warning)
        .label(words!("gibt es nicht", "does not exist"))
        .help(words!(
            "verlinken Sie Seiten dieser Website als `art:kennung` oder mit dem Pfad ihrer Datei",
            "link pages of this site as `kind:id`, or with the path of their file"
        ))
}

/// The entry of an `_entries.toml` that is meant by the path of a file.
fn in_table(site: &Site, from: &RelPath, target: &Target) -> Option<EntryId> {
    let Target::File(path, _) = target else { return None };
    let path = from.join(path)?;
    let folder = path.folder().strip_prefix(CONTENT)?.trim_start_matches('/');
    let sections = &site.model.sections;
    let id = EntryId::new(sections.kind(sections.nearest(folder)), path.stem());
    let place = site.places.get(&id).filter(|_| path.extension() == "md")?;
    (place.entry.path.name() == "_entries.toml").then_some(id)
}

/// A link to the file of an entry that has none.
fn without_file(id: &EntryId, link: &Link) -> Diagnostic {
    let written = written(&link.target);
    let message =
        words!("der Link führt ins Leere: `{written}`", "the link leads nowhere: `{written}`");
    let fixed = format!("{id}{}", anchor_of(&link.target));
    Diagnostic::new(Code::BrokenLink, link.span.clone(), message)
        .label(words!("steht in `_entries.toml`", "stands in `_entries.toml`"))
        .fix(words!("schreiben Sie `{id}`", "write `{id}`"), link.span.clone(), fixed)
}

/// A link like `termin:charta`, whose start is neither a kind nor that of an address.
fn unknown_kind(site: &Site, (kind, id): (&str, &str), link: &Link) -> Diagnostic {
    let message = words!(
        "`{kind}:` ist weder eine Art von Einträgen noch der Anfang einer Adresse",
        "`{kind}:` is neither a kind of entries nor the start of an address"
    );
    let note = Diagnostic::new(Code::LinkScheme, link.span.clone(), message);
    let kinds: Vec<_> = site.model.schema.public_kinds().collect();
    let labelled = kinds.iter().map(|kind| {
        let labels = kind.label.0.values().chain(kind.plural.0.values());
        (&*kind.name, labels.map(|label| &**label))
    });
    let found = suggest::closest_labelled(kind, labelled);
    if let ([only], Some(text)) = (found.as_slice(), suggest::did_you_mean(&found)) {
        let fixed = format!("{only}:{id}{}", anchor_of(&link.target));
        return note.fix(text, link.span.clone(), fixed);
    }
    let list: Vec<_> = kinds.iter().map(|kind| format!("`{}:`", kind.name)).collect();
    let list = list.join(", ");
    note.help(words!(
        "möglich sind {list}, sonst `https:`, `mailto:` und `tel:`",
        "there are {list}, and `https:`, `mailto:` and `tel:`"
    ))
}

/// The target as it was written, more or less.
fn written(target: &Target) -> String {
    match target {
        Target::Outside(text) => text.to_string(),
        Target::Here(anchor) => format!("#{anchor}"),
        Target::File(path, _) | Target::Address(path, _) => path.to_string(),
        Target::Entry(kind, id, _) => format!("{kind}:{id}"),
    }
}

/// A path as it may stand in the parentheses of a link.
fn as_destination(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '%' | '#' | '?' | '\\' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// The anchor of a target, with its `#`.
fn anchor_of(target: &Target) -> String {
    match target {
        Target::File(_, anchor) | Target::Address(_, anchor) | Target::Entry(_, _, anchor) => {
            anchor.as_ref().map_or(String::new(), |anchor| format!("#{anchor}"))
        }
        Target::Outside(_) | Target::Here(_) => String::new(),
    }
}

/// Entries that may be meant by `kind:id`.
fn similar_entries(site: &Site, kind: &str, id: &str, budget: &mut Budget) -> Vec<String> {
    let same = |known: &&EntryId| *known.kind == *kind;
    let known = site.places.keys().filter(same).map(|known| &*known.id);
    budget.closest(id, known).into_iter().map(|id| format!("{kind}:{id}")).collect()
}

/// Files that may be meant by a relative path: those of nearly that path, or of that name.
fn similar_files(site: &Site, from: &RelPath, path: &str, budget: &mut Budget) -> Vec<String> {
    let entries = site.places.values().map(|place| &place.entry.path);
    // Entries of `_entries.toml` have no file of their own, and nobody means the page itself.
    let is_meant = |known: &&RelPath| {
        known.below(CONTENT).is_some() && known.name() != "_entries.toml" && *known != from
    };
    let all: Vec<String> = entries
        .chain(site.model.files.keys())
        .filter(is_meant)
        .map(|known| relative(from, known))
        .collect();
    let close = budget.closest(path, all.iter().map(String::as_str));
    if !close.is_empty() {
        return close;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    all.into_iter().filter(|known| known.rsplit('/').next() == Some(name)).take(3).collect()
}

/// A path as it is written in another file.
pub(super) fn relative(from: &RelPath, to: &RelPath) -> String {
    let here: Vec<&str> = from.folder().split('/').collect();
    let there: Vec<&str> = to.as_str().split('/').collect();
    let common = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(here.len() - common);
    format!("{up}{}", there[common..].join("/"))
}
