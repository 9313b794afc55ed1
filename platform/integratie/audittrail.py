"""De audittrail, met dezelfde vorm in alle ZGW-API's."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from integratie.basis import Schema, Url


class AuditTrailUit(Schema):
    """Eén regel van een audittrail; dezelfde vorm in alle ZGW-API's."""

    uuid: UUID
    bron: Literal["ac", "nrc", "zrc", "ztc", "drc", "brc", "cmc", "kc", "vrc"]
    applicatie_id: str
    applicatie_weergave: str
    gebruikers_id: str
    gebruikers_weergave: str
    actie: str
    actie_weergave: str
    resultaat: int
    hoofd_object: Url
    resource: str
    resource_url: Url
    toelichting: str
    resource_weergave: str
    aanmaakdatum: datetime
    wijzigingen: dict[str, Any]
