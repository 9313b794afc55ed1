"""De zaak: alles erop in een vast aantal aanroepen, alleen haar eigen documenten, en acties die één keer starten."""

import base64
import re
from itertools import product
from uuid import uuid4

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from integratie.catalogi import CatalogiClient
from integratie.documenten import DocumentenClient
from integratie.documenten.schemas import DocumentIn, DocumentUit
from integratie.termijnen import TermijnenClient
from integratie.termijnen.schemas import GebeurtenisIn
from integratie.urn import urn_kvk
from integratie.zaken import ZakenClient
from integratie.zaken.schemas import ZaakInformatieObjectIn, ZaakUit
from kern.tabellen import Auditregel
from tests import schermhulp
from tests.integratie.behandelen.hulp import (
    BAS,
    KIM,
    NADIA,
    TESSA,
    Beoordeling,
    Browser,
    aanroepen,
    browser,
    kapot,
    pad_taak,
    pad_zaak,
    registratie,
    te_beoordelen,
)
from tests.reishulp import BSN, CORPORATIE, KOOP, PDF, Gemeente
from tests.schermhulp import leesbare_tekst

OK = 200
RAUW = re.compile(
    r"(?<![-\w])P\d+[DWMY](?![-\w])|\d{4}-\d\d-\d\dT|\b(?:None|null|undefined)\b|[{]{2}|%\(|\b[a-z]+_[a-z_]+\b|/api/v\d"
)
"""Wat een mens nooit hoort te lezen: een ISO-duur, een tijdstip voor computers, een lege waarde, een plek in een sjabloon, een technische naam of adres."""
NEDERLANDS = (
    "Vergunning toeristische verhuur", "Registratie toeristische verhuur", "Besluit genomen", "In behandeling",
    "Aanvraag beoordelen", "Het college van burgemeester en wethouders", "Mandaatregister, onderdeel Wonen",
    "Uw aanvraag voldoet aan alle voorwaarden.", "Wij willen eerst overleggen.", "Een plattegrond graag.",
)  # fmt: skip
"""Wat in de registraties alleen in het Nederlands staat."""
MEESTE_AANROEPEN = 22  # ook de bekendmakingen, en of de zaak in te trekken is


def _documenten(gemeente: Gemeente, zaak: ZaakUit, aantal: int) -> list[DocumentUit]:
    """Hang documenten aan een zaak."""
    installatie = gemeente.installatie
    vandaag = installatie.klok.vandaag()
    soort = CatalogiClient(installatie, namens="processen").informatieobjecttype("Ingediend formulier", vandaag)
    assert soort is not None
    documenten, zaken = DocumentenClient(installatie, namens="processen"), ZakenClient(installatie, namens="processen")
    gemaakt: list[DocumentUit] = []
    for nummer in range(aantal):
        document = DocumentIn(
            bronorganisatie=installatie.instellingen.bronorganisatie,
            creatiedatum=vandaag,
            titel=f"Bijlage {nummer:02}",
            auteur="proef",
            taal="nld",
            formaat="application/pdf",
            bestandsnaam=f"bijlage “{nummer}”.pdf",
            informatieobjecttype=soort.url,
            inhoud=base64.b64encode(PDF).decode(),
            bestandsomvang=len(PDF),
            indicatie_gebruiksrecht=False,
        )
        gemaakt.append(documenten.maak_document(document))
        koppeling = ZaakInformatieObjectIn(informatieobject=gemaakt[-1].url, zaak=zaak.url)
        zaken.koppel_document(koppeling, sleutel=uuid4().hex)
        gemeente.verzet(seconds=1)
    return gemaakt


def test_de_hele_zaak_staat_er(geregistreerd: ZaakUit, bas: Browser) -> None:
    zaak = geregistreerd
    tekst = bas.naar(pad_zaak(zaak)).tekst
    for stuk in (zaak.identificatie, "Geregistreerd", "Registratie controleren", "Verzonden berichten", "MijnGemeente"):
        assert stuk in tekst, stuk
    assert BSN not in tekst
    assert "Case number" in bas.naar(f"{pad_zaak(zaak)}?taal=en").tekst


def test_de_vragen_die_een_onderneming_zag(gemeente: Gemeente, bas: Browser) -> None:
    gegevens = {**CORPORATIE, "bedrijfsnaam": "B&B De Zonnebloem", "soortVerhuur": "benb"}
    verzoek = gemeente.dien_in("vergunning", gegevens, initiator=urn_kvk("90000018"))
    gemeente.werk()
    tekst = bas.naar(pad_zaak(gemeente.zaak(verzoek))).tekst
    assert "Naam van de organisatie" in tekst
    assert "Woont u zelf in deze woning?" not in tekst


def test_zaak_die_er_niet_is(bas: Browser) -> None:
    assert bas.naar(f"/behandelen/zaken/{uuid4()}").status == 404
    assert bas.naar("/behandelen/zaken/geen-uuid").status == 404


