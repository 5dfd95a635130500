"""The check of the papers' promise finds what it looks for; what it costs is told by `make verify-papers`."""

from cluster.paper import word_of
from cluster.tests.papers import make_paper
from reports.verify_papers import keeps_the_form


def test_file_that_keeps_the_form_is_told_from_one_with_a_planted_mistake(capsys):
    assert keeps_the_form(word_of(make_paper()))
    assert "28 rows of the table checked, 0 faults" in capsys.readouterr().out


def test_fault_is_told(capsys):
    assert not keeps_the_form(word_of(make_paper(recipients=())))
    assert "fault: Nơi nhận: (ô 9b)" in capsys.readouterr().out
