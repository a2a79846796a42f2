use std::io::{Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};

use object_store::local::LocalFileSystem;

use super::*;

/// Never the same bytes twice.
struct Counting(AtomicU64);
impl Randomness for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        blake3::Hasher::new().update(&number.to_le_bytes()).finalize_xof().fill(bytes);
    }
}

fn documents(folder: &Path) -> Documents {
    Documents::open(folder, Vault::new([7; 32]), Arc::new(Counting(AtomicU64::new(1)))).unwrap()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn content(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|n| u8::try_from(n % 251).unwrap()).collect()
}

async fn streamed(documents: &Documents, digest: &str) -> Result<Vec<u8>> {
    let (mut content, mut all) = (documents.content(digest).await?, Vec::new());
    while let Some((bit, rest)) = content.bit().await? {
        all.extend(bit);
        content = rest;
    }
    Ok(all)
}

#[tokio::test]
async fn content_comes_back_and_is_stored_once_and_says_nothing_of_itself() {
    let folder = tempfile::tempdir().unwrap();
    let documents = documents(folder.path());
    let text = b"A fictional plan that nobody may read on the disk.".repeat(10);
    let one = documents.put(text.clone()).await.unwrap();
    let stored = files(folder.path());
    let two = documents.put(text.clone()).await.unwrap();
    assert_eq!((one.digest.as_str(), one.held), (blake3::hash(&text).to_hex().as_str(), false));
    assert_eq!(one, two);
    assert_eq!(files(folder.path()), stored, "once, and nothing is left beside it");
    assert_eq!(stored.len(), 2, "a list and a piece: {stored:?}");
    assert_eq!(documents.get(&one.digest).await.unwrap(), text);
    for file in &stored {
        let bytes = std::fs::read(file).unwrap();
        assert!(!bytes.windows(9).any(|part| part == b"fictional"), "{}", file.display());
        assert!(!file.to_string_lossy().contains(&one.digest), "the address does not tell the content");
    }
    assert!(matches!(documents.get("../../etc/passwd").await, Err(Error::Document(_))));
    let never = blake3::hash(b"never stored").to_hex().to_string();
    assert!(matches!(documents.content(&never).await, Err(Error::Document(_))));
    let empty = documents.put(Vec::new()).await.unwrap();
    assert_eq!(documents.get(&empty.digest).await.unwrap(), b"");
}

#[tokio::test]
async fn what_is_made_bit_by_bit_is_the_same_document_as_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let documents = documents(folder.path());
    for bytes in [0, 9, CHUNK, 3 * CHUNK + 5] {
        let whole = content(bytes);
        let mut arriving = documents.arriving();
        for bit in whole.chunks(100_000) {
            std::io::Write::write_all(&mut arriving, bit).unwrap();
        }
        let kept = arriving.keep().await.unwrap();
        assert_eq!(kept, documents.put(whole.clone()).await.unwrap(), "{bytes} bytes");
        assert_eq!(documents.get(&kept.digest).await.unwrap(), whole);
    }
}

#[tokio::test]
async fn more_than_a_piece_is_read_from_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let documents = documents(folder.path());
    let piece = usize::try_from(PIECE).unwrap();
    let whole = content(2 * piece + 777);
    let mut arriving = documents.arriving();
    for bit in whole.chunks(3_000_000) {
        arriving = arriving.write(bit.to_vec()).await.unwrap();
    }
    assert_eq!(arriving.bytes(), whole.len() as u64);
    let (arriving, seen) = arriving
        .look(|file| {
            let mut head = [0; 20];
            file.read_exact(&mut head).unwrap();
            (head, file.seek(SeekFrom::End(0)).unwrap())
        })
        .await
        .unwrap();
    assert_eq!((seen.0.as_slice(), seen.1), (&whole[..20], whole.len() as u64));
    let kept = arriving.keep().await.unwrap();
    assert_eq!(files(&folder.path().join("pieces")).len(), 3);
    assert!(streamed(&documents, &kept.digest).await.unwrap() == whole);
    let mut file = documents.content(&kept.digest).await.unwrap();
    for at in [0, 5, piece - 3, piece, 2 * piece - 1, 2 * piece + 700] {
        file.seek(SeekFrom::Start(at as u64)).unwrap();
        let mut part = [0; 7];
        file.read_exact(&mut part).unwrap();
        assert_eq!(part, whole[at..at + 7], "{at}");
    }
}

