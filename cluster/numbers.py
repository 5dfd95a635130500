"""How a number is written (facts.md 3.3): 1.234 in Vietnamese, 1,234 in English."""

from decimal import Decimal

from django.utils import numberformat
from django.utils.formats import get_format


def number(value: int | Decimal, *, pad: bool = False, decimals: int = 0) -> str:
    """The number with its thousands grouped; ``pad`` gives the 08 that police papers write for a count below ten.

    Django groups by the language's own setting, and its Vietnamese formats have none.
    """
    if pad and 0 < value < 10:
        return f"{value:02d}"
    return numberformat.format(
        value, get_format("DECIMAL_SEPARATOR"), decimals, 3, get_format("THOUSAND_SEPARATOR"), force_grouping=True
    )
