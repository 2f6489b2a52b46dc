"""Runs: every question of a set asked, scored and logged; runs compared, and gated."""
