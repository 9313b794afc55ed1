"""De meegeleverde pakketten samen in één gemeente, zoals in de demo: van elk speelt het eerste scenario. De rest is `make pakketten`.

En van elk verzoektype, langs elk kanaal: de ontvangst wordt bevestigd, met een kopie (Awb 4:3a).
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dienstverlening.proefplaats import Proefplaats
from formuliermotor.sjablonen import als_tekst
from integratie.berichten import BerichtenClient
from integratie.processen import ProcessenClient
from integratie.processen.schemas import ZendingUit
from integratie.urn import ontleed
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.ontvangst import ontvangst_van
from integratie.verzoeken.schemas import VerzoekUit
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from processen import maak_motor
from processen.pakketten.scenario import Indiener, Scenario, Verzoek, lees_scenarios
from processen.pakketten.spelen import Spel
from tests.integratie.processen.pakketten.conftest import MAPPEN

ELDERS = "toeristische-verhuur"  # speelt al in de reis en in de andere toetsen
KANALEN = ("", "balie", "telefoon", "post")
ONTVANGEN = date(2026, 2, 27)
KOPIE = "Wat u heeft ingevuld"


@pytest.mark.parametrize("map_", [map_ for map_ in MAPPEN if map_.name != ELDERS], ids=lambda m: m.name)
def test_het_eerste_scenario(alles: Proefplaats, map_: Path) -> None:
    scenario = lees_scenarios(map_)[0]
    with alles.kopie(scenario.begin, scenario.bronnen) as installatie:
        assert Spel(installatie, maak_motor(installatie), scenario).speel() == []


def _verzoeken() -> Iterator[tuple[str, Scenario]]:
    """Per verzoektype een scenario dat ermee begint, van iemand die te bereiken is."""
    for map_ in MAPPEN:
        for scenario in reversed(lees_scenarios(map_)):
            if not scenario.indiener.anoniem:
                yield scenario.verzoek.type, scenario


ALLE = dict(_verzoeken())
LOOP = [(soort, KANALEN[nummer % len(KANALEN)]) for nummer, soort in enumerate(ALLE)]
REST = [(soort, kanaal) for soort in ALLE for kanaal in KANALEN if (soort, kanaal) not in LOOP]
GEVALLEN = [*LOOP, *(pytest.param(*geval, marks=pytest.mark.traag) for geval in REST)]


@pytest.fixture(scope="module")
def gedeeld(alles: Proefplaats) -> Iterator[Installatie]:
    """Eén gemeente voor alle verzoeken."""
    eerste = next(iter(ALLE.values()))
    with alles.kopie(eerste.begin, eerste.bronnen) as installatie:
        yield installatie


@pytest.mark.parametrize(("soort", "kanaal"), GEVALLEN)
def test_ontvangst_en_kopie(gedeeld: Installatie, soort: str, kanaal: str) -> None:
    scenario = ALLE[soort]
    anders = {"kanaal": kanaal, "ontvangen": ONTVANGEN if kanaal else None}
    verzoek = _dien_in(gedeeld, scenario, scenario.verzoek.model_copy(update=anders))
    zending = _bevestiging(gedeeld, verzoek)
    assert (zending.staat, bool(zending.kanalen)) == ("verzonden", True), zending.bewijs
    assert als_tekst(ONTVANGEN if kanaal else ontvangst_van(verzoek), "nl") in zending.tekst
    assert any(
        woord in zending.tekst for woord in ("uiterlijk op", "binnen", "registratienummer")
    )  # of het is al klaar
    assert "een kopie van wat u" in zending.tekst
    assert all(KOPIE in poging.wat for poging in zending.bewijs)
    _kopie_bij_zaak_en_bericht(gedeeld, scenario.indiener, verzoek, zending)


def test_elk_verzoektype_komt_aan_de_beurt() -> None:
    """Alleen `melding-heropenen` begint geen scenario: dat verzoek hoort bij een zaak die er al is, en staat daar in het scenario."""
    alle = {start.stem for map_ in MAPPEN for start in (map_ / "verzoektypen").glob("*.json")}
    assert len(alle) == len(ALLE) + 1


def _dien_in(installatie: Installatie, scenario: Scenario, verzoek: Verzoek) -> VerzoekUit:
    spel = Spel(installatie, maak_motor(installatie), scenario.model_copy(update={"verzoek": verzoek, "stappen": []}))
    spel.speel()
    return VerzoekenClient(installatie, namens="formulieren").verzoek(spel.verlopen["eerste"].verzoek)


def _bevestiging(installatie: Installatie, verzoek: VerzoekUit) -> ZendingUit:
    nummer = ontleed(verzoek.is_gerelateerd_aan[0].urn)["zaaknummer"]
    (zaak,) = ZakenClient(installatie, namens="processen").zoek_zaken(identificatie=nummer).results
    zendingen = ProcessenClient(installatie, namens="processen").zendingen(zaak.url)
    (zending,) = [z for z in zendingen if z.ontvangst and z.verzoek in (None, verzoek.url)]
    return zending


def _kopie_bij_zaak_en_bericht(
    installatie: Installatie, indiener: Indiener, verzoek: VerzoekUit, zending: ZendingUit
) -> None:
    kopie = str(ontleed(verzoek.verzoek_informatie_object)["uuid"])
    bij_zaak = ZakenClient(installatie, namens="processen").documenten(zending.zaak)
    assert any(koppeling.informatieobject.endswith(kopie) for koppeling in bij_zaak)
    berichten = BerichtenClient(installatie, namens="mijngemeente").alle_berichten({"ontvanger": indiener.urn})
    (bericht,) = [b for b in berichten if b.referentie == zending.uuid.hex[:25]]
    assert any(bijlage.informatie_object.endswith(kopie) for bijlage in bericht.bijlagen)
    assert zending.tekst[:4000] == bericht.bericht_tekst
