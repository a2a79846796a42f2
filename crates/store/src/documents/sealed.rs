//! The sealed form of a file: content in chunks, each authenticated with its number and whether it is the last.
//!
//! A file begins with a mark and a key of its own, which the key of the installation seals for the file's name. The
//! chunks follow: AES-256-GCM under the file's key, with the chunk's number and a flag for the last one as the
//! nonce. A key is drawn for one writing from beginning to end and never used again, so no nonce comes twice under it.
//! A chunk that was changed, moved within its file or to another, or cut off does not open, and each chunk opens
//! without those before it.

use std::io::{self, Read, Seek, SeekFrom, Write};

use keyline_domain::ids::Randomness;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};

use crate::error::{Error, Result};
use crate::vault::Vault;

/// Clear bytes of a chunk; the last one may have fewer, and only an empty file has an empty one.
pub const CHUNK: usize = 256 * 1024;

const TAG: usize = 16;

/// What a chunk takes while it is sealed.
pub const ROOM: usize = CHUNK + TAG;

const MARK: &[u8; 8] = b"KEYLINE\x02";
// A nonce, the key and a tag.
const SEALED_KEY: usize = 24 + 32 + TAG;
const HEAD: usize = MARK.len() + SEALED_KEY;

fn place(name: &str) -> String {
    format!("document-file/{name}")
}

fn nonce(number: u64, last: bool) -> Nonce {
    let mut nonce = [0; 12];
    nonce[3..11].copy_from_slice(&number.to_be_bytes());
    nonce[11] = u8::from(last);
    Nonce::assume_unique_for_key(nonce)
}

fn cipher(key: &[u8]) -> Result<LessSafeKey> {
    Ok(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).map_err(|_| Error::Sealed)?))
}

/// Writes a file in its sealed form.
pub(crate) struct SealedWriter<W> {
    out: W,
    cipher: LessSafeKey,
    number: u64,
    chunk: Vec<u8>,
    bytes: u64,
}

impl<W: std::fmt::Debug> std::fmt::Debug for SealedWriter<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SealedWriter")
            .field("out", &self.out)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

impl<W: Write> SealedWriter<W> {
    /// Begins a file that will stand under this name.
    ///
    /// # Errors
    /// When the head cannot be written.
    pub(crate) fn begin(mut out: W, vault: &Vault, random: &dyn Randomness, name: &str) -> Result<Self> {
        let mut key = [0; 32];
        random.fill(&mut key);
        out.write_all(MARK)?;
        out.write_all(&vault.seal(&place(name), &key, random)?)?;
        let cipher = cipher(&key)?;
        Ok(Self { out, cipher, number: 0, chunk: Vec::new(), bytes: 0 })
    }

