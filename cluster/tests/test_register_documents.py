"""Documents: their numbers, validity and articles."""

import datetime as dt

import pytest

from cluster.models import Advice, Document, PaperNumber
from cluster.tests.entries import register_entry
from cluster.tests.factories import make_advice, make_article, make_document, make_paper_settings
from cluster.tests.test_register_offices import listed

ADDRESS = "/clusters/cum-thu/documents/"
REGULATION = {"kind": "regulation", "issuer": "Công an hai huyện", "articles_text": "Điều 1. Phạm vi\nVùng giáp ranh."}


@pytest.fixture
def cluster(two_party_cluster):
    make_paper_settings(cluster=two_party_cluster.cluster, symbol="BĐH")
    return two_party_cluster.cluster


@pytest.fixture
def client(client_of, coordinator, cluster):
    return client_of(coordinator)


def send(client, address=f"{ADDRESS}new/", **entered):
    return client.post(address, register_entry(Document) | entered)


def edit(client, document, **entered):
    seen = {"version": document.version, "reason": "Ghi nhầm"}
    return send(client, f"{document.get_absolute_url()}edit/", **seen, **entered)


def said_of(response, field):
    return response.context["form"].errors[field]


# Numbers


def test_paper_of_the_board_takes_the_next_number_of_its_series(client):
    for kind in ("plan", "plan", "notice"):
        send(client, kind=kind)
    assert [document.number_symbol for document in Document.objects.order_by("pk")] == [
        "01/KH-BĐH",
        "02/KH-BĐH",
        "01/TB-BĐH",
    ]


@pytest.mark.parametrize(
    ("typed", "stored"), [("7", "07/KH-BĐH"), ("07", "07/KH-BĐH"), ("07/KH-BĐH (mẫu)", "07/KH-BĐH (mẫu)")]
)
def test_chosen_number_is_taken(typed, stored, client):
    send(client, number_symbol=typed)
    assert Document.objects.get().number_symbol == stored
    assert PaperNumber.objects.get().number == 7


def test_number_is_taken_once_a_year(client):
    send(client, number_symbol="05")
    response = send(client, number_symbol="05/KH-BCĐ")
    assert said_of(response, "number_symbol") == ["Số văn bản 05 đã được sử dụng trong năm 2017."]
    assert send(client, number_symbol="05", issued_on="2018-01-15").status_code == 302
    assert Document.objects.count() == 2


def test_paper_of_the_board_begins_with_its_number(client):
    assert said_of(send(client, number_symbol="KH-BĐH"), "number_symbol") == [
        "Hãy bắt đầu bằng số, ví dụ 05/KH-BĐH.",
    ]


def test_number_of_another_issuer_stands_once_in_its_year(client):
    other = {"issuer": "Công an tỉnh", "number_symbol": "303/QCPH"}
    assert send(client, **other).status_code == 302
    assert said_of(send(client, **other), "number_symbol") == ["Số văn bản 303/QCPH đã được sử dụng trong năm 2017."]
    assert send(client, **other | {"issuer": "Công an huyện"}).status_code == 302
    assert send(client, **other, issued_on="2016-05-05").status_code == 302
    assert not PaperNumber.objects.exists()


def test_edit_keeps_the_number_and_takes_another_one_only_when_it_is_typed(client):
    send(client)
    document = Document.objects.get()
    edit(client, document, number_symbol="", abstract="Khác")
    edit(client, Document.objects.get(), number_symbol="09")
    assert Document.objects.get().number_symbol == "09/KH-BĐH"
    assert sorted(PaperNumber.objects.values_list("number", flat=True)) == [1, 9]


def test_same_form_sent_twice_takes_one_number(client):
    entry = register_entry(Document)
    assert {client.post(f"{ADDRESS}new/", entry)["Location"] for _ in range(2)} == {
        Document.objects.get().get_absolute_url()
    }
    assert PaperNumber.objects.count() == 1


@pytest.mark.parametrize("query", ["02/QCPH-CA", "2/qcph-ca", "quy che phoi hop", "02 / QCPH-CA", "QĐ 86/2022"])
def test_document_is_found_by_number_and_symbol(query, client, cluster):
    make_document(cluster=cluster, number_symbol="12/QCPH-CA", abstract="Khác")
    if "86" in query:
        found = make_document(cluster=cluster, number_symbol="QĐ 86/2022/QĐ-UBND", abstract="Ban hành quy chế")
    else:
        found = make_document(cluster=cluster, number_symbol="02/QCPH-CA", abstract="Quy chế phối hợp")
    assert listed(client.get(ADDRESS, {"q": query})) == [found]


