"""No identity and nothing classified in free text (design.md, "What it is not"; security.md 27)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cluster.fields import nfc

# 12 digits that start with a province code and a century digit are an identity card wherever they stand; 9 or 12
# digits are one beside its cue. An amount of money has neither a leading zero nor the cue.
_IDENTITY_CARD = re.compile(
    r"(?<![\d/.,])0\d{2}[0-9]\d{8}(?![\d/])"
    r"|(?:cccd|cmnd|cmtnd|căn\s+cước|chứng\s+minh|hộ\s+chiếu|định\s+danh)[^\d\n]{0,25}(?:\d[ .]?){8,11}\d",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\d/.,])(?:\+84|0)[ .-]?[35789](?:[ .-]?\d){8}(?![\d/])"
    r"|(?:sđt|số\s+máy|điện\s+thoại|đt|zalo|hotline)[^\d\n]{0,15}(?:\+84|0)(?:[ .-]?\d){8,10}(?!\d)",
    re.IGNORECASE,
)
_PLATE = re.compile(
    r"(?<![\w/])[1-9]\d[ -]?[A-Z]{1,2}\d?[ -]?\d{3}\.?\d{2}(?![\w/])"
    r"|(?<![\w/])[1-9]\d[ -]?[A-Z]\d[ -]\d{4}(?![\w/])"
    r"|(?:biển\s+(?:số|kiểm\s+soát)|bks)[^\d\n]{0,15}[1-9]\d[ -]?[a-zđ]{1,2}\d?[ .-]?\d{3}\.?\d{1,2}(?!\d)",
    re.IGNORECASE,
)
_SECRECY_MARK = re.compile(r"(?<!BẢO )(?<!BÍ )(?<!THÂN )(?<!\w)MẬT(?!\w)(?! ONG)")

_REFUSALS = (
    (_IDENTITY_CARD, _("Remove the identity number “%(found)s”: no identity of persons is kept here.")),
    (_PHONE, _("Remove the telephone number “%(found)s”: no identity of persons is kept here.")),
    (_PLATE, _("Remove the number plate “%(found)s”: no identity of persons is kept here.")),
    (_SECRECY_MARK, _("The text bears the secrecy mark “%(found)s”: nothing classified may be kept here.")),
)


def no_identity(text: str) -> None:
    """Refuse free text with an identity-card, telephone or plate number or a secrecy mark, and say which.

    Raises ``ValidationError`` that quotes what was found. The form keeps the text for correction.
    """
    for pattern, message in _REFUSALS:
        if found := pattern.search(nfc(text)):
            raise ValidationError(message, code="identity", params={"found": found.group(0).strip()})
