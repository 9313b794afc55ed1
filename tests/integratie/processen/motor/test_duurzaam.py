"""Niets raakt kwijt en niets gebeurt stil dubbel: herhalen, incidenten, herstel, een gestorven worker en twee workers tegelijk."""

import threading
from typing import Any
from uuid import UUID

import pytest

from contracten import Opdracht
from kern.installatie import Installatie
from kern.outbox import Afhandelaar
from processen.motor import HerstelFout, NietGevonden, TaakOpdracht, TeGroot
from tests.integratie.processen.motor.conftest import Antwoord, BpmnFout, Onherstelbaar, Proef, Takenbak, maak_proef
from tests.kernhulp import verzet
from tests.procesmodel import (
    bpmn,
    dienst,
    einde,
    element,
    per_element,
    rand,
    script,
    start,
    subproces,
    taak,
    tijd,
    wacht,
)

EEN = bpmn("p", start(), dienst("a", "proef.echo", {"waarde": "=naam"}), taak("t"), einde(), "start > a > t > einde")


class Kapot(Exception):
    pass


class DichteBak(Takenbak):
    """Een takenregistratie die nooit antwoordt."""

    def maak(self, installatie: Installatie, taak: TaakOpdracht) -> str:
        raise Kapot(installatie.instellingen.adres, taak.element)


class Kill(BaseException):
    """Zoals kill -9: geen enkele `except Exception` ziet dit."""


def _werp(fout: type[BaseException], keren: int) -> Any:
    over = iter([True] * keren)

    def gedrag(_opdracht: Opdracht[Any, Any]) -> None:
        if next(over, False):
            raise fout("kapot")

    return gedrag


def test_een_mislukt_bouwblok_wordt_herhaald(proef: Proef) -> None:
    proef.echo.gedrag = _werp(Kapot, 2)
    instantie = proef.draai(EEN, naam="x")
    assert len(proef.echo.opdrachten) == 1
    proef.werk_af(seconds=1.1)
    proef.werk_af(seconds=5.1)
    assert [opdracht.poging for opdracht in proef.echo.opdrachten] == [1, 2, 3]
    assert len({opdracht.sleutel for opdracht in proef.echo.opdrachten}) == 1
    assert len({opdracht.moment for opdracht in proef.echo.opdrachten}) == 1
    assert proef.pad(instantie) == ["start", "a"]
    assert not proef.incidenten()


def test_na_alle_pogingen_een_incident_en_herstel_met_andere_variabelen(proef: Proef) -> None:
    proef.echo.gedrag = _werp(Kapot, 3)
    instantie = proef.draai(EEN, naam="x")
    for _ in range(3):
        proef.werk_af(seconds=6)
    (incident,) = proef.incidenten()
    assert (incident.element, incident.soort, incident.poging) == ("a", "bouwblok", 3)
    assert "Kapot" in incident.fout
    proef.herstel(variabelen={"naam": "beter"})
    assert not proef.incidenten()
    assert proef.variabelen(instantie)["antwoord"] == "zacht: beter"
    assert proef.echo.opdrachten[-1].sleutel == proef.echo.opdrachten[0].sleutel


def test_aantal_herhalingen_uit_het_model(proef: Proef) -> None:
    proef.echo.gedrag = _werp(Kapot, 9)
    proef.draai(bpmn("p", start(), dienst("a", "proef.echo", herhalingen="0"), einde(), "start > a > einde"))
    assert len(proef.echo.opdrachten) == 1
    assert len(proef.incidenten()) == 1


def test_wachttijden_uit_het_model(proef: Proef) -> None:
    proef.echo.gedrag = _werp(Kapot, 9)
    eigen = '<zeebe:properties><zeebe:property name="wachttijden" value="PT1H, P1D"/></zeebe:properties>'
    blok = dienst("a", "proef.echo").replace("<zeebe:taskHeaders>", eigen + "<zeebe:taskHeaders>")
    proef.draai(bpmn("p", start(), blok, einde(), "start > a > einde"))
    for wachten, keer in ((3500, 1), (200, 2), (80_000, 2), (7000, 3)):
        proef.werk_af(seconds=wachten)
        assert len(proef.echo.opdrachten) == keer
    assert len(proef.incidenten()) == 1


def test_onherstelbaar_is_meteen_een_incident(proef: Proef) -> None:
    proef.echo.gedrag = _werp(Onherstelbaar, 1)
    proef.draai(EEN, naam="x")
    assert len(proef.echo.opdrachten) == 1
    assert len(proef.incidenten()) == 1


