"""Reads the sample tables of crates/datasets with other people's programs and compares all that they find.

    check.py FOLDER     the folder that the example dataset-samples wrote; see scripts/check-datasets

pyreadstat (ReadStat) and PSPP read the SPSS files, openpyxl the workbooks, frictionless the data packages, and Python's
own csv, json and XML readers the rest. Each check is made once more against an expectation that was spoiled: a check
that finds nothing wrong there is broken.
"""

import copy
import csv
import datetime
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pyreadstat
from frictionless import Package, validate

SIGNS = {"[c]": "suppressed", "[z]": "not-asked", "[x]": "not-answered", "[dk]": "does-not-know"}
WORDS = {"suppressed": "[c]", "not-asked": "[z]", "not-answered": "[x]", "does-not-know": "[dk]"}
MEASURE = {"category": "nominal", "ordered-category": "ordinal", "chosen": "nominal", "text": "nominal",
           "whole-number": "scale", "decimal": "scale", "date": "scale"}
MARK = " […]"
DDI = "{ddi:codebook:2_5}"

# The children of each element that we write, in the order of the DDI Codebook 2.5 schema. The schema itself is in no
# package registry: name its file in KEYLINE_DDI_SCHEMA to have xmllint compare everything.
DDI_ORDER = {
    "codeBook": ["docDscr", "stdyDscr", "fileDscr", "dataDscr", "otherMat"],
    "stdyDscr": ["citation", "stdyInfo", "method", "dataAccs", "otherStdyMat"],
    "citation": ["titlStmt", "rspStmt", "prodStmt", "distStmt", "serStmt", "verStmt", "biblCit", "holdings", "notes"],
    "titlStmt": ["titl", "subTitl", "altTitl", "parTitl", "IDNo"],
    "distStmt": ["distrbtr", "contact", "depositr", "depDate", "distDate"],
    "verStmt": ["version", "verResp", "notes"],
    "stdyInfo": ["subject", "abstract", "sumDscr"],
    "method": ["dataColl", "notes", "anlyInfo"],
    "dataColl": ["sources"],
    "sources": ["dataSrc"],
    "dataAccs": ["setAvail", "useStmt", "notes"],
    "useStmt": ["confDec", "specPerm", "restrctn", "contact", "citReq", "deposReq", "conditions", "disclaimer"],
    "otherStdyMat": ["relMat", "relStdy", "relPubl", "othRefs"],
    "fileDscr": ["fileTxt", "locMap", "notes"],
    "fileTxt": ["fileName", "fileCont", "fileStrc", "dimensns", "fileType", "format"],
    "dimensns": ["caseQnty", "varQnty", "logRecL", "recPrCas", "recNumTot"],
    "dataDscr": ["varGrp", "nCubeGrp", "var", "nCube", "notes"],
    "varGrp": ["labl", "txt", "concept", "defntn", "universe", "notes"],
    "var": ["location", "labl", "qstn", "valrng", "invalrng", "universe", "sumStat", "txt", "catgry", "concept",
            "varFormat", "notes"],
    "qstn": ["preQTxt", "qstnLit", "postQTxt"],
    "catgry": ["catValu", "labl", "txt", "catStat"],
}


class Wrong(Exception):
    """What was found is not what was expected."""


def same(what, found, expected):
    if found != expected:
        short = [text if len(text) < 300 else text[:150] + " … " + text[-150:] for text in (repr(found), repr(expected))]
        raise Wrong(f"{what}: found {short[0]}, expected {short[1]}")


def clean(text):
    """Characters that not every format holds are U+FFFD everywhere."""
    return "".join(c if c >= " " and c not in "\ufffe\uffff" or c in "\t\n\r" else "\ufffd" for c in text)


def told_apart(text):
    """A text that reads like the sign of a missing value has an apostrophe before it."""
    text = clean(text)
    return "'" + text if text.lstrip("'") in SIGNS else text


def guarded(text):
    """And in CSV also one that looks like a formula. The samples have no plain numbers with a sign but -9 and +44."""
    text = clean(text)
    bare = text.lstrip("'")
    number = bare[:1] in "+-" and bare[1:].replace(".", "", 1).isdigit()
    formula = bare.lstrip()[:1] in tuple("=+-@") or bare[:1] in tuple("\t\r\n")
    return "'" + text if bare in SIGNS or formula and bare and not number else text


def cut_bytes(text, limit):
    if len(text.encode()) <= limit:
        return text
    return text.encode()[: limit - len(MARK.encode())].decode(errors="ignore") + MARK


