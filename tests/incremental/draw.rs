//! Values of every type of field, drawn as the schema declares them, so that a field added to the
//! schema is part of the test at once.

use schaukasten::model::schema::{Field, Fields, Group, Schema, Type};

use super::dice::Dice;

/// What values are drawn from.
pub(crate) struct Draw<'a> {
    /// The throws.
    pub(crate) dice: &'a mut Dice,
    /// The schema.
    pub(crate) schema: &'a Schema,
    /// What there is to refer to: kind and id.
    pub(crate) ids: &'a [(String, String)],
    /// What there is to link to, as seen from an entry's folder.
    pub(crate) files: &'a [&'a str],
    /// Whether only words are wanted, for a translation.
    pub(crate) words: bool,
}

/// Text as it stands in TOML.
pub(crate) fn quoted(text: &str) -> String {
    format!("{text:?}")
}

impl Draw<'_> {
    /// A field that may be set here, with a value.
    pub(crate) fn field(&mut self, fields: &Fields) -> (String, String) {
        let of_words = |field: &&Field| !self.words || field.translatable;
        let fits: Vec<&Field> =
            fields.iter().filter(of_words).filter(|field| &*field.name != "id").collect();
        let field = *self.dice.pick(&fits);
        (field.name.to_string(), self.value(field))
    }

    /// A value of a field.
    pub(crate) fn value(&mut self, field: &Field) -> String {
        if !field.many {
            return self.one(field);
        }
        let count = 1 + self.dice.below(3);
        let items: Vec<String> = (0..count).map(|_| self.one(field)).collect();
        format!("[{}]", items.join(", "))
    }

    /// One value.
    fn one(&mut self, field: &Field) -> String {
        let number = self.dice.below(9);
        match &field.ty {
            Type::Text | Type::Words => self.text(field),
            Type::Markdown => {
                let (kind, id) = self.dice.pick(self.ids).clone();
                quoted(&format!("Ein *Wort* {number} und [ein Verweis]({kind}:{id})"))
            }
            Type::Prose => {
                let (kind, id) = self.dice.pick(self.ids).clone();
                quoted(&format!("Absatz {number}.\n\n- Punkt mit []({kind}:{id})\n"))
            }
            Type::Integer => number.to_string(),
            Type::Number => format!("{}.5", number * 1000),
            Type::Bool => self.dice.one_in(2).to_string(),
            Type::Choice(choices) => quoted(&self.dice.pick(choices).value),
            Type::Date => quoted(self.dice.word(&[
                "2026",
                "2026-03",
                "2026-03-02",
                "2026-03-20",
                "2026-05",
                "2027",
                "2024-11-30",
            ])),
            Type::Moment => quoted(self.dice.word(&[
                "2026-03-03",
                "2026-03-15T09:30",
                "2026-03-28T23:00",
                "2026-06-01",
                "2025-12-24",
            ])),
            Type::Ref(kinds) => {
                let fits: Vec<&(String, String)> = self
                    .ids
                    .iter()
                    .filter(|(kind, _)| kinds.iter().any(|own| **own == **kind))
                    .collect();
                match (fits.is_empty(), kinds.len()) {
                    (true, _) => quoted("niemand"),
                    (false, 1) => quoted(&self.dice.pick(&fits).1),
                    (false, _) => {
                        let (kind, id) = *self.dice.pick(&fits);
                        quoted(&format!("{kind}:{id}"))
                    }
                }
            }
            Type::Url => quoted(&format!("https://example.org/{number}")),
            Type::Email => quoted(&format!("stelle{number}@example.org")),
            Type::Phone => quoted(&format!("+49 30 12345{number}")),
            Type::File => quoted(self.dice.word(self.files)),
            Type::Picture => self.picture(),
            Type::Language => quoted(self.dice.word(&["de", "en", "de-simple", "fr"])),
            Type::Colour => "\"#24a\"".to_owned(),
            Type::Table(name) => match self.schema.group(name) {
                Some(group) => self.row(group),
                None => "{}".to_owned(),
            },
            Type::Kind => quoted(self.dice.word(&["event", "news", "person", "ding"])),
            Type::Raw => "1".to_owned(),
        }
    }

    /// Plain text, where possible such as the field's pattern allows.
    fn text(&mut self, field: &Field) -> String {
        let number = self.dice.below(9);
        quoted(&match &*field.name {
            "slug" => format!("teil-{number}"),
            "redirects" => format!("/frueher/{number}/"),
            "key" => format!("k{number}"),
            _ => format!("{} {number} äöü & <b>", field.label.get(&schaukasten::model::GERMAN)),
        })
    }

    /// A picture: in a translation only other words for it.
    fn picture(&mut self) -> String {
        let number = self.dice.below(9);
        let path = self.dice.word(&["../dateien/bild-1.svg", "../dateien/bild-2.svg"]);
        match (self.words, self.dice.below(3)) {
            (true, _) => format!("{{ alt = \"Words {number}\" }}"),
            (false, 0) => quoted(path),
            (false, 1) => format!("{{ file = {path:?}, alt = \"Bild {number}\" }}"),
            (false, _) => format!(
                "{{ file = {path:?}, alt = \"Bild {number}\", caption = \"*Unterschrift* {number}\" }}"
            ),
        }
    }

    /// A row of a table: what must be set, one of those that exclude each other, and some of the
    /// rest.
    fn row(&mut self, group: &Group) -> String {
        let only = (!group.one_of.is_empty()).then(|| self.dice.pick(&group.one_of).clone());
        let mut cells = Vec::new();
        for field in group.fields.iter() {
            let excluded = group.one_of.contains(&field.name) && only.as_ref() != Some(&field.name);
            let wanted = field.required || only.as_ref() == Some(&field.name);
            let fits = if self.words { field.translatable } else { true };
            if fits && !excluded && (wanted || self.dice.one_in(3)) {
                cells.push(format!("{} = {}", field.name, self.value(field)));
            }
        }
        format!("{{ {} }}", cells.join(", "))
    }
}
