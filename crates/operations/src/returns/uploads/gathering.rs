//! What comes of a part is gathered, turn by turn, in rooms of which whole chunks are sealed without being copied. How much
//! a turn is depends on how many parts are arriving.

use std::sync::atomic::{AtomicUsize, Ordering};

use keyline_store::documents::{CHUNK, ROOM};

/// How much all parts that are arriving gather before it is sealed. One alone hands over several chunks at once, which
/// saves it from waiting for turns; many at once hold no more memory for that.
const GATHERED: usize = 4 * 1024 * 1024;
/// The least that is worth a turn.
const TURN: usize = 64 * 1024;
/// How many parts are arriving.
static ARRIVING: AtomicUsize = AtomicUsize::new(0);

/// Counts a part for as long as it arrives.
#[derive(Debug)]
pub(super) struct Counted;

impl Counted {
    pub(super) fn one() -> Self {
        ARRIVING.fetch_add(1, Ordering::Relaxed);
        Self
    }

    /// How much a part gathers for its next turn: while that is sealed, it gathers as much again.
    fn turn() -> usize {
        let turn = GATHERED / 2 / ARRIVING.load(Ordering::Relaxed).max(1);
        // Whole chunks or an even share of one.
        (turn + 1).next_power_of_two() / 2
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        ARRIVING.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What has come of a part since its last turn, in rooms of a chunk or less.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    full: Vec<Vec<u8>>,
    filling: Vec<u8>,
    empty: Vec<Vec<u8>>,
    // How much is gathered for this turn, and how much of it there is.
    turn: usize,
    bytes: usize,
    // Where the next byte goes in its chunk.
    within: usize,
}

impl Gathered {
    /// Takes as much as there is room for, to the end of a chunk at most; gives back the rest.
    pub(super) fn add<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        if self.bytes == 0 {
            self.turn = Counted::turn().max(TURN);
            // The next one begins with a chunk.
            if self.turn >= CHUNK {
                self.turn -= self.within;
            }
        }
        if self.filling.is_empty() {
            self.filling = self.empty.pop().unwrap_or_default();
            let room = if self.turn < CHUNK { self.turn } else { ROOM };
            self.filling.reserve_exact(room);
        }
        let room = (CHUNK - self.within).min(self.turn - self.bytes);
        let (now, later) = bytes.split_at(bytes.len().min(room));
        self.filling.extend_from_slice(now);
        self.bytes += now.len();
        self.within = (self.within + now.len()) % CHUNK;
        if now.len() == room {
            self.full.push(std::mem::take(&mut self.filling));
        }
        later
    }

    pub(super) fn is_enough(&self) -> bool {
        self.bytes == self.turn
    }

    /// Gives out what there is and goes on with these rooms.
    pub(super) fn swap(&mut self, rooms: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
        if !self.filling.is_empty() {
            self.full.push(std::mem::take(&mut self.filling));
        }
        self.bytes = 0;
        self.empty = rooms;
        std::mem::take(&mut self.full)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Gathers content that comes in these bits, and gives what each turn gave out.
    fn turns(gathered: &mut Gathered, content: &[u8], bit: usize) -> Vec<Vec<Vec<u8>>> {
        let (mut turns, mut rooms) = (Vec::new(), Vec::new());
        for mut bytes in content.chunks(bit) {
            while !bytes.is_empty() {
                bytes = gathered.add(bytes);
                if gathered.is_enough() {
                    let turn = gathered.swap(std::mem::take(&mut rooms));
                    rooms = turn.iter().map(|bit| Vec::with_capacity(bit.capacity())).collect();
                    turns.push(turn);
                }
            }
        }
        turns.push(gathered.swap(Vec::new()));
        turns
    }

    #[test]
    fn what_comes_is_given_out_in_its_order_and_in_whole_chunks_again_when_there_is_room() {
        let content: Vec<u8> = (0..9 * CHUNK + 5_000).map(|n| u8::try_from(n % 251).unwrap()).collect();
        for bit in [1_000, 65_536, 300_000, content.len()] {
            let mut gathered = Gathered::default();
            let mut came = Vec::new();
            // Alone, then among many, then alone again.
            let (first, rest) = content.split_at(3 * CHUNK);
            let (second, third) = rest.split_at(3 * CHUNK + 10);
            let alone = turns(&mut gathered, first, bit);
            assert!(alone.iter().flatten().all(|bit| bit.len() == CHUNK && bit.capacity() >= ROOM));
            let others: Vec<_> = (0..20).map(|_| Counted::one()).collect();
            let among = turns(&mut gathered, second, bit);
            assert!(among.iter().flatten().all(|bit| bit.len() <= TURN), "no more than a share each");
            drop(others);
            let again = turns(&mut gathered, third, bit);
            let lengths: Vec<_> = again.iter().flatten().map(Vec::len).collect();
            assert_eq!(
                lengths,
                [CHUNK - 10, CHUNK, CHUNK, 5_000],
                "to the end of the chunk, then whole ones"
            );
            for bit in alone.iter().chain(&among).chain(&again).flatten() {
                came.extend_from_slice(bit);
            }
            assert_eq!(came, content);
        }
    }
}
