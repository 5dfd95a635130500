"""What a production configuration promises, read in a process of its own (security.md 16, 18, 19 and 28)."""

import os
import subprocess
import sys

import pytest

from cluster.tests.house import TOP

PRODUCTION = {"HTTPS": "True", "ALLOWED_HOSTS": "lienhoan.example.org", "SECRET_KEY": "x7Kq9-" * 10}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, **PRODUCTION, **environment}
    return subprocess.run([sys.executable, *command], cwd=TOP, env=settings, capture_output=True, text=True)


@pytest.fixture(scope="module")
def production():
    """The settings that differ from Django's own, as lines of ``diffsettings``."""
    lines = run("manage.py", "diffsettings", "--all").stdout.splitlines()
    return dict(line.lstrip("# ").split(" = ", 1) for line in lines if " = " in line)


def test_production_passes_every_check_for_deployment():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stderr) == (0, "")


def test_production_silences_no_check(production):
    assert production["SILENCED_SYSTEM_CHECKS"] == "[]"


@pytest.mark.parametrize("cookie", ["SESSION", "CSRF"])
def test_production_keeps_cookies_to_this_host(production, cookie):
    """Browsers take a ``__Host-`` cookie only if it is secure, of the whole site and of no wider domain."""
    assert production[f"{cookie}_COOKIE_NAME"].startswith("'__Host-")
    kept = {
        name: production[f"{cookie}_COOKIE_{name}"] for name in ("SECURE", "HTTPONLY", "SAMESITE", "DOMAIN", "PATH")
    }
    assert kept == {"SECURE": "True", "HTTPONLY": "True", "SAMESITE": "'Lax'", "DOMAIN": "None", "PATH": "'/'"}


def test_production_hashes_passwords_with_argon2_alone(production):
    assert production["PASSWORD_HASHERS"] == "['django.contrib.auth.hashers.Argon2PasswordHasher']"


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"DEMO_PASSWORD": "một mật khẩu mẫu"}, "DEMO_PASSWORD"),
        ({"EMAIL_URL": "smtp+tls://user:password@mail.example.org:587"}, "DEFAULT_FROM_EMAIL"),
        ({"EMAIL_URL": "pigeon://mail.example.org", "DEFAULT_FROM_EMAIL": "lien-hoan@example.org"}, "pigeon"),
    ],
)
def test_wrong_setting_stops_the_start(wrong, named):
    done = run("manage.py", "check", **wrong)
    assert done.returncode == 1
    assert named in done.stderr.splitlines()[-1]
