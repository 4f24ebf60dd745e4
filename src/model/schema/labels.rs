//! A text in several languages, as declarations and settings have it.

use std::collections::BTreeMap;

use super::Name;
use crate::lang::Lang;

/// A text per language, by the language's tag.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Labels(pub BTreeMap<Name, Name>);

impl Labels {
    /// A text that is the same in every language.
    pub fn same(text: &str) -> Self {
        Self(BTreeMap::from([(Name::from(""), Name::from(text))]))
    }

    /// The text in `lang`, else in its base language, else the one for all, else German, else any.
    pub fn get(&self, lang: &Lang) -> &str {
        self.found(lang).map_or("", |(_, text)| text)
    }

    /// The language of what [`Labels::get`] gives; empty if it is the text for all.
    pub fn tag(&self, lang: &Lang) -> &str {
        self.found(lang).map_or("", |(tag, _)| tag)
    }

    /// The text that is nearest to `lang`, with its language.
    fn found(&self, lang: &Lang) -> Option<(&str, &str)> {
        let tags = [lang.as_str(), lang.base(), "", "de", "en"];
        let found = tags.iter().find_map(|tag| self.0.get_key_value(*tag));
        found.or_else(|| self.0.iter().next()).map(|(tag, text)| (&**tag, &**text))
    }

    /// Whether there is a text for `lang`: its own, that of its base language, or the one for all.
    pub fn has(&self, lang: &Lang) -> bool {
        [lang.as_str(), lang.base(), ""].iter().any(|tag| self.0.contains_key(*tag))
    }

    /// The text in the language of messages.
    pub fn tongue(&self, tongue: crate::diag::Tongue) -> &str {
        let tag = match tongue {
            crate::diag::Tongue::De => "de",
            crate::diag::Tongue::En => "en",
        };
        let found = [tag, "", "de"].iter().find_map(|tag| self.0.get(*tag));
        found.or_else(|| self.0.values().next()).map_or("", |text| text)
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
