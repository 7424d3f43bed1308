"""Each rule by its examples: what it takes out, and the ordinary words beside it that stay."""

import pytest
from samebox_agent.core.redaction import Known, redact
from samebox_agent.core.redaction_rules import RULES, Kind

KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----"
RECOVERY = "-".join(["482913"] * 8)

TAKEN_OUT = [
    ("Mail ana.de-vries+it@mail.example.com now", "Mail [e-mail address] now"),
    ("ana@kestrel:~$ ls", "[e-mail address]:~$ ls"),
    ("Call +31 (0)6 1234-5678 now", "Call [telephone number] now"),
    ("Call 555-1234", "Call [telephone number]"),
    ("Call 06.12.34.56.78", "Call [telephone number]"),
    ("Call 555.123.4567 today", "Call [telephone number] today"),
    ("Ring 0612345678.", "Ring [telephone number]."),
    ("It has 192.168.1.17 now", "It has [network address] now"),
    ("http at 10.1.2.3:8080", "http at [network address]:8080"),
    ("ping fe80::1ff:fe23:4567:890a%eth0", "ping [network address]"),
    ("2001:db8::8a2e:370:7334 is it", "[network address] is it"),
    ("MAC 3C:52:82:AB:cd:01", "MAC [network address]"),
    ("MAC 3C-52-82-AB-CD-01", "MAC [network address]"),
    ("MAC 3c52.82ab.cd01", "MAC [network address]"),
    ("Serial number PF2XK9R1", "Serial number [serial number]"),
    ("S/N: 5CG1234ABC", "S/N: [serial number]"),
    ("Service tag is 7XH2K13.", "Service tag is [serial number]."),
    ("serienummer: r9-0qwe12", "serienummer: [serial number]"),
    ("asset tag NB-004512", "asset tag [serial number]"),
    ("It says C02XG0FDJGH5 below", "It says [serial number] below"),
    ("Call 555 1234 6 GB", "Call [telephone number] GB"),
    ("IMEI 356938035643809", "IMEI [serial number]"),
    (r"See C:\Users\Ana Ruiz\Documents", r"See C:\Users\[user]\Documents"),
    (r"C:\Users\aruiz is full", r"C:\Users\[user] is full"),
    ("c:/users/aruiz/x", "c:/users/[user]/x"),
    ("/home/aruiz/.config", "/home/[user]/.config"),
    ("/Users/aruiz: no room", "/Users/[user]: no room"),
    (r"\\fs01.corp.example\share", r"\\[computer]\share"),
    ("It is DESKTOP-4F7K2L9", "It is [computer]"),
    ("employee number 48213", "employee number [number of a person]"),
    ("Personeelsnummer: E-1042", "Personeelsnummer: [number of a person]"),
    ("customer no. 99-1234", "customer no. [number of a person]"),
    ("BSN 111222333", "BSN [number of a person]"),
    ("Pay NL91 ABNA 0417 1643 00", "Pay [number of a person]"),
    ("Card 4111 1111 1111 1111", "Card [number of a person]"),
    ("See https://x.example/a?session=1", "See [link]"),
    ("See https://x.example/doc#part", "See [link]"),
    ("https://x.example/s/4k7mqx2p88trvvkd0pqa", "[link]"),
    ("Join samebox://join/x/4K7M", "Join [secret]"),
    ("postgres://app:pa55@db/x fails", "[secret] fails"),
    ("The password is hunter2", "The password is [secret]"),
    ("password for the wifi is Winter2024!", "password for the wifi is [secret]"),
    ("My password is swordfish, try it", "My password is [secret] try it"),
    ("Password: 'two words'", "Password: [secret]"),
    ("wachtwoord is Zomer-26", "wachtwoord is [secret]"),
    ("I set the password to Summer#1", "I set the password to [secret]"),
    ("use password hunter22", "use password [secret]"),
    ("pwd=abc;x", "pwd=[secret]"),
    ("PIN is 4821", "PIN is [secret]"),
    ("The code is 123 456", "The code is [secret]"),
    ("Code 482913 came by text", "Code [secret] came by text"),
    ("verification code: G-482913", "verification code: [secret]"),
    (f"It wants {RECOVERY} now", "It wants [secret] now"),
    ("recovery key: ABCD-EF12", "recovery key: [secret]"),
    ("K7GX-22AB-9XPL-QRS1-TUV2-WXY3", "[secret]"),
    ("VK7JG-NPHTM-C97JM-9MPGT-3V66T", "[secret]"),
    (f"Here:\n{KEY}\nthere", "Here:\n[secret]\nthere"),
    ("token ghp_16C7e42F292c6912E7710c838347Ae178B4a", "token [secret]"),
    ("AKIAIOSFODNN7EXAMPLE is it", "[secret] is it"),
    ("xoxb-123456789-abcdef", "[secret]"),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.abc", "[secret]"),
    ("Authorization: Bearer abc123def456", "Authorization: Bearer [secret]"),
    ("api_key = 9f8e7d6c", "api_key = [secret]"),
    ("5f4dcc3b5aa765d61d8327deb882cf99", "[secret]"),
    ("a wJalrXUtnFEMI7K3MDENGbPxRfiCYEXAMPLEKEY b", "a [secret] b"),
    ("passphrase: correct horse battery staple", "passphrase: [secret]"),
]

STAYS = [
    "Ubuntu 24.04 and macOS 15.1.1",
    "Windows 10.0.26100.2314 and KB5034441",
    "Build 26100.4349, driver 31.0.101.5590",
    "Error 0x80070057 and 0xC1900101",
    "Error code 1603, event 41, stop code 0x9F",
    "HRESULT -2147024891",
    "Error 2147942402",
    "1 234 567 890 bytes of 256 GB",
    "4096 MB, 1920x1080, 144 Hz, 5000 mAh",
    "It took 100 000 000 ms",
    "On 2024-11-05 10:22, or 5-11-2024",
    "At 10:22:33 it was gone",
    "Set DNS to 8.8.8.8 and 1.1.1.1",
    "127.0.0.1, ::1 and 255.255.255.0",
    "Version 1.2.3.4 of the driver",
    "The password is wrong",
    "My password was expired, reset the password",
    "Passwords are not the same",
    "The token expired",
    "Type the code you see",
    "Error code 1603 and QR code 482913",
    "Your pin is required",
    "See https://support.microsoft.com/kb/5034441",
    r"Look in C:\Users\Public\Documents",
    "Press Ctrl+Alt+Del, then Win+R",
    "ThinkPad T14 Gen 3, XPS 13 9310",
    "INACCESSIBLE_BOOT_DEVICE and 80240FFF",
    "MicrosoftTeams_8wekyb3d8bbwe",
    "net stop wuauserv; sfc /scannow",
    "std::vector, a::b and 16:9",
    "Wait 10 or 15 minutes, then 2-3 times",
    "Port 443 or 8443, channel 36/80",
    "Hold the power button for 30 s",
]


@pytest.mark.parametrize(("said", "left"), TAKEN_OUT)
def test_what_gives_away_is_taken_out(said: str, left: str) -> None:
    assert redact(said, Known()).text == left


@pytest.mark.parametrize("said", STAYS)
def test_ordinary_words_of_a_fix_stay(said: str) -> None:
    assert redact(said, Known()).text == said


def test_every_kind_but_the_names_has_a_rule() -> None:
    assert {rule.kind for rule in RULES} == set(Kind) - {Kind.NAME}
