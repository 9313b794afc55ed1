"""Een pakket installeren: vinden of maken in de registraties, daarna de modellen neerzetten. Herhalen verandert niets."""

from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from integratie.basis import ApiFout
from integratie.catalogi import CatalogiClient
from integratie.catalogi.schemas import (
    BesluitTypeIn,
    CatalogusIn,
    EigenschapIn,
    InformatieObjectTypeIn,
    ReferentieProces,
    ResultaatTypeIn,
    RolTypeIn,
    StatusTypeIn,
    ZaakTypeIn,
    ZaakTypeInformatieObjectTypeIn,
    ZaakTypeUit,
)
from integratie.configuratie import (
    FORMULIER,
    MANDAAT,
    PROCESPAKKET,
    REFERENTIELIJST,
    SJABLOON,
    VERZENDREGEL,
    Configuratie,
)
from integratie.producttypen import ProducttypenClient
from integratie.producttypen.schemas import (
    ContentElementIn,
    ContentVertalingIn,
    LinkIn,
    PrijsIn,
    PrijsOptie,
    ProductTypeIn,
)
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import VerzoekTypeIn, VerzoekTypeVersionIn
from kern.installatie import Installatie
from processen.motor import Motor
from processen.pakketten.afhankelijk import eerst_nodig
from processen.pakketten.controle import controleer
from processen.pakketten.exporteren import bron_van
from processen.pakketten.formaat import Documenttypedeel, Pakket, PakketFout, Productdeel, Zaaktypedeel, strekkingen

NAMENS = "processen"
ENGELS = "en"
NOG_GEEN = UUID(int=0)


def installeer(installatie: Installatie, motor: Motor, pakket: Pakket, *, door: str = "", typen: bool = True) -> None:
    """Zet alle delen van het pakket neer, en eerst de meegeleverde pakketten die het nodig heeft.

    Zonder `typen` blijven catalogus en producten zoals zij zijn: voor wie weet dat die gelijk bleven. `PakketFout` als de controle iets vindt of een nodig pakket ontbreekt; dan is er van dit pakket niets veranderd.
    """
    for nodig in eerst_nodig(installatie, pakket):
        installeer(installatie, motor, nodig, door=door)
    bevindingen = controleer(pakket, motor)
    if bevindingen:
        raise PakketFout(bevindingen)
    if typen:
        _Catalogus(installatie, pakket).zet_neer()
        _producten(installatie, pakket)
    starts = _verzoektypen(installatie, pakket)
    _processen(installatie, motor, pakket, door)
    _inrichting(installatie, pakket, starts)  # als laatste: daarmee staat het pakket er


def is_er(installatie: Installatie, pakket: Pakket) -> bool:
    """Of dit pakket geïnstalleerd is, in welke versie ook."""
    return Configuratie(installatie, namens=NAMENS).haal(PROCESPAKKET, pakket.kop.naam) is not None


def staat_er_al(installatie: Installatie, pakket: Pakket) -> bool:
    """Of precies dit pakket al helemaal geïnstalleerd is. Wat een beheerder daarna veranderde, telt niet."""
    bewaard = Configuratie(installatie, namens=NAMENS).haal(PROCESPAKKET, pakket.kop.naam)
    return bewaard is not None and bewaard.get("afdruk") == _afdruk(pakket)


def _afdruk(pakket: Pakket) -> str:
    return sha256(pakket.model_dump_json().encode()).hexdigest()


