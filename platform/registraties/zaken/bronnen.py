"""De resources van de Zaken API, als declaraties."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import ColumnElement, case, func, literal, select
from sqlalchemy.orm import aliased

from integratie.audittrail import AuditTrailUit
from integratie.basis import Url
from integratie.typen import OmschrijvingGeneriek, Vertrouwelijkheid
from integratie.zaken import schemas
from kit import Bron, Filter, Omgeving, Registratie, TypeRechten, Wijziging, filters, kinderen, waarde
from kit.afgeleid import laatste
from kit.audit import audit_paden, audit_routes
from kit.bron import Kanaal, Spiegel
from kit.regels import onveranderlijk, uniek, verwijst_naar
from kit.spiegelen import ruim_spiegels_op
from kit.toegang import VERTROUWELIJKHEID
from registraties.zaken import afsluiten, regels
from registraties.zaken.modellen import Audittrail, Resultaat, Rol, Status, Zaak, ZaakEigenschap, ZaakInformatieObject

LEZEN = ("zaken.lezen",)
BIJWERKEN = ("zaken.bijwerken", "zaken.geforceerd-bijwerken")
KOPPELEN = ("zaken.aanmaken", *BIJWERKEN)
STATUS = ("zaken.aanmaken", "zaken.statussen.toevoegen", "zaken.heropenen")
SCOPES_ONDERDEEL = {
    "lijst": LEZEN,
    "haal": LEZEN,
    "maak": BIJWERKEN,
    "vervang": BIJWERKEN,
    "wijzig": BIJWERKEN,
    "verwijder": BIJWERKEN,
}
WEERGAVEN = {
    "nvt": "Er is geen sprake van te betalen, met de zaak gemoeide, kosten.",
    "nog_niet": "De met de zaak gemoeide kosten zijn (nog) niet betaald.",
    "gedeeltelijk": "De met de zaak gemoeide kosten zijn gedeeltelijk betaald.",
    "geheel": "De met de zaak gemoeide kosten zijn geheel betaald.",
}


def _rechten(via: object = None) -> TypeRechten:
    return TypeRechten("zrc", type=Zaak.zaaktype, va=Zaak.vertrouwelijkheidaanduiding, via=via)  # type: ignore[arg-type]  # kolom of niets


def _tot_va(grens: str, _omgeving: Omgeving) -> ColumnElement[bool]:
    """`maximaleVertrouwelijkheidaanduiding`: deze waarde of openbaarder, op de volgorde van de standaard."""
    return Zaak.vertrouwelijkheidaanduiding.in_(VERTROUWELIJKHEID[: VERTROUWELIJKHEID.index(grens) + 1])


def _bij_rol(delen: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Alle rolfilters van één vraag gaan over dezelfde rol: wie als initiator zoekt, vindt geen zaak waarin zij medewerker is."""
    return Zaak.id.in_(select(Rol.zaak).where(*delen))


def _op_rol(kenmerk: str) -> Filter:
    """Filter op een kenmerk van een betrokkene; het veld in de rol is JSON."""
    return replace(_betrokkene(kenmerk), samen=_bij_rol)


LENGTES = {
    "inpBsn": 9,
    "anpIdentificatie": 17,
    "inpA_nummer": 10,
    "annIdentificatie": 17,
    "vestigingsNummer": 24,
}


def _betrokkene(kenmerk: str) -> Filter:
    tekst = Annotated[str, Field(max_length=LENGTES[kenmerk])] if kenmerk in LENGTES else str
    return Filter(tekst, lambda zoek, _o: Rol.betrokkene_identificatie[kenmerk].astext == zoek)


def _op_rolveld(veld: str, type_: Any) -> Filter:
    return Filter(type_, lambda zoek, o: getattr(Rol, veld) == o.diensten.naar_opslag(zoek), _bij_rol)


