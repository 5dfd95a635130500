"""A real server of ours to try: its own database with the sample, gunicorn as in production, gone afterwards."""

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[2]
PASSWORD = "thu-nghiem-mang-loi-2026"  # noqa: S105  of sample accounts in a database that lives for minutes
SETTINGS = "tried_settings"
PATIENCE = 60
AUTHORITY = "public/lien-hoan-ca.crt"  # below the folder that .ci/certificate fills


class Site:
    """Everything stands in ``folder``; ``settings`` are lines added to the product's, as the controls need them.

    ``database`` is an address, by default a SQLite file in the folder. It must be empty: the sample goes in.
    """

    def __init__(
        self, folder: Path, *, database: str = "", workers: int = 2, threads: int = 16, certificate: Path | None = None
    ) -> None:
        self.folder, self.workers, self.threads, self.certificate = folder, workers, threads, certificate
        self.database = database or f"sqlite:///{folder / 'db.sqlite3'}"
        self.port = free_port()
        self.settings: list[str] = []
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Site":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def environment(self) -> dict[str, str]:
        ours = {
            "DATABASE_URL": self.database,
            "SECRET_KEY": "only-for-a-database-that-lives-for-minutes",
            "DEMO_PASSWORD": PASSWORD,
            "DEBUG": "False",
            "HTTPS": "False",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "PYTHONPATH": os.pathsep.join((str(self.folder), str(TOP))),
        }
        return os.environ | ours

    @property
    def address(self) -> str:
        return f"{'https' if self.certificate else 'http'}://127.0.0.1:{self.port}"

    @property
    def trust(self) -> ssl.SSLContext | None:
        """That of a client which has our own authority installed, and no other."""
        return ssl.create_default_context(cafile=self.certificate / AUTHORITY) if self.certificate else None

    def prepare(self) -> None:
        """Make the tables and load the sample, in the product's own settings."""
        self.write_settings()
        if not self.database.startswith("sqlite") and "[X]" in self.manage("showmigrations", "cluster"):
            raise SystemExit("the database is not empty: this would mix its records with those of the try")
        self.manage("migrate", "--verbosity", "0")
        self.manage("loadsample")

    def write_settings(self) -> None:
        """No switch of the product: a module of this run that takes its settings and changes some."""
        lines = ["from cluster.settings import *", *self.settings, ""]
        (self.folder / f"{SETTINGS}.py").write_text("\n".join(lines), encoding="utf-8")

    def manage(self, *command: str) -> str:
        arguments = [sys.executable, "manage.py", *command]
        done = subprocess.run(arguments, cwd=TOP, env=self.environment, capture_output=True, text=True)  # noqa: S603
        if done.returncode:
            raise SystemExit(f"manage.py {' '.join(command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
        return done.stdout

    def witness(self, question: str) -> Any:
        """What the database itself says (reports/faults/witness.py), past every page and cache."""
        command = [sys.executable, "-m", "reports.faults.witness", question]
        done = subprocess.run(command, cwd=TOP, env=self.environment, capture_output=True, text=True)  # noqa: S603
        if done.returncode:
            raise SystemExit(f"the witness of {question} failed:\n{done.stderr[-2000:]}")
        return json.loads(done.stdout)

    def start(self) -> None:
        self.write_settings()
        log = (self.folder / "gunicorn.log").open("ab")
        command = [sys.executable, "-m", "gunicorn", "cluster.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--worker-class", "gthread", "--workers", str(self.workers), "--threads", str(self.threads)]
        command += ["--timeout", "120", "--graceful-timeout", "5", "--no-control-socket"]
        if folder := self.certificate:
            command += ["--certfile", str(folder / "server.crt"), "--keyfile", str(folder / "server.key")]
        with log:
            # In our process group: what ends the try from outside ends its server too.
            self._server = subprocess.Popen(command, cwd=TOP, env=self.environment, stdout=log, stderr=log)  # noqa: S603
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        end = time.monotonic() + PATIENCE
        while self._server and self._server.poll() is None and time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=PATIENCE, context=self.trust):  # noqa: S310
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        log = (self.folder / "gunicorn.log").read_text(encoding="utf-8", errors="replace")
        raise SystemExit(f"gunicorn did not start:\n{log[-2000:]}")

    def stop(self) -> None:
        if server := self._server:
            self._server = None
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()

    def restart(self) -> None:
        self.stop()
        self.start()

    def release(self, name: str, *, change: Callable[[Path], None]) -> list[str]:
        """The settings lines that make the server another release: static files with ``change`` made to them."""
        top = self.folder / name
        shutil.copytree(TOP / "static", top / "static")
        change(top / "static")
        lines = [
            "from pathlib import Path",
            f"BASE_DIR = Path({str(top)!r})",  # the version that a phone asks for is made of the program's files
            'STATICFILES_DIRS, STATIC_ROOT = [BASE_DIR / "static"], BASE_DIR / "collected"',
        ]
        kept, self.settings = self.settings, lines
        self.write_settings()
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        self.settings = kept
        return lines


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