class _Catalogus:
    """De typen van een pakket in de Catalogi API."""

    def __init__(self, installatie: Installatie, pakket: Pakket) -> None:
        self._client = CatalogiClient(installatie, namens=NAMENS)
        self._rsin = installatie.instellingen.bronorganisatie
        self._pakket = pakket
        self._begin: date = pakket.kop.begin_geldigheid
        self._vandaag = installatie.klok.vandaag()
        self._eerder = _zaaktypen_van_nu(installatie, pakket.kop.naam)

    def zet_neer(self) -> None:
        deel = self._pakket.kop.catalogus
        catalogus = self._client.zorg_voor_catalogus(
            CatalogusIn(
                domein=deel.domein, rsin=self._rsin, naam=deel.naam, contactpersoon_beheer_naam=deel.contactpersoon
            )
        )
        for zaaktype in self._pakket.zaaktypen:
            self._zaaktype(catalogus.url, zaaktype)

    def _zaaktype(self, catalogus: str, deel: Zaaktypedeel) -> None:
        for documenttype in deel.documenttypen:
            self._documenttype(catalogus, documenttype)
        for besluittype in deel.besluittypen:
            self._besluittype(
                catalogus, besluittype.model_dump(exclude={"documenttypen", "strekking"}), besluittype.documenttypen
            )
        laatste = self._client.laatste_versie(catalogus, deel.identificatie)
        eerder = self._eerder.get(deel.identificatie, deel)
        if laatste is not None and _in_catalogus(eerder) == _in_catalogus(deel):
            return
        nieuw = self._nieuw_zaaktype(catalogus, deel)
        if laatste is not None:
            vanaf = versie_vanaf(laatste, self._vandaag)
            nieuw = nieuw.model_copy(update={"begin_geldigheid": vanaf, "versiedatum": vanaf})
        zaaktype = self._client.zorg_voor_zaaktype(nieuw)
        if zaaktype.concept:
            self._subtypen(zaaktype, deel)
            self._publiceer(zaaktype, laatste)

    def _publiceer(self, zaaktype: ZaakTypeUit, laatste: ZaakTypeUit | None) -> None:
        """Gepubliceerde versies overlappen niet (ztc-016): de vorige eindigt de dag ervoor. Lukt publiceren niet, dan blijft zij gelden."""
        if laatste is not None:
            self._client.zet_einde(laatste.url, zaaktype.begin_geldigheid - timedelta(days=1))
        try:
            self._client.publiceer(zaaktype.url)
        except ApiFout:
            if laatste is not None:
                self._client.zet_einde(laatste.url, laatste.einde_geldigheid)
            raise

    def _documenttype(self, catalogus: str, deel: Documenttypedeel) -> None:
        gegevens = deel.model_dump(exclude={"richting"})
        soort = self._client.zorg_voor_informatieobjecttype(
            InformatieObjectTypeIn(catalogus=catalogus, begin_geldigheid=self._begin, **gegevens)
        )
        if soort.concept:
            self._client.publiceer(soort.url)

    def _besluittype(self, catalogus: str, gegevens: dict[str, object], documenttypen: list[str]) -> None:
        soort = self._client.zorg_voor_besluittype(
            BesluitTypeIn.model_validate(
                {
                    **gegevens,
                    "catalogus": catalogus,
                    "begin_geldigheid": self._begin,
                    "informatieobjecttypen": documenttypen,
                }
            )
        )
        if soort.concept:
            self._client.publiceer(soort.url)

    def _nieuw_zaaktype(self, catalogus: str, deel: Zaaktypedeel) -> ZaakTypeIn:
        delen = {
            "statustypen",
            "resultaattypen",
            "roltypen",
            "eigenschappen",
            "documenttypen",
            "besluittypen",
            "referentieproces",
        }
        return ZaakTypeIn(
            catalogus=catalogus,
            begin_geldigheid=self._begin,
            versiedatum=self._begin,
            publicatie_indicatie=False,
            producten_of_diensten=[],
            gerelateerde_zaaktypen=[],
            referentieproces=ReferentieProces(naam=deel.referentieproces),
            besluittypen=[besluittype.omschrijving for besluittype in deel.besluittypen],
            **deel.model_dump(exclude=delen),
        )

    def _subtypen(self, zaaktype: ZaakTypeUit, deel: Zaaktypedeel) -> None:
        url, client = zaaktype.url, self._client
        for nummer, statustype in enumerate(deel.statustypen, 1):
            client.zorg_voor_statustype(StatusTypeIn(zaaktype=url, volgnummer=nummer, **statustype.model_dump()))
        for roltype in deel.roltypen:
            client.zorg_voor_roltype(RolTypeIn(zaaktype=url, **roltype.model_dump()))
        for resultaattype in deel.resultaattypen:
            client.zorg_voor_resultaattype(ResultaatTypeIn(zaaktype=url, **resultaattype.model_dump()))
        for eigenschap in deel.eigenschappen:
            client.zorg_voor_eigenschap(EigenschapIn(zaaktype=url, **eigenschap.model_dump()))
        for nummer, soort in enumerate(deel.documenttypen, 1):
            client.zorg_voor_documenttype(
                ZaakTypeInformatieObjectTypeIn(
                    zaaktype=url, informatieobjecttype=soort.omschrijving, volgnummer=nummer, richting=soort.richting
                )
            )


def _in_catalogus(deel: Zaaktypedeel) -> dict[str, object]:
    """Wat er van een zaaktype in de catalogus staat; waar een besluit toe strekt staat alleen in het pakket."""
    return deel.model_dump(exclude={"besluittypen": {"__all__": {"strekking"}}})


def versie_vanaf(laatste: ZaakTypeUit, vandaag: date) -> date:
    """De eerste dag van een nieuwe versie: vandaag, of de dag na het begin van de laatste als die pas begon."""
    return max(vandaag, laatste.begin_geldigheid + timedelta(days=1))


def _zaaktypen_van_nu(installatie: Installatie, naam: str) -> dict[str, Zaaktypedeel]:
    """De zaaktypen zoals dit pakket ze de vorige keer bracht, op identificatie; leeg als het er nog niet is."""
    bewaard = Configuratie(installatie, namens=NAMENS).haal(PROCESPAKKET, naam) or {}
    delen = [Zaaktypedeel.model_validate(deel) for deel in bewaard.get("bron", {}).get("zaaktypen", ())]
    return {deel.identificatie: deel for deel in delen}


