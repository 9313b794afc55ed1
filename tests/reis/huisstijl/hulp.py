"""Een browser, een app op een eigen poort, en axe: voor de schermtests."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

AXE = Path(__file__).parents[3] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VLAGGEN = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium van het systeem, zonder verkeer naar buiten."""
    with sync_playwright() as speel:
        chromium = speel.chromium.launch(executable_path="/usr/bin/chromium", args=VLAGGEN)
        yield chromium
        chromium.close()


@contextmanager
def server(app: Flask) -> Iterator[str]:
    """De app op een poort die het systeem kiest; geeft het adres."""
    dienst = make_server("127.0.0.1", 0, app, threaded=True)
    draad = threading.Thread(target=dienst.serve_forever, daemon=True)
    draad.start()
    yield f"http://127.0.0.1:{dienst.server_port}"
    dienst.shutdown()
    draad.join()
    dienst.server_close()


def axe(pagina: Page) -> list[str]:
    """De overtredingen die axe vindt, leesbaar."""
    if not pagina.evaluate("'axe' in window"):
        pagina.evaluate(AXE.read_text("utf-8"))
    opties = {"runOnly": REGELS, "resultTypes": ["violations"]}  # van wat goed is hoeft niet elk element uitgeschreven
    uitkomst: Any = pagina.evaluate("opties => axe.run(document, opties)", opties)
    assert len(uitkomst["passes"]) > 5, "axe heeft niets nagekeken"
    return [f"{v['id']}: {deel['html'][:120]}" for v in uitkomst["violations"] for deel in v["nodes"]]


def overloop(pagina: Page) -> int:
    """Hoeveel pixels de pagina breder is dan het venster."""
    return int(pagina.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def klachten(pagina: Page) -> list[str]:
    """Wat axe vindt op deze pagina en hoe ver zij uitsteekt, op een breed en een smal scherm."""
    gevonden: list[str] = []
    for breedte in (1280, 320):
        pagina.set_viewport_size({"width": breedte, "height": 900})
        gevonden += [f"{breedte}: {klacht}" for klacht in axe(pagina)]
        if teveel := overloop(pagina):
            gevonden.append(f"{breedte}: {teveel} pixels te breed")
    return gevonden
