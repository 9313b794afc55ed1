"""De Zaken API elders: de reis blijft dezelfde, ook als zij onze Idempotency-Key niet kent."""

import random
import time
from pathlib import Path

import pytest

from simulatoren.postvak import Postvak
from tests.duurzaam.afdruk import dood, neem_afdruk, openstaand
from tests.duurzaam.werkers import werkend
from tests.integratie.wissel.opstelling import Gescheiden
from tests.reishulp import CORPORATIE, KOOP

KILLS = 20
GEDULD = 90


def test_registratie(gemeente: Gescheiden) -> None:
    verzoek = gemeente.dien_in("registratie", {"woonsituatie": "koop", "deelVanWoning": "geheel"})
    gemeente.werk()
    zaak = gemeente.zaak(verzoek)
    assert gemeente.los is not None
    assert zaak.url.startswith(gemeente.los.instellingen.adres)
    assert gemeente.statussen(zaak) == ["Ontvangen", "Geregistreerd"]
    assert gemeente.resultaat(zaak) == "Geregistreerd"
    assert sum(product.aanvraag_zaak_url == zaak.url for product in gemeente.producten()) == 1
    eis_niets_over(gemeente)


def test_vergunning_automatisch(gemeente: Gescheiden, postvak: Postvak) -> None:
    verzoek = gemeente.dien_in("vergunning", KOOP)
    gemeente.werk()
    afdruk = neem_afdruk(gemeente, verzoek, postvak._map)
    assert (afdruk.resultaat, afdruk.gesloten, afdruk.producten) == ("Verleend", True, 1)
    assert afdruk.besluiten == (("Het college van burgemeester en wethouders", True),)
    assert len(afdruk.documenten) == len(afdruk.berichten) == 2
    assert afdruk.brieven == (
        ("tv-besluit", "tv-besluit-verlening.pdf"),
        ("tv-ontvangen", "aanvraag.pdf"),
        ("tv-ontvangen", "brief.pdf"),
    )
    eis_niets_over(gemeente)


def test_geweigerd_door_een_mens(gemeente: Gescheiden) -> None:
    verzoek = gemeente.dien_in("vergunning", CORPORATIE)
    gemeente.werk()
    zaak = gemeente.zaak(verzoek)
    assert gemeente.besluiten(zaak) == []
    gemeente.rond_af(zaak, besluit="weigeren", steuntOp="nee", motivering="Een corporatiewoning mag u niet verhuren.")
    zaak = gemeente.zaak(verzoek)
    assert (gemeente.resultaat(zaak), zaak.einddatum is not None) == ("Geweigerd", True)
    assert len(gemeente.besluiten(zaak)) == 1
    eis_niets_over(gemeente)


def eis_niets_over(gemeente: Gescheiden) -> None:
    """Geen dood werk en geen incidenten, en bij geen van beide ligt er nog iets."""
    assert gemeente.los is not None
    for installatie in (gemeente.installatie, gemeente.los):
        assert (openstaand(installatie), dood(installatie)) == (0, 0)


@pytest.mark.traag
def test_workers_vallen_om(gemeente: Gescheiden, postvak: Postvak, capsys: pytest.CaptureFixture[str]) -> None:
    zaad = random.randrange(1_000_000)  # noqa: S311  # geen geheim
    toeval, terug = random.Random(zaad), []  # noqa: S311  # herhaalbaar toeval
    assert gemeente.los is not None
    with werkend(gemeente.installatie.instellingen) as werkers, werkend(gemeente.los.instellingen, aantal=1):
        verwacht, duur = _reis(gemeente, postvak._map), _duur(gemeente)
        for _ in range(KILLS):
            verzoek = gemeente.dien_in("vergunning", KOOP)
            time.sleep(toeval.uniform(0, duur))
            werkers.val_om(0, 1)
            terug.append(_wacht_tot_leeg(gemeente))
            assert neem_afdruk(gemeente, verzoek, postvak._map) == verwacht, f"zaad {zaad}"
    eis_niets_over(gemeente)
    with capsys.disabled():
        print(f"\nzaad {zaad}: {KILLS} keer omgevallen, hoogstens {max(terug):.1f} s")  # noqa: T201  # het cijfer van de kill-test


def _reis(gemeente: Gescheiden, postvak: Path) -> object:
    verzoek = gemeente.dien_in("vergunning", KOOP)
    _wacht_tot_leeg(gemeente)
    return neem_afdruk(gemeente, verzoek, postvak)


def _duur(gemeente: Gescheiden) -> float:
    gemeente.dien_in("vergunning", KOOP)
    return _wacht_tot_leeg(gemeente)


def _wacht_tot_leeg(gemeente: Gescheiden) -> float:
    assert gemeente.los is not None
    begin = time.monotonic()
    # Eerst de ander: wat daar klaar is, staat daarna hier.
    while openstaand(gemeente.los) or openstaand(gemeente.installatie) or openstaand(gemeente.los):
        assert time.monotonic() - begin < GEDULD, "duurt te lang"
        time.sleep(0.05)
    return time.monotonic() - begin
