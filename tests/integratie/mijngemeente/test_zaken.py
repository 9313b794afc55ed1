"""Mijn zaken: lijst, zoeken, bladeren, en de pagina van één zaak."""

from typing import Any

from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from tests.integratie.formulieren.hulp import Browser
from tests.integratie.formulieren.storing import storing
from tests.integratie.mijngemeente.conftest import JAN
from tests.integratie.mijngemeente.voorbeeld import INHOUD, maak_dossier, maak_zaak_van
from tests.integratie.registraties.typen import maak_typen
from tests.integratie.registraties.zaken.hulp import sluit, zet_status

MEESTE_AANROEPEN = 4


def test_leeg_portaal_legt_uit_wat_er_komt(jan: Browser) -> None:
    assert "U hoeft nu niets te doen" in jan.tekst
    assert "Er lopen geen zaken" in jan.tekst
    assert "U heeft alles gelezen" in jan.tekst
    for pad, kop in (("zaken", "Er lopen geen zaken"), ("berichten", "U heeft nog geen berichten")):
        jan.ga(f"/mijn/{pad}")
        assert kop in jan.tekst


def test_overzicht_toont_wat_er_is(ingericht: Installatie, jan: Browser) -> None:
    maak_dossier(ingericht, JAN, "kiwi")
    jan.ga("/mijn/")
    for tekst in ("Taak kiwi", "ZAAK-kiwi", "Bericht kiwi", "Aanvraag behandelen"):
        assert tekst in jan.tekst
    jan.ga("/mijn/?taal=en")
    assert jan.kop == "Welcome to MijnGemeente"
    assert '<span lang="nl">Taak kiwi</span>' in jan.antwoord.text


def test_een_bron_die_hapert_raakt_alleen_haar_eigen_blok(ingericht: Installatie, jan: Browser) -> None:
    maak_dossier(ingericht, JAN, "kiwi")
    with storing(ingericht, "/taken/api/v1"):
        jan.ga("/mijn/")
    assert jan.antwoord.status_code == 200
    assert "niet bereikbaar" in jan.tekst
    assert "U hoeft nu niets te doen" not in jan.tekst
    assert "ZAAK-kiwi" in jan.tekst
    with storing(ingericht, "/zaken/api/v1"):
        assert jan.ga("/mijn/zaken").status_code == 503


def test_lopend_en_afgerond_met_zoeken(ingericht: Installatie, jan: Browser) -> None:
    typen = maak_typen(ingericht)
    zaken = ZakenClient(ingericht, namens="zaken")
    maak_zaak_van(ingericht, typen, JAN, "ZAAK-LOOPT-1")
    oud = maak_zaak_van(ingericht, typen, JAN, "ZAAK-OUD-2")
    sluit(zaken, oud["url"], typen)
    jan.ga("/mijn/zaken")
    assert "ZAAK-LOOPT-1" in jan.tekst
    assert "ZAAK-OUD-2" not in jan.tekst
    jan.ga("/mijn/zaken?stand=afgerond")
    assert "ZAAK-OUD-2" in jan.tekst
    assert "Verleend" in jan.tekst
    for zoek, gevonden in (("LOOPT-1", True), ("oopt-1", True), ("behandel", True), ("parkeren", False)):
        jan.ga(f"/mijn/zaken?q={zoek}")
        assert ("ZAAK-LOOPT-1" in jan.tekst) is gevonden, zoek
    assert "Niets gevonden" in jan.tekst


def test_veel_zaken_kosten_een_vast_aantal_aanroepen(ingericht: Installatie, jan: Browser) -> None:
    typen = maak_typen(ingericht)
    for nummer in range(23):
        maak_zaak_van(ingericht, typen, JAN, f"ZAAK-{nummer:03}", startdatum=f"2025-12-{nummer + 1:02}")
    aanroepen: list[str] = []
    gewoon = ingericht.wsgi

    def tel(omgeving: dict[str, Any], start_response: Any) -> Any:
        aanroepen.append(omgeving["PATH_INFO"])
        return gewoon(omgeving, start_response)

    ingericht.stel_samen(tel)
    try:
        jan.ga("/mijn/zaken")
    finally:
        ingericht.stel_samen(gewoon)
    eigen = [pad for pad in aanroepen if "/api/" in pad and not pad.startswith("/catalogi")]
    assert len(eigen) <= MEESTE_AANROEPEN, eigen
    assert "23 zaken" in jan.tekst
    assert "ZAAK-022" in jan.tekst
    assert "ZAAK-001" not in jan.tekst
    jan.ga("/mijn/zaken?pagina=2")
    assert "ZAAK-001" in jan.tekst
    assert jan.ga("/mijn/zaken?pagina=99").status_code == 404


def test_zaak_met_alles_erbij(ingericht: Installatie, jan: Browser) -> None:
    dossier = maak_dossier(ingericht, JAN, "kiwi")
    jan.ga(f"/mijn/zaken/{dossier.zaak}")
    assert jan.kop == "Aanvraag behandelen"
    for tekst in (
        "Taak kiwi",
        "Brief kiwi",
        "Bericht kiwi",
        "Telefoontje kiwi",
        "Motivering kiwi",
        "Grondslag",
        "Wet kiwi",
        "bezwaar maken tot",
    ):
        assert tekst in jan.tekst
    assert "In behandeling (komt nog)" in jan.tekst
    assert "Ontvangen (hier zijn we nu)" in jan.tekst
    download = jan.http.get(f"/mijn/zaken/{dossier.zaak}/documenten/{dossier.document}")
    assert download.content == INHOUD
    assert download.headers["content-disposition"].startswith("attachment")
    assert download.headers["x-content-type-options"] == "nosniff"


def test_een_haperende_bron_in_de_zaak(ingericht: Installatie, jan: Browser) -> None:
    dossier = maak_dossier(ingericht, JAN, "kiwi")
    with storing(ingericht, "/besluiten/api/v1"):
        jan.ga(f"/mijn/zaken/{dossier.zaak}")
    assert jan.antwoord.status_code == 200
    assert "niet bereikbaar" in jan.tekst
    assert "Brief kiwi" in jan.tekst


def test_opschorting_staat_er_in_gewone_woorden(ingericht: Installatie, jan: Browser) -> None:
    typen = maak_typen(ingericht)
    zaak = maak_zaak_van(
        ingericht, typen, JAN, "ZAAK-STIL", opschorting={"indicatie": True, "reden": "Wij wachten op uw plattegrond"}
    )
    zet_status(ZakenClient(ingericht, namens="zaken"), zaak["url"], typen.midden, "2026-01-07T09:00:00+01:00")
    jan.ga("/mijn/zaken/nummer/ZAAK-STIL")
    assert jan.pad == f"/mijn/zaken/{zaak['uuid']}"
    assert "Uw zaak staat stil" in jan.tekst
    assert "Wij wachten op uw plattegrond" in jan.tekst
    assert "In behandeling (hier zijn we nu)" in jan.tekst
