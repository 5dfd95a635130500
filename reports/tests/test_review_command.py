import json
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from django.core.management import CommandError, call_command

from incidents.tests.factories import make_declared

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command("review", *args, stdout=out)
    return out.getvalue()


def test_review_prints_the_json_of_the_contract(two_party_cluster) -> None:
    make_declared(cluster=two_party_cluster.cluster, year=2017, value=41)
    make_declared(cluster=two_party_cluster.cluster, year=2016, value=54)
    data = json.loads(run("cum-thu", "2017", "--format", "json"))
    assert data["period"] == {"from": "2017-01-01", "to": "2017-12-31"}
    assert data["figures"]["incidents"] == {
        "value": 41,
        "qualifier": "exact",
        "previous": 54,
        "change": -13,
        "percent": -13 / 54 * 100,
        "basis": "declared",
    }
    assert data["figures"]["briefings"]["value"] is None
    assert data["headline"][2] == "giảm 13 vụ việc so với năm 2016"


def test_review_prints_text_in_vietnamese(two_party_cluster) -> None:
    make_declared(cluster=two_party_cluster.cluster, year=2017, value=41)
    assert "41 vụ việc" in run("cum-thu", "2017")


def test_review_of_a_free_period_and_comparison(two_party_cluster) -> None:
    dates = ("--from", "2021-10-01", "--to", "2021-10-28", "--compare-from", "2021-09-03", "--compare-to", "2021-09-30")
    data = json.loads(run("cum-thu", "2021", "--format", "json", *dates))
    assert data["comparison"] == {"from": "2021-09-03", "to": "2021-09-30"}


def test_review_writes_a_file_and_nothing_else(two_party_cluster, tmp_path) -> None:
    file = tmp_path / "review.json"
    assert run("cum-thu", "2017", "--format", "json", "--output", str(file)) == ""
    assert json.loads(file.read_text(encoding="utf-8"))["cluster"] == "cum-thu"


@pytest.mark.parametrize(
    "args",
    [("khong-co", "2017"), ("cum-thu", "2017", "--from", "2017-01-01"),
     ("cum-thu", "2017", "--from", "2017-02-01", "--to", "2017-01-01")],
)  # fmt: skip
def test_review_of_what_is_not_there_is_one_clear_line(args, two_party_cluster) -> None:
    with pytest.raises(CommandError) as error:
        run(*args)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(("format_", "magic"), [("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_review_is_written_as_a_file(two_party_cluster, tmp_path, format_, magic) -> None:
    file = tmp_path / f"review.{format_}"
    assert run("cum-thu", "2017", "--format", format_, "--output", str(file)) == ""
    assert file.read_bytes().startswith(magic)


def test_file_goes_to_a_pipe_and_nothing_else_does(two_party_cluster) -> None:
    pipe = BytesIO()
    text = TextIOWrapper(pipe)  # which closes the pipe with itself
    call_command("review", "cum-thu", "2017", "--format", "pdf", stdout=text)
    assert pipe.getvalue().startswith(b"%PDF")
    assert pipe.getvalue().rstrip().endswith(b"%%EOF")


def test_file_is_not_shown_on_a_terminal(two_party_cluster) -> None:
    class Terminal(TextIOWrapper):
        def isatty(self) -> bool:
            return True

    screen = BytesIO()
    terminal = Terminal(screen)
    with pytest.raises(CommandError, match="--output"):
        call_command("review", "cum-thu", "2017", "--format", "docx", stdout=terminal)
    assert screen.getvalue() == b""
