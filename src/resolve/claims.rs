//! Addresses and who claims them, so that no two outputs ever have the same.
//!
//! What is shown later claims its address today: a build must not fail because a day has come.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use rustc_hash::FxHashSet;

use super::life::Life;
use crate::diag::{Code, Diagnostic, Span, Words};
use crate::path::{MANIFEST, Route, percent_decoded};
use crate::site::{Output, Outputs};
use crate::words;

/// An output at an address.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    /// The output.
    pub(super) output: Output,
    /// Where its address comes from.
    pub(super) span: Span,
    /// From when to when it exists.
    pub(super) life: Life,
    /// Whether it exists now.
    pub(super) is_live: bool,
}

/// The claims so far, with those who made them.
#[derive(Default)]
pub(super) struct Plan {
    /// What is wrong.
    pub(super) notes: Vec<Diagnostic>,
    /// The claims by route.
    claims: BTreeMap<Route, Vec<Claim>>,
    /// Routes that nothing has now, but something has at other times.
    pub(super) dormant: BTreeSet<Route>,
    /// Routes that an output would have if nobody else had them.
    pub(super) blocked: BTreeSet<Route>,
}

impl Plan {
    /// Adds an output, or says that another has its address.
    pub(super) fn add(&mut self, route: Route, claim: Claim) {
        if route.as_str() == MANIFEST {
            self.notes.push(reserved(&claim.span));
            return;
        }
        if !claim.is_live {
            self.dormant.insert(route.clone());
        }
        let others = self.claims.entry(route.clone()).or_default();
        let is_rival =
            |other: &&Claim| other.output != claim.output && other.life.meets(&claim.life);
        if let Some(rival) = others.iter().find(is_rival) {
            self.notes.push(rivals(&route, &claim, rival));
        }
        others.push(claim);
    }

    /// Whether something is at a route now.
    pub(super) fn has(&self, route: &Route) -> bool {
        self.claims.get(route).is_some_and(|claims| claims.iter().any(|claim| claim.is_live))
    }

    /// Whether nobody has a route, or what needs it for a folder, or a file where it needs one: now
    /// or at other times.
    pub(super) fn is_free(&self, route: &Route) -> bool {
        let is_held = |route: &str| self.claims.contains_key(route) || self.dormant.contains(route);
        let text = route.as_str();
        let below = format!("{text}/");
        let is_below =
            |next: Option<&Route>| next.is_some_and(|next| next.as_str().starts_with(&below));
        let from = (Bound::Included(&*below), Bound::Unbounded);
        !is_held(text)
            && !text.match_indices('/').any(|(at, _)| is_held(&text[..at]))
            && !is_below(self.claims.range::<str, _>(from).next().map(|(next, _)| next))
            && !is_below(self.dormant.range::<str, _>(from).next())
    }

    /// What has a route, now or later.
    pub(super) fn claim(&self, route: &Route) -> Option<&Claim> {
        self.claims.get(route)?.first()
    }

    /// Reports outputs whose name others need for a folder.
    pub(super) fn check_folders(&mut self) {
        let mut found = BTreeMap::new();
        let mut free = FxHashSet::default();
        for (route, claims) in &self.claims {
            let slashes = route.as_str().match_indices('/').map(|(at, _)| at);
            for folder in slashes.map(|at| &route.as_str()[..at]) {
                if free.contains(folder) {
                    continue;
                }
                let Some((file, others)) = self.claims.get_key_value(folder) else {
                    free.insert(folder);
                    continue;
                };
                let pairs = claims.iter().flat_map(|one| others.iter().map(move |r| (one, r)));
                let mut meeting = pairs.filter(|(one, rival)| one.life.meets(&rival.life));
                if let Some((one, rival)) = meeting.next() {
                    found.entry(file).or_insert_with(|| rivals(file, one, rival));
                }
            }
        }
        self.notes.extend(found.into_values());
    }

    /// What exists now, and what at other times; what several claim; and what is wrong.
    pub(super) fn finish(self) -> (Outputs, [BTreeSet<Route>; 2], Vec<Diagnostic>) {
        let many = self.claims.iter().filter(|(_, claims)| claims.len() > 1);
        let mut contested: BTreeSet<Route> = many.map(|(route, _)| route.clone()).collect();
        contested.extend(self.blocked);
        let live = self.claims.into_iter().filter_map(|(route, claims)| {
            let claim = claims.into_iter().find(|claim| claim.is_live)?;
            Some((route, claim.output))
        });
        let outputs: Outputs = live.collect();
        let mut dormant = self.dormant;
        dormant.retain(|route| {
            let is_live = outputs.contains_key(route);
            if is_live {
                contested.insert(route.clone());
            }
            !is_live
        });
        (outputs, [dormant, contested], self.notes)
    }
}

/// Two outputs that want one address.
fn rivals(route: &Route, claim: &Claim, first: &Claim) -> Diagnostic {
    let note = duplicate(route, &claim.span, &first.span);
    let note = note.help(way_out(&first.output, &claim.output));
    if claim.is_live && first.is_live {
        return note;
    }
    note.note(words!(
        "einer der Einträge erscheint erst später, beide dann zugleich",
        "one of the entries is shown later only, and then both are"
    ))
}

/// Two outputs with one address.
pub(super) fn duplicate(route: &Route, span: &Span, first: &Span) -> Diagnostic {
    let address = percent_decoded(&route.address()).unwrap_or_else(|| route.address());
    let message = words!(
        "die Adresse `{address}` ist zweimal vergeben",
        "the address `{address}` is given twice"
    );
    Diagnostic::new(Code::DuplicateRoute, span.clone(), message)
        .label(words!("zum zweiten Mal", "the second time"))
        .also(first.clone(), words!("zum ersten Mal", "the first time"))
}

/// A file that is called like the one in which the program lists what it published.
fn reserved(span: &Span) -> Diagnostic {
    let message = words!(
        "`{MANIFEST}` heißt schon eine Datei dieses Programms",
        "a file of this program is called `{MANIFEST}` already"
    );
    Diagnostic::new(Code::DuplicateRoute, span.clone(), message)
        .help(words!("benennen Sie die Datei um", "rename the file"))
}

/// How two outputs get different addresses.
fn way_out(one: &Output, other: &Output) -> Words {
    let either = |is: fn(&Output) -> bool| is(one) || is(other);
    if either(|output| matches!(output, Output::Redirect(_))) {
        return words!(
            "nehmen Sie die Adresse aus `redirects` heraus",
            "take the address out of `redirects`"
        );
    }
    if either(|output| matches!(output, Output::Copy(..))) {
        return words!(
            "benennen Sie eine der Dateien um oder löschen Sie sie",
            "rename one of the files, or delete it"
        );
    }
    words!(
        "geben Sie einer der Seiten mit `slug = \"…\"` eine andere Adresse",
        "give one of the pages another address with `slug = \"…\"`"
    )
}
