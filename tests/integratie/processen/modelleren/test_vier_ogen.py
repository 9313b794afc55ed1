"""Vier ogen: de een vraagt, een ander doet precies dat of weigert met een reden, en een wijziging laat de vraag vervallen."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import select

from integratie.configuratie import FORMULIER, PAKKETVERSIE, PROCESPAKKET, Configuratie
from kern.tabellen import Auditregel
from processen.modelleren import Werkplaats
from processen.modelleren.goedkeuren import Aanvraagstand, AanvraagWeg, AlGevraagd, Goedkeuring
from tests.integratie.processen.modelleren.conftest import FEMKE, JAN, PAKKET
from tests.reishulp import Gemeente
from tests.schermhulp import Venster

BANK = f"/beheer/pakketten/{PAKKET}"


@pytest.fixture
def ogen(gemeente: Gemeente, plaats: Werkplaats) -> Iterator[Goedkeuring]:
    """Deze gemeente wil vier ogen, en er staat een wijziging van Jan klaar zonder scenario's."""
    gewoon = gemeente.installatie.instellingen
    gemeente.installatie.instellingen = gewoon.model_copy(update={"publiceren_vier_ogen": True})
    scenarios: dict[str, bytes | None] = {p: None for p in plaats.bestanden(PAKKET) if p.startswith("scenarios/")}
    plaats.bewaar_samen(PAKKET, scenarios, wie=JAN, wat="zonder scenario's")
    goedkeuring = Goedkeuring(gemeente.installatie)
    yield goedkeuring
    goedkeuring.klaar(PAKKET)
    gemeente.installatie.instellingen = gewoon


@pytest.fixture
def configuratie(gemeente: Gemeente) -> Configuratie:
    return Configuratie(gemeente.installatie, namens="modelleren")


@pytest.fixture
def versie(configuratie: Configuratie, plaats: Werkplaats) -> str:
    """De versie die er staat, ook bewaard om naar terug te gaan."""
    nummer = str((configuratie.haal(PROCESPAKKET, PAKKET) or {})["versie"])
    configuratie.bewaar(
        PAKKETVERSIE, f"{PAKKET}@{nummer}", {
            "pakket": PAKKET, "versie": nummer, "titel": PAKKET, "op": "2026-01-05T09:00:00+00:00",
            "bestanden": {pad: inhoud.decode() for pad, inhoud in plaats.basis(PAKKET).items()},
        },
    )  # fmt: skip
    return nummer


def _vraag(ogen: Goedkeuring, plaats: Werkplaats) -> Aanvraagstand:
    aanvraag = ogen.van(PAKKET, plaats.stand(PAKKET))
    assert aanvraag is not None
    return aanvraag


def _audit(gemeente: Gemeente) -> list[tuple[str, str, str]]:
    vraag = select(Auditregel.gebruiker, Auditregel.actie, Auditregel.onderwerp).where(
        Auditregel.actie.like("pakket %")
    )
    with gemeente.installatie.db.lezen() as verbinding:
        return [(rij[0], rij[1], rij[2]) for rij in verbinding.execute(vraag.order_by(Auditregel.id))]


def test_wie_vraagt_publiceert_niet_zelf(femke: Venster, ogen: Goedkeuring, plaats: Werkplaats) -> None:
    adres = f"{BANK}/publiceren"
    assert "Vraag een collega" in femke.naar(adres).tekst
    femke.stuur(adres, nummer="9.0.0", actie="publiceer")
    assert "Een collega moet dit publiceren." in femke.tekst
    femke.naar(adres).stuur(adres, nummer="9.0.0", toelichting="graag", actie="vraag")
    assert "Femke Bruins vroeg op" in femke.tekst
    stand, aanvraag = plaats.stand(PAKKET), _vraag(ogen, plaats)
    assert ogen.mag(PAKKET, stand, JAN, "publiceren", "9.0.0")
    assert not ogen.mag(PAKKET, stand, JAN, "publiceren", "9.0.1")
    assert not ogen.mag(PAKKET, stand, FEMKE, "publiceren", "9.0.0")
    femke.stuur(adres, aanvraag=str(aanvraag.id), actie="publiceer")
    assert femke.status == 422
    assert "staat niet meer open" in femke.tekst


