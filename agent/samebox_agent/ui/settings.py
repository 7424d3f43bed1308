"""Draws the settings: switches, how Samebox looks, and what it is and costs."""

from samebox_agent.presenters.views import SettingsView
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.rows import RowPanel
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.banner import BannerPanel
from samebox_agent.ui.widgets.buttons import ButtonRow, Chips
from samebox_agent.ui.widgets.column import Column
from samebox_agent.ui.widgets.page import PageFrame
from samebox_agent.ui.widgets.panel import Panel
from samebox_agent.ui.widgets.switch import SwitchRow
from samebox_agent.ui.widgets.text import Words


class SettingsPage(PageFrame[SettingsView]):
    """Nothing here needs a Save button: each switch takes effect at once."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._banners = Column(lambda: BannerPanel(kit), Space.GAP)
        self._switches = RowPanel(kit, lambda: SwitchRow(kit))
        self._heading = Words(Role.HEADING)
        self._appearance = Chips(kit, "")
        self._links = ButtonRow(kit)
        self._about_panel = Panel(kit, Space.SMALL)
        self._about = Column(lambda: Words(Role.CAPTION), Space.SMALL)
        self._about_panel.body.addWidget(self._about)
        for widget in (
            self._banners,
            self._switches,
            self._heading,
            self._appearance,
            self._links,
            self._about_panel,
        ):
            self.body.addWidget(widget)

    def draw(self, view: SettingsView) -> None:
        """Show the page."""
        self._banners.draw(view.banners)
        self._switches.draw(view.switches)
        self._heading.draw(view.appearance_heading)
        self._appearance.setAccessibleName(view.appearance_heading)
        self._appearance.draw(view.appearance)
        self._links.draw(view.links)
        self._about.draw(view.about)
        self._about_panel.setVisible(bool(view.about))