def test_incident_noemt_het_veld_maar_niet_de_waarde(proef: Proef) -> None:
    def gedrag(_opdracht: Opdracht[Any, Any]) -> None:
        Antwoord.model_validate({"antwoord": ["999990019"], "keer": "veel"})

    proef.echo.gedrag = gedrag
    proef.draai(bpmn("p", start(), dienst("a", "proef.echo", herhalingen="0"), einde(), "start > a > einde"))
    (incident,) = proef.incidenten()
    assert "antwoord" in incident.fout
    assert "999990019" not in incident.fout


def test_onopgevangen_bpmn_fout_is_een_incident(proef: Proef) -> None:
    proef.echo.gedrag = _werp(BpmnFout, 1)
    proef.draai(EEN, naam="x")
    assert proef.incidenten()[0].soort == "bpmn-fout"


def test_verkeerde_invoer_is_een_incident_zonder_waarden(proef: Proef) -> None:
    proef.draai(EEN, naam=["geheim"])
    (incident,) = proef.incidenten()
    assert (incident.soort, proef.echo.opdrachten) == ("invoer", [])
    assert "waarde" in incident.fout
    assert "geheim" not in incident.fout


def test_overslaan_met_uitvoer_en_reden(proef: Proef) -> None:
    proef.echo.gedrag = _werp(Onherstelbaar, 9)
    instantie = proef.draai(EEN, naam="x")
    with pytest.raises(HerstelFout):
        proef.herstel("overslaan")
    proef.herstel("overslaan", uitvoer={"antwoord": "met de hand"}, reden="bron is opgeheven")
    assert proef.variabelen(instantie)["antwoord"] == "met de hand"
    with proef.installatie.db.lezen() as verbinding:
        regel = next(r for r in proef.motor.geschiedenis(verbinding, instantie) if r.element == "a")
        (incident,) = proef.motor.incidenten(verbinding, instantie=instantie, open_=False)
    assert (regel.uitkomst, regel.door) == ("overgeslagen", "beheer")
    assert incident.oplossing == "overslaan: bron is opgeheven"


def test_token_verplaatsen(proef: Proef) -> None:
    proef.echo.gedrag = _werp(Onherstelbaar, 9)
    instantie = proef.draai(EEN, naam="x")
    proef.herstel("verplaatsen", naar="t", reden="stap a is al gedaan")
    assert {w.element for w in proef.info(instantie).wachtend} == {"t"}


def test_herstel_van_een_opgelost_incident_bestaat_niet(proef: Proef) -> None:
    proef.echo.gedrag = _werp(Onherstelbaar, 1)
    proef.draai(EEN, naam="x")
    (incident,) = proef.incidenten()
    proef.herstel()
    with pytest.raises(NietGevonden), proef.installatie.db.schrijven() as verbinding:
        proef.motor.herstel(verbinding, incident.id, "opnieuw", door="x")


def test_gateway_zonder_waar_pad_stopt_en_gaat_na_herstel_verder(proef: Proef) -> None:
    model = bpmn(
        "p", start(), element("exclusiveGateway", "k"), einde(), einde("e2"), "start > k\nk > einde [x = 1]\nk > e2 [x = 2]",
    )  # fmt: skip
    instantie = proef.draai(model, x=3)
    assert (proef.incidenten()[0].element, proef.incidenten()[0].soort) == ("k", "geen-pad")
    proef.herstel(variabelen={"x": 2})
    assert proef.pad(instantie) == ["start", "k", "e2"]


def test_voorwaarde_die_geen_waar_of_onwaar_geeft_is_een_incident(proef: Proef) -> None:
    model = bpmn(
        "p",
        start(),
        element("exclusiveGateway", "k"),
        einde(),
        einde("e2"),
        "start > k\nk > einde [onbekend > 1]\nk > e2 *",
    )
    proef.draai(model)
    assert proef.incidenten()[0].soort == "uitdrukking"


def test_fout_na_de_taak_vraagt_de_mens_niet_opnieuw(proef: Proef) -> None:
    model = bpmn(
        "p", start(), taak("t", '<zeebe:ioMapping><zeebe:output target="n" source="=lijst[1]"/></zeebe:ioMapping>'),
        element("exclusiveGateway", "k"), einde(), einde("e2"), "start > t > k\nk > einde [n > 1]\nk > e2 [n = 1]",
    )  # fmt: skip
    instantie = proef.draai(model)
    proef.rond_af("t", lijst=["a"])
    assert proef.incidenten()[0].element == "k"
    proef.herstel(variabelen={"n": 1})
    assert proef.staat(instantie) == "klaar"
    assert len(proef.taken.taken) == 1


