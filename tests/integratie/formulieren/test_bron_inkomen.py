"""Een formulier dat met inkomen en vermogen ingevuld wordt: te zien en te wijzigen, en alleen voor wie voor zichzelf inlogt."""

from kern.installatie import Installatie
from tests.integratie.formulieren.hulp import JAN, Browser
from tests.integratie.formulieren.invullen import publiceer
from tests.integratie.formulieren.storing import storing

ZONDER_INKOMEN = "999000500"


def _formulier(installatie: Installatie) -> str:
    velden = [
        {"type": "currency", "key": veld, "label": veld, "prefill": {"plugin": "inkomen", "attribute": veld}}
        for veld in ("netto", "vermogen", "bestaatniet")
    ]
    return publiceer(installatie, "proef-inkomen", *velden)


def test_inkomen_en_vermogen_staan_er_al(ingericht: Installatie, browser: Browser) -> None:
    browser.log_in(_formulier(ingericht), persoon=JAN)
    browser.stuur()
    velden = browser.velden()
    assert (velden["netto"], velden["vermogen"], velden["bestaatniet"]) == ("2480,00", "4200,00", "")


def test_wie_de_bron_niet_kent_vult_het_zelf_in(ingericht: Installatie, browser: Browser) -> None:
    browser.log_in(_formulier(ingericht), persoon=ZONDER_INKOMEN)
    browser.stuur()
    assert browser.velden()["netto"] == ""


def test_zonder_bron_is_het_formulier_gewoon_in_te_vullen(ingericht: Installatie, browser: Browser) -> None:
    browser.log_in(_formulier(ingericht), persoon=JAN)
    with storing(ingericht, "/simulatoren/inkomen"):
        browser.stuur()
    assert browser.velden()["netto"] == ""
