//! Edits as editors and theme authors make them, drawn at random.

use std::collections::{BTreeMap, BTreeSet};

use schaukasten::model::schema::Schema;

use super::dice::Dice;
use super::draw::{Draw, quoted};
use super::site::{FILES, File, SECTIONS, Site, Text, id_of, lang_of};

/// Makes one edit, and says which.
pub(crate) fn edit(site: &mut Site, dice: &mut Dice) -> String {
    match dice.below(48) {
        0..=7 => field(site, dice),
        8..=12 => paragraph(site, dice),
        13..=14 => title(site, dice),
        15..=16 => state(site, dice),
        17..=18 => add_or_remove(site, dice),
        19 => rename_or_move(site, dice),
        20..=21 => translation(site, dice),
        22 => rows(site, dice),
        23 => section(site, dice),
        24..=26 => {
            site.settings.edit(dice);
            "site.toml".to_owned()
        }
        27..=29 => site.theme.edit_file(dice),
        30..=32 => site.theme.edit_slot(dice),
        33 => file(site, dice),
        34 => sidecar(site, dice),
        35..=36 => time(site, dice),
        37 => damage(site, dice),
        38 => options(site, dice),
        39 => many(site, dice),
        40..=41 => folder(site, dice),
        42..=43 => family(site, dice),
        44 => absence(site, dice),
        45 => exchange(site, dice),
        46 => file_or_folder(site),
        _ => "nothing".to_owned(),
    }
}

/// A file that holds one text.
fn text_file(site: &Site, dice: &mut Dice) -> Option<String> {
    let paths = site.paths(|_, file| matches!(file, File::Doc(..) | File::Rows(..)));
    (!paths.is_empty()).then(|| dice.pick(&paths).clone())
}

/// Changes one text of the site, in whichever file it stands.
fn change_text(
    site: &mut Site,
    dice: &mut Dice,
    change: impl FnOnce(&mut Dice, (&Schema, &[(String, String)]), (&str, &str, &mut Text)),
) -> String {
    let (schema, ids) = (site.settings.schema(), site.ids());
    let Some(path) = text_file(site, dice) else { return "no text".to_owned() };
    let found = match site.files.get_mut(&path) {
        Some(File::Doc(kind, text)) => Some((kind.clone(), text)),
        Some(File::Rows(kind, rows)) if !rows.is_empty() => {
            let at = dice.below(rows.len());
            Some((kind.clone(), &mut rows[at].1))
        }
        _ => None,
    };
    if let Some((kind, text)) = found {
        change(dice, (&schema, &ids), (&path, &kind, text));
    }
    path
}

/// Sets a field, or takes one out.
fn field(site: &mut Site, dice: &mut Dice) -> String {
    let mut what = String::new();
    let path = change_text(site, dice, |dice, (schema, ids), (path, kind, text)| {
        if text.fields.len() > 3 + dice.below(6) {
            let names: Vec<String> =
                text.fields.keys().filter(|name| !is_needed(name)).cloned().collect();
            if !names.is_empty() {
                let name = dice.pick(&names);
                text.fields.remove(name);
                what = format!("without {name}");
            }
            return;
        }
        let Some(kind) = schema.kind(kind) else { return };
        let files = ["../dateien/a.txt", "../dateien/b.pdf", "../dateien/bild-2.svg"];
        let words = lang_of(path).is_some();
        let mut draw = Draw { dice, schema, ids, files: &files, words };
        let (name, value) = draw.field(&kind.fields);
        if name != "kind" {
            what = format!("{name} = {value}");
            text.fields.insert(name, value);
        }
    });
    format!("{path}: {what}")
}

/// Whether an entry would hardly do without a field.
fn is_needed(name: &str) -> bool {
    ["title", "type", "status", "kind"].contains(&name)
}

/// Adds, changes or removes a paragraph.
fn paragraph(site: &mut Site, dice: &mut Dice) -> String {
    let mut what = String::new();
    let path = change_text(site, dice, |dice, (_, ids), (_, _, text)| {
        let new = draw_paragraph(dice, ids);
        what = new.clone();
        let at = dice.below(text.body.len());
        match dice.below(3) {
            0 if !text.body.is_empty() => text.body[at] = new,
            1 if text.body.len() > 2 => drop(text.body.remove(at)),
            _ if text.body.len() > 5 => text.body.truncate(1),
            _ => text.body.insert(at, new),
        }
    });
    format!("{path}: paragraph {what}")
}

