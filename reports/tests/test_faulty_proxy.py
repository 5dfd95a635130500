"""Each fault does what it says, seen from both ends: a small real server and a plain client."""

import http.client
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from reports.faults.proxy import Fault, FaultyProxy

TEXT = "đã lưu " * 400


class Server(ThreadingHTTPServer):
    """Keeps every body, those that came whole and those that did not."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answering)
        self.whole, self.parts = list[bytes](), list[bytes]()


class Answering(BaseHTTPRequestHandler):
    """Answers with a text that is long enough to be cut."""

    server: Server

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        (self.server.whole if len(body) == length else self.server.parts).append(body)
        self.send_response(201)
        self.send_header("Content-Length", str(len(TEXT.encode())))
        self.end_headers()
        self.wfile.write(TEXT.encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with Server() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def proxy(server):
    with FaultyProxy(server.server_address[1], slow_seconds=0.3, hold_seconds=0.05) as proxy:
        yield proxy


def post(proxy, fault, body=b"route=A&headcount=4"):
    proxy.choose = lambda method, path: fault
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=10)
    try:
        connection.request("POST", "/clusters/x/patrols/new/", body)
        response = connection.getresponse()
        return response.status, response.read().decode(), response.headers
    finally:
        connection.close()


def wait_until(condition):
    end = time.monotonic() + 5
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    assert condition()


def test_pass_changes_nothing(proxy, server):
    assert post(proxy, Fault.PASS)[:2] == (201, TEXT)
    assert server.whole == [b"route=A&headcount=4"]


def test_refuse_reaches_no_server(proxy, server):
    with pytest.raises(ConnectionResetError):
        post(proxy, Fault.REFUSE)
    assert server.whole + server.parts == []


def test_cut_request_gives_the_server_half(proxy, server):
    with pytest.raises(ConnectionResetError):
        post(proxy, Fault.CUT_REQUEST)
    wait_until(lambda: server.parts == [b"route=A&h"])
    assert server.whole == []


def test_cut_response_ends_before_its_length(proxy, server):
    with pytest.raises(http.client.IncompleteRead) as cut:
        post(proxy, Fault.CUT_RESPONSE)
    assert (len(cut.value.partial), cut.value.expected) == (len(TEXT.encode()) // 2, len(TEXT.encode()) // 2)
    assert len(server.whole) == 1


def test_slow_takes_its_time_and_loses_nothing(proxy, server):
    started = time.monotonic()
    assert post(proxy, Fault.SLOW)[1] == TEXT
    assert time.monotonic() - started > 0.5
    assert server.whole == [b"route=A&headcount=4"]


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        (Fault.CAPTIVE, 200, "Wi-Fi"),
        (Fault.CAPTIVE_JSON, 200, '{"status": "ok"}'),
        (Fault.LOGIN, 302, ""),
        (Fault.UNAUTHORIZED, 401, "401"),
        (Fault.FORBIDDEN, 403, "403"),
        (Fault.TOO_LARGE, 413, "413"),
        (Fault.TOO_MANY, 429, "429"),
        (Fault.ERROR, 500, "500"),
        (Fault.BAD_GATEWAY, 502, "502"),
    ],
)
def test_answer_of_the_network_reaches_no_server(proxy, server, fault, status, words):
    found, text, headers = post(proxy, fault)
    assert (found, words in text) == (status, True)
    assert server.whole + server.parts == []
    assert headers["Location"] == ("/accounts/login/?next=/clusters/x/patrols/new/" if fault is Fault.LOGIN else None)


def test_swallow_is_done_and_not_heard(proxy, server):
    with pytest.raises(ConnectionResetError):
        post(proxy, Fault.SWALLOW)
    assert server.whole == [b"route=A&headcount=4"]


def test_twice_is_done_twice_and_heard_once(proxy, server):
    assert post(proxy, Fault.TWICE)[:2] == (201, TEXT)
    assert server.whole == [b"route=A&headcount=4"] * 2


def test_every_fault_is_tried_here():
    tried = {Fault.PASS, Fault.REFUSE, Fault.CUT_REQUEST, Fault.CUT_RESPONSE, Fault.SLOW, Fault.SWALLOW, Fault.TWICE}
    (answers,) = [mark.args[1] for mark in test_answer_of_the_network_reaches_no_server.pytestmark]
    assert tried | {fault for fault, _, _ in answers} == set(Fault)


def test_offline_refuses_and_comes_back_at_the_same_address(proxy, server):
    address = proxy.address
    proxy.go_offline()
    with pytest.raises(ConnectionRefusedError):
        post(proxy, Fault.PASS)
    proxy.go_online()
    assert post(proxy, Fault.PASS)[0] == 201
    assert proxy.address == address


def test_offline_cuts_what_is_open(proxy):
    proxy.slow_seconds = 30
    thread = threading.Timer(0.2, proxy.go_offline)
    thread.start()
    with pytest.raises((http.client.HTTPException, OSError)):
        post(proxy, Fault.SLOW)
    thread.join()


def test_server_that_is_down_is_a_bad_gateway(proxy, server):
    proxy.upstream = 1
    assert post(proxy, Fault.PASS)[0] == 502


def test_what_was_done_is_listed(proxy):
    post(proxy, Fault.PASS)
    post(proxy, Fault.TOO_MANY)
    assert [(one.method, one.fault, one.status) for one in proxy.handled] == [
        ("POST", Fault.PASS, "201"),
        ("POST", Fault.TOO_MANY, "429"),
    ]
