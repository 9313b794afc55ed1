"""Een draaiende gemeente met een worker en een postvak, en mensen die haar in een echte browser bezoeken."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect
from werkzeug.serving import make_server

from dienstverlening.samenstellen import maak_platform
from dienstverlening.worker import Worker
from kern.installatie import Installatie
from kern.instellingen import Instellingen
from kern.klok import Klok, VerzetbareKlok
from kern.outbox import Afhandelaar
from simulatoren import Postvak, postvak_map
from tests.reis.huisstijl.hulp import axe, overloop

GEDULD = 25.0
VERWACHT = "Failed to load resource"  # zo meldt Chromium een 404 of 422; een 5xx telt hieronder apart


@contextmanager
def draaiende_gemeente(maak_instellingen: Callable[..., Instellingen], data: Path) -> Iterator[Installatie]:
    """Web, worker en postvak in dit proces; de poort kiest het systeem."""
    platform: list[Installatie] = []
    server = make_server("127.0.0.1", 0, lambda *verzoek: platform[0].wsgi(*verzoek), threaded=True)  # noqa: PLW0108 - de app komt na de poort
    instellingen = maak_instellingen(data).model_copy(
        update={"publiek_adres": f"http://localhost:{server.server_port}"}
    )
    with Postvak(postvak_map(instellingen), Klok(), omgeving="test", poort=0, adres="127.0.0.1") as postvak:
        installatie = maak_platform(instellingen.model_copy(update={"smtp_url": postvak.url}), VerzetbareKlok())
        platform.append(installatie)
        worker = Worker(Afhandelaar(installatie))
        draden = [threading.Thread(target=doe, daemon=True) for doe in (server.serve_forever, worker.draai)]
        for draad in draden:
            draad.start()
        yield installatie
        worker.stop.set()
        server.shutdown()
        for draad in draden:
            draad.join()
        server.server_close()
        installatie.sluit()


@dataclass
class Bezoeker:
    """Iemand met een eigen browservenster; onthoudt wat er misging en wat een pagina weegt."""

    pagina: Page
    adres: str
    javascript: bool = True
    klachten: list[str] = field(default_factory=list)

    @classmethod
    def nieuw(cls, browser: Browser, adres: str, *, javascript: bool) -> "Bezoeker":
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, base_url=adres, java_script_enabled=javascript
        )
        context.set_default_timeout(15_000)
        bezoeker = cls(context.new_page(), adres, javascript)
        bezoeker.pagina.on("pageerror", lambda fout: bezoeker.klachten.append(str(fout)))
        bezoeker.pagina.on("console", lambda regel: bezoeker._console(regel.type, regel.text))
        bezoeker.pagina.on("response", lambda antwoord: bezoeker._antwoord(antwoord.status, antwoord.url))
        return bezoeker

    def _console(self, soort: str, tekst: str) -> None:
        if soort == "error" and not tekst.startswith(VERWACHT):
            self.klachten.append(tekst)

    def _antwoord(self, status: int, url: str) -> None:
        if status >= 500:
            self.klachten.append(f"{status} {url}")

    def ga(self, pad: str, kop: str = "") -> None:
        self.pagina.goto(pad)
        if kop:
            self.zie(kop)

    def zie(self, kop: str) -> None:
        """De pagina met deze kop, toegankelijk en niet te breed."""
        expect(self.pagina.get_by_role("heading", level=1, name=kop)).to_be_visible()
        self.kijk()

    def kijk(self) -> None:
        """Axe en de breedte; axe werkt niet zonder JavaScript."""
        if not self.javascript:
            return
        assert axe(self.pagina) == [], self.pagina.url
        assert overloop(self.pagina) == 0, self.pagina.url

    def log_in(self, wie: str) -> None:
        """Op de inlogpagina van de simulator; de naam staat er zoals in de README."""
        self.pagina.get_by_text(wie, exact=True).first.click()
        self.pagina.get_by_role("button", name="Inloggen").click()

    def inwoner(self, wie: str, pad: str) -> None:
        self.ga(f"/aanmelden/digid?niveau=midden&terug={pad}")
        self.log_in(wie)
        self.pagina.wait_for_url(f"**{pad}")

    def klik(self, naam: str) -> None:
        self.pagina.get_by_role("button", name=naam, exact=True).last.click()

    def link(self, naam: str) -> None:
        self.pagina.get_by_role("link", name=naam, exact=True).first.click()

    def vul(self, vraag: str, antwoord: str) -> None:
        self.pagina.get_by_label(vraag).first.fill(antwoord)

    def kies(self, vraag: str, antwoord: str) -> None:
        self.groep(vraag).get_by_label(antwoord, exact=True).check()

    def groep(self, vraag: str) -> Locator:
        rol = self.pagina.get_by_role
        return rol("radiogroup", name=vraag).or_(rol("group", name=vraag)).first

    def wacht_op(self, pad: str, tekst: str) -> float:
        """Ververs tot de tekst er staat; geeft de seconden."""
        begin = time.monotonic()
        gezocht = self.pagina.locator("main").get_by_text(tekst).first
        while time.monotonic() - begin < GEDULD:
            self.pagina.goto(pad)
            if gezocht.is_visible():
                return time.monotonic() - begin
        raise AssertionError(f"“{tekst}” kwam niet op {pad}: {self.pagina.locator('main').inner_text()}")

    def gewicht(self) -> int:
        """Bytes over de lijn bij een eerste bezoek: de pagina en al haar middelen, tekst met gzip."""
        middelen: list[str] = self.pagina.evaluate("performance.getEntriesByType('resource').map(deel => deel.name)")
        haal = self.pagina.context.request.get
        antwoorden = [haal(url) for url in {self.pagina.url, *middelen} if url.startswith(self.adres)]
        return sum(
            len(deel.body()) if "font" in deel.headers["content-type"] else len(gzip.compress(deel.body()))
            for deel in antwoorden
        )

    def sluit(self) -> None:
        self.pagina.context.close()
        assert self.klachten == [], self.klachten
