"""Whether a Word file keeps the official form, asked row by row of its table (Nghị định 30/2020/NĐ-CP, Phụ lục I).

Sizes, weight and slant are read from cluster/data/nd30_format.csv; what a row says in words is a check of its own. It
asks the file alone and knows nothing of how ours are written.
"""

from collections.abc import Iterator
from pathlib import Path

from cluster.paper import form
from cluster.paper.checker import body, foot, head, page
from cluster.paper.checker.anatomy import CLAUSE, SECTION, Anatomy
from cluster.paper.checker.opened import Opened
from cluster.paper.checker.rules import CHECKS, TABLE, Fault, rules, short

__all__ = ["CHECKS", "TABLE", "Fault", "body", "faults_of", "foot", "head", "page", "rules"]


def faults_of(content: bytes, *, table: Path = TABLE) -> list[Fault]:
    """Every departure from the form; a row of the table that nothing checks is one as well."""
    anatomy = Anatomy(Opened(content))
    faults = [Fault("Thứ tự", text) for text in _order(anatomy)]
    for rule in rules(table):
        check = CHECKS.get(rule.element)
        said = check(anatomy, rule) if check else ["chưa có phép kiểm tra cho dòng này của bảng thể thức"]
        faults += [Fault(rule.element, text) for text in dict.fromkeys(said)]
    return faults


def _order(anatomy: Anatomy) -> Iterator[str]:
    places = [anatomy.head_place, anatomy.body_place, anatomy.foot_place]
    if places[0] != 0:
        yield "phần đầu văn bản không đứng đầu"
    if anatomy.kind and not anatomy.kind.text.isupper():
        yield f"tên loại văn bản không đứng ngay sau phần đầu, mà là “{short(anatomy.kind.text)}”"
    stray = [line for line in [*anatomy.texts, *anatomy.after_foot] if line.text.startswith(form.ADDRESSEES)]
    if stray:
        yield "“Kính gửi” không đứng giữa trích yếu và nội dung"
    if any(SECTION.match(line.text) or CLAUSE.match(line.text) for line in anatomy.after_foot):
        yield "nội dung đứng sau chữ ký"
