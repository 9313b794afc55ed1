"""Het grootboek: vastleggen, herroepen, gelijktijdig werk, en opnieuw rekenen na een feestdag of storing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import ProgrammingError

from integratie.basis import ApiFout
from integratie.catalogi import CatalogiClient
from integratie.termijnen import TermijnenClient
from integratie.termijnen.schemas import (
    FeestdagIn,
    GebeurtenisIn,
    HerroepIn,
    KlokDetailUit,
    KlokIn,
    StoringEindeIn,
    StoringIn,
)
from integratie.zaken.schemas import ResultaatIn, StatusIn, ZaakUit
from kern.klok import NEDERLAND
from kern.termijnen import is_werkdag, op_werkdag, werkdag
from processen.termijnen.tabellen import Klok, Regel
from tests.integratie.processen.termijnen.conftest import Beginnen
from tests.reishulp import Gemeente


def leg_vast(termijnen: TermijnenClient, zaak: ZaakUit, soort: Any, **velden: Any) -> KlokDetailUit:
    gebeurtenis = GebeurtenisIn(
        uuid=uuid4(), soort=soort, **{"reden": "Omdat", "door": "bas", "door_naam": "Bas", **velden}
    )
    return termijnen.leg_vast(zaak.url, gebeurtenis)


def code(fout: pytest.ExceptionInfo[ApiFout]) -> str:
    return fout.value.fouten[0].code


def test_herroepen_rekent_opnieuw_en_laat_de_regel_staan(
    gemeente: Gemeente, termijnen: TermijnenClient, begin: Beginnen
) -> None:
    vandaag = gemeente.installatie.klok.vandaag()
    zaak, eerst = begin(vandaag - timedelta(days=14))
    later = leg_vast(
        termijnen, zaak, "aanvulling gevraagd", dag=vandaag - timedelta(days=7), tot=vandaag + timedelta(days=7)
    )
    assert later.einddatum is not None
    assert eerst.einddatum is not None
    assert later.einddatum > eerst.einddatum
    regel = later.gebeurtenissen[-1]
    assert (regel.grondslag, regel.door_naam, regel.reden) == ("Awb 4:5 en 4:15, eerste lid, onder a", "Bas", "Omdat")
    terug = termijnen.herroep(zaak.url, regel.uuid, HerroepIn(uuid=uuid4(), reden="Verkeerde zaak", door="bas"))
    assert terug.einddatum == eerst.einddatum
    assert [(g.soort, g.herroepen) for g in terug.gebeurtenissen[1:]] == [
        ("aanvulling gevraagd", True), ("herroepen", False),
    ]  # fmt: skip
    gemeente.werk()
    nu = gemeente.zaken.zaak(zaak.url)
    assert (nu.uiterlijke_einddatum_afdoening, nu.opschorting.indicatie) == (eerst.einddatum, False)
    with pytest.raises(ApiFout) as fout:
        termijnen.herroep(zaak.url, regel.uuid, HerroepIn(uuid=uuid4(), reden="Nog eens"))
    assert code(fout) == "al-herroepen"


@pytest.mark.parametrize(
    ("soort", "velden", "verwacht"),
    [
        ("aanvulling gevraagd", {"dag": 1}, "toekomst"),
        ("aanvulling gevraagd", {"dag": -30}, "voor-ontvangst"),
        ("aanvulling gevraagd", {}, "geen-gevolg"),  # zonder datum
        ("aanvulling gevraagd", {"reden": " ", "tot": 5}, "reden"),
        ("verdaagd", {}, "duur"),
        ("verdaagd", {"duur": "P7W"}, "geen-gevolg"),
        ("aangevuld", {}, "niet-opgeschort"),
        ("instemming", {"tot": -3}, "tot"),
    ],
)
def test_wat_niet_kan_wordt_geweigerd(
    gemeente: Gemeente, termijnen: TermijnenClient, begin: Beginnen, soort: str, velden: dict[str, Any], verwacht: str
) -> None:
    vandaag = gemeente.installatie.klok.vandaag()
    zaak, klok = begin(vandaag - timedelta(days=14))
    dagen = {n: vandaag + timedelta(days=w) for n, w in velden.items() if isinstance(w, int)}
    with pytest.raises(ApiFout) as fout:
        leg_vast(termijnen, zaak, soort, **{**velden, **dagen})
    assert code(fout) == verwacht
    nu = termijnen.klok(zaak.url)
    assert nu is not None
    assert nu.versie == klok.versie


def test_een_te_vroege_ingebrekestelling_staat_er_maar_doet_niets(
    gemeente: Gemeente, termijnen: TermijnenClient, begin: Beginnen
) -> None:
    zaak, _ = begin(gemeente.installatie.klok.vandaag() - timedelta(days=14))
    nu = leg_vast(termijnen, zaak, "ingebreke gesteld")
    assert (nu.ingebreke, nu.dwangsom, nu.stappen[-1].geldig) == (None, None, False)


def test_dwangsom_loopt_op_tot_het_besluit(gemeente: Gemeente, termijnen: TermijnenClient, begin: Beginnen) -> None:
    vandaag = gemeente.installatie.klok.vandaag()
    zaak, klok = begin(vandaag - timedelta(days=90))
    assert "ingebreke gesteld" in klok.mogelijk
    nu = leg_vast(termijnen, zaak, "ingebreke gesteld", dag=vandaag - timedelta(days=24))
    assert nu.dwangsom is not None
    assert (nu.dwangsom.dagen, nu.dwangsom.bedrag) == (10, 230)
    assert ("ingebreke gesteld" in nu.mogelijk, "geen dwangsom" in nu.mogelijk) == (False, True)
    assert nu.dwangsom.laatste_dag == nu.dwangsom.eerste_dag + timedelta(days=41)
    klaar = leg_vast(termijnen, zaak, "beslist")
    assert klaar.dwangsom is not None
    assert (klaar.toestand, klaar.dwangsom.bedrag) == ("beslist", 207)  # de dag van het besluit telt niet


def test_twee_mensen_tegelijk_verdagen_is_een_verdaging(
    gemeente: Gemeente, termijnen: TermijnenClient, begin: Beginnen
) -> None:
    zaak, _ = begin(gemeente.installatie.klok.vandaag() - timedelta(days=7))

    def verdaag(_nummer: int) -> str:
        try:
            leg_vast(termijnen, zaak, "verdaagd", duur="P2W")
        except ApiFout as fout:
            return fout.fouten[0].code
        return "gedaan"

    with ThreadPoolExecutor(4) as draden:
        assert sorted(draden.map(verdaag, range(4))) == ["gedaan", "geen-gevolg", "geen-gevolg", "geen-gevolg"]


def test_een_oude_versie_is_een_409(gemeente: Gemeente, termijnen: TermijnenClient, begin: Beginnen) -> None:
    zaak, klok = begin(gemeente.installatie.klok.vandaag())
    leg_vast(termijnen, zaak, "verdaagd", duur="P1W", versie=klok.versie)
    with pytest.raises(ApiFout) as fout:
        leg_vast(termijnen, zaak, "beslist", versie=klok.versie)
    assert (fout.value.status, fout.value.code) == (409, "gewijzigd")


def test_hetzelfde_nog_eens_is_een_keer(gemeente: Gemeente, termijnen: TermijnenClient, begin: Beginnen) -> None:
    zaak, _ = begin(gemeente.installatie.klok.vandaag())
    gebeurtenis = GebeurtenisIn(uuid=uuid4(), soort="verdaagd", duur="P1W", reden="Advies")
    assert termijnen.leg_vast(zaak.url, gebeurtenis) == termijnen.leg_vast(zaak.url, gebeurtenis)


def test_een_uuid_van_een_andere_klok_wordt_geweigerd(
    gemeente: Gemeente, termijnen: TermijnenClient, begin: Beginnen
) -> None:
    gebeurtenis = GebeurtenisIn(uuid=uuid4(), soort="verdaagd", duur="P1W", reden="Advies")
    een, _ = begin(gemeente.installatie.klok.vandaag())
    ander, klok = begin(gemeente.installatie.klok.vandaag())
    termijnen.leg_vast(een.url, gebeurtenis)
    with pytest.raises(ApiFout) as fout:
        termijnen.leg_vast(ander.url, gebeurtenis)
    assert [(param.naam, param.code) for param in fout.value.fouten] == [("uuid", "niet-uniek")]
    assert termijnen.klok(ander.url) == klok


def test_de_database_weigert_een_wijziging_van_het_grootboek(gemeente: Gemeente, begin: Beginnen) -> None:
    zaak, _ = begin(gemeente.installatie.klok.vandaag())
    with (
        pytest.raises(ProgrammingError, match="groeit alleen aan"),
        gemeente.installatie.db.schrijven() as verbinding,
    ):  # de fout komt van de database
        verbinding.execute(update(Regel).where(Regel.klok == zaak.uuid).values(dag=date(2020, 1, 1)))


def versies(gemeente: Gemeente) -> dict[UUID, int]:
    with gemeente.installatie.db.lezen() as verbinding:
        return {rij.id: rij.versie for rij in verbinding.execute(select(Klok.id, Klok.versie))}


def test_een_nieuwe_feestdag_raakt_alleen_wie_op_die_dag_eindigt(
    gemeente: Gemeente, termijnen: TermijnenClient, begin: Beginnen
) -> None:
    vandaag = werkdag(gemeente.installatie.klok.vandaag(), -1)
    while not is_werkdag(vandaag + timedelta(weeks=8)) or not is_werkdag(vandaag + timedelta(weeks=8, days=1)):
        vandaag -= timedelta(days=1)
    geraakt, klok = begin(vandaag)
    dag = klok.einddatum
    assert dag is not None
    anders, _ = begin(vandaag - timedelta(days=14))
    gemeente.werk()
    eerst = versies(gemeente)
    termijnen.voeg_feestdag_toe(FeestdagIn(dag=dag, naam="Extra feestdag", grondslag="KB", door="fb"))
    gemeente.werk()
    nu = termijnen.klok(geraakt.url)
    assert nu is not None
    assert nu.einddatum == op_werkdag(dag + timedelta(days=1))
    assert gemeente.zaken.zaak(geraakt.url).uiterlijke_einddatum_afdoening == nu.einddatum
    veranderd = {zaak for zaak, versie in versies(gemeente).items() if eerst[zaak] != versie}
    assert geraakt.uuid in veranderd
    assert anders.uuid not in veranderd
    assert termijnen.laatste_dag(vandaag, "P8W") == nu.einddatum
    termijnen.haal_feestdag_weg(dag)
    gemeente.werk()
    assert gemeente.zaken.zaak(geraakt.url).uiterlijke_einddatum_afdoening == dag


def test_een_storing_op_de_laatste_dag_verlengt_de_hersteltermijn(
    gemeente: Gemeente, termijnen: TermijnenClient, begin: Beginnen
) -> None:
    vandaag = gemeente.installatie.klok.vandaag()
    laatste = vandaag - timedelta(days=1)
    zaak, eerst = begin(vandaag - timedelta(days=20))
    met = leg_vast(termijnen, zaak, "aanvulling gevraagd", dag=vandaag - timedelta(days=10), tot=laatste)
    assert met.toestand == "loopt"
    begin_ = datetime.combine(laatste, datetime.min.time(), NEDERLAND) + timedelta(hours=20)
    storing = StoringIn(
        uuid=uuid4(), begin=begin_, einde=begin_ + timedelta(hours=2), omschrijving="DigiD onbereikbaar", door="fb"
    )
    assert termijnen.meld_storing(storing) == termijnen.meld_storing(storing)
    gemeente.werk()
    nu = termijnen.klok(zaak.url)
    assert nu is not None
    assert (nu.toestand, nu.opgeschort_tot) == ("opgeschort", op_werkdag(vandaag))
    assert gemeente.zaken.zaak(zaak.url).opschorting.indicatie
    termijnen.wijzig_storing(storing.uuid, StoringEindeIn(ingetrokken=True, door="fb"))
    gemeente.werk()
    assert not gemeente.zaken.zaak(zaak.url).opschorting.indicatie
    terug = termijnen.klok(zaak.url)
    assert terug is not None
    assert eerst.einddatum is not None
    assert terug.einddatum == met.einddatum


def test_een_verlopen_hersteltermijn_haalt_de_opschorting_van_de_zaak(
    gemeente: Gemeente, termijnen: TermijnenClient, begin: Beginnen
) -> None:
    vandaag = gemeente.installatie.klok.vandaag()
    zaak, _ = begin(vandaag)
    leg_vast(termijnen, zaak, "aanvulling gevraagd", tot=vandaag + timedelta(days=3))
    gemeente.werk()
    assert gemeente.zaken.zaak(zaak.url).opschorting.indicatie
    gemeente.verzet(days=4)
    gemeente.werk()
    nu = gemeente.zaken.zaak(zaak.url)
    assert (nu.opschorting.indicatie, nu.opschorting.eerdere_opschorting) == (False, True)
    assert nu.uiterlijke_einddatum_afdoening == op_werkdag(vandaag + timedelta(weeks=8, days=3))


def test_lijsten_en_tellingen(gemeente: Gemeente, termijnen: TermijnenClient, begin: Beginnen) -> None:
    vandaag = gemeente.installatie.klok.vandaag()
    te_laat, _ = begin(vandaag - timedelta(days=80))
    dreigt, _ = begin(vandaag - timedelta(days=50))
    loopt, _ = begin(vandaag)
    op_naam = termijnen.zoek_klokken([te_laat.url, dreigt.url, loopt.url, f"{loopt.url}x"])
    assert {zaak: (klok.toestand, klok.dreigt) for zaak, klok in op_naam.items()} == {
        te_laat.url: ("verlopen", False), dreigt.url: ("loopt", True), loopt.url: ("loopt", False),
    }  # fmt: skip
    (telling,) = [regel for regel in termijnen.overzicht() if regel.zaaktype == "TV-VERGUNNING"]
    for toestand in ("verlopen", "dreigt", "loopt", "opgeschort"):
        lijst = termijnen.klokken(toestand=toestand, zaaktype__in="TV-VERGUNNING")
        assert lijst.count == getattr(telling, toestand)
    assert te_laat.url in {klok.zaak for klok in termijnen.klokken(toestand="verlopen").results}
    assert termijnen.klokken(zaaktype__in="ANDERS").count == 0


def test_een_registratie_heeft_geen_aanvraagtermijn_maar_wel_een_klok(begin: Beginnen, gemeente: Gemeente) -> None:
    _, klok = begin(gemeente.installatie.klok.vandaag(), "TV-REGISTRATIE")
    assert (klok.zaaktype_naam, klok.gebeurtenissen[0].soort) == ("Registratie toeristische verhuur", "ontvangen")


def test_vernietigde_zaak_heeft_geen_grootboek_meer(
    gemeente: Gemeente, termijnen: TermijnenClient, begin: Beginnen
) -> None:
    zaak, _ = begin(gemeente.installatie.klok.vandaag())
    gemeente.werk()
    gemeente.zaken.verwijder(zaak.url)
    gemeente.werk()
    assert termijnen.klok(zaak.url) is None
    with gemeente.installatie.db.lezen() as verbinding:
        vraag = text("select count(*) from termijnen.gebeurtenis where klok = :zaak")
        assert verbinding.scalar(vraag, {"zaak": zaak.uuid}) == 0


@pytest.mark.parametrize(
    ("soort", "velden"),
    [
        ("beslist", {}),
        ("aanvulling gevraagd", {"tot": 14}),
        ("verdaagd", {"duur": "P1W"}),
        ("zienswijze gevraagd", {"tot": 14}),
        ("bekendgemaakt", {}),
        ("ingebreke gesteld", {}),
        ("ingetrokken", {}),
    ],
)
def test_niets_gebeurt_voor_de_ontvangst(
    gemeente: Gemeente, termijnen: TermijnenClient, begin: Beginnen, soort: str, velden: dict[str, Any]
) -> None:
    ontvangen = gemeente.installatie.klok.vandaag() - timedelta(days=7)
    zaak, _ = begin(ontvangen)
    dagen = {n: ontvangen + timedelta(days=w) for n, w in velden.items() if isinstance(w, int)}
    with pytest.raises(ApiFout) as fout:
        leg_vast(termijnen, zaak, soort, **{**velden, **dagen, "dag": ontvangen - timedelta(days=1)})
    (deel,) = fout.value.fouten
    assert (fout.value.status, deel.naam, deel.code) == (400, "dag", "voor-ontvangst")
    assert f" {ontvangen.day} " in deel.reden
    assert f"-{ontvangen:%m-%Y}" not in deel.reden


def test_een_ontvangst_die_nog_moet_komen_wordt_geweigerd(
    gemeente: Gemeente, termijnen: TermijnenClient, begin: Beginnen, zonder_klok: Callable[[date], ZaakUit]
) -> None:
    vandaag = gemeente.installatie.klok.vandaag()
    morgen = vandaag + timedelta(days=1)
    zaak = zonder_klok(morgen)
    with pytest.raises(ApiFout) as fout:
        termijnen.begin(KlokIn(zaak=zaak.url, ontvangen=morgen))
    assert (fout.value.status, code(fout)) == (400, "toekomst")
    assert termijnen.klok(zaak.url) is None
    assert (
        termijnen.begin(KlokIn(zaak=zaak.url)).gebeurtenissen[0].dag == vandaag
    )  # de zaak begint later, het verzoek is er
    ander, _ = begin(vandaag)
    with pytest.raises(ApiFout) as fout:
        leg_vast(termijnen, ander, "ontvangen", dag=morgen)
    assert code(fout) == "toekomst"


def test_een_zaak_is_niet_klaar_voor_het_verzoek_er_was(
    gemeente: Gemeente, termijnen: TermijnenClient, begin: Beginnen
) -> None:
    ontvangen = gemeente.installatie.klok.vandaag() - timedelta(days=3)
    zaak, _ = begin(ontvangen)
    typen = CatalogiClient(gemeente.installatie, namens="processen")
    resultaat = next(iter(typen.resultaattypen(zaak.zaaktype)))
    gemeente.zaken.zet_resultaat(ResultaatIn(zaak=zaak.url, resultaattype=resultaat.url), sleutel=uuid4().hex)
    eind = next(type_ for type_ in typen.statustypen(zaak.zaaktype) if type_.is_eindstatus)
    gesloten = datetime.combine(ontvangen - timedelta(days=2), datetime.min.time(), NEDERLAND)
    status = StatusIn(zaak=zaak.url, statustype=eind.url, datum_status_gezet=gesloten)
    gemeente.zaken.zet_status(status, sleutel=uuid4().hex)
    gemeente.werk()
    klok = termijnen.klok(zaak.url)
    assert klok is not None
    assert (klok.toestand, klok.gebeurtenissen[-1].dag) == ("beslist", ontvangen)