BETROKKENE = "betrokkeneIdentificatie__"
ROLFILTERS = {
    "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": _op_rol("inpBsn"),
    "rol__betrokkeneIdentificatie__natuurlijkPersoon__anpIdentificatie": _op_rol("anpIdentificatie"),
    "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpA_nummer": _op_rol("inpA_nummer"),
    "rol__betrokkeneIdentificatie__nietNatuurlijkPersoon__innNnpId": _op_rol("innNnpId"),
    "rol__betrokkeneIdentificatie__nietNatuurlijkPersoon__annIdentificatie": _op_rol("annIdentificatie"),
    "rol__betrokkeneIdentificatie__nietNatuurlijkPersoon__kvkNummer": _op_rol("kvkNummer"),
    "rol__betrokkeneIdentificatie__vestiging__vestigingsNummer": _op_rol("vestigingsNummer"),
    "rol__betrokkeneIdentificatie__medewerker__identificatie": _op_rol("identificatie"),
    "rol__betrokkeneIdentificatie__organisatorischeEenheid__identificatie": _op_rol("identificatie"),
    "rol__betrokkeneType": _op_rolveld("betrokkene_type", schemas.BetrokkeneType),
    "rol__betrokkene": _op_rolveld("betrokkene", Url),
    "rol__omschrijvingGeneriek": _op_rolveld("omschrijving_generiek", OmschrijvingGeneriek),
}
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
    **ROLFILTERS,
)


def _is_laatste() -> ColumnElement[bool]:
    ander = aliased(Status)
    return (
        Status.datum_status_gezet
        == select(func.max(ander.datum_status_gezet)).where(ander.zaak == Status.zaak).scalar_subquery()
    )


def _neem_documentkoppelingen_mee(w: Wijziging[schemas.ZaakIn]) -> None:
    """zrc-005: met een zaak (en haar deelzaken) verdwijnen ook de koppelingen in de Documenten API."""
    deelzaken = w.verbinding.scalars(select(Zaak.id).where(Zaak.hoofdzaak == w.id)).all()
    ruim_spiegels_op(w, ZAAKINFORMATIEOBJECT, [w.id, *deelzaken])


ZAAK = Bron(
    pad="zaken",
    enkelvoud="zaak",
    model=Zaak,
    lees=schemas.ZaakUit,
    schrijf=schemas.ZaakIn,
    rechten=_rechten(),
    scopes={
        "lijst": LEZEN,
        "haal": LEZEN,
        "zoek": LEZEN,
        "maak": ("zaken.aanmaken",),
        "vervang": BIJWERKEN,
        "wijzig": BIJWERKEN,
        "verwijder": ("zaken.verwijderen",),
    },
    filters=ZAAKFILTERS,
    ordening=("startdatum", "einddatum", "publicatiedatum", "archiefactiedatum", "registratiedatum", "identificatie"),
    zoek=True,
    crs=True,
    expand=(
        "zaaktype",
        "hoofdzaak",
        "deelzaken",
        "relevanteAndereZaken",
        "eigenschappen",
        "rollen",
        "status",
        "zaakinformatieobjecten",
        "resultaat",
    ),
    afgeleid={
        "betalingsindicatie_weergave": waarde(
            lambda: case(WEERGAVEN, value=Zaak.betalingsindicatie, else_=literal(""))
        ),
        "deelzaken": kinderen(lambda: Zaak.hoofdzaak),
        "eigenschappen": kinderen(lambda: ZaakEigenschap.zaak),
        "rollen": kinderen(lambda: Rol.zaak),
        "status": laatste(lambda: Status.zaak, lambda status: status.datum_status_gezet),
        "zaakinformatieobjecten": kinderen(lambda: ZaakInformatieObject.zaak),
        "zaakobjecten": waarde(lambda: literal(None), lambda _: []),
        "resultaat": laatste(lambda: Resultaat.zaak, lambda resultaat: resultaat.nr),
    },
    regels=(
        verwijst_naar("zaaktype", "identificatie", "doorlooptijd"),
        verwijst_naar("communicatiekanaal", "url", "naam", "omschrijving", indien_ingericht=True),
        verwijst_naar("selectielijstklasse", "procesType", "waardering", indien_ingericht=True),
        regels.leid_zaak_af,
        regels.betaaldatum_past_bij_indicatie,
        regels.producten_horen_bij_zaaktype,
        regels.relevante_zaken_bestaan,
        regels.archivering_is_compleet,
        regels.identificatie_blijft,
        onveranderlijk("zaaktype"),
    ),
    binnen=(
        regels.gesloten_zaak_is_beschermd,
        regels.hoofdzaak_is_geen_deelzaak,
        regels.nummer_de_zaak,
        regels.identificatie_is_uniek,
    ),
    bij_verwijderen=(_neem_documentkoppelingen_mee,),
    kanaal=Kanaal("zaken", ("bronorganisatie", "zaaktype", "vertrouwelijkheidaanduiding")),
    weergave=lambda rij: rij["identificatie"],
)