#[tokio::test]
async fn what_was_changed_swapped_or_taken_away_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let documents = documents(folder.path());
    let (one, two) = (content(300_000), content(300_001));
    let (one, two) = (documents.put(one).await.unwrap().digest, documents.put(two).await.unwrap().digest);
    let other = Documents::open(folder.path(), Vault::new([8; 32]), Arc::new(Counting(AtomicU64::new(1))));
    assert!(other.unwrap().content(&one).await.is_err(), "another installation finds nothing");
    let stored = files(folder.path());
    for file in &stored {
        let bytes = std::fs::read(file).unwrap();
        let refused = |changed: Vec<u8>| {
            std::fs::write(file, changed).unwrap();
            file.display().to_string()
        };
        let mut flipped = bytes.clone();
        let last = flipped.len() - 1;
        flipped[last] ^= 1;
        for changed in [flipped, bytes[..last].to_vec(), Vec::new()] {
            let name = refused(changed);
            let both = (streamed(&documents, &one).await, streamed(&documents, &two).await);
            assert!(
                matches!(both, (Err(Error::Sealed), Ok(_)) | (Ok(_), Err(Error::Sealed))),
                "{name}: {both:?}"
            );
        }
        std::fs::remove_file(file).unwrap();
        let both = (streamed(&documents, &one).await, streamed(&documents, &two).await);
        assert!(matches!(both, (Err(Error::Document(_)), Ok(_)) | (Ok(_), Err(Error::Document(_)))));
        std::fs::write(file, bytes).unwrap();
    }
    // Each file in the place of the other of its kind.
    for part in ["contents", "pieces"] {
        let pair: Vec<_> = stored.iter().filter(|f| f.starts_with(folder.path().join(part))).collect();
        let (first, second) = (std::fs::read(pair[0]).unwrap(), std::fs::read(pair[1]).unwrap());
        std::fs::write(pair[0], &second).unwrap();
        std::fs::write(pair[1], &first).unwrap();
        assert!(matches!(streamed(&documents, &one).await, Err(Error::Sealed)), "{part}");
        assert!(matches!(streamed(&documents, &two).await, Err(Error::Sealed)), "{part}");
        std::fs::write(pair[0], &first).unwrap();
        std::fs::write(pair[1], &second).unwrap();
    }
    streamed(&documents, &one).await.unwrap();
    // A content whose list is of no use is mended when it comes again.
    let list = stored.iter().find(|f| f.starts_with(folder.path().join("contents"))).unwrap();
    std::fs::write(list, b"nothing").unwrap();
    documents.put(content(300_000)).await.unwrap();
    documents.put(content(300_001)).await.unwrap();
    assert!(documents.get(&one).await.unwrap() == content(300_000));
    assert!(documents.get(&two).await.unwrap() == content(300_001));
}

#[tokio::test]
async fn what_did_not_arrive_whole_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let documents = documents(folder.path());
    let arriving = documents.arriving().write(vec![1; 500_000]).await.unwrap();
    let spooled = files(&folder.path().join(".arriving"));
    assert_eq!(spooled.len(), 1);
    let head = std::fs::read(&spooled[0]).unwrap();
    assert!(!head.windows(8).any(|part| part == [1; 8]), "sealed while it arrives");
    drop(arriving);
    assert!(files(folder.path()).is_empty());
    // As a process that was cut off leaves it.
    std::fs::write(folder.path().join(".arriving/upload-x"), b"half").unwrap();
    documents.clear_up().unwrap();
    assert!(files(folder.path()).is_empty());
    // Nothing can be put in its place: then none of it stays.
    std::fs::write(folder.path().join("contents"), b"in the way").unwrap();
    documents.put(content(9)).await.unwrap_err();
    assert_eq!(files(folder.path()), [folder.path().join("contents")]);
}

// A bucket that can be away: a folder with a file in its place.
struct Away(PathBuf);
impl Away {
    fn go(&self) {
        std::fs::rename(&self.0, self.0.with_extension("away")).unwrap();
        std::fs::write(&self.0, b"away").unwrap();
    }
    fn come_back(&self) {
        std::fs::remove_file(&self.0).unwrap();
        std::fs::rename(self.0.with_extension("away"), &self.0).unwrap();
    }
}

