"""The articles of a regulation, read from its text."""

import pytest
from django.core.exceptions import ValidationError

from cluster.articles import ArticleText, articles_in

TEXT = """Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
Các xã vùng giáp ranh.

Thị trấn cũng tham gia.
Điều 2: Nguyên tắc
Chương II. Nội dung
Điều 3
Tuần tra chung."""


def test_articles_have_number_title_and_text():
    assert articles_in(TEXT) == [
        ArticleText(1, "Phạm vi", "Các xã vùng giáp ranh.\nThị trấn cũng tham gia."),
        ArticleText(2, "Nguyên tắc", ""),
        ArticleText(3, "", "Tuần tra chung."),
    ]


def test_text_that_speaks_of_an_article_does_not_begin_one():
    (only,) = articles_in("Điều 1. Phạm vi\nTheo Điều 5 của quy chế.")
    assert only.text == "Theo Điều 5 của quy chế."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Căn cứ quy chế\nĐiều 1. Phạm vi", "“Căn cứ quy chế” đứng trước điều đầu tiên."),
        ("Điều 1. Phạm vi\nĐiều 1. Khác", "Điều 1 xuất hiện hai lần."),
        (f"Điều 4. {'a' * 201}", "Tên Điều 4 quá dài: hãy để nội dung ở dòng riêng."),
    ],
)
def test_text_without_articles_is_refused_with_the_reason(text, said):
    with pytest.raises(ValidationError) as refused:
        articles_in(text)
    assert refused.value.messages == [said]
