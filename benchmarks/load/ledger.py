"""Who was sent what and when, and what became of it. Pure: the time is handed in."""

from benchmarks.measures.figures import percentile


class Ledger:
    """One measurement's messages. A message that arrives twice, or that nobody sent, is counted
    and not measured."""

    def __init__(self) -> None:
        self._sent: dict[int, tuple[float, int]] = {}
        self._arrived: set[int] = set()
        self.arrivals: list[tuple[float, float]] = []
        """Of each message that came: milliseconds it took, and when it came."""
        self.acked = 0
        self.refused: dict[str, int] = {}
        self.twice = 0

    @property
    def sent(self) -> int:
        """Messages written."""
        return len(self._sent)

    @property
    def received(self) -> int:
        """Messages that reached the other user."""
        return len(self._arrived)

    @property
    def missing(self) -> int:
        """Messages that did not."""
        return len(self._sent) - len(self._arrived)

    def note_sent(self, token: int, author: int, now: float) -> None:
        """A message is written."""
        self._sent[token] = (now, author)

    def note_received(self, token: int, reader: int, now: float) -> bool:
        """A message was read; whether that was news. Its author may see it, too."""
        found = self._sent.get(token)
        if found is None or found[1] == reader:
            return False
        if token in self._arrived:
            self.twice += 1
            return False
        self._arrived.add(token)
        self.arrivals.append(((now - found[0]) * 1000, now))
        return True

    def note_acked(self, token: int) -> bool:
        """The server has it; whether it is one of ours."""
        if token not in self._sent:
            return False
        self.acked += 1
        return True

    def note_refused(self, why: str) -> None:
        """The server did not take one."""
        self.refused[why] = self.refused.get(why, 0) + 1

    @property
    def latencies(self) -> list[float]:
        """Milliseconds that each message took which came."""
        return [took for took, _ in self.arrivals]

    def p(self, share: float) -> float:
        """Milliseconds that this share of the messages did not exceed; infinite when none came."""
        return percentile(self.latencies, share) if self.arrivals else float("inf")