#[tokio::test]
async fn a_bucket_that_is_away_costs_nobody_a_document() {
    let folder = tempfile::tempdir().unwrap();
    let bucket = folder.path().join("bucket");
    std::fs::create_dir(&bucket).unwrap();
    let store = || Arc::new(LocalFileSystem::new_with_prefix(&bucket).unwrap());
    let local = folder.path().join("documents");
    let node = documents(&local).in_store(store()).unwrap();
    let elsewhere = documents(&folder.path().join("elsewhere")).in_store(store()).unwrap();
    let away = Away(bucket.clone());

    let first = node.put(content(400_000)).await.unwrap();
    assert!(!first.held && files(&local).len() == 1, "nothing but the node's name stays on the machine");
    assert!(elsewhere.get(&first.digest).await.unwrap() == content(400_000), "another node has it");
    let again = elsewhere.put(content(400_000)).await.unwrap();
    assert_eq!((again.digest, files(&bucket).len()), (first.digest.clone(), 2), "stored once for all nodes");

    away.go();
    let second = node.put(content(500_000)).await.unwrap();
    assert!(second.held);
    assert!(node.get(&second.digest).await.unwrap() == content(500_000), "it is here meanwhile");
    assert!(node.get(&first.digest).await.is_err());
    assert!(!node.nothing_held().await.unwrap());
    assert!(matches!(node.move_held().await, Err(Error::Away(_))));

    away.come_back();
    assert!(elsewhere.content(&second.digest).await.is_err());
    let third = node.put(content(7)).await.unwrap();
    assert!(third.held, "what follows waits behind it");
    assert_eq!(node.move_held().await.unwrap(), 4);
    assert!(node.nothing_held().await.unwrap() && files(&local).len() == 1);
    assert!(elsewhere.get(&second.digest).await.unwrap() == content(500_000));
    assert!(elsewhere.get(&third.digest).await.unwrap() == content(7));
    assert!(!node.put(content(8)).await.unwrap().held, "and from then on it goes there at once");
}

#[tokio::test]
async fn what_is_held_is_still_known_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let bucket = folder.path().join("bucket");
    std::fs::create_dir(&bucket).unwrap();
    let away = Away(bucket.clone());
    let store = Arc::new(LocalFileSystem::new_with_prefix(&bucket).unwrap());
    let local = folder.path().join("documents");
    away.go();
    let kept = documents(&local).in_store(store.clone()).unwrap().put(content(100)).await.unwrap();
    assert!(kept.held);
    away.come_back();
    let node = documents(&local).in_store(store).unwrap();
    assert!(node.put(content(9)).await.unwrap().held, "it goes on where it stood");
    assert_eq!(node.move_held().await.unwrap(), 4);
    assert!(node.get(&kept.digest).await.unwrap() == content(100));
}

#[tokio::test]
async fn parts_that_came_one_by_one_become_a_document() {
    let folder = tempfile::tempdir().unwrap();
    let documents = documents(folder.path());
    let whole = content(700_000);
    let (mut pieces, mut hasher) = (Vec::new(), blake3::Hasher::new());
    for part in whole.chunks(123_456) {
        let start = pieces.last().map_or(0, |p: &Piece| p.start + p.bytes);
        let arriving = documents.arriving_on("batch-1", start, hasher).write(part.to_vec()).await.unwrap();
        hasher = arriving.hasher().clone();
        for spooled in arriving.close().await.unwrap() {
            pieces.push(documents.place(spooled).await.unwrap());
        }
    }
    // What a part leaves that was cut off before its row was written.
    let lost = documents.arriving_on("batch-1", 0, blake3::Hasher::new()).write(vec![3; 9]).await.unwrap();
    for spooled in lost.close().await.unwrap() {
        documents.place(spooled).await.unwrap();
    }
    let mut read = Vec::new();
    documents.content_of(&pieces).read_to_end(&mut read).unwrap();
    assert!(read == whole);
    assert_eq!(files(&folder.path().join("pieces")).len(), pieces.len() + 1);
    let kept = documents.keep(pieces.clone(), hasher.finalize()).await.unwrap();
    documents.clear_batch("batch-1", &kept.names).await.unwrap();
    assert_eq!(files(&folder.path().join("pieces")).len(), pieces.len(), "what nothing names goes");
    assert!(streamed(&documents, &kept.digest).await.unwrap() == whole);
    // Given up.
    let arriving =
        documents.arriving_on("batch-2", 0, blake3::Hasher::new()).write(vec![3; 9]).await.unwrap();
    documents.place(arriving.close().await.unwrap().pop().unwrap()).await.unwrap();
    documents.clear_batch("batch-2", &[]).await.unwrap();
    documents.clear_batch("batch-2", &[]).await.unwrap();
    assert!(!folder.path().join("pieces/batch-2").exists());
}