STATUS_BRON = Bron(
    pad="statussen",
    enkelvoud="status",
    model=Status,
    lees=schemas.StatusUit,
    schrijf=schemas.StatusIn,
    operaties=("lijst", "maak", "haal"),
    rechten=_rechten(Status.zaak),
    scopes={"lijst": LEZEN, "haal": LEZEN, "maak": STATUS},
    filters={
        **filters(Status, "zaak statustype"),
        "indicatieLaatstGezetteStatus": Filter(bool, lambda laatste_, _o: _is_laatste() == laatste_),
    },
    expand=("zaak", "statustype", "gezetdoor", "zaakinformatieobjecten"),
    afgeleid={
        "indicatie_laatst_gezette_status": waarde(_is_laatste),
        "zaakinformatieobjecten": kinderen(lambda: ZaakInformatieObject.status),
    },
    regels=(
        verwijst_naar("statustype", "volgnummer", gepubliceerd=False),
        regels.statustype_hoort_bij_zaaktype,
        regels.status_ligt_niet_in_de_toekomst,
        afsluiten.zaak_is_klaar_om_te_sluiten,
    ),
    binnen=(
        regels.status_mag_gezet_worden,
        regels.zaak_is_nog_niet_gearchiveerd,
        regels.zetter_heeft_rol_in_zaak,
        uniek("zaak", "datum_status_gezet"),
    ),
    gevolgen=(afsluiten.sluit_of_heropen,),
    hoofd="zaak",
    meldt=("create",),
    weergave=lambda rij: str(rij["datum_status_gezet"]),
)

RESULTAAT = Bron(
    pad="resultaten",
    enkelvoud="resultaat",
    model=Resultaat,
    lees=schemas.ResultaatUit,
    schrijf=schemas.ResultaatIn,
    rechten=_rechten(Resultaat.zaak),
    scopes=SCOPES_ONDERDEEL,
    filters=filters(Resultaat, "zaak resultaattype"),
    expand=("zaak", "resultaattype"),
    regels=(
        verwijst_naar("resultaattype", "selectielijstklasse", gepubliceerd=False),
        regels.resultaattype_hoort_bij_zaaktype,
        onveranderlijk("zaak", "resultaattype"),
    ),
    binnen=(regels.gesloten_zaak_is_beschermd, uniek("zaak", naam="zaak")),
    bij_verwijderen=(regels.gesloten_zaak_is_beschermd,),
    hoofd="zaak",
    weergave=lambda rij: rij["toelichting"],
)

