# Reports' files as Python's libraries read them: a list of what each holds, as JSON. Usage: read_report.py FORMAT FILE …
import csv, datetime, json, sys, warnings
import xml.etree.ElementTree as ElementTree

import html5lib
import openpyxl

# What a reader has to say about a file is a fault of the file.
warnings.simplefilter("error")


def delimited(delimiter):
    def read(path):
        with open(path, encoding="utf-8", newline="") as file:
            return list(csv.reader(file, delimiter=delimiter, strict=True))

    return read


def read_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def read_ndjson(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def read_xml(path):
    report = ElementTree.parse(path).getroot()
    assert report.tag == "agentSessionReport"

    def value(element):
        labels = [[label.get("name"), label.text] for label in element]
        return labels if element.tag == "stateLabels" else element.text or ""

    return [{element.tag: value(element) for element in session} for session in report]


def read_html(path):
    # Strict: anything that the standard calls an error is one.
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    with open(path, "rb") as file:
        document = parser.parse(file)
    assert parser.documentEncoding == "utf-8" and document.get("lang") and document.find("head/title").text
    table = document.find("body/table")
    assert all(cell.get("scope") == "col" for cell in table.find("thead/tr"))
    return [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]


def read_workbook(path):
    def plain(value):
        return value.isoformat(timespec="milliseconds") if isinstance(value, datetime.datetime) else value

    # As a whole, and row by row, which is how pandas reads.
    whole, streamed = ([
        [[plain(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in openpyxl.load_workbook(path, read_only=read_only)
    ] for read_only in (False, True))
    assert whole == streamed
    return whole


READERS = {
    "csv": delimited(","),
    "pipe": delimited("|"),
    "tab": delimited("\t"),
    "json": read_json,
    "ndjson": read_ndjson,
    "xml": read_xml,
    "html": read_html,
    "excel": read_workbook,
    "xlsx": read_workbook,
}

csv.field_size_limit(1_000_000)
files = zip(sys.argv[1::2], sys.argv[2::2])
json.dump([READERS[format](path) for format, path in files], sys.stdout)
