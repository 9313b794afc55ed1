"""Getypte client van de Zaken API."""

from collections.abc import Iterator
from typing import Any

from integratie.basis import ApiClient, Pagina
from integratie.zaken.schemas import (
    ResultaatIn,
    ResultaatUit,
    RolIn,
    RolUit,
    StatusIn,
    StatusUit,
    ZaakEigenschapIn,
    ZaakEigenschapUit,
    ZaakIn,
    ZaakInformatieObjectIn,
    ZaakInformatieObjectUit,
    ZaakUit,
)


class ZakenClient(ApiClient):
    """De Zaken API. `sleutel` is de Idempotency-Key."""

    api = "zaken"

    def zaak(self, url: str, **params: Any) -> ZaakUit:
        return self.haal(url, ZaakUit, **params)

    def zoek_zaken(self, **criteria: Any) -> Pagina[ZaakUit]:
        """Zoeken met de criteria in het lichaam (`_zoek`); de namen zijn die van de filters van de standaard."""
        return self.zoek("zaken", ZaakUit, criteria)

    def maak_zaak(self, zaak: ZaakIn, *, sleutel: str) -> ZaakUit:
        return self.maak("zaken", zaak, ZaakUit, sleutel=sleutel)

    def wijzig_zaak(self, url: str, **velden: Any) -> ZaakUit:
        return self.wijzig(url, velden, ZaakUit)

    def herbereken_archief(self, url: str) -> ZaakUit:
        """Bepaal de archiefactiedatum van een gesloten zaak opnieuw, omdat een bron ervan wijzigde (uitbreiding)."""
        return ZaakUit.model_validate(self.vraag("POST", f"{url}/archief_herberekenen"))

    def statussen(self, zaak: str) -> Iterator[StatusUit]:
        return self.alle("statussen", StatusUit, zaak=zaak)

    def zet_status(self, status: StatusIn, *, sleutel: str) -> StatusUit:
        return self.maak("statussen", status, StatusUit, sleutel=sleutel)

    def zet_resultaat(self, resultaat: ResultaatIn, *, sleutel: str) -> ResultaatUit:
        return self.maak("resultaten", resultaat, ResultaatUit, sleutel=sleutel)

    def rollen(self, zaak: str, **params: Any) -> Iterator[RolUit]:
        return self.alle("rollen", RolUit, zaak=zaak, **params)

    def voeg_rol_toe(self, rol: RolIn, *, sleutel: str) -> RolUit:
        return self.maak("rollen", rol, RolUit, sleutel=sleutel)

    def documenten(self, zaak: str) -> Iterator[ZaakInformatieObjectUit]:
        return self.alle("zaakinformatieobjecten", ZaakInformatieObjectUit, zaak=zaak)

    def koppel_document(self, koppeling: ZaakInformatieObjectIn, *, sleutel: str) -> ZaakInformatieObjectUit:
        return self.maak("zaakinformatieobjecten", koppeling, ZaakInformatieObjectUit, sleutel=sleutel)

    def eigenschappen(self, zaak: str) -> Iterator[ZaakEigenschapUit]:
        return self.alle(f"{zaak}/zaakeigenschappen", ZaakEigenschapUit)

    def zet_eigenschap(self, eigenschap: ZaakEigenschapIn, *, sleutel: str) -> ZaakEigenschapUit:
        return self.maak(f"{eigenschap.zaak}/zaakeigenschappen", eigenschap, ZaakEigenschapUit, sleutel=sleutel)
