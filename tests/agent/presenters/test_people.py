"""My devices and the people I blocked, in words."""

from msgspec.structs import replace
from samebox_agent.core import helping_intents as wants
from samebox_agent.core.state import DeviceForm, Helping
from samebox_agent.presenters import people
from samebox_agent.presenters.views import PeopleView
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import DeviceId
from samebox_shared.model.people import OwnDevice

from tests.support.builders import BO, a_device_type, joined_state


def page(helping: Helping) -> PeopleView:
    return people.present(replace(joined_state(), helping=helping))


def test_each_device_says_where_it_comes_from_and_only_those_by_hand_can_go() -> None:
    phone = DeviceType(system=System.ANDROID, model="Galaxy S24")
    devices = (
        OwnDevice(device_id=DeviceId("d1"), device_type=a_device_type()),
        OwnDevice(device_id=DeviceId("d2"), device_type=a_device_type()),
        OwnDevice(device_id=DeviceId("d3"), device_type=phone, by_hand=True),
    )
    view = page(Helping(devices=devices))
    assert [row.detail for row in view.devices] == ["This laptop", "Has Samebox", "Added by hand"]
    assert view.devices[2].text == "Galaxy S24, Android"
    buttons = [row.button for row in view.devices]
    assert buttons[:2] == [None, None]
    assert buttons[2] is not None
    assert buttons[2].intent == wants.RemovePhone(DeviceId("d3"))


def test_a_phone_can_be_added_once_enough_is_said() -> None:
    assert not page(Helping()).add.enabled
    said = page(Helping(device_form=DeviceForm("ios", "Apple", "iPhone 15")))
    assert said.add.enabled
    assert [choice.chosen for choice in said.systems] == [True, False]


def test_whom_i_blocked_can_be_met_again() -> None:
    (row,) = page(Helping(blocked=(BO,))).blocked
    assert row.button is not None
    assert (row.button.label, row.button.intent) == (
        "Meet Bo again",
        wants.Unblock(BO.person_id),
    )