def _verzoektypen(installatie: Installatie, pakket: Pakket) -> list[dict[str, str]]:
    """Zet de verzoektypen neer en geef de startregels met hun URL's."""
    client = VerzoekenClient(installatie, namens=NAMENS)
    urls = {}
    for deel in pakket.verzoektypen:
        soort = VerzoekTypeIn(naam=deel.naam, omschrijving=deel.omschrijving, soort=deel.soort)
        urls[deel.naam] = client.zorg_voor_type(
            soort, VerzoekTypeVersionIn(aanvraag_gegevens_schema=deel.gegevens_schema)
        ).url
    return [{"verzoektype": urls[start.verzoektype], "proces": start.proces} for start in pakket.kop.starts]


def _producten(installatie: Installatie, pakket: Pakket) -> None:
    client = ProducttypenClient(installatie, namens=NAMENS)
    for deel in pakket.producten:
        soort = client.zorg_voor_producttype(_producttype(deel, pakket.kop.begin_geldigheid), *_productdelen(deel))
        client.vertaal(soort.uuid, ENGELS, deel.engels)
        for element, gemaakt in zip(deel.content, client.content(soort.uuid), strict=True):
            if element.engels:
                client.vertaal_content(gemaakt.uuid, ENGELS, ContentVertalingIn(content=element.engels))


def _producttype(deel: Productdeel, begin: date) -> ProductTypeIn:
    velden = deel.model_dump(exclude={"content", "prijzen", "links", "engels"})
    return ProductTypeIn.model_validate({**velden, "publicatie_start_datum": begin})


def _productdelen(deel: Productdeel) -> tuple[list[ContentElementIn], list[PrijsIn], list[LinkIn]]:
    """De delen; de client vult het uuid van het producttype in."""
    content = [ContentElementIn(producttype_uuid=NOG_GEEN, content=c.content, labels=c.labels) for c in deel.content]
    prijzen = [
        PrijsIn.model_validate(
            {
                "producttype_uuid": NOG_GEEN,
                "actief_vanaf": prijs.actief_vanaf,
                "prijsopties": [
                    PrijsOptie.model_validate({"bedrag": prijs.bedrag, "beschrijving": prijs.beschrijving})
                ],
            }
        )
        for prijs in deel.prijzen
    ]
    links = [LinkIn.model_validate({"producttype_uuid": NOG_GEEN, **link.model_dump()}) for link in deel.links]
    return content, prijzen, links


def _inrichting(installatie: Installatie, pakket: Pakket, starts: list[dict[str, str]]) -> None:
    client = Configuratie(installatie, namens=NAMENS)
    eigen = {"pakket": pakket.kop.naam, "catalogus": pakket.kop.catalogus.domein}
    for sleutel, definitie in pakket.formulieren.items():
        client.bewaar(FORMULIER, sleutel, {"definitie": definitie, **eigen})
    for sleutel, sjabloon in pakket.sjablonen.items():
        client.bewaar(
            SJABLOON, sleutel, {**sjabloon.model_dump(by_alias=True, exclude_none=True), "pakket": pakket.kop.naam}
        )
    for regel in pakket.verzendregels:
        client.bewaar(VERZENDREGEL, regel.sleutel, {**regel.model_dump(by_alias=True), "pakket": pakket.kop.naam})
    for sleutel, lijst in pakket.referentielijsten.items():
        client.bewaar(REFERENTIELIJST, sleutel, {**lijst.als_json(), "pakket": pakket.kop.naam})
    kop = pakket.kop
    for mandaat in kop.mandaten:
        if client.haal(MANDAAT, mandaat.sleutel) is None:  # wie het register bijhield, houdt zijn eigen regels
            client.bewaar(MANDAAT, mandaat.sleutel, mandaat.model_dump(mode="json", by_alias=True, exclude={"sleutel"}))
    acties = [actie.model_dump(by_alias=True) for actie in kop.acties]
    teams = [team.model_dump(by_alias=True) for team in kop.teams]
    berichten = [regel.model_dump(by_alias=True) for regel in kop.berichten]
    gegevens = {
        "versie": kop.versie,
        "titel": kop.titel,
        "starts": starts,
        "acties": acties,
        "teams": teams,
        "berichten": berichten,
        "afhankelijk": [deel.model_dump(by_alias=True) for deel in kop.afhankelijk],
        "strekkingen": strekkingen(pakket.zaaktypen),
        "besluiten": [regel.model_dump(by_alias=True) for regel in kop.besluiten],
        "papier": [regel.model_dump(by_alias=True) for regel in kop.papier],
        "toezicht": [regel.model_dump(by_alias=True) for regel in kop.toezicht],
        "termijnen": [regel.model_dump(mode="json", by_alias=True, exclude_none=True) for regel in kop.termijnen],
    }
    client.bewaar(PROCESPAKKET, kop.naam, {**gegevens, "bron": bron_van(pakket), "afdruk": _afdruk(pakket)})


def _processen(installatie: Installatie, motor: Motor, pakket: Pakket, door: str) -> None:
    beslissingen = [inhoud.decode() for inhoud in pakket.beslissingen.values()]
    with installatie.db.schrijven() as verbinding:
        for model in pakket.processen.values():
            motor.zet_neer(verbinding, model, beslissingen, pakket=pakket.kop.naam, door=door)
