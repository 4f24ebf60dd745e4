//! Whom a request must be meant for.
//!
//! A page on the web can give its own name the address of this machine and then read what is served
//! here. The browser still says which name it asked for, so only names of this machine are
//! answered. An address in figures cannot be taken over like that.

use std::net::IpAddr;

use axum::http::uri::Authority;

/// The names that are answered to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts {
    /// The name or address that was asked for on the command line, in lower case.
    own: Option<String>,
    /// Whether the server listens on all addresses, so that any address may be its own.
    any_address: bool,
}

impl Hosts {
    /// This machine for itself.
    pub fn local() -> Self {
        Self { own: None, any_address: false }
    }

    /// Also under a name or address: what is listened on.
    pub fn with(own: &str) -> Self {
        let own = bare(own).to_ascii_lowercase();
        let any_address = own.parse().is_ok_and(|address: IpAddr| address.is_unspecified());
        Self { own: Some(own), any_address }
    }

    /// Whether a request for `authority` (a name, with or without a port) is meant for this server.
    pub(super) fn has(&self, authority: &str) -> bool {
        let Ok(authority) = authority.parse::<Authority>() else { return false };
        if authority.as_str().contains('@') {
            return false;
        }
        let port = authority.as_str().strip_prefix(authority.host()).unwrap_or_default();
        if !port.is_empty() && authority.port_u16().is_none() {
            return false;
        }
        let name = bare(authority.host()).to_ascii_lowercase();
        let address: Option<IpAddr> = name.parse().ok();
        name == "localhost"
            || address.is_some_and(|address| self.any_address || is_loopback(address))
            || self.own.as_ref() == Some(&name)
    }
}

/// The addresses by which a machine is itself without being told more.
fn is_loopback(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback(),
        IpAddr::V6(address) => address.is_loopback(),
    }
}

/// An IPv6 address without its brackets; any other name as it is.
fn bare(name: &str) -> &str {
    name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(hosts: &Hosts, name: &str, expected: bool) {
        assert_eq!(hosts.has(name), expected, "{name}");
    }

    #[test]
    fn the_machine_itself_is_answered() {
        let hosts = Hosts::local();
        for name in ["localhost", "LOCALHOST:3000", "127.0.0.1", "127.0.0.1:80", "[::1]:3000"] {
            check(&hosts, name, true);
        }
    }

    #[test]
    fn others_are_not() {
        let hosts = Hosts::local();
        for name in [
            "",
            "evil.example",
            "localhost.evil.example",
            "evil.example:3000",
            "127.0.0.1.evil.example",
            "user@localhost",
            "localhost:port",
            "localhost:3000:3000",
            "192.168.1.5",
            "0.0.0.0",
            "::1",
            "local host",
        ] {
            check(&hosts, name, false);
        }
    }

    #[test]
    fn the_name_that_was_asked_for_is_answered() {
        check(&Hosts::with("Werkbank.local"), "werkbank.local:3000", true);
        check(&Hosts::with("192.168.1.5"), "192.168.1.5:3000", true);
        check(&Hosts::with("192.168.1.5"), "192.168.1.6:3000", false);
        check(&Hosts::with("0.0.0.0"), "192.168.1.6:3000", true);
        check(&Hosts::with("0.0.0.0"), "evil.example:3000", false);
        check(&Hosts::with("::"), "[fe80::1]:3000", true);
    }
}