def test_dertig_documenten_kosten_geen_aanroep_meer(gemeente: Gemeente, bas: Browser) -> None:
    zaak, taak = te_beoordelen(gemeente)
    eerst = [_aanroepen_van(gemeente, bas, pad) for pad in (pad_zaak(zaak), pad_taak(taak))]
    _documenten(gemeente, zaak, 30)
    daarna = [_aanroepen_van(gemeente, bas, pad) for pad in (pad_zaak(zaak), pad_taak(taak))]
    assert eerst == daarna
    assert max(map(len, daarna)) <= MEESTE_AANROEPEN
    assert "documenten bij de zaak" in bas.tekst  # op de taak een link, zodat een half antwoord blijft staan
    tekst = bas.naar(pad_zaak(zaak)).tekst
    assert "Bijlage 29" in tekst  # nieuwste eerst
    assert "Bijlage 05" not in tekst
    assert "Bijlage 05" in bas.naar(f"{pad_zaak(zaak)}?documenten=2").tekst
    assert bas.naar(f"{pad_zaak(zaak)}?documenten=9").status == 404


def _aanroepen_van(gemeente: Gemeente, bas: Browser, pad: str) -> list[str]:
    with aanroepen(gemeente.installatie) as gedaan:
        assert "niet bereikbaar" not in bas.naar(pad).tekst
    return sorted(f"{vraag.method} {vraag.url.path}" for vraag in gedaan)


def test_document_alleen_via_zijn_eigen_zaak(gemeente: Gemeente, geregistreerd: ZaakUit, bas: Browser) -> None:
    zaak, andere = registratie(gemeente), geregistreerd
    (document,) = _documenten(gemeente, zaak, 1)
    pad = f"documenten/{document.url.rpartition('/')[2]}"
    bas.naar(f"{pad_zaak(zaak)}/{pad}")
    assert bas.antwoord.content == PDF
    assert bas.antwoord.headers["content-disposition"].startswith("attachment; filename*=UTF-8''bijlage%20%E2%80%9C0")
    assert bas.antwoord.headers["x-content-type-options"] == "nosniff"
    assert bas.naar(f"{pad_zaak(andere)}/{pad}").status == 404
    assert bas.naar(f"{pad_zaak(zaak)}/documenten/{uuid4()}").status == 404


@pytest.mark.parametrize("weg", ["documenten", "besluiten", "taken", "processen", "objecten", "verzoeken", "catalogi"])
def test_een_bron_die_hapert_raakt_alleen_haar_deel(
    gemeente: Gemeente, beoordeling: Beoordeling, bas: Browser, weg: str
) -> None:
    zaak, _taak = beoordeling
    with kapot(gemeente.installatie, weg):
        bas.naar(pad_zaak(zaak))
    assert bas.status == 200
    assert "Dit deel is nu niet bereikbaar" in bas.tekst
    assert zaak.identificatie in bas.tekst


def test_dubbele_klik_op_een_actie_start_haar_een_keer(gemeente: Gemeente, bas: Browser) -> None:
    zaak = registratie(gemeente)
    bas.naar(pad_zaak(zaak))
    velden = {"proces": "toeristische-verhuur-controle", "sleutel": bas.sleutel}
    for _ in range(2):
        bas.stuur(f"{pad_zaak(zaak)}/acties", **velden)
        assert "De actie is gestart" in bas.tekst
    gemeente.werk()
    (taak,) = gemeente.taken(zaak)
    assert taak.titel in bas.naar(pad_zaak(zaak)).tekst


def test_alleen_acties_van_dit_zaaktype(beoordeling: Beoordeling, bas: Browser) -> None:
    zaak, _taak = beoordeling
    assert "Registratie controleren" not in bas.naar(pad_zaak(zaak)).tekst
    velden = {"proces": "toeristische-verhuur-controle", "sleutel": str(uuid4())}
    assert bas.stuur(f"{pad_zaak(zaak)}/acties", **velden).status == 400


def test_wachten_op_de_aanvrager(gemeente: Gemeente, bas: Browser) -> None:
    zaak, taak = te_beoordelen(gemeente)
    bas.naar(pad_taak(taak)).stuur(f"{pad_taak(taak)}/pakken")
    bas.stuur(pad_taak(taak), actie="verder", besluit="aanvullen", vraag="Stuur een plattegrond")
    gemeente.werk()
    tekst = bas.naar(pad_zaak(zaak)).tekst
    assert "Beslistermijn staat stil" in tekst
    assert "Wacht op de aanvrager: Aanvulling sturen" in tekst
    assert "Gevraagd: Stuur een plattegrond" in tekst
    (document,) = _documenten(gemeente, zaak, 1)
    gemeente.vul_aan(toelichting="Hier is hij", bijlagen=[{"id": document.url, "naam": "plattegrond.pdf"}])
    (nieuw,) = gemeente.taken(zaak)
    for pad in (pad_zaak(zaak), pad_taak(nieuw)):
        tekst = bas.naar(pad).tekst
        assert "Beslistermijn: nog" in tekst
        assert "Antwoord van de aanvrager: Aanvulling sturen" in tekst
        assert "Hier is hij" in tekst
        link = f'href="{pad_zaak(zaak)}/documenten/{document.url.rpartition("/")[2]}">plattegrond.pdf</a>'
        assert link in tekst


