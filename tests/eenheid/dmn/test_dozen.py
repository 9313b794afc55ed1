"""Elke soort beslislogica, de grafiek, diensten, imports en typen."""

from decimal import Decimal
from typing import Any

import pytest

import dmn
from tests.eenheid.dmn.modellen import beslissing, bestand, bkm, invoer, letterlijk, model


def doos(inhoud: str, **waarden: Any) -> Any:
    delen = [invoer(naam) for naam in waarden]
    gelezen = model(*delen, beslissing("uit", inhoud, *(f"i:{naam}" for naam in waarden)))
    assert gelezen.problemen == ()
    return gelezen.evalueer("uit", waarden).waarde


def veld(naam: str, tekst: str) -> str:
    variabele = f"<variable name='{naam}'/>" if naam else ""
    return f"<contextEntry>{variabele}{letterlijk(tekst)}</contextEntry>"


def test_context_met_uitkomst() -> None:
    assert doos(f"<context>{veld('a b', '1')}{veld('c', 'a b + x')}</context>", x=2) == {"a b": 1, "c": 3}
    assert doos(f"<context>{veld('a', 'x')}{veld('', 'a * 2')}</context>", x=2) == 4


def test_lijst_en_relatie() -> None:
    assert doos(f"<list>{letterlijk('x')}{letterlijk('2')}</list>", x=1) == [1, 2]
    kolommen = "<column name='a'/><column name='b'/>"
    rij = f"<row>{letterlijk('1')}{letterlijk('x')}</row>"
    assert doos(f"<relation>{kolommen}{rij}{rij}</relation>", x="y") == [{"a": 1, "b": "y"}] * 2


def test_keuze() -> None:
    def keuze(als: str, **waarden: Any) -> Any:
        delen = f"<if>{letterlijk(als)}</if><then>{letterlijk('1')}</then><else>{letterlijk('2')}</else>"
        return doos(f"<conditional>{delen}</conditional>", **waarden)

    assert keuze("x > 1", x=2) == 1
    assert keuze("x > 1", x=None) == 2
    assert keuze('"geen waarheid"') is None


def test_filter_en_lussen() -> None:
    def lus(soort: str, tekst: str, slot: str = "satisfies") -> Any:
        binnen = f"<in>{letterlijk('[1, 2, 3]')}</in><{slot}>{letterlijk(tekst)}</{slot}>"
        return doos(f"<{soort} iteratorVariable='mijn i'>{binnen}</{soort}>")

    assert lus("for", "mijn i * 2 + count(partial)", "return") == [2, 5, 8]
    assert lus("some", "mijn i > 2") is True
    assert lus("every", "mijn i > 2") is False
    assert lus("every", '"x"') is None
    binnen = f"<in>{letterlijk('[1, 2, 3]')}</in><match>{letterlijk('item > 1')}</match>"
    assert doos(f"<filter>{binnen}</filter>") == [2, 3]


def test_functie_aanroep_en_kennismodel() -> None:
    faculteit = bkm("faculteit", ["n"], letterlijk("if n <= 1 then 1 else n * faculteit(n - 1)"))
    binding = f"<binding><parameter name='n'/>{letterlijk('x')}</binding>"
    aanroep = f"<invocation>{letterlijk('faculteit')}{binding}</invocation>"
    gelezen = model(invoer("x"), faculteit, beslissing("uit", aanroep, "i:x", "k:faculteit"))
    assert gelezen.evalueer("uit", {"x": 5}).waarde == 120
    functie = (
        "<functionDefinition><formalParameter name='a' typeRef='number'/>"
        + letterlijk("a + 1")
        + "</functionDefinition>"
    )
    inhoud = f"<context><contextEntry><variable name='f'/>{functie}</contextEntry>{veld('', 'f(x)')}</context>"
    assert doos(inhoud, x=1) == 2
    assert doos(inhoud, x="tekst") is None


def test_java_alleen_van_de_lijst_en_pmml_nooit() -> None:
    def vreemd(klasse: str, vorm: str, soort: str = "Java") -> Any:
        delen = veld("class", f'"{klasse}"') + veld("method signature", f'"{vorm}"')
        functie = f"<functionDefinition kind='{soort}'><formalParameter name='a'/><context>{delen}</context></functionDefinition>"
        inhoud = f"<context><contextEntry><variable name='f'/>{functie}</contextEntry>{veld('', 'f(0)')}</context>"
        return model(beslissing("uit", inhoud)).evalueer("uit", {}).waarde

    assert vreemd("java.lang.Math", "cos(double)") == 1
    assert vreemd("java.lang.Runtime", "exit(int)") is None
    assert vreemd("x", "y", "PMML") is None
    extern = 'function(a) external {java: {class: "java.lang.String", method signature: "valueOf(int)"}}'
    assert doos(letterlijk(f"({extern})(7)")) == "7"


def test_een_knoop_wordt_een_keer_berekend() -> None:
    delen = [beslissing("a", letterlijk("random number()")), beslissing("b", letterlijk("a"), "d:a")]
    gelezen = model(*delen, beslissing("uit", letterlijk("a = b"), "d:a", "d:b"))
    uitslag = gelezen.evalueer("uit", {})
    assert uitslag.waarde is True
    assert [b.naam for b in uitslag.uitleg.beslissingen] == ["a", "b", "uit"]


def test_een_kring_is_een_probleem_en_geen_hanger() -> None:
    gelezen = model(beslissing("a", letterlijk("b"), "d:b"), beslissing("b", letterlijk("a"), "d:a"))
    assert gelezen.evalueer("a", {}).waarde is None
    assert "kring" in {probleem.code for probleem in gelezen.problemen}


