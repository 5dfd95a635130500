"""Parts of addresses that are more than a number or a word."""

import datetime as dt


class Month:
    """ "2017-06" as the first day of that month; what is no month leads nowhere."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> dt.date:
        year, month = value.split("-")
        return dt.date(int(year), int(month), 1)

    def to_url(self, value: dt.date) -> str:
        return value.isoformat()[:7]
