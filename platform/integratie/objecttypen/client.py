"""Getypte client van de Objecttypen API."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from integratie.basis import ApiClient, ApiFout
from integratie.objecttypen.schemas import ObjectTypeIn, ObjectTypeUit, ObjectVersionIn, ObjectVersionUit

NIET_GEVONDEN = 404


class ObjecttypenClient(ApiClient):
    """De Objecttypen API."""

    api = "objecttypen"

    def objecttype(self, uuid: UUID) -> ObjectTypeUit | None:
        try:
            return self.haal(f"objecttypes/{uuid}", ObjectTypeUit)
        except ApiFout as fout:
            if fout.status != NIET_GEVONDEN:
                raise
            return None

    def typen(self, **params: Any) -> Iterator[ObjectTypeUit]:
        """Alle objecttypen, of die aan de filters voldoen."""
        return self.alle("objecttypes", ObjectTypeUit, **params)

    def versies(self, url: str) -> list[ObjectVersionUit]:
        return list(self.alle(f"{url}/versions", ObjectVersionUit))

    def zorg_voor_type(self, objecttype: ObjectTypeIn, json_schema: dict[str, Any]) -> tuple[ObjectTypeUit, int]:
        """Vind of maak het objecttype (op zijn gekozen uuid) met een gepubliceerde versie van dit schema; geeft ook het versienummer."""
        if objecttype.uuid is None:
            raise ValueError("kies zelf een uuid, dan is dit herhaalbaar")
        gevonden = self.objecttype(objecttype.uuid) or self.maak("objecttypes", objecttype, ObjectTypeUit)
        for versie in self.versies(gevonden.url):
            if versie.status == "published" and versie.json_schema == json_schema:
                return gevonden, versie.version
        nieuw = ObjectVersionIn(status="published", json_schema=json_schema)
        return gevonden, self.maak(f"{gevonden.url}/versions", nieuw, ObjectVersionUit).version
