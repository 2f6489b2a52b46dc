"""What numbers are counted in: money, shares, and measures, each under one name whatever way it is written."""

from __future__ import annotations

__all__ = ["CURRENCY_SIGNS", "DOLLARS", "SHARE", "SHORT_MAGNITUDES", "TIMES", "UNITS"]

SHARE = "share"
"""Percentages and fractions: 50 percent, half and one in two are the same."""

TIMES = "times"

CURRENCY_SIGNS = {"$": "$", "€": "€", "£": "£", "¥": "¥", "₹": "₹", "₽": "₽", "₺": "₺", "₴": "₴", "₪": "₪"}

DOLLARS = frozenset("a au aus c ca can hk nz s sg nt r mx".split())
"""What stands right before the sign of a dollar, or another currency of that sign, that is not the American one."""

SHORT_MAGNITUDES = {"k": 10**3, "mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12}
SHORT_MAGNITUDES |= {"lakhs": 10**5, "crores": 10**7}
"""Written right after a number or a space later. "m" is not among them: without a currency it is metres as well."""

_NAMES = {
    "$": "dollar dollars usd buck bucks",
    "cent": "cent cents",
    "€": "euro euros eur",
    "£": "pound pounds sterling gbp quid",
    "¥": "yen jpy yuan renminbi",
    "₹": "rupee rupees inr",
    "₽": "rouble roubles ruble rubles",
    "₪": "shekel shekels",
    "km": "km kms kilometer kilometers kilometre kilometres",
    "mile": "mile miles",
    "m": "m metre metres meter meters",
    "cm": "cm centimetre centimetres centimeter centimeters",
    "mm": "mm millimetre millimetres millimeter millimeters",
    "foot": "ft foot feet",
    "inch": "inch inches",
    "yard": "yard yards",
    "kg": "kg kgs kilo kilos kilogram kilograms",
    "g": "gram grams",
    "tonne": "tonne tonnes ton tons",
    "lb": "lb lbs",
    "ounce": "ounce ounces oz",
    "litre": "litre litres liter liters",
    "gallon": "gallon gallons",
    "barrel": "barrel barrels",
    "acre": "acre acres",
    "hectare": "hectare hectares",
    "degree": "degree degrees",
    "mph": "mph",
    "kph": "kph kmh",
    "megawatt": "megawatt megawatts mw",
    "gigawatt": "gigawatt gigawatts gw",
    "second": "second seconds",
    "minute": "minute minutes min mins",
    "hour": "hour hours hr hrs",
    "day": "day days",
    "week": "week weeks",
    "month": "month months",
    "year": "year years yr yrs",
    "decade": "decade decades",
    "century": "century centuries",
    TIMES: "times fold",
}
UNITS = {word: unit for unit, words in _NAMES.items() for word in words.split()}
"""The name of the unit that a word in lower case stands for."""
