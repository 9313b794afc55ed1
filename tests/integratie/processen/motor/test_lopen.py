"""Hele processen op de database: paden, bouwblokken, taken, timers, berichten, subprocessen en herhalen."""

from datetime import date, timedelta

from tests.integratie.processen.motor.conftest import BpmnFout, Proef
from tests.procesmodel import (
    bericht,
    bpmn,
    dienst,
    einde,
    element,
    fout,
    io,
    op_bericht,
    op_fout,
    per_element,
    rand,
    script,
    start,
    subproces,
    taak,
    tijd,
    uitbreiding,
    wacht,
)


def test_bouwblok_krijgt_invoer_en_geeft_uitvoer(proef: Proef) -> None:
    model = bpmn(
        "p", start(), dienst("a", "proef.echo", {"waarde": "=naam"}, {"tekst": "=antwoord"}, koppen={"toon": "hard"}), einde(),
        "start > a > einde",
    )  # fmt: skip
    instantie = proef.draai(model, naam="hallo")
    assert proef.staat(instantie) == "klaar"
    assert proef.variabelen(instantie) == {"naam": "hallo", "tekst": "hard: hallo"}
    assert proef.pad(instantie) == ["start", "a", "einde"]


def test_zelfde_bedrijfssleutel_geeft_dezelfde_instantie(proef: Proef) -> None:
    proef.zet_neer(bpmn("p", start(), taak("t"), einde(), "start > t > einde"))
    assert proef.start("p", "verzoek-1") == proef.start("p", "verzoek-1") != proef.start("p", "verzoek-2")


def test_exclusieve_keuze_en_samenvoegen(proef: Proef) -> None:
    model = bpmn(
        "p", start(), element("exclusiveGateway", "k"), script("groot", '"groot"', "maat"), script("klein", '"klein"', "maat"),
        element("exclusiveGateway", "s"), einde(),
        "start > k\nk > groot [bedrag > 100]\nk > klein *\ngroot > s\nklein > s > einde",
    )  # fmt: skip
    assert proef.variabelen(proef.draai(model, bedrag=150))["maat"] == "groot"
    tweede = proef.start("p", "b2", bedrag=5)
    assert proef.variabelen(tweede)["maat"] == "klein"


def test_parallel_wacht_op_alle_paden(proef: Proef) -> None:
    model = bpmn(
        "p", start(), element("parallelGateway", "uit"), taak("a"), taak("b"), element("parallelGateway", "in"), taak("c"), einde(),
        "start > uit > a > in\nuit > b > in > c > einde",
    )  # fmt: skip
    instantie = proef.draai(model)
    assert {w.element for w in proef.info(instantie).wachtend} == {"a", "b"}
    proef.rond_af("a")
    assert {w.element for w in proef.info(instantie).wachtend} == {"b"}
    proef.rond_af("b")
    assert {w.element for w in proef.info(instantie).wachtend} == {"c"}
    proef.rond_af("c")
    assert proef.staat(instantie) == "klaar"


def test_inclusief_wacht_alleen_op_gekozen_paden(proef: Proef) -> None:
    model = bpmn(
        "p", start(), element("inclusiveGateway", "uit"), taak("a"), taak("b"), taak("c"), element("inclusiveGateway", "in"), einde(),
        "start > uit\nuit > a [x > 1]\nuit > b [x > 2]\nuit > c *\na > in\nb > in\nc > in > einde",
    )  # fmt: skip
    instantie = proef.draai(model, x=3)
    proef.rond_af("a")
    assert {w.element for w in proef.info(instantie).wachtend} == {"b"}
    proef.rond_af("b")
    assert proef.staat(instantie) == "klaar"
    assert proef.pad(instantie).count("einde") == 1


def test_voorwaardelijke_pijlen_uit_een_taak(proef: Proef) -> None:
    model = bpmn(
        "p", start(), script("a", "1", "n"), script("b", "true", "via_b"), script("c", "true", "via_c"), einde(), einde("einde2"),
        "start > a\na > b [n = 1]\na > c [n = 2]\nb > einde\nc > einde2",
    )  # fmt: skip
    instantie = proef.draai(model)
    assert "via_b" in proef.variabelen(instantie)
    assert "via_c" not in proef.variabelen(instantie)


