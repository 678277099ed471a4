"""Everything that reading may need, loaded at once: what a reading process begins with.

The parts are loaded where they are first used, for a command that reads one page needs few of
them. A crawl's own process reads nothing (its event loop would stand meanwhile): its reading
processes are forked from a server that has loaded all, this module first.
"""

from __future__ import annotations

import cn2an
import opencc
import trafilatura
from resiliparse.parse import encoding

import pipelines.read
from pipelines.documents.office import docx as word
from pipelines.documents.office import sheet_xml, sheets, soffice, word_xml
from pipelines.documents.paged import ofd, pdf
from pipelines.documents.pictures import reader as pictures

__all__ = [
    "cn2an",
    "encoding",
    "ofd",
    "opencc",
    "pdf",
    "pictures",
    "pipelines",
    "sheet_xml",
    "sheets",
    "soffice",
    "trafilatura",
    "word",
    "word_xml",
]
