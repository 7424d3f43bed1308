"""Every value a tool tells is counted once, in the tool's own format."""

from benchmarks.facts import counting


def test_json_counts_values_and_not_what_holds_them() -> None:
    assert counting.in_json('{"os": {"name": "Debian", "tags": ["a", "b"]}, "up": true}') == 4


def test_xml_counts_elements_with_a_text() -> None:
    told = "<R><BIOS><NAME>x</NAME><EMPTY/></BIOS><CPU><CORE>2</CORE></CPU></R>"
    assert counting.in_xml(told) == 2


def test_words_counts_pairs_and_neither_headings_nor_times() -> None:
    told = "System:\n  Kernel: 6.1 arch: x86_64 Console: N/A at 12:30\nCPU:\n  Speed (MHz): avg: 9"
    assert counting.in_words(told) == 4 + 1  # "(MHz):" and "avg:" are both written as names


def test_lines_counts_one_a_line_behind_the_log() -> None:
    log = ">> hal.1: read hal data\n=== end debug info ===\n"
    item = "01: None 00.0: Main Memory\n  Model: fine\n  Config Status:\n"
    assert counting.in_lines(log + item) == 1
    assert counting.in_lines("OS: Debian 12\nroot@machine\n-------\nCPU: EPYC (2)\n") == 2
