"""Een besluit wijzigen of intrekken met een nieuw besluit (Awb 6:19): elk noemt het andere, en het oude eindigt waar het nieuwe begint."""

from datetime import date, timedelta
from typing import Final

from integratie.besluiten.client import BesluitenClient
from integratie.besluiten.schemas import BesluitUit

INGETROKKEN: Final = "ingetrokken_overheid"


def vervang(client: BesluitenClient, oud: BesluitUit, nieuw: BesluitUit) -> None:
    """Leg de vervanging in beide besluiten vast. Herhalen verandert niets."""
    if nieuw.uitleg.kenmerk("Vervangt") != oud.identificatie:
        client.wijzig_besluit(nieuw.url, toelichting=nieuw.uitleg.met("Vervangt", oud.identificatie).als_tekst())
    if oud.uitleg.kenmerk("Vervangen door") != nieuw.identificatie:
        client.wijzig_besluit(
            oud.url,
            toelichting=oud.uitleg.met("Vervangen door", nieuw.identificatie).als_tekst(),
            vervaldatum=_laatste_dag(oud, nieuw).isoformat(),
            vervalreden=INGETROKKEN,
        )


def _laatste_dag(oud: BesluitUit, nieuw: BesluitUit) -> date:
    """De dag voor het nieuwe begint, maar nooit voor de dag waarop het oude begon of na de dag waarop het al eindigde."""
    dag = max(nieuw.ingangsdatum - timedelta(days=1), oud.ingangsdatum)
    return min(dag, oud.vervaldatum) if oud.vervaldatum else dag