/// A paragraph of some kind.
fn draw_paragraph(dice: &mut Dice, ids: &[(String, String)]) -> String {
    let number = dice.below(9);
    let (kind, id) = dice.pick(ids).clone();
    match dice.below(20) {
        0..=2 => format!("Absatz mit Nummer {number} und *Betonung*."),
        3 => format!("## Überschrift {number}"),
        4 => format!("## Abschnitt {number} {{#anker}}"),
        5 => format!("Verweis auf [Wort {number}]({kind}:{id}) und [](partner:p1)."),
        6 => format!("Datei [hier](../{}/{id}.md) und [dort](#anker).", folder_of(&kind)),
        7 => format!("[Anker](initiative:i1#anker) und [Netz](https://example.org/{number})"),
        8 => "Eine [Datei](../dateien/a.txt), [noch eine](../dateien/b.pdf).".to_owned(),
        9 => "[Adresse](/partner/), [Liste](../partner/_index.md)".to_owned(),
        10 => format!("![Bild {number}](../dateien/bild-1.svg \"Unterschrift {number}\")"),
        11 => format!("Mitten ![](../dateien/bild-{}.svg) im Text.", 1 + number % 3),
        12 => {
            format!("```{{note}}\ntitle = \"Hinweis {number}\"\ntext = \"Mit [](partner:p2)\"\n```")
        }
        13 => "```{note}\ntext = \"nur Text\"\nlevel = \"b\"\n```".to_owned(),
        14 => format!("```{{entries}}\nkind = \"event\"\nlimit = {}\n```", 1 + number % 3),
        15 => "```{entries}\ntopic = \"t1\"\nsort = \"title\"\n```".to_owned(),
        16 => "```{picture}\npicture = { file = \"../dateien/bild-2.svg\", alt = \"Zwei\" }\n```"
            .to_owned(),
        17 => "```{datei}\nfile = \"../dateien/b.pdf\"\n```".to_owned(),
        18 => format!("> [!NOTE]\n> Achtung {number}\n\nFuß[^1]\n\n[^1]: Fußnote {number}"),
        _ => format!("| A | B |\n|---|---|\n| {number} | [x]({kind}:{id}) |"),
    }
}

/// The folder of a kind's section.
fn folder_of(kind: &str) -> &'static str {
    SECTIONS.iter().find(|(_, own, _)| *own == kind).map_or("", |(folder, ..)| folder)
}

/// Changes a title.
fn title(site: &mut Site, dice: &mut Dice) -> String {
    let path = change_text(site, dice, |dice, _, (_, _, text)| {
        text.fields.insert("title".to_owned(), quoted(&format!("Titel {}", dice.below(50))));
    });
    format!("{path}: title")
}

/// Changes whether and when an entry is shown.
fn state(site: &mut Site, dice: &mut Dice) -> String {
    let mut what = String::new();
    let path = change_text(site, dice, |dice, _, (path, _, text)| {
        if lang_of(path).is_some() {
            return;
        }
        let (name, value) = *dice.pick(&[
            ("draft", "true"),
            ("publish_on", "2026-03-20"),
            ("publish_on", "2026-01-01"),
            ("expires_on", "2026-03-10"),
            ("expires_on", "2026-02-01"),
            ("gone", "true"),
            ("featured", "true"),
            ("featured_until", "2026-03-08"),
            ("order", "1"),
        ]);
        what = format!("{name} = {value}");
        if text.fields.remove(name).is_none() {
            text.fields.insert(name.to_owned(), value.to_owned());
        }
    });
    format!("{path}: {what}")
}

/// Adds an entry, or removes one with its translations.
fn add_or_remove(site: &mut Site, dice: &mut Dice) -> String {
    let (folder, kind, _) = *dice.pick(SECTIONS);
    let number = 1 + dice.below(6);
    let id = format!("{}{number}", &kind[..1]);
    let path = format!("content/{folder}/{id}.md");
    let stem = format!("content/{folder}/{id}.");
    if site.files.contains_key(&path) {
        site.files.retain(|path, _| !path.starts_with(&stem));
        return format!("without {path}");
    }
    let mut text = Text::titled(&format!("Neu {kind} {number}"));
    let type_of = match kind {
        "initiative" => "programm",
        "partner" => "verein",
        "event" => "workshop",
        _ => "portal",
    };
    if matches!(kind, "initiative" | "partner" | "event" | "solution") {
        text.fields.insert("type".to_owned(), quoted(type_of));
    }
    if kind == "solution" {
        text.fields.insert("status".to_owned(), quoted("idee"));
    }
    site.files.insert(path.clone(), File::Doc(kind.to_owned(), text));
    format!("new {path}")
}

