"""De componenten in een echte browser: toegankelijk, niet breder dan het scherm, te bedienen met het toetsenbord."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from huisstijl.voorbeeldpagina import maak_app
from tests.reis.huisstijl.hulp import axe, overloop, server

PAGINAS = [
    "/", "/formulier", "/formulier?toestand=gevuld", "/formulier?toestand=fout", "/zaken", "/panelen", "/?sessie=30",
    "/?taal=en", "/bestaat-niet",
]  # fmt: skip


@pytest.fixture(scope="module")
def adres() -> Iterator[str]:
    with server(maak_app()) as adres:
        yield adres


@pytest.fixture(params=[1280, 320])
def pagina(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    pagina = chromium.new_page(viewport={"width": request.param, "height": 800})
    fouten: list[str] = []
    pagina.on("pageerror", lambda fout: fouten.append(str(fout)))
    yield pagina
    pagina.close()
    assert fouten == []


@pytest.mark.parametrize("pad", PAGINAS)
def test_axe_en_breedte(pagina: Page, adres: str, pad: str) -> None:
    pagina.goto(adres + pad)
    assert axe(pagina) == []
    assert overloop(pagina) == 0


@pytest.mark.parametrize("pad", ["/", "/formulier?toestand=fout"])
def test_vierhonderd_procent_zoom(chromium: Browser, adres: str, pad: str) -> None:
    pagina = chromium.new_page(viewport={"width": 320, "height": 256}, device_scale_factor=4)
    pagina.goto(adres + pad)
    assert overloop(pagina) == 0
    pagina.close()


def test_grotere_tekstafstand_past(chromium: Browser, adres: str) -> None:
    """WCAG 1.4.12."""
    pagina = chromium.new_page(viewport={"width": 320, "height": 800})
    pagina.goto(adres + "/formulier?toestand=fout")
    pagina.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    )
    assert overloop(pagina) == 0
    pagina.close()


def test_toetsenbord_skiplink_en_zichtbare_focus(chromium: Browser, adres: str) -> None:
    pagina = chromium.new_page(viewport={"width": 1280, "height": 800})
    pagina.goto(adres + "/formulier")
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement.className") == "utrecht-skip-link"
    assert pagina.locator(".utrecht-skip-link").bounding_box()["height"] > 20  # type: ignore[index]  # zichtbaar bij focus
    pagina.keyboard.press("Enter")
    assert pagina.evaluate("document.activeElement.id") == "inhoud"
    for _ in range(12):
        pagina.keyboard.press("Tab")
        zichtbaar = pagina.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e), k = e.closest('.dv-keuze');"
            "const t = k ? getComputedStyle(k) : s; return t.outlineStyle !== 'none' && parseFloat(t.outlineWidth) >= 2 })()"
        )
        assert zichtbaar, pagina.evaluate("document.activeElement.outerHTML")
    pagina.close()


def test_foutsamenvatting_krijgt_focus_en_springt(chromium: Browser, adres: str) -> None:
    pagina = chromium.new_page()
    pagina.goto(adres + "/formulier?toestand=fout")
    assert pagina.evaluate("document.activeElement.hasAttribute('data-foutsamenvatting')")
    pagina.get_by_role("link", name="Vul “Geboortedatum” in.").click()
    assert pagina.evaluate("document.activeElement.id") == "geboren-dag"
    pagina.close()


def test_raakvlakken_zijn_groot_genoeg(chromium: Browser, adres: str) -> None:
    """WCAG 2.5.8: knoppen, velden en menulinks zijn minstens 24 bij 24 pixels."""
    pagina = chromium.new_page(viewport={"width": 320, "height": 800})
    pagina.goto(adres + "/")
    klein = pagina.evaluate(
        "[...document.querySelectorAll('button, input, .dv-balk__link, .dv-tabs__link, .utrecht-pagination a')]"
        ".filter(e => e.offsetParent).map(e => [e.outerHTML.slice(0, 60), e.getBoundingClientRect()])"
        ".filter(([, r]) => r.width < 24 || r.height < 24).map(([h]) => h)"
    )
    assert klein == []
    pagina.close()


def test_sessiewaarschuwing_verschijnt_en_verlengt(chromium: Browser, adres: str) -> None:
    pagina = chromium.new_page()
    pagina.goto(adres + "/?sessie=900")
    expect(pagina.get_by_text("Bent u er nog?")).to_be_hidden()
    pagina.goto(adres + "/?sessie=30")
    expect(pagina.get_by_text("Bent u er nog?")).to_be_visible()
    pagina.get_by_role("button", name="Ingelogd blijven").click()
    expect(pagina.get_by_text("Bent u er nog?")).to_be_hidden()
    pagina.close()
