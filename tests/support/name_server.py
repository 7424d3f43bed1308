"""A name server that knows one name: `python name_server.py ADDRESS NAME ANSWER`. Says when it is
ready; for a network of a test's own."""

import socket
import struct
import sys

HEAD = 12
A, IN = 1, 1
FOUND, NOT_FOUND = 0x8580, 0x8583


def answered(asked: bytes, name: str, address: str) -> bytes:
    """The reply to one question: the address, nothing of that kind, or no such name."""
    end = asked.index(b"\0", HEAD) + 1
    labels = asked[HEAD : end - 1]
    kind, _ = struct.unpack_from("!HH", asked, end)
    known = labels.lower() == b"".join(bytes([len(x)]) + x.encode() for x in name.split("."))
    told = known and kind == A
    head = asked[:2] + struct.pack("!HHHHH", FOUND if known else NOT_FOUND, 1, int(told), 0, 0)
    record = struct.pack("!HHHIH", 0xC00C, A, IN, 1, 4) + socket.inet_aton(address)
    return head + asked[HEAD : end + 4] + (record if told else b"")


def main(listen: str, name: str, address: str) -> None:
    """Answer until killed."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind((listen, 53))
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            asked, who = line.recvfrom(512)
            line.sendto(answered(asked, name, address), who)


if __name__ == "__main__":
    main(*sys.argv[1:4])
