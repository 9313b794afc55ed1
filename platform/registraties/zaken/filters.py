"""De filters van de Zaken API: die van de standaard, en die gebruikers van Open Zaak gewend zijn (regels 9)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field
from sqlalchemy import ColumnElement, Text, and_, func, literal_column, select
from sqlalchemy.orm import aliased

from integratie.basis import Schema
from integratie.geojson import GeoJson
from integratie.typen import OmschrijvingGeneriek, Vertrouwelijkheid
from integratie.zaken.betrokkenen import BetrokkeneType
from kern.fouten import Ongeldig, ParamFout
from kit import Filter, Omgeving, filters
from kit.filters import ZoekUrl
from kit.geometrie import binnen
from kit.toegang import VERTROUWELIJKHEID
from registraties.zaken.modellen import Resultaat, Rol, Status, Zaak

LENGTES = {
    "natuurlijkPersoon__inpBsn": 9,
    "natuurlijkPersoon__anpIdentificatie": 17,
    "natuurlijkPersoon__inpA_nummer": 10,
    "nietNatuurlijkPersoon__annIdentificatie": 17,
    "nietNatuurlijkPersoon__vestigingsNummer": 24,
    "vestiging__vestigingsNummer": 24,
    "medewerker__identificatie": 254,
}
BETROKKENE = "betrokkeneIdentificatie__"
VAN_OPEN_ZAAK = "Zoals Open Zaak het kan."
NIET_IN_DE_STANDAARD = (
    "nietNatuurlijkPersoon__kvkNummer",
    "nietNatuurlijkPersoon__vestigingsNummer",
    "vestiging__kvkNummer",
)
ZEKERHEID = (
    (
        "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
        "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract",
        "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard",
        "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI",
    ),
    (
        "urn:etoegang:core:assurance-class:loa1",
        "urn:etoegang:core:assurance-class:loa2",
        "urn:etoegang:core:assurance-class:loa2plus",
        "urn:etoegang:core:assurance-class:loa3",
        "urn:etoegang:core:assurance-class:loa4",
    ),
)
"""Betrouwbaarheidsniveaus van DigiD en van eHerkenning, van laag naar hoog."""
Machtiging = Literal["eigen", "gemachtigde", "machtiginggever"]


def _tot_va(grens: str, _omgeving: Omgeving) -> ColumnElement[bool]:
    """`maximaleVertrouwelijkheidaanduiding`: deze waarde of openbaarder, op de volgorde van de standaard."""
    return Zaak.vertrouwelijkheidaanduiding.in_(VERTROUWELIJKHEID[: VERTROUWELIJKHEID.index(grens) + 1])


def _bij_rol(delen: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Alle rolfilters van één vraag gaan over dezelfde rol: wie als initiator zoekt, vindt geen zaak waarin zij medewerker is."""
    return Zaak.id.in_(select(Rol.zaak).where(*delen))


def _betrokkene(naam: str, kenmerk: str, lengte: int | None = None) -> Filter:
    tekst = Annotated[str, Field(max_length=lengte)] if lengte else str
    uitleg = VAN_OPEN_ZAAK if naam in NIET_IN_DE_STANDAARD else ""
    # De naam staat als tekst in de opdracht: met een parameter past geen bewaard plan bij de index.
    waarde = Rol.betrokkene_identificatie.op("->>", return_type=Text())(literal_column(f"'{kenmerk}'"))
    return Filter(tekst, lambda zoek, _o: waarde == zoek, uitbreiding=uitleg)


def _rolveld(veld: str, type_: Any) -> Filter:
    return Filter(type_, lambda zoek, o: getattr(Rol, veld) == o.diensten.naar_opslag(zoek))


def _machtiging(zoek: Machtiging, _omgeving: Omgeving) -> ColumnElement[bool]:
    return Rol.indicatie_machtiging == ("" if zoek == "eigen" else zoek)


def _tot_zekerheid(zoek: str, _omgeving: Omgeving) -> ColumnElement[bool]:
    """Rollen met dit betrouwbaarheidsniveau of een lager niveau van hetzelfde middel."""
    reeks = next((reeks for reeks in ZEKERHEID if zoek in reeks), None)
    if reeks is None:
        raise Ongeldig(ParamFout("machtiging__loa", "invalid_choice", "Dit betrouwbaarheidsniveau is niet bekend."))
    niveau = Rol.authenticatie_context["levelOfAssurance"].astext
    voorwaarde: ColumnElement[bool] = niveau.in_(reeks[: reeks.index(zoek) + 1])
    return voorwaarde


