"""De modelleur in een echte browser: hoe snel gaat zij open, hoe zwaar is zij, en blijft tekenen vloeiend bij 300 elementen.

    modelleur.py [--keer 5] [--elementen 300]

Het gewicht is wat er gecomprimeerd over de lijn gaat. Een beeld is de tijd tussen twee keer tekenen door de browser, terwijl er een
element versleept wordt.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))
import yaml
from playwright.sync_api import Browser, Page

from dienstverlening.bijwerken import werk_installatie_bij
from huisstijl import middelen
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen
from kern.logboek import richt_in
from kern.motoren import Motoren
from kern.outbox import Afhandelaar
from processen import maak_motor
from processen.modelleren import Werkplaats, Wie
from processen.modelleren.nakijken import kijk_na
from processen.modelleren.proefdraaien import Proefruns
from processen.pakketten.scenario import Scenario
from tests.reis.huisstijl.hulp import browser
from tests.reis.platform import op_een_poort

PAKKET = "toeristische-verhuur"
WIE = Wie("meting", "Meting")
SCENARIO = "scenarios/04-weigering.yaml"
FORMULIER = "formulieren/toeristische-verhuur-vergunning.json"
PAD = f"/beheer/pakketten/{PAKKET}/proces"
SLEPEN = 3.0  # seconden
MEET_BEELDEN = """() => {
  window.beelden = []; let vorige = performance.now();
  const tel = (nu) => { window.beelden.push(nu - vorige); vorige = nu; requestAnimationFrame(tel); };
  requestAnimationFrame(tel);
}"""


def groot_proces(elementen: int) -> bytes:
    """Een proces met zoveel taken, in rijen van twintig."""
    taken, pijlen, vormen, lijnen = [], [], [], []
    for nr in range(elementen):
        x, y = 160 + nr % 20 * 150, 100 + nr // 20 * 130
        taken.append(f'<bpmn:task id="t{nr}" name="Stap {nr}"/>')
        vormen.append(
            f'<bpmndi:BPMNShape id="t{nr}_di" bpmnElement="t{nr}"><dc:Bounds x="{x}" y="{y}" width="100" height="80"/></bpmndi:BPMNShape>'
        )
        if nr:
            vx, vy = 160 + (nr - 1) % 20 * 150 + 100, 100 + (nr - 1) // 20 * 130 + 40
            pijlen.append(f'<bpmn:sequenceFlow id="p{nr}" sourceRef="t{nr - 1}" targetRef="t{nr}"/>')
            lijnen.append(
                f'<bpmndi:BPMNEdge id="p{nr}_di" bpmnElement="p{nr}"><di:waypoint x="{vx}" y="{vy}"/><di:waypoint x="{x}" y="{y + 40}"/></bpmndi:BPMNEdge>'
            )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
        'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="d" targetNamespace="urn:meting">'
        f'<bpmn:process id="groot" name="Groot" isExecutable="true">{"".join(taken)}{"".join(pijlen)}</bpmn:process>'
        f'<bpmndi:BPMNDiagram id="t"><bpmndi:BPMNPlane id="v" bpmnElement="groot">{"".join(vormen)}{"".join(lijnen)}'
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>"
    ).encode()


def meld_aan(chromium: Browser, adres: str) -> Page:
    """Een venster van de functioneel beheerder, met een lege voorraad."""
    pagina = chromium.new_context(base_url=adres, viewport={"width": 1280, "height": 900}).new_page()
    pagina.goto("/beheer/pakketten/")
    pagina.get_by_label("Functioneel beheerder").first.check()
    pagina.get_by_role("button", name="Inloggen").click()
    return pagina


def open_(pagina: Page, naam: str) -> float:
    """Seconden van de klik tot er getekend kan worden."""
    begin = time.perf_counter()
    pagina.goto(f"{PAD}/{naam}")
    pagina.locator("[data-modelleur][data-klaar]").wait_for()
    return time.perf_counter() - begin


def sleep(pagina: Page) -> list[float]:
    """De beelden (ms) terwijl het eerste element heen en weer gaat."""
    vak = pagina.locator("[data-element-id=t0]").first.bounding_box() or {"x": 0, "y": 0}
    x, y = vak["x"] + 20, vak["y"] + 20
    pagina.mouse.move(x, y)
    pagina.mouse.down()
    pagina.evaluate(MEET_BEELDEN)
    eind, stap = time.perf_counter() + SLEPEN, 0
    while time.perf_counter() < eind:
        stap += 1
        pagina.mouse.move(x + stap * 7 % 300, y + stap * 3 % 200)
    pagina.mouse.up()
    beelden: list[float] = pagina.evaluate("() => window.beelden")
    return beelden[2:]


def meet(installatie: Installatie, keer: int, elementen: int) -> None:
    """Druk de cijfers af."""
    plaats = Werkplaats(installatie, maak_motor(installatie))
    plaats.open(PAKKET, WIE)
    plaats.bewaar(PAKKET, "processen/groot.bpmn", groot_proces(elementen), versie=0, wie=WIE)
    with browser() as chromium:
        koud = [
            open_(meld_aan(chromium, installatie.instellingen.adres), "toeristische-verhuur-vergunning")
            for _ in range(keer)
        ]
        pagina = meld_aan(chromium, installatie.instellingen.adres)
        groot = [open_(pagina, "groot") for _ in range(keer)]
        beelden = sleep(pagina)
    p95 = statistics.quantiles(beelden, n=20)[-1]
    print(f"open, lege voorraad: mediaan {statistics.median(koud):.2f} s, meest {max(koud):.2f} s (gevraagd 2)")
    print(f"open, {elementen} elementen: mediaan {statistics.median(groot):.2f} s")
    print(
        f"beeld bij slepen, {elementen} elementen: p50 {statistics.median(beelden):.0f} ms, p95 {p95:.0f} ms (gevraagd 50)"
    )
    print(f"gewicht: {gewicht() / 1000:.0f} kB gecomprimeerd (gevraagd 700)")
    print(f"controle van {PAKKET}: {duur_controle(installatie, plaats) * 1000:.0f} ms (gevraagd 1000)")
    eerste, daarna, gewijzigd = duur_proefrun(installatie, plaats)
    print(
        f"proefrun klaar: {daarna:.1f} s als de installatie klaarstaat (gevraagd 3), {gewijzigd:.1f} s meteen na een wijziging van een "
        f"formulier, {eerste:.1f} s als zij nog gemaakt moet worden"
    )


def gewicht() -> int:
    """Bytes van script, stijl en tekenlettertypen."""
    manifest = middelen.manifest()
    delen = [middelen.GEBOUWD / f"{manifest[naam]}.br" for naam in ("modelleur.js", "modelleur.css")]
    letters = [*middelen.GEBOUWD.glob("bpmn-*.woff2"), *middelen.GEBOUWD.glob("dmn-*.woff2")]
    return sum(pad.stat().st_size for pad in [*delen, *letters])


def duur_controle(installatie: Installatie, plaats: Werkplaats) -> float:
    """Seconden van een warme controle van het hele pakket."""
    bestanden, motor = plaats.bestanden(PAKKET), maak_motor(installatie)
    kijk_na(bestanden, motor)
    begin = time.perf_counter()
    kijk_na(bestanden, motor)
    return time.perf_counter() - begin


def duur_proefrun(installatie: Installatie, plaats: Werkplaats) -> tuple[float, float, float]:
    """Seconden van indienen tot het beeld er is: de allereerste keer, daarna, en meteen na een wijziging van een formulier."""
    tekst = plaats.bestanden(PAKKET)[SCENARIO].decode()
    scenario = Scenario.model_validate(yaml.safe_load(tekst)).model_copy(update={"stappen": []})
    runs, afhandelaar, duren = Proefruns(installatie), Afhandelaar(installatie), []
    for gewijzigd in (False, False, False, True, True):
        if gewijzigd:
            deel = plaats.lees(PAKKET, FORMULIER)
            inhoud = (deel.inhoud or b"").replace(b'"nl": "', b'"nl": "Nieuw: ', 1)
            plaats.bewaar(PAKKET, FORMULIER, inhoud, versie=deel.versie, wie=WIE)
        begonnen = time.perf_counter()
        runs.begin(PAKKET, WIE, scenario)
        while afhandelaar.werk_af():
            pass
        duren.append(time.perf_counter() - begonnen)
    return duren[0], min(duren[1:3]), max(duren[3:])


def main() -> None:
    lezer = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    lezer.add_argument("--keer", type=int, default=5)
    lezer.add_argument("--elementen", type=int, default=300)
    opties = lezer.parse_args()
    richt_in("error")
    with TemporaryDirectory() as map_, Motoren(Path(map_)) as motoren:
        instellingen = laad_instellingen(
            omgeving="demo",
            data=Path(map_),
            geheime_sleutel="b" * 40,
            database_url=motoren.database_url,
            redis_url=motoren.redis_url,
        )
        werk_installatie_bij(instellingen)
        with op_een_poort(instellingen) as installatie:
            meet(installatie, opties.keer, opties.elementen)


if __name__ == "__main__":
    main()
