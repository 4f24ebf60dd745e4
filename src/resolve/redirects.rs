//! Addresses that lead on to others, and those that are gone for good.

use std::ops::Range;
use std::sync::Arc;

use super::claims::{Claim, Plan, duplicate};
use super::former::{former_address, unfit};
use super::life::Life;
use super::{addresses, name};
use crate::diag::{Code, Diagnostic, Span};
use crate::model::datum::Row;
use crate::model::entry::EntryId;
use crate::model::settings::SETTINGS;
use crate::path::{RelPath, Route};
use crate::site::lists::address_route;
use crate::site::{Output, Place, Site, State};
use crate::words;

/// Adds the former addresses of entries, and the redirects of the settings.
pub(super) fn add(plan: &mut Plan, site: &Site) {
    for row in site.model.settings.row.rows("redirects") {
        setting(plan, site, row);
    }
    for place in site.places.values() {
        former(plan, site, place);
    }
}

/// Adds a redirect of the settings. One to something that is shown at other times waits for it.
fn setting(plan: &mut Plan, site: &Site, row: &Row) {
    let path = RelPath::new(SETTINGS);
    let (Some(from), Some(to)) = (row.text("from"), row.text("to")) else { return };
    let at = |range: Option<Range<usize>>| Span::new(&path, range.unwrap_or(row.span.clone()));
    let route = former_address(from);
    let target = target(site, plan, to);
    if let Goal::Nothing = target {
        plan.notes.push(bad_target(&at(row.span_of("to")), to));
    }
    match (route, target) {
        (Err(reason), _) => plan.notes.push(unfit(from, reason, &at(row.span_of("from")))),
        (Ok(route), Goal::At(target, is_live)) => {
            let output = Output::Redirect(target);
            let span = at(Some(row.span.clone()));
            plan.add(route, Claim { output, span, life: Life::ALWAYS, is_live });
        }
        (Ok(_), Goal::Nothing) => {}
    }
}

/// Adds the former addresses of an entry.
fn former(plan: &mut Plan, site: &Site, place: &Place) {
    let entry = &place.entry;
    if entry.facts.get("redirects").is_none() {
        return;
    }
    let page = addresses::all(site, entry).remove(site.main_lang());
    for (at, from) in entry.facts.texts("redirects").enumerate() {
        let span = entry.facts.span_of_item("redirects", at).unwrap_or_default();
        let span = Span::new(&entry.path, span);
        let route = match former_address(from) {
            Ok(route) => route,
            Err(reason) => {
                plan.notes.push(unfit(from, reason, &span));
                continue;
            }
        };
        match (place.state, &page) {
            (State::Draft, _) | (_, None) => {}
            (State::Gone, _) => {
                plan.dormant.insert(route);
            }
            (_, Some(page)) => {
                let output = Output::Redirect(name(&site.href(page)));
                let life = Life::of(&entry.facts, &site.world.now.zone);
                let is_live = place.state.has_pages();
                plan.add(route, Claim { output, span, life, is_live });
            }
        }
    }
}

/// Where a redirect leads.
enum Goal {
    /// To this address, which is there now or at other times only.
    At(Arc<str>, bool),
    /// To nothing.
    Nothing,
}

/// Where a redirect of the settings leads: another site, an entry, or an address of this one.
fn target(site: &Site, plan: &Plan, to: &str) -> Goal {
    if to.starts_with("https://") || to.starts_with("http://") {
        return Goal::At(name(to), true);
    }
    if let Some((kind, id)) = to.split_once(':') {
        let id = EntryId::new(kind, id);
        if let Some((_, route)) = site.page_for(&id, site.main_lang()) {
            return Goal::At(name(&site.href(route)), true);
        }
        let is_hidden = |place: &Place| matches!(place.state, State::Scheduled | State::Gone);
        return match site.places.get(&id).is_some_and(is_hidden) {
            true => Goal::At(name(to), false),
            false => Goal::Nothing,
        };
    }
    let route = address_route(to);
    let is_live = plan.has(&route);
    match is_live || plan.dormant.contains(&route) {
        true => Goal::At(name(&site.href(&route)), is_live),
        false => Goal::Nothing,
    }
}

/// A redirect to nothing.
fn bad_target(span: &Span, to: &str) -> Diagnostic {
    let message =
        words!("die Weiterleitung führt ins Leere: `{to}`", "the redirect leads nowhere: `{to}`");
    Diagnostic::new(Code::BrokenLink, span.clone(), message)
        .label(words!("gibt es nicht", "does not exist"))
        .help(words!(
            "schreiben Sie eine Adresse wie `/initiativen/` oder einen Eintrag wie `initiative:govtech-campus`",
            "write an address such as `/initiatives/` or an entry such as `initiative:govtech-campus`"
        ))
}

/// Reports addresses that are declared gone and exist all the same, now or later.
pub(super) fn gone(plan: &mut Plan, site: &Site) {
    let settings = &site.model.settings.row;
    for (at, address) in settings.texts("gone").enumerate() {
        let span = settings.span_of_item("gone", at).unwrap_or_default();
        let span = Span::new(&RelPath::new(SETTINGS), span);
        let note = match former_address(address) {
            Err(reason) => unfit(address, reason, &span),
            Ok(page) => {
                // What is gone may have been a file.
                let mut routes = [page, address_route(address)].into_iter();
                let found =
                    routes.find_map(|route| Some((plan.claim(&route)?.span.clone(), route)));
                let Some((first, route)) = found else { continue };
                exists(&route, &span, &first)
            }
        };
        plan.notes.push(note);
    }
}

/// An address that is declared gone and exists.
fn exists(route: &Route, span: &Span, first: &Span) -> Diagnostic {
    duplicate(route, span, first)
        .label(words!("soll erloschen sein", "is declared gone"))
        .help(words!("nehmen Sie die Adresse aus `gone` heraus", "take the address out of `gone`"))
}
