import unicodedata

import pytest

from cluster.paper import fonts, pdf_of, word_of
from cluster.tests.papers import assert_same_text, pdf_reader, pdf_words
from reports.edition import Edition
from reports.paper.material import material_of
from reports.paper.review import report_of
from reports.tests.papers import download
from reports.tests.signing import YEAR, make_year, signed


@pytest.fixture
def year(two_party_cluster):
    return make_year(two_party_cluster)


@pytest.fixture
def paper(year):
    return report_of(material_of(Edition(year.cluster, YEAR)))


def test_review_pdf_is_a_download(year, client_of, observer):
    response = client_of(observer).get(f"/clusters/{year.cluster.slug}/review/2017.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert 'filename="bao-cao-nam-2017-cum-thu.pdf"' in response["Content-Disposition"]


def test_review_pdf_says_what_the_word_file_says(paper):
    assert_same_text(word=word_of(paper), pdf=pdf_of(paper))


def test_review_pdf_is_tagged_and_its_text_is_composed(paper):
    content = pdf_of(paper)
    root = pdf_reader(content).trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("vi-VN", True)
    text = " ".join(pdf_words(content))
    assert unicodedata.is_normalized("NFC", text)


def test_review_pdf_needs_no_installed_font(paper):
    assert_same_text(word=word_of(paper), pdf=pdf_of(paper, face=fonts.serif_among(())))


def test_signed_review_pdf_is_the_same_on_every_download(year, client_of, leader):
    signed(year)
    first = download(client_of(leader), year, "pdf")
    year.cluster.name = "Tên khác"
    year.cluster.save()
    assert download(client_of(leader), year, "pdf") == first
