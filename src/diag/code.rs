//! Every problem this program knows, by a stable kebab-case name.
//!
//! A code's name is part of the interface: CI configurations and editors' notes rely on it. Each
//! has a case of its own under `tests/cases/diagnostics/`.

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// Published, unless `--strict` is given.
    Warning,
    /// Only time has passed: shown everywhere, failing nothing but `check --overdue`.
    Overdue,
    /// Advice that never fails anything.
    Hint,
}

impl Severity {
    /// The stable name, as reports for programs have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Overdue => "overdue",
            Self::Hint => "hint",
        }
    }
}

/// Makes the enum, its names and its severities from one list, so that they cannot disagree.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $severity:ident;)*) => {
        /// Which problem a diagnostic reports.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// All codes, in the order in which they are documented.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stable name.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How bad the problem is, unless the place where it is found knows better.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    // Files.
    /// A file cannot be read: `content/a.md` without permission.
    FileUnreadable = "file-unreadable", Error;
    /// A text file holds bytes that are not UTF-8.
    FileNotUtf8 = "file-not-utf8", Error;
    /// A text file holds a character that cannot be shown: NUL, escape.
    ControlCharacter = "control-character", Error;
    /// A text file starts with a byte-order mark.
    ByteOrderMark = "byte-order-mark", Warning;
    /// A text file of more than 16 MiB.
    FileTooLarge = "file-too-large", Error;
    /// A Markdown file with nothing in it.
    FileEmpty = "file-empty", Error;
    /// The name of a file or folder cannot be an id: `Förderung 1.md`.
    FileName = "file-name", Error;
    /// A symbolic link leads out of `content/`.
    LinkLeavesContent = "link-leaves-content", Error;
    /// A file in `content/` that nothing published points to.
    UnusedFile = "unused-file", Warning;

    // Front matter and TOML.
    /// A Markdown file does not begin with `+++`.
    FrontMatterMissing = "front-matter-missing", Error;
    /// The closing `+++` is missing.
    FrontMatterOpen = "front-matter-open", Error;
    /// Front matter in YAML, between `---` lines.
    YamlFrontMatter = "yaml-front-matter", Error;
    /// TOML that does not parse.
    TomlSyntax = "toml-syntax", Error;
    /// A field that the kind does not have: `titel = "…"`.
    UnknownField = "unknown-field", Error;
    /// A field of the entry stands below a `[[table]]` and so belongs to that table.
    MisplacedField = "misplaced-field", Error;
    /// A required field is not set.
    MissingField = "missing-field", Error;
    /// A value of another type than the field's: `title = 5`.
    WrongType = "wrong-type", Error;
    /// A value that the field's list does not have: `status = "läuft"`.
    UnknownChoice = "unknown-choice", Error;
    /// A value that a field's `max` or `pattern` does not allow, or text that is no address.
    InvalidValue = "invalid-value", Error;
    /// A date that is none: `2022-02-30`.
    InvalidDate = "invalid-date", Error;
    /// A date in German notation: `"14.11.2018"`.
    GermanDate = "german-date", Error;
    /// `5.000` where five thousand is meant.
    GermanNumber = "german-number", Error;
    /// An end that lies before its start.
    EndBeforeStart = "end-before-start", Error;

    // The model.
    /// A reference to an entry that does not exist.
    UnknownReference = "unknown-reference", Error;
    /// A reference to an entry of a kind that the field does not take.
    WrongKind = "wrong-kind", Error;
    /// A reference to a draft.
    DraftReference = "draft-reference", Error;
    /// The other side of a relation is written by hand.
    InverseWritten = "inverse-written", Error;
    /// A relation row with both `partner` and `name`, or neither.
    RelationRow = "relation-row", Error;
    /// Two entries of a kind with one id.
    DuplicateId = "duplicate-id", Error;
    /// Two outputs with one address.
    DuplicateRoute = "duplicate-route", Error;
    /// A reference that leads back to where it began: `part_of` in a circle.
    ReferenceCycle = "reference-cycle", Error;
    /// A section whose `_index.md` is missing, or names no kind or an unknown one.
    SectionKind = "section-kind", Error;
    /// Two sections for one kind.
    DuplicateSection = "duplicate-section", Error;
    /// Two pages have the same role.
    DuplicateRole = "duplicate-role", Warning;
    /// A translation of a file that does not exist.
    TranslationAlone = "translation-alone", Error;
    /// A translation that repeats a fact instead of words.
    TranslationFact = "translation-fact", Error;
    /// A translated list with another number of rows, or another key.
    TranslationRows = "translation-rows", Error;
    /// The home page is missing in a language of the site, or is not there at all times.
    HomeMissing = "home-missing", Error;

    // Markdown.
    /// A link to a file, entry or page that does not exist.
    BrokenLink = "broken-link", Error;
    /// A link to a heading that does not exist.
    BrokenAnchor = "broken-anchor", Error;
    /// A link that leads nowhere: no destination, or a scheme that is not allowed.
    LinkScheme = "link-scheme", Error;
    /// `www.example.org` without `https://`.
    UrlWithoutScheme = "url-without-scheme", Error;
    /// `[^1]` without its note.
    UndefinedFootnote = "undefined-footnote", Error;
    /// `[text][label]` without its definition.
    UndefinedLabel = "undefined-label", Error;
    /// `> [!HINWEIS]`, which is none of the alerts.
    UnknownAlert = "unknown-alert", Error;
    /// A heading of level 1, or one that skips a level.
    HeadingLevel = "heading-level", Error;
    /// A heading or link without text.
    EmptyText = "empty-text", Error;
    /// A link whose words do not say where it leads: "hier", "mehr", an address (WCAG 2.4.4).
    LinkWords = "link-words", Warning;
    /// Two headings with one id written by hand.
    DuplicateAnchor = "duplicate-anchor", Error;
    /// Raw HTML outside the short list of allowed tags.
    RawHtml = "raw-html", Error;
    /// What looks like Markdown, or is another program's, and would come out as plain text:
    /// `##Heading`, `:::note`, `![alt](a.svg){width=50%}`. A warning where it may be meant as it
    /// stands.
    PlainMarkup = "plain-markup", Error;
    /// Code between fences whose second fence is missing.
    CodeFence = "code-fence", Error;
    /// A row of a table with more cells than the table's head.
    TableRow = "table-row", Error;
    /// A table whose head is empty (WCAG 1.3.1).
    TableHead = "table-head", Warning;
    /// A passage in another language than the rest of its text that does not say so (WCAG 3.1.2).
    LanguagePart = "language-part", Hint;
    /// A sentence of more than 12 words, or a word of more than 16 letters, in Leichte Sprache (DIN SPEC
    /// 33429).
    SimpleLanguage = "simple-language", Hint;
    /// Something a field of inline or block Markdown cannot hold.
    MarkdownPlace = "markdown-place", Error;

    // Pictures and files.
    /// A picture or file that does not exist.
    FileMissing = "file-missing", Error;
    /// A picture that is empty or in no known format.
    PictureFormat = "picture-format", Error;
    /// A picture without alternative text.
    MissingAlt = "missing-alt", Error;
    /// Alternative text that repeats the caption or the file's name.
    PoorAlt = "poor-alt", Warning;
    /// Alternative text of more than 200 characters (WCAG 1.1.1).
    LongAlt = "long-alt", Warning;
    /// A published picture of which nothing says who made it, or whose it is.
    MissingCredit = "missing-credit", Hint;
    /// A published photo that says where it was taken.
    PicturePosition = "picture-position", Warning;
    /// A picture with a title inside a paragraph.
    PictureTitle = "picture-title", Error;
    /// Video or audio of one's own without captions or transcript.
    MediaText = "media-text", Error;
    /// A document to download of which nothing says whether it is accessible.
    DownloadAccess = "download-access", Hint;
    /// Something would be loaded from a server that is not the site's own.
    ForeignOrigin = "foreign-origin", Error;
    /// A page, an SVG picture or a script would make the browser ask a server that is neither the site's
    /// own nor declared in `[origins]`.
    ForeignRequest = "foreign-request", Error;

    // Blocks.
    /// A block that the theme does not have.
    UnknownBlock = "unknown-block", Error;
    /// A parameter that the block does not have.
    UnknownParameter = "unknown-parameter", Error;
    /// A required parameter is not given.
    MissingParameter = "missing-parameter", Error;

    // Settings, schema, theme.
    /// There is no `content/site.toml`.
    SiteMissing = "site-missing", Error;
    /// A setting in `site.toml` that cannot be: an unknown zone, a base URL that is none.
    SiteSetting = "site-setting", Error;
    /// A kind, type or field declaration that cannot be.
    SchemaError = "schema-error", Error;
    /// A region of which nothing is known, or not its law: a warning if another is clearly meant.
    UnknownRegion = "unknown-region", Hint;
    /// The theme does not exist.
    ThemeMissing = "theme-missing", Error;
    /// A theme that extends itself.
    ThemeCycle = "theme-cycle", Error;
    /// A declaration in a theme that cannot be.
    ThemeError = "theme-error", Error;
    /// A template that does not parse, or names something that does not exist.
    TemplateSyntax = "template-syntax", Error;
    /// A template that fails while an entry is rendered.
    TemplateFailure = "template-failure", Error;
    /// A style sheet that does not parse.
    StyleSheet = "style-sheet", Error;

    // The legal pages.
    /// A fact that the law asks for is missing, is no answer (a post-office box, a day to come), or
    /// contradicts another: then it is an error, if the page says both. A hint for pages that were written by hand.
    LegalFact = "legal-fact", Warning;
    /// Imprint, privacy page or accessibility statement are missing; as a hint, in a language.
    LegalPage = "legal-page", Warning;
    /// On a legal page something stands that was to be replaced: `TODO`, `[Name]`.
    LegalPlaceholder = "legal-placeholder", Warning;
    /// Leichte Sprache or sign language are missing on the home page (BITV 2.0 § 4).
    HomeAccess = "home-access", Warning;

    // What a theme must not do.
    /// A style sheet that takes the outline from what has the focus (WCAG 2.4.7).
    FocusOutline = "focus-outline", Warning;
    /// Two colours of a theme that meet and are too much alike (WCAG 1.4.3, 1.4.11).
    LowContrast = "low-contrast", Warning;

    // Time.
    /// The day of the next review has come.
    ReviewOverdue = "review-overdue", Overdue;
    /// The accessibility statement was last reviewed more than a year ago.
    StatementOverdue = "statement-overdue", Overdue;
    /// The day by which a barrier was to be removed is over.
    PromiseOverdue = "promise-overdue", Overdue;
    /// The right to show a picture has ended.
    RightsOverdue = "rights-overdue", Overdue;

    // Advice.
    /// A personal e-mail address is published.
    PersonalAddress = "personal-address", Hint;

    // Publishing.
    /// The output folder cannot be used: it lies in `content/`, or holds files of others.
    OutputFolder = "output-folder", Error;
    /// Another build is writing to the same folder.
    OutputLocked = "output-locked", Error;
    /// An output cannot be written.
    OutputUnwritable = "output-unwritable", Error;
}
