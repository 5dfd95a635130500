import pytest

from cluster.tests.papers import HOSTILE, assert_same_text, pdf_letters, pdf_reader
from patrols.tests.factories import make_patrol


@pytest.fixture
def patrol(two_party_cluster):
    return make_patrol(cluster=two_party_cluster.cluster, result=f"Tình hình ổn định. {HOSTILE}")


@pytest.fixture
def address(patrol):
    return f"/clusters/cum-thu/patrols/{patrol.client_id}.pdf"


def test_patrol_pdf_is_a_download(client_of, leader, address):
    response = client_of(leader).get(address)
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/pdf", "no-store")
    assert response["Content-Disposition"].startswith('attachment; filename="bien-ban-tuan-tra-2017-06-01-cong-an-xa')


def test_patrol_pdf_says_what_the_word_file_says(client_of, recorder, address):
    client = client_of(recorder)
    word, pdf = (client.get(path).content for path in (address.replace(".pdf", ".docx"), address))
    assert_same_text(word=word, pdf=pdf)
    assert "".join(HOSTILE.split()) in pdf_letters(pdf)


def test_patrol_pdf_is_tagged_and_named(client_of, recorder, address):
    reader = pdf_reader(client_of(recorder).get(address).content)
    assert reader.metadata.title == "Biên bản Tuần tra chung vùng giáp ranh"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_patrol_pdf_is_the_same_twice(client_of, recorder, address):
    client = client_of(recorder)
    assert client.get(address).content == client.get(address).content


def test_patrol_pdf_refuses_other_methods(client_of, recorder, address):
    assert client_of(recorder).post(address).status_code == 405


def test_patrol_pdf_sends_strangers_to_sign_in(client, address):
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"


def test_patrol_pdf_does_not_exist_for_outsiders(client_of, outsider, address):
    assert client_of(outsider).get(address).status_code == 404


def test_patrol_pdf_is_forbidden_to_observers(client_of, observer, address):
    assert client_of(observer).get(address).status_code == 403
