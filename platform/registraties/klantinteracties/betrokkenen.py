"""Over wie een weergave gaat, voor het Logboek dataverwerkingen: de nummers van de partijen erin of erachter.

Alleen voor een aanroeper van buiten, en voor een hele pagina in één vraag.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from integratie.betrokkene import uit_partij
from kern.ldv import Betrokkene as Wie
from kit import Omgeving
from registraties.klantinteracties.modellen import Betrokkene, PartijIdentificator

Rijen = Sequence[Mapping[str, Any]]
Opzoeken = Callable[[Omgeving, Rijen], Iterable[Wie]]


def achter(*partijen: str) -> Opzoeken:
    """Zoekt op wie er achter deze velden met een partij zitten."""
    return lambda omgeving, rijen: _nummers(omgeving, _uuids(rijen, partijen))


def bij_contact(veld: str) -> Opzoeken:
    """Zoekt op wie er betrokken zijn bij het klantcontact in dit veld."""

    def zoek_op(omgeving: Omgeving, rijen: Rijen) -> list[Wie]:
        ids = _uuids(rijen, (veld,))
        return _nummers(omgeving, select(Betrokkene.was_partij).where(Betrokkene.had_klantcontact.in_(ids)))

    return zoek_op


def _uuids(rijen: Rijen, velden: Iterable[str]) -> list[UUID]:
    """Van verwijzingen (`{uuid, url}`), of van het uuid van een rij zelf."""
    waarden = (rij.get(veld) for rij in rijen for veld in velden)
    uuids = (waarde.get("uuid") if isinstance(waarde, Mapping) else waarde for waarde in waarden)
    return [UUID(str(uuid)) for uuid in uuids if uuid]


def _nummers(omgeving: Omgeving, partijen: list[UUID] | Select[Any]) -> list[Wie]:
    if not isinstance(partijen, Select) and not partijen:
        return []
    nummer = PartijIdentificator.partij_identificator
    vraag = select(nummer).where(PartijIdentificator.identificeerde_partij.in_(partijen))
    with omgeving.installatie.db.lezen() as verbinding:
        return [deel for gevonden in verbinding.scalars(vraag) for deel in uit_partij(gevonden)]