def dienst(naam: str, uit: list[str], beslissingen: list[str], data: list[str]) -> str:
    delen = [f"<outputDecision href='#{id_}'/>" for id_ in uit]
    delen += [f"<inputDecision href='#{id_}'/>" for id_ in beslissingen]
    delen += [f"<inputData href='#{id_}'/>" for id_ in data]
    return f"<decisionService name='{naam}' id='{naam}'><variable name='{naam}'/>{''.join(delen)}</decisionService>"


def test_kennismodellen_mogen_elkaar_en_zichzelf_eisen() -> None:
    delen = [
        bkm("is even", ["n"], letterlijk("if n = 0 then true else is oneven(n - 1)"), "k:is oneven"),
        bkm("is oneven", ["n"], letterlijk("if n = 0 then false else is even(n - 1)"), "k:is even"),
        bkm("som", ["n"], letterlijk("if n = 0 then 0 else n + som(n - 1)"), "k:som"),
        beslissing("uit", letterlijk("[is even(10), is oneven(10), som(4)]"), "k:is even", "k:is oneven", "k:som"),
    ]
    gelezen = model(*delen)
    assert gelezen.problemen == ()
    assert gelezen.evalueer("uit", {}).waarde == [True, False, 10]


def test_beslisservice_als_functie_en_van_buiten() -> None:
    delen = [
        invoer("x", "number"),
        beslissing("basis", letterlijk("100"), soort="number"),
        beslissing("som", letterlijk("x + basis"), "i:x", "d:basis"),
        dienst("dienst", ["som"], ["basis"], ["x"]),
        beslissing("op plaats", letterlijk("dienst(1, 2)"), "k:dienst"),
        beslissing("op naam", letterlijk("dienst(basis: 5, x: 1)"), "k:dienst"),
        beslissing("verkeerd", letterlijk('dienst("a", 2)'), "k:dienst"),
    ]
    gelezen = model(*delen)
    assert [gelezen.evalueer(naam, {}).waarde for naam in ("op plaats", "op naam", "verkeerd")] == [3, 6, None]
    assert gelezen.evalueer("dienst", {"x": 1, "basis": 7}).waarde == 8
    assert gelezen.evalueer("som", {"x": 1}).waarde == 101


def test_import_van_een_ander_model() -> None:
    ander = bestand(invoer("naam"), bkm("groet", ["n"], letterlijk('"Dag " + n')), ruimte="urn:ander")
    verwijzing = "<knowledgeRequirement><requiredKnowledge href='urn:ander#groet'/></knowledgeRequirement>"
    verwijzing += "<informationRequirement><requiredInput href='urn:ander#naam'/></informationRequirement>"
    importeer = (
        "<import name='ander model' namespace='urn:ander' importType='https://www.omg.org/spec/DMN/20230324/MODEL/'/>"
    )
    deel = "<decision name='uit' id='uit'><variable name='uit'/>" + verwijzing
    deel += letterlijk("ander model.groet(ander model.naam)") + "</decision>"
    gelezen = dmn.lees(bestand(deel, extra=importeer), erbij=[ander])
    assert gelezen.evalueer("uit", {"naam": "An"}).waarde == "Dag An"
    assert "import" in {p.code for p in dmn.lees(bestand(deel, extra=importeer)).problemen}


SOORTEN = """
<itemDefinition name='kleur'><typeRef>string</typeRef><allowedValues><text>"rood", "groen"</text></allowedValues></itemDefinition>
<itemDefinition name='kleuren' isCollection='true'><typeRef>kleur</typeRef>
  <typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>
<itemDefinition name='persoon'><itemComponent name='eerste naam'><typeRef>string</typeRef></itemComponent>
  <itemComponent name='leeftijd'><typeRef>number</typeRef><allowedValues><text>[0..150]</text></allowedValues></itemComponent></itemDefinition>
"""


@pytest.mark.parametrize(
    ("soort", "tekst", "verwacht"),
    [
        ("kleur", '"rood"', "rood"),
        ("kleur", '"blauw"', None),
        ("kleuren", '["rood", "groen"]', ["rood", "groen"]),
        ("kleuren", '"rood"', ["rood"]),
        ("kleuren", '["rood", "rood", "rood"]', None),
        ("kleuren", '["blauw"]', None),
        ("persoon", '{eerste naam: "An", leeftijd: 20}.eerste naam', None),
        ("string", '{eerste naam: "An", leeftijd: 20}.eerste naam', "An"),
        ("persoon", "{leeftijd: 200}", None),
        ("number", '"123"', None),
        ("number", "[123]", Decimal(123)),
    ],
)  # fmt: skip
def test_typen(soort: str, tekst: str, verwacht: object) -> None:
    gelezen = model(SOORTEN, beslissing("uit", letterlijk(tekst), soort=soort))
    assert gelezen.evalueer("uit", {}).waarde == verwacht


def test_een_datum_wordt_een_moment_waar_dat_gevraagd_is() -> None:
    gelezen = model(beslissing("uit", letterlijk('@"2024-02-29"'), soort="date and time"))
    assert str(gelezen.evalueer("uit", {}).ruw) == "2024-02-29T00:00:00Z"


def test_verkeerde_invoer_is_null_met_een_reden() -> None:
    gelezen = model(invoer("x", "number"), beslissing("uit", letterlijk("x = null"), "i:x"))
    uitslag = gelezen.evalueer("uit", {"x": "tekst"})
    assert uitslag.waarde is True
    assert uitslag.redenen[0].code == "invoer.soort"


def test_een_onbekende_beslissing_krijgt_een_suggestie() -> None:
    with pytest.raises(dmn.DmnFout, match="bedoelde u “uitkomst”"):
        model(beslissing("uitkomst", letterlijk("1"))).evalueer("uitkmst", {})
