"""Zoeken in de catalogus: woordstammen, synoniemen, een begin van een woord, delen van woorden en tikfouten; het beste voorop."""

from functools import partial

import pytest
from sqlalchemy import text

from integratie.producttypen import ProducttypenClient
from kern.installatie import Installatie
from registraties.producttypen.zoeken import afstand
from registraties.producttypen.zoekvragen import MEESTE_GEWOGEN, MEESTE_TREFFERS
from tests.integratie.kit.test_vragen import hoeveel
from tests.integratie.registraties.producten.hulp import Catalogus

ARTIKELEN = {
    "verhuur": ("Toeristische verhuur registreren", "Verhuurt u uw woning aan toeristen?", ["airbnb", "vakantieverhuur"]),
    "parkeer": ("Parkeervergunning bewoners", "Een vergunning om bij uw huis te parkeren.", ["auto", "kenteken"]),
    "paspoort": ("Paspoort aanvragen", "Vraag een nieuw paspoort aan bij de balie.", ["reisdocument"]),
    "rijbewijs": ("Rijbewijs vernieuwen", "Verloopt uw rijbewijs? Vraag op tijd een nieuw aan.", ["auto"]),
    "grofvuil": ("Grofvuil laten ophalen", "Wij halen uw oude meubels en café-inrichting op.", ["afval", "milieustraat"]),
    "hond": ("Hondenbelasting aanmelden", "Heeft u een hond? Betaal hondenbelasting.", []),
}  # fmt: skip


@pytest.fixture
def artikelen(catalogus: Catalogus) -> Catalogus:
    for code, (naam, samenvatting, keywords) in ARTIKELEN.items():
        catalogus.type(
            code, naam=naam, samenvatting=samenvatting, keywords=keywords, publicatie_start_datum="2026-01-01"
        )
    return catalogus


def vind(catalogus: Catalogus, vraag: str) -> list[str]:
    """De codes op volgorde van de zoekuitkomst."""
    return [soort.code for soort in catalogus.client.zoek_producten(vraag).results]


@pytest.mark.parametrize(
    ("vraag", "verwacht"),
    [
        ("verhuren", "verhuur"),  # woordstam
        ("toeristen woningen", "verhuur"),
        ("VAKANTIEVERHUUR", "verhuur"),  # trefwoord
        ("airb", "verhuur"),  # begin van een woord
        ("paspo", "paspoort"),
        ("pas", "paspoort"),
        ("vergunning parkeren", "parkeer"),  # delen van een samengesteld woord
        ("vuil", "grofvuil"),
        ("cafe inrichting", "grofvuil"),  # zonder accent
        ("Café-inrichting!", "grofvuil"),
        ("belasting", "hond"),
        ("rijbewijzen", "rijbewijs"),  # z en s
        ("ik wil een nieuw paspoort", "paspoort"),  # woorden die niets zeggen tellen niet
    ],
)
def test_vindt_wat_iemand_bedoelt(artikelen: Catalogus, vraag: str, verwacht: str) -> None:
    assert vind(artikelen, vraag) == [verwacht]


@pytest.mark.parametrize(
    ("vraag", "verwacht"),
    [
        ("pasport", "paspoort"),
        ("paspoort anvragen", "paspoort"),
        ("rijbwijs", "rijbewijs"),
        ("rijbewijs vernieuwn", "rijbewijs"),
        ("parkeervergunnign", "parkeer"),
        ("grofvuli", "grofvuil"),
        ("hodn", "hond"),
        ("vakantieverhuru", "verhuur"),
    ],
)
def test_vergeeft_tikfouten(artikelen: Catalogus, vraag: str, verwacht: str) -> None:
    assert vind(artikelen, vraag) == [verwacht]


def test_synoniemen_vult_de_gemeente(artikelen: Catalogus) -> None:
    assert vind(artikelen, "sloopafval wegbrengen") == ["grofvuil"]  # een deel van de woorden
    assert vind(artikelen, "ID kaart") == []
    artikelen.maak("synoniemen", woorden=["Paspoort", "ID-kaart", "identiteitsbewijs"])
    assert vind(artikelen, "ID kaart") == ["paspoort"]
    assert vind(artikelen, "id-kaart aanvragen") == ["paspoort"]
    assert vind(artikelen, "identiteitsbewijzen") == ["paspoort"]
    assert vind(artikelen, "identiteitsbewijs") == ["paspoort"]
    assert vind(artikelen, "identiteidsbewijs") == ["paspoort"]  # met een tikfout


def test_het_best_passende_staat_voorop(artikelen: Catalogus) -> None:
    artikelen.type(
        "los",
        naam="Verlies melden",
        samenvatting="Ook van een paspoort of rijbewijs.",
        publicatie_start_datum="2026-01-01",
    )
    assert vind(artikelen, "paspoort") == ["paspoort", "los"]
    assert vind(artikelen, "auto")[0] in ("parkeer", "rijbewijs")
    assert vind(artikelen, "rijbewijs auto paspoort")[0] in ("rijbewijs", "los")


