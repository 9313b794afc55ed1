"""Verwijzingen die als URN of als URL komen (`{urn, url}`): één van beide is genoeg, en wat om te zetten is wordt omgezet."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import ColumnElement, cast, exists, func, select
from sqlalchemy.dialects.postgresql import JSONB

from integratie.urn import urn_uuid
from kern.fouten import ParamFout
from kit.filters import Filter
from kit.omgeving import Omgeving
from kit.wijziging import Wijziging

SOORTEN = {
    "catalogi:zaaktypen": "zaaktype",
    "verzoeken:verzoektypen": "verzoektype",
    "zaken:zaken": "zaak",
    "documenten:enkelvoudiginformatieobjecten": "informatieobject",
    "taken:externetaken": "externetaak",
}
"""Hoe een resource in een URN van deze gemeente heet: `urn:nld:<rsin>:<soort>:uuid:<uuid>`."""
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def vul_aan(w: Wijziging[Any], veld: str, doel: str) -> Iterable[ParamFout]:
    """Toets de verwijzingen in `veld` en vul URN of URL aan; `doel` is waar zij naar wijzen (`zaken:zaken`), leeg als dat vrij is."""
    delen = w.waarden[veld]
    for plek, deel in enumerate(delen):
        if not deel["urn"] and not deel["url"]:
            yield ParamFout(f"{veld}.{plek}", "required", "Geef een urn of een url.")
    w.waarden[veld] = delen = [_volledig(w, deel, doel) for deel in delen]
    gezien = [(deel["urn"], deel["url"]) for deel in delen]
    if len(set(gezien)) < len(gezien):
        yield ParamFout(veld, "unique", "Een verwijzing komt hier één keer voor.")


def _volledig(w: Wijziging[Any], deel: dict[str, Any], doel: str) -> dict[str, Any]:
    return {
        "urn": deel["urn"] or urn_bij(w, deel["url"], doel),
        "url": deel["url"] or url_bij(w, deel["urn"], doel),
    }


def urn_bij(w: Wijziging[Any], opslag: str | None, doel: str) -> str | None:
    """De URN van een bewaarde verwijzing (`dienst:pad`) naar `doel`, of None."""
    uuid = (opslag or "").removeprefix(f"{doel}/")
    if doel not in SOORTEN or not _UUID.fullmatch(uuid):
        return None
    return urn_uuid(w.omgeving.installatie.instellingen.bronorganisatie, SOORTEN[doel], uuid)


def url_bij(w: Wijziging[Any], urn: str | None, doel: str) -> str | None:
    """De bewaarde verwijzing bij een URN van deze gemeente, of None."""
    uuid = (urn or "").rpartition(":")[2]
    if doel not in SOORTEN or not _UUID.fullmatch(uuid):
        return None
    eigen = urn_uuid(w.omgeving.installatie.instellingen.bronorganisatie, SOORTEN[doel], uuid)
    return f"{doel}/{uuid}" if urn == eigen else None


def verwijzingen(kolom: Any, naam: str) -> dict[str, Filter]:
    """Filters op een lijst van `{urn, url}`: precies, of een deel daarvan."""

    def precies(veld: str) -> Callable[[str, Omgeving], ColumnElement[bool]]:
        return lambda zoek, omgeving: kolom.contains([{veld: _bewaard(veld, zoek, omgeving)}])

    def bevat(veld: str) -> Callable[[str, Omgeving], ColumnElement[bool]]:
        def voorwaarde(zoek: str, omgeving: Omgeving) -> ColumnElement[bool]:
            deel = func.jsonb_array_elements(kolom).table_valued("value", joins_implicitly=True)
            tekst = cast(deel.c.value, JSONB)[veld].astext
            return exists(
                select(1).select_from(deel).where(tekst.contains(_bewaard(veld, zoek, omgeving), autoescape=True))
            )

        return voorwaarde

    return {
        f"{naam}__{veld}{rest}": Filter(str, maak(veld))
        for veld in ("urn", "url")
        for rest, maak in (("", precies), ("__contains", bevat))
    }


def _bewaard(veld: str, zoek: str, omgeving: Omgeving) -> str:
    return omgeving.diensten.naar_opslag(zoek) if veld == "url" else zoek