def category(variable, cell):
    return variable["categories"][cell["category"]]


# SPSS ---------------------------------------------------------------------------------------------------------------

def spss_cell(variable, cell):
    missing = {reason["key"]: reason for reason in variable["missing"]}
    if "missing" in cell:
        reason = missing[cell["missing"]]
        code = reason["sign"] if variable["kind"] == "text" else reason["code"]
        return spss_date(code) if variable["kind"] == "date" else code
    if "category" in cell:
        return category(variable, cell)[1]
    if "date" in cell:
        return datetime.date.fromisoformat(cell["date"])
    if variable["kind"] == "text":
        return cut_bytes(told_apart(cell["value"]), 32767).rstrip(" ")
    return cell["value"]


def spss_date(seconds):
    return datetime.date(1582, 10, 14) + datetime.timedelta(seconds=seconds)


def check_sav(file, expected, knows_long_missing=True):
    data, meta = pyreadstat.read_sav(file, user_missing=True, output_format="dict")
    variables = expected["variables"]
    same("names", meta.column_names, [variable["spss_name"] for variable in variables])
    same("rows", meta.number_rows, len(expected["rows"]))
    same("encoding", meta.file_encoding, "UTF-8")
    same("title", meta.file_label or "", expected["title"])
    sets = {}
    for index, variable in enumerate(variables):
        name = variable["spss_name"]
        same(f"{name}, label", meta.column_labels[index] or "", cut_bytes(variable["label"], 255))
        same(f"{name}, measure", meta.variable_measure[name], MEASURE[variable["kind"]])
        is_text, is_date = variable["kind"] == "text", variable["kind"] == "date"
        labels = {number: cut_bytes(label, 120) for _, number, label in variable["categories"]}
        if variable["kind"] == "chosen":
            labels = {0: "Not chosen", 1: "Chosen"}
            sets.setdefault("Which_help_was_there", []).append(name)
        codes = [reason["sign"] if is_text else reason["code"] for reason in variable["missing"]]
        labels.update(zip(codes, (reason["label"] for reason in variable["missing"])))
        same(f"{name}, value labels", meta.variable_value_labels.get(name, {}), labels)
        if is_date:
            codes = [spss_date(code) for code in codes]
        ranges = [{"lo": code, "hi": code} for code in codes]
        if len(codes) > 3:
            ranges = [{"lo": codes[0], "hi": codes[-1]}]
        long = is_text and int(meta.original_variable_types[name][1:]) > 8
        if not long or knows_long_missing:
            same(f"{name}, user-missing", meta.missing_ranges.get(name, []), ranges)
        column = [spss_cell(variable, row[index]) for row in expected["rows"]]
        same(f"{name}, values", list(data[name]), column)
    found = {name: described["variable_list"] for name, described in meta.mr_sets.items()}
    same("sets of several answers", found, {name: members for name, members in sets.items() if len(members) > 1})


def pspp_version():
    return tuple(int(part) for part in subprocess.run(
        ["pspp", "--version"], capture_output=True, text=True, check=True).stdout.split()[3].split(".")[:2])


def run_pspp(command, knows_long_missing):
    """PSPP up to 1.6 expects a length before each missing value of a long text, where the format (and SPSS, and PSPP
    from 2.0) has it once: it then says so and takes the signs for texts. Nothing else may be said."""
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    said = " ".join((done.stdout + done.stderr).split())
    known = re.fullmatch(r"(warning: )?`\S+' near offset 0x[0-9a-f]+: Extension record subtype 22 ends unexpectedly.", said)
    if done.returncode != 0 or said and (knows_long_missing or not known):
        raise Wrong(f"PSPP says: {said}")


