"""Getypte client van de Documenten API."""

from base64 import b64encode
from collections.abc import Iterator
from io import SEEK_END, SEEK_SET
from typing import Any, BinaryIO

from integratie.basis import ApiClient, Pagina
from integratie.documenten.schemas import (
    BestandsDeelUit,
    DocumentGemaakt,
    DocumentIn,
    DocumentRegistreren,
    DocumentRegistrerenIn,
    DocumentUit,
    GebruiksrechtIn,
    GebruiksrechtUit,
    LockUit,
    ObjectInformatieObjectIn,
    ObjectInformatieObjectUit,
    VerzendingIn,
    VerzendingUit,
)

INEENS = 4 << 20  # tot zoveel bytes gaat de inhoud als base64 mee, daarboven in delen


class DocumentenClient(ApiClient):
    """De Documenten API. `sleutel` is de Idempotency-Key."""

    api = "documenten"

    def document(self, url: str, **params: Any) -> DocumentUit:
        """Een document; met `versie=` of `registratieOp=` zoals het toen was."""
        return self.haal(url, DocumentUit, **params)

    def zoek_documenten(self, **criteria: Any) -> Pagina[DocumentUit]:
        return self.zoek("enkelvoudiginformatieobjecten", DocumentUit, criteria)

    def maak_document(self, document: DocumentIn, *, sleutel: str | None = None) -> DocumentGemaakt:
        return self.maak("enkelvoudiginformatieobjecten", document, DocumentGemaakt, sleutel=sleutel)

    def bewaar_bestand(
        self, document: DocumentIn, bestand: BinaryIO, omvang: int, *, sleutel: str | None = None
    ) -> DocumentUit:
        """Maak een document met de inhoud van `bestand` (precies `omvang` bytes); groot gaat stromend, in delen.

        Met dezelfde `sleutel` nog eens (vanaf het begin van het bestand) gaat het verder waar het bleef.
        """
        if omvang <= INEENS:
            inhoud = {"inhoud": b64encode(bestand.read(omvang)).decode(), "bestandsomvang": omvang}
            return self.maak_document(document.model_copy(update=inhoud), sleutel=sleutel)
        gemaakt = self.maak_document(
            document.model_copy(update={"inhoud": None, "bestandsomvang": omvang}), sleutel=sleutel
        )
        nu = self.document(gemaakt.url)
        if nu.inhoud is None:
            self.stuur_delen(gemaakt.bestandsdelen, gemaakt.lock, bestand)
            self.ontgrendel(gemaakt.url, gemaakt.lock)
            nu = self.document(gemaakt.url)
        return nu

    def stuur_delen(self, delen: list[BestandsDeelUit], lock: str, bestand: BinaryIO) -> None:
        """Stuur alle delen van een bestand na elkaar; alles stroomt."""
        for deel in sorted(delen, key=lambda een: een.volgnummer):
            self._stuur("PUT", deel.url, files={"inhoud": ("deel", _Stuk(bestand, deel.omvang))}, data={"lock": lock})

    def vergrendel(self, url: str) -> str:
        """Vergrendel een document en geef de lock, die bij wijzigen mee moet."""
        return LockUit.model_validate(self.vraag("POST", f"{url}/lock", json={})).lock

    def ontgrendel(self, url: str, lock: str) -> None:
        self.vraag("POST", f"{url}/unlock", json={"lock": lock} if lock else {})

    def wijzig_document(self, url: str, lock: str, **velden: Any) -> DocumentUit:
        """PATCH: een nieuwe versie van het document."""
        return self.wijzig(url, {**velden, "lock": lock}, DocumentUit)

    def inhoud(self, document: DocumentUit) -> Iterator[bytes]:
        """De bytes van precies deze versie, in brokken."""
        return self.stroom(document.inhoud) if document.inhoud else iter(())

    def koppelingen(self, **params: Any) -> Iterator[ObjectInformatieObjectUit]:
        """De koppelingen van documenten aan zaken en besluiten (`object=`, `informatieobject=`)."""
        return self.alle("objectinformatieobjecten", ObjectInformatieObjectUit, **params)

    def koppel(self, koppeling: ObjectInformatieObjectIn, *, sleutel: str | None = None) -> ObjectInformatieObjectUit:
        return self.maak("objectinformatieobjecten", koppeling, ObjectInformatieObjectUit, sleutel=sleutel)

    def zet_gebruiksrecht(self, recht: GebruiksrechtIn, *, sleutel: str | None = None) -> GebruiksrechtUit:
        return self.maak("gebruiksrechten", recht, GebruiksrechtUit, sleutel=sleutel)

    def gebruiksrechten(self, document: str) -> Iterator[GebruiksrechtUit]:
        return self.alle("gebruiksrechten", GebruiksrechtUit, informatieobject=document)

    def registreer_document(
        self, document: DocumentRegistrerenIn, *, sleutel: str | None = None
    ) -> DocumentRegistreren:
        """Maak een document en koppel het aan een zaak: allebei of geen van beide (uitbreiding)."""
        return self.maak("document_registreren", document, DocumentRegistreren, sleutel=sleutel)

    def reserveer_nummers(self, bronorganisatie: str, aantal: int = 1) -> list[str]:
        """Documentnummers die niemand anders krijgt (uitbreiding)."""
        invoer = {"bronorganisatie": bronorganisatie, "aantal": aantal}
        gemaakt = self.vraag("POST", "documentnummer_reserveren", json=invoer)
        return [deel["documentnummer"] for deel in (gemaakt if isinstance(gemaakt, list) else [gemaakt])]

    def leg_verzending_vast(self, verzending: VerzendingIn, *, sleutel: str | None = None) -> VerzendingUit:
        """Leg vast aan wie, of van wie, een document verzonden of ontvangen is."""
        return self.maak("verzendingen", verzending, VerzendingUit, sleutel=sleutel)

    def verzendingen(self, **params: Any) -> Iterator[VerzendingUit]:
        """Verzendingen (`informatieobject=`, `aardRelatie=`, `betrokkene=`)."""
        return self.alle("verzendingen", VerzendingUit, **params)


class _Stuk:
    """De volgende `omvang` bytes van een bestand dat alleen vooruit leest. `seek` en `tell` geven alleen de lengte door."""

    def __init__(self, bestand: BinaryIO, omvang: int) -> None:
        self._bestand = bestand
        self._omvang = self._rest = omvang
        self._plek = 0

    def read(self, aantal: int) -> bytes:
        brok = self._bestand.read(min(aantal, self._rest)) if self._rest else b""
        self._rest -= len(brok)
        return brok

    def seek(self, plek: int, vanaf: int = SEEK_SET) -> int:
        self._plek = self._omvang if vanaf == SEEK_END else plek
        return self._plek

    def tell(self) -> int:
        return self._plek
