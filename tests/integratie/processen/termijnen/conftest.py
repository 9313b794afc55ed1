"""Een ingerichte gemeente met zaken die een klok hebben."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import uuid4

import pytest

from integratie.catalogi import CatalogiClient
from integratie.termijnen import TermijnenClient
from integratie.termijnen.schemas import KlokDetailUit, KlokIn
from integratie.zaken.schemas import ZaakIn, ZaakUit
from kern.instellingen import Instellingen
from tests.reishulp import Gemeente, ingerichte_gemeente

Beginnen = Callable[..., tuple[ZaakUit, KlokDetailUit]]


@pytest.fixture(scope="module")
def gemeente(eigen_instellingen: Callable[..., Instellingen]) -> Iterator[Gemeente]:
    with ingerichte_gemeente(eigen_instellingen("termijnen", ingericht=True)) as gemeente:
        yield gemeente


@pytest.fixture(scope="module")
def termijnen(gemeente: Gemeente) -> TermijnenClient:
    return TermijnenClient(gemeente.installatie, namens="behandelen")


@pytest.fixture(scope="module")
def zonder_klok(gemeente: Gemeente) -> Callable[..., ZaakUit]:
    """Een nieuwe zaak die op deze dag begint, nog zonder klok."""

    def maak(startdatum: date, zaaktype: str = "TV-VERGUNNING") -> ZaakUit:
        soort = CatalogiClient(gemeente.installatie, namens="processen").zaaktype(zaaktype, startdatum)
        assert soort is not None
        rsin = gemeente.installatie.instellingen.bronorganisatie
        return gemeente.zaken.maak_zaak(
            ZaakIn(bronorganisatie=rsin, verantwoordelijke_organisatie=rsin, zaaktype=soort.url, startdatum=startdatum),
            sleutel=uuid4().hex,
        )

    return maak


@pytest.fixture(scope="module")
def begin(termijnen: TermijnenClient, zonder_klok: Callable[..., ZaakUit]) -> Beginnen:
    """Een nieuwe vergunningzaak die op deze dag ontvangen is, met haar klok."""

    def maak(ontvangen: date, zaaktype: str = "TV-VERGUNNING") -> tuple[ZaakUit, KlokDetailUit]:
        zaak = zonder_klok(ontvangen, zaaktype)
        return zaak, termijnen.begin(KlokIn(zaak=zaak.url, door="bas", door_naam="Bas"))

    return maak
