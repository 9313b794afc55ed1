"""Getypte client van de Objecten API."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from integratie.basis import ApiClient, ApiFout
from integratie.objecten.schemas import ObjectIn, ObjectRecordUit, ObjectUit

NIET_GEVONDEN = 404


class ObjectenClient(ApiClient):
    """De Objecten API. `sleutel` is de Idempotency-Key."""

    api = "objecten"

    def object(self, uuid: UUID, **params: Any) -> ObjectUit | None:
        try:
            return self.haal(f"objects/{uuid}", ObjectUit, **params)
        except ApiFout as fout:
            if fout.status != NIET_GEVONDEN:
                raise
            return None

    def objecten(self, objecttype: str, *data_attr: str, **params: Any) -> Iterator[ObjectUit]:
        """De objecten van een type die aan alle `data_attr` (`pad__operator__waarde`) voldoen."""
        return self.alle("objects", ObjectUit, type=objecttype, data_attr=list(data_attr), **params)

    def geschiedenis(self, uuid: UUID) -> Iterator[ObjectRecordUit]:
        """Alle records van een object, het nieuwste eerst."""
        return self.alle(f"objects/{uuid}/history", ObjectRecordUit)

    def maak_object(self, object_: ObjectIn, *, sleutel: str) -> ObjectUit:
        return self.maak("objects", object_, ObjectUit, sleutel=sleutel)

    def bewaar(self, object_: ObjectIn) -> ObjectUit:
        """Vind of maak het object op zijn gekozen uuid, en geef het deze inhoud; ongewijzigde inhoud maakt geen nieuw record."""
        if object_.uuid is None:
            raise ValueError("kies zelf een uuid, dan is dit herhaalbaar")
        bestaand = self.object(object_.uuid)
        if bestaand is None:
            # Zonder Idempotency-Key: het gekozen uuid is de sleutel, en na een verwijdering moet het opnieuw gemaakt worden.
            return self.maak("objects", object_, ObjectUit)
        if bestaand.record.data == object_.record.data and bestaand.record.type_version == object_.record.type_version:
            return bestaand
        return self.vervang(bestaand.url, object_, ObjectUit)
