"""Van het besluit in MijnGemeente naar het bezwaarformulier, ingevuld met dat besluit en van niemand anders."""

from integratie.besluiten import BesluitenClient
from kern.installatie import Installatie
from tests.integratie.formulieren.hulp import Browser
from tests.integratie.formulieren.invullen import publiceer
from tests.integratie.mijngemeente.conftest import ANNA, JAN
from tests.integratie.mijngemeente.voorbeeld import maak_dossier


def _formulier(installatie: Installatie) -> None:
    vragen = ("nummer", "naam", "laatsteDag")
    velden = [
        {"type": "textfield", "key": f"b{veld}", "label": veld, "prefill": {"plugin": "besluit", "attribute": veld}}
        for veld in vragen
    ]
    publiceer(installatie, "bezwaar", *velden)


def test_bezwaar_maken_bij_het_besluit(ingericht: Installatie, jan: Browser, anna: Browser) -> None:
    dossier = maak_dossier(ingericht, JAN, "kiwi")
    jan.ga(f"/mijn/zaken/{dossier.zaak}")
    assert "U kunt bezwaar maken tot en met" in jan.tekst
    assert "/formulieren/bezwaar" not in jan.antwoord.text  # zonder het pakket is er geen formulier
    _formulier(ingericht)
    (besluit,) = BesluitenClient(ingericht, namens="besluiten").besluiten()
    adres = f"/formulieren/bezwaar?kenmerk={besluit.identificatie}"
    jan.ga(f"/mijn/zaken/{dossier.zaak}")
    assert adres in jan.links()
    jan.ga(adres)
    jan.stuur()
    assert jan.velden()["bnummer"] == besluit.identificatie
    assert jan.velden()["bnaam"]
    anna.ga(adres)
    anna.stuur()
    assert (anna.velden()["bnummer"], anna.velden()["bnaam"]) == ("", "")


def test_een_raar_kenmerk_telt_niet(ingericht: Installatie, jan: Browser) -> None:
    maak_dossier(ingericht, ANNA, "peer")
    _formulier(ingericht)
    for kenmerk in ("", "%22%3E%3Cscript", "x" * 51, "BESLUIT-ONBEKEND"):
        jan.ga(f"/formulieren/bezwaar?kenmerk={kenmerk}")
        assert "<script" not in jan.antwoord.text.split("</head>")[1].split("kenmerk")[0]
        jan.stuur()
        assert jan.velden()["bnummer"] == ""
