//! Whether a photo says where it was taken.
//!
//! Phones write the coordinates of the shot into a JPEG's Exif block (Exif 2.32, section 4.6.6): a
//! table of values with numbers, one of which leads to a table about the position.

/// The number of the value that leads to the table about the position.
const GPS_TABLE: u16 = 0x8825;

/// The numbers of latitude and longitude in that table.
const LATITUDE: u16 = 0x0002;
/// See [`LATITUDE`].
const LONGITUDE: u16 = 0x0004;

/// The size of one value's row in a table.
const ROW: usize = 12;

/// Whether the start of a JPEG holds coordinates.
pub(super) fn has_position(jpeg: &[u8]) -> bool {
    exif(jpeg).is_some_and(|tiff| coordinates(tiff).is_some())
}

/// The Exif block of a JPEG, which is a TIFF file of its own.
fn exif(jpeg: &[u8]) -> Option<&[u8]> {
    let mut rest = jpeg.strip_prefix(&[0xff, 0xd8])?;
    loop {
        let [0xff, marker, high, low, ..] = *rest else { return None };
        // From the start of the scan on there is only the picture.
        if marker == 0xda {
            return None;
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        let segment = rest.get(4..2 + length)?;
        if marker == 0xe1
            && let Some(tiff) = segment.strip_prefix(b"Exif\0\0")
        {
            return Some(tiff);
        }
        rest = rest.get(2 + length..)?;
    }
}

/// Something, if a TIFF's table about the position has both coordinates.
fn coordinates(tiff: &[u8]) -> Option<()> {
    let bytes = Tiff { bytes: tiff, is_little: tiff.starts_with(b"II*\0") };
    if !bytes.is_little && !tiff.starts_with(b"MM\0*") {
        return None;
    }
    let first = bytes.long(4)?;
    let position = bytes.value(first, GPS_TABLE)?;
    let table = bytes.long(position)?;
    bytes.value(table, LATITUDE)?;
    bytes.value(table, LONGITUDE).map(drop)
}

/// A TIFF file.
struct Tiff<'a> {
    /// Its bytes.
    bytes: &'a [u8],
    /// Whether numbers begin with their lowest byte.
    is_little: bool,
}

impl Tiff<'_> {
    /// The number of two bytes at a place.
    fn short(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    /// The number of four bytes at a place, as a place.
    fn long(&self, at: usize) -> Option<usize> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        let number =
            if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) };
        usize::try_from(number).ok()
    }

    /// Where the value with a number stands in its row of a table.
    fn value(&self, table: usize, number: u16) -> Option<usize> {
        let count = usize::from(self.short(table)?);
        let rows = (0..count).map(|row| table + 2 + row * ROW);
        let mut found = rows.take_while(|row| self.short(*row).is_some());
        found.find(|row| self.short(*row) == Some(number)).map(|row| row + 8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG that ends after its Exif block, whose table about the position has these numbers.
    fn photo(is_little: bool, numbers: &[u16]) -> Vec<u8> {
        let short = |n: u16| if is_little { n.to_le_bytes() } else { n.to_be_bytes() };
        let long = |n: u32| if is_little { n.to_le_bytes() } else { n.to_be_bytes() };
        let mut tiff = if is_little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
        tiff.extend(long(8));
        tiff.extend(short(1));
        let row = |tiff: &mut Vec<u8>, number: u16, value: u32| {
            tiff.extend(short(number));
            tiff.extend(short(4));
            tiff.extend(long(1));
            tiff.extend(long(value));
        };
        row(&mut tiff, GPS_TABLE, 22);
        tiff.extend(short(u16::try_from(numbers.len()).unwrap()));
        numbers.iter().for_each(|number| row(&mut tiff, *number, 0));
        let mut jpeg = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xe1];
        jpeg.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
        jpeg.extend(b"Exif\0\0");
        jpeg.extend(tiff);
        jpeg
    }

    #[test]
    fn coordinates_are_found() {
        for is_little in [true, false] {
            assert!(has_position(&photo(is_little, &[1, LATITUDE, 3, LONGITUDE])));
            // A table of the position may hold its version and nothing else.
            assert!(!has_position(&photo(is_little, &[0])));
            assert!(!has_position(&photo(is_little, &[LATITUDE])));
        }
    }

    #[test]
    fn whatever_it_is_nothing_breaks() {
        let whole = photo(true, &[LATITUDE, LONGITUDE]);
        for end in 0..whole.len() {
            assert!(!has_position(&whole[..end]), "{end}");
        }
        for at in 0..whole.len() {
            for value in [0, 1, 0x7f, 0x80, 0xff] {
                let mut broken = whole.clone();
                broken[at] = value;
                has_position(&broken);
            }
        }
    }
}
