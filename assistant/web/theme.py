"""The looks: a quiet theme of our own on Gradio's, and the files in static/."""

from __future__ import annotations

from pathlib import Path

from gradio.themes import Base, Color, LocalFont, sizes

__all__ = ["STATIC", "dateline_theme", "static_text"]

STATIC = Path(__file__).with_name("static")

# From light to dark, as Gradio numbers them: 50, 100 to 900, 950.
_INK = Color(
    *("#f0f6f7", "#dbeaed", "#b9d6db", "#8cbcc4", "#5a9ca7", "#2f7d8a"),
    *("#0f5e6b", "#0c4d58", "#0a3f48", "#08343b", "#06262b"),
    name="ink",
)
_PAPER = Color(
    *("#faf9f6", "#f2f0eb", "#e4e1d9", "#cdc9be", "#a09b8e", "#78746a"),
    *("#5b5850", "#45433d", "#2e2d2a", "#1f1f1d", "#161715"),
    name="paper",
)


def static_text(name: str) -> str:
    """The text of a file in static/."""
    return (STATIC / name).read_text(encoding="utf-8")


def dateline_theme() -> Base:
    """One accent, paper and ink, fonts of the system or of Gradio's own files: nothing is loaded from elsewhere."""
    theme = Base(
        primary_hue=_INK,
        secondary_hue=_INK,
        neutral_hue=_PAPER,
        radius_size=sizes.radius_md,
        # 600, Gradio's weight for bold, ships as a subset that lacks most letters; 400 and 700 are complete.
        font=[LocalFont("Source Sans Pro", weights=(400, 700)), "system-ui", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )
    return theme.set(
        body_background_fill="#faf9f6",
        body_background_fill_dark="#161715",
        body_text_color="#1f1f1d",
        body_text_color_dark="#eae7df",
        body_text_color_subdued="#5b5850",
        body_text_color_subdued_dark="#b3aea2",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_border_width_dark="0px",
        block_shadow="none",
        block_shadow_dark="none",
        input_background_fill="#ffffff",
        input_background_fill_dark="#1f1f1d",
        input_border_color="#a09b8e",
        input_border_color_dark="#78746a",
        input_border_color_focus="#0f5e6b",
        input_border_color_focus_dark="#7cc4ce",
        input_placeholder_color="#6b675e",
        input_placeholder_color_dark="#a8a397",
        button_primary_background_fill="#0f5e6b",
        button_primary_background_fill_dark="#7cc4ce",
        button_primary_background_fill_hover="#0c4d58",
        button_primary_background_fill_hover_dark="#96d2da",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#0b1e21",
        link_text_color="#0f5e6b",
        link_text_color_dark="#7cc4ce",
        link_text_color_hover="#0c4d58",
        link_text_color_hover_dark="#a5d9e0",
        link_text_color_visited="#0f5e6b",
        link_text_color_visited_dark="#7cc4ce",
    )
