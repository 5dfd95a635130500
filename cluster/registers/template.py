"""The empty list of a register, to be filled in in Excel: its columns, and the words that a cell may hold."""

import io
from typing import Any

import xlsxwriter
from django import forms
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from cluster.registers.importing import MAX_ROWS
from cluster.registers.register import Register
from cluster.registers.sheet import importable
from cluster.sheets import OPTIONS, sheet_name

_WIDEST = 45


def template_of(register: Register, form: Any) -> bytes:
    """The .xlsx; columns that must be filled in are dark, lists of words hang at their cells."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        book.set_properties({"title": str(register.title)})
        head = book.add_format({"bold": True, "bg_color": "#E7E9E6", "border": 1, "text_wrap": True})
        must = book.add_format({"bold": True, "bg_color": "#17492F", "font_color": "#FFFFFF", "border": 1})
        day, text = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "@"})
        page, lists = book.add_worksheet(sheet_name(str(register.title))), book.add_worksheet(_("Lists"))
        for place, name in enumerate(importable(form)):
            asked = form.fields[name]
            words = _words(asked)
            is_number = isinstance(asked, forms.IntegerField)
            kind = day if isinstance(asked, forms.DateField) else None if is_number else text
            page.set_column(place, place, min(max(len(str(asked.label)) + 4, *map(len, words), 12), _WIDEST), kind)
            page.write_string(0, place, str(asked.label), must if asked.required else head)
            lists.write_string(0, place, str(asked.label) if words else "")
            for row, word in enumerate(words, 1):
                lists.write_string(row, place, word)
            page.data_validation(1, place, MAX_ROWS, place, _rule(asked, place, words, lists.get_name()))
        page.freeze_panes(1, 0)
    return stream.getvalue()


def _words(asked: Any) -> list[str]:
    if isinstance(asked, forms.ModelChoiceField):
        return list(dict.fromkeys(str(getattr(row, "name", "") or row) for row in asked.queryset or ()))
    if isinstance(asked, forms.BooleanField):
        return [_("yes"), _("no")]
    return [str(label) for value, label in getattr(asked, "choices", ()) if value not in ("", None)]


def _rule(asked: Any, place: int, words: list[str], lists: str) -> dict[str, Any]:
    """The list at the cell, which only warns: several names may stand there; and what the form says to the field."""
    rule: dict[str, Any] = {"validate": "any"}
    if words:
        letter = xl_col_to_name(place)
        source = f"='{lists}'!${letter}$2:${letter}${len(words) + 1}"
        rule = {"validate": "list", "source": source, "error_type": "warning"}
    if asked.help_text:
        rule |= {"input_title": str(asked.label)[:32], "input_message": str(asked.help_text)[:255]}
    return rule