def test_worker_sterft_na_het_gevolg_en_voor_het_afvinken(proef: Proef) -> None:
    proef.echo.gedrag = _werp(Kill, 1)
    proef.zet_neer(EEN)
    instantie = proef.start("p", naam="x")
    with pytest.raises(Kill):
        proef.werk_af()
    assert proef.werk_af() == 0  # de lease loopt nog
    proef.werk_af(seconds=21)
    eerste, tweede = proef.echo.opdrachten
    assert eerste.idempotentie("zaak") == tweede.idempotentie("zaak")
    assert {w.element for w in proef.info(instantie).wachtend} == {"t"}
    assert len(proef.taken.taken) == 1


def test_afronding_van_een_verlopen_lease_telt_niet(proef: Proef) -> None:
    """Een worker die te lang deed over een bouwblok komt terug als een ander het al heeft afgemaakt."""
    proef.zet_neer(EEN)
    instantie = proef.start("p", naam="x")
    bezig = False

    def traag(_opdracht: Opdracht[Any, Any]) -> None:
        nonlocal bezig
        if not bezig:
            bezig = True
            draad = threading.Thread(target=lambda: proef.werk_af(seconds=21))
            draad.start()
            draad.join()

    proef.echo.gedrag = traag
    proef.werk_af()
    assert len(proef.echo.opdrachten) == 2
    assert proef.pad(instantie) == ["start", "a"]
    assert proef.variabelen(instantie)["keer"] == 2


