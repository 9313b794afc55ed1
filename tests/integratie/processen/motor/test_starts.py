"""Processen die vanzelf beginnen (tijd, signaal), meer startgebeurtenissen, en versies: concept, actief, ingetrokken."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from processen.motor import DefinitieInfo, ModelGeweigerd, NietGevonden
from tests.integratie.processen.motor.conftest import Proef
from tests.procesmodel import bericht, bpmn, einde, element, op_bericht, script, start, taak, tijd

SIGNAAL = '<signal id="sig" name="open"/>'
OP_SIGNAAL = '<signalEventDefinition signalRef="sig"/>'


def _op_tijd(soort: str, waarde: str, extra: str = "t") -> bytes:
    return bpmn("p", start(inhoud=tijd(soort, waarde)), taak(extra), einde(), f"start > {extra} > einde")


def _instanties(proef: Proef) -> list[Any]:
    with proef.installatie.db.lezen() as verbinding:
        return list(proef.motor.instanties(verbinding))


def _definities(proef: Proef) -> list[DefinitieInfo]:
    with proef.installatie.db.lezen() as verbinding:
        return proef.motor.definities.lijst(verbinding)


def test_start_na_een_duur(proef: Proef) -> None:
    proef.zet_neer(_op_tijd("timeDuration", "P2D"))
    proef.zet_neer(_op_tijd("timeDuration", "P2D"))
    proef.werk_af(days=1)
    assert _instanties(proef) == []
    proef.werk_af(days=1, minutes=1)
    proef.werk_af(days=9)
    assert len(_instanties(proef)) == 1


def test_start_op_een_datum_uit_feel(proef: Proef) -> None:
    proef.zet_neer(_op_tijd("timeDate", '=now() + duration("PT1H")'))
    proef.werk_af(minutes=61)
    assert len(_instanties(proef)) == 1


def test_start_telkens_opnieuw_tot_de_versie_is_ingetrokken(proef: Proef) -> None:
    proef.zet_neer(_op_tijd("timeCycle", "R/PT1H"))
    for aantal in (1, 2, 3):
        proef.werk_af(minutes=61)
        assert len(_instanties(proef)) == aantal
    assert len({i.bedrijfssleutel for i in _instanties(proef)}) == 3
    definitie = _definities(proef)[0].id
    with proef.installatie.db.schrijven() as verbinding:
        assert proef.motor.trek_in(verbinding, definitie).staat == "ingetrokken"
    proef.werk_af(minutes=121)
    assert len(_instanties(proef)) == 3


def test_hoogstens_zo_vaak_als_de_herhaling_zegt(proef: Proef) -> None:
    proef.zet_neer(_op_tijd("timeCycle", "R2/PT1H"))
    for _ in range(4):
        proef.werk_af(minutes=61)
    assert len(_instanties(proef)) == 2


def test_een_nieuwe_versie_neemt_de_tijdstart_over(proef: Proef) -> None:
    proef.zet_neer(_op_tijd("timeCycle", "R/P1D"))
    proef.zet_neer(_op_tijd("timeCycle", "R/P1D", "u"))
    proef.werk_af(days=1, minutes=1)
    (instantie,) = _instanties(proef)
    assert proef.info(instantie.id).wachtend[0].element == "u"


def test_opnieuw_activeren_laat_de_oude_tijdstart_niet_meelopen(proef: Proef) -> None:
    proef.zet_neer(_op_tijd("timeCycle", "R/P1D"))
    definitie = _definities(proef)[0].id
    proef.werk_af(hours=12)
    with proef.installatie.db.schrijven() as verbinding:
        proef.motor.trek_in(verbinding, definitie)
        proef.motor.activeer(verbinding, definitie)
        proef.motor.activeer(verbinding, definitie)
    proef.werk_af(hours=13)
    assert _instanties(proef) == []
    proef.werk_af(hours=12)
    assert len(_instanties(proef)) == 1


def test_een_tijd_die_pas_later_te_kennen_is_wordt_geweigerd(proef: Proef) -> None:
    with pytest.raises(ModelGeweigerd) as geweigerd:
        proef.zet_neer(_op_tijd("timeDate", "=einddatum"))
    assert geweigerd.value.bevindingen[0].element == "start"
    assert geweigerd.value.bevindingen[0].remedie_nl
    assert _definities(proef) == []


def test_signaal_begint_een_proces_en_bereikt_wie_erop_wacht_elk_een_keer(proef: Proef) -> None:
    proef.zet_neer(bpmn("p", start(inhoud=OP_SIGNAAL), taak("t"), einde(), "start > t > einde", los=SIGNAAL))
    meld = element("intermediateThrowEvent", "m", OP_SIGNAAL)
    proef.zet_neer(bpmn("q", start(), meld, einde(), "start > m > einde", los=SIGNAAL))
    proef.start("q")
    proef.werk_af()
    assert sorted(i.sleutel for i in _instanties(proef)) == ["p", "q"]
    with proef.installatie.db.schrijven() as verbinding:
        proef.motor.signaal(verbinding, "open", {"x": 1})
    proef.werk_af()
    gestart = [i for i in _instanties(proef) if i.sleutel == "p"]
    assert len(gestart) == 2
    assert gestart[0].variabelen == {"x": 1}


def _meer_starts() -> bytes:
    return bpmn(
        "p", start(), start("s2", op_bericht("m")), start("s3", tijd("timeDuration", "P1D")), script("a", "1", "via"), script("b", "2", "via"),
        script("c", "3", "via"), einde(), "start > a > einde\ns2 > b > einde\ns3 > c > einde", los=bericht("m", "melding"),
    )  # fmt: skip


def test_meer_startgebeurtenissen_elk_hun_eigen_begin(proef: Proef) -> None:
    proef.zet_neer(_meer_starts())
    gewoon = proef.start("p", "gewoon")
    proef.bericht("melding", "via-bericht", "b1")
    proef.werk_af(days=1, minutes=1)
    via = {i.bedrijfssleutel.partition("@")[0]: proef.variabelen(i.id)["via"] for i in _instanties(proef)}
    assert via == {"gewoon": 1, "via-bericht": 2, "s3": 3}
    assert proef.pad(gewoon) == ["start", "a", "einde"]


def test_concept_mag_nog_niet_kunnen_draaien_en_komt_byte_voor_byte_terug(proef: Proef) -> None:
    kapot = bpmn("p", start(), element("complexGateway", "x"), einde(), "start > x > einde").replace(
        b' isExecutable="true"', b""
    )
    with proef.installatie.db.schrijven() as verbinding:
        concept = proef.motor.bewaar_concept(verbinding, kapot)
    assert (concept.sleutel, concept.staat, concept.versie) == ("p", "concept", 1)
    with pytest.raises(NietGevonden):
        proef.start("p")
    with pytest.raises(ModelGeweigerd), proef.installatie.db.schrijven() as verbinding:
        proef.motor.activeer(verbinding, concept.id)
    with proef.installatie.db.lezen() as verbinding:
        assert proef.motor.definities.model(verbinding, concept.id) == (kapot, [])


def test_activeren_trekt_de_vorige_in_en_terug_kan_ook(proef: Proef) -> None:
    def staten() -> dict[int, str]:
        return {d.versie: d.staat for d in _definities(proef)}

    def activeer(definitie: UUID) -> None:
        with proef.installatie.db.schrijven() as verbinding:
            proef.motor.activeer(verbinding, definitie)

    proef.zet_neer(_op_tijd("timeDuration", "P2D"))
    with proef.installatie.db.schrijven() as verbinding:
        concept = proef.motor.bewaar_concept(verbinding, _op_tijd("timeDuration", "P2D", "u"))
    assert staten() == {1: "actief", 2: "concept"}
    activeer(concept.id)
    assert staten() == {1: "ingetrokken", 2: "actief"}
    activeer(_definities(proef)[1].id)
    assert staten() == {1: "actief", 2: "ingetrokken"}


MIWG = Path(__file__).resolve().parents[5] / "shared" / "gegevens" / "bpmn-miwg"


@pytest.mark.skipif(not MIWG.is_dir(), reason="de modellen zijn hier niet")
def test_referentiemodellen_komen_met_tekening_terug(proef: Proef) -> None:
    for bestand in sorted(MIWG.rglob("*.bpmn")):
        with proef.installatie.db.schrijven() as verbinding:
            concept = proef.motor.bewaar_concept(verbinding, bestand.read_bytes())
            assert proef.motor.definities.model(verbinding, concept.id)[0] == bestand.read_bytes()
