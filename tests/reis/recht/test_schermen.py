"""Elk scherm over besluit, termijn en bekendmaking is toegankelijk en past op een telefoon; met afdrukken om naar te kijken."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page

from integratie.processen import ProcessenClient
from integratie.processen.publicaties import PublicatieIn
from integratie.processen.schemas import ActieIn
from tests.integratie.behandelen.hulp import BAS, browser, pad_zaak, registratie, te_beoordelen
from tests.integratie.behandelen.test_herzien import keur_goed, pad_besluit, verleend, vul_in
from tests.reis.huisstijl.hulp import klachten
from tests.reis.recht.test_recht import inwoner, medewerker
from tests.reishulp import BSN, Gemeente

pytestmark = pytest.mark.traag  # make recht

BEELDEN = os.environ.get("BEELDEN", "")
"""Een map om afdrukken van de schermen in te zetten, op 1280 en 360 breed."""
WERKLIJST = "/behandelen/"


@dataclass
class Kijker:
    """Iemand achter een scherm; elk scherm dat hij opent wordt nagekeken."""

    pagina: Page

    def open(self, pad: str, naam: str, taal: str = "nl") -> "Kijker":
        self.pagina.goto(f"{pad}{'&' if '?' in pad else '?'}taal={taal}")
        self.kijk(naam if taal == "nl" else f"{naam}-{taal}")
        return self

    def kijk(self, naam: str) -> None:
        assert klachten(self.pagina) == [], naam
        for breedte in (360, 1280):
            self.pagina.set_viewport_size({"width": breedte, "height": 900})
            if BEELDEN:
                self.pagina.screenshot(path=f"{BEELDEN}/{naam}-{breedte}.png", full_page=True)

    def druk(self, knop: str, naam: str) -> None:
        """Druk op een knop en kijk naar wat er dan staat."""
        self.pagina.get_by_role("button", name=knop).click()
        self.pagina.wait_for_load_state()
        self.kijk(naam)


@contextmanager
def kijker(chromium: Browser, gemeente: Gemeente, wie: str, pad: str) -> Iterator[Kijker]:
    """Een medewerker, of de inwoner als `wie` leeg is, in een eigen venster."""
    venster = chromium.new_context(
        viewport={"width": 1280, "height": 900}, base_url=gemeente.installatie.instellingen.adres
    )
    pagina = venster.new_page()
    if wie:
        medewerker(pagina, wie, pad)
    else:
        inwoner(pagina, pad)
    yield Kijker(pagina)
    venster.close()


def test_wijzigen_en_intrekken_van_een_besluit(chromium: Browser, gemeente: Gemeente) -> None:
    zaak, oud = verleend(gemeente)
    gemeente.verzet(days=3)
    besluit = pad_besluit(zaak, oud)
    with kijker(chromium, gemeente, "Bas Behandelaar", WERKLIJST) as bas:
        bas.open(f"{besluit}/wijzigen", "besluit-wijzigen").open(f"{besluit}/intrekken", "besluit-intrekken")
        bas.open(f"{besluit}/intrekken", "besluit-intrekken", "en")
        bas.druk("Submit to a colleague", "besluit-intrekken-fout-en")
        bas.open(f"{besluit}/intrekken", "besluit-intrekken").druk(
            "Voorleggen aan een collega", "besluit-intrekken-fout"
        )
    with browser(gemeente.installatie, BAS) as scherm:
        scherm.naar(f"{besluit}/intrekken").stuur(
            f"{besluit}/intrekken",
            **vul_in(
                scherm, gemeente, "Intrekking vergunning toeristische verhuur", reden="U woont er niet meer.",
                product="intrekken", zienswijze="niet-nodig", zienswijze_waarom="spoed",
                voorschriften="Haal uw advertentie weg.\nVertel het uw gasten.",
            ),
        )  # fmt: skip
    (taak,) = gemeente.taken(zaak)
    with kijker(chromium, gemeente, "Tessa de Lange", WERKLIJST) as tessa:
        tessa.open(f"/behandelen/taken/{taak.uuid}", "besluit-voorgelegd")
        tessa.open(f"/behandelen/taken/{taak.uuid}/besluit", "besluit-goedkeuren")
        tessa.open(f"/behandelen/taken/{taak.uuid}/besluit", "besluit-goedkeuren", "en")
        keur_goed(gemeente, zaak)
        tessa.open(pad_zaak(zaak), "zaak-ingetrokken-besluit").open(besluit, "dossier-ingetrokken")
        tessa.open(besluit, "dossier-ingetrokken", "en").open(pad_zaak(zaak), "zaak-ingetrokken-besluit", "en")
    with kijker(chromium, gemeente, "", "/mijn/") as jan:
        jan.open(f"/mijn/zaken/{zaak.uuid}", "mijn-ingetrokken-besluit")
        jan.open(f"/mijn/zaken/{zaak.uuid}", "mijn-ingetrokken-besluit", "en")
    with kijker(chromium, gemeente, "Kim Jansma", "/kcc/") as kim:
        kim.open(f"/kcc/zaak/{zaak.uuid}", "kcc-ingetrokken-besluit")


def test_zienswijze_en_intrekken_van_een_aanvraag(chromium: Browser, gemeente: Gemeente) -> None:
    zaak, _ = te_beoordelen(gemeente)
    besluit = f"{pad_zaak(zaak)}/besluit"
    with kijker(chromium, gemeente, "Bas Behandelaar", WERKLIJST) as bas:
        bas.open(besluit, "besluit-nemen").open(besluit, "besluit-nemen", "en")
        bas.open(f"{pad_zaak(zaak)}/intrekken", "intrekking-vastleggen")
        bas.open(f"{pad_zaak(zaak)}/intrekken", "intrekking-vastleggen", "en")
        bas.druk("Record", "intrekking-vastleggen-fout-en")
        with browser(gemeente.installatie, BAS) as scherm:
            scherm.naar(besluit)
            vraag = vul_in(scherm, gemeente, "Weigering toeristische verhuur", motivering="Een corporatiewoning.")
            scherm.stuur(besluit, **vraag, zienswijze="vragen")
        gemeente.werk()
        bas.open(pad_zaak(zaak), "zaak-zienswijze").open(besluit, "besluit-na-zienswijze")
    (taak,) = [taak for taak in gemeente.klanttaken() if zaak.identificatie in str(taak.model_dump())]
    with kijker(chromium, gemeente, "", "/mijn/") as jan:
        jan.open(f"/mijn/taken/{taak.uuid}", "mijn-zienswijze").open(
            f"/mijn/taken/{taak.uuid}", "mijn-zienswijze", "en"
        )
        jan.open(f"/mijn/zaken/{zaak.uuid}", "mijn-zaak-zienswijze")
        jan.open(f"/mijn/zaken/{zaak.uuid}/intrekken", "mijn-intrekken")
        jan.open(f"/mijn/zaken/{zaak.uuid}/intrekken", "mijn-intrekken", "en")
        jan.open(f"/mijn/zaken/{zaak.uuid}/intrekken", "mijn-intrekken").druk("Intrekken", "mijn-intrekken-fout")
        jan.pagina.get_by_role("checkbox").check()
        jan.druk("Intrekken", "mijn-ingetrokken")
        gemeente.werk()
        jan.open(f"/mijn/zaken/{zaak.uuid}", "mijn-zaak-ingetrokken").open("/mijn/berichten", "mijn-berichten")
        (bericht, *_) = gemeente.berichten()
        jan.open(f"/mijn/berichten/{bericht.url.rpartition('/')[2]}", "mijn-bericht")
        jan.open("/mijn/voorkeuren", "mijn-voorkeuren").open("/mijn/voorkeuren", "mijn-voorkeuren", "en")


def test_schorsing_van_een_registratie(chromium: Browser, gemeente: Gemeente) -> None:
    zaak = registratie(gemeente)
    actie = ActieIn(uuid=uuid4(), zaak=zaak.url, proces="toeristische-verhuur-controle")
    ProcessenClient(gemeente.installatie, namens="behandelen").start_actie(actie)
    gemeente.werk()
    with (
        kijker(chromium, gemeente, "Bas Behandelaar", WERKLIJST) as bas,
        kijker(chromium, gemeente, "", "/mijn/") as jan,
    ):
        taak = f"/behandelen/taken/{gemeente.taken(zaak)[0].uuid}"
        bas.open(taak, "schorsing-controle").druk("Taak pakken", "schorsing-gepakt")
        bas.pagina.get_by_label("Nee, wij willen de registratie schorsen").check()
        bas.pagina.get_by_label("Wat klopt er niet?").fill("Er wonen andere mensen in de woning.")
        bas.pagina.get_by_label("Ja", exact=True).check()
        bas.kijk("schorsing-zienswijze")
        bas.pagina.get_by_label("Nee", exact=True).check()
        bas.druk("Afronden", "schorsing-gevraagd")
        gemeente.werk()
        bas.open(pad_zaak(zaak), "schorsing-zaak-voornemen")
        (klanttaak,) = [t for t in gemeente.klanttaken() if zaak.identificatie in str(t.model_dump())]
        jan.open(f"/mijn/zaken/{zaak.uuid}", "mijn-schorsing-voornemen")
        jan.open(f"/mijn/taken/{klanttaak.uuid}", "mijn-schorsing-taak", "en")
        jan.open(f"/mijn/taken/{klanttaak.uuid}", "mijn-schorsing-taak")
        gemeente.vul_aan(reactie="Dat zijn mijn ouders.")
        bas.open(f"/behandelen/taken/{gemeente.taken(zaak)[0].uuid}", "schorsing-wegen")
        gemeente.rond_af(zaak, oordeel="schorsen", motivering="Uw ouders mogen de woning niet verhuren.")
        (besluit,) = gemeente.besluiten(zaak)
        bas.open(pad_zaak(zaak), "schorsing-zaak").open(pad_besluit(zaak, besluit), "schorsing-dossier")
        bas.open(f"/behandelen/taken/{gemeente.taken(zaak)[0].uuid}", "schorsing-opheffen")
        jan.open(f"/mijn/zaken/{zaak.uuid}", "mijn-geschorst").open(f"/mijn/zaken/{zaak.uuid}", "mijn-geschorst", "en")
        gemeente.rond_af(zaak, opheffen="ja", motivering="U woont nu zelf in de woning.")
        jan.open(f"/mijn/zaken/{zaak.uuid}", "mijn-schorsing-opgeheven")


def test_bekendmaking(chromium: Browser, gemeente: Gemeente) -> None:
    zaak = registratie(gemeente)
    publicatie = PublicatieIn(
        uuid=uuid4(), zaak=zaak.url, titel="Markt op het plein", soort="kennisgeving", rubriek="evenementenvergunning",
        onderwerp="Recreatie", tekst="Er komt een markt.\n\nMail naar jan@voorbeeld.example.", locatie="Dorpsplein",
    )  # fmt: skip
    client = ProcessenClient(gemeente.installatie, namens="processen")
    uuid = client.maak_publicatie(publicatie).uuid
    pad = f"{pad_zaak(zaak)}/bekendmakingen/{uuid}"
    with kijker(chromium, gemeente, "Bas Behandelaar", WERKLIJST) as bas:
        bas.open(pad_zaak(zaak), "zaak-bekendmaking").open(pad, "bekendmaking").open(pad, "bekendmaking", "en")
        bas.pagina.goto(f"{pad}?taal=nl")
        bas.pagina.get_by_label("Tekst").last.fill("Er komt een markt.")
        bas.druk("Bewaren", "bekendmaking-goed")
        client.lever_aan(uuid)
        gemeente.werk()
        bas.open(pad, "bekendmaking-geplaatst").open(pad, "bekendmaking-geplaatst", "en")


def test_termijn_dwangsom_en_beheer(chromium: Browser, gemeente: Gemeente) -> None:
    zaak, _ = te_beoordelen(gemeente)
    termijn = f"{pad_zaak(zaak)}/termijn"
    with kijker(chromium, gemeente, "Bas Behandelaar", WERKLIJST) as bas:
        for wat in ("opschorten", "verdagen"):
            bas.open(f"{termijn}/{wat}", f"termijn-{wat}").open(f"{termijn}/{wat}", f"termijn-{wat}", "en")
        bas.druk("Record", "termijn-verdagen-fout-en")
        gemeente.verzet(days=60)
        gemeente.werk()
    with kijker(chromium, gemeente, "Tessa de Lange", WERKLIJST) as tessa:
        tessa.open(f"{termijn}/ingebrekestelling", "termijn-ingebreke").druk("Vastleggen", "termijn-na-ingebreke")
    gemeente.verzet(days=20)
    gemeente.werk()
    with kijker(chromium, gemeente, "Tessa de Lange", WERKLIJST) as tessa:
        tessa.open(termijn, "termijn-dwangsom").open(termijn, "termijn-dwangsom", "en")
        tessa.pagina.goto(f"{termijn}?taal=nl")
        tessa.pagina.get_by_role("link", name="Herroepen").first.click()
        tessa.kijk("termijn-herroepen")
        tessa.open(f"{termijn}/geen-dwangsom", "termijn-geen-dwangsom").open(pad_zaak(zaak), "zaak-te-laat")
        tessa.open("/behandelen/termijnen", "teamleider").open("/behandelen/termijnen", "teamleider", "en")
        tessa.open("/behandelen/termijnen?toestand=verlopen", "teamleider-te-laat").open(WERKLIJST, "werklijst-te-laat")
        tessa.open("/behandelen/termijnen?toestand=opgeschort", "teamleider-leeg")
    with kijker(chromium, gemeente, "", "/mijn/") as jan:
        jan.open(f"/mijn/zaken/{zaak.uuid}", "mijn-te-laat").open(f"/mijn/zaken/{zaak.uuid}", "mijn-te-laat", "en")
    with kijker(chromium, gemeente, "Kim Jansma", "/kcc/") as kim:
        kim.open(f"/kcc/zaak/{zaak.uuid}", "kcc-te-laat").open(f"/kcc/zaak/{zaak.uuid}", "kcc-te-laat", "en")
        kim.pagina.goto("/kcc/zoeken/bsn?taal=nl")
        kim.pagina.get_by_label("Burgerservicenummer").fill(BSN)
        kim.pagina.get_by_role("button", name="Zoeken").last.click()
        kim.kijk("kcc-klant")
        kim.pagina.get_by_role("link", name="Aanvraag invoeren").click()
        kim.kijk("kcc-aanvraag")
        kim.druk("Verder", "kcc-aanvraag-fout")
        kim.open(kim.pagina.url, "kcc-aanvraag", "en")
    with kijker(chromium, gemeente, "Femke Bruins", "/beheer/termijnen/") as femke:
        femke.open("/beheer/termijnen/", "storingen-leeg").open("/beheer/termijnen/", "storingen-leeg", "en")
        femke.open("/beheer/termijnen/", "storingen-leeg").druk("Storing vastleggen", "storingen-fout")
        femke.open("/beheer/mandaten/", "mandaten").open("/beheer/mandaten/", "mandaten", "en")
        femke.open("/beheer/mandaten/nieuw", "mandaat-nieuw")
