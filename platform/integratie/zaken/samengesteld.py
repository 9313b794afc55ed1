"""Samengestelde acties (uitbreiding, ook van Open Zaak): wat bij elkaar hoort in één verzoek, alles of niets (regels 9).

De delen hebben de velden van hun eigen resource; `zaak` mag daarin weg, want zij horen bij deze zaak.
"""

from typing import Any

from pydantic import Field

from integratie.basis import Schema
from integratie.zaken.schemas import (
    ResultaatUit,
    RolUit,
    StatusUit,
    ZaakInformatieObjectUit,
    ZaakObjectUit,
    ZaakUit,
)

Deel = dict[str, Any]
Delen = list[Deel]


class RegistrerenIn(Schema):
    """Een zaak met wie en wat erbij hoort."""

    zaak: Deel
    rollen: Delen = Field(default_factory=list)
    zaakobjecten: Delen = Field(default_factory=list)
    zaakinformatieobjecten: Delen = Field(default_factory=list)
    status: Deel | None = None


class RegistrerenUit(Schema):
    zaak: ZaakUit
    rollen: list[RolUit]
    zaakobjecten: list[ZaakObjectUit]
    zaakinformatieobjecten: list[ZaakInformatieObjectUit]
    status: StatusUit | None


class BijwerkenIn(Schema):
    """Wat er aan de zaak wijzigt, met nieuwe rollen en een status."""

    zaak: Deel
    rollen: Delen = Field(default_factory=list)
    status: Deel | None = None


class BijwerkenUit(Schema):
    zaak: ZaakUit
    rollen: list[RolUit]
    status: StatusUit | None


class MetStatusIn(Schema):
    """Een opschorting of verlenging (in `zaak`), met een status."""

    zaak: Deel
    status: Deel | None = None


class MetStatusUit(Schema):
    zaak: ZaakUit
    status: StatusUit | None


class AfsluitenIn(Schema):
    """Het resultaat en de eindstatus, en wat er verder nog aan de zaak wijzigt."""

    zaak: Deel
    resultaat: Deel
    status: Deel


class AfsluitenUit(Schema):
    zaak: ZaakUit
    resultaat: ResultaatUit
    status: StatusUit
