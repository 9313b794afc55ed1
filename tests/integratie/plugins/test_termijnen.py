"""De bouwblokken van de wettelijke klok: elk twee keer uitgevoerd, op het echte grootboek en de echte Zaken API."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from contracten import BpmnFout
from integratie.termijnen import TermijnenClient
from integratie.termijnen.schemas import KlokDetailUit, StoringEindeIn, StoringIn
from integratie.zaken.schemas import ZaakUit
from kern.termijnen import op_werkdag, termijn, werkdag
from processen.motor.tabellen import Bericht
from tests.integratie.plugins.proef import Proef
from tests.reishulp import Gemeente


def klok(proef: Proef, zaak: ZaakUit) -> KlokDetailUit:
    gevonden = TermijnenClient(proef.gemeente.installatie, namens="processen").klok(zaak.url)
    assert gevonden is not None
    return gevonden


def met_klok(proef: Proef) -> ZaakUit:
    zaak = proef.zaak()
    proef.voer_uit("termijnen.starten", zaak=zaak.url)
    return zaak


def test_starten_neemt_de_regels_van_het_pakket(proef: Proef) -> None:
    zaak = proef.zaak()
    uitvoer = proef.voer_uit("termijnen.starten", zaak=zaak.url)
    assert uitvoer.einddatum == termijn(zaak.startdatum, "P8W")
    assert uitvoer.streefdatum == zaak.startdatum + timedelta(weeks=4)
    nu = klok(proef, zaak)
    assert (nu.soort, nu.te_verdagen, nu.grondslag) == ("aanvraag", "P6W", "Awb 4:13")
    assert [(g.soort, g.door) for g in nu.gebeurtenissen] == [("ontvangen", "proces")]


def test_de_zaak_krijgt_de_datums_van_de_klok(proef: Proef) -> None:
    zaak = met_klok(proef)
    proef.gemeente.werk()
    nu = proef.gemeente.zaken.zaak(zaak.url)
    assert nu.uiterlijke_einddatum_afdoening == termijn(zaak.startdatum, "P8W")
    assert nu.einddatum_gepland == zaak.startdatum + timedelta(weeks=4)


def test_opschorten_en_hervatten(proef: Proef) -> None:
    zaak = met_klok(proef)
    tot = zaak.startdatum + timedelta(days=14)
    uitvoer = proef.voer_uit("termijnen.opschorten", {"reden": "Wacht op een plattegrond"}, zaak=zaak.url, tot=tot)
    assert uitvoer.tot == tot
    assert uitvoer.einddatum > termijn(zaak.startdatum, "P8W")
    proef.gemeente.werk()
    opschorting = proef.gemeente.zaken.zaak(zaak.url).opschorting
    assert (opschorting.indicatie, opschorting.reden) == (True, "Wacht op een plattegrond")
    uitvoer = proef.voer_uit("termijnen.hervatten", zaak=zaak.url)
    assert uitvoer.einddatum == termijn(zaak.startdatum, "P8W")  # dezelfde dag beantwoord: niets stilgestaan
    proef.gemeente.werk()
    opschorting = proef.gemeente.zaken.zaak(zaak.url).opschorting
    assert (opschorting.indicatie, opschorting.eerdere_opschorting) == (False, True)


def test_zonder_antwoord_telt_niets_als_antwoord(proef: Proef) -> None:
    zaak = met_klok(proef)
    proef.voer_uit("termijnen.opschorten", {"reden": "?"}, zaak=zaak.url, tot=zaak.startdatum + timedelta(days=7))
    proef.voer_uit("termijnen.hervatten", zaak=zaak.url, aangevuld=False)
    assert [g.soort for g in klok(proef, zaak).gebeurtenissen] == ["ontvangen", "aanvulling gevraagd"]


@pytest.mark.parametrize(
    ("sleutel", "koppen", "code"),
    [
        ("termijnen.opschorten", {"reden": "zonder datum"}, "opschorten-kan-niet"),
        ("termijnen.verdagen", {"reden": "te lang", "duur": "P7W"}, "verdagen-kan-niet"),
    ],
)
def test_wat_de_wet_niet_toelaat_is_een_bpmn_fout(
    proef: Proef, sleutel: str, koppen: dict[str, str], code: str
) -> None:
    zaak = met_klok(proef)
    with pytest.raises(BpmnFout) as fout:
        proef.voer_uit(sleutel, koppen, zaak=zaak.url)
    assert fout.value.code == code


def test_verdagen_kan_een_keer(proef: Proef) -> None:
    zaak = met_klok(proef)
    koppen = {"reden": "Er is advies nodig", "duur": "P6W"}
    assert proef.voer_uit("termijnen.verdagen", koppen, zaak=zaak.url).einddatum == op_werkdag(
        zaak.startdatum + timedelta(weeks=14)
    )
    with pytest.raises(BpmnFout):
        proef.voer_uit("termijnen.verdagen", koppen, zaak=zaak.url)
    proef.gemeente.werk()
    verlenging = proef.gemeente.zaken.zaak(zaak.url).verlenging
    assert (verlenging.reden, verlenging.duur) == ("Er is advies nodig", "P6W")


def test_lezen_en_vastleggen(proef: Proef) -> None:
    zaak = met_klok(proef)
    gelezen = proef.voer_uit("termijnen.lezen", zaak=zaak.url)
    assert (gelezen.toestand, gelezen.opgeschort, gelezen.dwangsom) == ("loopt", False, None)
    proef.voer_uit("termijnen.vastleggen", {"soort": "beslist"}, zaak=zaak.url)
    assert proef.voer_uit("termijnen.lezen", zaak=zaak.url).toestand == "beslist"


def berichten(proef: Proef, sleutel: str) -> list[Any]:
    vraag = select(Bericht.naam, Bericht.inhoud).where(Bericht.sleutel == sleutel).order_by(Bericht.ontvangen)
    with proef.gemeente.installatie.db.lezen() as verbinding:
        return list(verbinding.execute(vraag))


def test_wekkers_schuiven_mee_en_gaan_een_keer_af(proef: Proef) -> None:
    zaak = met_klok(proef)
    einddatum = klok(proef, zaak).einddatum
    assert einddatum is not None
    dreigt = proef.voer_uit("termijnen.dreigt-te-verlopen", {"werkdagen": "5"}, zaak=zaak.url).wekker
    verlopen = proef.voer_uit("termijnen.verlopen", zaak=zaak.url).wekker
    assert UUID(dreigt) != UUID(verlopen)
    proef.voer_uit("termijnen.verdagen", {"reden": "Advies", "duur": "P1W"}, zaak=zaak.url)
    vandaag = proef.gemeente.installatie.klok.vandaag()
    proef.gemeente.verzet(days=(werkdag(einddatum, -5) - vandaag).days)
    proef.gemeente.werk()
    assert berichten(proef, dreigt) == []  # een week opgeschoven
    proef.gemeente.verzet(days=10)
    proef.gemeente.werk()
    proef.gemeente.werk()
    (bericht,) = berichten(proef, dreigt)
    assert (bericht.naam, bericht.inhoud["zaak"]) == ("termijn-dreigt", zaak.url)
    assert berichten(proef, verlopen) == []
    proef.gemeente.verzet(days=20)
    proef.gemeente.werk()
    assert [bericht.naam for bericht in berichten(proef, verlopen)] == ["termijn-verlopen"]


def test_na_een_besluit_komt_er_geen_bericht_meer(proef: Proef) -> None:
    zaak = met_klok(proef)
    wekker = proef.voer_uit("termijnen.wachten-tot", zaak=zaak.url, datum=zaak.startdatum + timedelta(days=3)).wekker
    proef.voer_uit("termijnen.vastleggen", {"soort": "beslist"}, zaak=zaak.url)
    proef.gemeente.verzet(days=5)
    proef.gemeente.werk()
    assert berichten(proef, wekker) == []


@pytest.mark.parametrize("besloten", [False, True])
def test_de_dag_na_de_reactietermijn_gaat_het_proces_verder(proef: Proef, besloten: bool) -> None:
    """Ook als er al beslist is: wie dat besluit wil intrekken, vraagt eerst een zienswijze (Awb 4:8)."""
    zaak = met_klok(proef)
    if besloten:
        proef.voer_uit("termijnen.vastleggen", {"soort": "beslist"}, zaak=zaak.url)
    tot = zaak.startdatum + timedelta(days=14)
    wekker = proef.voer_uit("termijnen.reactie-voorbij", zaak=zaak.url, tot=tot).wekker
    proef.gemeente.verzet(days=14)
    proef.gemeente.werk()
    assert berichten(proef, wekker) == []
    proef.gemeente.verzet(days=1)
    proef.gemeente.werk()
    proef.gemeente.werk()
    assert [bericht.naam for bericht in berichten(proef, wekker)] == ["termijn-reactie-voorbij"]


@pytest.mark.parametrize("besloten", [False, True])
def test_een_storing_op_de_laatste_reactiedag_schuift_ook_na_een_besluit_mee(
    gemeente: Gemeente, besloten: bool
) -> None:
    proef, termijnen = Proef(gemeente), TermijnenClient(gemeente.installatie, namens="processen")
    zaak = met_klok(proef)
    if besloten:
        proef.voer_uit("termijnen.vastleggen", {"soort": "beslist"}, zaak=zaak.url)
    wekker = proef.voer_uit("termijnen.reactie-voorbij", zaak=zaak.url, tot=zaak.startdatum + timedelta(days=14)).wekker
    gemeente.verzet(days=14)
    nu = gemeente.installatie.klok.nu()
    storing = StoringIn(uuid=uuid4(), begin=nu, einde=nu, omschrijving="DigiD onbereikbaar", door="fb")
    termijnen.meld_storing(storing)
    gemeente.werk()
    gemeente.verzet(days=1)
    gemeente.werk()
    assert berichten(proef, wekker) == []
    gemeente.verzet(days=4)
    gemeente.werk()
    assert [bericht.naam for bericht in berichten(proef, wekker)] == ["termijn-reactie-voorbij"]
    termijnen.wijzig_storing(storing.uuid, StoringEindeIn(ingetrokken=True, door="fb"))


def test_is_de_reactietermijn_al_voorbij_dan_komt_het_bericht_meteen(proef: Proef) -> None:
    zaak = met_klok(proef)
    proef.gemeente.verzet(days=3)
    wekker = proef.voer_uit("termijnen.reactie-voorbij", zaak=zaak.url, tot=zaak.startdatum + timedelta(days=1)).wekker
    proef.gemeente.werk()
    assert [bericht.naam for bericht in berichten(proef, wekker)] == ["termijn-reactie-voorbij"]
