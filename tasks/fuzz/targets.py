"""What can be fuzzed, by name."""

from typing import Any

from tasks.fuzz.articles import ARTICLES
from tasks.fuzz.bundles import BUNDLE
from tasks.fuzz.conditions import CONDITIONS
from tasks.fuzz.judging import Target

TARGETS: dict[str, Target[Any]] = {each.name: each for each in (ARTICLES, BUNDLE, CONDITIONS)}
