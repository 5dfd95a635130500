import re

from django.core.management import call_command


def collected(folder, settings):
    settings.STATIC_ROOT = folder
    call_command("collectstatic", interactive=False, verbosity=0)
    return next(folder.glob("css/site.????????????.css")).read_text()


def test_stylesheet_is_one_file_with_every_component(tmp_path, settings):
    stylesheet = collected(tmp_path, settings)
    assert "@import" not in stylesheet
    for source in (settings.BASE_DIR / "static" / "css" / "components").iterdir():
        first_rule = re.findall(r"^[^\s/*@][^/*]*?\}", source.read_text(), re.MULTILINE)[0]
        assert first_rule in stylesheet, source.name


def test_stylesheet_is_read_from_its_sources_on_the_next_collection_too(tmp_path, settings):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "site.css").write_text("/* joined last time */")
    assert "joined last time" not in collected(tmp_path, settings)
