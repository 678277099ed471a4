"""Word files kept as one XML file: of Word 2003, and the flat form of later ones.

Both are often named ``.doc`` and open in Word as any other. They are turned into the parts of a
DOCX, whose reader then does the rest: the two vocabularies differ in a handful of names.
"""

from __future__ import annotations

import base64
import binascii
import posixpath
from collections.abc import Callable

from lxml import etree

from pipelines.documents.blocks import Document
from pipelines.documents.bounds import MAX_FILE_BYTES, check_size
from pipelines.documents.office.docx import read_parts
from pipelines.documents.office.numbering import W
from pipelines.documents.packages import parse_xml
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile

WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
FLAT_PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"
_OLD = f"{{{WORD_2003}}}"
_HINT = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_NOTES = "{http://schemas.microsoft.com/aml/2001/core}"
_PART = f"{{{FLAT_PACKAGE}}}"
_RENAMED = {"vmerge": "vMerge", "listPr": "numPr", "ilfo": "numId"}
_CHANGES = {"Word.Deletion": "del", "Word.Insertion": "ins", "Word.Formatting": "rPrChange"}
# The numbers of list formats (MS-DOC, Nfc) that these reports use, as later files name them.
_FORMATS = {
    "0": "decimal", "1": "upperRoman", "2": "lowerRoman", "3": "upperLetter", "4": "lowerLetter",
    "11": "japaneseCounting", "22": "decimalZero", "23": "bullet", "30": "ideographTraditional",
    "33": "taiwaneseCounting", "37": "chineseCounting", "38": "chineseLegalSimplified",
    "39": "chineseCountingThousand", "255": "none",
}  # fmt: skip


class _Parts:
    """Parts that are at hand as trees or bytes."""

    def __init__(self) -> None:
        self._trees: dict[str, etree._Element] = {}
        self._bodies: dict[str, Callable[[], bytes]] = {}

    @property
    def names(self) -> list[str]:
        return [*self._trees, *self._bodies]

    def add(self, name: str, tree: etree._Element | None) -> None:
        if tree is not None:
            self._trees[name] = tree

    def add_body(self, name: str, text: str) -> None:
        self._bodies[name] = lambda: _decoded(text)

    def read(self, name: str) -> bytes:
        if name in self._bodies:
            return self._bodies[name]()
        return etree.tostring(self.xml(name))

    def xml(self, name: str) -> etree._Element:
        if name not in self._trees:
            raise DocumentError("document/malformed", f"the file has no {name}")
        return self._trees[name]


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return b""


def read_word_xml(raw: RawFile) -> Document:
    """Read a Word file kept as one XML file.

    Raises:
        DocumentError: ``document/malformed``, ``document/too-large``, ``document/empty``.
    """
    check_size(raw.body, MAX_FILE_BYTES)
    root = parse_xml(raw.body, "the Word file")
    if root.tag == f"{_PART}package":
        return read_parts(_of_package(root), "docx")
    if root.tag != f"{_OLD}wordDocument":
        raise DocumentError("document/malformed", f"no Word file: {root.tag!s}")
    return read_parts(_of_2003(root), "doc")


def _of_package(root: etree._Element) -> _Parts:
    parts = _Parts()
    for part in root.iterfind(f"{_PART}part"):
        name = (part.get(f"{_PART}name") or "").lstrip("/")
        data, body = part.find(f"{_PART}xmlData"), part.find(f"{_PART}binaryData")
        if data is not None and len(data):
            parts.add(name, data[0])
        elif body is not None:
            parts.add_body(name, body.text or "")
    return parts


def _of_2003(root: etree._Element) -> _Parts:
    parts = _Parts()
    for element in root.iter(f"{_OLD}*", f"{_NOTES}annotation"):
        _rename(element)
    parts.add("word/document.xml", root)
    parts.add("word/styles.xml", root.find(f"{W}styles"))
    parts.add("word/numbering.xml", _numbering(root.find(f"{W}lists")))
    _keep_pictures(root, parts)
    return parts


def _rename(element: etree._Element) -> None:
    """Give an element and its attributes the names that DOCX has for them."""
    if element.tag == f"{_NOTES}annotation":
        change = _CHANGES.get(element.get(f"{_OLD}type") or "")
        if change == "del" and element.getparent() is not None:
            element.tag = f"{W}del"
        return
    name = etree.QName(element).localname
    element.tag = W + _RENAMED.get(name, name)
    for key, value in element.attrib.items():
        if str(key).startswith(_OLD):
            del element.attrib[key]
            local = etree.QName(str(key)).localname
            element.set(W + {"line-rule": "lineRule", "h-rule": "hRule"}.get(local, local), value)


def _numbering(lists: etree._Element | None) -> etree._Element | None:
    """Return list definitions as DOCX has them."""
    if lists is None:
        return None
    out = etree.Element(f"{W}numbering")
    for definition in lists.iterfind(f"{W}listDef"):
        definition.tag = f"{W}abstractNum"
        definition.set(f"{W}abstractNumId", definition.get(f"{W}listDefId") or "")
        for form in definition.iter(f"{W}nfc"):
            form.tag = f"{W}numFmt"
            form.set(f"{W}val", _FORMATS.get(form.get(f"{W}val") or "0", "decimal"))
        out.append(definition)
    for number in lists.iterfind(f"{W}list"):
        number.tag = f"{W}num"
        number.set(f"{W}numId", number.get(f"{W}ilfo") or "")
        for which in number.iterfind(f"{W}ilst"):
            which.tag = f"{W}abstractNumId"
        out.append(number)
    return out


def _keep_pictures(root: etree._Element, parts: _Parts) -> None:
    """Put pictures where a DOCX has them: parts, named by relations."""
    relations = etree.Element("Relationships")
    for body in root.iter(f"{W}binData"):
        name = posixpath.basename((body.get(f"{W}name") or "").replace("\\", "/"))
        if name and body.text:
            parts.add_body(f"word/{name}", body.text)
            etree.SubElement(relations, "Relationship", Id=name, Target=name)
            embed = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
            blip = etree.SubElement(body, "blip")
            blip.set(embed, name)
            body.text = None
    parts.add("word/_rels/document.xml.rels", relations)
