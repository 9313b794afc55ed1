"""De betekenis van BPMN in de hoeken: nesten, lussen, fouten, escalaties, links, voorwaarden en herhalen door elkaar."""

import random

import pytest

from processen.motor import gebeurtenissen
from processen.motor.uitvoering import Uitvoering
from tests.eenheid.processen.hulp import begin, bereikt, bewaar_en_laad, doe, open_stappen
from tests.procesmodel import (
    bpmn,
    einde,
    element,
    fout,
    op_fout,
    per_element,
    rand,
    script,
    start,
    subproces,
    taak,
    tijd,
    wacht,
)

ESCALATIE = '<escalation id="esc" name="e" escalationCode="E1"/>'
OP_ESCALATIE = '<escalationEventDefinition escalationRef="esc"/>'
SIGNAAL = '<signal id="sig" name="open"/>'
OP_SIGNAAL = '<signalEventDefinition signalRef="sig"/>'


def _open(u: Uitvoering) -> list[str]:
    return sorted(
        s.task_spec.element.id
        for s in open_stappen(u)
        if s.task_spec.element.soort == "userTask" and not s.task_spec.exemplaar
    )


def _vuur(u: Uitvoering, naam: str) -> None:
    stap = next(s for s in open_stappen(u) if s.task_spec.element.id == naam)
    gebeurtenissen.vuur(u, stap, {})
    u.draai()


def test_parallel_in_een_lus() -> None:
    model = bpmn(
        "p", start(), element("exclusiveGateway", "s"), element("parallelGateway", "uit"), taak("a"), taak("b"),
        element("parallelGateway", "in"), script("tel", "n + 1", "n"), element("exclusiveGateway", "k"), einde(),
        "start > s > uit > a > in\nuit > b > in > tel > k\nk > s [n < 3]\nk > einde *",
    )  # fmt: skip
    u = begin(model, n=0)
    for _ in range(3):
        assert _open(u) == ["a", "b"]
        doe(u, "b")
        u = bewaar_en_laad(u)
        doe(u, "a")
    assert u.klaar


def test_twee_tokens_op_dezelfde_ingang_geven_twee_keer_doorgang() -> None:
    model = bpmn(
        "p", start(), element("parallelGateway", "g"), taak("a"), taak("b"), element("exclusiveGateway", "x"), taak("c"), einde(),
        "start > g > a > x\ng > b > x > c > einde",
    )  # fmt: skip
    u = begin(model)
    doe(u, "a")
    doe(u, "b")
    assert _open(u) == ["c", "c"]


def test_inclusief_in_een_lus_wacht_niet_op_zichzelf() -> None:
    model = bpmn(
        "p", start(), element("inclusiveGateway", "m"), taak("a"), element("exclusiveGateway", "k"), einde(),
        "start > m > a > k\nk > m [nog = true]\nk > einde *",
    )  # fmt: skip
    u = begin(model, nog=True)
    doe(u, "a", nog=True)
    assert _open(u) == ["a"]
    doe(u, "a", nog=False)
    assert u.klaar


def test_inclusief_gaat_door_als_een_ander_token_een_andere_kant_op_gaat() -> None:
    model = bpmn(
        "p", start(), element("parallelGateway", "g"), taak("a"), taak("b"), element("exclusiveGateway", "k"), element("inclusiveGateway", "m"),
        taak("c"), einde(), einde("weg"), "start > g > a > m\ng > b > k\nk > m [mee = true]\nk > weg *\nm > c > einde",
    )  # fmt: skip
    u = begin(model)
    doe(u, "a")
    assert _open(u) == ["b"]
    u = bewaar_en_laad(u)
    doe(u, "b", mee=False)
    assert _open(u) == ["c"]


def test_rand_op_een_herhaald_subproces_breekt_alles_af() -> None:
    binnen = subproces("s", start("s1"), taak("t"), einde("s2"), "s1 > t > s2", voor=per_element("[1,2,3]", "n"))
    model = bpmn(
        "p",
        start(),
        binnen,
        rand("r", "s", OP_SIGNAAL),
        taak("na"),
        einde(),
        einde("e2"),
        "start > s > einde\nr > na > e2",
        los=SIGNAAL,
    )
    u = begin(model)
    assert _open(u) == ["t", "t", "t"]
    u = bewaar_en_laad(u)
    _vuur(u, "r")
    assert _open(u) == ["na"]
    assert list(u.top.subprocesses) == []


