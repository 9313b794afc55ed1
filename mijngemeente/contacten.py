"""Mijn contacten met de gemeente. De notitie van de medewerker is van de gemeente en staat er niet bij."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from integratie.klantinteracties.client import KlantcontactMetRelaties
from mijngemeente.bladeren import Bladzijde
from mijngemeente.bronnen import Bronnen

ONDERWERP = "onderwerpobject__onderwerpobjectidentificator"


@dataclass(frozen=True)
class Contact:
    """Een contact zoals de inwoner het ziet. `open_vraag`: wij hebben er nog iets mee te doen."""

    onderwerp: str
    wanneer: datetime | None
    kanaal: str
    antwoord: str
    open_vraag: bool


def lees_contacten(bron: Bronnen, bladzijde: Bladzijde, zaak: str = "") -> tuple[list[Contact], int]:
    """Eén bladzijde van mijn contacten en het totaal; `zaak` (uuid) beperkt tot die zaak."""
    if not bron.ik.contactcriteria:
        return [], 0
    criteria = dict(bron.ik.contactcriteria)
    if zaak:
        criteria |= {f"{ONDERWERP}CodeObjecttype": "zaak", f"{ONDERWERP}ObjectId": zaak}
    pagina = bron.klantinteracties.klantcontacten(criteria, **bladzijde.params)
    return list(_zichtbaar(pagina.results)), pagina.count


def _zichtbaar(contacten: list[KlantcontactMetRelaties]) -> Iterator[Contact]:
    for contact in contacten:
        if not contact.vertrouwelijk:
            taken = contact.gekoppeld.get("leiddeTotInterneTaken", [])
            yield Contact(
                contact.onderwerp,
                contact.plaatsgevonden_op,
                contact.kanaal,
                contact.reactie,
                any(taak["status"] == "te_verwerken" for taak in taken),
            )
