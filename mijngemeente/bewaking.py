"""De ene plek die bepaalt of iemand een object mag zien. Wat van een ander is bestaat voor die persoon niet: 404.

Elke route met een object in haar adres haalt het hier op. Vergeet een route dat, dan geeft zij een fout in plaats van het object:
`eis_bewaakt` kijkt na elk antwoord of er een toets is gedaan.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from flask import Response, abort, g, request

from integratie.basis import ApiFout
from integratie.berichten.schemas import BerichtUit
from integratie.documenten.schemas import DocumentUit
from integratie.producten.schemas import ProductUit
from integratie.taken.schemas import ExterneTaakUit
from integratie.urn import ontleed
from kern.toegang import Eigenaar, bewaak, eis_identiteit, huidige_identiteit
from mijngemeente.bronnen import NAAM, bronnen
from mijngemeente.documenten import zichtbare_documenten
from mijngemeente.ik import eigenaren_van_urn, eigenaren_van_zaak

T = TypeVar("T")
ZAAK_UITGEKLAPT = "zaaktype,status.statustype,resultaat.resultaattype,rollen,zaakinformatieobjecten.informatieobject"
VERBORGEN = (403, 404)
FOUTEN, ONJUIST = 400, 422


def mijn_zaak(zaak: UUID) -> dict[str, Any]:
    """Een zaak waarvan ik de initiator ben, met alles wat `ZAAK_UITGEKLAPT` noemt in `_expand`."""
    gevonden: dict[str, Any] = _zoek(
        lambda: bronnen().zaken.vraag("GET", f"zaken/{zaak}", params={"expand": ZAAK_UITGEKLAPT})
    )
    _toets(eigenaren_van_zaak(gevonden))
    return gevonden


def mijn_zaak_op_nummer(nummer: str) -> UUID:
    """Het uuid van mijn zaak met dit zaaknummer."""
    criteria = {**bronnen().ik.zaakcriteria, "identificatie": nummer}
    gevonden = bronnen().zaken.zoek_zaken(**criteria).results
    if not gevonden:
        abort(404)
    mijn_zaak(gevonden[0].uuid)
    return gevonden[0].uuid


def mijn_zaakdocument(zaak: UUID, document: UUID) -> DocumentUit:
    """Een document van mijn zaak dat ik mag zien."""
    ids = {gevonden["url"].rpartition("/")[2] for gevonden in zichtbare_documenten(mijn_zaak(zaak))}
    return _document(document, ids)


def mijn_taak(taak: UUID) -> ExterneTaakUit:
    """Een taak die aan mij is toegewezen."""
    gevonden = _zoek(lambda: bronnen().taken.klanttaak(f"externetaken/{taak}"))
    _toets(eigenaren_van_urn(gevonden.is_toegewezen_aan))
    return gevonden


def mijn_bericht(bericht: UUID) -> BerichtUit:
    """Een bericht aan mij dat al gepubliceerd is."""
    gevonden = _zoek(lambda: bronnen().berichten.bericht(f"berichten/{bericht}"))
    _toets(eigenaren_van_urn(gevonden.ontvanger))
    if gevonden.publicatiedatum and gevonden.publicatiedatum > bronnen().installatie.klok.nu():
        abort(404)
    return gevonden


def mijn_bijlage(bericht: UUID, document: UUID) -> DocumentUit:
    """Een bijlage van een bericht aan mij: wie het stuurde koos ervoor dat ik haar krijg."""
    ids = {ontleed(bijlage.informatie_object)["uuid"] for bijlage in mijn_bericht(bericht).bijlagen}
    return _document(document, ids)


def mijn_product(product: UUID) -> ProductUit:
    """Een product waarvan ik (mede-)eigenaar ben en dat getoond mag worden."""
    gevonden = _zoek(lambda: bronnen().producten.product(f"producten/{product}"))
    _toets(
        eigenaar
        for deel in gevonden.eigenaren
        for eigenaar in (
            ("bsn", deel.bsn),
            ("kvk", deel.kvk_nummer),
            ("vestiging", deel.vestigingsnummer),
            ("pseudoniem", deel.klantnummer),
        )
        if eigenaar[1]
    )
    if not gevonden.gepubliceerd:
        abort(404)
    return gevonden


def eis_bewaakt(antwoord: Response) -> Response:
    """Laat geen antwoord door van een route met een object in het adres die hier niets ophaalde."""
    eigen = (request.endpoint or "").startswith(f"{NAAM}.") and bool(request.view_args)
    toont = antwoord.status_code < FOUTEN or antwoord.status_code == ONJUIST
    if eigen and toont and huidige_identiteit() and not g.get("bewaakt"):
        raise RuntimeError(f"route {request.endpoint} toont een object zonder bewaking")
    return antwoord


def _toets(eigenaren: Iterable[Eigenaar]) -> None:
    bewaak(eigenaren, eis_identiteit())
    g.bewaakt = True


def _document(document: UUID, ids: set[str]) -> DocumentUit:
    if str(document) not in ids:
        abort(404)
    return _zoek(lambda: bronnen().documenten.document(f"enkelvoudiginformatieobjecten/{document}"))


def _zoek(haal: Callable[[], T]) -> T:
    try:
        return haal()
    except ApiFout as fout:
        if fout.status in VERBORGEN:
            abort(404)
        raise