def test_fout_uit_een_exemplaar_gaat_naar_de_rand_van_het_geheel() -> None:
    binnen = subproces(
        "s", start("s1"), taak("t"), einde("s2", op_fout("f")), "s1 > t > s2", voor=per_element("[1,2]", "n")
    )
    model = bpmn(
        "p", start(), binnen, rand("r", "s", op_fout()), taak("na"), einde(), einde("e2"), "start > s > einde\nr > na > e2", los=fout("f", "x"),
    )  # fmt: skip
    u = begin(model)
    doe(u, "t")
    assert _open(u) == ["na"]


def test_precieze_foutcode_gaat_voor_de_algemene() -> None:
    binnen = subproces("s", start("s1"), einde("s2", op_fout("f")), "s1 > s2")
    model = bpmn(
        "p", start(), binnen, rand("alles", "s", op_fout()), rand("precies", "s", op_fout("f")), taak("a"), taak("b"), einde(), einde("e2"),
        einde("e3"), "start > s > einde\nalles > a > e2\nprecies > b > e3", los=fout("f", "x") + fout("g", "y"),
    )  # fmt: skip
    assert _open(begin(model)) == ["b"]


def test_niet_opgevangen_fout_is_een_incident_op_het_einde() -> None:
    model = bpmn("p", start(), einde(inhoud=op_fout("f")), "start > einde", los=fout("f", "x"))
    u = begin(model)
    assert [i["element"] for i in u.gevolgen.incidenten] == ["einde"]
    assert not u.klaar


def test_escalatie_loopt_naast_het_subproces_door() -> None:
    meld = element("intermediateThrowEvent", "m", OP_ESCALATIE)
    binnen = subproces("s", start("s1"), meld, taak("t"), einde("s2"), "s1 > m > t > s2")
    model = bpmn(
        "p", start(), binnen, rand("r", "s", OP_ESCALATIE, onderbreekt=False), taak("chef"), einde(), einde("e2"),
        "start > s > einde\nr > chef > e2", los=ESCALATIE,
    )  # fmt: skip
    u = begin(model)
    assert _open(u) == ["chef", "t"]


def test_niet_opgevangen_escalatie_is_niet_erg() -> None:
    u = begin(bpmn("p", start(), einde(inhoud=OP_ESCALATIE), "start > einde", los=ESCALATIE))
    assert u.klaar


def test_link_springt_naar_de_ontvanger() -> None:
    link = '<linkEventDefinition name="verder"/>'
    model = bpmn(
        "p", start(), element("intermediateThrowEvent", "zend", link), wacht("ontvang", link), taak("t"), einde(),
        "start > zend\nontvang > t > einde",
    )  # fmt: skip
    u = begin(model)
    assert _open(u) == ["t"]
    assert bereikt(u) == ["start", "zend", "ontvang"]


def test_voorwaardelijke_gebeurtenis_kijkt_na_elke_stap() -> None:
    voorwaarde = "<conditionalEventDefinition><condition>=bedrag &gt; 100</condition></conditionalEventDefinition>"
    model = bpmn(
        "p", start(), element("parallelGateway", "g"), wacht("w", voorwaarde), taak("t"), taak("na"), einde(), einde("e2"),
        "start > g > w > na > einde\ng > t > e2",
    )  # fmt: skip
    u = begin(model, bedrag=5)
    assert _open(u) == ["t"]
    u = bewaar_en_laad(u)
    doe(u, "t", bedrag=500)
    assert _open(u) == ["na"]


def test_beeindigen_in_een_subproces_stopt_alleen_dat_subproces() -> None:
    binnen = subproces(
        "s", start("s1"), element("parallelGateway", "g"), taak("a"), taak("b"), einde("stop", "<terminateEventDefinition/>"), einde("s2"),
        "s1 > g > a > stop\ng > b > s2",
    )  # fmt: skip
    u = begin(bpmn("p", start(), binnen, taak("na"), einde(), "start > s > na > einde"))
    doe(u, "a")
    assert _open(u) == ["na"]


