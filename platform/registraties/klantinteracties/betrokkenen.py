"""Over wie een weergave gaat, voor het Logboek dataverwerkingen: de nummers van de partijen erin of erachter.

Alleen voor een aanroeper van buiten, en voor een hele pagina in één vraag.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from integratie.betrokkene import uit_partij
from kern.ldv import Betrokkene as Wie
from kit import Omgeving
from registraties.klantinteracties.modellen import Betrokkene, PartijIdentificator

Rijen = Sequence[Mapping[str, Any]]
Opzoeken = Callable[[Omgeving, Rijen], Iterable[Wie]]


def achter(*partijen: str, contact: str = "") -> Opzoeken:
    """Zoekt op wie er achter de velden met een partij zitten, of achter het klantcontact in `contact`."""

    def zoek_op(omgeving: Omgeving, rijen: Rijen) -> list[Wie]:
        ids = [id_ for rij in rijen for veld in partijen for id_ in _uuids(rij.get(veld))]
        contacten = [id_ for rij in rijen if contact for id_ in _uuids(rij.get(contact))]
        return _nummers(omgeving, ids, contacten) if ids or contacten else []

    return zoek_op


def _uuids(waarde: Any) -> Iterator[UUID]:
    """Van een verwijzing (`{uuid, url}`), of van een uuid zelf."""
    uuid = waarde.get("uuid") if isinstance(waarde, Mapping) else waarde
    if uuid:
        yield UUID(str(uuid))


def _nummers(omgeving: Omgeving, partijen: list[UUID], contacten: list[UUID]) -> list[Wie]:
    in_contact = select(Betrokkene.was_partij).where(Betrokkene.had_klantcontact.in_(contacten))
    wie = PartijIdentificator.identificeerde_partij
    vraag = select(PartijIdentificator.partij_identificator).where(or_(wie.in_(partijen), wie.in_(in_contact)))
    with omgeving.installatie.db.lezen() as verbinding:
        return [deel for nummer in verbinding.scalars(vraag) for deel in uit_partij(nummer)]