KENMERKEN = {
    "natuurlijkPersoon__inpBsn": "inpBsn",
    "natuurlijkPersoon__anpIdentificatie": "anpIdentificatie",
    "natuurlijkPersoon__inpA_nummer": "inpA_nummer",
    "nietNatuurlijkPersoon__innNnpId": "innNnpId",
    "nietNatuurlijkPersoon__annIdentificatie": "annIdentificatie",
    "nietNatuurlijkPersoon__kvkNummer": "kvkNummer",
    "nietNatuurlijkPersoon__vestigingsNummer": "vestigingsNummer",
    "vestiging__vestigingsNummer": "vestigingsNummer",
    "vestiging__kvkNummer": "kvkNummer",
    "medewerker__identificatie": "identificatie",
    "organisatorischeEenheid__identificatie": "identificatie",
}
OP_BETROKKENE = {f"{BETROKKENE}{naam}": _betrokkene(naam, kenmerk) for naam, kenmerk in KENMERKEN.items()}
"""Bij rollen: zonder grens, zoals in de standaard; een te lange waarde vindt niets."""
OP_BETROKKENE_VAN_ZAAK = {
    f"{BETROKKENE}{naam}": _betrokkene(naam, kenmerk, LENGTES.get(naam)) for naam, kenmerk in KENMERKEN.items()
}
OP_MACHTIGING = {
    "machtiging": Filter(Machtiging, _machtiging, uitbreiding=VAN_OPEN_ZAAK),
    "machtiging__loa": Filter(str, _tot_zekerheid, uitbreiding=VAN_OPEN_ZAAK),
}
ROLFILTERS = {
    **filters(Rol, "zaak betrokkene betrokkeneType roltype omschrijving omschrijvingGeneriek"),
    **OP_BETROKKENE,
    **OP_MACHTIGING,
}
OP_ROL = {
    **OP_BETROKKENE_VAN_ZAAK,
    **OP_MACHTIGING,
    "betrokkeneType": _rolveld("betrokkene_type", BetrokkeneType),
    "betrokkene": _rolveld("betrokkene", ZoekUrl),
    "omschrijvingGeneriek": _rolveld("omschrijving_generiek", OmschrijvingGeneriek),
}


def _kenmerk(zoek: str, _omgeving: Omgeving) -> ColumnElement[bool]:
    """`<bron>:<kenmerk>` [OZ]; zonder dubbele punt alleen het kenmerk."""
    bron, scheiding, kenmerk = zoek.rpartition(":")
    return Zaak.kenmerken.contains([{"kenmerk": kenmerk} | ({"bron": bron} if scheiding else {})])


def _kenmerkbron(zoek: str, _omgeving: Omgeving) -> ColumnElement[bool]:
    return Zaak.kenmerken.contains([{"bron": zoek}])


def is_laatste(status: type[Status] = Status) -> ColumnElement[bool]:
    """De laatst gezette status van haar zaak: op `datumStatusGezet`, niet op volgorde van registratie."""
    ander = aliased(Status)
    nieuwste = select(func.max(ander.datum_status_gezet)).where(ander.zaak == status.zaak)
    return status.datum_status_gezet == nieuwste.scalar_subquery()


def _op_statustype(zoek: str, omgeving: Omgeving) -> ColumnElement[bool]:
    """De status van nu is van dit type."""
    statustype = omgeving.diensten.naar_opslag(zoek)
    return Zaak.id.in_(select(Status.zaak).where(and_(Status.statustype == statustype, is_laatste())))


def _op_resultaattype(zoek: str, omgeving: Omgeving) -> ColumnElement[bool]:
    return Zaak.id.in_(select(Resultaat.zaak).where(Resultaat.resultaattype == omgeving.diensten.naar_opslag(zoek)))


def _op_typeomschrijving(zoek: str, omgeving: Omgeving) -> ColumnElement[bool]:
    """Zaken waarvan het zaaktype zo heet; de Catalogi API weet welke versies dat zijn."""
    typen = omgeving.ophaler.alle("catalogi:zaaktypen", status="alles")
    return Zaak.zaaktype.in_(
        [omgeving.diensten.naar_opslag(type_["url"]) for type_ in typen if type_["omschrijving"] == zoek]
    )


ZAAKFILTERS = filters(
    Zaak,
    "identificatie identificatie__icontains bronorganisatie bronorganisatie__in zaaktype zaaktype__in zaaktype__not_in "
    "archiefnominatie archiefnominatie__in archiefactiedatum archiefactiedatum__lt archiefactiedatum__gt archiefactiedatum__isnull "
    "archiefstatus archiefstatus__in startdatum startdatum__gt startdatum__gte startdatum__lt startdatum__lte "
    "registratiedatum registratiedatum__gt registratiedatum__lt einddatum einddatum__isnull einddatum__gt einddatum__lt "
    "einddatumGepland einddatumGepland__gt einddatumGepland__lt uiterlijkeEinddatumAfdoening "
    "uiterlijkeEinddatumAfdoening__gt uiterlijkeEinddatumAfdoening__lt omschrijving hoofdzaak",
    maximaleVertrouwelijkheidaanduiding=Filter(Vertrouwelijkheid, _tot_va),
    uuid__in=Filter(list[UUID], lambda ids, _o: Zaak.id.in_(ids)),
    kenmerk=Filter(Annotated[str, Field(max_length=81)], _kenmerk, uitbreiding=VAN_OPEN_ZAAK),
    kenmerk__bron=Filter(Annotated[str, Field(max_length=40)], _kenmerkbron, uitbreiding=VAN_OPEN_ZAAK),
    zaaktype__omschrijving=Filter(
        Annotated[str, Field(max_length=80)], _op_typeomschrijving, uitbreiding=VAN_OPEN_ZAAK
    ),
    status__statustype=Filter(ZoekUrl, _op_statustype, uitbreiding=VAN_OPEN_ZAAK),
    resultaat__resultaattype=Filter(ZoekUrl, _op_resultaattype, uitbreiding=VAN_OPEN_ZAAK),
    **{f"rol__{naam}": replace(filter_, samen=_bij_rol) for naam, filter_ in OP_ROL.items()},
)


class GeometrieBinnen(Schema):
    """`zaakgeometrie` in `_zoek`: alleen zaken die helemaal in dit gebied liggen."""

    within: GeoJson


def _in_gebied(zoek: GeometrieBinnen, omgeving: Omgeving) -> ColumnElement[bool]:
    return binnen(Zaak.zaakgeometrie, zoek.within, omgeving.installatie.db, naam="zaakgeometrie.within")


ZOEKFILTERS = {"zaakgeometrie": Filter(GeometrieBinnen, _in_gebied)}
