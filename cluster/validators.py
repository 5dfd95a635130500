"""No identity and nothing classified in free text (design.md, "What it is not"; security.md 27).

A number is refused in its exact format, or in any format beside its cue. An amount of money, a date or the symbol of
a document is neither: these come in every report, and a form that refuses them is soon filled in with nonsense.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cluster.fields import nfc

# Not the tail of a longer number, and not the number of a document or a decimal.
_START = r"(?<!\d)(?<!\d[/.,])"
_NOT_MONEY = r"(?!\s*(?:đồng|đ(?!\w)|vnđ|vnd|triệu|tr(?!\w)|tỷ|nghìn|ngàn|k(?!\w)))"
_END = rf"(?!\d)(?!/\w){_NOT_MONEY}"
_NOT_A_DATE = r"(?!\d{1,2}[ .-]\d{1,2}[ .-](?:19|20)\d{2})"

# Since 2012 an identity card has 12 digits and starts with 0; the older ones with 9 digits could be any number.
_IDENTITY_CUE = (
    r"(?<!\w)(?:cccd|cmnd|cmtnd|cmt|gttt|gplx|căn\s+cước|chứng\s+minh|hộ\s+chiếu|định\s+danh"
    r"|giấy\s+tờ\s+tùy\s+thân|giấy\s+phép\s+lái\s+xe)(?!\w)"
)
_IDENTITY_CARD = re.compile(
    rf"{_START}0\d{{2}}(?:\d{{9}}|(?:[ .-]\d{{3}}){{3}}|\d(?:[ .-]\d{{4}}){{2}}){_END}"
    rf"|{_IDENTITY_CUE}[^\d\n]{{0,25}}"
    rf"(?:\d{{12}}|\d{{9}}|\d{{3}}(?:[ .-]\d{{3}}){{2,3}}|\d{{4}}(?:[ .-]\d{{4}}){{2}}){_END}"
    # A passport, as in C1234567.
    rf"|hộ\s+chiếu[^\d\n]{{0,15}}(?<!\w)[A-Z]\d{{7}}(?!\d)",
    re.IGNORECASE,
)

# A mobile number of today and of before 2018, and a landline; the first group has three digits or more, for
# "03 05 07" are counts and "05.08.2017 21" is a moment.
_PHONE_CUE = r"(?<!\w)(?:sđt|đt|đtdđ|số\s+máy|điện\s+thoại|di\s+động|zalo|hotline|tel|phone)(?!\w)"
_PHONE = re.compile(
    rf"{_START}0(?:[35789]\d(?:[ .-]?\d){{7}}|1[2689]\d(?:[ .-]?\d){{7}}|2\d{{1,2}}\)?(?:[ .-]?\d){{7,8}}){_END}"
    rf"|(?<!\w)(?:\+|00)84[ .-]?(?:\(0\)|0)?(?:[ .-]?\d){{9,10}}(?!\d)"
    rf"|{_START}84[35789]\d{{8}}{_END}"
    rf"|{_PHONE_CUE}[^\d\n]{{0,15}}{_NOT_A_DATE}0(?:[ .-]?\d){{8,10}}{_END}"
    rf"|(?<!\w)(?:sđt|zalo|hotline|số\s+máy|số\s+điện\s+thoại)[^\d\n]{{0,15}}[35789]\d{{8}}{_END}",
    re.IGNORECASE,
)

_PLATE_CUE = r"(?<!\w)(?:biển\s+(?:số|kiểm\s+soát|đăng\s+ký)|bks|bsx?)(?!\w)"
_PLATE = re.compile(
    # 73A-123.45, 74H1-234.56, 74-F1 2345; in small letters "50 kg 10000" is a weight and a number.
    rf"(?<![\w/.,])[1-9]\d[ -]?(?!KG|HA|KM|CM|TR)[A-Z]{{1,2}}\d?[ -]?\d{{3}}\.?\d{{2}}{_END}(?!\w)"
    r"|(?<![\w/.,])[1-9]\d-?[A-Z]\d[ -]\d{4}(?![\w/])"
    rf"|(?i:{_PLATE_CUE})[^\d\n]{{0,15}}[1-9]\d[ -]?[a-zđA-ZĐ]{{1,2}}\d?[ .-]?\d{{3}}\.?\d{{1,2}}(?!\d)"
    # Of the army, as in TM 12-34.
    rf"|(?i:{_PLATE_CUE})[^\d\n]{{0,12}}(?<!\w)[A-Z]{{2}}[ -]?\d{{2}}[.-]\d{{2}}(?!\d)"
)

# Whole words in capitals; in a heading they also stand in "BẢO MẬT" or "MẬT PHỤC".
_SECRECY_MARK = re.compile(
    r"(?:(?<!\w)(?:TUYỆT|TỐI)\s)?(?<!BẢO\s)(?<!BÍ\s)(?<!THÂN\s)(?<!CẨN\s)(?<!\w)MẬT(?!\w)"
    r"(?!\s(?:ONG|ĐỘ|KHẨU|THIẾT|MÃ|PHỤC|BÁO|DANH)(?!\w))"
)

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
