"""The command: a summary on standard output, every error with its place, all or nothing."""

import re
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cluster.models import Cluster, Force, Officer, PoliceUnit
from incidents.models import Award, Category, DeclaredFigure, Incident
from patrols.models import Contingent, JointPatrol
from reports.tests.workbooks import Rows, line, patrol, run_command, set_up, workbook

pytestmark = pytest.mark.django_db
WRITTEN = (Cluster, PoliceUnit, Category, JointPatrol, Contingent, Officer, Incident, Award, DeclaredFigure)

# Every sheet once.
SHEETS: dict[str, Rows] = {
    **set_up(("Huyện Lệ Thủy", ["Công an xã Sen Thủy"]), ("Huyện Vĩnh Linh", ["Công an xã Vĩnh Chấp"])),
    "Loại vụ việc": [{"Nhóm": "TTXH", "Loại vụ việc": "Trộm cắp tài sản"}],
    "Ca tuần tra": [patrol(**{"Đơn vị chủ trì": "Sen Thủy", "Đợt cao điểm": "Cao điểm hè"})],
    "Lực lượng": [line(**{"Đơn vị": unit, "Họ tên": "Lê Văn An"}) for unit in ("Sen Thủy", "Vĩnh Chấp")],
    "Vụ việc": [
        {
            "Mã vụ": "VV-01",
            "Thời gian": "02/06/2017",
            "Đơn vị": "Sen Thủy",
            "Loại vụ việc": "Trộm cắp tài sản",
            "Mã ca": "TT-01",
        }
    ],
    "Khen thưởng": [
        {
            "Số quyết định": "12/QĐ-KT",
            "Ngày": "20/12/2017",
            "Hình thức": "Giấy khen",
            "Tập thể hoặc cá nhân": "cá nhân",
            "Tên": "Trần Thị Bình",
        }
    ],
    "Số liệu kê khai": [{"Chỉ tiêu": "incidents", "Từ ngày": "01/01/2016", "Đến ngày": "31/12/2016", "Giá trị": 48}],
}
CREATE = ("--cluster", "cum-moi", "--create")


def counts():
    return {model.__name__: model.objects.count() for model in WRITTEN}


def changes():
    """The number of history entries: it grows with every write."""
    return sum(model.history.count() for model in WRITTEN)


def test_whole_workbook_is_imported(tmp_path):
    out = run_command(tmp_path, workbook(SHEETS), *CREATE)
    assert [line for line in out.splitlines() if line.startswith(("Ca tuần tra", "Lực lượng", "Vụ việc"))] != []
    assert Incident.objects.get().patrol == JointPatrol.objects.counted().get()
    assert counts() == {model.__name__: 2 if model in (Contingent, Officer) else 1 for model in WRITTEN} | {
        "PoliceUnit": PoliceUnit.objects.count()
    }


def test_the_same_file_twice_changes_nothing(tmp_path):
    run_command(tmp_path, workbook(SHEETS), *CREATE)
    before = counts(), changes()
    run_command(tmp_path, workbook(SHEETS), "--cluster", "cum-moi")
    run_command(tmp_path, workbook(SHEETS), *CREATE)
    assert (counts(), changes()) == before


def test_dry_run_writes_nothing(tmp_path):
    out = run_command(tmp_path, workbook(SHEETS), *CREATE, "--dry-run")
    assert "Lê Văn An" in out
    assert set(counts().values()) == {0}


def test_user_answers_for_it_in_the_history(tmp_path, administrator):
    run_command(tmp_path, workbook(SHEETS), *CREATE, "--as", administrator.username)
    users = {entry.history_user for model in WRITTEN for entry in model.history.all()}
    assert users == {administrator}


def test_unknown_user_imports_nothing(tmp_path):
    with pytest.raises(CommandError, match="khong-co"):
        run_command(tmp_path, workbook(SHEETS), *CREATE, "--as", "khong-co")
    assert not Cluster.objects.exists()


def test_every_error_is_a_line_with_its_place_and_nothing_is_written(tmp_path):
    lines = [line(**{"Đơn vị": "Sen Hủy"}), line("TT-09", **{"Đơn vị": "Sen Thủy"})]
    incidents = [{**row, "Thời gian": "hôm qua"} for row in SHEETS["Vụ việc"]]
    sheets = SHEETS | {"Lực lượng": lines, "Vụ việc": incidents}
    with pytest.raises(CommandError) as refused:
        run_command(tmp_path, workbook(sheets), *CREATE)
    _count, *errors = str(refused.value).splitlines()
    assert [re.findall(r"^(.*), \w+ (\d), \w+ ([^:]+): .", error) for error in errors] == [
        [("Lực lượng", "2", "Đơn vị")],
        [("Lực lượng", "3", "Mã ca")],
        [("Vụ việc", "2", "Thời gian")],
    ]
    assert not Cluster.objects.exists()


def test_unknown_cluster_names_the_nearest(tmp_path, two_party_cluster):
    with pytest.raises(CommandError, match="cum-thu"):
        run_command(tmp_path, workbook(SHEETS), "--cluster", "cum-thy")


@pytest.mark.parametrize("slug", ["cụm mới", "a b", ""])
def test_address_that_is_none_is_refused(tmp_path, slug):
    with pytest.raises(CommandError):
        run_command(tmp_path, workbook(SHEETS), "--cluster", slug, "--create")


def test_empty_workbook_has_nothing_to_import(tmp_path, two_party_cluster):
    before = changes()
    out = run_command(tmp_path, workbook({"Ca tuần tra": []}), "--cluster", "cum-thu")
    assert len(out.splitlines()) == 2
    assert changes() == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", bytes.fromhex("D0CF11E0A1B11AE1")])
def test_file_that_is_no_workbook_is_one_clear_error(tmp_path, content):
    with pytest.raises(CommandError, match=r"so-lieu\.xlsx"):
        run_command(tmp_path, content, *CREATE)


def test_file_that_is_not_there_is_one_clear_error(tmp_path):
    with pytest.raises(CommandError, match="khong-co"):
        call_command("import_workbook", str(tmp_path / "khong-co.xlsx"), *CREATE, stdout=StringIO())


def test_catalogue_is_there_after_create(tmp_path):
    """A fresh installation has migrations only; --create brings the official lists along."""
    run_command(tmp_path, workbook(SHEETS), *CREATE)
    assert Force.objects.filter(name="Công an xã").exists()


def test_progress_goes_to_standard_error(tmp_path):
    """The real program, on a database of its own."""
    file = tmp_path / "so-lieu.xlsx"
    file.write_bytes(workbook(SHEETS))
    environment = {"SECRET_KEY": settings.SECRET_KEY, "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}
    for command in (["migrate", "--verbosity", "0"], ["import_workbook", str(file), *CREATE]):
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=settings.BASE_DIR, env=environment, capture_output=True
        )
        assert done.returncode == 0, done.stderr
    assert done.stdout.decode().startswith("Cụm: 1")
    assert len(done.stderr.decode().splitlines()) == 10
