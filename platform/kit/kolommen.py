"""Van een gevalideerd voorstel naar kolomwaarden."""

from functools import cached_property
from typing import Any
from uuid import UUID

from integratie.basis import Schema
from kern.fouten import ParamFout
from kit.bron import Bron
from kit.omgeving import Omgeving, id_uit_opslag
from kit.schema import Omzetter, Soort, kolomsoort, omzetter


class Kolommen:
    """Hoe de schrijfvelden van één bron in de tabel komen; per bron één keer uitgerekend."""

    def __init__(self, omgeving: Omgeving, bron: Bron) -> None:
        self._omgeving = omgeving
        self._bron = bron

    @cached_property
    def _velden(self) -> list[tuple[str, str, Soort, Omzetter | None]]:
        schema, model = self._bron.schrijf, self._bron.model
        kolommen = model.__table__.columns  # type: ignore[attr-defined]  # tabelklassen
        namen = [naam for naam in schema.model_fields if naam in kolommen]
        return [
            (naam, schema.model_fields[naam].alias or naam, kolomsoort(getattr(model, naam)), omzetter(schema, naam))
            for naam in namen
        ]

    @property
    def verwijzend(self) -> list[tuple[str, str]]:
        """De velden (kolom, lijnnaam) die naar een resource in dezelfde registratie verwijzen."""
        return [(naam, alias) for naam, alias, soort, _ in self._velden if soort is Soort.EIGEN]

    def waarden(self, voorstel: Schema) -> tuple[dict[str, Any], list[ParamFout]]:
        """De kolomwaarden, en een fout voor elke URL die niet naar een eigen resource wijst."""
        ruw = voorstel.model_dump(by_alias=True)
        waarden: dict[str, Any] = {}
        fouten: list[ParamFout] = []
        for naam, alias, soort, om in self._velden:
            waarde = ruw[alias]
            if soort is Soort.EIGEN and waarde:
                waarden[naam] = self._eigen_id(alias, waarde, fouten)
            elif soort is Soort.EIGEN:
                waarden[naam] = None
            else:
                waarden[naam] = om(waarde, self._omgeving.diensten.naar_opslag) if om else waarde
        return waarden, fouten

    def _eigen_id(self, alias: str, waarde: Any, fouten: list[ParamFout]) -> UUID | None:
        if isinstance(waarde, dict):  # {uuid, url}, zoals Klantinteracties verwijst
            waarde = waarde.get("uuid") or waarde.get("url")
        if isinstance(waarde, UUID):
            return waarde
        gevonden = id_uit_opslag(self._omgeving.diensten.naar_opslag(str(waarde)), self._omgeving.registratie.naam)
        if gevonden is None:
            code = "no_match" if str(waarde).startswith("http") else "bad-url"
            fouten.append(ParamFout(alias, code, "Deze verwijzing wijst niet naar een resource van deze API."))
        return gevonden