def test_taak_krijgt_haar_gegevens_en_gaat_met_de_uitkomst_verder(proef: Proef) -> None:
    model = bpmn(
        "p", start(),
        taak(
            "beoordelen", '<zeebe:formDefinition formId="beoordeling"/>', io({"zaak": "=zaak"}, {"besluit": "=akkoord"}),
            '<zeebe:assignmentDefinition candidateGroups="=groep" assignee="jan"/>',
            '<zeebe:taskSchedule dueDate="=date(&quot;2026-12-01&quot;)" followUpDate="=date(&quot;2026-12-01&quot;) - duration(&quot;P4D&quot;)"/>', name="Beoordelen",
        ),
        einde(), "start > beoordelen > einde",
    )  # fmt: skip
    instantie = proef.draai(model, zaak="https://z/1", groep="vergunningen")
    (opdracht,) = proef.taken.open()
    assert (opdracht.naam, opdracht.formulier, opdracht.groepen) == ("Beoordelen", "beoordeling", ("vergunningen",))
    assert opdracht.uiterlijk is not None
    assert opdracht.uiterlijk.date() == date(2026, 11, 30)  # middernacht in Nederland, in UTC
    assert opdracht.opvolgen is not None
    assert opdracht.opvolgen.date() == date(2026, 11, 26)
    assert opdracht.invoer == {"zaak": "https://z/1"}
    assert proef.rond_af("beoordelen", akkoord=True)
    assert proef.variabelen(instantie)["besluit"] is True
    assert not proef.rond_af("beoordelen", akkoord=False)


def test_taak_afronden_kan_ook_met_haar_url(proef: Proef) -> None:
    instantie = proef.draai(bpmn("p", start(), taak("t"), einde(), "start > t > einde"))
    url = proef.info(instantie).wachtend[0].verwijzing
    with proef.installatie.db.schrijven() as verbinding:
        assert proef.motor.taak_afgerond(verbinding, url, {})
    with proef.installatie.db.schrijven() as verbinding:
        assert not proef.motor.taak_afgerond(verbinding, url, {})
    assert proef.staat(instantie) == "klaar"


def test_timer_gaat_af_als_de_klok_zo_ver_is(proef: Proef) -> None:
    model = bpmn("p", start(), wacht("w", tijd("timeDuration", "P14D")), einde(), "start > w > einde")
    instantie = proef.draai(model)
    proef.werk_af(days=13)
    assert proef.staat(instantie) == "loopt"
    proef.werk_af(days=1, seconds=1)
    assert proef.staat(instantie) == "klaar"


def test_onderbrekende_grenstimer_trekt_de_taak_in(proef: Proef) -> None:
    model = bpmn(
        "p", start(), taak("t"), rand("te_laat", "t", tijd("timeDuration", '=duration("P2D")')), taak("u"), einde(), einde("einde2"),
        "start > t > einde\nte_laat > u > einde2",
    )  # fmt: skip
    instantie = proef.draai(model)
    proef.werk_af(days=3)
    assert {w.element for w in proef.info(instantie).wachtend} == {"u"}
    assert [taak.element for taak in proef.taken.open()] == ["u"]
    (kenmerk,) = proef.taken.ingetrokken
    assert proef.taken.verwijzingen == [f"{proef.installatie.instellingen.adres}/taken/api/v1/taken/{kenmerk}"]
    proef.rond_af("u")
    assert proef.staat(instantie) == "klaar"


def test_herinnering_herhaalt_tot_de_taak_klaar_is(proef: Proef) -> None:
    model = bpmn(
        "p", start(), taak("t"), rand("herinner", "t", tijd("timeCycle", "R2/P1D"), onderbreekt=False),
        dienst("mail", "proef.echo"), einde(), einde("einde2"), "start > t > einde\nherinner > mail > einde2",
    )  # fmt: skip
    instantie = proef.draai(model)
    for _ in range(4):
        proef.werk_af(days=1, seconds=1)
    assert len(proef.echo.opdrachten) == 2
    proef.rond_af("t")
    assert proef.staat(instantie) == "klaar"