/// Gives an entry's file another name, or another folder inside its section.
fn rename_or_move(site: &mut Site, dice: &mut Dice) -> String {
    let entries = site.paths(|path, file| {
        matches!(file, File::Doc(kind, _) if kind != "section" && kind != "page")
            && lang_of(path).is_none()
    });
    if entries.is_empty() {
        return "no entry".to_owned();
    }
    let from = dice.pick(&entries).clone();
    let Some(File::Doc(kind, text)) = site.files.remove(&from) else { return from };
    let (folder, id) = (folder_of(&kind), id_of(&from).to_owned());
    let to = match dice.below(5) {
        0 => format!("content/{folder}/{id}/index.md"),
        1 => format!("content/{folder}/gruppe/{id}.md"),
        2 => format!("content/{folder}/{}{}.md", &kind[..1], 1 + dice.below(6)),
        3 => format!("content/{}/{id}.md", dice.pick(SECTIONS).0),
        _ => format!("content/{folder}/{id}.md"),
    };
    // Where it lies decides what it is.
    let section =
        SECTIONS.iter().find(|(folder, ..)| to.starts_with(&format!("content/{folder}/")));
    let kind = section.map_or(kind, |(_, kind, _)| (*kind).to_owned());
    site.files.insert(to.clone(), File::Doc(kind, text));
    format!("{from} to {to}")
}

/// Adds a translation, or removes it.
fn translation(site: &mut Site, dice: &mut Dice) -> String {
    let mains = site.paths(|path, file| {
        matches!(file, File::Doc(..) | File::Rows(..)) && lang_of(path).is_none()
    });
    if mains.is_empty() {
        return "no entry".to_owned();
    }
    let main = dice.pick(&mains).clone();
    let lang = dice.word(&["en", "en", "de-simple"]);
    let (stem, ending) = main.rsplit_once('.').unwrap();
    let path = format!("{stem}.{lang}.{ending}");
    if site.files.remove(&path).is_some() {
        return format!("without {path}");
    }
    let words = |title: &str| Text::titled(&format!("{title} in {lang}"));
    let file = match site.files.get(&main) {
        Some(File::Rows(kind, rows)) => {
            let rows = rows.iter().take(1 + dice.below(2)).map(|(id, _)| (id.clone(), words(id)));
            File::Rows(kind.clone(), rows.collect())
        }
        Some(File::Doc(kind, _)) => File::Doc(kind.clone(), words(id_of(&main))),
        _ => return "nothing".to_owned(),
    };
    site.files.insert(path.clone(), file);
    format!("new {path}")
}

/// Adds or removes a row of `_entries.toml`, or the whole file.
fn rows(site: &mut Site, dice: &mut Dice) -> String {
    let path = "content/partner/_entries.toml".to_owned();
    let empty = || File::Rows("partner".to_owned(), Vec::new());
    let file = site.files.entry(path.clone()).or_insert_with(empty);
    if dice.one_in(8) {
        site.files.remove(&path);
        return format!("without {path}");
    }
    let File::Rows(_, rows) = file else { return path };
    if rows.len() > 2 && dice.one_in(2) {
        let at = dice.below(rows.len());
        rows.remove(at);
        return format!("{path}: without row {at}");
    }
    let id = format!("p{}", 4 + dice.below(5));
    let mut text = Text::titled(&format!("Zeile {id}"));
    text.fields.insert("type".to_owned(), quoted("land"));
    rows.push((id.clone(), text));
    format!("{path}: new row {id}")
}

/// Adds so many entries that what refers to another stands on several pages, or takes them away.
fn many(site: &mut Site, dice: &mut Dice) -> String {
    let path = "content/aktuelles/_entries.toml".to_owned();
    if site.files.remove(&path).is_some() {
        return format!("without {path}");
    }
    let row = |number: usize| {
        let mut text = Text::titled(&format!("Meldung {number}"));
        text.fields.insert("about".to_owned(), "[\"initiative:i1\"]".to_owned());
        text.fields.insert("date".to_owned(), format!("2025-01-{number:02}"));
        (format!("m{number}"), text)
    };
    let count = 20 + dice.below(3);
    let rows = (1..=count).map(row).collect();
    site.files.insert(path.clone(), File::Rows("news".to_owned(), rows));
    format!("{path}: {count} rows")
}

