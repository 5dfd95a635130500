"""The sections of a review beside what the figures propose for them."""

from typing import NamedTuple

from reports.edition import Edition
from reports.models import Section


class Written(NamedTuple):
    """``section`` is None where nobody wrote it; ``is_behind``: the figures now propose another text."""

    kind: str
    label: str
    text: str
    section: Section | None
    is_behind: bool

    @property
    def paragraphs(self) -> list[str]:
        """One a line, as they are printed."""
        return [line for line in self.text.splitlines() if line.strip()]


def sections_of(edition: Edition) -> list[Written]:
    """In their order, in the language in hand; of a signed review as they were signed."""
    if edition.is_signed:
        texts = edition.said["sections"]
        return [Written(kind.value, str(kind.label), texts.get(kind.value, ""), None, False) for kind in Section.Kind]
    proposed, rows = edition.proposals(), []
    for kind in Section.Kind:
        section = edition.written.get(kind.value)
        text = section.text if section else proposed[kind.value]
        rows.append(Written(kind.value, str(kind.label), text, section, _is_behind(edition, section)))
    return rows


def _is_behind(edition: Edition, section: Section | None) -> bool:
    return section is not None and section.proposal != edition.proposals_in_vietnamese[section.kind]
