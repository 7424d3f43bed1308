"""What CUPS answers."""

_HEAD = b"\x00\x00\x00\x01\x01\x47\x00\x12attributes-charset\x00\x05utf-8"
NOTHING = b"\x01\x01\x04\x06" + _HEAD + b"\x03"
REFUSED = b"\x01\x01\x04\x01" + _HEAD + b"\x03"


def answer(printers: int = 0, jobs: int = 0) -> bytes:
    """A printer's state, or a job's number; a value of several has no name from the second on."""
    printer = b"\x04\x23\x00\x0dprinter-state\x00\x04\x00\x00\x00\x03\x23\x00\x00\x00\x04\0\0\0\4"
    job = b"\x02\x21\x00\x06job-id\x00\x04\x00\x00\x00\x2a"
    return b"\x01\x01\x00\x00" + _HEAD + printer * printers + job * jobs + b"\x03"
