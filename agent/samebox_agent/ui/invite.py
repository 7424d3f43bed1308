"""Draws the page that makes a single-use invite for a colleague."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from samebox_agent.core.intents import TypeInvitee
from samebox_agent.presenters.views import InviteView
from samebox_agent.ui import labels
from samebox_agent.ui.join import busy_banner, labelled
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.banner import BannerPanel
from samebox_agent.ui.widgets.buttons import IntentButton, Size
from samebox_agent.ui.widgets.fields import ExactText, LineField
from samebox_agent.ui.widgets.page import PageFrame
from samebox_agent.ui.widgets.panel import Panel
from samebox_agent.ui.widgets.text import Words


class InvitePage(PageFrame[InviteView]):
    """The link, once made, can be read, selected and copied."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._make = IntentButton(kit, Size.LARGE)
        self._intro = Words(Role.SOFT)
        self._label = Words(Role.STRONG)
        self._name = LineField(kit, labels.INVITEE_FIELD, lambda text: kit.send(TypeInvitee(text)))
        self._name.on_enter = True
        self._name.submitted.connect(self._make.click)
        self._result = Panel(kit, Space.GAP)
        self._heading = Words(Role.STRONG)
        self._link = ExactText(kit, labels.INVITE_LINK)
        self._copy = IntentButton(kit)
        self._result.body.addWidget(self._heading)
        self._result.body.addWidget(self._link)
        self._result.body.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignLeft)
        self._busy = BannerPanel(kit)
        self._trouble = BannerPanel(kit)
        self.body.addWidget(self._intro)
        self.body.addLayout(labelled(self._label, self._name))
        self.body.addWidget(self._result)
        for widget in (self._busy, self._trouble, self._make):
            self.foot.addWidget(widget)
        self.with_foot()

    def draw(self, view: InviteView) -> None:
        """Show the page."""
        self._intro.draw(view.intro)
        self._label.draw(labels.INVITEE_FIELD)
        self._name.draw(view.name, view.name_placeholder)
        self._heading.draw(labels.INVITE_LINK)
        self._link.draw(view.link)
        self._copy.draw_or_hide(view.copy)
        self._result.setVisible(bool(view.link))
        self._busy.draw(busy_banner(view.busy))
        self._trouble.draw(view.trouble)
        self._make.draw(view.make)

    def first_field(self) -> QWidget:
        return self._name
