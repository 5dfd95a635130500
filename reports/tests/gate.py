"""A gate before the live server: shut, it is a valley without a signal.

``context.set_offline`` of Playwright does not reach service workers; a connection that is cut reaches everybody.
"""

import socket
import threading
from contextlib import suppress
from typing import Self


class Gate:
    """``with Gate(port) as gate``: forwards ``gate.address`` to the port until it is shut."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._is_shut = False
        self._portal = b""
        self.received = 0  # bytes that the browser got, headers and all
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.shut()
        self._listener.close()

    def shut(self) -> None:
        self._is_shut = True
        for connection in list(self._open):
            _cut(connection)

    def lift(self) -> None:
        self._is_shut, self._portal = False, b""

    def become_portal(self, page: str) -> None:
        """From now on every question is answered by this page, as by the Wi-Fi of an inn."""
        self.shut()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page.encode())}\r\n"
        self._is_shut, self._portal = False, f"{head}Connection: close\r\n\r\n{page}".encode()

    def _accept(self) -> None:
        while True:
            try:
                outside, _address = self._listener.accept()
            except OSError:
                return
            if self._is_shut:
                outside.close()
                continue
            if self._portal:
                threading.Thread(target=self._answer, args=(outside,), daemon=True).start()
                continue
            inside = socket.create_connection(("127.0.0.1", self._port))
            self._open |= {outside, inside}
            for pair in ((outside, inside), (inside, outside)):
                threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _answer(self, outside: socket.socket) -> None:
        with suppress(OSError):
            outside.recv(65536)
            outside.sendall(self._portal)
        _cut(outside)

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            is_answer = source.getpeername()[1] == self._port
            while block := source.recv(65536):
                self.received += len(block) if is_answer else 0
                target.sendall(block)
        for connection in (source, target):
            self._open.discard(connection)
            _cut(connection)


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
