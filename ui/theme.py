"""Gradio's theme, drawn from the colours of static/base.css so that there is one palette."""

import gradio as gr

# Each family sets Vietnamese with its stacked marks; nothing is downloaded.
FONTS = ("system-ui", "Segoe UI", "Roboto", "Noto Sans", "Helvetica Neue", "Arial", "sans-serif")
MONO_FONTS = ("ui-monospace", "Consolas", "Noto Sans Mono", "monospace")

# Names of base.css; they change with the colour scheme there, so light and dark are the same here.
_COLOURS = {
    "body_background_fill": "var(--paper)",
    "body_text_color": "var(--ink)",
    "body_text_color_subdued": "var(--faint)",
    "background_fill_primary": "var(--surface)",
    "background_fill_secondary": "var(--paper)",
    "border_color_primary": "var(--line)",
    "border_color_accent": "var(--accent)",
    "color_accent_soft": "var(--accent-soft)",
    "link_text_color": "var(--accent)",
    "link_text_color_hover": "var(--accent)",
    "link_text_color_active": "var(--accent)",
    "link_text_color_visited": "var(--accent)",
    "block_background_fill": "var(--surface)",
    "block_border_color": "var(--line)",
    "block_label_text_color": "var(--faint)",
    "block_title_text_color": "var(--ink)",
    "accordion_text_color": "var(--ink)",
    "input_background_fill": "var(--surface)",
    "input_background_fill_focus": "var(--surface)",
    "input_border_color": "var(--line-strong)",
    "input_border_color_focus": "var(--accent)",
    "input_placeholder_color": "var(--faint)",
    "button_primary_background_fill": "var(--accent)",
    "button_primary_background_fill_hover": "var(--accent-strong)",
    "button_primary_border_color": "var(--accent)",
    "button_primary_text_color": "var(--on-accent)",
    "button_secondary_background_fill": "var(--surface)",
    "button_secondary_background_fill_hover": "var(--accent-soft)",
    "button_secondary_border_color": "var(--line-strong)",
    "button_secondary_text_color": "var(--ink)",
}


def calm_theme() -> gr.themes.Base:
    """Give the theme of the chat page; it asks no other host for fonts."""
    theme = gr.themes.Base(font=FONTS, font_mono=MONO_FONTS, text_size="lg", radius_size="md")
    dark = {f"{name}_dark": value for name, value in _COLOURS.items()}
    return theme.set(
        **_COLOURS,
        **dark,
        color_accent="var(--accent)",
        input_border_width="1px",
        input_border_width_dark="1px",
        button_border_width="1px",
        button_border_width_dark="1px",
    )
