"""The way of docs/try-on-a-phone.md: our own authority, TLS in gunicorn, the demo's settings, a service worker."""

import base64
import hashlib
import ssl
import subprocess
import urllib.request

import pytest
from playwright.sync_api import sync_playwright

from reports.faults.offline import FORMS
from reports.faults.phone import Phone
from reports.faults.site import AUTHORITY, TOP, Site


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificate") / "127.0.0.1"
    subprocess.run([TOP / ".ci/certificate", "127.0.0.1", folder], check=True)
    return folder


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], capture_output=True, check=True).stdout


def test_authority_vouches_for_the_address_alone(certificate):
    authority = str(certificate / AUTHORITY)
    assert b"OK" in openssl("verify", "-CAfile", authority, "-verify_ip", "127.0.0.1", str(certificate / "server.crt"))
    text = openssl("x509", "-in", authority, "-noout", "-text").decode()
    assert "IP:127.0.0.1/255.255.255.255" in text.split("Name Constraints: critical")[1]
    assert not list(certificate.rglob("ca.key"))


def test_certificate_is_kept_while_it_is_good(certificate):
    before = (certificate / "server.crt").read_bytes()
    subprocess.run([TOP / ".ci/certificate", "127.0.0.1", certificate], check=True)
    assert (certificate / "server.crt").read_bytes() == before


@pytest.mark.alone
def test_phone_signs_in_and_gets_ready_over_https(certificate, tmp_path):
    key = openssl("x509", "-in", str(certificate / "server.crt"), "-noout", "-pubkey")
    der = base64.b64decode(b"".join(key.splitlines()[1:-1]))
    # What installing the authority does on a phone; there is no way to do it for one profile of Chromium.
    trusted = f"--ignore-certificate-errors-spki-list={base64.b64encode(hashlib.sha256(der).digest()).decode()}"
    with Site(tmp_path, workers=1, threads=8, certificate=certificate) as site, sync_playwright() as playwright:
        site.prepare()
        site.start()  # asks over TLS, trusting our authority alone
        with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
            urllib.request.urlopen(f"{site.address}/healthz", context=ssl.create_default_context())  # noqa: S310
        phone = Phone(playwright, tmp_path / "phone", site.address, arguments=[trusted])
        phone.sign_in("recorder-lethuy")
        phone.go(FORMS["patrol"])
        phone.wait_until_ready()
        site.stop()
        assert phone.open_form(FORMS["patrol"], username="recorder-lethuy")
        phone.close()
