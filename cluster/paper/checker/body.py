"""Of the body: running text, parts, sections, clauses and points, and the mark that ends it."""

from collections.abc import Iterator

from cluster.paper.checker.anatomy import CLAUSE, PART, POINT, SECTION, Anatomy
from cluster.paper.checker.opened import Line
from cluster.paper.checker.rules import Rule, capitals, checks, looks, short
from cluster.paper.document import END, POINT_LETTERS, roman


@checks("Nội dung (ô 6)")
def _body(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    titles = {id(line) for place, line in enumerate(anatomy.texts) if _is_of_part(anatomy.texts, place)}
    lines = [line for line in anatomy.texts if id(line) not in titles and not _is_caption(line)]
    if not lines:
        yield "không có nội dung"
    for line in lines:
        if not any(pattern.match(line.text) for pattern in (SECTION, CLAUSE, POINT)):
            yield from looks(line, rule, bold=False)
        yield from _running(line)


def _running(line: Line) -> Iterator[str]:
    said = short(line.text)
    if line.align != "justify":
        yield f"“{said}” không canh đều hai lề"
    if not any(abs(line.indent - indent) < 0.2 for indent in (10, 12.7)):
        yield f"“{said}” lùi đầu dòng {line.indent:.1f} mm"
    if line.space_after < 6 and line.space_before < 6:
        yield f"“{said}” cách đoạn dưới 6 pt"
    if line.spacing is None or not 1 <= line.spacing <= 1.5:
        yield f"“{said}” cách dòng không từ 1 đến 1,5"
    if line.has_break:
        yield f"“{said}” có ngắt dòng hoặc dấu tab trong đoạn"


def _is_caption(line: Line) -> bool:
    """The title of a table in the body."""
    return line.paragraph.style is not None and line.paragraph.style.name == "Caption"


def _is_of_part(lines: list[Line], place: int) -> bool:
    is_name = bool(PART.fullmatch(lines[place].text))
    return is_name or (place > 0 and bool(PART.fullmatch(lines[place - 1].text)))


@checks("Phần")
def _parts(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    names = [line.text for line in anatomy.texts if PART.fullmatch(line.text)]
    if names != [f"Phần {roman(place)}" for place in range(1, len(names) + 1)]:
        yield f"các phần không đánh số liên tục: {', '.join(names)}"
    for place, line in enumerate(anatomy.texts):
        if _is_of_part(anatomy.texts, place):
            yield from looks(line, rule, align="center")
            if not PART.fullmatch(line.text):
                yield from capitals(line)


@checks("Mục")
def _sections(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    wanted = 1
    for line in anatomy.texts:
        if PART.fullmatch(line.text):
            wanted = 1
        if not (found := SECTION.match(line.text)):
            continue
        yield from looks(line, rule)
        yield from capitals(line)
        yield from _typed(line)
        if found[1] != roman(wanted):
            yield f"“{short(line.text)}” đứng ở chỗ của mục {roman(wanted)}"
        wanted += 1


@checks("Khoản")
def _clauses(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    """Bold throughout where it is a heading, else not at all."""
    wanted = 1
    for line in anatomy.texts:
        if SECTION.match(line.text) or PART.fullmatch(line.text):
            wanted = 1
        if not (found := CLAUSE.match(line.text)):
            continue
        yield from looks(line, rule, bold=line.runs[0].bold)
        yield from _typed(line)
        if int(found[1]) != wanted:
            yield f"“{short(line.text)}” đứng ở chỗ của khoản {wanted}"
        wanted += 1


@checks("Điểm")
def _points(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    wanted = 0
    for line in anatomy.texts:
        found = POINT.match(line.text)
        if CLAUSE.match(line.text) or SECTION.match(line.text):
            wanted = 0
        if not found:
            continue
        yield from looks(line, rule)
        yield from _typed(line)
        if found[1] != POINT_LETTERS[wanted]:
            yield f"“{short(line.text)}” đứng ở chỗ của điểm {POINT_LETTERS[wanted]})"
        wanted += 1


def _typed(line: Line) -> Iterator[str]:
    if line.is_counted_by_word:
        yield f"“{short(line.text)}” đánh số tự động"


@checks("Kết thúc nội dung")
def _end(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    texts = [line.text for line in anatomy.texts]
    if not texts or not texts[-1].endswith(END):
        yield f"nội dung không kết thúc bằng “{END}”"
    if any(text.endswith(END) for text in texts[:-1]):
        yield f"“{END}” đứng giữa nội dung"
