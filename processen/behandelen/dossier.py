"""Het besluitdossier: van het besluit terug naar de regels, de gegevens, de brief, de bekendmaking en de termijn.

Dezelfde inhoud als pagina en als JSON: het dossier gaat zo mee in een bezwaar, waar de regels op een andere peildatum nog eens kunnen
lopen.
"""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from uuid import UUID

from dmn.herkomst import Vindplaats
from integratie.besluiten.schemas import BesluitUit
from integratie.besluiten.stand import stand_van
from integratie.processen.motor import InstantieUit, StapUit
from integratie.tegelijk import tegelijk
from integratie.zaken.schemas import ZaakUit
from processen.behandelen.bron import Zaakbron, uuid_van
from processen.behandelen.herkomst import Herkomst
from processen.behandelen.herzien import keten
from processen.behandelen.leesbaar import zinnen_zonder_verwijzingen

VERSIE = 1
GRONDSLAG = "Grondslag"


def besluit_van(bron: Zaakbron, zaak: ZaakUit, besluit: UUID) -> BesluitUit | None:
    """Het besluit met dit uuid, als het bij de zaak hoort."""
    return next((b for b in bron.besluiten.besluiten(zaak=zaak.url) if uuid_van(b.url) == besluit), None)


def lees_dossier(bron: Zaakbron, zaak: ZaakUit, besluit: BesluitUit) -> dict[str, Any]:
    """Het hele dossier, klaar voor JSON. Een bron die niet antwoordt staat in `ontbreekt`: een dossier met een gat zegt dat zelf."""
    werk = tegelijk(
        bron.installatie,
        {
            "beslissingen": lambda: list(beslissingen_van(bron, zaak)),
            "brieven": lambda: list(_brieven(bron, besluit)),
            "bekendmaking": lambda: list(_bekendmaking(bron, zaak, besluit)),
            "termijn": lambda: _termijn(bron, zaak),
            "keten": lambda: list(_keten(bron, zaak, besluit)),
        },
    )
    return {
        "versie": VERSIE,
        "opgemaakt": bron.installatie.klok.nu().isoformat(),
        "zaak": {"url": zaak.url, "identificatie": zaak.identificatie, "startdatum": zaak.startdatum.isoformat()},
        "besluit": {
            **besluit.als_json(),
            "motivering": besluit.uitleg.motivering,
            "verantwoording": dict(besluit.uitleg.verantwoording),
            "stand": asdict(stand_van(besluit, bron.installatie.klok.vandaag())),
        },
        **{naam: uitkomst.waarde for naam, uitkomst in werk.items() if uitkomst.bereikbaar},
        "ontbreekt": sorted(naam for naam, uitkomst in werk.items() if not uitkomst.bereikbaar),
    }


def beslissingen_van(bron: Zaakbron, zaak: ZaakUit) -> Iterator[dict[str, Any]]:
    """Elke beslissing van de regels in de processen van deze zaak, met invoer, artikelen en moment."""
    herkomst = Herkomst(bron)
    for instantie in bron.processen.instanties(zaak=zaak.url):
        stappen = list(bron.processen.geschiedenis(instantie.uuid))
        for stap in stappen:
            if stap.uitleg:
                gegevens = herkomst.gegevens(instantie.definitie, stappen, stap)
                yield {**_beslissing(stap, instantie), "herkomst": [asdict(gegeven) for gegeven in gegevens]}


def _beslissing(stap: StapUit, instantie: InstantieUit) -> dict[str, Any]:
    uitleg = stap.uitleg or {}
    return {
        "stap": str(stap.stap),
        "proces": instantie.sleutel,
        "versie": str(instantie.definitie),
        "naam": stap.naam,
        "genomen": (stap.geeindigd or stap.begonnen).isoformat(),
        "beslissing": uitleg.get("beslissing", ""),
        "peildatum": uitleg.get("peildatum", ""),
        "artikelen": list(dict.fromkeys(_artikelen(uitleg.get("uitleg")))),
        "zinnen": {
            taal: list(zinnen_zonder_verwijzingen(zinnen)) for taal, zinnen in (uitleg.get("zinnen") or {}).items()
        },
        "gegevens": stap.invoer or {},
        "regels": uitleg.get("uitleg") or {},
    }


def _artikelen(uitleg: Any) -> Iterator[str]:
    """De vindplaatsen van de tabellen en van de regels die raak waren, zoals `artikel 36, lid 1, Participatiewet`.

    Een regel zonder vindplaats zegt het in de annotatiekolom `Grondslag`, als de tabel die heeft.
    """
    if isinstance(uitleg, list):
        for deel in uitleg:
            yield from _artikelen(deel)
    elif isinstance(uitleg, dict) and uitleg.get("raak") is not False:
        bronnen = (uitleg.get("herkomst") or {}).get("bronnen") or []
        for bron in bronnen:
            yield Vindplaats(bron["wet"], artikel=bron.get("artikel", ""), lid=bron.get("lid", "")).zin()
        if not bronnen and (tekst := (uitleg.get("annotaties") or {}).get(GRONDSLAG)):
            yield tekst
        for deel in uitleg.values():
            yield from _artikelen(deel)


def _brieven(bron: Zaakbron, besluit: BesluitUit) -> Iterator[dict[str, Any]]:
    urls = [koppeling.informatieobject for koppeling in bron.besluiten.documenten(besluit.url)]
    if urls:
        gevonden = bron.documenten.zoek_documenten(uuid__in=[str(uuid_van(url)) for url in urls]).results
        for document in gevonden:
            yield {
                "url": document.url,
                "titel": document.titel,
                "status": document.status,
                "gemaakt": document.creatiedatum.isoformat(),
            }


def _bekendmaking(bron: Zaakbron, zaak: ZaakUit, besluit: BesluitUit) -> Iterator[dict[str, Any]]:
    """Het bewijs van verzending: wat, langs welk kanaal en wanneer. Adressen worden nergens bewaard."""
    for zending in bron.processen.zendingen(zaak.url):
        if zending.besluit == besluit.url:
            yield zending.als_json()


def _keten(bron: Zaakbron, zaak: ZaakUit, besluit: BesluitUit) -> Iterator[dict[str, Any]]:
    """De besluiten die elkaar wijzigen of intrekken, het oudste eerst."""
    vandaag = bron.installatie.klok.vandaag()
    for deel in keten(besluit, list(bron.besluiten.besluiten(zaak=zaak.url))):
        yield {
            "url": deel.url, "identificatie": deel.identificatie, "datum": deel.datum.isoformat(),
            "ingangsdatum": deel.ingangsdatum.isoformat(), "stand": asdict(stand_van(deel, vandaag)),
        }  # fmt: skip


def _termijn(bron: Zaakbron, zaak: ZaakUit) -> dict[str, Any] | None:
    klok = bron.termijnen.klok(zaak.url)
    return klok.als_json() if klok else None
