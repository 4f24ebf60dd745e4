//! A colour as screens show it, and how much two of them differ.

use lightningcss::traits::Parse;
use lightningcss::values::color::{CssColor, LABColor, OKLCH, RGBA};

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Colour(RGBA);

impl Colour {
    /// Reads a colour in any form that CSS has. Nothing if it depends on where it is used.
    pub(super) fn read(css: &str, is_dark: bool) -> Option<Self> {
        let colour = CssColor::parse_string(css).ok()?;
        let colour = match colour {
            CssColor::LightDark(light, dark) => *if is_dark { dark } else { light },
            other => other,
        };
        RGBA::try_from(&colour).ok().map(Self)
    }

    /// What is seen of it on a ground, if it lets some of that through.
    pub(super) fn on(self, ground: Self) -> Self {
        let (front, back, alpha) = (self.0, ground.0, self.0.alpha_f32());
        let mix = |front: f32, back: f32| front * alpha + back * (1.0 - alpha);
        Self(RGBA::from_floats(
            mix(front.red_f32(), back.red_f32()),
            mix(front.green_f32(), back.green_f32()),
            mix(front.blue_f32(), back.blue_f32()),
            1.0,
        ))
    }

    /// Whether nothing shines through.
    pub(super) fn is_opaque(self) -> bool {
        self.0.alpha == u8::MAX
    }

    /// How much it differs from another, in hundredths and never rounded up: 100 to 2100.
    /// <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>
    pub(super) fn contrast(self, other: Self) -> u32 {
        let (one, other) = (self.luminance(), other.luminance());
        let ratio = (one.max(other) + 0.05) / (one.min(other) + 0.05);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 100 to 2100"
        )]
        let hundredths = (ratio * 100.0 + 1e-6).floor() as u32;
        hundredths
    }

    /// Its share of the light of white. <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>
    fn luminance(self) -> f64 {
        let linear = |byte: u8| {
            let part = f64::from(byte) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let RGBA { red, green, blue, .. } = self.0;
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// Its lightness as people see it, from 0 to 1.
    pub(super) fn lightness(self) -> f32 {
        OKLCH::from(self.0).l
    }

    /// The same hue, of another lightness; as much of its saturation as a screen can show there.
    pub(super) fn with_lightness(self, lightness: f32) -> Self {
        let own = OKLCH::from(self.0);
        let colour = CssColor::LAB(Box::new(LABColor::OKLCH(OKLCH { l: lightness, ..own })));
        RGBA::try_from(&colour).map_or(self, Self)
    }

    /// `#2044aa`.
    pub(super) fn hex(self) -> String {
        let RGBA { red, green, blue, .. } = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast of two colours.
    fn check(one: &str, other: &str, expected: u32) {
        let read = |css| Colour::read(css, false).unwrap();
        assert_eq!(read(one).contrast(read(other)), expected, "{one} {other}");
        assert_eq!(read(other).contrast(read(one)), expected, "{other} {one}");
    }

    #[test]
    fn contrasts_are_those_of_the_guidelines() {
        check("#fff", "#000", 2100);
        check("white", "rgb(255 255 255)", 100);
        // The two greys between which the limit of 4.5 on white lies.
        check("#767676", "#fff", 454);
        check("#777", "#fff", 447);
        check("hsl(0 0% 0%)", "oklch(100% 0 0)", 2100);
    }

    #[test]
    fn colours_are_read_in_every_form() {
        let hex = |css: &str, is_dark| Colour::read(css, is_dark).map(Colour::hex);
        assert_eq!(hex("#24a", false).as_deref(), Some("#2244aa"));
        assert_eq!(hex("rebeccapurple", false).as_deref(), Some("#663399"));
        assert_eq!(hex("light-dark(#fff, #000)", true).as_deref(), Some("#000000"));
        assert_eq!(hex("currentColor", false), None);
        assert_eq!(hex("1px solid", false), None);
    }

    #[test]
    fn what_shines_through_is_mixed() {
        let black = Colour::read("rgb(0 0 0 / 50%)", false).unwrap();
        let white = Colour::read("#fff", false).unwrap();
        assert_eq!(black.on(white).hex(), "#7f7f7f");
        assert!(!black.is_opaque() && white.is_opaque());
    }

    #[test]
    fn another_lightness_keeps_the_hue() {
        let blue = Colour::read("#2044aa", false).unwrap();
        assert_eq!(blue.with_lightness(blue.lightness()).hex(), "#2044aa");
        assert_eq!(blue.with_lightness(1.0).hex(), "#ffffff");
        assert_eq!(blue.with_lightness(0.0).hex(), "#000000");
    }
}
