//! What the law of a region says of the legal pages.
//!
//! Each of the German Länder has an act of its own, with another office to turn to. `regions.toml`
//! holds what was looked up; a region of which nothing was gets the generic wording, which names
//! no law of anybody else.

use super::datum::Row;
use super::read::{self, Owner, Reading};
use super::schema::{Name, Schema};
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::parse::toml::Damage;
use crate::parse::{Place, toml};
use crate::path::RelPath;

/// The text of the regions.
const TEXT: &str = include_str!("regions.toml");

/// All regions by the name that `region` in `site.toml` gives them, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Regions(Vec<(Name, Row)>);

impl Regions {
    /// Reads them, against the group `region` of the settings' schema.
    pub(super) fn read(notes: &mut Vec<Diagnostic>, schema: &Schema) -> Self {
        let path = RelPath::new("regions.toml");
        let (node, _) = toml::parse(notes, TEXT, &Place::At(path.clone(), 0));
        let damage = Damage::default();
        let owner = Owner::Settings;
        let reading = Reading { schema, path: &path, damage: &damage, words_of: None, owner };
        let Some(group) = schema.group("region") else { return Self::default() };
        let row = |(key, node): &(toml::Key, toml::Node)| {
            (key.name.clone(), read::group(notes, &reading, node, (group, None)))
        };
        Self(node.entries().iter().map(row).collect())
    }

    /// The region of that name.
    pub fn get(&self, name: &str) -> Option<&Row> {
        self.0.iter().find(|(known, _)| &**known == name).map(|(_, row)| row)
    }

    /// The names of all regions.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        self.0.iter().map(|(name, _)| name)
    }

    /// The name of the region that is called so in some language.
    pub fn called(&self, label: &str) -> Option<&Name> {
        let is_it = |row: &Row| {
            let labels = row.words("label").into_iter().flat_map(|labels| labels.0.values());
            labels.into_iter().any(|own| own.to_lowercase() == label.to_lowercase())
        };
        self.0.iter().find(|(_, row)| is_it(row)).map(|(name, _)| name)
    }
}

/// What a region is called.
pub fn label<'a>(row: &'a Row, lang: &Lang) -> Option<&'a str> {
    row.words("label").map(|words| words.get(lang))
}

/// Whether the wording of a region was looked up: it names its laws.
pub fn has_wording(row: &Row) -> bool {
    !row.items("laws").is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::settings;

    #[test]
    fn regions_are_sound() {
        let mut notes = Vec::new();
        let regions = Regions::read(&mut notes, &settings::own_schema());
        assert!(notes.is_empty(), "{notes:#?}");
        let with_wording: Vec<&str> = regions
            .names()
            .filter(|name| regions.get(name).is_some_and(has_wording))
            .map(|name| &**name)
            .collect();
        assert_eq!(with_wording, ["bund", "bw", "by"]);
        for name in with_wording {
            let row = regions.get(name).unwrap();
            let body = row.row("enforcement").unwrap();
            for part in ["name", "address", "phone", "email", "url"] {
                assert!(body.get(part).is_some(), "{name}: {part}");
            }
            for part in ["procedure", "label"] {
                let words = row.words(part).unwrap();
                assert!(words.0.contains_key("de") && words.0.contains_key("en"), "{name}: {part}");
            }
            assert!(row.words("procedure").unwrap().0.contains_key("de-simple"), "{name}");
        }
        assert_eq!(regions.names().count(), 17);
        assert_eq!(regions.called("Bavaria").map(|name| &**name), Some("by"));
    }

    #[test]
    fn settings_declare_what_they_say() {
        let mut notes = Vec::new();
        settings::declared(&mut notes);
        assert!(notes.is_empty(), "{notes:#?}");
    }
}
