"""De controle van variabelen: een onbekende naam, een vraag die het formulier niet heeft, en soorten die niet passen."""

import time
from itertools import pairwise

import pytest

from kern.installatie import Installatie
from processen import maak_motor
from processen.motor import Motor
from processen.pakketten import lees_pakket
from processen.pakketten.controle import controleer
from processen.pakketten.openen import MEEGELEVERD
from processen.pakketten.variabelen import variabelen
from tests.procesmodel import bpmn, einde, element, script, start

TV = "toeristische-verhuur"
HANGT = 30  # seconden CPU


@pytest.fixture
def motor(installatie: Installatie) -> Motor:
    return maak_motor(installatie)


def _bevindingen(motor: Motor, pakket: str, model: str, oud: str, nieuw: str) -> list[str]:
    """Wat de controle zegt als er in dit model één ding anders is."""
    gelezen = lees_pakket(MEEGELEVERD / pakket)
    bpmn = gelezen.processen[model]
    assert oud.encode() in bpmn
    anders = {**gelezen.processen, model: bpmn.replace(oud.encode(), nieuw.encode(), 1)}
    return controleer(gelezen.model_copy(update={"processen": anders}), motor)


@pytest.mark.parametrize("pakket", sorted(kop.parent.name for kop in MEEGELEVERD.glob("*/pakket.toml")))
def test_meegeleverde_pakketten_kloppen(motor: Motor, pakket: str) -> None:
    assert controleer(lees_pakket(MEEGELEVERD / pakket), motor) == []


@pytest.mark.parametrize(
    ("oud", "nieuw", "bevinding"),
    [
        ('source="=verzoek" target="verzoek"/><zeebe:output', 'source="=verzoeken" target="verzoek"/><zeebe:output',
         "zaak-aanmaken: variabele verzoeken in =verzoeken bestaat niet. Bedoelt u verzoek?"),
        ('source="=verzoek" target="verzoek"/><zeebe:output', 'source="=registratie" target="verzoek"/><zeebe:output',
         "zaak-aanmaken: variabele registratie in =registratie is hier nog niet gezet."),
        ('source="=zaak" target="zaak"/><zeebe:output source="=zaaknummer"', 'source="=zaakje" target="zaak"/><zeebe:output source="=zaaknummer"',
         "zaak-aanmaken: variabele zaakje in =zaakje bestaat niet. Bedoelt u zaak?"),
        ("registratienummer, aankomst, vertrek", "registratienummer, aankomstt, vertrek",
         "antwoorden: het formulier heeft geen vraag aankomstt. Bedoelt u aankomst?"),
        ('"=waarden.registratienummer"', '"=waarden.nummer"', "antwoorden: waarden in =waarden.nummer heeft geen veld nummer."),
        ('source="=oordeel" target="oordeel"', 'source="=oordelen" target="oordeel"',
         "te-veel: variabele oordelen in =oordelen bestaat niet. Bedoelt u oordeel?"),
        ("=registratie != null", "=registratie", "is-geregistreerd-naar-vergunning-zoeken: de voorwaarde =registratie geeft tekst, geen ja of nee."),
        ("=nachten &gt; 0", "=zaaknummer = 0", "dagen-kloppen-naar-registratie-zoeken: zaaknummer in =zaaknummer = 0 is tekst en wordt vergeleken met een getal."),
        ('<zeebe:input source="=nummer" target="naam"/><zeebe:output source="=product"', '<zeebe:input source="=[nummer]" target="naam"/><zeebe:output source="=product"',
         "registratie-zoeken: invoer naam (=[nummer]) is een lijst; producten.zoeken vraagt tekst."),
    ],
)  # fmt: skip
def test_een_melding_met_element_reden_en_remedie(motor: Motor, oud: str, nieuw: str, bevinding: str) -> None:
    model = f"{TV}-melding"
    gevonden = _bevindingen(motor, TV, model, oud, nieuw)
    passend = [regel for regel in gevonden if regel.startswith(f"processen/{model}.bpmn: {bevinding}")]
    assert passend, gevonden
    assert len(passend[0].removeprefix(f"processen/{model}.bpmn: ")) >= len(bevinding)


def test_antwoorden_van_een_klanttaak_zijn_vragen_van_haar_formulier(motor: Motor) -> None:
    gevonden = _bevindingen(motor, TV, f"{TV}-vergunning", "=antwoord.bijlagen", "=antwoord.bijlage")
    waar = f"processen/{TV}-vergunning.bpmn: aanvulling"
    assert gevonden == [f"{waar}: antwoord in =antwoord.bijlage heeft geen veld bijlage. Bedoelt u bijlagen?"]


def test_een_model_vol_lussen_houdt_de_controle_niet_op(motor: Motor) -> None:
    gelezen = lees_pakket(MEEGELEVERD / TV)
    namen = [f"g{nr}" for nr in range(200)]
    knopen = [script(naam, "1", naam) if nr % 2 else element("exclusiveGateway", naam) for nr, naam in enumerate(namen)]
    heen_en_weer = "\n".join(f"{a} > {b} [x]\n{b} > {a} [x]" for a, b in pairwise(namen))
    model = bpmn("vijand", start(), *knopen, einde(), f"start > g0\n{heen_en_weer}\ng199 > einde *")
    begonnen = time.process_time()
    assert list(variabelen(gelezen.model_copy(update={"processen": {"vijand": model}}), motor, {})) == []
    assert time.process_time() - begonnen < HANGT
