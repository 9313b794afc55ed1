"""De contracten van plugins: elk is in te vullen, komt door de haak binnen, en een dubbele sleutel valt op."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pluggy
import pytest
from wtforms import Form

import contracten
from contracten import (
    Begonnen,
    Betaalprovider,
    Betaalproviders,
    Betaalstaat,
    Betaalverzoek,
    Bron,
    Bronnen,
    Inlogmiddel,
    Inlogmiddelen,
    Ongeldig,
    Tekst,
    Veld,
    Veldtype,
    Veldtypen,
    Vrager,
)
from kern.aanmelden import Inlogmiddel as Middel
from kern.installatie import Installatie
from kern.plugins import HAKEN, PROJECT, Haken, Plugins, haak
from tests.kernhulp import inwoner

NAAM = Tekst("Proef", "Trial")


class Inkomen(Bron):
    sleutel = "inkomen"
    naam = NAAM
    grondslag = Tekst("Participatiewet", "Participation Act")
    velden = (Veld("jaarinkomen", NAAM), Veld("werkgever", NAAM))

    def haal(self, installatie: Installatie, wie: Vrager, gevraagd: Iterable[str]) -> Mapping[str, Any]:
        del installatie
        kent = {"jaarinkomen": Decimal(21000), "werkgever": wie.waarbij}
        return {naam: kent[naam] for naam in gevraagd if naam in kent}


class Kenteken(Veldtype):
    sleutel = "kenteken"
    naam = NAAM
    schema: ClassVar[Mapping[str, Any]] = {"type": "string"}

    def lees(self, invoer: Any, opties: Mapping[str, Any]) -> str:
        del opties
        if len(invoer.replace("-", "")) != 6:
            raise Ongeldig(Tekst("Vul een kenteken van 6 tekens in.", "Enter a licence plate of 6 characters."))
        return str(invoer).upper()


class Kassa(Betaalprovider):
    sleutel = "kassa"
    naam = NAAM

    def __init__(self) -> None:
        self.betalingen: dict[UUID, str] = {}

    def begin(self, installatie: Installatie, verzoek: Betaalverzoek) -> Begonnen:
        del installatie
        nummer = self.betalingen.setdefault(verzoek.sleutel, f"b{len(self.betalingen)}")
        return Begonnen(nummer, f"https://kassa.test/{nummer}")

    def staat(self, installatie: Installatie, nummer: str, waarvoor: UUID) -> Betaalstaat:
        del installatie, waarvoor
        return "betaald" if nummer in self.betalingen.values() else "verlopen"

    def lees_melding(self, koppen: Mapping[str, str], inhoud: bytes) -> str:
        if "X-Kassa" not in koppen:
            raise ValueError("geen melding van de kassa")
        return inhoud.decode()


class Makelaar(Inlogmiddel):
    sleutel = "makelaar"
    naam = NAAM

    def middelen(self, installatie: Installatie) -> Iterable[Middel]:
        del installatie
        return [
            Middel(
                naam="digid", titel="DigiD", doelgroep="inwoner", bron="digid", issuer="https://m.test", client_id="x"
            )
        ]


INSTALLATIE: Any = SimpleNamespace()


def test_bron_geeft_alleen_wat_gevraagd_is() -> None:
    bron = Bronnen([Inkomen])["inkomen"]
    wie = Vrager(inwoner(), "formulier-invullen", "bijzondere-bijstand")
    assert bron.haal(INSTALLATIE, wie, ["jaarinkomen"]) == {"jaarinkomen": Decimal(21000)}
    assert bron.onbekend(["jaarinkomen", "schuld"]) == ["schuld"]


def test_veldtype_leest_en_weigert_met_uitleg() -> None:
    veldtype = Veldtypen([Kenteken()])["kenteken"]
    assert veldtype.lees("ab-12-cd", {}) == "AB-12-CD"
    with pytest.raises(Ongeldig) as geweigerd:
        veldtype.lees("x", {})
    assert geweigerd.value.uitleg.en
    formulier = type("F", (Form,), {"kenteken": veldtype.veld({}, label="Kenteken")})()
    assert formulier["kenteken"].label.text == "Kenteken"
    assert veldtype.toon(None, {}) == ""
    assert list(veldtype.fouten_in({})) == []


def test_dezelfde_sleutel_is_dezelfde_betaling() -> None:
    kassa = Betaalproviders([Kassa])["kassa"]
    verzoek = Betaalverzoek(
        uuid4(), uuid4(), Decimal("12.50"), "ZAAK-1", "Leges", "https://x.test/terug", "https://x.test/meld"
    )
    begonnen = kassa.begin(INSTALLATIE, verzoek)
    assert kassa.begin(INSTALLATIE, verzoek) == begonnen
    assert (
        kassa.staat(INSTALLATIE, kassa.lees_melding({"X-Kassa": "1"}, begonnen.nummer.encode()), verzoek.waarvoor)
        == "betaald"
    )
    with pytest.raises(ValueError, match="melding"):
        kassa.lees_melding({}, b"b0")


def test_inlogmiddelen_hebben_elk_een_eigen_naam() -> None:
    assert [middel.naam for middel in Inlogmiddelen([Makelaar]).alle(INSTALLATIE)] == ["digid"]

    class Tweede(Makelaar):
        sleutel = "tweede"

    with pytest.raises(ValueError, match="digid"):
        Inlogmiddelen([Makelaar, Tweede]).alle(INSTALLATIE)


def test_twee_met_dezelfde_sleutel_is_een_fout() -> None:
    with pytest.raises(ValueError, match="twee bronnen met sleutel inkomen"):
        Bronnen([Inkomen, Inkomen])


def test_een_plugin_levert_door_de_haken() -> None:
    class Proefplugin:
        @haak
        def bronnen(self) -> Iterable[Any]:
            return [Inkomen]

        @haak
        def betaalproviders(self) -> Iterable[Any]:
            return [Kassa()]

    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Haken)
    manager.register(Proefplugin())
    plugins = Plugins(manager)
    assert list(Bronnen(plugins.verzamel("bronnen"))) == ["inkomen"]
    assert list(Betaalproviders(plugins.verzamel("betaalproviders"))) == ["kassa"]
    assert plugins.verzamel("veldtypen") == []


def test_elke_haak_heeft_een_contract() -> None:
    contract = {
        "bouwblokken": "Bouwblok", "kanalen": "Kanaal", "bronnen": "Bron", "veldtypen": "Veldtype", "betaalproviders": "Betaalprovider",
        "inlogmiddelen": "Inlogmiddel", "bekendmakers": "Bekendmaker",
    }  # fmt: skip
    assert set(HAKEN) == {"delen", *contract}
    assert all(hasattr(contracten, naam) for naam in contract.values())
