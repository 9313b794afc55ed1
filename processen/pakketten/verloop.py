"""Eén verzoek in een scenario, en wat er bij de motor en de registraties uit kwam."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import feel
from integratie.besluiten import BesluitenClient
from integratie.producten import ProductenClient
from integratie.producten.schemas import ProductUit
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from kern.termijnen import FUNCTIES
from processen.motor import InstantieInfo, Motor, overzicht
from processen.motor.overzicht import Zoeken
from processen.pakketten.scenario import Indiener

NAMENS = "processen"


@dataclass(frozen=True)
class Verloop:
    """`naam` is hoe het scenario dit verzoek noemt, `verzoek` zijn URL."""

    installatie: Installatie
    motor: Motor
    naam: str
    verzoek: str
    indiener: Indiener

    def instanties(self) -> list[InstantieInfo]:
        """Die van het verzoek eerst, dan de andere op dezelfde zaak."""
        with self.installatie.db.lezen() as verbinding:
            eerste, _ = overzicht.zoek(verbinding, Zoeken(bedrijfssleutel=self.verzoek.rpartition("/")[2]), 0, 1)
            zaak = eerste[0].variabelen.get("zaak", "") if eerste else ""
            andere = overzicht.bij_zaak(verbinding, zaak) if zaak else []
            nummers: dict[UUID, None] = dict.fromkeys([*(i.id for i in eerste), *andere])
            return [self.motor.instantie(verbinding, nummer) for nummer in nummers]

    def zaak(self) -> str:
        """De URL van de zaak, als die er al is."""
        alle = self.instanties()
        return str(alle[0].variabelen.get("zaak") or "") if alle else ""

    def producten(self, zaak: str) -> list[ProductUit]:
        """Wat de indiener bij deze zaak verstrekt kreeg."""
        wie = (
            {"eigenaren__kvk_nummer": self.indiener.kvk} if self.indiener.kvk else {"eigenaren__bsn": self.indiener.bsn}
        )
        alle = ProductenClient(self.installatie, namens=NAMENS).alle_producten(wie)
        return [product for product in alle if zaak and product.aanvraag_zaak_url == zaak]

    def gegevens(self) -> dict[str, Any]:
        """Wat een scenario van dit verzoek kan noemen: de variabelen, en zaak, zaaknummer, besluit en product."""
        alle = self.instanties()
        variabelen = dict(alle[0].variabelen) if alle else {}
        zaak = str(variabelen.get("zaak") or "")
        besluiten = list(BesluitenClient(self.installatie, namens=NAMENS).besluiten(zaak=zaak)) if zaak else []
        producten = self.producten(zaak) if zaak else []
        return {
            **variabelen,
            "verzoek": self.verzoek,
            "zaak": zaak,
            "besluit": besluiten[-1].url if besluiten else None,
            "product": str(producten[-1].uuid) if producten else None,
        }


def vul_in(waarde: Any, bij: Verloop | None, alle: Iterable[Verloop]) -> Any:
    """De waarde uit het scenario, met elke tekst die met `=` begint uitgerekend over de verzoeken die er al zijn."""
    if not _heeft_feel(waarde):
        return waarde
    verlopen = list(alle)
    installatie = verlopen[0].installatie if verlopen else None
    context: dict[str, Any] = {verloop.naam: verloop.gegevens() for verloop in verlopen}
    context |= context.get(bij.naam, {}) if bij else {}
    if installatie is not None:
        context["vandaag"] = installatie.klok.nu().astimezone(NEDERLAND).date()
    return _reken(waarde, context)


def _heeft_feel(waarde: Any) -> bool:
    if isinstance(waarde, Mapping):
        return any(_heeft_feel(deel) for deel in waarde.values())
    if isinstance(waarde, list):
        return any(_heeft_feel(deel) for deel in waarde)
    return isinstance(waarde, str) and waarde.startswith("=")


def _reken(waarde: Any, context: Mapping[str, Any]) -> Any:
    if isinstance(waarde, Mapping):
        return {naam: _reken(deel, context) for naam, deel in waarde.items()}
    if isinstance(waarde, list):
        return [_reken(deel, context) for deel in waarde]
    if not isinstance(waarde, str) or not waarde.startswith("="):
        return waarde
    uitkomst = feel.evalueer(waarde[1:], context, functies=feel.Functies(FUNCTIES))
    return uitkomst.isoformat() if hasattr(uitkomst, "isoformat") else feel.naar_json(uitkomst)
