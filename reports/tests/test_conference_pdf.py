import datetime as dt

from cluster.tests.papers import assert_same_text
from reports.tests.conference_factories import make_conference, make_contribution, make_delegation


def test_conference_pdf_says_what_the_word_file_says(two_party_cluster, client_of, leader):
    conference = make_conference(cluster=two_party_cluster.cluster, held_on=dt.date(2018, 1, 5))
    make_delegation(conference=conference)
    make_contribution(conference=conference)
    address = f"/clusters/{conference.cluster.slug}/conferences/{conference.client_id}"
    word, pdf = (client_of(leader).get(f"{address}.{ending}") for ending in ("docx", "pdf"))
    assert (word.status_code, pdf["Content-Type"]) == (200, "application/pdf")
    assert_same_text(word=word.content, pdf=pdf.content)
