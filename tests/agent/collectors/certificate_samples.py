"""Certificates: two that OpenSSL made, and small ones with any last day. None opens anything."""

import base64
from datetime import datetime

OF_2036 = base64.b64decode(
    "MIIBsDCCAVWgAwIBAgIUG2zlFkVE9mignWp9egRaLYPc/O0wCgYIKoZIzj0EAwIwLTELMAkGA1UEBhMCTkwxEDAO"
    "BgNVBAoMB0hhcmJvdXIxDDAKBgNVBAMMA0FuYTAeFw0yNjExMjcxNTQxNThaFw0zNjExMjQxNTQxNThaMC0xCzAJ"
    "BgNVBAYTAk5MMRAwDgYDVQQKDAdIYXJib3VyMQwwCgYDVQQDDANBbmEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC"
    "AARlW6fHVS1wRxD5ON+uqZX8QYAAR1Xz1AmvYFlSU0Z3WsuNUcUjJd0781WSSnGBm6ZeTOL6zX8b27jGiTd6HVGh"
    "o1MwUTAdBgNVHQ4EFgQUUOfhqu85WRgI/ONUWO5UlJffY+swHwYDVR0jBBgwFoAUUOfhqu85WRgI/ONUWO5UlJff"
    "Y+swDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA7lh8T0D6NBWLQnBWlOzNMbb/udSKy3NCUCU5"
    "WF76gBMCIQCi62dWDVTHbHey0jNYj/Cdt5bYGasJPwCogOqQ2qhaOQ=="
)
OF_2059 = base64.b64decode(
    "MIIBsTCCAVegAwIBAgIUIO9tBtlBveVGuFEezBn9R+LwD6AwCgYIKoZIzj0EAwIwLTELMAkGA1UEBhMCTkwxEDAO"
    "BgNVBAoMB0hhcmJvdXIxDDAKBgNVBAMMA0FuYTAgFw0yNjExMjcxNTQxNThaGA8yMDU5MTAwNTE1NDE1OFowLTEL"
    "MAkGA1UEBhMCTkwxEDAOBgNVBAoMB0hhcmJvdXIxDDAKBgNVBAMMA0FuYTBZMBMGByqGSM49AgEGCCqGSM49AwEH"
    "A0IABPNvFsvciyXv8VmuCpijxiaxRLo38QfP4B/x5X8xJ5sHJxfDaGkDomQouoW62+BUq44nzQeoSx4ZErVJojFw"
    "rFGjUzBRMB0GA1UdDgQWBBTOylw2eCvWeoPQ/7MhHJf/LRb4XzAfBgNVHSMEGDAWgBTOylw2eCvWeoPQ/7MhHJf/"
    "LRb4XzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDCXPNFzVnEgIgYqyCWa4qJkDlSWD8PIpp8"
    "XZV2lgpLswIgQ7984ynv4Hi8taKL2OnUI2GD1daRH4At8N0ZCiAtME0="
)


def part(tag: int, content: bytes) -> bytes:
    """One value of DER; over 127 bytes the length takes three."""
    size = len(content)
    told = bytes([size]) if size < 0x80 else b"\x82" + size.to_bytes(2, "big")
    return bytes([tag]) + told + content


def certificate(until: datetime, version: bool = True) -> bytes:
    """As much of a certificate as is looked at, between parts that are stepped over."""
    day = part(0x17, until.strftime("%y%m%d%H%M%SZ").encode())
    head = part(0xA0, part(0x02, b"\2")) if version else b""
    body = head + part(0x02, b"\x2a" * 20) + part(0x30, b"\6\0") + part(0x30, b"N" * 300)
    return part(0x30, part(0x30, body + part(0x30, day.replace(b"2", b"1") + day)))
