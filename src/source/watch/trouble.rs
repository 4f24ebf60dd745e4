//! Why the system does not tell of changes, and what to do about it.

use notify::ErrorKind;

use crate::diag::Words;
use crate::words;

/// Why files are looked at again and again instead of waiting to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What is the matter.
    pub message: Words,
    /// What would help.
    pub help: Words,
}

impl Trouble {
    /// What an error of the system's watcher means.
    pub(super) fn of(error: &notify::Error) -> Self {
        /// The system's number for too many open files, which is also that for too many watchers.
        const TOO_MANY_OPEN: i32 = 24;
        match &error.kind {
            ErrorKind::MaxFilesWatch => Self::limit("max_user_watches", "524288"),
            ErrorKind::Io(error) if error.raw_os_error() == Some(TOO_MANY_OPEN) => {
                Self::limit("max_user_instances", "1024")
            }
            _ => Self {
                message: words!(
                    "das System meldet keine Änderungen ({error}); jede Sekunde wird nachgesehen",
                    "the system does not tell of changes ({error}); they are looked for every second"
                ),
                help: words!(
                    "legen Sie die Website auf ein Laufwerk dieses Rechners",
                    "move the site to a drive of this machine"
                ),
            },
        }
    }

    /// One of the system's limits.
    fn limit(name: &str, value: &str) -> Self {
        Self {
            message: words!(
                "die Grenze `fs.inotify.{name}` ist erreicht; jede Sekunde wird nachgesehen, was sich geändert hat",
                "the limit `fs.inotify.{name}` is reached; changes are looked for every second"
            ),
            help: words!(
                "erhöhen Sie sie mit `sudo sysctl fs.inotify.{name}={value}`, auf Dauer mit dieser Zeile in `/etc/sysctl.d/60-inotify.conf`: `fs.inotify.{name}={value}`",
                "raise it with `sudo sysctl fs.inotify.{name}={value}`, for good with this line in `/etc/sysctl.d/60-inotify.conf`: `fs.inotify.{name}={value}`"
            ),
        }
    }

    /// A file system on which others write unseen.
    pub(super) fn shared() -> Self {
        Self {
            message: words!(
                "die Website liegt auf einem Laufwerk, das nicht alle Änderungen meldet; jede Sekunde wird nachgesehen",
                "the site is on a drive that does not tell of all changes; they are looked for every second"
            ),
            help: words!(
                "legen Sie die Website auf ein Laufwerk dieses Rechners",
                "move the site to a drive of this machine"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Tongue;

    #[test]
    fn limits_are_named() {
        let full = notify::Error::new(ErrorKind::MaxFilesWatch);
        let many = notify::Error::io(std::io::Error::from_raw_os_error(24));
        let say = |error| {
            let Trouble { message, help } = Trouble::of(error);
            format!("{} {}", message.get(Tongue::De), help.get(Tongue::En))
        };
        assert!(say(&full).contains("fs.inotify.max_user_watches"));
        assert!(say(&full).contains("`sudo sysctl fs.inotify.max_user_watches=524288`"));
        assert!(say(&many).contains("fs.inotify.max_user_instances"));
    }
}
