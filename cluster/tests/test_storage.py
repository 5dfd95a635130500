import re

import pytest
from django.core.management import call_command

from cluster.storage import joined_script


def collected(folder, settings):
    settings.STATIC_ROOT = folder
    call_command("collectstatic", interactive=False, verbosity=0)
    return next(folder.glob("css/site.????????????.css")).read_text()


def test_stylesheets_hold_every_component(tmp_path, settings):
    stylesheet = collected(tmp_path, settings) + next(tmp_path.glob("css/office.????????????.css")).read_text()
    assert "@import" not in stylesheet
    for source in (settings.BASE_DIR / "static" / "css" / "components").iterdir():
        first_rule = re.findall(r"^[^\s/*@][^/*]*?\}", source.read_text(), re.MULTILINE)[0]
        assert re.sub(r"\n\s+", "\n", first_rule) in stylesheet, source.name


def test_stylesheet_is_read_from_its_sources_on_the_next_collection_too(tmp_path, settings):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "site.css").write_text("/* joined last time */")
    assert "joined last time" not in collected(tmp_path, settings)


MODULES = {
    "start": 'import { one,\n  two } from "./second.js";\nimport "./third.js";\n'
    'const late = () => import("./patrol_form.js");\n',
    "second": "export const one = 1;\nexport async function two() {}\n",
    "third": 'import { one } from "./second.js";\nexport class Third {}\n',
}


def test_script_is_one_file_with_what_it_imports_in_front():
    joined = joined_script("start", MODULES.__getitem__)
    assert re.findall(r"^const \$(\w+) = ", joined, re.MULTILINE) == ["second", "third", "start"]
    assert "const { one,\n  two } = $second;" in joined
    assert "return { one, two };" in joined
    assert 'import("./patrol_form.js")' in joined
    assert "export" not in joined


@pytest.mark.parametrize(
    "line", ['import all from "./second.js";', "export default 1;", 'export { one } from "./second.js";']
)
def test_script_that_cannot_be_joined_stops_the_collection(line):
    with pytest.raises(ValueError, match="cannot join"):
        joined_script("start", {**MODULES, "start": f"{line}\n"}.__getitem__)


def test_scripts_import_one_another_by_names_of_their_content(tmp_path, settings):
    collected(tmp_path, settings)
    named = [
        re.findall(r'(?:from |import\()"\./([^"]+)"', path.read_text())
        for path in tmp_path.glob("js/*.????????????.js")
    ]
    names = {name for found in named for name in found}
    assert any(name.startswith("patrol_form.") for name in names)
    assert [
        name for name in names if not (tmp_path / "js" / name).exists() or not re.search(r"\.[0-9a-f]{12}\.js$", name)
    ] == []