    /// Takes the next bytes out of a room and leaves it empty for others. A whole chunk that stands where a chunk begins
    /// is not copied, if its room has a capacity of [`ROOM`]: the room changes places with that of the chunk before.
    ///
    /// # Errors
    /// As [`SealedWriter::write`].
    pub(crate) fn take(&mut self, room: &mut Vec<u8>) -> Result<()> {
        if room.len() == CHUNK && self.bytes.is_multiple_of(CHUNK as u64) {
            if !self.chunk.is_empty() {
                self.seal(false)?;
            }
            self.bytes += CHUNK as u64;
            std::mem::swap(&mut self.chunk, room);
            return Ok(());
        }
        self.write(room)?;
        room.clear();
        Ok(())
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// When they cannot be written: then the file is of no use.
    pub(crate) fn write(&mut self, mut bytes: &[u8]) -> Result<()> {
        self.bytes += bytes.len() as u64;
        while !bytes.is_empty() {
            // A full chunk waits until more comes, for it may be the last.
            if self.chunk.len() == CHUNK {
                self.seal(false)?;
            }
            self.chunk.reserve_exact(ROOM - self.chunk.len());
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK - self.chunk.len()));
            self.chunk.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// Clear bytes so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Ends the file and gives back what it was written to.
    ///
    /// # Errors
    /// As [`SealedWriter::write`].
    pub(crate) fn finish(mut self) -> Result<W> {
        self.seal(true)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn seal(&mut self, last: bool) -> Result<()> {
        self.cipher
            .seal_in_place_append_tag(nonce(self.number, last), Aad::empty(), &mut self.chunk)
            .map_err(|_| Error::Sealed)?;
        self.out.write_all(&self.chunk)?;
        self.chunk.clear();
        self.number += 1;
        Ok(())
    }
}

/// Reads a file in its sealed form, from wherever one likes.
pub(crate) struct SealedReader<R> {
    from: R,
    cipher: LessSafeKey,
    chunks: u64,
    bytes: u64,
    // Where the next byte of `from` lies, so that reading on does not seek.
    standing: u64,
    opened: Option<u64>,
    chunk: Vec<u8>,
}

impl<R> std::fmt::Debug for SealedReader<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SealedReader").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

impl<R: Read + Seek> SealedReader<R> {
    /// Opens a file that stands under this name.
    ///
    /// # Errors
    /// [`Error::Sealed`] when it is not in the sealed form, stands under another name, or is of another installation.
    pub(crate) fn open(mut from: R, vault: &Vault, name: &str) -> Result<Self> {
        let size = from.seek(SeekFrom::End(0))?;
        from.rewind()?;
        let mut head = [0; HEAD];
        from.read_exact(&mut head).map_err(shortened)?;
        let (mark, sealed) = head.split_at(MARK.len());
        if mark != MARK {
            return Err(Error::Sealed);
        }
        let key = vault.open_value(&place(name), sealed)?;
        let body = size - HEAD as u64;
        let chunks = body.div_ceil((CHUNK + TAG) as u64);
        let end = body.checked_sub((chunks.max(1) - 1) * (CHUNK + TAG) as u64).ok_or(Error::Sealed)?;
        if end < TAG as u64 {
            return Err(Error::Sealed);
        }
        let bytes = body - chunks * TAG as u64;
        let cipher = cipher(&key)?;
        Ok(Self { from, cipher, chunks, bytes, standing: HEAD as u64, opened: None, chunk: Vec::new() })
    }

    /// Clear bytes of the file.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The bytes from `at` on, to the end of their chunk; none at the end of the file.
    ///
    /// # Errors
    /// [`Error::Sealed`] when the chunk was changed.
    pub(crate) fn at(&mut self, at: u64) -> Result<&[u8]> {
        if at >= self.bytes {
            // The end is believed when the last chunk says that it is the last.
            self.chunk_of(self.chunks - 1)?;
            return Ok(&[]);
        }
        let number = at / CHUNK as u64;
        let chunk = self.chunk_of(number)?;
        let within = usize::try_from(at % CHUNK as u64).map_err(|_| Error::Sealed)?;
        Ok(chunk.get(within..).unwrap_or_default())
    }

    fn chunk_of(&mut self, number: u64) -> Result<&[u8]> {
        if self.opened != Some(number) {
            self.opened = None;
            let at = HEAD as u64 + number * (CHUNK + TAG) as u64;
            if self.standing != at {
                self.from.seek(SeekFrom::Start(at))?;
            }
            let last = number + 1 == self.chunks;
            let clear = if last { self.bytes - number * CHUNK as u64 } else { CHUNK as u64 };
            let size = usize::try_from(clear).map_err(|_| Error::Sealed)? + TAG;
            self.chunk.resize(size, 0);
            self.standing = u64::MAX;
            self.from.read_exact(&mut self.chunk).map_err(shortened)?;
            self.standing = at + size as u64;
            let opened = self.cipher.open_in_place(nonce(number, last), Aad::empty(), &mut self.chunk);
            let clear = opened.map_err(|_| Error::Sealed)?.len();
            self.chunk.truncate(clear);
            self.opened = Some(number);
        }
        Ok(&self.chunk)
    }
}

fn shortened(error: io::Error) -> Error {
    if error.kind() == io::ErrorKind::UnexpectedEof { Error::Sealed } else { error.into() }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    struct Counting(std::sync::atomic::AtomicU8);
    impl Randomness for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        }
    }

    fn vault() -> Vault {
        Vault::new([7; 32])
    }

    fn content(bytes: usize) -> Vec<u8> {
        (0..bytes).map(|n| u8::try_from(n % 251).unwrap()).collect()
    }

    fn sealed(content: &[u8], name: &str) -> Vec<u8> {
        let random = Counting(1.into());
        let mut writer = SealedWriter::begin(Vec::new(), &vault(), &random, name).unwrap();
        for bit in content.chunks(100_000) {
            writer.write(bit).unwrap();
        }
        assert_eq!(writer.bytes(), content.len() as u64);
        writer.finish().unwrap()
    }

    fn opened(sealed: &[u8], name: &str, vault: &Vault) -> Result<Vec<u8>> {
        let mut reader = SealedReader::open(Cursor::new(sealed), vault, name)?;
        let mut out = Vec::new();
        loop {
            let bit = reader.at(out.len() as u64)?.to_vec();
            if bit.is_empty() {
                assert_eq!(out.len() as u64, reader.bytes());
                return Ok(out);
            }
            out.extend_from_slice(&bit);
        }
    }

