"""Kleine BPMN-modellen voor tests, uit losse elementen.

    bpmn("p", start(), dienst("a", "proef.doe"), einde(), "start > a > einde")

Een regel met `>` is een keten van pijlen; `a > b [x > 1]` geeft de laatste pijl een voorwaarde, `a > b *` maakt haar het standaardpad.
"""

import re
from html import escape
from itertools import pairwise

RUIMTEN = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="urn:test"'
)


def bpmn(sleutel: str, *delen: str, los: str = "") -> bytes:
    """Een heel bestand met één uitvoerbaar proces; `los` zijn berichten, signalen en fouten."""
    inhoud = _inhoud(delen, sleutel)
    return f'<?xml version="1.0"?><definitions {RUIMTEN}>{los}<process id="{sleutel}" isExecutable="true">{inhoud}</process></definitions>'.encode()


def _inhoud(delen: tuple[str, ...], voor: str) -> str:
    pijlen = [deel for deel in delen if not deel.startswith("<")]
    stromen, standaard = _pijlen("\n".join(pijlen), voor)
    xml = "".join(deel for deel in delen if deel.startswith("<"))
    for element, stroom in standaard.items():
        xml = xml.replace(f' id="{element}"', f' id="{element}" default="{stroom}"', 1)
    return xml + stromen


def _pijlen(tekst: str, voor: str) -> tuple[str, dict[str, str]]:
    stromen, standaard = "", {}
    for regel in filter(None, (r.strip() for r in tekst.splitlines())):
        kern, voorwaarde, ster = re.fullmatch(r"(.*?)(?:\s*\[(.*)\])?(\s*\*)?", regel).groups()  # type: ignore[union-attr]  # past altijd
        namen = [naam.strip() for naam in kern.split(">")]
        for nr, (van, naar) in enumerate(pairwise(namen)):
            sleutel = f"{voor}_{van}_{naar}_{len(stromen)}"
            laatste = nr == len(namen) - 2
            uitdrukking = (
                f"<conditionExpression>={escape(voorwaarde)}</conditionExpression>" if voorwaarde and laatste else ""
            )
            stromen += f'<sequenceFlow id="{sleutel}" sourceRef="{van}" targetRef="{naar}">{uitdrukking}</sequenceFlow>'
            if ster and laatste:
                standaard[van] = sleutel
    return stromen, standaard


def element(soort: str, sleutel: str, inhoud: str = "", **attributen: str) -> str:
    extra = "".join(f' {naam}="{escape(waarde)}"' for naam, waarde in attributen.items())
    return f'<{soort} id="{sleutel}"{extra}>{inhoud}</{soort}>'


def start(sleutel: str = "start", inhoud: str = "", **attributen: str) -> str:
    return element("startEvent", sleutel, inhoud, **attributen)


def einde(sleutel: str = "einde", inhoud: str = "") -> str:
    return element("endEvent", sleutel, inhoud)


def uitbreiding(*delen: str) -> str:
    return f"<extensionElements>{''.join(delen)}</extensionElements>"


def io(invoer: dict[str, str] | None = None, uitvoer: dict[str, str] | None = None) -> str:
    regels = [f'<zeebe:input target="{doel}" source="{escape(bron)}"/>' for doel, bron in (invoer or {}).items()]
    regels += [f'<zeebe:output target="{doel}" source="{escape(bron)}"/>' for doel, bron in (uitvoer or {}).items()]
    return f"<zeebe:ioMapping>{''.join(regels)}</zeebe:ioMapping>"


def dienst(
    sleutel: str, soort: str, invoer: dict[str, str] | None = None, uitvoer: dict[str, str] | None = None, *,
    koppen: dict[str, str] | None = None, herhalingen: str = "", extra: str = "",
) -> str:  # fmt: skip
    kop = "".join(f'<zeebe:header key="{k}" value="{escape(w)}"/>' for k, w in (koppen or {}).items())
    keer = f' retries="{herhalingen}"' if herhalingen else ""
    zeebe = uitbreiding(
        f'<zeebe:taskDefinition type="{soort}"{keer}/>',
        f"<zeebe:taskHeaders>{kop}</zeebe:taskHeaders>",
        io(invoer, uitvoer),
    )
    return element("serviceTask", sleutel, zeebe + extra)


def taak(sleutel: str, *zeebe: str, extra: str = "", **attributen: str) -> str:
    return element("userTask", sleutel, uitbreiding(*zeebe) + extra, **attributen)


def script(sleutel: str, uitdrukking: str, resultaat: str) -> str:
    zeebe = f'<zeebe:script expression="={escape(uitdrukking)}" resultVariable="{resultaat}"/>'
    return element("scriptTask", sleutel, uitbreiding(zeebe))


def tijd(soort: str, uitdrukking: str) -> str:
    return f"<timerEventDefinition><{soort}>{escape(uitdrukking)}</{soort}></timerEventDefinition>"


def wacht(sleutel: str, gebeurtenis: str) -> str:
    return element("intermediateCatchEvent", sleutel, gebeurtenis)


def rand(sleutel: str, aan: str, gebeurtenis: str, *, onderbreekt: bool = True) -> str:
    return element("boundaryEvent", sleutel, gebeurtenis, attachedToRef=aan, cancelActivity=str(onderbreekt).lower())


def bericht(sleutel: str, naam: str, correlatie: str = "") -> str:
    """Een los bericht; verwijs ernaar met `op_bericht(sleutel)`."""
    abonnement = uitbreiding(f'<zeebe:subscription correlationKey="{escape(correlatie)}"/>') if correlatie else ""
    return f'<message id="{sleutel}" name="{naam}">{abonnement}</message>'


def op_bericht(sleutel: str) -> str:
    return f'<messageEventDefinition messageRef="{sleutel}"/>'


def fout(sleutel: str, code: str) -> str:
    return f'<error id="{sleutel}" name="{code}" errorCode="{code}"/>'


def op_fout(sleutel: str = "") -> str:
    return f'<errorEventDefinition errorRef="{sleutel}"/>' if sleutel else "<errorEventDefinition/>"


def subproces(sleutel: str, *delen: str, voor: str = "", door_gebeurtenis: bool = False) -> str:
    """Een subproces; `voor` is XML die vooraan komt (ioMapping, herhaling)."""
    return element(
        "subProcess", sleutel, voor + _inhoud(delen, sleutel), triggeredByEvent=str(door_gebeurtenis).lower()
    )


def per_element(
    lijst: str, naam: str, *, resultaat: tuple[str, str] | None = None, na_elkaar: bool = False, genoeg: str = ""
) -> str:
    uit = f' outputCollection="{resultaat[0]}" outputElement="={escape(resultaat[1])}"' if resultaat else ""
    klaar = f"<completionCondition>={escape(genoeg)}</completionCondition>" if genoeg else ""
    zeebe = uitbreiding(f'<zeebe:loopCharacteristics inputCollection="={escape(lijst)}" inputElement="{naam}"{uit}/>')
    return f'<multiInstanceLoopCharacteristics isSequential="{str(na_elkaar).lower()}">{zeebe}{klaar}</multiInstanceLoopCharacteristics>'
