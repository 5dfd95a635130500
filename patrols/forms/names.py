"""Names as officers write them: of a unit outside the list, and of the people of a unit."""

import datetime as dt
import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from cluster.fields import fold, nfc
from cluster.models import Cluster, Officer, PoliceUnit
from cluster.models.units import ValidityQuerySet
from cluster.validators import no_identity

_TONES = "\u0300\u0301\u0303\u0309\u0323"


def nearest(text: str, known: Iterable[str]) -> list[str]:
    """Up to three of the known names that read most like the text, marks and case ignored."""
    by_folded = {fold(name): name for name in known}
    return [by_folded[name] for name in difflib.get_close_matches(fold(text), by_folded, n=3, cutoff=0.6)]


def with_nearest(message: str, names: list[str]) -> str:
    # Not inside an f-string, where the strings to translate are not looked for.
    question = _("Did you mean: %(names)s?") % {"names": "; ".join(names)}
    return f"{message} {question}" if names else message


class UnitFinder:
    """Units by the names that were typed, for all lines of a form in one query (a second where one is unknown).

    A unit is found by its own name ("Công an xã Vĩnh Ninh", with what it belongs to in brackets where that is
    needed), by that of its place ("xã Vĩnh Ninh") or by the bare place ("Vĩnh Ninh"), in this order. Units that
    other clusters keep for themselves do not exist here.
    """

    def __init__(self, cluster: Cluster, day: dt.date, *, texts: Iterable[str]) -> None:
        self.cluster, self.day = cluster, day
        self.texts = {fold(text) for text in texts} - {""}
        self.found = self._read()

    def find(self, text: str, *, members: Iterable[PoliceUnit]) -> PoliceUnit:
        """Raises ``ValidationError`` that names what was meant, or could be."""
        hits = self.found.get(fold(text), [])
        if len(valid := [unit for unit in hits if _stands_on(unit, self.day)]) > 1:
            inside = {unit.pk for unit in members}
            valid = [unit for unit in valid if unit.pk in inside] or valid
        if len(candidates := valid or hits) == 1:
            return candidates[0]
        if candidates:
            names = "; ".join(_full_name(unit) for unit in candidates)
            message = _("Several units have this name: %(names)s. Write the name in full.") % {"names": names}
            raise ValidationError(message, code="ambiguous")
        message = _("No unit is called “%(name)s”.") % {"name": text}
        raise ValidationError(with_nearest(message, self._nearest(text, members)), code="unknown")

    def _units(self) -> ValidityQuerySet:
        return PoliceUnit.objects.filter(Q(cluster=None) | Q(cluster=self.cluster))

    def _read(self) -> dict[str, list[PoliceUnit]]:
        """The units of each text by its best kind of name."""
        if not self.texts:
            return {}
        named = Q()
        for text in self.texts:
            name = re.sub(r" ?\(.*\)$", "", text)
            named |= Q(search=name) | Q(administrative_unit__search__endswith=f" {name}")
        by_text: dict[str, list[PoliceUnit]] = {}
        units = list(self._units().filter(named).select_related("administrative_unit__parent"))
        for text in self.texts:
            for kind_of_name in (_full_name, _name, _place, _bare_place):
                if hits := [unit for unit in units if fold(kind_of_name(unit)) == text]:
                    by_text[text] = hits
                    break
        return by_text

    def _nearest(self, text: str, members: Iterable[PoliceUnit]) -> list[str]:
        known = [*(unit.name for unit in members), *self._alike]
        places = {re.sub(r"^Công an ", "", name): name for name in known}
        return list(dict.fromkeys(places.get(name, name) for name in nearest(text, [*known, *places])))

    @cached_property
    def _alike(self) -> list[str]:
        """The names that share a word with a text that no unit bears: the country has too many to compare all."""
        like = Q()
        for word in {word for text in self.texts - set(self.found) for word in text.split()[-3:]}:
            like |= Q(search__contains=word)
        return list(self._units().filter(like).valid_on(self.day).values_list("name", flat=True)[:1000])


def _stands_on(unit: PoliceUnit, day: dt.date) -> bool:
    place = unit.administrative_unit
    return unit.is_valid_on(day) and (place is None or place.is_valid_on(day))


def _full_name(unit: PoliceUnit) -> str:
    place = unit.administrative_unit
    return f"{unit.name} ({place.parent.full_name})" if place and place.parent else unit.name


