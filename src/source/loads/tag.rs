//! Where in a tag, or behind which, a byte of HTML stands.

/// Where a byte stands.
pub(super) enum Place {
    /// In the value of an attribute.
    Attribute {
        /// The element's name, in small letters.
        element: Vec<u8>,
        /// The attribute's name, in small letters.
        name: Vec<u8>,
        /// Whether the value begins there, or a part of it that is a list of addresses.
        is_first: bool,
        /// The value of the attribute `rel` of the same tag.
        rel: Vec<u8>,
    },
    /// Behind the start tag of an element of this name.
    Inside(Vec<u8>),
}

/// An attribute.
struct Attribute<'a> {
    /// Its name.
    name: &'a [u8],
    /// Where its value begins, and where it ends.
    value: (usize, usize),
}

/// Where `at` stands; `tag` is the last `<` before it.
pub(super) fn place(text: &[u8], tag: usize, at: usize) -> Option<Place> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let length = text[tag + 1..].iter().position(|byte| !is_name(byte))?;
    let element = text[tag + 1..tag + 1 + length].to_ascii_lowercase();
    let (mut next, mut found, mut rel) = (tag + 1 + length, None, Vec::new());
    while let Some((attribute, end)) = attribute(text, next) {
        let (start, stop) = attribute.value;
        if attribute.name.eq_ignore_ascii_case(b"rel") {
            rel = text[start..stop].to_vec();
        }
        if start <= at && at < stop {
            found = Some((attribute.name.to_ascii_lowercase(), is_first(&attribute, text, at)));
        }
        next = end;
    }
    match found {
        Some((name, is_first)) => Some(Place::Attribute { element, name, is_first, rel }),
        None if next < at => Some(Place::Inside(element)),
        None => None,
    }
}

/// Whether an address begins where the value does, or a part of it.
fn is_first(attribute: &Attribute<'_>, text: &[u8], at: usize) -> bool {
    let before = &text[attribute.value.0..at];
    let is_list = [&b"srcset"[..], b"imagesrcset", b"ping"]
        .iter()
        .any(|list| attribute.name.eq_ignore_ascii_case(list));
    match before.last() {
        Some(byte) if is_list => byte.is_ascii_whitespace() || *byte == b',',
        _ => before.trim_ascii().is_empty(),
    }
}

/// The attribute that begins behind a byte, and where it ends; nothing where the tag ends.
fn attribute(text: &[u8], from: usize) -> Option<(Attribute<'_>, usize)> {
    let skip = |from: usize, is_meant: fn(&u8) -> bool| {
        text[from..].iter().position(|byte| !is_meant(byte)).map(|count| from + count)
    };
    let start = skip(from, |byte| byte.is_ascii_whitespace() || *byte == b'/')?;
    if text[start] == b'>' {
        return None;
    }
    let end = skip(start + 1, |byte| !byte.is_ascii_whitespace() && !b"=>/".contains(byte))?;
    let name = &text[start..end];
    let sign = skip(end, u8::is_ascii_whitespace)?;
    if text[sign] != b'=' {
        return Some((Attribute { name, value: (end, end) }, end));
    }
    let value = skip(sign + 1, u8::is_ascii_whitespace)?;
    if let quote @ (b'"' | b'\'') = text[value] {
        let length = text[value + 1..].iter().position(|byte| *byte == quote)?;
        let stop = value + 1 + length;
        return Some((Attribute { name, value: (value + 1, stop) }, stop + 1));
    }
    let stop =
        skip(value, |byte| !byte.is_ascii_whitespace() && *byte != b'>').unwrap_or(text.len());
    Some((Attribute { name, value: (value, stop) }, stop))
}
