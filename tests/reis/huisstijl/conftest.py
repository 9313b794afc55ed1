"""Eén browser voor alle schermtests van de huisstijl."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.reis.huisstijl import hulp


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with hulp.browser() as browser:
        yield browser
