"""What numbers are counted in: money, shares, and measures, each under one name whatever way it is written."""

from __future__ import annotations

from index.language.lists import word_groups

SHARE = "share"
"""Percentages and fractions: 50 percent, half and one in two are the same."""

TIMES = "times"

CURRENCY_SIGNS = {"$": "$", "€": "€", "£": "£", "¥": "¥", "₹": "₹", "₽": "₽", "₺": "₺", "₴": "₴", "₪": "₪"}

DOLLARS = frozenset("a au aus c ca can hk nz s sg nt r mx".split())
"""What stands right before the sign of a dollar, or another currency of that sign, that is not the American one."""

SHORT_MAGNITUDES = {"k": 10**3, "mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12}
SHORT_MAGNITUDES |= {"lakhs": 10**5, "crores": 10**7}
"""Written right after a number or a space later. "m" is not among them: without a currency it is metres as well."""

UNITS = {word: unit for unit, words in word_groups("units").items() for word in words}
"""The name of the unit that a word in lower case stands for."""
