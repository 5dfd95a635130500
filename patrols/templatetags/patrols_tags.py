"""What the pages of patrols say in the cluster's own words."""

import datetime as dt
from typing import Any

from django import template

from patrols.forms.fields import Options
from patrols.words import duration_in_words, patrol_word, short_word

register = template.Library()


@register.simple_tag(takes_context=True)
def word_for_patrol(context: dict[str, Any], count: int = 1) -> str:
    """The cluster's word for a patrol, as in "ca tuần tra"."""
    return patrol_word(context["cluster"], count)


@register.simple_tag(takes_context=True)
def short_word_for_patrol(context: dict[str, Any]) -> str:
    """As "ca"."""
    return short_word(context["cluster"])


@register.simple_tag
def options(offered: Options, value: object) -> str:
    """The options of a select with one of them selected."""
    return offered.chosen(value)


@register.filter
def in_hours(length: dt.timedelta) -> str:
    return duration_in_words(length)
