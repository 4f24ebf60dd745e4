//! Components that are rendered once for all pages on which they look the same.

use std::fmt::Write as _;

use tera::{Context, Error, Kwargs, State, TeraResult, Value};

use super::{error, named, no_entry, page_lang};
use crate::diag::suggest;
use crate::lang::Lang;
use crate::model::schema::Name;
use crate::render::engine::Engine;
use crate::render::round::{Part, Subject};
use crate::render::track::{self, ask};
use crate::site::query::Query;
use crate::words;

/// A component that is rendered once for all pages on which it looks the same: with the summary of
/// `entry`, for each of `entries`, or with neither, of the site.
pub(super) fn component(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let name: &str = kwargs.must_get("name")?;
    let call = Call { name, words: call_words(&kwargs)?, lang: page_lang()?, kwargs: &kwargs };
    if let Some(entries) = kwargs.get::<&Value>("entries")? {
        let entries = entries.as_array().unwrap_or_default();
        let made = entries.iter().map(|entry| call.of_entry(entry)).collect::<TeraResult<Vec<_>>>();
        return made.map(Value::from);
    }
    match kwargs.get::<&Value>("entry")? {
        Some(entry) => call.of_entry(entry),
        None => call.of_site(),
    }
}

/// A call of a component.
struct Call<'a> {
    /// The component.
    name: &'a str,
    /// The component with its arguments, as they are told apart.
    words: Name,
    /// The language of the page.
    lang: Lang,
    /// The arguments.
    kwargs: &'a Kwargs,
}

impl Call<'_> {
    /// The component with an entry's summary.
    fn of_entry(&self, entry: &Value) -> TeraResult<Value> {
        let Some(id) = named(entry) else {
            return Err(no_entry());
        };
        let summary = Query::Summary(id.clone(), self.lang.clone());
        self.once(Subject::Entry(id), |arguments, _| {
            arguments.insert_value("entry", ask(summary).value);
        })
    }

    /// The component by itself; it may use `@site` and `@theme`.
    fn of_site(&self) -> TeraResult<Value> {
        let Some(site) = track::known_site() else {
            return Err(error(&words!(
                "in einem Bauteil, das einen Eintrag zeigt, fehlt hier `entry`",
                "in a component that shows an entry, `entry` is missing here"
            )));
        };
        let options = Query::Options(self.lang.clone());
        self.once(Subject::Site(site.print), |_, implicits| {
            implicits.insert_value("site", site.value.clone());
            track::see(site);
            implicits.insert_value("theme", ask(options).value);
        })
    }

    /// The component, rendered now or before.
    fn once(
        &self,
        subject: Subject,
        add: impl FnOnce(&mut Context, &mut Context),
    ) -> TeraResult<Value> {
        let part = Part { subject, lang: self.lang.clone(), call: self.words.clone() };
        track::part(part, |round| {
            ask(Query::Component(Name::from(self.name)));
            if !round.engine.has_component(self.name) {
                return Err(no_component(&round.engine, self.name));
            }
            let (mut arguments, mut implicits) = (Context::new(), Context::new());
            for (key, value) in others(self.kwargs) {
                arguments.insert_value(key.to_owned(), value.clone());
            }
            add(&mut arguments, &mut implicits);
            let html = round.engine.component(self.name, (&arguments, &implicits))?;
            Ok(Value::safe_string(html.trim()))
        })
    }
}

/// The arguments that go to the component.
fn others(kwargs: &Kwargs) -> impl Iterator<Item = (&str, &Value)> {
    let all = kwargs.iter().filter_map(|(key, value)| Some((key.as_str()?, value)));
    all.filter(|(key, _)| !matches!(*key, "name" | "entry" | "entries"))
}

/// A component with its arguments as they are told apart: texts, numbers, `true` and `false`.
fn call_words(kwargs: &Kwargs) -> TeraResult<Name> {
    let mut words = kwargs.must_get::<&str>("name")?.to_owned();
    for (key, value) in others(kwargs) {
        if value.is_map() || value.as_array().is_some() {
            return Err(error(&words!(
                "`{key}` muss ein Text, eine Zahl, `true` oder `false` sein",
                "`{key}` must be a text, a number, `true` or `false`"
            )));
        }
        // As Rust writes it, a text has quotes and so is none of the others.
        let _ = write!(words, " {key}={value:?}");
    }
    Ok(Name::from(words))
}

/// There is no component of a name.
fn no_component(engine: &Engine, name: &str) -> Error {
    let message = words!("es gibt kein Bauteil `{name}`", "there is no component `{name}`");
    let found = suggest::closest(name, engine.components().into_iter());
    error(&suggest::with(message, suggest::did_you_mean(&found)))
}
