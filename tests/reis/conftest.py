"""Geduld voor elke test in een browser."""

from playwright.sync_api import expect

# Gewoon is het vijf seconden; op een drukke machine met vier browsers en een database meet dat de machine, niet de pagina.
expect.set_options(timeout=15_000)
