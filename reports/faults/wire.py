"""HTTP/1.1 as bytes on a socket: as much of it as a proxy needs that breaks it on purpose."""

import re
import socket
import struct
from dataclasses import dataclass

MOST_HEAD = 64 * 1024
CHUNK = 64 * 1024
_LENGTH = re.compile(rb"^content-length:[ \t]*([0-9]+)", re.IGNORECASE | re.MULTILINE)
_CONNECTION = re.compile(rb"\r\n(?:connection|keep-alive|proxy-connection):[^\r]*", re.IGNORECASE)
END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True)
class Message:
    """A request or an answer: its head with the empty line, and its body as it was sent."""

    head: bytes
    body: bytes

    @property
    def raw(self) -> bytes:
        return self.head + self.body

    @property
    def first_words(self) -> tuple[str, str]:
        """Method and path of a request; protocol and status of an answer."""
        words = self.head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        return words[0], words[1] if len(words) > 1 else ""

    @property
    def half(self) -> bytes:
        """The head and half of the body; of a message without a body, half of the head."""
        if self.body:
            return self.head + self.body[: len(self.body) // 2]
        return self.head[: len(self.head) // 2]

    @property
    def for_one_use(self) -> "Message":
        """The same on a connection that ends with it, so that every request is one connection and one fault."""
        head = _CONNECTION.sub(b"", self.head.removesuffix(END_OF_HEAD))
        return Message(head + b"\r\nConnection: close" + END_OF_HEAD, self.body)


def read_request(connection: socket.socket) -> Message | None:
    """One request, None where the client left before its end. Browsers send a Content-Length with every body."""
    received = b""
    while END_OF_HEAD not in received:
        more = connection.recv(CHUNK)
        if not more or len(received) > MOST_HEAD:
            return None
        received += more
    head, _, body = received.partition(END_OF_HEAD)
    head += END_OF_HEAD
    length = _LENGTH.search(head)
    while len(body) < (int(length[1]) if length else 0):
        more = connection.recv(CHUNK)
        if not more:
            return None
        body += more
    return Message(head, body)


def read_to_end(connection: socket.socket) -> Message:
    """The answer of a server that closes the connection after it."""
    received = b""
    while more := connection.recv(CHUNK):
        received += more
    head, end, body = received.partition(END_OF_HEAD)
    return Message(head + end, body)


def answer(status: str, body: str, *headers: str, kind: str = "text/html; charset=utf-8") -> Message:
    """An answer that the network itself gives, not our server."""
    content = body.encode()
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(content)}", *headers]
    return Message("\r\n".join([*lines, "Connection: close"]).encode() + END_OF_HEAD, content)


def reset(connection: socket.socket) -> None:
    """End the connection with a RST, as a network does that has gone; a plain close would look like a regular end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