def test_niet_onderbrekend_gebeurtenissubproces_loopt_ernaast_en_kan_vaker() -> None:
    extra = subproces(
        "x",
        start("x1", OP_SIGNAAL, isInterrupting="false"),
        taak("bij"),
        einde("x2"),
        "x1 > bij > x2",
        door_gebeurtenis=True,
    )
    u = begin(bpmn("p", start(), taak("t"), einde(), extra, "start > t > einde", los=SIGNAAL))
    for _ in range(2):
        _vuur(u, "x1")
        u = bewaar_en_laad(u)
    assert _open(u) == ["bij", "bij", "t"]
    doe(u, "t")
    assert not u.klaar
    doe(u, "bij")
    doe(u, "bij")
    assert u.klaar


def test_fout_in_een_subproces_met_gebeurtenissubproces() -> None:
    opvang = subproces(
        "o", start("o1", op_fout("f")), taak("herstel"), einde("o2"), "o1 > herstel > o2", door_gebeurtenis=True
    )
    binnen = subproces("s", start("s1"), taak("t"), einde("s2", op_fout("f")), opvang, "s1 > t > s2")
    u = begin(bpmn("p", start(), binnen, taak("na"), einde(), "start > s > na > einde", los=fout("f", "x")))
    u = bewaar_en_laad(u)
    doe(u, "t")
    assert _open(u) == ["herstel"]
    doe(u, "herstel")
    assert _open(u) == ["na"]


def test_lus_op_een_activiteit() -> None:
    lus = (
        '<standardLoopCharacteristics loopMaximum="5"><loopCondition>=nog</loopCondition></standardLoopCharacteristics>'
    )
    u = begin(bpmn("p", start(), taak("t", extra=lus), einde(), "start > t > einde"), nog=True)
    doe(u, "t", nog=True)
    doe(u, "t", nog=False)
    assert u.klaar


def test_lokale_variabelen_lekken_niet() -> None:
    herhaald = per_element('["a","b"]', "deel", resultaat=("uit", 'deel + "!"'))
    u = begin(bpmn("p", start(), element("task", "t", herhaald), einde(), "start > t > einde"))
    assert u.top.variabelen == {"uit": ["a!", "b!"]}


def test_onderbrekende_timer_en_taak_op_hetzelfde_moment() -> None:
    """Is de timer eerst, dan kan de taak niet meer; andersom doet de timer niets."""
    model = bpmn(
        "p",
        start(),
        taak("t"),
        rand("r", "t", tijd("timeDuration", "P1D")),
        taak("na"),
        einde(),
        einde("e2"),
        "start > t > einde\nr > na > e2",
    )
    u = begin(model)
    stap = next(s for s in open_stappen(u) if s.task_spec.element.id == "r")
    gebeurtenissen.tijd_om(u, stap, 1)
    u.draai()
    assert u.vind(stap.id) is None
    assert _open(u) == ["na"]