def test_geen_bsn_in_adressen_en_log(gemeente: Gemeente, beoordeling: Beoordeling, bas: Browser) -> None:
    zaak, taak = beoordeling
    with aanroepen(gemeente.installatie) as gedaan, capture_logs() as regels:
        bas.naar(pad_zaak(zaak)).naar(pad_taak(taak))
    assert gedaan
    assert not [vraag.url for vraag in gedaan if BSN in str(vraag.url)]
    assert BSN not in str(regels)


def test_wie_keek_ligt_vast(gemeente: Gemeente) -> None:
    zaak = registratie(gemeente)
    for wie in (NADIA, TESSA):
        with browser(gemeente.installatie, wie) as browser_van:
            browser_van.naar(pad_zaak(zaak))
    with gemeente.installatie.db.lezen() as verbinding:
        vraag = select(Auditregel.gebruiker, Auditregel.actie).where(Auditregel.onderwerp == zaak.identificatie)
        regels = [tuple(rij) for rij in verbinding.execute(vraag.order_by(Auditregel.tijdstip))]
    assert regels == [(NADIA, "zaak geweigerd"), (TESSA, "zaak bekeken")]


@pytest.fixture(scope="module")
def paden(gemeente: Gemeente, geregistreerd: ZaakUit) -> dict[str, list[str]]:
    """Per medewerker (of de inwoner) de pagina's over zaken in elke toestand."""
    verzoek = gemeente.dien_in("vergunning", KOOP)
    gemeente.werk()
    verleende = gemeente.zaak(verzoek)
    wacht, _ = te_beoordelen(gemeente)
    gemeente.rond_af(wacht, besluit="aanvullen", vraag="Een plattegrond graag.")
    open_, taak = te_beoordelen(gemeente)
    termijnen = TermijnenClient(gemeente.installatie, namens="behandelen")
    verdaagd = GebeurtenisIn(uuid=uuid4(), soort="verdaagd", duur="P6W", reden="Wij willen eerst overleggen.", door=BAS)
    termijnen.leg_vast(open_.url, verdaagd)
    gemeente.werk()
    (besluit,) = gemeente.besluiten(verleende)
    zaken = [verleende, wacht, open_, geregistreerd]
    behandelaar = [pad for zaak in zaken for pad in (pad_zaak(zaak), f"{pad_zaak(zaak)}/termijn")]
    klanttaken = [f"/mijn/taken/{taak.uuid}" for taak in gemeente.klanttaken()]
    portaal = ["/mijn/", "/mijn/zaken", "/mijn/taken", "/mijn/berichten", "/mijn/producten", "/mijn/voorkeuren"]
    return {
        BAS: [
            *behandelaar, "/behandelen/", f"/behandelen/taken/{taak.uuid}", f"{pad_zaak(open_)}/besluit",
            f"{pad_zaak(verleende)}/besluiten/{besluit.url.rpartition('/')[2]}",
        ],
        TESSA: ["/behandelen/termijnen", "/behandelen/termijnen?toestand=opgeschort"],
        KIM: [f"/kcc/zaak/{zaak.uuid}" for zaak in zaken],
        BSN: [*portaal, *klanttaken, *(f"/mijn/zaken/{zaak.uuid}" for zaak in zaken)],
        "femke": ["/beheer/termijnen/", "/beheer/mandaten/"],
    }  # fmt: skip


@pytest.mark.parametrize("wie", [BAS, TESSA, KIM, BSN, "femke"])
def test_geen_pagina_toont_iets_rauws_en_engels_zegt_wat_nederlands_is(
    gemeente: Gemeente, paden: dict[str, list[str]], wie: str
) -> None:
    """WCAG 3.1.2: op een Engelse pagina zegt de HTML van elk stuk Nederlands dat het dat is."""
    gezien = ""
    with schermhulp.http_naar(gemeente.installatie) as http:
        venster = Browser(http)
        venster.log_in(wie, "/aanmelden/digid?terug=/mijn/&niveau=midden" if wie == BSN else paden[wie][0])
        for pad, taal in product(paden[wie], ("nl", "en")):
            bladzijde = venster.naar(f"{pad}{'&' if '?' in pad else '?'}taal={taal}").antwoord
            assert bladzijde.status_code == OK, pad
            gezien += leesbare_tekst(bladzijde.text)
            assert RAUW.findall(leesbare_tekst(bladzijde.text)) == [], (pad, taal)
            if taal == "en":  # een verstuurd bericht (details) kan in elke taal zijn
                tekst = leesbare_tekst(bladzijde.text, "option", "details", "*[@lang='nl']")
                assert [stuk for stuk in NEDERLANDS if stuk in tekst] == [], pad
    assert wie == "femke" or any(stuk in gezien for stuk in NEDERLANDS)
