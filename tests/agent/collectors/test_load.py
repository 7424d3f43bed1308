"""Waiting for memory and processor, and heat."""

from pathlib import Path

from samebox_agent.collectors.load import LinuxLoad, MacLoad, load_of_five_minutes

from tests.agent.collectors.machine_fakes import tree, values

PRESSURE = """\
some avg10=0.00 avg60=7.53 avg300=2.00 total=1234
full avg10=0.00 avg60=3.00 avg300=1.00 total=99
"""


def test_linux_under_load(tmp_path: Path) -> None:
    tree(
        tmp_path,
        {
            "proc/pressure/memory": PRESSURE,
            "proc/loadavg": "9.50 6.40 3.20 2/900 4242\n",
            "sys/class/hwmon/hwmon0/name": "coretemp",
            "sys/class/hwmon/hwmon0/temp1_input": "91300\n",
            "sys/class/hwmon/hwmon0/temp1_crit": "119000\n",
            "sys/class/thermal/thermal_zone0/temp": "45000\n",
            "sys/class/thermal/cooling_device0/temp": "99000\n",
        },
    )
    assert values(LinuxLoad(tmp_path, lambda: 4)) == {
        "memory_info.pressure_percent": 7.53,
        "load_average.per_core": 1.6,
        "temperature.highest": 91.3,
    }


def test_a_sensor_wired_to_nothing_is_not_hot(tmp_path: Path) -> None:
    tree(
        tmp_path,
        {
            "sys/class/hwmon/hwmon0/temp1_input": "127000",
            "sys/class/hwmon/hwmon0/temp2_input": "-273000",
            "sys/class/hwmon/hwmon0/temp3_input": "0",
            "sys/class/thermal/thermal_zone0/temp": "asleep",
        },
    )
    assert values(LinuxLoad(tmp_path, lambda: 4)) == {}


def test_sensors_that_stop_the_laptop_are_left_alone(tmp_path: Path) -> None:
    tree(
        tmp_path,
        {
            "sys/class/hwmon/hwmon0/name": "dell_smm",
            "sys/class/hwmon/hwmon0/temp1_input": "70000",
        },
    )
    assert values(LinuxLoad(tmp_path, lambda: 4)) == {}


def test_without_a_number_of_threads_there_is_no_share(tmp_path: Path) -> None:
    tree(tmp_path, {"proc/loadavg": "9.50 6.40 3.20 2/900 4242\n"})
    assert values(LinuxLoad(tmp_path, lambda: None)) == {}


def test_macos() -> None:
    assert values(MacLoad(lambda: 12, lambda: 3.0)) == {"load_average.per_core": 0.25}
    assert values(MacLoad(lambda: 12, lambda: None)) == {}


def test_this_machine_has_a_load_or_none() -> None:
    load = load_of_five_minutes()
    assert load is None or load >= 0
