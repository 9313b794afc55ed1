"""Een gepubliceerd besluit dat wijzigt of ingetrokken wordt, komt opnieuw in het Gemeenteblad: wie het las, moet ook dit kunnen lezen (Awb 3:42)."""

from typing import Any, Final

from integratie.besluiten.schemas import BesluitUit
from integratie.processen.publicaties import PublicatieUit
from integratie.taken.schemas import MedewerkerTaakIn
from integratie.zaken.schemas import ZaakUit
from processen.behandelen.bron import Zaakbron

IN_HET_BLAD: Final = ("aangeleverd", "gepubliceerd")
TITEL: Final = "Herziening publiceren in het Gemeenteblad"


def eerdere_publicatie(bron: Zaakbron, zaak: ZaakUit, oud: BesluitUit) -> PublicatieUit | None:
    """De laatste keer dat dit besluit naar het blad ging; None als dat niet via dit platform was."""
    publicaties = bron.processen.publicaties(zaak.url)
    return next((p for p in publicaties if p.besluit == oud.url and p.staat in IN_HET_BLAD), None)


def kennisgeving(bron: Zaakbron, zaak: ZaakUit, oud: BesluitUit, nieuw: BesluitUit) -> dict[str, Any] | None:
    """Wat proces `besluit-herzien` voor de kennisgeving nodig heeft; None als het oude besluit niet in het blad stond.

    Stond het daar wel, maar publiceerde een ander systeem het, dan krijgt het team een taak: de metadata van toen zijn hier niet bekend.
    """
    eerder = eerdere_publicatie(bron, zaak, oud)
    if eerder is None:
        if oud.publicatiedatum is not None:
            _vraag_team(bron, zaak, oud, nieuw)
        return None
    return {
        "rubriek": eerder.rubriek, "soort": eerder.soort, "onderwerp": eerder.onderwerp, "locatie": eerder.locatie,
        "gebied": eerder.gebied, "bekendmaakt": eerder.bekendmaakt, "titel": eerder.titel,
        "nummer": eerder.nummer or "het Gemeenteblad", "groep": bron.team(zaak)[0],
    }  # fmt: skip


def _vraag_team(bron: Zaakbron, zaak: ZaakUit, oud: BesluitUit, nieuw: BesluitUit) -> None:
    taak = MedewerkerTaakIn(
        titel=TITEL,
        toelichting=f"Besluit {oud.identificatie} stond in het Gemeenteblad. Publiceer daar ook besluit {nieuw.identificatie}, dat het verandert.",
        kandidaatgroepen=bron.team(zaak),
        zaak=zaak.url,
        zaaknummer=zaak.identificatie,
    )
    bron.taken.maak_medewerkertaak(taak, sleutel=f"herpubliceren-{nieuw.identificatie}")