def _name(unit: PoliceUnit) -> str:
    return unit.name


def _place(unit: PoliceUnit) -> str:
    return unit.administrative_unit.full_name if unit.administrative_unit else ""


def _bare_place(unit: PoliceUnit) -> str:
    return unit.administrative_unit.name if unit.administrative_unit else ""


@dataclass
class FoundOfficers:
    """The people that a text of names speaks of: those on record, and the names that are not."""

    officers: list[Officer] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.officers) + len(self.unknown)


class OfficerBook:
    """The officers of the units of a form, found by name, or by rank and name where two bear the same."""

    def __init__(self, officers: Iterable[Officer]) -> None:
        self.of_unit: dict[int, list[Officer]] = defaultdict(list)
        for officer in officers:
            self.of_unit[officer.unit_id].append(officer)

    def label(self, officer: Officer) -> str:
        """The name that leads back to the officer."""
        same = [o for o in self.of_unit[officer.unit_id] if fold(o.name) == fold(officer.name)]
        return _ranked(officer) if len(same) > 1 else officer.name

    def read(self, text: str, *, unit: PoliceUnit, day: dt.date, kept: Iterable[Officer] = ()) -> FoundOfficers:
        """The people named in the text, separated by ``;``. ``kept`` are known though they serve elsewhere by now.

        Raises ``ValidationError`` where two officers fit one name.
        """
        found = FoundOfficers()
        known = list({officer.pk: officer for officer in [*self.of_unit[unit.pk], *kept]}.values())
        for name in names_in(text):
            hits = _officers_called(name, known, day)
            if len(hits) > 1:
                labels = "; ".join(_ranked(officer) for officer in hits)
                message = _("Two officers are called “%(name)s”. Write one of: %(labels)s.")
                raise ValidationError(message % {"name": name, "labels": labels}, code="ambiguous")
            if hits and hits[0] not in found.officers:
                found.officers.append(hits[0])
            elif not hits:
                found.unknown.append(name)
        return found

    def unknown_message(self, names: list[str], *, unit: PoliceUnit) -> str:
        message = _("Not known in %(unit)s: %(names)s.") % {"unit": unit, "names": "; ".join(names)}
        known = [officer.name for officer in self.of_unit[unit.pk]]
        return with_nearest(message, list(dict.fromkeys(near for name in names for near in nearest(name, known))))


def names_in(text: str) -> list[str]:
    """The names of the text, each once."""
    names = (nfc(part) for part in re.split(r"[;,\n]", text))
    return list({same_spelling(name): name for name in names if name}.values())


def refuse_no_name(names: Iterable[str]) -> None:
    """Raise ``ValidationError`` for what cannot be the name of a new officer."""
    for name in names:
        no_identity(name)
        letters = name.replace(" ", "").replace("-", "").replace("'", "").replace(".", "")
        if not letters.isalpha() or len(letters) < 2 or len(name) > 100:
            raise ValidationError(_("“%(name)s” is not a name.") % {"name": name}, code="name")


def _officers_called(name: str, officers: list[Officer], day: dt.date) -> list[Officer]:
    """Written without any mark a name fits every spelling; with marks only its own, so "Năm" is not "Nam"."""
    if fold(name) == name.casefold():
        hits = [o for o in officers if fold(name) in (fold(o.name), fold(_ranked(o)))]
        hits = [o for o in hits if same_spelling(o.name) == same_spelling(name)] or hits
    else:
        hits = [o for o in officers if same_spelling(name) in (same_spelling(o.name), same_spelling(_ranked(o)))]
    return [o for o in hits if _serves_on(o, day)] or hits


def _serves_on(officer: Officer, day: dt.date) -> bool:
    return officer.active_from <= day and (officer.active_to is None or day <= officer.active_to)


def _ranked(officer: Officer) -> str:
    return f"{officer.rank} {officer.name}".strip()


def same_spelling(name: str) -> str:
    """A key that is equal for two spellings of one name: case and the place of the tone differ, as in Thủy, Thuỷ."""
    words = []
    for word in unicodedata.normalize("NFD", nfc(name).casefold()).split():
        tones = [letter for letter in word if letter in _TONES]
        words.append("".join(letter for letter in word if letter not in _TONES) + "".join(tones))
    return " ".join(words)
