//! Workflow commands, which GitHub shows beside the lines of a pull request.

use super::{Extent, extent};
use crate::diag::lines::Texts;
use crate::diag::{Diagnostic, Severity, Tongue};
use crate::path::RelPath;

/// One command to a line.
pub fn github(
    notes: &[Diagnostic],
    texts: &dyn Fn(&RelPath) -> Option<String>,
    tongue: Tongue,
) -> String {
    let mut texts = Texts::new(texts);
    notes.iter().map(|note| command(note, &mut texts, tongue)).collect()
}

/// The command for one diagnostic.
fn command(note: &Diagnostic, texts: &mut Texts<'_>, tongue: Tongue) -> String {
    let level = match note.severity {
        Severity::Error => "error",
        Severity::Warning | Severity::Overdue => "warning",
        Severity::Hint => "notice",
    };
    let mut properties = Vec::new();
    if let Some(span) = note.place() {
        let Extent { start, end } = extent(span, texts);
        properties.push(format!("file={}", property(span.path.as_str())));
        properties.push(format!("line={},endLine={}", start.line, end.line));
        // GitHub refuses columns for stretches of several lines. Its last column is inside.
        if start.line == end.line {
            let last = end.column.saturating_sub(1).max(start.column);
            properties.push(format!("col={},endColumn={last}", start.column));
        }
    }
    properties.push(format!("title={}", property(note.code.as_str())));
    let mut text = note.message.get(tongue).to_owned();
    let label = note.labels.first().map_or("", |label| label.text.get(tongue));
    if !label.is_empty() {
        text.push_str(&format!(" ({label})"));
    }
    for help in &note.help {
        text.push('\n');
        text.push_str(help.text.get(tongue));
    }
    format!("::{level} {}::{}\n", properties.join(","), data(&text))
}

/// Text behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
