"""My devices, also a phone that has no Samebox, and the people I blocked."""

from samebox_shared.model.people import OwnDevice

from samebox_agent.core import helping_intents as wants
from samebox_agent.core import volunteering
from samebox_agent.core.state import AgentState
from samebox_agent.presenters import wording
from samebox_agent.presenters.views import Button, Choice, Field, OwnRow, PeopleView, Weight


def present(state: AgentState) -> PeopleView:
    """What the server knows of them; changes show once it has taken them."""
    form = state.helping.device_form
    return PeopleView(
        title="My devices and people",
        devices_heading="My devices",
        devices_detail=(
            "You are asked about these. A phone has no Samebox: add it by hand if you know it well."
        ),
        devices=tuple(_device(state, item) for item in state.helping.devices),
        add_heading="Add a phone or tablet",
        systems=tuple(
            Choice(wording.SYSTEMS[system], form.system == system, wants.SayPhoneSystem(system))
            for system in volunteering.PHONES
        ),
        vendor=Field("Maker", form.vendor, "Samsung"),
        model=Field("Model", form.model, "Galaxy S24"),
        add=Button("Add", wants.AddPhone(), enabled=volunteering.can_add(form)),
        blocked_heading="People I do not want to meet",
        blocked=tuple(
            OwnRow(
                person.name,
                "You two are not brought together. They are not told.",
                Button(f"Meet {person.name} again", wants.Unblock(person.person_id), Weight.QUIET),
            )
            for person in state.helping.blocked
        ),
        nobody="Nobody. In a conversation, the menu has “Never meet again”.",
    )


def _device(state: AgentState, item: OwnDevice) -> OwnRow:
    name = wording.device(item.device_type)
    if item.by_hand:
        remove = Button("Remove", wants.RemovePhone(item.device_id), Weight.QUIET, hint=name)
        return OwnRow(name, "Added by hand", remove)
    here = state.me is not None and item.device_id == state.me.device_id
    return OwnRow(name, "This laptop" if here else "Has Samebox", None)
