"""The Windows registry, read only: single values, and the names of keys below a key."""

import sys
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING and sys.platform == "win32":
    import winreg

RegistryValue = str | int | None


class Registry(Protocol):
    r"""Keys are written `HKLM\path` or `HKCU\path`; both are readable without extra rights."""

    def value(self, key: str, name: str) -> RegistryValue:
        """The value, or None when it is missing or neither text nor a number."""

    def subkeys(self, key: str) -> list[str]:
        """Names of the keys directly below; empty when the key is missing."""

    def has(self, key: str) -> bool:
        """Whether the key exists."""


class SystemRegistry:
    """The registry of the running Windows. On other systems it is empty."""

    if sys.platform == "win32":

        def value(self, key: str, name: str) -> RegistryValue:
            import winreg

            try:
                with self._open(key) as opened:
                    value, _ = winreg.QueryValueEx(opened, name)
            except OSError:
                return None
            if isinstance(value, list):  # REG_MULTI_SZ
                return " ".join(str(line) for line in value)
            return value if isinstance(value, str | int) else None

        def subkeys(self, key: str) -> list[str]:
            import winreg

            try:
                with self._open(key) as opened:
                    return [
                        winreg.EnumKey(opened, index)
                        for index in range(winreg.QueryInfoKey(opened)[0])
                    ]
            except OSError:
                return []

        def has(self, key: str) -> bool:
            try:
                self._open(key).Close()
            except OSError:
                return False
            return True

        def _open(self, key: str) -> "winreg.HKEYType":
            import winreg

            root, _, path = key.partition("\\")
            roots = {"HKLM": winreg.HKEY_LOCAL_MACHINE, "HKCU": winreg.HKEY_CURRENT_USER}
            access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
            return winreg.OpenKey(roots[root], path, 0, access)

    else:

        def value(self, key: str, name: str) -> RegistryValue:
            return None

        def subkeys(self, key: str) -> list[str]:
            return []

        def has(self, key: str) -> bool:
            return False


def text(registry: Registry, key: str, name: str) -> str | None:
    """A text value without outer blanks; None when missing, empty or a number."""
    value = registry.value(key, name)
    return value.strip() or None if isinstance(value, str) else None


def number(registry: Registry, key: str, name: str) -> int | None:
    """A number value; None when missing or text."""
    value = registry.value(key, name)
    return value if isinstance(value, int) else None
