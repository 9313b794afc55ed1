"""Idempotency-Key: hetzelfde verzoek nog eens geeft hetzelfde antwoord, en gebeurt maar één keer.

De sleutel wordt als eerste ingevoegd, in de transactie van de wijziging zelf: twee gelijktijdige verzoeken wachten op elkaar.
"""

import hashlib
from typing import Any

from flask import request
from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from kern.fouten import Probleem
from kern.installatie import Installatie
from kern.tabellen import Idempotentie as Tabel
from kit.antwoord import Antwoord

LANGSTE_SLEUTEL = 255


class Idempotentie:
    """De Idempotency-Key van het huidige verzoek, voor één aanroeper. Zonder kop doet alles hier niets."""

    def __init__(self, installatie: Installatie, client_id: str) -> None:
        self._installatie = installatie
        self._client = client_id
        self._sleutel = request.headers.get("Idempotency-Key", "")
        if len(self._sleutel) > LANGSTE_SLEUTEL:
            raise Probleem(400, detail="De Idempotency-Key is te lang (hoogstens 255 tekens).")

    def eerder(self) -> Antwoord | None:
        """Het bewaarde antwoord, als dit verzoek al eens gelukt is."""
        if not self._sleutel:
            return None
        with self._installatie.db.lezen() as verbinding:
            return self._bewaard(verbinding)

    def begin(self, verbinding: Connection) -> Antwoord | None:
        """Leg de sleutel vast; was er intussen al een antwoord, dan dat."""
        if not self._sleutel:
            return None
        rij = {
            "client": self._client,
            "sleutel": self._sleutel,
            "vingerafdruk": _vingerafdruk(),
            "aangemaakt": self._installatie.klok.nu(),
        }
        opdracht = insert(Tabel).values(rij).on_conflict_do_nothing().returning(Tabel.sleutel)
        return None if verbinding.execute(opdracht).first() else self._bewaard(verbinding)

    def bewaar(self, verbinding: Connection, antwoord: Antwoord) -> None:
        """Bewaar het antwoord bij de sleutel, in dezelfde transactie."""
        if self._sleutel:
            opdracht = update(Tabel).where(*self._mijn_rij())
            verbinding.execute(
                opdracht.values(status=antwoord.status, antwoord=antwoord.lichaam, headers=dict(antwoord.koppen))
            )

    def _bewaard(self, verbinding: Connection) -> Antwoord | None:
        rij = verbinding.execute(
            select(Tabel.vingerafdruk, Tabel.status, Tabel.antwoord, Tabel.headers).where(*self._mijn_rij())
        ).first()
        if rij is None or rij.status is None:
            return None
        if rij.vingerafdruk != _vingerafdruk():
            raise Probleem(
                409, code="idempotency-key-hergebruikt", detail="Deze Idempotency-Key hoort bij een ander verzoek."
            )
        return Antwoord(rij.status, rij.antwoord or b"", {**rij.headers, "Idempotency-Replayed": "true"})

    def _mijn_rij(self) -> tuple[Any, Any]:
        return Tabel.client == self._client, Tabel.sleutel == self._sleutel


def _vingerafdruk() -> str:
    return hashlib.sha256(b"\0".join((request.method.encode(), request.path.encode(), request.get_data()))).hexdigest()
