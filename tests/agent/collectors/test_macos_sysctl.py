"""The kernel's values: only macOS has them under these names."""

import sys

from samebox_agent.collectors.macos_sysctl import text


def test_a_name_that_no_kernel_knows() -> None:
    if sys.platform != "win32":
        assert text("samebox.no.such.value") is None
