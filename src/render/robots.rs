//! `robots.txt` (RFC 9309): what search engines may read, and where the sitemap is.

use crate::path::Route;
use crate::site::Site;

/// The file's text. A preview keeps everybody out.
pub(super) fn robots(site: &Site) -> String {
    if site.world.preview {
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    let sitemap = site.absolute(&Route::new("sitemap.xml"));
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")
}
