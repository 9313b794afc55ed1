"""Hoe een verzoektype heet."""

from uuid import UUID

import pytest

from integratie.verzoeken.schemas import VerzoekTypeUit


@pytest.mark.parametrize(
    ("omschrijving", "titel"),
    [("Vergunning aanvragen", "Vergunning aanvragen"), ("", "vergunning"), ("Lang\nverhaal", "vergunning")],
)
def test_titel_is_de_omschrijving_als_die_kort_is(omschrijving: str, titel: str) -> None:
    soort = VerzoekTypeUit(naam="vergunning", omschrijving=omschrijving, url="", urn="", uuid=UUID(int=1), versies=[])
    assert soort.titel == titel
