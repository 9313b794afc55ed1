"""De resources van de Documenten API, als declaraties."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, false, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from integratie.audittrail import AuditTrailUit
from integratie.documenten import schemas
from integratie.typen import Tijdstip
from kit import Bron, Filter, Omgeving, Registratie, TypeRechten, filters, waarde
from kit.audit import audit_paden
from kit.bron import Historie, Kanaal, Route
from kit.marks import KLAAR
from kit.nummers import reserveer_pad
from kit.regels import onveranderlijk, uniek, verwijst_naar
from kit.toegang import Toegang
from registraties.documenten import bestanden, regels, relaties
from registraties.documenten.modellen import (
    Audittrail,
    Bestandsdeel,
    Document,
    Documentversie,
    Gebruiksrecht,
    ObjectInformatieObject,
    Verzending,
)
from registraties.documenten.routes import eigen_routes

PAD = "enkelvoudiginformatieobjecten"
LEZEN = ("documenten.lezen",)
AANMAKEN = ("documenten.aanmaken",)
BIJWERKEN = ("documenten.bijwerken", "documenten.geforceerd-bijwerken")
VERWIJDEREN = ("documenten.verwijderen",)
PARAMETERS = {"versie": int, "registratieOp": Tijdstip}
SCOPES = {
    "lijst": LEZEN,
    "haal": LEZEN,
    "zoek": LEZEN,
    "maak": AANMAKEN,
    "vervang": BIJWERKEN,
    "wijzig": BIJWERKEN,
    "verwijder": VERWIJDEREN,
    "lock": ("documenten.lock",),
    "unlock": ("documenten.lock", "documenten.geforceerd-unlock"),
    "geforceerd": ("documenten.geforceerd-unlock",),
}
SCOPES_ONDER = {**SCOPES, "vervang": ("documenten.bijwerken",), "wijzig": ("documenten.bijwerken",)}
NUMMERS = "/documentnummer_reserveren"
GEEN_DELEN: ColumnElement[Any] = literal_column("'[]'::jsonb", JSONB())


@dataclass(frozen=True)
class _DocumentRechten(TypeRechten):
    """Een document dat nog geregistreerd wordt staat niet in lijsten; wie de URL heeft (de Zaken API) ziet het wel."""

    def beperking(self, toegang: Toegang, operatie: str, scopes: Sequence[str]) -> ColumnElement[bool]:
        gewoon = super().beperking(toegang, operatie, scopes)
        return and_(gewoon, Document.mark == KLAAR) if operatie in ("lijst", "zoek") else gewoon


def _rechten(via: Any = None) -> TypeRechten:
    return (TypeRechten if via is not None else _DocumentRechten)(
        "drc",
        type=Document.informatieobjecttype,
        va=Document.vertrouwelijkheidaanduiding,
        via=via,
        gereed=Document.is_gereed_voor_publicatie,
    )


def _inhoud(model: Any, document: Any) -> Callable[[], ColumnElement[Any]]:
    """De downloadlink van precies deze versie, als `documenten:pad`."""

    def uitdrukking() -> ColumnElement[Any]:
        link = func.concat(f"documenten:{PAD}/", cast(document, String), "/download?versie=", model.versie)
        return case((model.bestand.is_not(None), link), else_=None)

    return uitdrukking


def _delen(model: Any, document: Any) -> Callable[[], Any]:
    """De bestandsdelen die bij deze versie nog gestuurd worden, op volgorde."""

    def uitdrukking() -> Any:
        een = func.jsonb_build_object(
            "url",
            func.concat("documenten:bestandsdelen/", cast(Bestandsdeel.id, String)),
            "volgnummer",
            Bestandsdeel.volgnummer,
            "omvang",
            Bestandsdeel.omvang,
            "voltooid",
            Bestandsdeel.bestand.is_not(None),
            "lock",
            "",
        )
        lijst = func.coalesce(func.jsonb_agg(aggregate_order_by(een, Bestandsdeel.volgnummer)), GEEN_DELEN)
        van_versie = Bestandsdeel.document == document, Bestandsdeel.versie == model.versie
        return select(lijst).where(*van_versie).correlate(model).scalar_subquery()

    return uitdrukking


def _gekoppeld(veld: str) -> Filter:
    """Filter op een kenmerk van een gekoppeld object."""
    kolom = getattr(ObjectInformatieObject, veld)

    def voorwaarde(zoek: str, omgeving: Omgeving) -> ColumnElement[bool]:
        klopt = kolom == omgeving.diensten.naar_opslag(zoek)
        return exists().where(ObjectInformatieObject.informatieobject == Document.id, klopt)

    return Filter(schemas.Objecttype if veld == "object_type" else str, voorwaarde)


def _met_id(ids: list[UUID], _omgeving: Omgeving) -> ColumnElement[bool]:
    return Document.id.in_(ids)


def _met_trefwoorden(woorden: list[str], _omgeving: Omgeving) -> ColumnElement[bool]:
    """Documenten met al deze trefwoorden."""
    return cast(Document.trefwoorden, JSONB).contains(woorden)


def _met_een_trefwoord(woorden: list[str], _omgeving: Omgeving) -> ColumnElement[bool]:
    """Documenten met minstens één van deze trefwoorden."""
    return or_(false(), *(cast(Document.trefwoorden, JSONB).contains([woord]) for woord in woorden))


DOCUMENT = Bron(
    pad=PAD,
    enkelvoud="enkelvoudiginformatieobject",
    model=Document,
    lees=schemas.DocumentUit,
    schrijf=schemas.DocumentIn,
    schrijf_bij={"update": schemas.DocumentMetLockIn, "partial_update": schemas.DocumentPatch},
    alleen_schrijven=("inhoud",),
    rechten=_rechten(),
    scopes=SCOPES,
    filters=filters(
        Document,
        "identificatie bronorganisatie auteur creatiedatum creatiedatum__gte creatiedatum__lte informatieobjecttype titel "
        "titel__icontains beschrijving beschrijving__icontains vertrouwelijkheidaanduiding",
        objectinformatieobjecten__object=_gekoppeld("object"),
        objectinformatieobjecten__objectType=_gekoppeld("object_type"),
        locked=Filter(bool, lambda gevraagd, _o: (Document.lock != "") == gevraagd),
        trefwoorden__overlap=Filter(list[str], _met_een_trefwoord),
        objectinformatieobjecten_object=_gekoppeld("object"),
        objectinformatieobjecten_objectType=_gekoppeld("object_type"),
        trefwoorden=Filter(list[str], _met_trefwoorden),
        uuid__in=Filter(list[UUID], _met_id),
    ),
    ordening=("auteur", "bestandsomvang", "creatiedatum", "formaat", "status", "titel", "vertrouwelijkheidaanduiding"),
    zoek=True,
    expand=("informatieobjecttype",),
    parameters=PARAMETERS,
    afgeleid={
        "locked": waarde(lambda: Document.lock != ""),
        "inhoud": waarde(_inhoud(Document, Document.id)),
        "bestandsdelen": waarde(_delen(Document, Document.id), bij_nieuw=GEEN_DELEN),
    },
    regels=(
        regels.lock_klopt,
        verwijst_naar(  # drc-001
            "informatieobjecttype", "omschrijving", "vertrouwelijkheidaanduiding", lijst="informatieobjecttypen"
        ),
        regels.leid_document_af,
        regels.status_past_bij_ontvangst,
        bestanden.inhoud_klopt,
        regels.vergrendel_als_inhoud_volgt,
    ),
    vooraf=(bestanden.bewaar_inhoud,),
    binnen=(
        regels.lock_klopt,
        regels.nummer_het_document,
        regels.identificatie_is_uniek,
        regels.indicatie_past_bij_gebruiksrechten,
    ),
    gevolgen=(bestanden.verwerk_inhoud, regels.bewaar_versie),
    nieuw_is_los=lambda w: not w.geheugen["in_delen"],
    bij_verwijderen=(regels.document_is_los, regels.neem_bestanden_mee),
    kanaal=Kanaal(
        "documenten",
        ("bronorganisatie", "informatieobjecttype", "vertrouwelijkheidaanduiding", "informatieobjecttype.catalogus"),
    ),
    weergave=lambda rij: rij["identificatie"],
    historie=Historie(
        bron=Bron(
            pad=PAD,
            padkolom="document",
            enkelvoud="documentversie",
            model=Documentversie,
            lees=schemas.DocumentUit,
            schrijf=schemas.DocumentIn,
            rechten=_rechten(Documentversie.document),
            afgeleid={
                "locked": waarde(
                    lambda: select(Document.lock != "").where(Document.id == Documentversie.document).scalar_subquery()
                ),
                "inhoud": waarde(_inhoud(Documentversie, Documentversie.document)),
                "bestandsdelen": waarde(_delen(Documentversie, Documentversie.document)),
            },
        ),
        ouder="document",
        kies={
            "versie": lambda versie: Documentversie.versie == versie,
            "registratieOp": lambda moment: Documentversie.begin_registratie <= moment,
        },
    ),
)

GEBRUIKSRECHT = Bron(
    pad="gebruiksrechten",
    enkelvoud="gebruiksrechten",
    model=Gebruiksrecht,
    lees=schemas.GebruiksrechtUit,
    schrijf=schemas.GebruiksrechtIn,
    rechten=_rechten(Gebruiksrecht.informatieobject),
    scopes=SCOPES_ONDER,
    gepagineerd=False,
    filters=filters(
        Gebruiksrecht,
        "informatieobject startdatum__lt startdatum__lte startdatum__gt startdatum__gte "
        "einddatum__lt einddatum__lte einddatum__gt einddatum__gte",
    ),
    expand=("informatieobject",),
    regels=(onveranderlijk("informatieobject"),),
    gevolgen=(regels.volg_gebruiksrechten,),
    hoofd="informatieobject",
    weergave=lambda rij: rij["omschrijving_voorwaarden"],
)

OBJECTINFORMATIEOBJECT = Bron(
    pad="objectinformatieobjecten",
    enkelvoud="objectinformatieobject",
    model=ObjectInformatieObject,
    lees=schemas.ObjectInformatieObjectUit,
    schrijf=schemas.ObjectInformatieObjectIn,
    operaties=("lijst", "maak", "haal", "verwijder"),
    rechten=_rechten(ObjectInformatieObject.informatieobject),
    scopes=SCOPES,
    gepagineerd=False,
    filters=filters(ObjectInformatieObject, "object informatieobject"),
    expand=("informatieobject",),
    regels=(regels.object_bestaat, relaties.relatie_staat_in_bron),
    binnen=(uniek("object", "informatieobject"),),  # drc-003
    voor_verwijderen=(relaties.relatie_is_weg_uit_bron,),
    hoofd="informatieobject",
    meldt=(),
    weergave=lambda rij: rij["object"],
)

VERZENDING = Bron(
    pad="verzendingen",
    enkelvoud="verzending",
    model=Verzending,
    lees=schemas.VerzendingUit,
    schrijf=schemas.VerzendingIn,
    rechten=_rechten(Verzending.informatieobject),
    scopes=SCOPES_ONDER,
    filters=filters(Verzending, "aardRelatie informatieobject betrokkene"),
    expand=("informatieobject",),
    regels=(onveranderlijk("informatieobject"), regels.een_adres, regels.ontvangen_met_datum),
    binnen=(regels.een_afzender,),
    hoofd="informatieobject",
    weergave=lambda rij: rij["aard_relatie"],
)

_IMPORT = "Documenten in bulk importeren uit een CSV en een map met bestanden, zoals Open Zaak het kan (regels 9)."
# Zonder scopes: geen scope is genoeg, alleen alle autorisaties.
IMPORTPADEN = (
    Route(
        pad="/import/create",
        methode="post",
        operatie="import_create",
        lees=schemas.ImportGemaakt,
        status=201,
        uitbreiding=_IMPORT,
    ),
    Route(pad="/import/{uuid}/upload", methode="post", operatie="import_upload", uitbreiding=_IMPORT),
    Route(
        pad="/import/{uuid}/status",
        methode="get",
        operatie="import_status",
        lees=schemas.ImportStatus,
        uitbreiding=_IMPORT,
    ),
    Route(
        pad="/import/{uuid}/report",
        methode="get",
        operatie="import_report",
        mediatype="text/csv",
        uitbreiding=_IMPORT,
    ),
    Route(
        pad="/import/{uuid}/delete",
        methode="delete",
        operatie="import_delete",
        status=204,
        uitbreiding=_IMPORT,
    ),
)

DOCUMENTEN = Registratie(
    naam="documenten",
    titel="Documenten API",
    versie="1.7.0",
    bronnen=(DOCUMENT, GEBRUIKSRECHT, OBJECTINFORMATIEOBJECT, VERZENDING),
    audit=Audittrail,
    expanddiepte=3,  # drc-012
    routes=eigen_routes(DOCUMENT, NUMMERS),
    paden=(
        reserveer_pad(NUMMERS, schemas.Documentnummer, AANMAKEN),
        Route(
            pad="/document_registreren",
            methode="post",
            operatie="document_registreren",
            uitbreiding="Een document en zijn koppeling aan een zaak, alles of niets, zoals Open Zaak het kan (regels 9).",
            lees=schemas.DocumentRegistreren,
            schrijf=schemas.DocumentRegistrerenIn,
            status=201,
            scopes=AANMAKEN,
        ),
        *IMPORTPADEN,
        *audit_paden(DOCUMENT, "enkelvoudiginformatieobject_uuid", AuditTrailUit),
        Route(
            pad=f"/{PAD}/{{uuid}}/download",
            methode="get",
            operatie="download",
            scopes=LEZEN,
            parameters=PARAMETERS,
            mediatype="application/octet-stream",
        ),
        Route(
            pad=f"/{PAD}/{{uuid}}/lock", methode="post", operatie="lock", lees=schemas.LockUit, scopes=SCOPES["lock"]
        ),
        Route(
            pad=f"/{PAD}/{{uuid}}/unlock",
            methode="post",
            operatie="unlock",
            schrijf=schemas.UnlockIn,
            status=204,
            scopes=SCOPES["unlock"],
        ),
        Route(
            pad="/bestandsdelen/{uuid}",
            methode="put",
            operatie="bestandsdeel_vervang",
            lees=schemas.BestandsDeelUit,
            schrijf=schemas.BestandsDeelIn,
            scopes=("documenten.bijwerken",),
        ),
    ),
)
