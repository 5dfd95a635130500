"""What templates, stylesheets and scripts never hold: the content security policy forbids it, or a reader would."""

import re

import pytest

from cluster.tests.house import files, matches, text_of

LONGEST_TEMPLATE = 90
# Names of XML languages, which no browser fetches.
NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink")
FOREIGN = r"(?:https?:|wss?:|(?<=[\"'(\s]))//(?=[\w.-]+\.)[^\s\"'<>)]+"

TEMPLATE_RULES = {
    "inline style": (r"\sstyle\s*=", "<p style='color:red'>"),
    "inline handler": (r"\son[a-z]+\s*=\s*[\"'{]", '<body onload="f()">'),
    "inline script": (r"<script\b(?![^>]*\ssrc=)", "<script>f()</script>"),
    "script element with a body": (r"<script\b[^>]*>(?!\s*</script>)", "<script src='a.js'>f()</script>"),
    "style element": (r"<style\b", "<style>p {}</style>"),
    "script address": (r"(?i)javascript:", "<a href='JavaScript:f()'>"),
    "unescaped text": (r"\|\s*(safe|safeseq)\b|autoescape\s+off", "{{ text|safe }}"),
    "markup read by Django": (
        r"\|\s*(urlize|urlizetrunc|striptags|truncatechars_html|truncatewords_html)\b",
        "{{ text|urlize }}",
    ),
    "foreign host": (FOREIGN, '<img src="//cdn.example.org/a.png">'),
    "meta refresh": (r"(?i)http-equiv\s*=\s*.?refresh", '<meta http-equiv="refresh" content="5">'),
}
SCRIPT_RULES = {
    "markup from text": (
        r"\b(innerHTML|outerHTML|insertAdjacentHTML|srcdoc|createContextualFragment)\b|document\.write",
        "box.innerHTML = name",
    ),
    "code from text": (r"\beval\(|\bnew Function\b|set(?:Timeout|Interval)\(\s*[\"'`]", "setTimeout('f()', 1)"),
    "style attribute": (r"setAttribute\(\s*[\"'](style|on[a-z]+)[\"']|cssText", "row.setAttribute('style', '')"),
    "foreign host": (FOREIGN, 'import "https://cdn.example.org/a.js"'),
}
STYLESHEET_RULES = {
    "foreign host": (FOREIGN, '@import url("//fonts.example.org/a.css");'),
    "data address": (r"url\(\s*[\"']?data:", "url(data:image/png;base64,AAAA)"),  # img-src allows the own host only
}
KINDS = {".html": TEMPLATE_RULES, ".js": SCRIPT_RULES, ".css": STYLESHEET_RULES, ".svg": TEMPLATE_RULES}
CASES = [
    pytest.param(kind, *rule, id=f"{kind} {name}") for kind, rules in KINDS.items() for name, rule in rules.items()
]


@pytest.mark.parametrize(("kind", "pattern", "offence"), CASES)
def test_pages_never_hold(kind, pattern, offence):
    found = [place for place in matches(pattern, files(kind)) if not place.endswith(NAMESPACES)]
    assert found == []
    assert re.search(pattern, offence), "the rule no longer finds what it forbids"


def test_namespace_is_no_foreign_host():
    assert re.findall(FOREIGN, f'xmlns="{NAMESPACES[0]}"') == [NAMESPACES[0]]


def test_templates_fit_on_a_page():
    lengths = {path: len(text_of(path).splitlines()) for path in files(".html")}
    assert {path: length for path, length in lengths.items() if length > LONGEST_TEMPLATE} == {}


def test_templates_stand_in_one_folder():
    """So that the lint of `make test`, which reads templates/, sees them all."""
    assert [path for path in files(".html") if not path.startswith("templates/")] == []


def test_forms_that_post_carry_a_token():
    forms = re.compile(r"<form\b[^>]*method=[\"']?post.*?</form>", re.IGNORECASE | re.DOTALL)
    bare = [path for path in files(".html") for form in forms.findall(text_of(path)) if "{% csrf_token %}" not in form]
    assert bare == []
