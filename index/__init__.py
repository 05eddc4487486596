"""Passages become searchable, questions become answers."""