VELE = """
WITH nieuw AS (
    INSERT INTO producttypen.producttype (id, uniforme_product_naam, doelgroep, naam, samenvatting, code, keywords,
        publicatie_start_datum, interne_opmerkingen, aanmaak_datum, update_datum, externe_codes, parameters,
        toegestane_statussen, zaaktypen, verzoektypen, processen)
    SELECT gen_random_uuid(), 'aanvraag', 'burgers', 'Aanvraag ' || g, 'Een formulier.', 'V' || g, '[]', '2026-01-01', '',
        '2026-01-01', '2026-01-01', '[]', '[]', '[]', '[]', '[]', '[]' FROM generate_series(1, :aantal) AS g
    RETURNING id
) SELECT count(*) FROM nieuw
"""


def test_het_beste_staat_ook_voorop_als_er_meer_past_dan_gewogen_wordt(
    installatie: Installatie, artikelen: Catalogus
) -> None:
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(text(VELE), {"aantal": MEESTE_GEWOGEN + 50})
        verbinding.execute(text("SELECT producttypen.vernieuw_zoekregel(id) FROM producttypen.producttype"))
    beide = {"samenvatting": "Een formulier.", "publicatie_start_datum": "2026-01-01"}
    artikelen.type("BEGIN", naam="Formulier voor een boom", **beide)
    artikelen.type("TWEE", naam="Aanvraag met formulier", **beide)
    assert vind(artikelen, "formulier")[:2] == [
        "BEGIN",
        "TWEE",
    ]  # het woord staat bij de rest alleen in de samenvatting
    assert vind(artikelen, "aanvraag formulier")[0] == "TWEE"
    antwoord = artikelen.client.vraag("GET", "producttypen", params={"zoek": "formulier"})
    assert antwoord["count"] == MEESTE_TREFFERS


def test_inhoud_en_vertaling_zijn_te_vinden_en_volgen_elke_wijziging(artikelen: Catalogus) -> None:
    soort = next(rij for rij in artikelen.lijst("producttypen", code="hond"))
    inhoud = artikelen.maak("content", content="Kwijtscheldingen kunnen ook.", producttype_uuid=soort["uuid"])
    assert vind(artikelen, "kwijtschelding") == ["hond"]
    artikelen.client.vraag("PUT", f"content/{inhoud['uuid']}/vertaling/en", json={"content": "Guide dogs are exempt."})
    assert vind(artikelen, "guide dog") == ["hond"]
    artikelen.client.vraag("DELETE", f"content/{inhoud['uuid']}")
    assert vind(artikelen, "kwijtschelding") == []
    vertaling = {"naam": "Dog tax", "samenvatting": "Do you own a dog?"}
    artikelen.client.vraag("PUT", f"producttypen/{soort['uuid']}/vertaling/en", json=vertaling)
    assert vind(artikelen, "dogs") == ["hond"]
    artikelen.wijzig("producttypen", soort, naam="Hondenpenning")
    assert vind(artikelen, "penning") == ["hond"]


@pytest.mark.parametrize("vraag", ["", "'", "&|!:*()", "%_", "x" * 5000, "a " * 500, "\t", "🐕", "de het een", "-1"])
def test_een_vreemde_vraag_is_geen_fout(artikelen: Catalogus, vraag: str) -> None:
    antwoord = artikelen.client.vraag("GET", "producttypen", params={"zoek": vraag})
    assert isinstance(antwoord["count"], int)


def test_een_gekozen_volgorde_gaat_voor(artikelen: Catalogus) -> None:
    rijen = artikelen.lijst("producttypen", zoek="vraag nieuw", ordering="-naam")
    assert [rij["code"] for rij in rijen] == ["rijbewijs", "paspoort"]


def test_zoeken_kost_een_vast_aantal_vragen(installatie: Installatie, artikelen: Catalogus) -> None:
    client = ProducttypenClient(installatie, namens="processen")
    vragen = ("paspoort", "pasport", "walvis zeemonster")
    kosten = [hoeveel(installatie, partial(client.zoek_producten, vraag)) for vraag in vragen]
    assert kosten[0] <= 6
    assert max(kosten) <= 12


@pytest.mark.parametrize(
    ("een", "twee", "verwacht"),
    [("hond", "hond", 0), ("hodn", "hond", 1), ("pasport", "paspoort", 1), ("", "abc", 3), ("kat", "hond", 4)],
)
def test_afstand_telt_weg_erbij_anders_en_verwisseld(een: str, twee: str, verwacht: int) -> None:
    assert afstand(een, twee) == verwacht
