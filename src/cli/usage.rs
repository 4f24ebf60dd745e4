//! From arguments to options; what makes no sense is said in the language that is asked for.

use jiff::Timestamp;

use super::args::Common;
use super::report;
use crate::diag::{Tongue, Words};
use crate::lang::zone::{Now, Zone};
use crate::model::address;
use crate::pipeline::{Moment, Options};
use crate::words;

/// More threads than any machine has cores for.
const MOST_THREADS: usize = 256;

/// The options of a build; nothing if an argument makes no sense, which is then said.
pub(super) fn options(common: &Common) -> Option<Options> {
    match read(common) {
        Ok(options) => Some(options),
        Err(words) => {
            let tongue = report::tongue(common, Tongue::En);
            let words = words.get(tongue);
            let error = words!("Fehler", "error");
            report::say(&format!("{}: {words}\n", error.get(tongue)));
            None
        }
    }
}

/// The options of a build, or what is wrong with an argument.
fn read(common: &Common) -> Result<Options, Words> {
    threads(common.threads)?;
    let base_url = match &common.base_url {
        Some(url) if !address::is_site(url) => return Err(no_site(url)),
        url => url.clone(),
    };
    Ok(Options { now: now(common)?, preview: common.preview, base_url })
}

/// Starts as many threads as are asked for.
fn threads(wanted: Option<usize>) -> Result<(), Words> {
    let Some(count) = wanted else { return Ok(()) };
    if !(1..=MOST_THREADS).contains(&count) {
        return Err(words!(
            "`--threads {count}` geht nicht; möglich sind 1 bis {MOST_THREADS}",
            "`--threads {count}` is not possible; write 1 to {MOST_THREADS}"
        ));
    }
    let made = rayon::ThreadPoolBuilder::new().num_threads(count).build_global();
    made.map_err(|error| {
        words!(
            "{count} Threads lassen sich nicht starten: {error}",
            "{count} threads cannot be started: {error}"
        )
    })
}

/// Whether time goes on: no one moment is asked for.
pub(super) fn has_clock(common: &Common) -> bool {
    common.now.is_none() && std::env::var_os("SOURCE_DATE_EPOCH").is_none()
}

/// The moment that is asked for, else the one of the environment, else the clock's.
fn now(common: &Common) -> Result<Moment, Words> {
    if let Some(text) = &common.now {
        return match Now::parse(text, Zone::utc()) {
            Some(_) => Ok(Moment::Local(text.clone())),
            None => Err(words!(
                "`--now {text}` ist kein Zeitpunkt; schreiben Sie etwa 2026-11-21, 2026-11-21T09:00 oder 2026-11-21T09:00:00+01:00",
                "`--now {text}` is no moment; write 2026-11-21, 2026-11-21T09:00 or 2026-11-21T09:00:00+01:00"
            )),
        };
    }
    let Ok(text) = std::env::var("SOURCE_DATE_EPOCH") else {
        return Ok(Moment::Instant(Timestamp::now()));
    };
    let seconds = text.trim().parse().ok();
    let instant = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    instant.map(Moment::Instant).ok_or_else(|| {
        words!(
            "SOURCE_DATE_EPOCH ist `{text}`; das ist keine Zahl von Sekunden seit 1970",
            "SOURCE_DATE_EPOCH is `{text}`, which is no number of seconds since 1970"
        )
    })
}

/// An address that no site can have.
fn no_site(url: &str) -> Words {
    let rooted = format!("https://{url}");
    if !url.contains("://") && address::is_site(&rooted) {
        return words!(
            "`--base-url {url}` ist keine Webadresse; schreiben Sie `{rooted}`",
            "`--base-url {url}` is no web address; write `{rooted}`"
        );
    }
    words!(
        "`--base-url {url}` kann nicht die Adresse einer Website sein; schreiben Sie etwa `https://example.org/`, ohne `?` und `#`",
        "`--base-url {url}` cannot be the address of a site; write something like `https://example.org/`, without `?` and `#`"
    )
}
