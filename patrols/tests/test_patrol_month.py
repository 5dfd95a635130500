import datetime as dt
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cluster.tests.factories import make_force
from patrols.models import Contingent, TwinLink
from patrols.tests.entries import first, page_of
from patrols.tests.factories import A_NIGHT, make_contingent, make_patrol

ADDRESS = "/clusters/cum-thu/patrols/2017-06.xlsx"
DAY = dt.timedelta(days=1)
HOSTILE = ['=HYPERLINK("http://example.org")', "+1+1", "-1", "@SUM(A1)", "\t=1", "http://example.org", "007"]


def book_of(client, address=ADDRESS):
    response = client.get(address)
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(response.content))


def table(sheet, header):
    """The rows under the line that starts with this word, as dicts by title."""
    rows = list(sheet.iter_rows())
    head = next(number for number, row in enumerate(rows) if row[0].value == header)
    titles = [cell.value for cell in rows[head]]
    return [dict(zip(titles, row, strict=True)) for row in rows[head + 1 :]]


def totals(sheet):
    return {row[0].value: row[3].value for row in sheet.iter_rows(min_row=3, max_row=5)}


def clock(day, hour, minute=0):
    """As Excel has it: without a zone."""
    return dt.datetime(2017, 6, day, hour, minute)  # noqa: DTZ001  a cell of Excel


@pytest.fixture
def world(two_party_cluster):
    return two_party_cluster


def test_patrol_month_is_a_download(client_of, leader, world):
    response = client_of(leader).get(ADDRESS)
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert response["Content-Disposition"].startswith('attachment; filename="patrol-log-2017-06-cum-thu.xlsx"; ')
    assert response["Cache-Control"] == "no-store"


def test_patrol_month_types_dates_times_and_numbers(client_of, recorder, world):
    patrol = make_patrol(cluster=world.cluster, route="Quốc lộ 1A", headcount=4)
    (row,) = table(book_of(client_of(recorder))["Patrols"], "No.")
    assert (row["Date"].value, row["Date"].number_format) == (clock(1, 0), "dd/mm/yyyy")
    assert (row["Start"].value, row["Start"].number_format) == (clock(1, 21), "hh:mm")
    assert row["End"].value == clock(2, 2)
    assert [row[title].value for title in ("Hours", "People", "Counts", "Participations")] == [5, 8, 1, 8]
    assert (row["Place, route"].value, row["Lead unit"].value) == ("Quốc lộ 1A", patrol.lead_unit.name)


def test_patrol_month_holds_its_days_and_no_others(client_of, recorder, world):
    # June of Vietnam: from the last of May, 17:00 of UTC, to the last of June, 16:59.
    for month, day, hour, minute in ((5, 31, 16, 59), (5, 31, 17, 0), (6, 30, 16, 59), (6, 30, 17, 0)):
        make_patrol(cluster=world.cluster, starts_at=dt.datetime(2017, month, day, hour, minute, tzinfo=dt.UTC))
    make_patrol(starts_at=A_NIGHT)  # in another cluster
    rows = table(book_of(client_of(recorder))["Patrols"], "No.")
    assert [f"{row['Date'].value:%d/%m}" for row in rows] == ["01/06", "30/06"]


def test_patrol_month_totals_are_those_of_the_page(client_of, recorder, world):
    counted = make_patrol(cluster=world.cluster, headcount=4)
    make_patrol(cluster=world.cluster, units=[world.unit], headcount=5)
    make_patrol(cluster=world.cluster, status="cancelled", starts_at=None, planned_start=A_NIGHT)
    twin = make_patrol(cluster=world.cluster, headcount=6)
    TwinLink.objects.create(cluster=world.cluster, kept=counted, absorbed=twin, linked_by=recorder, linked_at=A_NIGHT)
    make_contingent(patrol=counted, unit=world.unit, headcount=9, state=Contingent.State.REFUSED, reason="Nhầm")
    client = client_of(recorder)
    book = book_of(client)
    for sheet in book.worksheets:
        assert totals(sheet) == {"Patrols on record": 4, "Patrols that count": 1, "Participations that count": 8}
    page = client.get("/clusters/cum-thu/patrols/?date_from=2017-06-01&date_to=2017-06-30")
    sentence = " ".join(first(page, ".lead").get_text().split())
    assert sentence == "4 patrols, of which 1 count as joint patrols, with 8 participations."
    rows = table(book["Patrols"], "No.")
    assert sum(row["Participations"].value for row in rows) == 8
    assert sum(row["Participations"].value for row in table(book["Lines"], "Date")) == 8
    assert {row["Why it does not count"].value for row in rows} == {
        None,
        "One party only",
        "Twin of another record, which counts",
    }


