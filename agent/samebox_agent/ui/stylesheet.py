"""The one style sheet, built from the tokens of theme.py. Painted controls are not in it."""

from PySide6.QtGui import QPalette

from samebox_agent.presenters.views import Tone
from samebox_agent.ui.theme import FAMILIES, MONO_FAMILIES, Radius, Role, Theme, Tokens


def style_sheet(theme: Theme) -> str:
    """The sheet for the colours in use."""
    return "\n".join(
        (
            _surfaces(theme),
            _text(theme),
            _fields(theme.tokens),
            _buttons(theme),
            _scrolling(theme.tokens),
            _menus(theme),
        )
    )


def palette(theme: Theme) -> QPalette:
    """For the few things Qt draws without the sheet, such as the tick in a menu."""
    role = QPalette.ColorRole
    colours = {
        role.Window: "window",
        role.WindowText: "ink",
        role.Base: "surface",
        role.AlternateBase: "sunken",
        role.Text: "ink",
        role.PlaceholderText: "placeholder",
        role.Button: "surface",
        role.ButtonText: "ink",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Link: "link",
        role.ToolTipBase: "ink",
        role.ToolTipText: "window",
    }
    result = QPalette()
    for which, token in colours.items():
        result.setColor(which, theme.colour(token))
    return result


def _names(families: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in families)


def _surfaces(theme: Theme) -> str:
    t = theme.tokens
    return f"""
QWidget {{ font-family: {_names(FAMILIES)}; font-size: {theme.body}px; color: {t.ink}; }}
QWidget[surface="window"] {{ background: {t.window}; }}
QWidget[surface="footer"] {{ background: {t.window}; border-top: 1px solid {t.edge}; }}
QWidget[surface="sheet"] {{ background: {t.surface}; border-top: 1px solid {t.edge}; }}
QScrollArea, QScrollArea > QWidget > QWidget[surface="body"] {{
  background: {t.window}; border: none; }}
QListView {{ background: {t.window}; border: none; outline: none; }}
"""


def _text(theme: Theme) -> str:
    t = theme.tokens
    bold = "font-weight: 600;"
    caption = f"font-size: {theme.size(Role.CAPTION)}px;"
    rules = [
        f'QLabel[role="title"] {{ font-size: {theme.size(Role.TITLE)}px; {bold} }}',
        f'QLabel[role="heading"] {{ font-size: {theme.size(Role.HEADING)}px; {bold} }}',
        f'QLabel[role="strong"] {{ {bold} }}',
        f'QLabel[role="soft"] {{ color: {t.ink_soft}; }}',
        f'QLabel[role="caption"] {{ color: {t.ink_soft}; {caption} }}',
    ]
    rules.append(f'QLabel[ink="full"] {{ color: {t.ink}; }}')
    rules += [f'QLabel[tone="{tone}"] {{ color: {theme.tone(tone).ink}; }}' for tone in Tone]
    return "\n".join(rules)


def _fields(t: Tokens) -> str:
    return f"""
QLineEdit, QTextEdit[field="true"], QPlainTextEdit[field="true"] {{
  background: {t.surface}; color: {t.ink}; border: 1px solid {t.control_edge};
  border-radius: {Radius.CONTROL}px; padding: 9px 12px;
  selection-background-color: {t.accent}; selection-color: {t.on_accent};
  placeholder-text-color: {t.placeholder};
}}
QTextEdit[field="true"], QPlainTextEdit[field="true"] {{ padding: 5px 8px; }}
QLineEdit:focus {{ border: 2px solid {t.focus}; padding: 8px 11px; }}
QTextEdit[field="true"]:focus, QPlainTextEdit[field="true"]:focus {{
  border: 2px solid {t.focus}; padding: 4px 7px; }}
QLineEdit:disabled, QTextEdit[field="true"]:disabled {{
  background: {t.disabled_fill}; color: {t.disabled_ink}; border-color: {t.disabled_fill}; }}
QPlainTextEdit[field="exact"] {{
  background: {t.sunken}; color: {t.ink}; border: 1px solid {t.edge};
  border-radius: {Radius.CONTROL}px; padding: 6px 8px; font-family: {_names(MONO_FAMILIES)};
  selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QPlainTextEdit[field="exact"]:focus {{ border: 1px solid {t.focus}; }}
"""


def _buttons(theme: Theme) -> str:
    t = theme.tokens
    return f"""
QPushButton {{
  border-radius: {Radius.CONTROL}px; padding: 8px 15px; font-weight: 600;
  border: 1px solid {t.control_edge}; background: {t.surface}; color: {t.ink}; }}
QPushButton:hover {{ background: {t.hover}; }}
QPushButton:pressed {{ background: {t.press}; }}
QPushButton:focus {{ border: 2px solid {t.focus}; padding: 7px 14px; }}
QPushButton[weight="primary"] {{
  background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; }}
QPushButton[weight="primary"]:hover {{
  background: {t.accent_hover}; border-color: {t.accent_hover}; }}
QPushButton[weight="primary"]:pressed {{
  background: {t.accent_press}; border-color: {t.accent_press}; }}
QPushButton[weight="primary"]:focus {{ border-color: {t.ink}; }}
QPushButton[weight="danger"] {{
  background: {t.danger}; color: {t.on_accent}; border-color: {t.danger}; }}
QPushButton[weight="danger"]:hover {{ background: {t.danger_hover}; }}
QPushButton[weight="danger"]:focus {{ border-color: {t.ink}; }}
QPushButton[weight="quiet"] {{
  background: transparent; color: {t.link}; border: 2px solid transparent; padding: 7px 1px; }}
QPushButton[weight="quiet"]:hover, QPushButton[weight="quiet"]:pressed {{
  text-decoration: underline; }}
QPushButton[weight="quiet"]:focus {{ border-color: {t.focus}; }}
QPushButton[shape="back"], QPushButton[shape="back"]:focus {{ padding: 2px 4px 2px 14px; }}
QPushButton[scale="large"] {{ padding: 12px 18px; font-size: {theme.size(Role.HEADING)}px; }}
QPushButton[scale="large"]:focus {{ padding: 11px 17px; }}
QPushButton[scale="small"], QPushButton[scale="small"]:focus {{
  padding: 3px 1px; font-size: {theme.size(Role.CAPTION)}px; }}
QPushButton:disabled, QPushButton[weight="primary"]:disabled,
QPushButton[weight="danger"]:disabled {{
  background: {t.disabled_fill}; color: {t.disabled_ink}; border-color: {t.disabled_fill}; }}
"""


def _scrolling(t: Tokens) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar::handle:vertical {{
  background: {t.control_edge}; border-radius: 4px; min-height: 32px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle:horizontal {{
  background: {t.control_edge}; border-radius: 4px; min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _menus(theme: Theme) -> str:
    t = theme.tokens
    return f"""
QMenu {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.edge}; padding: 6px; }}
QMenu::item {{ padding: 7px 24px 7px 12px; border-radius: {Radius.SMALL}px; }}
QMenu::item:selected {{ background: {t.hover}; }}
QMenu::item:disabled {{ color: {t.ink_soft}; }}
QMenu::separator {{ height: 1px; background: {t.edge}; margin: 6px 8px; }}
QToolTip {{ background: {t.ink}; color: {t.window}; border: none; padding: 6px 8px;
  font-size: {theme.size(Role.CAPTION)}px; }}
"""
