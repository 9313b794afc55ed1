"""Getypte client van de Catalogi API."""

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel

from integratie.basis import ApiClient, Schema
from integratie.catalogi.schemas import (
    BesluitTypeIn,
    BesluitTypeUit,
    CatalogusIn,
    CatalogusUit,
    EigenschapIn,
    EigenschapUit,
    InformatieObjectTypeIn,
    InformatieObjectTypeUit,
    ResultaatTypeIn,
    ResultaatTypeUit,
    RolTypeIn,
    RolTypeUit,
    StatusTypeIn,
    StatusTypeUit,
    ZaakTypeIn,
    ZaakTypeInformatieObjectTypeIn,
    ZaakTypeInformatieObjectTypeUit,
    ZaakTypeUit,
)

T = TypeVar("T", bound=BaseModel)
# Ook wat nog concept is: zonder deze parameter geven lijsten alleen gepubliceerde typen.
ALLES = {"status": "alles"}


class CatalogiClient(ApiClient):
    """De Catalogi API.

    Typen worden gezocht op naam en op een dag waarop zij gelden; de client kiest zo de versie voor een nieuwe zaak.
    De methoden `zorg_voor_…` zoeken op natuurlijke sleutel en maken wat er nog niet is: twee keer uitvoeren is één resultaat.
    """

    api = "catalogi"

    # lezen

    def catalogus(self, domein: str, rsin: str) -> CatalogusUit | None:
        """De catalogus van een organisatie, of None."""
        return next(self.alle("catalogussen", CatalogusUit, domein=domein, rsin=rsin), None)

    def zaaktype(self, identificatie: str, op: date, catalogus: str = "") -> ZaakTypeUit | None:
        """De gepubliceerde versie die op deze dag geldt, of None."""
        params = _zonder_leeg(identificatie=identificatie, datumGeldigheid=op.isoformat(), catalogus=catalogus)
        return next(self.alle("zaaktypen", ZaakTypeUit, **params), None)

    def laatste_versie(self, catalogus: str, identificatie: str) -> ZaakTypeUit | None:
        """De gepubliceerde versie die het laatst begint, ook als dat nog moet komen; of None."""
        versies = self.alle("zaaktypen", ZaakTypeUit, identificatie=identificatie, catalogus=catalogus)
        return max(versies, key=lambda versie: versie.begin_geldigheid, default=None)

    def informatieobjecttype(self, omschrijving: str, op: date, catalogus: str = "") -> InformatieObjectTypeUit | None:
        """De gepubliceerde versie die op deze dag geldt, of None."""
        params = _zonder_leeg(omschrijving=omschrijving, datumGeldigheid=op.isoformat(), catalogus=catalogus)
        return next(self.alle("informatieobjecttypen", InformatieObjectTypeUit, **params), None)

    def documenttype_in(self, domein: str, rsin: str, omschrijving: str, op: date) -> InformatieObjectTypeUit | None:
        """De versie van die dag in de catalogus met dit domein; leeg, of staat zij daar niet, dan in welke dan ook."""
        catalogus = self.catalogus(domein, rsin) if domein else None
        eigen = self.informatieobjecttype(omschrijving, op, catalogus.url) if catalogus else None
        return eigen or self.informatieobjecttype(omschrijving, op)

    def besluittype(self, omschrijving: str, op: date, catalogus: str = "") -> BesluitTypeUit | None:
        """De gepubliceerde versie die op deze dag geldt, of None."""
        params = _zonder_leeg(omschrijving=omschrijving, datumGeldigheid=op.isoformat(), catalogus=catalogus)
        return next(self.alle("besluittypen", BesluitTypeUit, **params), None)

    def type_bij_url(self, url: str) -> ZaakTypeUit:
        """Het zaaktype achter een URL."""
        return self.haal(url, ZaakTypeUit)

    def statustypen(self, zaaktype: str) -> list[StatusTypeUit]:
        """De statustypen van een zaaktype (URL), op volgorde van hun volgnummer; het laatste is de eindstatus."""
        gevonden = self.alle("statustypen", StatusTypeUit, zaaktype=zaaktype, **ALLES)
        return sorted(gevonden, key=lambda statustype: statustype.volgnummer)

    def resultaattypen(self, zaaktype: str) -> Iterator[ResultaatTypeUit]:
        """De resultaattypen van een zaaktype (URL)."""
        return self.alle("resultaattypen", ResultaatTypeUit, zaaktype=zaaktype, **ALLES)

    def roltypen(self, zaaktype: str) -> Iterator[RolTypeUit]:
        """De roltypen van een zaaktype (URL)."""
        return self.alle("roltypen", RolTypeUit, zaaktype=zaaktype, **ALLES)

    def eigenschappen(self, zaaktype: str) -> Iterator[EigenschapUit]:
        """De eigenschappen van een zaaktype (URL)."""
        return self.alle("eigenschappen", EigenschapUit, zaaktype=zaaktype, **ALLES)

    def documenttypen(self, zaaktype: str) -> Iterator[ZaakTypeInformatieObjectTypeUit]:
        """Welke informatieobjecttypen bij een zaaktype (URL) horen, met richting en statustype."""
        pad = "zaaktype-informatieobjecttypen"
        return self.alle(pad, ZaakTypeInformatieObjectTypeUit, zaaktype=zaaktype, **ALLES)

    # maken wat er nog niet is

    def publiceer(self, url: str) -> None:
        """Publiceer een zaaktype, besluittype of informatieobjecttype (URL)."""
        self.vraag("POST", f"{url}/publish")

    def zet_einde(self, url: str, einde: date | None) -> None:
        """De laatste dag waarop deze versie geldt; None is: geen einde."""
        self.vraag("PATCH", url, json={"eindeGeldigheid": einde.isoformat() if einde else None})

    def zorg_voor_catalogus(self, catalogus: CatalogusIn) -> CatalogusUit:
        """Zoek op domein en rsin."""
        return self._zorg_voor("catalogussen", catalogus, CatalogusUit, ("domein", "rsin"), {})

    def zorg_voor_zaaktype(self, zaaktype: ZaakTypeIn) -> ZaakTypeUit:
        """Zoek op catalogus, identificatie en begin van de geldigheid; een nieuw zaaktype is een concept."""
        sleutel = ("catalogus", "identificatie", "begin_geldigheid")
        return self._zorg_voor("zaaktypen", zaaktype, ZaakTypeUit, sleutel, ALLES)

    def zorg_voor_informatieobjecttype(self, soort: InformatieObjectTypeIn) -> InformatieObjectTypeUit:
        """Zoek op catalogus, omschrijving en begin van de geldigheid; een nieuw type is een concept."""
        sleutel = ("catalogus", "omschrijving", "begin_geldigheid")
        return self._zorg_voor("informatieobjecttypen", soort, InformatieObjectTypeUit, sleutel, ALLES)

    def zorg_voor_besluittype(self, soort: BesluitTypeIn) -> BesluitTypeUit:
        """Zoek op catalogus, omschrijving en begin van de geldigheid; een nieuw type is een concept."""
        sleutel = ("catalogus", "omschrijving", "begin_geldigheid")
        return self._zorg_voor("besluittypen", soort, BesluitTypeUit, sleutel, ALLES)

    def zorg_voor_statustype(self, soort: StatusTypeIn) -> StatusTypeUit:
        """Zoek op zaaktype en volgnummer."""
        return self._zorg_voor("statustypen", soort, StatusTypeUit, ("zaaktype", "volgnummer"), ALLES)

    def zorg_voor_resultaattype(self, soort: ResultaatTypeIn) -> ResultaatTypeUit:
        """Zoek op zaaktype en omschrijving."""
        return self._zorg_voor("resultaattypen", soort, ResultaatTypeUit, ("zaaktype", "omschrijving"), ALLES)

    def zorg_voor_roltype(self, soort: RolTypeIn) -> RolTypeUit:
        """Zoek op zaaktype en omschrijving."""
        return self._zorg_voor("roltypen", soort, RolTypeUit, ("zaaktype", "omschrijving"), ALLES)

    def zorg_voor_eigenschap(self, soort: EigenschapIn) -> EigenschapUit:
        """Zoek op zaaktype en naam."""
        return self._zorg_voor("eigenschappen", soort, EigenschapUit, ("zaaktype", "naam"), ALLES)

    def zorg_voor_documenttype(self, soort: ZaakTypeInformatieObjectTypeIn) -> ZaakTypeInformatieObjectTypeUit:
        """Zoek op zaaktype en volgnummer."""
        pad = "zaaktype-informatieobjecttypen"
        return self._zorg_voor(pad, soort, ZaakTypeInformatieObjectTypeUit, ("zaaktype", "volgnummer"), ALLES)

    def _zorg_voor(
        self, pad: str, invoer: Schema, schema: type[T], sleutel: tuple[str, ...], filters: dict[str, str]
    ) -> T:
        """Zoek op de sleutelvelden; van een onderdeel kan de API alleen het zaaktype filteren, de rest vergelijken wij."""
        filterbaar = ("zaaktype",) if "zaaktype" in sleutel else tuple(set(sleutel) - {"begin_geldigheid"})
        params = {naam: getattr(invoer, naam) for naam in filterbaar} | filters
        for gevonden in self.alle(pad, schema, **params):
            if all(getattr(gevonden, naam) == getattr(invoer, naam) for naam in sleutel):
                return gevonden
        return self.maak(pad, invoer, schema)


def _zonder_leeg(**params: Any) -> dict[str, Any]:
    return {naam: waarde for naam, waarde in params.items() if waarde}
