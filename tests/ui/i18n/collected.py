"""What there is to translate, read out of all sources once."""

from __future__ import annotations

from functools import cache

from ui.i18n import collect

texts = cache(collect.texts)
