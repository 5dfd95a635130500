import pytest

from cluster.paper import Clause, Paragraph, Points
from cluster.paper.document import POINT_LETTERS
from reports.paper.narrative import blocks_of, listed, points_of


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("Các bên đã phối hợp.", Paragraph("Các bên đã phối hợp.")),
        ("3. Tuần tra chung", Clause("Tuần tra chung", is_heading=True)),
        ("3) Tuần tra chung", Clause("Tuần tra chung", is_heading=True)),
        ("1. Các bên đã tổ chức 25 ca.", Clause("Các bên đã tổ chức 25 ca.")),
        ("đ) năm", Points(("năm",))),
        ("– một nội dung", Paragraph("- một nội dung")),
        ("2017 là năm đầu", Paragraph("2017 là năm đầu")),
        ("25.000 lượt người", Paragraph("25.000 lượt người")),
        ("1.250 lượt", Paragraph("1.250 lượt")),
    ],
)
def test_line_is_read_by_what_stands_before_it(line, block):
    assert blocks_of([line]) == [block]


def test_points_that_follow_each_other_are_one_list():
    assert blocks_of(["a) một", "b) hai", "Xen giữa.", "a) ba"]) == [
        *(Points(("một", "hai")), Paragraph("Xen giữa."), Points(("ba",))),
    ]


def test_more_points_than_letters_begin_again():
    lengths = [len(block.texts) for block in blocks_of(["a) x"] * 30) if isinstance(block, Points)]
    assert (sum(lengths), max(lengths)) == (30, len(POINT_LETTERS))


def test_numbers_below_a_clause_are_points():
    assert points_of(["1. Chủ động.", "2. Kịp thời.", "Nói chung tốt."]) == [
        *(Points(("Chủ động.", "Kịp thời.")), Paragraph("Nói chung tốt.")),
    ]


def test_list_without_numbers_is_counted():
    assert listed(["Một.", "- Hai."]) == [Clause("Một."), Clause("Hai.")]
    assert listed(["Một."]) == [Paragraph("Một.")]
    assert listed(["Mở đầu:", "a) một"]) == [Paragraph("Mở đầu:"), Points(("một",))]