# Validity


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({}, ["2017-02-01", "2018-06-01"]),
        ({"valid_from": dt.date(2017, 3, 1)}, ["2018-06-01"]),
        ({"valid_to": dt.date(2017, 12, 31)}, ["2017-02-01"]),
    ],
)
def test_document_is_in_force_from_day_to_day(fields, days, client, cluster):
    document = make_document(cluster=cluster, **fields)
    asked = ("2017-01-31", "2017-02-01", "2018-06-01")
    assert [day for day in asked if listed(client.get(f"{ADDRESS}?on={day}"))] == days
    assert [day for day in asked if document.is_in_force(dt.date.fromisoformat(day))] == days


def test_document_is_in_force_until_another_one_replaces_it(cluster):
    later = make_document(cluster=cluster, issued_on=dt.date(2017, 12, 1), valid_from=dt.date(2018, 1, 1))
    earlier = make_document(cluster=cluster, replaced_by=later)
    eve, day = dt.date(2017, 12, 31), dt.date(2018, 1, 1)
    assert (earlier.is_in_force(eve), earlier.is_in_force(day)) == (True, False)
    assert set(Document.objects.of(cluster).on(eve)) == {earlier}
    assert set(Document.objects.of(cluster).on(day)) == {later}


def test_document_does_not_replace_itself(client, cluster):
    document = make_document(cluster=cluster)
    assert list(edit(client, document, replaced_by=document.pk).context["form"].errors) == ["replaced_by"]


# Articles


def test_regulation_lists_its_articles(client):
    send(client, **REGULATION)
    document = Document.objects.get()
    assert [str(article) for article in document.articles.all()] == ["Điều 1. Phạm vi"]
    assert 'id="article-1"' in client.get(document.get_absolute_url()).content.decode()


def test_article_keeps_its_key_when_the_text_is_mended(client):
    send(client, **REGULATION)
    document, text = Document.objects.get(), "Điều 1. Phạm vi áp dụng\nĐiều 2. Nguyên tắc"
    key = document.articles.get().pk
    edit(client, document, **REGULATION | {"articles_text": text})
    assert [(row.number, row.title) for row in document.articles.all()] == [(1, "Phạm vi áp dụng"), (2, "Nguyên tắc")]
    assert document.articles.get(number=1).pk == key


def test_article_that_others_name_cannot_be_left_out(client, cluster):
    send(client, **REGULATION)
    document = Document.objects.get()
    make_advice(cluster=cluster, article=document.articles.get())
    response = edit(client, document, **REGULATION | {"articles_text": "Điều 2. Nguyên tắc"})
    assert said_of(response, "articles_text") == ["Điều 1 đã được ghi chép khác dẫn chiếu: không bỏ được."]
    assert [row.number for row in document.articles.all()] == [1]
    assert Document.objects.get().version == 1


def test_plan_has_no_articles(client):
    assert send(client, articles_text="Điều 1. Phạm vi").status_code == 422


def test_advice_names_an_article_of_a_regulation_in_force(client, cluster):
    now = make_article(cluster=cluster)
    ended = make_document(cluster=cluster, kind="regulation", valid_to=dt.date(2017, 12, 31))
    before = make_article(cluster=cluster, document=ended)
    form = client.get("/clusters/cum-thu/advice/new/").context["form"]
    assert list(form.fields["article"].queryset) == [now]
    entry = register_entry(Advice, article=before.pk)
    assert list(client.post("/clusters/cum-thu/advice/new/", entry).context["form"].errors) == ["article"]


def test_advice_keeps_the_article_it_names_when_the_regulation_has_ended(client, cluster):
    ended = make_document(cluster=cluster, kind="regulation", valid_to=dt.date(2017, 12, 31))
    advice = make_advice(cluster=cluster, article=make_article(cluster=cluster, document=ended))
    form = client.get(f"{advice.get_absolute_url()}edit/").context["form"]
    assert list(form.fields["article"].queryset) == [advice.article]