def check_pspp(file, expected, folder, knows_long_missing):
    """PSPP reads the file and writes it anew, and says of each number what it is and whether it is missing."""
    copied = folder / "copied.sav"
    run_pspp(["pspp-convert", str(file), str(copied)], knows_long_missing)
    check_sav(copied, expected, knows_long_missing)
    if not expected["rows"]:
        return
    numbers = [variable for variable in expected["variables"] if variable["kind"] != "text"]
    commands = [f"GET FILE='{file}'."]
    for index, variable in enumerate(numbers):
        commands += [f"COMPUTE n{index} = VALUE({variable['spss_name']}).", f"FORMATS n{index} (F30.4)."]
        commands += [f"COMPUTE m{index} = MISSING({variable['spss_name']})."]
    told = folder / "told.csv"
    kept = [f"{letter}{index}" for letter in "nm" for index in range(len(numbers))]
    commands.append(f"SAVE TRANSLATE /OUTFILE='{told}' /TYPE=CSV /FIELDNAMES /REPLACE /CELLS=VALUES /KEEP={' '.join(kept)}.")
    syntax = folder / "read.sps"
    syntax.write_text("\n".join(commands) + "\n", encoding="utf-8")
    run_pspp(["pspp", "-O", "format=txt", str(syntax)], knows_long_missing)
    with open(told, encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    same("rows in PSPP", len(rows), len(expected["rows"]))
    positions = [expected["variables"].index(variable) for variable in numbers]
    for row, cells in zip(rows, expected["rows"]):
        for index, variable in enumerate(numbers):
            value = spss_cell({**variable, "kind": "number"}, cells[positions[index]])
            if isinstance(value, datetime.date):
                value = (value - datetime.date(1582, 10, 14)).days * 86400
            same(f"{variable['spss_name']} in PSPP", float(row[f"n{index}"]), float(value))
            missing = "missing" in cells[positions[index]]
            same(f"{variable['spss_name']} missing in PSPP", row[f"m{index}"], "1" if missing else "0")


# Texts --------------------------------------------------------------------------------------------------------------

def csv_cell(variable, cell):
    if "missing" in cell:
        return WORDS[cell["missing"]]
    if "category" in cell:
        return guarded(category(variable, cell)[0])
    if "date" in cell:
        return cell["date"]
    return guarded(cell["value"]) if variable["kind"] == "text" else cell["value"]


def check_csv(text, expected):
    rows = list(csv.reader(io.StringIO(text, newline="")))
    plain = rows[0]
    same("columns", len(plain), len(expected["variables"]))
    same("names are different", len({name.lower() for name in plain}), len(plain))
    same("rows", len(rows) - 1, len(expected["rows"]))
    for number, (row, cells) in enumerate(zip(rows[1:], expected["rows"]), 1):
        for variable, found, cell in zip(expected["variables"], row, cells):
            wanted = csv_cell(variable, cell)
            if isinstance(wanted, (int, float)):
                found = float(found)
            same(f"row {number}, {variable['name']}", found, wanted)


def check_codebook(text, expected):
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for variable in expected["variables"]:
        mine = [row for row in rows if row["spss_name"] == variable["spss_name"]]
        same("label", {row["label"] for row in mine}, {guarded(variable["label"])})
        same("kind", {row["kind"] for row in mine}, {variable["kind"]})
        same("question", {row["question"] for row in mine}, {guarded(variable["question"] or "")})
        codes = [(guarded(code), str(number), guarded(label), "category") for code, number, label in variable["categories"]]
        if variable["kind"] == "chosen":
            codes = [("0", "0", "Not chosen", "category"), ("1", "1", "Chosen", "category")]
        for reason in variable["missing"]:
            number = reason["sign"] if variable["kind"] == "text" else str(reason["code"])
            codes.append((reason["sign"], number, reason["label"], reason["key"]))
        found = [(row["value"], row["spss_value"], row["value_label"], row["value_kind"]) for row in mine]
        same(f"codes of {variable['name']}", found, codes or [("", "", "", "")])


def check_json(file, expected):
    found = json.loads(file.read_text(encoding="utf-8"))
    same("columns", [v["label"] for v in found["variables"]], [v["label"] for v in expected["variables"]])
    names = [variable["name"] for variable in found["variables"]]
    same("names are different", len(set(names)), len(names))
    same("rows", len(found["rows"]), len(expected["rows"]))
    for row, cells in zip(found["rows"], expected["rows"]):
        same("keys", list(row), names)
        for variable, value, cell in zip(expected["variables"], row.values(), cells):
            if "category" in cell:
                wanted = clean(category(variable, cell)[0])
            elif "missing" in cell:
                wanted = cell
            else:
                wanted = cell.get("date", cell.get("value"))
                wanted = clean(wanted) if isinstance(wanted, str) else wanted
            same(variable["name"], value, wanted)


# Workbook -----------------------------------------------------------------------------------------------------------

def check_xlsx(file, expected):
    book = openpyxl.load_workbook(file)
    same("sheets", book.sheetnames, ["data", "codebook", "notes"])
    rows = list(book["data"].iter_rows())
    same("rows", len(rows) - 1, len(expected["rows"]))
    for row, cells in zip(rows[1:], expected["rows"]):
        row = list(row) + [None] * (len(cells) - len(row))
        for variable, found, cell in zip(expected["variables"], row, cells):
            same("is no formula", found is not None and found.data_type == "f", False)
            value = None if found is None else found.value
            if "missing" in cell:
                wanted = WORDS[cell["missing"]]
            elif "category" in cell:
                code, number, _ = category(variable, cell)
                plain = all(code == str(number) for code, number, _ in variable["categories"])
                wanted = number if plain else told_apart(code)
            elif "date" in cell:
                wanted = datetime.date.fromisoformat(cell["date"])
                wanted = wanted.isoformat() if wanted.year < 1900 else datetime.datetime.combine(wanted, datetime.time())
            elif variable["kind"] == "text":
                wanted = told_apart(cell["value"])
                wanted = wanted[: 32767 - len(MARK)] + MARK if len(wanted) > 32767 else wanted
                value, wanted = value or "", wanted.replace("\r\n", "\n")
                value = value.replace("_x000D_", "").replace("\r\n", "\n")
            else:
                wanted = cell["value"]
            same(variable["name"], value, wanted)


# DDI ----------------------------------------------------------------------------------------------------------------

def check_ddi(file, expected):
    schema = os.environ.get("KEYLINE_DDI_SCHEMA")
    if schema:
        done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", schema, str(file)], capture_output=True, text=True)
        same("xmllint", done.returncode, 0)
    root = ElementTree.parse(file).getroot()
    same("root", root.tag, DDI + "codeBook")
    ids = [element.get("ID") for element in root.iter() if element.get("ID")]
    same("ids are different", len(set(ids)), len(ids))
    for element in root.iter():
        name = element.tag.removeprefix(DDI)
        children = [child.tag.removeprefix(DDI) for child in element]
        order = DDI_ORDER.get(name, [])
        unknown = [child for child in children if child not in order]
        same(f"children of {name} that the schema does not have", unknown, [])
        same(f"order within {name}", children, sorted(children, key=order.index))
    found = root.findall(f"{DDI}dataDscr/{DDI}var")
    same("variables", len(found), len(expected["variables"]))
    same("rows", root.find(f".//{DDI}caseQnty").text, str(len(expected["rows"])))
    for index, (element, variable) in enumerate(zip(found, expected["variables"])):
        label = element.find(f"{DDI}labl")
        same("label", "" if label is None else label.text, clean(variable["label"]))
        question = element.find(f"{DDI}qstn/{DDI}qstnLit")
        same("question", None if question is None else question.text, variable["question"])
        codes = [(guarded(code), label, None) for code, _, label in variable["categories"]]
        if variable["kind"] == "chosen":
            codes = [("0", "Not chosen", None), ("1", "Chosen", None)]
        codes += [(reason["sign"], reason["label"], reason["key"]) for reason in variable["missing"]]
        categories = element.findall(f"{DDI}catgry")
        described = [(c.find(f"{DDI}catValu").text, c.find(f"{DDI}labl").text, c.get("missType")) for c in categories]
        same(f"categories of {variable['name']}", described, codes)
        for c in categories:
            same("missing flag", c.get("missing"), "Y" if c.get("missType") else None)
            frequency = c.find(f"{DDI}catStat")
            if frequency is not None:
                value = c.find(f"{DDI}catValu").text
                column = [csv_cell(variable, row[index]) for row in expected["rows"]]
                wanted = [found for found in column if str(found) == value]
                same(f"how often {value}", int(frequency.text), len(wanted))


# Data package -------------------------------------------------------------------------------------------------------

def check_package(file, expected, folder):
    unpacked = folder / "package"
    with zipfile.ZipFile(file) as packed:
        same("files", sorted(packed.namelist()), ["codebook.csv", "data.csv", "datapackage.json"])
        packed.extractall(unpacked)
    check_csv((unpacked / "data.csv").read_bytes().decode(), expected)
    check_codebook((unpacked / "codebook.csv").read_bytes().decode(), expected)
    report = validate(str(unpacked / "datapackage.json"))
    if not report.valid:
        raise Wrong(f"frictionless says: {report.flatten(['type', 'note', 'message'])[:5]}")
    package = Package(str(unpacked / "datapackage.json"))
    fields = package.get_resource("data").schema.fields
    for field, variable in zip(fields, expected["variables"]):
        kinds = {"category": "string", "ordered-category": "string", "chosen": "integer", "whole-number": "integer",
                 "decimal": "number", "text": "string", "date": "date"}
        same(f"type of {field.name}", field.type, kinds[variable["kind"]])
        descriptor = field.to_descriptor()
        missing = [{"value": reason["sign"], "label": reason["label"]} for reason in variable["missing"]]
        same(f"missing values of {field.name}", descriptor.get("missingValues", []), missing)
        categories = [{"value": guarded(code), "label": label} for code, _, label in variable["categories"]]
        if variable["kind"] == "chosen":
            categories = [{"value": 0, "label": "Not chosen"}, {"value": 1, "label": "Chosen"}]
        same(f"categories of {field.name}", descriptor.get("categories", []), categories)
    for row, cells in zip(package.get_resource("data").read_rows(), expected["rows"]):
        for field, variable, cell in zip(fields, expected["variables"], cells):
            value = row[field.name]
            wanted = None if "missing" in cell else csv_cell(variable, cell)
            if variable["kind"] == "date" and wanted:
                wanted = datetime.date.fromisoformat(wanted)
            if isinstance(wanted, (int, float)):
                value = float(value)
            same(f"{field.name} in frictionless", value, wanted)


# All of it ----------------------------------------------------------------------------------------------------------

def spoiled(expected):
    """The same with one wrong label, one wrong value and one wrong reason: three expectations that must not hold."""
    label = copy.deepcopy(expected)
    label["variables"][0]["label"] += "!"
    yield "label", label
    for number, row in enumerate(expected["rows"]):
        for index, cell in enumerate(row):
            kind = expected["variables"][index]["kind"]
            if kind == "whole-number" and "value" in cell:
                value = copy.deepcopy(expected)
                value["rows"][number][index] = {"value": cell["value"] + 1 - 2 * (cell["value"] > 0)}
                yield "value", value
            reasons = [reason["key"] for reason in expected["variables"][index]["missing"]]
            if kind == "whole-number" and "missing" in cell and len(reasons) > 1:
                reason = copy.deepcopy(expected)
                other = next(key for key in reasons if key != cell["missing"])
                reason["rows"][number][index] = {"missing": other}
                yield "reason", reason
            if kind == "whole-number" and ("missing" in cell or "value" in cell):
                if number > 3:
                    return


def main(folder):
    tables = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    version = pspp_version()
    knows_long_missing = version >= (2, 0)
    print(f"pyreadstat {pyreadstat.__version__}, PSPP {'.'.join(map(str, version))}")
    passed, failed = 0, 0
    for name, expected in tables.items():
        def file(extension):
            return folder / f"{name}.{extension}"

        def text(extension):
            return file(extension).read_bytes().decode()

        def work():
            return Path(tempfile.mkdtemp(dir=scratch))

        checks = {
            "SPSS by pyreadstat": lambda table: check_sav(file("sav"), table),
            "SPSS by PSPP": lambda table: check_pspp(file("sav"), table, work(), knows_long_missing),
            "CSV": lambda table: check_csv(text("csv"), table),
            "codebook": lambda table: check_codebook(text("codebook.csv"), table),
            "JSON": lambda table: check_json(file("json"), table),
            "workbook": lambda table: check_xlsx(file("xlsx"), table),
            "DDI": lambda table: check_ddi(file("ddi.xml"), table),
            "data package": lambda table: check_package(file("datapackage.zip"), table, work()),
        }
        with tempfile.TemporaryDirectory() as scratch:
            for what, check in checks.items():
                try:
                    check(expected)
                    missed = unnoticed(what, check, expected)
                    if missed:
                        raise Wrong(f"a wrong {' and a wrong '.join(missed)} goes unnoticed")
                    passed += 1
                    print(f"  {name}: {what}: as expected")
                except Wrong as wrong:
                    failed += 1
                    print(f"  {name}: {what}: WRONG: {wrong}")
    print(f"{passed} passed, {failed} failed")
    return failed == 0 and passed > 0


# What each format says at all: a codebook has no rows, and CSV no labels.
SAYS = {"CSV": {"value", "reason"}, "codebook": {"label"}, "workbook": {"value", "reason"}, "DDI": {"label"}}


def unnoticed(what, check, expected):
    missed = set()
    for kind, table in spoiled(expected):
        if kind in SAYS.get(what, {"label", "value", "reason"}):
            try:
                check(table)
                missed.add(kind)
            except Wrong:
                pass
    return sorted(missed)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: check.py FOLDER")
    sys.exit(0 if main(Path(sys.argv[1])) else 1)
