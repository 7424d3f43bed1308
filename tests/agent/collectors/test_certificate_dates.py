"""The last day of a certificate."""

from datetime import UTC, datetime

import pytest
from samebox_agent.collectors.certificate_dates import not_after

from tests.agent.collectors.certificate_samples import OF_2036, OF_2059, certificate, part

DAY = datetime(2026, 12, 6, 13, tzinfo=UTC)


def test_certificates_that_openssl_made() -> None:
    assert not_after(OF_2036) == datetime(2036, 11, 24, 15, 41, 58, tzinfo=UTC)
    assert not_after(OF_2059) == datetime(2059, 10, 5, 15, 41, 58, tzinfo=UTC)


@pytest.mark.parametrize("version", [True, False])
def test_the_first_version_had_no_number(version: bool) -> None:
    assert not_after(certificate(DAY, version)) == DAY


@pytest.mark.parametrize(
    "data", [b"", b"\x30", OF_2036[:60], part(0x30, part(0x30, b"")), b"-----BEGIN", bytes(400)]
)
def test_what_is_no_certificate(data: bytes) -> None:
    assert not_after(data) is None