    #[test]
    fn what_was_sealed_opens_whatever_its_length() {
        for bytes in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17] {
            let content = content(bytes);
            let file = sealed(&content, "name");
            assert_eq!(opened(&file, "name", &vault()).unwrap(), content, "{bytes}");
            assert!(
                bytes < 32 || !file.windows(32).any(|part| part == &content[..32]),
                "nothing stands there clear"
            );
        }
    }

    #[test]
    fn it_does_not_matter_in_what_bits_it_comes() {
        let content = content(3 * CHUNK + 17);
        // Whole chunks, whole chunks where none begins, some of both, and none at all.
        for bits in
            [vec![CHUNK; 3], vec![5, CHUNK, CHUNK], vec![CHUNK, 7, CHUNK - 7, CHUNK], vec![0, CHUNK, 0]]
        {
            let random = Counting(1.into());
            let mut writer = SealedWriter::begin(Vec::new(), &vault(), &random, "name").unwrap();
            let mut rest = content.as_slice();
            for bit in bits.iter().copied().chain([usize::MAX]) {
                let (now, later) = rest.split_at(bit.min(rest.len()));
                let mut room = now.to_vec();
                writer.take(&mut room).unwrap();
                assert_eq!(room, b"", "the room is empty again");
                rest = later;
            }
            assert_eq!(writer.bytes(), content.len() as u64);
            let file = writer.finish().unwrap();
            assert_eq!(file, sealed(&content, "name"), "{bits:?}");
        }
    }

    #[test]
    fn a_range_opens_without_what_is_before_it() {
        let content = content(3 * CHUNK + 17);
        let mut file = sealed(&content, "name");
        // What is before is out of order and what is wanted is not.
        file[HEAD + 5] ^= 1;
        let mut reader = SealedReader::open(Cursor::new(&file), &vault(), "name").unwrap();
        let at = 2 * CHUNK + 5;
        assert_eq!(reader.at(at as u64).unwrap(), &content[at..3 * CHUNK]);
        assert_eq!(reader.at(3 * CHUNK as u64).unwrap(), &content[3 * CHUNK..]);
        assert!(matches!(reader.at(7), Err(Error::Sealed)));
        assert_eq!(reader.at(at as u64).unwrap(), &content[at..3 * CHUNK], "and again after the fault");
    }

    #[test]
    fn no_byte_can_be_changed() {
        let content = content(CHUNK + 40);
        let file = sealed(&content, "name");
        // Every byte of the head, of the seams and of the end; and some in between.
        let seam = HEAD + CHUNK + TAG;
        let places = (0..HEAD + 40).chain(seam - 40..seam + 40).chain(file.len() - 40..file.len());
        for at in places.chain((0..file.len()).step_by(4_099)) {
            let mut changed = file.clone();
            changed[at] ^= 0x10;
            assert!(matches!(opened(&changed, "name", &vault()), Err(Error::Sealed)), "byte {at}");
        }
    }

    #[test]
    fn no_cut_goes_unnoticed() {
        let file = sealed(&content(2 * CHUNK + 40), "name");
        let seams = (1..=2).map(|n| HEAD + n * (CHUNK + TAG));
        let near = seams.flat_map(|seam| seam - 20..seam + 20);
        for length in (0..HEAD + 40).chain(near).chain((0..file.len()).step_by(9_001)) {
            assert!(
                matches!(opened(&file[..length], "name", &vault()), Err(Error::Sealed)),
                "cut at {length}"
            );
        }
        let longer = [file.as_slice(), b"x"].concat();
        assert!(matches!(opened(&longer, "name", &vault()), Err(Error::Sealed)));
    }

    #[test]
    fn chunks_keep_their_place_their_file_and_their_house() {
        let content = content(3 * CHUNK);
        let file = sealed(&content, "name");
        let size = CHUNK + TAG;
        let mut swapped = file.clone();
        swapped[HEAD..HEAD + 2 * size].rotate_left(size);
        assert!(matches!(opened(&swapped, "name", &vault()), Err(Error::Sealed)));
        let mut twice = file.clone();
        twice.copy_within(HEAD..HEAD + size, HEAD + size);
        assert!(matches!(opened(&twice, "name", &vault()), Err(Error::Sealed)));
        assert!(matches!(opened(&file, "other", &vault()), Err(Error::Sealed)), "under another name");
        assert!(matches!(opened(&file, "name", &Vault::new([8; 32])), Err(Error::Sealed)), "another key");
        // The head of one file before the chunks of another.
        let random = Counting(90.into());
        let mut other = SealedWriter::begin(Vec::new(), &vault(), &random, "name").unwrap();
        other.write(&content).unwrap();
        let other = other.finish().unwrap();
        let mixed = [&other[..HEAD], &file[HEAD..]].concat();
        assert!(matches!(opened(&mixed, "name", &vault()), Err(Error::Sealed)));
    }

    #[test]
    fn a_full_disk_is_said_to_be_full() {
        struct Full(usize);
        impl Write for Full {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let random = Counting(1.into());
        let mut writer = SealedWriter::begin(Full(CHUNK + HEAD), &vault(), &random, "name").unwrap();
        writer.write(&content(CHUNK)).unwrap();
        assert!(matches!(writer.write(b"x"), Err(Error::Full)));
        assert!(matches!(SealedWriter::begin(Full(3), &vault(), &random, "name"), Err(Error::Full)));
    }
}
