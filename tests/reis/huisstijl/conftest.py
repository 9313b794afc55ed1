"""Een browser voor de schermtests van de huisstijl. Per module: er kan er maar één tegelijk open zijn, ook van andere mappen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.reis.huisstijl import hulp


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with hulp.browser() as browser:
        yield browser
