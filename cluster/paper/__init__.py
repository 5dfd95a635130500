"""Official papers: one description of what stands in them, written as Word and as PDF by the same rules.

The rules are those of Nghị định 30/2020/NĐ-CP, Phụ lục I; a paper is in Vietnamese whatever language the page was in.
"""

from cluster.paper.document import (
    BLANK,
    Agency,
    Align,
    Appendix,
    Clause,
    Column,
    Document,
    Paragraph,
    Part,
    Points,
    Section,
    Signature,
    Table,
)
from cluster.paper.download import as_download
from cluster.paper.pdf import pdf_of
from cluster.paper.word import word_of

__all__ = [
    "BLANK",
    "Agency",
    "Align",
    "Appendix",
    "Clause",
    "Column",
    "Document",
    "Paragraph",
    "Part",
    "Points",
    "Section",
    "Signature",
    "Table",
    "as_download",
    "pdf_of",
    "word_of",
]
