//! Requests that would leave the site: to a server that is neither its own nor declared in `[origins]`.
//!
//! A request tells that server who reads what, before anybody has agreed to it (GDPR; LG München I,
//! 3 O 17493/20).

use super::Site;
use crate::diag::{Code, Diagnostic, Span, Words};
use crate::model::origins;
use crate::path::RelPath;
use crate::source::loads::Load;
use crate::words;

/// So much of an address is shown.
const SHOWN: usize = 120;

/// Whether an address is that of a server which nobody declared.
pub fn is_foreign(site: &Site, load: &Load) -> bool {
    let Some(origin) = origins::of(&load.address) else { return false };
    let settings = &site.model.settings;
    let own = [&*site.world.base_url, &settings.base_url];
    let is_own = own.iter().any(|own| origins::of(own).as_ref() == Some(&origin));
    let is_media =
        || load.is_media && settings.origins.media.iter().any(|known| **known == *origin);
    !is_own && !is_media()
}

/// A file that would load something from elsewhere.
pub fn in_file(path: &RelPath, load: &Load) -> Diagnostic {
    let note = told(Span::new(path, load.range.clone()), load);
    note.help(words!(
        "nehmen Sie in die Datei auf, was sie lädt, oder streichen Sie es",
        "put what the file loads into it, or remove it"
    ))
}

/// A page that would load something from elsewhere: because of what stands at a place.
pub fn in_page(span: Span, load: &Load) -> Diagnostic {
    told(span, load).help(help(load))
}

/// A request to another server.
fn told(span: Span, load: &Load) -> Diagnostic {
    let address: String = load.address.chars().take(SHOWN).collect();
    let message = words!(
        "`{address}` würde von einem fremden Server geladen",
        "`{address}` would be loaded from another server"
    );
    Diagnostic::new(Code::ForeignRequest, span, message)
        .label(words!("der Server erführe, wer das liest", "the server would learn who reads this"))
}

/// What to do about an address in a page.
fn help(load: &Load) -> Words {
    let origin = origins::of(&load.address).unwrap_or_default();
    match load.is_media {
        true => words!(
            "legen Sie die Datei in `content/`, oder verlinken Sie sie nur; ist es ein eigener Server, nennen Sie ihn in `site.toml`: `[origins] media = [\"{origin}\"]`",
            "put the file into `content/`, or only link to it; if the server is your own, name it in `site.toml`: `[origins] media = [\"{origin}\"]`"
        ),
        false => words!(
            "legen Sie die Datei zur Website, oder verlinken Sie sie nur",
            "put the file into the site, or only link to it"
        ),
    }
}
