"""Contactverzoeken: van het gesprek naar de afdeling, en daar afgehandeld."""

from uuid import UUID

import pytest

from integratie.klantinteracties.schemas import InterneTaakUit
from kcc.afdelingen import zet_afdelingen
from kern.installatie import Installatie
from tests.integratie.kcc.hulp import JAN, Medewerker, medewerker
from tests.integratie.kcc.voorbeeld import klanten, maak_contact

AFDELINGEN = {"vergunningen": "Vergunningen", "wonen": "Wonen"}


@pytest.fixture
def taak(installatie: Installatie) -> InterneTaakUit:
    zet_afdelingen(installatie, AFDELINGEN)
    gemaakt = maak_contact(installatie, JAN, "Tekening", afdeling="vergunningen").interne_taak
    assert gemaakt
    return gemaakt


def _actor(installatie: Installatie, code: str) -> UUID:
    return klanten(installatie).zorg_voor_actor("organisatorische_eenheid", code, code).uuid


def test_van_gesprek_naar_interne_taak(kim: Medewerker, installatie: Installatie) -> None:
    zet_afdelingen(installatie, AFDELINGEN)
    wonen = _actor(installatie, "wonen")
    kim.begin_gesprek()
    kim.bewaar(
        "afronden",
        onderwerp="Lekkage",
        notitie="Sinds gisteren",
        uitkomst="contactverzoek",
        afdeling=str(wonen),
        gevraagd="Bel terug",
        naam="Mevrouw Jansen",
        telefoon="06 12345678",
        email="jansen@voorbeeld.nl",
    )
    assert "Het contact is vastgelegd." in kim.tekst, kim.tekst
    (taak,) = klanten(installatie).interne_taken(toegewezenAanActor__uuid=str(wonen)).results
    assert (taak.gevraagde_handeling, taak.toelichting, taak.status) == ("Bel terug", "Sinds gisteren", "te_verwerken")
    with medewerker(installatie, "nadia") as nadia:
        assert "Bel terug" in nadia.naar("/kcc/contactverzoeken").tekst
        tekst = nadia.naar(f"/kcc/contactverzoek/{taak.uuid}").tekst
    for stuk in ("Mevrouw Jansen", "+31612345678", "jansen@voorbeeld.nl", "Sinds gisteren"):
        assert stuk in tekst


def test_afhandelen_met_notitie(taak: InterneTaakUit, installatie: Installatie) -> None:
    pad = f"/kcc/contactverzoek/{taak.uuid}"
    with medewerker(installatie, "bas") as bas:
        assert "Bel terug over de tekening" in bas.naar("/kcc/contactverzoeken").tekst
        bas.naar(pad).stuur(pad, actie="verwerkt", notitie="")
        assert "Er gaat nog iets niet goed" in bas.tekst
        bas.stuur(pad, actie="verwerkt", notitie="Teruggebeld, is duidelijk")
        assert "bijgewerkt" in bas.tekst
        assert "Geen contactverzoeken" in bas.tekst
        assert "Bas Behandelaar: Teruggebeld, is duidelijk" in bas.naar(pad).tekst
        assert "Bel terug over de tekening" in bas.naar("/kcc/contactverzoeken?status=afgehandeld").tekst
    klaar = klanten(installatie).interne_taak(taak.uuid)
    assert klaar.status == "verwerkt"
    assert klaar.afgehandeld_op


def test_niet_bereikt_blijft_staan(taak: InterneTaakUit, installatie: Installatie) -> None:
    pad = f"/kcc/contactverzoek/{taak.uuid}"
    with medewerker(installatie, "bas") as bas:
        bas.naar(pad).stuur(pad, actie="niet_bereikt", notitie="Voicemail")
        assert "Bel terug over de tekening" in bas.naar("/kcc/contactverzoeken").tekst
        assert "Voicemail" in bas.naar(pad).tekst


def test_doorzetten_naar_een_andere_afdeling(taak: InterneTaakUit, installatie: Installatie) -> None:
    pad = f"/kcc/contactverzoek/{taak.uuid}"
    wonen = _actor(installatie, "wonen")
    with medewerker(installatie, "bas") as bas:
        bas.naar(pad).stuur(pad, actie="doorzetten", notitie="Niet voor ons")
        assert "Kies een afdeling." in bas.tekst
        bas.stuur(pad, actie="doorzetten", notitie="Niet voor ons", afdeling=str(wonen))
    nu = klanten(installatie).interne_taak(taak.uuid)
    assert [actor.uuid for actor in nu.toegewezen_aan_actoren] == [wonen]
    assert nu.status == "te_verwerken"


def test_onbekend_contactverzoek_is_404(kim: Medewerker) -> None:
    assert kim.naar("/kcc/contactverzoek/00000000-0000-4000-8000-000000000000").antwoord.status_code == 404


def test_zonder_afdelingen_een_duidelijke_pagina(kim: Medewerker) -> None:
    assert "Er zijn nog geen afdelingen" in kim.naar("/kcc/contactverzoeken").tekst
