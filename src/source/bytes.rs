//! Looking at many bytes at once.
//!
//! Most texts hold nothing that a check is about, and a look at their bytes shows it. There is no
//! way out of the loops here, so the compiler takes a whole block at a time.

/// So many bytes of a short text are taken at once.
const BLOCK: usize = 16;

/// After so many bytes of a long text it is asked whether one was found.
const STRETCH: usize = 256;

/// Whether there is a byte of some sort in a few words; `is` should be made of comparisons, without
/// branches.
#[inline]
pub fn any(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    let holds = |block: &[u8; BLOCK]| block.iter().fold(false, |found, byte| found | is(*byte));
    // The last block overlaps the one before it. A text shorter than a block is filled up with its
    // own first byte.
    let Some(last) = bytes.last_chunk() else {
        let Some(first) = bytes.first() else { return false };
        let mut block = [*first; BLOCK];
        block[..bytes.len()].copy_from_slice(bytes);
        return holds(&block);
    };
    let (blocks, _) = bytes.as_chunks();
    blocks.iter().fold(holds(last), |found, block| found | holds(block))
}

/// Whether a byte is one of a few. Comparisons one by one the compiler would turn into a table of
/// bits, which cannot be done with many bytes at once.
#[inline]
pub fn is_one_of<const N: usize>(byte: u8, few: [u8; N]) -> bool {
    few.into_iter().fold(u8::MAX, |least, one| least.min(byte ^ one)) == 0
}

/// The same as [`any`], quicker for a whole file.
#[inline]
pub fn any_in_file(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    bytes.chunks(STRETCH).any(|stretch| stretch.iter().fold(false, |found, byte| found | is(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_found_wherever_it_stands() {
        for length in (0..70).chain(250..260) {
            let mut bytes = vec![b'a'; length];
            let finds = |bytes: &[u8]| {
                let is = |byte| byte == b'b';
                assert_eq!(any(bytes, is), any_in_file(bytes, is));
                any(bytes, is)
            };
            assert!(!finds(&bytes));
            for at in 0..length {
                bytes[at] = b'b';
                assert!(finds(&bytes), "{at} of {length}");
                bytes[at] = b'a';
            }
        }
    }
}