def test_de_collega_publiceert_precies_wat_gevraagd_is(
    femke: Venster, ogen: Goedkeuring, plaats: Werkplaats, configuratie: Configuratie, gemeente: Gemeente, versie: str
) -> None:
    ogen.vraag(PAKKET, plaats.stand(PAKKET), JAN, "9.0.0", "Zonder scenario's, zoals besproken.")
    adres = f"{BANK}/publiceren"
    femke.naar(adres)
    assert "Zonder scenario's, zoals besproken." in femke.tekst
    assert 'name="nummer"' not in femke.tekst
    femke.stuur(adres, aanvraag=str(uuid4()), actie="publiceer")
    assert "staat niet meer open" in femke.tekst
    femke.stuur(
        adres, aanvraag=str(_vraag(ogen, plaats).id), actie="publiceer", nummer="9.9.9", toelichting="iets anders"
    )
    assert femke.pad == f"{BANK}/", femke.tekst
    assert (configuratie.haal(PROCESPAKKET, PAKKET) or {})["versie"] == "9.0.0"
    bewaard = configuratie.haal(PAKKETVERSIE, f"{PAKKET}@9.0.0") or {}
    assert bewaard["toelichting"] == "Zonder scenario's, zoals besproken."
    assert configuratie.haal(PAKKETVERSIE, f"{PAKKET}@9.9.9") is None
    assert _audit(gemeente)[-1] == ("femke", "pakket gepubliceerd", f"{PAKKET} 9.0.0 (gevraagd door jan)")
    ogen.vraag(PAKKET, plaats.stand(PAKKET), JAN, versie, soort="terugdraaien")
    terug = f"{BANK}/versies/{versie}"
    femke.naar(terug).stuur(f"{BANK}/versies/9.0.0/terug", aanvraag=str(_vraag(ogen, plaats).id))
    assert "staat niet meer open" in femke.tekst
    femke.naar(terug).stuur(f"{terug}/terug", aanvraag=str(_vraag(ogen, plaats).id))
    assert (configuratie.haal(PROCESPAKKET, PAKKET) or {})["versie"] == versie
    assert _audit(gemeente)[-1] == ("femke", "pakket teruggedraaid", f"{PAKKET} {versie} (gevraagd door jan)")
    configuratie.verwijder(PAKKETVERSIE, f"{PAKKET}@9.0.0")


def test_een_tweede_vraag_vervangt_de_eerste_niet(femke: Venster, ogen: Goedkeuring, plaats: Werkplaats) -> None:
    adres, stand = f"{BANK}/publiceren", plaats.stand(PAKKET)
    femke.naar(adres)
    ogen.vraag(PAKKET, stand, JAN, "9.0.0", "van Jan")
    femke.stuur(adres, nummer="9.5.0", toelichting="van Femke", actie="vraag")
    assert "Er staat al een vraag open, van Jan sinds" in femke.tekst
    assert _vraag(ogen, plaats).toelichting == "van Jan"
    with pytest.raises(AlGevraagd, match="Jan"):
        ogen.vraag(PAKKET, stand, JAN, soort="uitfaseren")
    assert "er staat al een vraag open" in femke.naar(f"{BANK}/").tekst
    femke.stuur(f"{BANK}/uitfaseren", waarheen_nl="Bel 14 030")
    assert "Er staat al een vraag open, van Jan sinds" in femke.tekst
    assert "Er kan nu niets anders" in femke.tekst
    assert _vraag(ogen, plaats).soort == "publiceren"


def test_wie_vroeg_kan_het_intrekken(femke: Venster, ogen: Goedkeuring, plaats: Werkplaats, gemeente: Gemeente) -> None:
    adres = f"{BANK}/publiceren"
    femke.naar(adres).stuur(adres, nummer="9.0.0", actie="vraag")
    aanvraag = _vraag(ogen, plaats)
    with pytest.raises(AanvraagWeg):
        ogen.trek_in(PAKKET, JAN, aanvraag.id)
    femke.naar(adres).stuur(f"{BANK}/vraag/intrekken", aanvraag=str(aanvraag.id), terug=adres)
    assert "De vraag is ingetrokken." in femke.tekst
    assert femke.pad == adres
    assert ogen.laatste(PAKKET, plaats.stand(PAKKET)) is None
    assert [regel[:2] for regel in _audit(gemeente)[-2:]] == [
        ("femke", "pakket publiceren gevraagd"),
        ("femke", "pakket publiceren: vraag ingetrokken"),
    ]
    femke.stuur(f"{BANK}/vraag/intrekken", aanvraag=str(aanvraag.id), terug=adres)
    assert "staat niet meer open" in femke.tekst