ROL = Bron(
    pad="rollen",
    enkelvoud="rol",
    model=Rol,
    lees=schemas.RolUit,
    schrijf=schemas.RolIn,
    operaties=("lijst", "maak", "haal", "verwijder"),
    rechten=_rechten(Rol.zaak),
    scopes=SCOPES_ONDERDEEL | {"maak": KOPPELEN},
    filters={
        **filters(Rol, "zaak betrokkene betrokkeneType roltype omschrijving omschrijvingGeneriek"),
        **{
            naam.removeprefix("rol__"): _betrokkene(naam.rpartition("__")[2])
            for naam in ROLFILTERS
            if BETROKKENE in naam
        },
    },
    expand=("zaak", "roltype", "statussen"),
    afgeleid={"statussen": kinderen(lambda: Status.gezetdoor)},
    regels=(
        verwijst_naar("roltype", "omschrijvingGeneriek", gepubliceerd=False),
        regels.roltype_hoort_bij_zaaktype,
        regels.betrokkene_is_bekend,
        regels.leid_rol_af,
    ),
    binnen=(regels.gesloten_zaak_is_beschermd, regels.hoogstens_een_initiator),
    bij_verwijderen=(regels.gesloten_zaak_is_beschermd,),
    hoofd="zaak",
    meldt=("create", "destroy"),
    weergave=lambda rij: rij["omschrijving"],
)

ZAAKEIGENSCHAP = Bron(
    pad="zaken/{zaak}/zaakeigenschappen",
    enkelvoud="zaakeigenschap",
    model=ZaakEigenschap,
    lees=schemas.ZaakEigenschapUit,
    schrijf=schemas.ZaakEigenschapIn,
    rechten=_rechten(ZaakEigenschap.zaak),
    scopes=SCOPES_ONDERDEEL | {"maak": KOPPELEN},
    gepagineerd=False,
    expand=("zaak", "eigenschap"),
    regels=(
        verwijst_naar("eigenschap", "naam", gepubliceerd=False),
        regels.eigenschap_hoort_bij_zaaktype,
        regels.eigenschap_blijft,
    ),
    binnen=(regels.gesloten_zaak_is_beschermd,),
    bij_verwijderen=(regels.gesloten_zaak_is_beschermd,),
    hoofd="zaak",
    weergave=lambda rij: rij["naam"],
)

ZAAKINFORMATIEOBJECT = Bron(
    pad="zaakinformatieobjecten",
    enkelvoud="zaakinformatieobject",
    model=ZaakInformatieObject,
    lees=schemas.ZaakInformatieObjectUit,
    schrijf=schemas.ZaakInformatieObjectIn,
    rechten=_rechten(ZaakInformatieObject.zaak),
    scopes=SCOPES_ONDERDEEL | {"maak": KOPPELEN, "verwijder": (*BIJWERKEN, "zaken.verwijderen")},
    gepagineerd=False,
    filters=filters(ZaakInformatieObject, "zaak informatieobject"),
    expand=("informatieobject", "zaak", "status"),
    afgeleid={"aard_relatie_weergave": waarde(lambda: literal("Hoort bij, omgekeerd: kent"))},
    regels=(
        verwijst_naar("informatieobject", "informatieobjecttype", gepubliceerd=False),
        regels.documenttype_past_bij_zaaktype,
        regels.leid_koppeling_af,
        onveranderlijk("zaak", "informatieobject"),
    ),
    binnen=(regels.gesloten_zaak_is_beschermd, regels.zaak_is_nog_niet_gearchiveerd, uniek("zaak", "informatieobject")),
    bij_verwijderen=(regels.gesloten_zaak_is_beschermd,),
    hoofd="zaak",
    meldt=("create",),
    weergave=lambda rij: rij["titel"],
    spiegel=Spiegel(
        api="documenten",
        pad="objectinformatieobjecten",
        velden={"informatieobject": "informatieobject", "object": "zaak"},
        vast={"objectType": "zaak"},
    ),
)

ZAKEN = Registratie(
    naam="zaken",
    titel="Zaken API",
    versie="1.7.0",
    bronnen=(ZAAK, STATUS_BRON, RESULTAAT, ROL, ZAAKEIGENSCHAP, ZAAKINFORMATIEOBJECT),
    audit=Audittrail,
    routes=audit_routes(ZAAK),
    paden=audit_paden(ZAAK, "zaak_uuid", AuditTrailUit),
)
