"""Loudspeakers, microphones and cameras, counted without opening one."""

from pathlib import Path

from samebox_agent.collectors.media_devices import (
    LinuxMediaDevices,
    WindowsMediaDevices,
    windows_cameras,
)

from tests.agent.collectors.machine_fakes import FakeRegistry, tree, values

PCM = """\
00-00: ALC257 Analog : ALC257 Analog : playback 1 : capture 1
00-03: HDMI 0 : HDMI 0 : playback 1
01-00: USB Audio : USB Audio : playback 1
01-01: USB Audio : USB Audio : capture 1
03-07: HDMI 1 : HDMI 1 : playback 1
02-00: DMIC (*) :  : capture 1
"""
AUDIO = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\MMDevices\Audio"
USB = "sys/devices/pci0000:00/0000:00:14.0/usb3"
VIDEO = "sys/class/video4linux"


def interface(root: Path, place: str, bus: str) -> dict[str, str]:
    return {f"{place}/subsystem": f"-> {root / 'sys/bus' / bus}", f"sys/bus/{bus}/uevent": ""}


def test_linux_with_a_headset_and_two_cameras(tmp_path: Path) -> None:
    built_in, infrared, plugged = f"{USB}/3-6/3-6:1.0", f"{USB}/3-6/3-6:1.2", f"{USB}/3-1/3-1:1.0"
    entries = {"video0": built_in, "video1": built_in, "video2": infrared, "video4": plugged}
    files = {f"{VIDEO}/{name}/device": f"-> {tmp_path / at}" for name, at in entries.items()}
    for place in {*entries.values()}:
        files |= interface(tmp_path, place, "usb")
    files |= {f"{VIDEO}/video9/name": "OBS Virtual Camera", "proc/asound/pcm": PCM}
    tree(tmp_path, files)
    assert values(LinuxMediaDevices(tmp_path)) == {
        "audio_devices.outputs": 2,
        "audio_devices.inputs": 3,
        "video_devices.cameras": 2,
    }


def test_a_camera_of_the_graphics_chip_is_one(tmp_path: Path) -> None:
    chip = "sys/devices/pci0000:00/0000:00:05.0"
    nodes = {f"{VIDEO}/video{n}/device": f"-> {tmp_path / chip}" for n in range(6)}
    decoder = "sys/devices/platform/decoder"
    nodes[f"{VIDEO}/video9/device"] = f"-> {tmp_path / decoder}"
    bus = interface(tmp_path, chip, "pci") | interface(tmp_path, decoder, "platform")
    tree(tmp_path, nodes | bus)
    assert values(LinuxMediaDevices(tmp_path)) == {"video_devices.cameras": 1}


def test_linux_whose_sound_card_is_gone(tmp_path: Path) -> None:
    tree(tmp_path, {"proc/asound/cards": "--- no soundcards ---\n", "sys/class/net/lo": ""})
    assert values(LinuxMediaDevices(tmp_path)) == {
        "audio_devices.outputs": 0,
        "audio_devices.inputs": 0,
        "video_devices.cameras": 0,
    }


def test_windows_counts_what_is_active() -> None:
    registry = FakeRegistry(
        {
            rf"{AUDIO}\Render\{{a}}": {"DeviceState": 1},
            rf"{AUDIO}\Render\{{b}}": {"DeviceState": 8},
            rf"{AUDIO}\Render\{{c}}": {},
            rf"{AUDIO}\Capture\{{d}}": {"DeviceState": 0x10000001},
        }
    )
    assert values(WindowsMediaDevices(registry, lambda: 1)) == {
        "audio_devices.outputs": 1,
        "audio_devices.inputs": 0,
        "video_devices.cameras": 1,
    }


def test_cameras_are_counted_only_on_windows_itself() -> None:
    count = windows_cameras()
    assert count is None or count >= 0