def test_patrol_month_lists_the_lines(client_of, recorder, world):
    patrol = make_patrol(cluster=world.cluster, units=[], lead_unit=world.unit)
    force = make_force(name="Dân quân")
    make_contingent(patrol=patrol, unit=world.unit, force=force, headcount=3, state="confirmed")
    make_contingent(patrol=patrol, unit=world.partner_unit, force=force, headcount=2, state="corrected", reason="Thiếu")
    rows = table(book_of(client_of(recorder))["Lines"], "Date")
    titles = ("Unit", "Force", "People", "State", "Before the correction", "Reason")
    assert [[row[title].value for title in titles] for row in rows] == [
        [world.unit.name, "Dân quân", 3, "Confirmed", None, None],
        [world.partner_unit.name, "Dân quân", 2, "Corrected", 3, "Thiếu"],
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_patrol_month_types_every_text_as_text(client_of, recorder, world, text):
    make_patrol(cluster=world.cluster, result=text)
    type(world.unit).objects.filter(pk=world.unit.pk).update(name=text)
    type(world.cluster).objects.update(name=text, notice=text)
    book = book_of(client_of(recorder))
    texts = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    found = [cell for cell in texts if isinstance(cell.value, str)]
    assert {cell.data_type for cell in found} == {"s"}
    assert {cell.hyperlink for cell in texts} == {None}
    assert all(cell.quotePrefix for cell in found if cell.fill.fill_type is None)
    assert len([cell for cell in found if text.strip() in cell.value]) >= 5


def test_patrol_month_says_what_it_is_a_sample_of(client_of, recorder, world):
    type(world.cluster).objects.update(notice="Số liệu mẫu.\nKhông có trong bài báo.")
    for sheet in book_of(client_of(recorder)).worksheets:
        said = [row[0].value for row in sheet.iter_rows(max_row=5)]
        assert said[:4] == ["Patrol log, 06/2017", "Cụm thử", "Số liệu mẫu.", "Không có trong bài báo."]


def test_patrol_month_is_ready_to_be_filtered_and_printed(client_of, recorder, world):
    make_patrol(cluster=world.cluster)
    for sheet, header, columns in zip(book_of(client_of(recorder)).worksheets, ("No.", "Date"), "PI", strict=True):
        head = next(row[0].row for row in sheet.iter_rows() if row[0].value == header)
        last = sheet.max_row
        assert sheet.auto_filter.ref == f"A{head}:{columns}{last}"
        assert sheet.freeze_panes == f"A{head + 1}"
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert (sheet.print_title_rows, sheet.sheet_properties.pageSetUpPr.fitToPage) == (f"${head}:${head}", True)
        assert sheet.oddFooter.center.text == "Page &P/&N"
        assert sheet.column_dimensions["B"].width > 10


def test_patrol_month_gives_a_long_text_its_room(client_of, recorder, world):
    make_patrol(cluster=world.cluster, result="Bảo đảm an ninh, trật tự. " * 10, starts_at=A_NIGHT)
    make_patrol(cluster=world.cluster, result="Dài. " * 10_000, starts_at=A_NIGHT + DAY)
    sheet = book_of(client_of(recorder))["Patrols"]
    long, longest = (row["Result"] for row in table(sheet, "No."))
    assert (sheet.row_dimensions[long.row].height, sheet.row_dimensions[longest.row].height) == (135, 405)
    assert len(longest.value) == 32_000


def test_patrol_month_without_patrols_is_an_empty_table(client_of, recorder, world):
    book = book_of(client_of(recorder), "/clusters/cum-thu/patrols/1999-02.xlsx")
    assert totals(book["Patrols"])["Patrols on record"] == 0


@pytest.mark.parametrize("month", ["2017-13", "2017-00", "0000-01", "2017-6", "17-06"])
def test_what_is_no_month_does_not_exist(client_of, recorder, world, month):
    assert client_of(recorder).get(f"/clusters/cum-thu/patrols/{month}.xlsx").status_code == 404


@pytest.mark.parametrize("month", ["0001-01", "9999-12"])
def test_first_and_last_month_are_months(client_of, recorder, world, month):
    assert client_of(recorder).get(f"/clusters/cum-thu/patrols/{month}.xlsx").status_code == 200


def test_patrol_month_is_the_same_twice(client_of, recorder, world):
    make_patrol(cluster=world.cluster)
    client = client_of(recorder)
    assert client.get(ADDRESS).content == client.get(ADDRESS).content


def test_patrol_month_asks_the_same_number_of_queries_for_many(client_of, recorder, world, django_assert_num_queries):
    make_patrol(cluster=world.cluster)
    client = client_of(recorder)
    with CaptureQueriesContext(connection) as one:
        client.get(ADDRESS)
    for _ in range(20):
        make_patrol(cluster=world.cluster)
    with django_assert_num_queries(len(one)):
        client.get(ADDRESS)


def test_patrol_list_leads_to_the_months_that_have_patrols(client_of, recorder, world):
    for start in (A_NIGHT, A_NIGHT + DAY, A_NIGHT - 40 * DAY):
        make_patrol(cluster=world.cluster, starts_at=start)
    links = page_of(client_of(recorder).get("/clusters/cum-thu/patrols/")).select("a[href$='.xlsx']")
    assert [(link["href"].rpartition("/")[2], link.get_text()) for link in links] == [
        ("2017-06.xlsx", "06/2017"),
        ("2017-04.xlsx", "04/2017"),
    ]


def test_patrol_month_refuses_other_methods(client_of, recorder, world):
    assert client_of(recorder).post(ADDRESS).status_code == 405


def test_patrol_month_sends_strangers_to_sign_in(client, db):
    assert client.get(ADDRESS)["Location"] == f"/accounts/login/?next={ADDRESS}"


def test_patrol_month_does_not_exist_for_outsiders(client_of, outsider, world):
    assert client_of(outsider).get(ADDRESS).status_code == 404


def test_patrol_month_is_forbidden_to_observers(client_of, observer, world):
    assert client_of(observer).get(ADDRESS).status_code == 403
