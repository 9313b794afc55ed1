"""Betalen en uitbetalen, tegen de simulatoren; en het HTTP-verzoek op de lijst van de beheerder."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from contracten import BpmnFout, Onherstelbaar
from contracten.betaling import begin
from integratie.taken import TakenClient
from integratie.verzoeken import VerzoekenClient
from plugins.httpverzoek import mag
from tests.integratie.plugins.proef import Proef
from tests.reishulp import KOOP

OMSCHRIJVING = {"omschrijving": "Parkeervergunning"}
IBAN = "NL91ABNA0417164300"


def betaal(proef: Proef, taak: str, uitkomst: str) -> str:
    """Wat de inwoner doet: naar de betaalpagina en daar kiezen. Geeft het nummer van de betaling."""
    installatie = proef.gemeente.installatie
    adres = begin(installatie, TakenClient(installatie, namens="mijngemeente").klanttaak(taak), namens="mijngemeente")
    assert installatie.http.post(adres, data={"uitkomst": uitkomst}).status_code == httpx.codes.SEE_OTHER
    proef.gemeente.werk()
    return adres.rpartition("/")[2]


def test_betalen_en_verwerken(proef: Proef) -> None:
    verzoek = proef.verzoek()
    zaak = proef.voer_uit("zaken.zaak-aanmaken", {"zaaktype": "TV-VERGUNNING"}, verzoek=verzoek.url).zaak
    uitvoer = proef.voer_uit("betalen.verzoek", OMSCHRIJVING, zaak=zaak, bedrag="48.60")
    client = TakenClient(proef.gemeente.installatie, namens="processen")
    assert client.klanttaak(uitvoer.taak).details["bedrag"] == "48.60"
    assert proef.gemeente.zaken.zaak(zaak).betalingsindicatie == "nog_niet"
    mislukt = betaal(proef, uitvoer.taak, "mislukt")
    assert client.klanttaak(uitvoer.taak).status == "open"
    betaald = betaal(proef, uitvoer.taak, "betaald")
    assert betaald != mislukt
    betaling = VerzoekenClient(proef.gemeente.installatie, namens="processen").verzoek(verzoek.url).verzoek_betaling
    assert betaling is not None
    assert (betaling.voltooid, betaling.provider_kenmerk) == (True, betaald)
    uitkomst = proef.voer_uit("betalen.verwerken", zaak=zaak, betaling=uitvoer.betaling)
    assert (uitkomst.staat, uitkomst.betaald) == ("betaald", True)
    nu = proef.gemeente.zaken.zaak(zaak)
    assert (nu.betalingsindicatie, nu.laatste_betaaldatum is not None) == ("geheel", True)
    assert client.klanttaak(uitvoer.taak).status == "verwerkt"


def test_een_betaling_voor_iets_anders_telt_niet(proef: Proef) -> None:
    """Wie zelf iets betaalde, kan met dat nummer geen andere taak afronden; ook niet een die niet bestaat."""
    installatie, zaak = proef.gemeente.installatie, proef.zaak().url
    een, ander = (proef.voer_uit("betalen.verzoek", OMSCHRIJVING, zaak=zaak, bedrag=10) for _ in range(2))
    nummer = betaal(proef, een.taak, "betaald")
    for taak in (ander.taak.rpartition("/")[2], str(uuid4())):
        adres = f"{installatie.diensten['processen'].basis}/betalingen/{taak}"
        assert installatie.http.post(adres, data={"id": nummer}).status_code == httpx.codes.OK
    proef.gemeente.werk()
    client = TakenClient(installatie, namens="processen")
    assert [client.klanttaak(deel.taak).status for deel in (een, ander)] == ["uitgevoerd", "open"]


def test_niet_betaald_laat_de_taak_vervallen(proef: Proef) -> None:
    zaak = proef.zaak().url
    uitvoer = proef.voer_uit("betalen.verzoek", OMSCHRIJVING, zaak=zaak, bedrag=10)
    assert not proef.voer_uit("betalen.verwerken", zaak=zaak, betaling=uitvoer.betaling).betaald
    assert TakenClient(proef.gemeente.installatie, namens="processen").klanttaak(uitvoer.taak).status == "afgebroken"


def test_uitbetalen_gebeurt_een_keer(proef: Proef) -> None:
    verzoek = proef.gemeente.dien_in("vergunning", {**KOOP, "iban": IBAN, "fout": "NL00BANK0123456789"}).url
    keuze = {"omschrijving": "Bijzondere bijstand"}
    uitvoer = proef.voer_uit("uitbetalen.opdracht", keuze, zaak=proef.zaak().url, verzoek=verzoek, bedrag="312.50")
    opdrachten = proef.gemeente.installatie.http.get(
        f"{proef.gemeente.installatie.instellingen.adres}/simulatoren/uitbetalen/opdrachten"
    ).json()
    (eigen,) = [deel for deel in opdrachten if deel["kenmerk"] == uitvoer.uitbetaling]
    assert (eigen["bedrag"], eigen["omschrijving"]) == ("312.50", "Bijzondere bijstand")
    assert IBAN not in uitvoer.model_dump_json()
    with pytest.raises(BpmnFout, match="iban-onjuist"):
        proef.voer_uit(
            "uitbetalen.opdracht", {**keuze, "antwoord": "fout"}, zaak=proef.zaak().url, verzoek=verzoek, bedrag=1
        )


def test_http_verzoek_alleen_op_de_lijst(proef: Proef) -> None:
    adres = proef.gemeente.installatie.instellingen.adres
    sim: dict[str, Any] = {"adres": f"{adres}/simulatoren/bag"}
    gevonden = proef.voer_uit(
        "http.verzoek", sim, pad="adressenuitgebreid", parameters={"postcode": "9999ZA", "huisnummer": "12"}
    )
    assert gevonden.antwoord["_embedded"]["adressen"][0]["openbareRuimteNaam"] == "Dorpsstraat"
    with pytest.raises(BpmnFout, match="geweigerd"):
        proef.voer_uit("http.verzoek", sim, pad="adressenuitgebreid")
    for verboden in (f"{adres}/simulatoren/brp", "https://elders.example", f"{adres}/simulatoren/bagger"):
        with pytest.raises(Onherstelbaar, match="HTTP_TOEGESTAAN"):
            proef.voer_uit("http.verzoek", {"adres": verboden})
    with pytest.raises(Onherstelbaar, match="omhoog"):
        proef.voer_uit("http.verzoek", sim, pad="../brp/personen")


@pytest.mark.parametrize(
    ("url", "goed"),
    [
        ("https://a.example/api", True),
        ("https://a.example/api/x?y=1", True),
        ("https://a.example/apix", False),
        ("http://a.example/api", False),
        ("https://a.example.evil.example/api", False),
        ("https://a.example@evil.example/api", False),
        ("https://u:p@a.example/api", False),
        ("https://a.example:8443/api", False),
    ],
)
def test_de_lijst_van_adressen(url: str, *, goed: bool) -> None:
    assert mag(url, "https://b.example, https://a.example/api/") is goed
    assert not mag(url, "")