def test_vervallen_timer_doet_niets(proef: Proef) -> None:
    model = bpmn(
        "p", start(), taak("t"), rand("te_laat", "t", tijd("timeDuration", "P2D")), taak("na"), einde(), einde("e2"),
        "start > t > na > einde\nte_laat > e2",
    )  # fmt: skip
    instantie = proef.draai(model)
    proef.rond_af("t")
    proef.werk_af(days=3)
    assert {w.element for w in proef.info(instantie).wachtend} == {"na"}


def test_bericht_wordt_bewaard_tot_iemand_wacht_en_telt_een_keer(proef: Proef) -> None:
    model = bpmn(
        "p", start(), taak("t"), wacht("w", op_bericht("m")), einde(), "start > t > w > einde", los=bericht("m", "betaald", "=zaak"),
    )  # fmt: skip
    instantie = proef.draai(model, zaak="z1")
    assert proef.bericht("betaald", "z1", "id-1", bedrag=12)
    assert not proef.bericht("betaald", "z1", "id-1", bedrag=12)
    proef.bericht("betaald", "ander", "id-2")
    proef.rond_af("t")
    assert proef.staat(instantie) == "klaar"
    assert proef.variabelen(instantie)["bedrag"] == 12


def test_bericht_start_een_proces(proef: Proef) -> None:
    proef.zet_neer(
        bpmn("p", start(inhoud=op_bericht("m")), taak("t"), einde(), "start > t > einde", los=bericht("m", "nieuw"))
    )
    proef.bericht("nieuw", "verzoek-9", "id-1", bron="web")
    with proef.installatie.db.lezen() as verbinding:
        (info,) = proef.motor.instanties(verbinding, bedrijfssleutel="verzoek-9")
    assert info.variabelen == {"bron": "web"}


def test_gebeurtenisgateway_de_eerste_wint(proef: Proef) -> None:
    model = bpmn(
        "p", start(), element("eventBasedGateway", "g"), wacht("m", op_bericht("b")), wacht("t", tijd("timeDuration", "P1D")),
        script("ja", "true", "betaald"), script("nee", "false", "betaald"), einde(), einde("e2"),
        "start > g\ng > m > ja > einde\ng > t > nee > e2", los=bericht("b", "betaald", "=zaak"),
    )  # fmt: skip
    proef.zet_neer(model)
    eerste, tweede = proef.start("p", "b1", zaak="z1"), proef.start("p", "b2", zaak="z2")
    proef.bericht("betaald", "z1", "id-1")
    proef.werk_af(days=2)
    assert proef.variabelen(eerste)["betaald"] is True
    assert proef.variabelen(tweede)["betaald"] is False
    assert {proef.staat(eerste), proef.staat(tweede)} == {"klaar"}


def test_bpmn_fout_gaat_naar_de_grensgebeurtenis(proef: Proef) -> None:
    def weiger(_opdracht: object) -> None:
        raise BpmnFout("geweigerd", "mag niet")

    proef.echo.gedrag = weiger
    model = bpmn(
        "p", start(), dienst("a", "proef.echo"), rand("r", "a", op_fout("f")), taak("u"), einde(), einde("e2"),
        "start > a > einde\nr > u > e2", los=fout("f", "geweigerd"),
    )  # fmt: skip
    instantie = proef.draai(model)
    assert {w.element for w in proef.info(instantie).wachtend} == {"u"}
    assert proef.variabelen(instantie)["foutcode"] == "geweigerd"


def test_fout_uit_een_subproces_komt_boven(proef: Proef) -> None:
    binnen = subproces("s", start("s1"), einde("s2", op_fout("f")), "s1 > s2")
    model = bpmn(
        "p", start(), binnen, rand("r", "s", op_fout("f")), script("b", "1", "gevangen"), einde(), einde("e2"),
        "start > s > einde\nr > b > e2", los=fout("f", "mis"),
    )  # fmt: skip
    instantie = proef.draai(model)
    assert proef.staat(instantie) == "klaar"
    assert proef.variabelen(instantie)["gevangen"] == 1


