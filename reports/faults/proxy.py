"""A proxy in front of a real server that does to its requests what networks do: one fault a request, by a script."""

import enum
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reports.faults.wire import Message, answer, read_request, read_to_end, reset

PORTAL = "<!doctype html><title>Wi-Fi</title><h1>Chào mừng đến với Wi-Fi miễn phí</h1><a href='/'>Kết nối</a>"
DRIPS = 12


class Fault(enum.StrEnum):
    """What happens to one request."""

    PASS = "pass"  # noqa: S105  no password
    REFUSE = "refuse"  # reset before anything of it reaches the server
    CUT_REQUEST = "cut request"  # the server gets half of it
    CUT_RESPONSE = "cut response"  # half a body under the full Content-Length
    SLOW = "slow"  # both ways in drips
    CAPTIVE = "captive portal"  # 200 with somebody else's page
    CAPTIVE_JSON = "captive json"  # 200 with JSON that says nothing of the request
    LOGIN = "redirect to login"
    UNAUTHORIZED = "401"
    FORBIDDEN = "403"
    TOO_LARGE = "413"
    TOO_MANY = "429"
    ERROR = "500"
    BAD_GATEWAY = "502"
    SWALLOW = "timeout after the commit"  # the server has done it and nobody hears
    TWICE = "delivered twice"  # at the same time; the second answer is given


# Answers that come from the network: the server hears nothing of the request.
_ANSWERS = {
    Fault.CAPTIVE: answer("200 OK", PORTAL),
    Fault.CAPTIVE_JSON: answer("200 OK", '{"status": "ok"}', kind="application/json"),
    Fault.UNAUTHORIZED: answer("401 Unauthorized", "<h1>401</h1>"),
    Fault.FORBIDDEN: answer("403 Forbidden", "<h1>403</h1>"),
    Fault.TOO_LARGE: answer("413 Content Too Large", "<h1>413</h1>"),
    Fault.TOO_MANY: answer("429 Too Many Requests", "<h1>429</h1>", "Retry-After: 1"),
    Fault.ERROR: answer("500 Internal Server Error", "<h1>500</h1>"),
    Fault.BAD_GATEWAY: answer("502 Bad Gateway", "<h1>502</h1>"),
}


@dataclass(frozen=True)
class Handled:
    """One request and what became of it; status is the one the client was meant to see, "" for none."""

    method: str
    path: str
    fault: Fault
    status: str = ""


Choose = Callable[[str, str], Fault]


class FaultyProxy:
    """``with FaultyProxy(port_of_server) as proxy``: listens at ``proxy.address`` until the end of the block.

    ``choose(method, path)`` names the fault of each request. ``go_offline`` closes the listening socket, so that
    connections are refused as by a machine that is not there; ``go_online`` opens the same port again.
    """

    def __init__(
        self, upstream: int, *, choose: Choose | None = None, slow_seconds: float = 1.0, hold_seconds: float = 0.5
    ) -> None:
        self.upstream, self.choose = upstream, choose or (lambda method, path: Fault.PASS)
        self.slow_seconds, self.hold_seconds = slow_seconds, hold_seconds
        self.handled: list[Handled] = []
        self.port = 0
        self._server: _Server | None = None

    def __enter__(self) -> "FaultyProxy":
        self.go_online()
        return self

    def __exit__(self, *_: object) -> None:
        self.go_offline()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_online(self) -> bool:
        return self._server is not None

    def go_online(self) -> None:
        if self._server is None:
            self._server = _Server(self, self.port)
            self.port = self._server.server_address[1]
            threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def go_offline(self) -> None:
        """Refuse new connections and reset those that are open."""
        if server := self._server:
            self._server = None
            server.shutdown()
            server.server_close()
            server.reset_all()

    def deliver(self, client: socket.socket) -> None:
        request = read_request(client)
        if request is None:
            return
        method, path = request.first_words
        fault = self.choose(method, path)
        reply = self._replies(fault, request.for_one_use, path)
        self.handled.append(Handled(method, path, fault, reply.first_words[1] if reply else ""))
        if reply is None:
            reset(client)
        elif fault is Fault.CUT_RESPONSE:
            client.sendall(reply.half)
        elif fault is Fault.SLOW:
            _drip(client, reply.raw, self.slow_seconds)
        else:
            client.sendall(reply.raw)

    def _replies(self, fault: Fault, request: Message, path: str) -> Message | None:
        """What the client gets, None for a connection that is reset."""
        if fault is Fault.REFUSE:
            return None
        if fault is Fault.LOGIN:
            return answer("302 Found", "", f"Location: /accounts/login/?next={path}")
        if fault in _ANSWERS:
            return _ANSWERS[fault]
        if fault is Fault.CUT_REQUEST:
            self._send_half(request)
            return None
        if fault is Fault.TWICE:
            first = threading.Thread(target=self._ask, args=(request,))
            first.start()
            second = self._ask(request)
            first.join()
            return second
        reply = self._ask(request, seconds=self.slow_seconds if fault is Fault.SLOW else 0)
        if fault is Fault.SWALLOW:
            time.sleep(self.hold_seconds)
            return None
        return reply

    def _ask(self, request: Message, *, seconds: float = 0) -> Message:
        """The server's answer; 502 where it gives none, as any proxy says."""
        try:
            with socket.create_connection(("127.0.0.1", self.upstream), timeout=60) as server:
                _drip(server, request.raw, seconds) if seconds else server.sendall(request.raw)
                reply = read_to_end(server)
        except OSError:
            return _ANSWERS[Fault.BAD_GATEWAY]
        return reply if reply.head else _ANSWERS[Fault.BAD_GATEWAY]

    def _send_half(self, request: Message) -> None:
        try:
            with socket.create_connection(("127.0.0.1", self.upstream), timeout=60) as server:
                server.sendall(request.half)
        except OSError:  # the server is down: it saw nothing of it, which is a cut as well
            return


def _drip(connection: socket.socket, content: bytes, seconds: float) -> None:
    size = max(1, -(-len(content) // DRIPS))
    for start in range(0, len(content), size):
        connection.sendall(content[start : start + size])
        time.sleep(seconds / DRIPS)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, proxy: FaultyProxy, port: int) -> None:
        self.proxy = proxy
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def opened(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)

    def closed(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.discard(connection)

    def reset_all(self) -> None:
        with self._lock:
            connections = list(self._open)
        for connection in connections:
            # Ends the reads and writes of the threads that hold them; each closes its own.
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # it has just ended by itself
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone is no news here; anything else is a fault of the proxy and is shown."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.server.opened(self.request)
        try:
            self.server.proxy.deliver(self.request)
        finally:
            self.server.closed(self.request)
