//! Quotations, and the alerts that are written like one.

use pulldown_cmark::BlockQuoteKind;

use super::writer::Writer;
use crate::parse::Filling;

/// The alerts, as they are written in Markdown.
pub(super) const ALERTS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

impl Writer<'_> {
    /// Begins a quotation or an alert.
    pub(super) fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let (class, word) = match kind {
            None => return self.block_tag("<blockquote>\n"),
            Some(BlockQuoteKind::Note) => ("note", "alert_note"),
            Some(BlockQuoteKind::Tip) => ("tip", "alert_tip"),
            Some(BlockQuoteKind::Important) => ("important", "alert_important"),
            Some(BlockQuoteKind::Warning) => ("warning", "alert_warning"),
            Some(BlockQuoteKind::Caution) => ("caution", "alert_caution"),
        };
        self.block_tag(&format!("<div class=\"alert alert-{class}\" role=\"note\">\n"));
        self.out.push("<p class=\"alert-title\">");
        self.out.hole(Filling::Word(word));
        self.out.push("</p>\n");
    }

    /// Ends a quotation or an alert.
    pub(super) fn end_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.out.push(if kind.is_some() { "</div>\n" } else { "</blockquote>\n" });
    }
}
