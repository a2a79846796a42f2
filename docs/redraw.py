"""Draws a sample of Keyline again, without Keyline. Python 3.8 or later, nothing else. The method is in sampling.md.

    python3 redraw.py --seed 2025 --size 10 --reserve 4 < list.tsv

Each line of the list is a key, or a key and its stratum with a tab between them; excluded keys are not in it. A stratum
without anybody left still counts for the order of the strata: name it in a line without a key (a tab and the name).
Prints stratum, "drawn" or "reserve", and key, with tabs between them, in the order of drawing.
"""

import argparse
import struct
import sys


def words(seed, stream):
    """The key stream of ChaCha20 (RFC 8439, with a counter and a nonce of 64 bits each) as numbers of 64 bits."""
    key = bytes.fromhex(seed) if len(seed) == 64 else int(seed).to_bytes(32, "little")
    counter = 0
    while True:
        start = struct.unpack("<16I", b"expand 32-byte k" + key + struct.pack("<QQ", counter, stream))
        x = list(start)

        def turn(a, b, c, d):
            for one, other, third, by in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                x[one] = (x[one] + x[other]) & 0xFFFFFFFF
                mixed = x[third] ^ x[one]
                x[third] = (mixed << by | mixed >> (32 - by)) & 0xFFFFFFFF

        for _ in range(10):
            for i in range(4):
                turn(i, 4 + i, 8 + i, 12 + i)
            for i in range(4):
                turn(i, 4 + (1 + i) % 4, 8 + (2 + i) % 4, 12 + (3 + i) % 4)
        block = struct.pack("<16I", *((a + b) & 0xFFFFFFFF for a, b in zip(x, start)))
        yield from struct.unpack("<8Q", block)
        counter += 1


def draw(keys, seed, stream, count):
    """The first so many places of the shuffled list."""
    keys, chance = sorted(keys), words(seed, stream)
    largest = 2**64 - 1
    for place in range(min(count, len(keys))):
        left = len(keys) - place
        word = next(w for w in chance if w < largest - largest % left)
        other = place + word % left
        keys[place], keys[other] = keys[other], keys[place]
    return keys[:count]


def allocate(sizes, total, by, minimum, expected):
    """How many of the sample fall to each stratum."""
    places = [min(minimum, size) for size in sizes]
    if not sum(places) <= total <= sum(sizes):
        sys.exit("the size is below the minimum of the strata, or above the population")
    if by == "proportional":
        free = [at for at, size in enumerate(sizes) if size]
        while True:
            left = total - sum(n for at, n in enumerate(places) if at not in free)
            people = sum(sizes[at] for at in free)
            enough = [at for at in free if sizes[at] * left >= places[at] * people]
            if enough == free:
                break
            free = enough
        for at in free:
            places[at] = sizes[at] * left // people
        most = sorted(free, key=lambda at: (-(sizes[at] * left % people), -sizes[at], at))
        for at in most[: total - sum(places)]:
            places[at] += 1
        return places
    while sum(places) < total:
        def claim(at):
            n, share = float(places[at]), expected[at]
            if by == "equal":
                return 1.0 / (n + 1.0)
            return sizes[at] * sizes[at] * share * (1.0 - share) / (n * (n + 1.0)) if n else float("inf")

        open_ones = [at for at, size in enumerate(sizes) if places[at] < size]
        places[min(open_ones, key=lambda at: (-claim(at), -sizes[at], at))] += 1
    return places


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", required=True, help="a whole number, or 64 hexadecimal digits")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--reserve", type=int, default=0)
    parser.add_argument("--by", choices=("proportional", "equal", "neyman"), default="proportional")
    parser.add_argument("--minimum", type=int, default=0)
    parser.add_argument("--expected", default="", help="NAME=SHARE,NAME=SHARE for neyman; 0.5 otherwise")
    wanted = parser.parse_args()
    strata = {}
    for line in sys.stdin.read().splitlines():
        key, tab, name = line.partition("\t")
        keys = strata.setdefault(name if tab else None, [])
        if key:
            keys.append(key)
    plain = list(strata) == [None]
    names = sorted(strata) if not plain else [None]
    shares = dict(pair.split("=") for pair in wanted.expected.split(",") if pair)
    expected = [float(shares.get(name, 0.5)) for name in names]
    sizes = [len(strata[name]) for name in names]
    places = allocate(sizes, wanted.size, wanted.by, wanted.minimum, expected)
    for at, name in enumerate(names):
        stream = 0 if plain else at + 1
        for n, key in enumerate(draw(strata[name], wanted.seed, stream, places[at] + wanted.reserve)):
            print(name or "", "drawn" if n < places[at] else "reserve", key, sep="\t")


if __name__ == "__main__":
    main()