class _Generator:
    """Willekeurige modellen met alles door elkaar, blokgestructureerd zodat zij altijd aflopen."""

    def __init__(self, zaad: int) -> None:
        self.toeval, self.nr = random.Random(zaad), 0  # noqa: S311  # een vast zaad maakt de test herhaalbaar

    def xml(self) -> bytes:
        delen, eerste, laatste = self.blok(3)
        return bpmn("p", start(), *delen, einde(), f"start > {eerste}\n{laatste} > einde")

    def naam(self) -> str:
        self.nr += 1
        return f"x{self.nr}"

    def blok(self, diepte: int) -> tuple[list[str], str, str]:
        if not diepte:
            return self.stap(diepte)
        return self.toeval.choice(
            [self.stap, self.rij, self.parallel, self.inclusief, self.keuze, self.sub, self.lus, self.keer]
        )(diepte)

    def stap(self, _diepte: int) -> tuple[list[str], str, str]:
        naam = self.naam()
        deel = taak(naam) if self.toeval.random() < 0.6 else script(naam, f"{self.nr}", f"v{self.nr}")
        return [deel], naam, naam

    def rij(self, diepte: int) -> tuple[list[str], str, str]:
        een, van, midden = self.blok(diepte - 1)
        twee, tussen, tot = self.blok(diepte - 1)
        return [*een, *twee, f"{midden} > {tussen}"], van, tot

    def _takken(self, diepte: int, soort: str, voorwaarden: list[str]) -> tuple[list[str], str, str]:
        uit, in_ = self.naam(), self.naam()
        delen = [element(soort, uit), element(soort, in_)]
        for voorwaarde in voorwaarden:
            meer, van, tot = self.blok(diepte - 1)
            delen += [*meer, f"{uit} > {van}{voorwaarde}", f"{tot} > {in_}"]
        return delen, uit, in_

    def parallel(self, diepte: int) -> tuple[list[str], str, str]:
        return self._takken(diepte, "parallelGateway", ["", ""])

    def inclusief(self, diepte: int) -> tuple[list[str], str, str]:
        kansen = [f" [{self.toeval.choice(['true', 'false'])}]" for _ in range(2)]
        return self._takken(diepte, "inclusiveGateway", [*kansen, " *"])

    def keuze(self, diepte: int) -> tuple[list[str], str, str]:
        return self._takken(diepte, "exclusiveGateway", [f" [{self.toeval.choice(['true', 'false'])}]", " *"])

    def keer(self, diepte: int) -> tuple[list[str], str, str]:
        """Een taak met compensatie, daarna iets anders, en dan alles terugdraaien wat in dit bereik klaar is."""
        naam, terug, meld = self.naam(), self.naam(), self.naam()
        delen, van, tot = self.blok(diepte - 1)
        randje = rand(f"{naam}k", naam, "<compensateEventDefinition/>")
        randje += f'<association id="{naam}a" sourceRef="{naam}k" targetRef="{terug}"/>'
        werp = element("intermediateThrowEvent", meld, "<compensateEventDefinition/>")
        eigen = [taak(naam), randje, taak(terug, isForCompensation="true"), werp]
        return [*eigen, *delen, f"{naam} > {van}\n{tot} > {meld}"], naam, meld

    def sub(self, diepte: int) -> tuple[list[str], str, str]:
        naam = self.naam()
        delen, van, tot = self.blok(diepte - 1)
        voor = (
            per_element("[1,2]", f"i{self.nr}", na_elkaar=self.toeval.random() < 0.5)
            if self.toeval.random() < 0.5
            else ""
        )
        eigen = (start(f"{naam}s"), *delen, einde(f"{naam}e"), f"{naam}s > {van}\n{tot} > {naam}e")
        rand_ = rand(f"{naam}r", naam, tijd("timeDuration", "P1D"), onderbreekt=False) + einde(f"{naam}z")
        return [subproces(naam, *eigen, voor=voor), rand_, f"{naam}r > {naam}z"], naam, naam

    def lus(self, diepte: int) -> tuple[list[str], str, str]:
        begin_, tel, keuze = self.naam(), self.naam(), self.naam()
        delen, van, tot = self.blok(diepte - 1)
        teller = f"n{tel}"
        tellen = script(tel, f"if {teller} = null then 1 else {teller} + 1", teller)
        knopen = [element("exclusiveGateway", begin_), tellen, element("exclusiveGateway", keuze)]
        eind = self.naam()
        return [*knopen, *delen, element("task", eind), f"{begin_} > {van}\n{tot} > {tel} > {keuze}",
                f"{keuze} > {begin_} [{teller} < 2]\n{keuze} > {eind} *"], begin_, eind  # fmt: skip


def _loop(xml: bytes, zaad: int, *, herstart: bool) -> tuple[int, dict[str, object], list[str]]:
    toeval, u, gedaan = random.Random(zaad), begin(xml), []  # noqa: S311  # een vast zaad maakt de test herhaalbaar
    for _ in range(2000):
        if herstart and not u.klaar:
            u = bewaar_en_laad(u)
        assert not u.gevolgen.incidenten
        kandidaten = _open(u)
        if not kandidaten:
            break
        gedaan.append(toeval.choice(kandidaten))
        doe(u, gedaan[-1])
    assert u.klaar
    return u.volgnummer, dict(u.top.variabelen or {}), gedaan


@pytest.mark.parametrize("reeks", range(10))
def test_willekeurige_modellen_eindigen_gelijk_met_en_zonder_herstart(reeks: int) -> None:
    for zaad in range(reeks * 15, reeks * 15 + 15):
        xml = _Generator(zaad).xml()
        assert _loop(xml, zaad, herstart=True) == _loop(xml, zaad, herstart=False)


@pytest.mark.traag
def test_duizend_willekeurige_modellen() -> None:
    for zaad in range(1000, 2000):
        xml = _Generator(zaad).xml()
        assert _loop(xml, zaad, herstart=True) == _loop(xml, zaad, herstart=False)
