"""Een plugin van een ander, als echt geïnstalleerd pakket: het platform gebruikt zijn bron en zijn inlogmiddel."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dienstverlening.aanmelden import maak_app, middelen_van
from formulieren.aanvrager import Aanvrager
from formulieren.voorinvulling import BronOntbreekt, bronnen_van, haal_op
from formuliermotor import Formulierdefinitie, lees_definitie
from kern.installatie import Installatie
from kern.toegang import eigenaar_van
from tests.integratie.kern.schermen import gekoppeld
from tests.kernhulp import inwoner

CODE = """
from contracten import Bron, BronNietBereikbaar, Inlogmiddel, Tekst, Veld
from kern.aanmelden import Inlogmiddel as Middel
from kern.plugins import haak

NAAM = Tekst("Proef", "Trial")


class Inkomen(Bron):
    sleutel = "toeslagen"
    naam = NAAM
    grondslag = Tekst("Participatiewet, artikel 64", "Participation Act, section 64")
    velden = (Veld("jaarinkomen", NAAM), Veld("voor", NAAM), Veld("doel", NAAM))

    def haal(self, installatie, wie, gevraagd):
        if wie.kenmerk == "stuk":
            raise BronNietBereikbaar("storing")
        kent = {"jaarinkomen": 21000, "voor": wie.waarbij, "doel": wie.doel, "geheim": wie.identiteit.bsn}
        return {naam: kent[naam] for naam in gevraagd if naam in kent}


class Makelaar(Inlogmiddel):
    sleutel = "makelaar"
    naam = NAAM

    def middelen(self, installatie):
        return [Middel(naam="makelaar", titel="Makelaar", doelgroep="inwoner", bron="digid", issuer="https://m.test", client_id="x")]


@haak
def bronnen():
    return [Inkomen]


@haak
def inlogmiddelen():
    return [Makelaar]
"""


@pytest.fixture
def met_plugin(installatie: Installatie, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installatie]:
    """De installatie waarin PLUGINS ook die van de ander noemt."""
    (tmp_path / "proefderde.py").write_text(CODE)
    info = tmp_path / "proefderde-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: proefderde\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[dienstverlening.plugins]\nderde = proefderde\n")
    monkeypatch.syspath_prepend(tmp_path)
    eigen = Installatie(installatie.instellingen.model_copy(update={"plugins": "bronnen,derde"}))
    yield eigen
    eigen.sluit()
    sys.modules.pop("proefderde", None)


def definitie() -> Formulierdefinitie:
    vragen = [
        {"type": "textfield", "key": naam, "label": naam, "prefill": {"plugin": "toeslagen", "attribute": attribuut}}
        for naam, attribuut in (
            ("inkomen", "jaarinkomen"),
            ("voor", "voor"),
            ("doel", "doel"),
            ("leeg", "bestaat-niet"),
        )
    ]
    return lees_definitie(
        {"slug": "toeslag", "naam": "Toeslag", "stappen": [{"naam": "een", "titel": "Een", "componenten": vragen}]}
    )


def test_een_bron_van_een_ander_vult_formulieren_in(met_plugin: Installatie) -> None:
    """Naast de ingebouwde; met de identiteit, het doel en het formulier, en alleen wat gevraagd is."""
    bronnen = bronnen_van(met_plugin)
    assert set(bronnen) == {"brp", "kvk", "besluit", "inkomen", "toeslagen"}
    wie = inwoner()
    aanvrager = Aanvrager(eigenaar_van(wie), wie)
    gevonden = haal_op(met_plugin, bronnen, definitie(), aanvrager)
    assert gevonden == {
        "inkomen": 21000,
        "voor": "toeslag",
        "doel": "urn:dienstverlening:verwerking:formulier-invullen",
    }
    with pytest.raises(BronOntbreekt, match="toeslagen"):
        haal_op(met_plugin, bronnen, definitie(), aanvrager, "stuk")
    assert haal_op(met_plugin, bronnen, definitie(), Aanvrager(("sessie", "x"))) == {}


def test_een_inlogmiddel_van_een_ander_is_te_kiezen(met_plugin: Installatie) -> None:
    """Naast die van de gemeente (hier: de simulator), op de pagina waar iemand kiest."""
    assert [middel.naam for middel in middelen_van(met_plugin)][-1] == "makelaar"
    tekst = gekoppeld(maak_app(met_plugin), "/aanmelden").get("/aanmelden/?voor=inwoner").text
    assert "/aanmelden/makelaar" in tekst
    assert "/aanmelden/digid" in tekst
