"""Welke processen blijven als een dienst stopt: wat lopende zaken nog nodig kunnen hebben."""

from processen.pakketten.formaat import lees_pakket
from processen.pakketten.openen import MEEGELEVERD
from processen.pakketten.stoppen import voor_lopende_zaken

STARTS, ACTIES = {"aanvragen"}, {"verlengen"}


def _model(naam: str, roept: str) -> bytes:
    return f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
      <process id="{naam}" isExecutable="true"><startEvent id="begin"/>
        <callActivity id="roep"><extensionElements><zeebe:calledElement processId="{roept}"/></extensionElements></callActivity>
        <sequenceFlow id="s" sourceRef="begin" targetRef="roep"/>
      </process></definitions>""".encode()


def test_wat_aangeroepen_wordt_en_acties_blijven() -> None:
    modellen = {
        "aanvragen": _model("aanvragen", "toetsen"),
        "toetsen": _model("toetsen", "elders"),
        "los": _model("los", "x"),
    }
    assert voor_lopende_zaken(modellen, STARTS, ACTIES, gedeeld=False) == {"toetsen", "elders", "x", "verlengen"}


def test_een_berekende_aanroep_of_een_gedeeld_pakket_houdt_alles_wat_niet_met_een_verzoek_begint() -> None:
    berekend = {"aanvragen": _model("aanvragen", "=soort"), "toetsen": _model("toetsen", "elders")}
    assert {"toetsen", "verlengen"} <= (blijft := voor_lopende_zaken(berekend, STARTS, ACTIES, gedeeld=False))
    assert "aanvragen" not in blijft
    gewoon = {"aanvragen": _model("aanvragen", "toetsen"), "los": _model("los", "x")}
    assert "los" in voor_lopende_zaken(gewoon, STARTS, ACTIES, gedeeld=True)


def test_bezwaar_houdt_verdagen_en_verliest_zijn_begin() -> None:
    pakket = lees_pakket(MEEGELEVERD / "bezwaar")
    starts, acties = ({deel.proces for deel in delen} for delen in (pakket.kop.starts, pakket.kop.acties))
    blijft = voor_lopende_zaken(pakket.processen, starts, acties, gedeeld=False)
    assert "bezwaar-verdagen" in blijft
    assert not starts & blijft