def test_weigeren_met_een_reden_die_de_vrager_leest(
    femke: Venster, ogen: Goedkeuring, plaats: Werkplaats, gemeente: Gemeente
) -> None:
    adres = f"{BANK}/publiceren"
    ogen.vraag(PAKKET, plaats.stand(PAKKET), JAN, "9.0.0")
    kenmerk = str(_vraag(ogen, plaats).id)
    femke.naar(adres).stuur(f"{BANK}/vraag/weigeren", aanvraag=kenmerk, reden=" nee ", terug=adres)
    assert "Schrijf waarom u weigert" in femke.tekst
    assert _vraag(ogen, plaats).staat == "open"
    femke.stuur(f"{BANK}/vraag/weigeren", aanvraag=kenmerk, reden="De scenario's ontbreken.", terug=adres)
    assert "Geweigerd. Jan leest uw reden." in femke.tekst
    assert _audit(gemeente)[-1] == (
        "femke",
        "pakket publiceren geweigerd",
        f"{PAKKET} 9.0.0 (gevraagd door jan): De scenario's ontbreken.",
    )
    femke.stuur(adres, aanvraag=kenmerk, actie="publiceer")
    assert "staat niet meer open" in femke.tekst
    ogen.vraag(PAKKET, plaats.stand(PAKKET), FEMKE, "9.1.0")  # na een weigering mag er opnieuw gevraagd worden
    with pytest.raises(AanvraagWeg):
        ogen.weiger(PAKKET, plaats.stand(PAKKET), FEMKE, _vraag(ogen, plaats).id, "van mijzelf")
    ogen.weiger(PAKKET, plaats.stand(PAKKET), JAN, _vraag(ogen, plaats).id, "Wacht tot maandag.")
    assert "Jan weigerde dat op" in femke.naar(f"{BANK}/").tekst
    assert "Wacht tot maandag." in femke.tekst
    assert "haal deze melding weg" in femke.tekst


def test_een_wijziging_laat_de_vraag_vervallen_en_dat_staat_er(
    femke: Venster, ogen: Goedkeuring, plaats: Werkplaats
) -> None:
    adres = f"{BANK}/publiceren"
    ogen.vraag(PAKKET, plaats.stand(PAKKET), JAN, "9.0.0")
    kenmerk = str(_vraag(ogen, plaats).id)
    femke.naar(adres)
    plaats.bewaar_samen(PAKKET, {"verzendregels.json": b"[]"}, wie=FEMKE, wat="regels")
    femke.stuur(adres, aanvraag=kenmerk, actie="publiceer")
    assert "staat niet meer open" in femke.tekst
    assert "Die vraag is vervallen, want Femke wijzigde het pakket daarna" in femke.tekst
    femke.naar(f"{BANK}/").stuur(f"{BANK}/uitfaseren", aanvraag=kenmerk)
    assert "staat niet meer open" in femke.tekst
    femke.naar(adres).stuur(adres, nummer="9.1.0", actie="vraag", gezien="1")
    assert "er is niets gevraagd" in femke.tekst
    femke.stuur(adres, nummer="9.1.0", actie="vraag", gezien=str(plaats.stand(PAKKET).versie))
    assert _vraag(ogen, plaats).door == "femke"
    _weggooien_laat_ook_vervallen(ogen, plaats)


def _weggooien_laat_ook_vervallen(ogen: Goedkeuring, plaats: Werkplaats) -> None:
    """Een nieuwe werkversie telt opnieuw: een oude vraag mag niet voor haar gelden als zij bij hetzelfde getal komt."""
    toen = plaats.stand(PAKKET).versie
    plaats.gooi_weg(PAKKET)
    plaats.open(PAKKET, JAN)
    while plaats.stand(PAKKET).versie < toen:
        plaats.bewaar_samen(PAKKET, {"verzendregels.json": b"[%d]" % plaats.stand(PAKKET).versie}, wie=JAN, wat="x")
    assert plaats.stand(PAKKET).versie == toen
    assert ogen.van(PAKKET, plaats.stand(PAKKET)) is None


def test_uitfaseren_met_de_tekst_van_de_vraag(
    femke: Venster, ogen: Goedkeuring, plaats: Werkplaats, configuratie: Configuratie, versie: str
) -> None:
    overzicht = f"{BANK}/"
    femke.naar(overzicht).stuur(f"{BANK}/uitfaseren", waarheen_nl="Bel 14 030")
    assert "om dit pakket uit te faseren" in femke.tekst
    assert not (configuratie.haal(PROCESPAKKET, PAKKET) or {}).get("uitgefaseerd")
    ogen.klaar(PAKKET)
    ogen.vraag(PAKKET, plaats.stand(PAKKET), JAN, soort="uitfaseren", waarheen={"nl": "Bel 14 030"})
    femke.naar(overzicht)
    assert "Bel 14 030" in femke.tekst
    femke.stuur(f"{BANK}/uitfaseren", aanvraag=str(_vraag(ogen, plaats).id), waarheen_nl="Bel niemand")
    assert (configuratie.haal(PROCESPAKKET, PAKKET) or {})["uitgefaseerd"]
    delen = configuratie.alle(FORMULIER, f"pakket__exact__{PAKKET}")
    (einde,) = {str(deel.get("beeindigd")) for deel in delen if deel.get("beeindigd")}
    assert "Bel 14 030" in einde
    ogen.vraag(PAKKET, plaats.stand(PAKKET), JAN, versie, soort="terugdraaien")
    adres = f"{BANK}/versies/{versie}"
    femke.naar(adres).stuur(f"{adres}/terug", aanvraag=str(_vraag(ogen, plaats).id))
    assert not (configuratie.haal(PROCESPAKKET, PAKKET) or {}).get("uitgefaseerd")
    assert ogen.laatste(PAKKET, plaats.stand(PAKKET)) is None
