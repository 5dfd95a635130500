"""A browser without a screen: cookies, the CSRF token, forms. One connection a request, as from many phones."""

import http.client
import re
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_VERSION = re.compile(r'name="version" value="([0-9]+)"')
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    location: str = ""

    @property
    def version(self) -> str:
        """The version that an edit form carries."""
        found = _VERSION.search(self.text)
        if not found:
            raise SystemExit(f"answer {self.status} is no form with a version:\n{self.text[:500]}")
        return found[1]


@dataclass
class Client:
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def ask(self, method: str, path: str, body: str = "", headers: Mapping[str, str] | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        try:
            connection.request(method, path, body.encode() or None, headers=sent | dict(headers or {}))
            response = connection.getresponse()
            text = response.read().decode("utf-8", errors="replace")
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        if found := _TOKEN.search(text):
            self.token = found[1]
        return Answer(response.status, text, response.headers.get("Location", ""))

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": self.token})
        return self.ask("POST", path, body, {"Content-Type": FORM})

    def submit(self, path: str, body: str, headers: Mapping[str, str]) -> Answer:
        """A text as the queue of a browser sends it: the token in a header, for the text is frozen."""
        return self.ask("POST", path, body, {"Content-Type": FORM, "X-CSRFToken": self.token, **headers})

    def sign_in(self, username: str, password: str) -> None:
        self.get("/accounts/login/")
        answer = self.post("/accounts/login/", {"username": username, "password": password})
        if answer.status != 302:
            raise SystemExit(f"{username} could not sign in: {answer.status}")
        self.get("/accounts/password/")
