"""Een besluit nemen: mandaat getoetst, vier ogen, en één besluit als twee mensen tegelijk tekenen."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from contracten.nummer import LETTERS
from integratie.configuratie import MANDAAT, Configuratie
from integratie.mandaten import lees_register
from integratie.taken import TakenClient
from integratie.zaken.schemas import ZaakIn, ZaakUit
from kern.termijnen import bezwaartermijn
from processen.behandelen import besluitnemen
from processen.behandelen.besluitnemen import AlBesloten, Voorstel
from processen.behandelen.bron import Zaakbron
from tests.integratie.behandelen.hulp import TESSA, Browser, browser, pad_zaak, te_beoordelen
from tests.kernhulp import medewerker
from tests.reishulp import Gemeente

NUMMER = re.compile(r'name="nummer" value="([^"]+)"')
KEUZE = re.compile(r'<option value="([^"]+)"[^>]*>Vergunning toeristische verhuur<')


def invoer(scherm: Browser, gemeente: Gemeente, **anders: str) -> dict[str, str]:
    """Wat iemand invult op het besluitscherm dat nu openstaat."""
    nummer, keuze = NUMMER.search(scherm.antwoord.text), KEUZE.search(scherm.antwoord.text)
    assert nummer
    assert keuze
    vandaag = gemeente.installatie.klok.vandaag()
    velden = {
        "nummer": nummer[1], "besluittype": keuze[1], "bestuursorgaan": "Het college van burgemeester en wethouders",
        "grondslag": "Huisvestingswet 2014, artikel 23c", "ondertekenaar": "Hoofd team Wonen",
        "motivering": "U woont er zelf.", "voorschriften": "Niet meer dan 30 nachten\nMeld elke verhuur",
        "ingangsdatum-dag": str(vandaag.day), "ingangsdatum-maand": str(vandaag.month),
        "ingangsdatum-jaar": str(vandaag.year),
    }  # fmt: skip
    return {**velden, **anders}


def goedkeuring(gemeente: Gemeente, zaak: ZaakUit) -> str:
    """Het pad van de taak om het besluit goed te keuren."""
    taken = TakenClient(gemeente.installatie, namens="behandelen").medewerkertaken(zaaknummer=zaak.identificatie)
    (taak,) = [taak for taak in taken if taak.gegevens.get("besluitvoorstel")]
    assert taak.uitgesloten == ["bas"]
    return f"/behandelen/taken/{taak.uuid}/besluit"


def test_vier_ogen(gemeente: Gemeente, bas: Browser) -> None:
    zaak, _ = te_beoordelen(gemeente)
    pad = f"{pad_zaak(zaak)}/besluit"
    bas.naar(pad)
    laatste = bezwaartermijn(gemeente.installatie.klok.vandaag())
    assert f"{laatste.day} " in bas.tekst
    assert "Huisvestingswet 2014, artikel 23c" in bas.tekst
    assert 'value="Hoofd team Wonen"' in bas.tekst  # de enige die hier mag tekenen
    assert "U huurt van een woningcorporatie; die woningen mogen niet aan toeristen verhuurd worden." in bas.tekst
    assert "De uitkomst van" not in bas.tekst
    bas.stuur(pad, **invoer(bas, gemeente, motivering=""))
    assert "Vul “Motivering” in." in bas.tekst
    bas.stuur(pad, **invoer(bas, gemeente))
    assert "Een collega van uw team moet het goedkeuren." in bas.tekst
    assert gemeente.besluiten(zaak) == []
    goedkeuren = goedkeuring(gemeente, zaak)
    bas.naar(goedkeuren)
    bas.stuur(goedkeuren, goedkeuren="1")
    assert "Iemand anders dan wie het besluit opstelde" in bas.tekst
    with browser(gemeente.installatie, TESSA) as tessa:
        tessa.naar(goedkeuren)
        assert "Niet meer dan 30 nachten" in tessa.tekst
        tessa.stuur(goedkeuren, goedkeuren="1")
        assert "Het besluit is vastgelegd." in tessa.tekst
        tessa.naar(goedkeuren)
        assert "Deze taak is al afgerond." in tessa.tekst
    (besluit,) = gemeente.besluiten(zaak)
    for tekst in ("U woont er zelf.", "2. Meld elke verhuur", f"{laatste:%d-%m-%Y}", "Mandaat: Mandaatregister"):
        assert tekst in besluit.toelichting


def test_zonder_mandaat_wordt_er_niet_getekend(gemeente: Gemeente, bas: Browser) -> None:
    zaak, _ = te_beoordelen(gemeente)
    pad = f"{pad_zaak(zaak)}/besluit"
    bas.naar(pad)
    bas.stuur(pad, **invoer(bas, gemeente, ondertekenaar="Stagiair"))
    assert "Stagiair heeft geen mandaat voor “Vergunning toeristische verhuur”." in bas.tekst
    assert "U woont er zelf." in bas.tekst
    assert gemeente.besluiten(zaak) == []


@pytest.fixture
def mandaat_van_gisteren(gemeente: Gemeente) -> Iterator[None]:
    """Het mandaat van het pakket is gisteren geëindigd."""
    configuratie = Configuratie(gemeente.installatie, namens="beheer")
    (mandaat,) = [m for m in lees_register(configuratie) if m.sleutel == "toeristische-verhuur"]
    gisteren = gemeente.installatie.klok.vandaag() - timedelta(days=1)
    configuratie.bewaar(MANDAAT, mandaat.sleutel, {**mandaat.als_gegevens(), "einde": gisteren.isoformat()})
    yield
    configuratie.bewaar(MANDAAT, mandaat.sleutel, mandaat.als_gegevens())


@pytest.mark.usefixtures("mandaat_van_gisteren")
def test_een_mandaat_dat_voorbij_is_telt_niet(gemeente: Gemeente, bas: Browser) -> None:
    zaak, _ = te_beoordelen(gemeente)
    pad = f"{pad_zaak(zaak)}/besluit"
    bas.naar(pad)
    bas.stuur(pad, **invoer(bas, gemeente))
    assert "geldt niet op" in bas.tekst


def test_geen_besluit_voor_de_ontvangst(gemeente: Gemeente, bas: Browser) -> None:
    """Een zaak die pas morgen begint, van een ander systeem: er is nog niets om op te beslissen."""
    nu = gemeente.installatie.klok.vandaag()
    bestaand, _ = te_beoordelen(gemeente)
    rsin = gemeente.installatie.instellingen.bronorganisatie
    nieuw = ZaakIn(
        bronorganisatie=rsin,
        verantwoordelijke_organisatie=rsin,
        zaaktype=bestaand.zaaktype,
        startdatum=nu + timedelta(days=1),
    )
    zaak = gemeente.zaken.maak_zaak(nieuw, sleutel="begint-morgen")
    pad = f"{pad_zaak(zaak)}/besluit"
    bas.naar(pad)
    bas.stuur(pad, **invoer(bas, gemeente))
    assert f"is ontvangen op {nieuw.startdatum:%d-%m-%Y}" in bas.tekst
    assert "U woont er zelf." in bas.tekst
    assert gemeente.besluiten(zaak) == []


def test_twee_collegas_tegelijk_is_een_besluit(gemeente: Gemeente, bas: Browser) -> None:
    zaak, _ = te_beoordelen(gemeente)
    pad = f"{pad_zaak(zaak)}/besluit"
    with browser(gemeente.installatie, TESSA) as tessa:
        bas.naar(pad)
        tessa.naar(pad)
        bas.stuur(pad, **invoer(bas, gemeente))
        goedkeuren = goedkeuring(gemeente, zaak)
        tessa.naar(goedkeuren)
        token = tessa.token
        velden = {"csrf_token": token, "goedkeuren": "1"}
        with ThreadPoolExecutor(2) as draden:
            antwoorden = list(draden.map(lambda _: tessa.http.post(goedkeuren, data=velden), range(2)))
        assert {antwoord.status_code for antwoord in antwoorden} == {200}
    assert len(gemeente.besluiten(zaak)) == 1


def test_twee_behandelaars_tekenen_tegelijk_een_ander_besluit(gemeente: Gemeente) -> None:
    """Zonder vier ogen: twee voorstellen op hetzelfde moment, en een derde van wie het scherm nog openstond."""
    zaak, _ = te_beoordelen(gemeente)
    op = gemeente.installatie.klok.vandaag()
    bronnen = [
        Zaakbron(gemeente.installatie, medewerker("behandelaar").model_copy(update={"gebruikersnaam": naam}))
        for naam in ("bas", "nadia", "tessa")
    ]
    soorten = {soort.omschrijving: soort for soort in besluitnemen.besluittypen(bronnen[0], zaak)}
    namen = ("Vergunning toeristische verhuur", "Weigering toeristische verhuur", "Vergunning toeristische verhuur")
    nummer = besluitnemen.volgend_nummer(zaak, 0, op)
    assert re.fullmatch(rf"BESLUIT-{op.year}(-[{LETTERS}]{{4}}){{3}}", nummer)  # als een besluit uit het proces

    def neem(nr: int) -> str:
        voorstel = Voorstel(
            nummer=nummer if nr < 2 else besluitnemen.volgend_nummer(zaak, 5, op),
            besluittype=soorten[namen[nr]].url, besluittype_naam=namen[nr], grondslag="Awb 4:13",
            bestuursorgaan="Het college van burgemeester en wethouders", ondertekenaar="Hoofd team Wonen",
            motivering=f"Voorstel {nr}", ingangsdatum=op,
        )  # fmt: skip
        try:
            return besluitnemen.neem(bronnen[nr], zaak, voorstel, op).identificatie
        except AlBesloten:
            return "al besloten"

    with ThreadPoolExecutor(2) as draden:
        uitkomst = sorted(draden.map(neem, range(2)))
    assert uitkomst == [nummer, "al besloten"]
    assert neem(2) == "al besloten"
    assert len(gemeente.besluiten(zaak)) == 1


def test_het_besluitdossier_gaat_van_besluit_tot_bewijs(gemeente: Gemeente, bas: Browser) -> None:
    zaak, _ = te_beoordelen(gemeente)
    gemeente.rond_af(zaak, besluit="weigeren", steuntOp="nee", motivering="Een corporatiewoning mag u niet verhuren.")
    (besluit,) = gemeente.besluiten(zaak)
    pad = f"{pad_zaak(zaak)}/besluiten/{besluit.url.rpartition('/')[2]}"
    bas.naar(pad_zaak(zaak))
    assert pad in bas.antwoord.text
    bas.naar(pad)
    for tekst in ("Een corporatiewoning mag u niet verhuren.", "Regels en gegevens", "corporatie", "Op tijd beslist."):
        assert tekst in bas.tekst
    assert "://" not in bas.tekst
    dossier = bas.naar(f"{pad}/json").antwoord.json()
    assert dossier["ontbreekt"] == []
    eis_zelfde_pagina(bas.naar(pad).tekst, dossier)
    beslissing, zienswijze = dossier["beslissingen"]
    assert zienswijze["beslissing"] == "zienswijze"
    assert zienswijze["artikelen"] == ["Awb 4:7, eerste lid"]
    assert "Huisvestingsverordening, artikel 3.2" in beslissing["artikelen"]
    assert (beslissing["gegevens"]["corporatie"], bool(beslissing["regels"])) == ("ja", True)
    assert [brief["status"] for brief in dossier["brieven"]] == ["definitief"]
    (bewijs,) = dossier["bekendmaking"]
    assert (bewijs["staat"], bool(bewijs["verzonden"])) == ("verzonden", True)
    assert dossier["termijn"]["toestand"] == "beslist"
    assert gemeente.bsn not in str(dossier)
    lezer = PdfReader(BytesIO(bas.naar(f"{pad}/pdf").antwoord.content))
    eis_zelfde_inhoud(" ".join(" ".join(pagina.extract_text() for pagina in lezer.pages).split()), dossier)
    eis_bewijs(" ".join(" ".join(pagina.extract_text() for pagina in lezer.pages).split()), bewijs)
    eis_bewijs(bas.naar(pad).tekst, bewijs)
    ingesloten = {naam: inhoud[0] for naam, inhoud in lezer.attachments.items()}
    assert set(ingesloten) == {"besluitdossier.json", "1-tv-besluit-weigering.pdf"}
    zelf = json.loads(ingesloten["besluitdossier.json"])
    assert {**zelf, "opgemaakt": ""} == {**dossier, "opgemaakt": ""}
    assert ingesloten["1-tv-besluit-weigering.pdf"].startswith(b"%PDF")
    assert "Decided in time." in bas.naar(f"{pad}?taal=en").tekst


def eis_bewijs(tekst: str, zending: dict[str, Any]) -> None:
    """Elke poging om te bezorgen: wat, waarlangs (in woorden), waarheen, door wie en met welk antwoord."""
    assert [deel["kanaal"] for deel in zending["bewijs"]] == ["portaal", "print"]
    for deel, langs in zip(zending["bewijs"], ("MijnGemeente", "post"), strict=True):
        for stuk in (langs, deel["wat"], deel["waarheen"], deel["aanbieder"], deel["antwoord"]):
            assert stuk.replace(" ", "") in tekst.replace(" ", ""), stuk
    assert "portaal, print" not in tekst


def herkomsten(dossier: dict[str, Any]) -> list[str]:
    """Bron en grondslag van elk gegeven; elk gegeven heeft ze."""
    alle = [gegeven for beslissing in dossier["beslissingen"] for gegeven in beslissing["herkomst"]]
    assert {gegeven["naam"] for gegeven in alle} == {n for b in dossier["beslissingen"] for n in b["gegevens"]}
    assert all(gegeven["bron"] and gegeven["grondslag"] for gegeven in alle)
    corporatie = next(gegeven for gegeven in alle if gegeven["naam"] == "corporatie")
    assert (corporatie["bron"], bool(corporatie["moment"])) == ("Antwoord in de aanvraag", True)
    assert corporatie["activiteit"] == "Verzoek indienen"
    steunt_op = next(gegeven for gegeven in alle if gegeven["naam"] == "steuntOp")
    assert steunt_op["bron"]
    return [tekst for gegeven in alle for tekst in (gegeven["bron"], gegeven["grondslag"])]


def eis_zelfde_pagina(tekst: str, dossier: dict[str, Any]) -> None:
    """De pagina zegt wat de JSON zegt."""
    besluit = dossier["besluit"]
    zinnen = [zin for deel in dossier["beslissingen"] for zin in deel["zinnen"]["nl"]]
    stappen = [stap["uitleg"] for stap in dossier["termijn"]["stappen"]]
    brieven = [brief["titel"] for brief in dossier["brieven"]]
    for deel in (besluit["identificatie"], besluit["motivering"], *zinnen, *herkomsten(dossier), *stappen, *brieven):
        assert " ".join(deel.split()) in " ".join(tekst.split()), deel


def eis_zelfde_inhoud(tekst: str, dossier: dict[str, Any]) -> None:
    """Alles wat in de JSON staat en iemand wil lezen, staat ook in de PDF."""
    (bewijs,) = dossier["bekendmaking"]
    beslissing = dossier["beslissingen"][0]
    zinnen = [zin for deel in dossier["beslissingen"] for zin in deel["zinnen"]["nl"]]
    gegevens = [f"Gegeven: {naam}" for naam in beslissing["gegevens"]] + herkomsten(dossier)
    stappen = [stap["uitleg"] for stap in dossier["termijn"]["stappen"]]
    for deel in (
        dossier["besluit"]["identificatie"], dossier["besluit"]["motivering"], *dossier["besluit"]["verantwoording"].values(),
        *beslissing["artikelen"], *zinnen, *gegevens, dossier["brieven"][0]["titel"], bewijs["uuid"], *stappen,
    ):  # fmt: skip
        assert " ".join(deel.split()).replace(" ", "") in tekst.replace(" ", ""), deel
