"""`/objecttypes` in de Objecten API 2.7: dezelfde objecttypen als in de Objecttypen API, onder dit adres.

De objecttypen staan in één registratie, van onszelf of van een ander. Deze routes geven een verzoek daaraan door en zetten in de
adressen de ene basis-URL voor de andere; regels, fouten en antwoorden zijn die van de Objecttypen API.
"""

import hashlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Response, request

from integratie.basis import ApiFout, NietBereikbaar
from integratie.objecttypen import ObjecttypenClient
from kern.fouten import Ongeldig, Probleem
from kit import Omgeving
from kit.antwoord import Antwoord, naar_json
from kit.app import lees_json, met_etag
from kit.filters import toets_parameters
from kit.paginering import lees_pagina
from registraties.objecten.rechten import Rechten
from registraties.objecten.soorten import soort_uit_url

_PARAMETERS = {"page": str, "pageSize": str, "dataClassification": str}
ADRESSEN = ("url", "objectType", "next", "previous")


class Objecttypen:
    """De routes onder /objecttypes. Lezen mag bij de types van het token; schrijven alleen met recht op alles."""

    def __init__(self, omgeving: Omgeving) -> None:
        self._omgeving = omgeving

    def lijst(self) -> Response:
        """GET /objecttypes."""
        rechten = self._rechten()
        if rechten.overal is not None:
            return Antwoord.json(self._vraag("GET", "objecttypes")).response()
        toets_parameters(_PARAMETERS, request.args.items(multi=True))
        pagina = lees_pagina(request.args, self._omgeving.basis, request.path)
        mag = [deel for deel in self._alle() if rechten.bij(soort_uit_url(self._omgeving, deel["url"]))]
        pagina.eis_bestaat(len(mag))
        return Antwoord.json(pagina.omhul(mag[pagina.vanaf : pagina.vanaf + pagina.grootte], len(mag))).response()

    def _alle(self) -> Iterator[dict[str, Any]]:
        """Alle objecttypen, voor wie er maar een paar mag zien."""
        filter_ = (
            {"dataClassification": request.args["dataClassification"]} if "dataClassification" in request.args else {}
        )
        for type_ in ObjecttypenClient(self._omgeving.installatie, namens="objecten").typen(**filter_):
            yield self._met_adressen_van_hier(type_.als_json())

    def haal(self, id_: UUID) -> Response:
        """GET /objecttypes/<uuid>."""
        return self._een(id_, f"objecttypes/{id_}")

    def versies(self, id_: UUID) -> Response:
        """GET /objecttypes/<uuid>/versions."""
        self._eis(id_)
        return Antwoord.json(self._vraag("GET", f"objecttypes/{id_}/versions")).response()

    def versie(self, id_: UUID, versie: int) -> Response:
        """GET /objecttypes/<uuid>/versions/<versie>."""
        return self._een(id_, f"objecttypes/{id_}/versions/{versie}")

    def schrijf(self, **_pad: Any) -> Response:
        """POST, PUT, PATCH en DELETE op elk van de paden, voor wie alles mag."""
        recht = self._rechten().overal
        if recht is None or not recht.schrijven:
            raise Probleem(403)
        pad = request.path.lstrip("/")
        lichaam = lees_json() if request.method != "DELETE" else None
        antwoord = self._vraag(request.method, pad, lichaam)
        status = {"POST": 201, "DELETE": 204}.get(request.method, 200)
        plaats = antwoord["url"] if request.method == "POST" else None
        return Antwoord.json(antwoord, status, plaats=plaats).response()

    def _een(self, id_: UUID, pad: str) -> Response:
        self._eis(id_)
        return met_etag(naar_json(self._vraag("GET", pad)))

    def _rechten(self) -> Rechten:
        return Rechten.van(self._omgeving.toegang.aanroeper, self._omgeving)

    def _eis(self, id_: UUID) -> None:
        self._rechten().eis(soort_uit_url(self._omgeving, f"{self._omgeving.basis}/objecttypes/{id_}"))

    def _vraag(self, methode: str, pad: str, lichaam: Any = None) -> Any:
        """Het antwoord van de Objecttypen API, met adressen van hier; een fout daar is dezelfde fout hier."""
        client = self._omgeving.ophaler.client("objecttypen")
        try:
            params = request.args.to_dict(flat=False)
            antwoord = client.vraag(methode, pad, json=lichaam, params=params, sleutel=self._sleutel())
        except NietBereikbaar:
            raise
        except ApiFout as fout:
            if fout.fouten:
                raise Ongeldig(*fout.fouten) from None
            raise Probleem(fout.status, code=fout.code, detail=fout.detail) from None
        return self._met_adressen_van_hier(antwoord)

    def _sleutel(self) -> str | None:
        """De Idempotency-Key, los per aanroeper: daar zijn alle aanroepers van hier er één."""
        sleutel = request.headers.get("Idempotency-Key")
        client = self._omgeving.toegang.aanroeper.client_id
        return hashlib.sha256(f"{client}\0{sleutel}".encode()).hexdigest() if sleutel else None

    def _met_adressen_van_hier(self, antwoord: Any) -> Any:
        if not isinstance(antwoord, dict):
            return antwoord
        uit = {naam: self._hier(waarde) if naam in ADRESSEN else waarde for naam, waarde in antwoord.items()}
        if isinstance(uit.get("versions"), list):
            uit["versions"] = [self._hier(url) for url in uit["versions"]]
        if isinstance(uit.get("results"), list):
            uit["results"] = [self._met_adressen_van_hier(deel) for deel in uit["results"]]
        return uit

    def _hier(self, url: Any) -> Any:
        daar = f"{self._omgeving.diensten['objecttypen'].basis}/"
        return f"{self._omgeving.basis}/{url[len(daar) :]}" if isinstance(url, str) and url.startswith(daar) else url