/// Changes a section: its kind, its page length, whether it is there.
fn section(site: &mut Site, dice: &mut Dice) -> String {
    let (folder, kind, title) = *dice.pick(SECTIONS);
    let path = format!("content/{folder}/_index.md");
    let Some(File::Doc(_, text)) = site.files.get_mut(&path) else {
        let mut text = Text::titled(title);
        text.fields.insert("kind".to_owned(), quoted(kind));
        site.files.insert(path.clone(), File::Doc("section".to_owned(), text));
        return format!("new {path}");
    };
    let (name, value) = match dice.below(8) {
        0 => ("kind", quoted(dice.pick(SECTIONS).1)),
        1 => {
            site.files.remove(&path);
            return format!("without {path}");
        }
        2..=3 => ("per_page", (1 + dice.below(3)).to_string()),
        4 => ("slug", quoted("anderswo")),
        5 => ("summary", quoted("Worum es geht")),
        _ => ("kind", quoted(kind)),
    };
    if name != "kind" && text.fields.contains_key(name) {
        text.fields.remove(name);
    } else {
        text.fields.insert(name.to_owned(), value);
    }
    format!("{path}: {name}")
}

/// Changes, adds or removes a file that is published as it is.
fn file(site: &mut Site, dice: &mut Dice) -> String {
    let (name, bytes) = *dice.pick(FILES);
    let path = format!("content/dateien/{name}");
    let number = dice.below(4);
    // A translation into a language that the site does not have comes and goes as well.
    if dice.one_in(4) {
        let foreign = "content/_index.fr.md".to_owned();
        if site.files.remove(&foreign).is_none() {
            let text = b"+++\ntitle = \"F\"\n+++\n".to_vec();
            site.files.insert(foreign, File::Plain(text));
        }
        return "a foreign language".to_owned();
    }
    match number {
        0 => drop(site.files.remove(&path)),
        1 => {
            let text = bytes.replace("0\"", &format!("{}\"", dice.below(9)));
            site.files.insert(path.clone(), File::Plain(format!("{text}\n").into_bytes()));
        }
        _ => drop(site.files.insert(path.clone(), File::Plain(bytes.as_bytes().to_vec()))),
    }
    format!("{path} in way {number}")
}

/// Changes what is known of a picture.
fn sidecar(site: &mut Site, dice: &mut Dice) -> String {
    let (schema, ids) = (site.settings.schema(), site.ids());
    let lang = dice.word(&["", "", ".en"]);
    let path = format!("content/dateien/bild-{}.svg{lang}.toml", 1 + dice.below(2));
    if dice.one_in(6) {
        site.files.remove(&path);
        return format!("without {path}");
    }
    let new = || File::Sidecar(BTreeMap::from([("alt".to_owned(), quoted("Noch ein Bild"))]));
    let file = site.files.entry(path.clone()).or_insert_with(new);
    let (File::Sidecar(fields), Some(group)) = (file, schema.group("picture")) else { return path };
    if fields.len() > 4 {
        fields.pop_last();
        return format!("{path}: one less");
    }
    let mut draw =
        Draw { dice, schema: &schema, ids: &ids, files: &["a.txt"], words: !lang.is_empty() };
    let (name, value) = draw.field(&group.fields);
    fields.insert(name.clone(), value);
    format!("{path}: {name}")
}

/// Moves the clock forward.
fn time(site: &mut Site, dice: &mut Dice) -> String {
    site.hours += i64::try_from(dice.below(60)).unwrap();
    if site.hours > 24 * 400 {
        site.hours = 0;
    }
    format!("clock at {} hours", site.hours)
}

/// Changes what the build depends on beside the files.
fn options(site: &mut Site, dice: &mut Dice) -> String {
    if dice.one_in(2) {
        site.preview = !site.preview;
    } else {
        let urls = [None, Some("https://vorschau.example.org/12/"), Some("kaputt")];
        site.base_url = dice.pick(&urls).map(str::to_owned);
    }
    format!("preview {}, base url {:?}", site.preview, site.base_url)
}

