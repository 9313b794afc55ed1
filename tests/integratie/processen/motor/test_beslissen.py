"""Een beslistabel in een proces: uitkomst in een variabele, uitleg in de geschiedenis."""

import pytest

from processen.motor import ModelGeweigerd
from tests.integratie.processen.motor.conftest import Proef
from tests.procesmodel import bpmn, einde, element, start, uitbreiding

DMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="toets" namespace="urn:toets">
  <inputData id="nachten_in" name="nachten"><variable name="nachten" typeRef="number"/></inputData>
  <decision id="mag" name="Mag verhuren"><variable name="Mag verhuren" typeRef="string"/>
    <informationRequirement id="r"><requiredInput href="#nachten_in"/></informationRequirement>
    <decisionTable id="t" hitPolicy="UNIQUE">
      <input id="i"><inputExpression id="e" typeRef="number"><text>nachten</text></inputExpression></input>
      <output id="o" typeRef="string"/>
      <rule id="r1"><inputEntry id="c1"><text>&lt;= 30</text></inputEntry><outputEntry id="u1"><text>"toegestaan"</text></outputEntry></rule>
      <rule id="r2"><inputEntry id="c2"><text>&gt; 30</text></inputEntry><outputEntry id="u2"><text>"beoordelen"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>"""


def _model(beslissing: str) -> bytes:
    zeebe = uitbreiding(f'<zeebe:calledDecision decisionId="{beslissing}" resultVariable="oordeel"/>')
    return bpmn("p", start(), element("businessRuleTask", "b", zeebe), einde(), "start > b > einde")


@pytest.mark.parametrize("beslissing", ["mag", "Mag verhuren"])
def test_uitkomst_en_uitleg(proef: Proef, beslissing: str) -> None:
    proef.zet_neer(_model(beslissing), DMN)
    instantie = proef.start("p", nachten=31)
    variabelen = proef.variabelen(instantie)
    assert variabelen["oordeel"] == "beoordelen"
    with proef.installatie.db.lezen() as verbinding:
        uitleg = proef.motor.uitleg(verbinding, variabelen["oordeelUitleg"])
    assert uitleg["beslissing"] == beslissing
    assert uitleg["uitleg"]["invoer"] == [{"label": "nachten", "waarde": 31}]
    assert any("nachten" in zin for zin in uitleg["zinnen"]["nl"])


def test_onbekende_beslissing_wordt_geweigerd(proef: Proef) -> None:
    with pytest.raises(ModelGeweigerd) as fout:
        proef.zet_neer(_model("weg"), DMN)
    assert fout.value.bevindingen[0].code == "beslissing"


def test_kapotte_dmn_wordt_geweigerd(proef: Proef) -> None:
    with pytest.raises(ModelGeweigerd):
        proef.zet_neer(_model("mag"), "<definitions/>")
    with pytest.raises(ModelGeweigerd):
        proef.zet_neer(_model("mag"), DMN.replace("&lt;= 30", "&lt;= ("))