def test_gebeurtenissubproces_breekt_het_proces_af(proef: Proef) -> None:
    intrekken = subproces(
        "intrekken", start("i1", op_bericht("m")), script("i2", '"ingetrokken"', "afloop"), einde("i3"), "i1 > i2 > i3",
        door_gebeurtenis=True,
    )  # fmt: skip
    model = bpmn(
        "p", start(), taak("t"), einde(), intrekken, "start > t > einde", los=bericht("m", "ingetrokken", "=zaak")
    )
    instantie = proef.draai(model, zaak="z1")
    proef.bericht("ingetrokken", "z1", "id-1", reden="vakantie")
    assert proef.staat(instantie) == "klaar"
    assert proef.variabelen(instantie)["afloop"] == "ingetrokken"
    assert proef.variabelen(instantie)["reden"] == "vakantie"
    assert not proef.taken.open()


def test_beeindigen_stopt_de_andere_paden(proef: Proef) -> None:
    model = bpmn(
        "p", start(), element("parallelGateway", "g"), taak("a"), taak("b"), einde("stop", "<terminateEventDefinition/>"), einde(),
        "start > g > a > stop\ng > b > einde",
    )  # fmt: skip
    instantie = proef.draai(model)
    proef.rond_af("a")
    assert proef.staat(instantie) == "klaar"
    assert not proef.taken.open() or [t.element for t in proef.taken.open()] == ["a"]


def test_subproces_heeft_eigen_invoer_en_ziet_de_rest(proef: Proef) -> None:
    binnen = subproces(
        "s", start("s1"), script("s2", "basis + extra", "som"), einde("s3"), "s1 > s2 > s3", voor=uitbreiding(io({"extra": "=5"})),
    )  # fmt: skip
    instantie = proef.draai(bpmn("p", start(), binnen, einde(), "start > s > einde"), basis=2)
    assert proef.variabelen(instantie) == {"basis": 2, "som": 7}


def test_aangeroepen_proces_heeft_eigen_variabelen(proef: Proef) -> None:
    proef.zet_neer(
        bpmn("kind", start(), taak("vraag"), script("s", "x * 2", "y"), einde(), "start > vraag > s > einde")
    )
    aanroep = element(
        "callActivity", "roep",
        uitbreiding('<zeebe:calledElement processId="kind" propagateAllChildVariables="false"/>', io({"x": "=a"}, {"b": "=y"})),
    )  # fmt: skip
    instantie = proef.draai(bpmn("p", start(), aanroep, einde(), "start > roep > einde"), a=21)
    proef.rond_af("vraag")
    assert proef.variabelen(instantie) == {"a": 21, "b": 42}
    assert proef.pad(instantie) == ["start", "roep", "start", "vraag", "s", "einde", "einde"]


def test_per_element_tegelijk_met_resultaten_op_volgorde(proef: Proef) -> None:
    herhaald = per_element("partners", "partner", resultaat=("adviezen", "advies"))
    model = bpmn(
        "p", start(), taak("advies", io({"wie": "=partner"}), extra=herhaald), einde(), "start > advies > einde"
    )
    instantie = proef.draai(model, partners=["brandweer", "politie"])
    assert [t.invoer["wie"] for t in proef.taken.open()] == ["brandweer", "politie"]
    stappen = [w.stap for w in proef.info(instantie).wachtend if w.soort == "taak"]
    for stap, advies in zip(reversed(stappen), ["nee", "ja"], strict=True):
        with proef.installatie.db.schrijven() as verbinding:
            proef.motor.taak_afgerond(verbinding, stap, {"advies": advies})
    assert proef.staat(instantie) == "klaar"
    assert proef.variabelen(instantie)["adviezen"] == ["ja", "nee"]


def test_per_element_na_elkaar_tot_het_genoeg_is(proef: Proef) -> None:
    herhaald = per_element("[1,2,3]", "n", na_elkaar=True, genoeg="klaar = true")
    model = bpmn("p", start(), taak("t", extra=herhaald), einde(), "start > t > einde")
    instantie = proef.draai(model)
    proef.rond_af("t", klaar=False)
    assert proef.staat(instantie) == "loopt"
    proef.rond_af("t", klaar=True)
    assert proef.staat(instantie) == "klaar"


def test_lege_lijst_is_meteen_klaar(proef: Proef) -> None:
    herhaald = per_element("[]", "n", resultaat=("uit", "n"))
    instantie = proef.draai(bpmn("p", start(), taak("t", extra=herhaald), einde(), "start > t > einde"))
    assert proef.variabelen(instantie) == {"uit": []}