def test_twee_workers_op_een_instantie(proef: Proef) -> None:
    namen = [f"d{nr}" for nr in range(8)]
    model = bpmn(
        "p", start(), element("parallelGateway", "uit"), *[dienst(naam, "proef.echo", {}, {naam: "=keer"}) for naam in namen],
        element("parallelGateway", "in"), einde(), "start > uit",
        *[f"uit > {naam} > in" for naam in namen], "in > einde",
    )  # fmt: skip
    proef.zet_neer(model)
    instanties = [proef.start("p", f"b{nr}") for nr in range(5)]
    workers = [threading.Thread(target=lambda: Afhandelaar(proef.installatie).werk_af()) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    proef.werk_af()
    for instantie in instanties:
        assert proef.staat(instantie) == "klaar"
        assert proef.pad(instantie).count("einde") == 1
        assert set(namen) <= set(proef.variabelen(instantie))
    assert len(proef.echo.opdrachten) == 40


def test_wachttijd_van_een_pad_houdt_het_andere_niet_op(proef: Proef) -> None:
    def gedrag(opdracht: Opdracht[Any, Any]) -> None:
        if opdracht.element == "traag":
            raise Kapot

    proef.echo.gedrag = gedrag
    model = bpmn(
        "p", start(), element("parallelGateway", "g"), dienst("traag", "proef.echo"), dienst("a", "proef.echo"), dienst("b", "proef.echo"),
        einde(), einde("e2"), "start > g > traag > einde\ng > a > b > e2",
    )  # fmt: skip
    assert {"a", "b"} <= set(proef.pad(proef.draai(model)))


def test_te_grote_variabelen(proef: Proef) -> None:
    proef.zet_neer(EEN)
    with pytest.raises(TeGroot, match="verwijzing"):
        proef.start("p", naam="x" * 70_000)
    instantie = proef.draai(bpmn("q", start(), taak("t"), einde(), "start > t > einde"), "q")
    proef.rond_af("t", dossier="x" * 70_000)
    assert proef.incidenten()[0].soort == "te-groot"
    assert "dossier" not in proef.variabelen(instantie)


def test_herstart_vindt_alles_terug(proef: Proef) -> None:
    """Een nieuw proces met een lege cache gaat verder waar het oude was, ook midden in een subproces met herhaling."""
    binnen = subproces(
        "s", start("s1"), taak("t"), einde("s2"), "s1 > t > s2", voor=per_element("[1,2]", "n", resultaat=("uit", "n * 10")),
    )  # fmt: skip
    instantie = proef.draai(bpmn("p", start(), binnen, rand("r", "s", tijd("timeDuration", "P9D")), einde(), einde("e2"),
                                 "start > s > einde\nr > e2"))  # fmt: skip
    opnieuw = maak_proef(proef.installatie)
    opnieuw.rond_af("t")
    opnieuw = maak_proef(proef.installatie)
    opnieuw.rond_af("t")
    assert opnieuw.staat(instantie) == "klaar"
    assert opnieuw.variabelen(instantie)["uit"] == [10, 20]


def test_afbreken_trekt_taken_in(proef: Proef) -> None:
    instantie = proef.draai(bpmn("p", start(), taak("t"), einde(), "start > t > einde"))
    with proef.installatie.db.schrijven() as verbinding:
        assert proef.motor.breek_af(verbinding, instantie, door="beheer")
    proef.werk_af()
    assert proef.staat(instantie) == "afgebroken"
    assert not proef.taken.open()
    with proef.installatie.db.schrijven() as verbinding:
        assert not proef.motor.breek_af(verbinding, instantie, door="beheer")
        proef.motor.wis(verbinding, instantie)
    with pytest.raises(NietGevonden):
        proef.info(instantie)


def test_taak_die_vervalt_voor_zij_gemaakt_is_wordt_nooit_gemaakt(proef: Proef) -> None:
    model = bpmn(
        "p",
        start(),
        taak("t"),
        rand("r", "t", tijd("timeDuration", "PT0S")),
        einde(),
        einde("e2"),
        "start > t > einde\nr > e2",
    )
    proef.zet_neer(model)
    instantie = proef.start("p")
    verzet(proef.installatie, seconds=1)
    with proef.installatie.db.schrijven() as verbinding:
        proef.motor.breek_af(verbinding, instantie, door="x")
    proef.werk_af()
    assert proef.taken.taken == {}


def test_taak_die_vervalt_terwijl_zij_gemaakt_wordt_wordt_ingetrokken(proef: Proef) -> None:
    instanties: list[UUID] = []

    class Langzaam(Takenbak):
        def maak(self, installatie: Installatie, taak: TaakOpdracht) -> str:
            url = super().maak(installatie, taak)
            with installatie.db.schrijven() as verbinding:
                proef.motor.breek_af(verbinding, instanties[0], door="x")
            return url

    bak = Langzaam()
    proef.motor.taakpoort = bak
    proef.zet_neer(bpmn("p", start(), taak("t"), einde(), "start > t > einde"))
    instanties.append(proef.start("p"))
    proef.werk_af()
    assert bak.open() == []
    assert any(bak.verwijzingen)


def test_taak_die_meteen_klaar_is_wordt_niet_ingetrokken(proef: Proef) -> None:
    """De notificatie van de taak kan sneller zijn dan het vastleggen van haar URL."""

    class Snel(Takenbak):
        def maak(self, installatie: Installatie, taak: TaakOpdracht) -> str:
            url = super().maak(installatie, taak)
            with installatie.db.schrijven() as verbinding:
                assert proef.motor.taak_afgerond(verbinding, taak.kenmerk, {"akkoord": True})
            return url

    bak = Snel()
    proef.motor.taakpoort = bak
    instantie = proef.draai(bpmn("p", start(), taak("t"), einde(), "start > t > einde"))
    assert proef.variabelen(instantie) == {"akkoord": True}
    assert proef.staat(instantie) == "klaar"
    assert bak.verwijzingen == []


def test_dood_werk_wordt_een_incident_en_herstelt(proef: Proef) -> None:
    proef.motor.taakpoort = DichteBak()
    instantie = proef.draai(bpmn("p", start(), taak("t"), einde(), "start > t > einde"))
    for _ in range(9):
        proef.werk_af(seconds=7000)
    (incident,) = proef.incidenten()
    assert (incident.element, incident.soort) == ("t", "werk")
    proef.motor.taakpoort = proef.taken
    proef.herstel()
    assert [taak.element for taak in proef.taken.open()] == ["t"]
    proef.rond_af("t")
    assert proef.staat(instantie) == "klaar"


def test_script_met_signaal_naar_een_andere_instantie(proef: Proef) -> None:
    signaal = '<signal id="s" name="open"/>'
    op = '<signalEventDefinition signalRef="s"/>'
    proef.zet_neer(
        bpmn("wachter", start(), wacht("w", op), script("x", "1", "n"), einde(), "start > w > x > einde", los=signaal)
    )
    wachters = [proef.start("wachter", f"b{nr}") for nr in range(2)]
    proef.draai(
        bpmn("p", start(), element("intermediateThrowEvent", "m", op), einde(), "start > m > einde", los=signaal)
    )
    assert [proef.staat(w) for w in wachters] == ["klaar", "klaar"]
