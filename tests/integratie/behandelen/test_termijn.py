"""De termijn op de schermen: behandelaar, teamleider, KCC, inwoner en beheerder, elk in een vast aantal aanroepen."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest

from integratie.termijnen import TermijnenClient
from integratie.termijnen.schemas import GebeurtenisIn, KlokDetailUit
from integratie.zaken.schemas import ZaakUit
from kern.termijnen import op_werkdag, termijn
from mijngemeente.termijn import termijnverhaal
from tests.integratie.behandelen.hulp import (
    BAS,
    KIM,
    TESSA,
    Beoordeling,
    Browser,
    aanroepen,
    browser,
    pad_zaak,
    te_beoordelen,
)
from tests.reishulp import Gemeente

VERSIE = re.compile(r'name="versie" value="(\d+)"')


def klok(gemeente: Gemeente, zaak: ZaakUit) -> KlokDetailUit:
    gevonden = TermijnenClient(gemeente.installatie, namens="behandelen").klok(zaak.url)
    assert gevonden is not None
    return gevonden


def vul_in(bas: Browser, pad: str, **velden: str) -> None:
    bas.naar(pad)
    versie = VERSIE.search(bas.antwoord.text)
    assert versie
    bas.stuur(pad, sleutel=bas.sleutel, versie=versie[1], **velden)


def dag(waarde: date, naam: str = "dag") -> dict[str, str]:
    return {f"{naam}-dag": f"{waarde.day}", f"{naam}-maand": f"{waarde.month}", f"{naam}-jaar": f"{waarde.year}"}


def test_de_zaak_toont_haar_termijn_in_een_aanroep_meer(
    gemeente: Gemeente, bas: Browser, beoordeling: Beoordeling
) -> None:
    zaak, _ = beoordeling
    with aanroepen(gemeente.installatie) as gevraagd:
        bas.naar(pad_zaak(zaak))
    assert sum("/termijnen/api/" in str(verzoek.url) for verzoek in gevraagd) == 1
    for tekst in ("Beslissen uiterlijk", "Streefdatum", "laatste dag om te beslissen", "Awb 4:13"):
        assert tekst in bas.tekst


def test_opschorten_hervatten_en_herroepen(gemeente: Gemeente, bas: Browser) -> None:
    zaak, _ = te_beoordelen(gemeente)
    vandaag = gemeente.installatie.klok.vandaag()
    pad = f"{pad_zaak(zaak)}/termijn"
    velden = {**dag(vandaag), **dag(vandaag + timedelta(days=14), "tot")}
    vul_in(bas, f"{pad}/opschorten", soort="aanvulling gevraagd", reden="Een plattegrond", **velden)
    assert "Vastgelegd" in bas.tekst
    assert klok(gemeente, zaak).einddatum == op_werkdag(vandaag + timedelta(days=56 + 14))
    gemeente.verzet(days=1)
    bas.log_in(BAS, pad)
    for tekst in ("Beslistermijn staat stil", "Een plattegrond", "Bas", "laatste dag van de opschorting"):
        assert tekst in bas.tekst
    vul_in(bas, f"{pad}/hervatten", **dag(vandaag + timedelta(days=1)))
    assert klok(gemeente, zaak).einddatum == termijn(vandaag, "P8W")
    regel = klok(gemeente, zaak).gebeurtenissen[-1]
    vul_in(bas, f"{pad}/herroepen/{regel.uuid}", reden="Verkeerde zaak")
    assert "(herroepen)" in bas.tekst
    assert klok(gemeente, zaak).toestand == "opgeschort"


def test_een_fout_of_een_collega_die_eerder_was_staat_erbij(gemeente: Gemeente, bas: Browser) -> None:
    zaak, _ = te_beoordelen(gemeente)
    vandaag = gemeente.installatie.klok.vandaag()
    pad = f"{pad_zaak(zaak)}/termijn"
    vul_in(bas, f"{pad}/opschorten", soort="instemming", reden="", **dag(vandaag))
    assert "Toelichting" in bas.tekst
    vul_in(bas, f"{pad}/opschorten", soort="instemming", reden="Zonder dag", **dag(vandaag))
    assert "Zonder datum wordt de termijn niet opgeschort." in bas.tekst
    bas.naar(f"{pad}/verdagen")
    sleutel = bas.sleutel
    anders = GebeurtenisIn(uuid=uuid4(), soort="verdaagd", duur="P1W", reden="Ik was eerder")
    TermijnenClient(gemeente.installatie, namens="behandelen").leg_vast(zaak.url, anders)
    bas.stuur(f"{pad}/verdagen", sleutel=sleutel, versie="1", weken="2", reden="Advies")
    assert "Dat kan nu niet met deze termijn." in bas.tekst


@pytest.mark.parametrize(
    ("verschil", "tekst"),
    [(-1, "Deze dag ligt voor de ontvangst van de aanvraag."), (1, "Deze dag moet nog komen.")],
)
def test_een_dag_voor_de_ontvangst_of_in_de_toekomst_staat_bij_het_veld(
    gemeente: Gemeente, bas: Browser, beoordeling: Beoordeling, verschil: int, tekst: str
) -> None:
    zaak, _ = beoordeling
    vanaf = zaak.startdatum if verschil < 0 else gemeente.installatie.klok.vandaag()
    wanneer = vanaf + timedelta(days=verschil)
    pad = f"{pad_zaak(zaak)}/termijn"
    velden = {**dag(wanneer), **dag(wanneer + timedelta(days=14), "tot")}
    vul_in(bas, f"{pad}/opschorten", soort="aanvulling gevraagd", reden="Een plattegrond", **velden)
    assert bas.tekst.count(tekst) == 2  # in de samenvatting en bij het veld
    assert "Een plattegrond" in bas.antwoord.text
    assert [g.soort for g in klok(gemeente, zaak).gebeurtenissen] == ["ontvangen"]


def test_derden_horen_is_er_alleen_bij_een_woo_verzoek(bas: Browser, beoordeling: Beoordeling) -> None:
    zaak, _ = beoordeling
    assert "Overmacht" in bas.naar(f"{pad_zaak(zaak)}/termijn/opschorten").tekst
    assert "Anderen om een zienswijze gevraagd" not in bas.tekst


def test_ingebrekestelling_en_dwangsom(gemeente: Gemeente, bas: Browser) -> None:
    zaak, _ = te_beoordelen(gemeente)
    pad = f"{pad_zaak(zaak)}/termijn"
    bas.naar(f"{pad}/ingebrekestelling")
    assert "Dat kan nu niet met deze termijn." in bas.tekst
    gemeente.verzet(days=70)
    gemeente.werk()
    bas.log_in(BAS, pad)
    vul_in(bas, f"{pad}/ingebrekestelling", **dag(gemeente.installatie.klok.vandaag()))
    assert "Twee weken daarna begint de dwangsom." in bas.tekst
    gemeente.verzet(days=24)
    bas.log_in(BAS, pad_zaak(zaak))
    assert "230,00" in bas.tekst
    assert "Dat loopt op tot wij beslissen" in termijnverhaal(klok(gemeente, zaak))[-1].tekst
    assert "Ingebrekestelling vastleggen" not in bas.naar(pad).tekst
    gemeente.verzet(days=40)
    bas.log_in(BAS, pad_zaak(zaak))
    assert "1.442,00" in bas.tekst
    assert "Het wordt niet hoger." in bas.tekst
    assert termijnverhaal(klok(gemeente, zaak))[-1].tekst.startswith("U krijgt 1442 euro.")
    vul_in(bas, f"{pad}/geen-dwangsom", reden="Onredelijk laat")
    assert "1.442,00" not in bas.tekst


def test_de_teamleider_ziet_wat_te_laat_is(gemeente: Gemeente, bas: Browser) -> None:
    assert bas.naar("/behandelen/termijnen").status == 403
    zaak, _ = te_beoordelen(gemeente)
    gemeente.verzet(days=60)
    with browser(gemeente.installatie, TESSA) as tessa:
        with aanroepen(gemeente.installatie) as gevraagd:
            tessa.naar("/behandelen/termijnen?toestand=verlopen")
        assert sum("/termijnen/api/" in str(verzoek.url) for verzoek in gevraagd) == 2
        assert zaak.identificatie in tessa.tekst
        assert "Vergunning toeristische verhuur" in tessa.tekst
        tessa.naar("/behandelen/termijnen?toestand=loopt&zaaktype=TV-VERGUNNING")
        assert zaak.identificatie not in tessa.tekst


def test_storing_en_feestdag_in_beheer(gemeente: Gemeente) -> None:
    vandaag = gemeente.installatie.klok.vandaag()
    client = TermijnenClient(gemeente.installatie, namens="beheer")
    with browser(gemeente.installatie) as fb:
        fb.log_in("femke", "/beheer/termijnen/")
        fb.stuur(
            "/beheer/termijnen/storingen", sleutel=str(uuid4()), tijd="25:00", omschrijving="x",
            **dag(vandaag - timedelta(days=1)),
        )  # fmt: skip
        assert "Vul een tijd in zoals 14:30." in fb.tekst
        fb.stuur(
            "/beheer/termijnen/storingen", sleutel=str(uuid4()), tijd="14.30", omschrijving="DigiD lag eruit",
            **dag(vandaag - timedelta(days=1)),
        )  # fmt: skip
        (storing,) = client.storingen()
        assert (storing.einde, storing.omschrijving) == (None, "DigiD lag eruit")
        fb.stuur(f"/beheer/termijnen/storingen/{storing.uuid}")
        assert next(client.storingen()).einde is not None
        extra = vandaag + timedelta(days=400)
        fb.stuur("/beheer/termijnen/feestdagen", naam="Brugdag", grondslag="Besluit", **dag(extra))
        assert [f.dag for f in client.feestdagen()] == [extra]
        fb.stuur("/beheer/termijnen/feestdagen/intrekken", dag=extra.isoformat())
        assert list(client.feestdagen()) == []


def test_het_kcc_ziet_de_termijn(gemeente: Gemeente, beoordeling: Beoordeling) -> None:
    with browser(gemeente.installatie) as kim:
        kim.log_in(KIM, "/kcc/")
        kim.naar(f"/kcc/zaak/{beoordeling[0].uuid}")
        assert "Beslissen uiterlijk" in kim.tekst