def test_lopende_instantie_blijft_op_haar_versie(proef: Proef) -> None:
    oud = proef.draai(bpmn("p", start(), taak("t"), script("s", "1", "v"), einde(), "start > t > s > einde"))
    proef.zet_neer(bpmn("p", start(), taak("t"), script("s", "2", "v"), einde(), "start > t > s > einde"))
    nieuw = proef.start("p", "b2")
    proef.werk_af()
    proef.rond_af("t")
    proef.rond_af("t")
    assert (proef.variabelen(oud)["v"], proef.variabelen(nieuw)["v"]) == (1, 2)


def test_cijfers_per_element(proef: Proef) -> None:
    proef.zet_neer(bpmn("p", start(), taak("t"), einde(), "start > t > einde"))
    for nr in range(3):
        proef.start("p", f"b{nr}")
    proef.werk_af()
    proef.werk_af(seconds=60)
    proef.rond_af("t")
    with proef.installatie.db.lezen() as verbinding:
        cijfers = proef.motor.cijfers(verbinding, "p")
    assert cijfers.staten == {"klaar": 1, "loopt": 2}
    taakcijfers = next(c for c in cijfers.elementen if c.element == "t")
    assert (taakcijfers.bereikt, taakcijfers.loopt, taakcijfers.incidenten) == (3, 2, 0)
    assert taakcijfers.mediaan is not None
    assert taakcijfers.mediaan >= 60


def test_ontbrekend_aangeroepen_proces_is_een_incident(proef: Proef) -> None:
    aanroep = element("callActivity", "roep", uitbreiding('<zeebe:calledElement processId="=naam"/>'))
    instantie = proef.draai(bpmn("p", start(), aanroep, einde(), "start > roep > einde"), naam="weg")
    assert proef.incidenten()[0].element == "roep"
    proef.zet_neer(bpmn("kind", start(), script("s", "1", "y"), einde(), "start > s > einde"))
    proef.herstel(variabelen={"naam": "kind"})
    assert proef.variabelen(instantie)["y"] == 1


def test_te_veel_exemplaren_en_geen_variabele_zijn_incidenten(proef: Proef) -> None:
    proef.draai(
        bpmn("p", start(), taak("t", extra=per_element("for i in 1..6000 return i", "n")), einde(), "start > t > einde")
    )
    assert "5000" in proef.incidenten()[0].fout
    proef.draai(bpmn("q", start(), script("s", "function(a) a", "f"), einde(), "start > s > einde"), "q")
    assert proef.incidenten()[1].element == "s"


def test_variabelen_van_buiten_wekken_een_voorwaarde(proef: Proef) -> None:
    voorwaarde = "<conditionalEventDefinition><condition>=compleet = true</condition></conditionalEventDefinition>"
    instantie = proef.draai(bpmn("p", start(), wacht("w", voorwaarde), einde(), "start > w > einde"), compleet=False)
    with proef.installatie.db.schrijven() as verbinding:
        assert proef.motor.zet_variabelen(verbinding, instantie, {"compleet": True})
    assert proef.staat(instantie) == "klaar"
    with proef.installatie.db.schrijven() as verbinding:
        assert not proef.motor.zet_variabelen(verbinding, instantie, {"compleet": False})


def test_timer_verzetten(proef: Proef) -> None:
    """Een opschorting schuift de termijn op: het oude tijdstip doet niets meer."""
    instantie = proef.draai(bpmn("p", start(), wacht("w", tijd("timeDuration", "P5D")), einde(), "start > w > einde"))
    nieuw = proef.installatie.klok.nu() + timedelta(days=10)
    with proef.installatie.db.schrijven() as verbinding:
        assert proef.motor.verzet_timer(verbinding, instantie, "w", nieuw)
        assert not proef.motor.verzet_timer(verbinding, instantie, "anders", nieuw)
    proef.werk_af(days=6)
    assert proef.staat(instantie) == "loopt"
    assert proef.info(instantie).wachtend[0].vanaf == nieuw
    proef.werk_af(days=5)
    assert proef.staat(instantie) == "klaar"
