"""A history is read back as it was written, and outlives a kill in the middle of a line."""

from pathlib import Path

from tasks.faults.history import AnyEntry, Fault, Recorder, Said, read


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "one.jsonl")
    entries: list[AnyEntry] = [
        Said(1.0, "ana", "hello", "s"),
        Fault(2.0, "kill", "server", ("ana",)),
    ]
    for entry in entries:
        recorder.now(entry)
    assert list(read(tmp_path)) == entries
    recorder.close()


async def test_what_can_wait_is_written_in_the_same_turn_of_the_loop(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "one.jsonl")
    recorder.soon(Fault(1.0, "kill", "server"))
    recorder.soon(Fault(2.0, "ready", "server"))
    assert list(read(tmp_path)) == []
    recorder.flush()
    assert [entry.at for entry in read(tmp_path)] == [1.0, 2.0]
    recorder.close()


def test_a_torn_last_line_is_left_out(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "one.jsonl")
    recorder.now(Fault(1.0, "kill", "server"))
    recorder.close()
    with (tmp_path / "one.jsonl").open("ab") as file:
        file.write(b'["fault",2.0,"rea')
    assert [entry.at for entry in read(tmp_path)] == [1.0]