/// Breaks a file.
fn damage(site: &mut Site, dice: &mut Dice) -> String {
    let memory = site.memory();
    let paths: Vec<String> = memory.files.keys().map(ToString::to_string).collect();
    if paths.is_empty() {
        return "nothing left to break".to_owned();
    }
    let (path, way) = (dice.pick(&paths).clone(), dice.below(5));
    site.damage.insert(path.clone(), way);
    format!("{path} broken in way {way}")
}

/// Gives a folder of the content another name, or the one that it had.
fn folder(site: &mut Site, dice: &mut Dice) -> String {
    let folders: BTreeSet<&str> = site
        .files
        .keys()
        .filter_map(|path| path.rsplit_once('/'))
        .map(|(folder, _)| folder)
        .filter(|folder| *folder != "content")
        .collect();
    let folders: Vec<String> = folders.into_iter().map(str::to_owned).collect();
    if folders.is_empty() {
        return "no folder".to_owned();
    }
    let from = dice.pick(&folders).clone();
    let to = from.strip_suffix("-neu").map_or_else(|| format!("{from}-neu"), str::to_owned);
    if site.files.keys().any(|path| path.starts_with(&format!("{to}/"))) {
        return format!("{to} is there");
    }
    rename_all(site, &format!("{from}/"), &format!("{to}/"));
    format!("folder {from} to {to}")
}

/// Gives all files whose paths begin with `from` paths that begin with `to`.
fn rename_all(site: &mut Site, from: &str, to: &str) {
    let old = std::mem::take(&mut site.files);
    let renamed = |path: String| match path.strip_prefix(from) {
        Some(rest) => format!("{to}{rest}"),
        None => path,
    };
    site.files = old.into_iter().map(|(path, file)| (renamed(path), file)).collect();
}

/// Moves an entry with its translations: into a folder of its own, out of it, or into a group.
fn family(site: &mut Site, dice: &mut Dice) -> String {
    let mains = site.paths(|path, file| {
        matches!(file, File::Doc(kind, _) if kind != "section" && kind != "page")
            && lang_of(path).is_none()
    });
    if mains.is_empty() {
        return "no entry".to_owned();
    }
    let main = dice.pick(&mains).clone();
    let Some(File::Doc(kind, _)) = site.files.get(&main) else { return main };
    let (folder, id) = (folder_of(kind), id_of(&main));
    let from = main.strip_suffix("md").unwrap_or(&main).to_owned();
    let to = match dice.below(3) {
        0 => format!("content/{folder}/{id}/index."),
        1 => format!("content/{folder}/{id}."),
        _ => format!("content/{folder}/gruppe/{id}."),
    };
    rename_all(site, &from, &to);
    format!("{from}* to {to}*")
}

/// Removes a whole folder, or puts it back.
fn absence(site: &mut Site, dice: &mut Dice) -> String {
    let all =
        ["content", "themes", "themes/eigen", "themes/basis", "content/dateien", "content/partner"];
    let folder = *dice.pick(&all);
    if site.absent.remove(folder) {
        return format!("{folder} is back");
    }
    site.absent.insert(folder);
    format!("{folder} is gone")
}

/// Exchanges the texts of two files.
fn exchange(site: &mut Site, dice: &mut Dice) -> String {
    let paths = site.paths(|path, file| matches!(file, File::Doc(..)) && lang_of(path).is_none());
    if paths.is_empty() {
        return "no text".to_owned();
    }
    let (one, other) = (dice.pick(&paths).clone(), dice.pick(&paths).clone());
    let texts = |site: &Site| match (site.files.get(&one), site.files.get(&other)) {
        (Some(File::Doc(a, first)), Some(File::Doc(b, second))) if a == b => {
            let doc = |text: &Text| File::Doc(a.clone(), text.clone());
            Some((doc(second), doc(first)))
        }
        _ => None,
    };
    if let Some((first, second)) = texts(site) {
        site.files.insert(one.clone(), first);
        site.files.insert(other.clone(), second);
    }
    format!("{one} and {other} exchanged")
}

/// Makes a file a folder of the same name, or the folder a file.
fn file_or_folder(site: &mut Site) -> String {
    let inside = "content/dateien/a.txt/teil.txt".to_owned();
    if site.files.remove(&inside).is_some() {
        return format!("without {inside}");
    }
    site.files.remove("content/dateien/a.txt");
    site.files.insert(inside.clone(), File::Plain(b"Teil".to_vec()));
    format!("new {inside}")
}
