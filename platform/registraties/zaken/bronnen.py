"""De resources van de Zaken API, als declaraties."""

from flask import Blueprint
from sqlalchemy import case, delete, literal, select

from integratie.audittrail import AuditTrailUit
from integratie.betrokkene import uit_rol
from integratie.zaken import schemas
from kit import Bron, Filter, Omgeving, Registratie, Wijziging, filters, kinderen, waarde
from kit.afgeleid import laatste
from kit.audit import audit_paden, audit_routes
from kit.bron import Actie, Kanaal, Spiegel
from kit.nummers import reserveer_pad, reserveer_route
from kit.regels import onveranderlijk, uniek, verwijst_naar
from kit.spiegelen import ruim_spiegels_op
from registraties.zaken import afsluiten, archiveren, regels, regels_relaties, samengesteld, van_open_zaak
from registraties.zaken.filters import ROLFILTERS, ZAAKFILTERS, ZOEKFILTERS, is_laatste
from registraties.zaken.modellen import (
    Audittrail,
    Resultaat,
    Rol,
    Status,
    Telling,
    Zaak,
    ZaakEigenschap,
    ZaakInformatieObject,
    ZaakObject,
)
from registraties.zaken.rechten import (
    AANMAKEN,
    BIJWERKEN,
    KOPPELEN,
    LEZEN,
    ONDERDEEL,
    ONTKOPPELEN,
    STATUS,
    VERWIJDEREN,
    rechten,
)
from registraties.zaken.relaties import RELATIES, ZAAKCONTACTMOMENT, ZAAKVERZOEK

WEERGAVEN = {
    "nvt": "Er is geen sprake van te betalen, met de zaak gemoeide, kosten.",
    "nog_niet": "De met de zaak gemoeide kosten zijn (nog) niet betaald.",
    "gedeeltelijk": "De met de zaak gemoeide kosten zijn gedeeltelijk betaald.",
    "geheel": "De met de zaak gemoeide kosten zijn geheel betaald.",
}


def _neem_alles_mee(w: Wijziging[schemas.ZaakIn]) -> None:
    """zrc-005, zrc-023: met een zaak en haar deelzaken verdwijnen de koppelingen in de Documenten API en de audittrails."""
    deelzaken = w.verbinding.scalars(select(Zaak.id).where(Zaak.hoofdzaak == w.id)).all()
    for bron in (ZAAKINFORMATIEOBJECT, ZAAKCONTACTMOMENT, ZAAKVERZOEK):
        ruim_spiegels_op(w, bron, [w.id, *deelzaken])
    van_open_zaak.laat_los(w.verbinding, [w.id, *deelzaken])
    if deelzaken:
        w.verbinding.execute(delete(Audittrail).where(Audittrail.hoofd.in_(deelzaken)))


ZAAK = Bron(
    pad="zaken",
    enkelvoud="zaak",
    model=Zaak,
    telling=Telling,
    lees=schemas.ZaakUit,
    schrijf=schemas.ZaakIn,
    rechten=rechten(),
    scopes={
        "lijst": LEZEN,
        "haal": LEZEN,
        "zoek": LEZEN,
        "maak": AANMAKEN,
        "vervang": BIJWERKEN,
        "wijzig": BIJWERKEN,
        "verwijder": VERWIJDEREN,
        "archief_herberekenen": BIJWERKEN,
    },
    filters=ZAAKFILTERS,
    ordening=("startdatum", "einddatum", "publicatiedatum", "archiefactiedatum", "registratiedatum", "identificatie"),
    zoek=True,
    zoekfilters=ZOEKFILTERS,
    velden=True,
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
        "zaakobjecten",
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
        "zaakobjecten": kinderen(lambda: ZaakObject.zaak),
        "resultaat": laatste(lambda: Resultaat.zaak, lambda resultaat: resultaat.nr),
    },
    regels=(
        verwijst_naar("zaaktype", "identificatie", "doorlooptijd", lijst="zaaktypen"),
        regels.uit_de_lijst("communicatiekanaal", "communicatiekanalen", "url", "naam", "omschrijving"),
        regels.uit_de_lijst("selectielijstklasse", "resultaten", "procesType", "waardering"),
        regels.leid_zaak_af,
        regels.betaaldatum_past_bij_indicatie,
        regels.producten_horen_bij_zaaktype,
        regels.relevante_zaken_bestaan,
        regels.archivering_is_compleet,
        regels.identificatie_blijft,
        regels.deelzaak_past_bij_hoofdzaak,
        regels.bewaartermijn_bepaalt_de_actiedatum,
        van_open_zaak.gerelateerde_zaken_bestaan,
        van_open_zaak.leg_mutatie_vast,
    ),
    binnen=(
        regels.gesloten_zaak_is_beschermd,
        regels.hoofdzaak_is_geen_deelzaak,
        regels.zaaktype_past_bij_onderdelen,
        regels.nummer_de_zaak,
        regels.identificatie_is_uniek,
    ),
    gevolgen=(van_open_zaak.houd_relaties_wederzijds,),
    nieuw_is_los=lambda _: True,
    bij_verwijderen=(
        regels_relaties.deelzaken_mogen_ook_weg,
        regels_relaties.geen_besluiten_meer,
        _neem_alles_mee,
    ),
    acties=(
        Actie(
            naam="archief_herberekenen",
            regels=(archiveren.bepaal_opnieuw,),
            binnen=(regels.gesloten_zaak_is_beschermd,),
            actie="partial_update",
            uitbreiding="De archiefactiedatum opnieuw bepalen als een bron buiten de Zaken API wijzigde.",
        ),
    ),
    kanaal=Kanaal("zaken", ("bronorganisatie", "zaaktype", "vertrouwelijkheidaanduiding", "zaaktype.catalogus")),
    weergave=lambda rij: rij["identificatie"],
)

STATUS_BRON = Bron(
    pad="statussen",
    enkelvoud="status",
    model=Status,
    lees=schemas.StatusUit,
    schrijf=schemas.StatusIn,
    operaties=("lijst", "maak", "haal"),
    rechten=rechten(Status.zaak),
    scopes={"lijst": LEZEN, "haal": LEZEN, "maak": STATUS},
    filters={
        **filters(Status, "zaak statustype"),
        "indicatieLaatstGezetteStatus": Filter(bool, lambda laatste_, _o: is_laatste() == laatste_),
    },
    expand=("zaak", "statustype", "gezetdoor", "zaakinformatieobjecten"),
    afgeleid={
        "indicatie_laatst_gezette_status": waarde(is_laatste),
        "zaakinformatieobjecten": kinderen(lambda: ZaakInformatieObject.status),
    },
    regels=(
        verwijst_naar("statustype", "volgnummer", lijst="statustypen", gepubliceerd=False),
        regels.statustype_hoort_bij_zaaktype,
        regels.status_ligt_niet_in_de_toekomst,
        afsluiten.zaak_is_klaar_om_te_sluiten,
    ),
    binnen=(
        regels.status_mag_gezet_worden,
        regels.zaak_is_nog_niet_gearchiveerd,
        regels.zetter_heeft_rol_in_zaak,
        afsluiten.hoofdzaak_is_open,
    ),
    gevolgen=(van_open_zaak.muteert_de_zaak, afsluiten.sluit_of_heropen),
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
    rechten=rechten(Resultaat.zaak),
    scopes=ONDERDEEL,
    filters=filters(Resultaat, "zaak resultaattype"),
    expand=("zaak", "resultaattype"),
    regels=(
        verwijst_naar("resultaattype", "selectielijstklasse", lijst="resultaattypen", gepubliceerd=False),
        regels.resultaattype_hoort_bij_zaaktype,
        onveranderlijk("zaak", "resultaattype"),
        archiveren.bron_verandert,
    ),
    binnen=(regels.gesloten_zaak_is_beschermd, uniek("zaak", naam="zaak")),
    voor_verwijderen=(archiveren.bron_verandert,),
    bij_verwijderen=(regels.gesloten_zaak_is_beschermd,),
    gevolgen=(van_open_zaak.muteert_de_zaak, archiveren.volg_resultaat),
    hoofd="zaak",
    weergave=lambda rij: rij["toelichting"],
)

ROL = Bron(
    pad="rollen",
    enkelvoud="rol",
    model=Rol,
    lees=schemas.RolUit,
    schrijf=schemas.RolIn,
    operaties=("lijst", "maak", "haal", "vervang", "verwijder"),
    betrokkenen=lambda rij: uit_rol(rij["betrokkeneIdentificatie"]),
    rechten=rechten(Rol.zaak),
    scopes=ONDERDEEL,
    filters=ROLFILTERS,
    expand=("zaak", "roltype", "statussen"),
    afgeleid={"statussen": kinderen(lambda: Status.gezetdoor)},
    regels=(
        verwijst_naar("roltype", "omschrijvingGeneriek", lijst="roltypen", gepubliceerd=False),
        regels.roltype_hoort_bij_zaaktype,
        regels.betrokkene_is_bekend,
        regels.vertegenwoordiger_is_gemachtigd,
        regels.geldigheid_loopt_vooruit,
        regels.leid_rol_af,
        onveranderlijk("zaak", "roltype", "betrokkene_type"),
    ),
    binnen=(regels.gesloten_zaak_is_beschermd, regels.hoogstens_een_initiator),
    bij_verwijderen=(regels.gesloten_zaak_is_beschermd,),
    hoofd="zaak",
    meldt=("create", "update", "destroy"),
    weergave=lambda rij: rij["omschrijving"],
)

ZAAKEIGENSCHAP = Bron(
    pad="zaken/{zaak}/zaakeigenschappen",
    enkelvoud="zaakeigenschap",
    model=ZaakEigenschap,
    lees=schemas.ZaakEigenschapUit,
    schrijf=schemas.ZaakEigenschapIn,
    rechten=rechten(ZaakEigenschap.zaak),
    scopes=ONDERDEEL,
    gepagineerd=False,
    expand=("zaak", "eigenschap"),
    regels=(
        verwijst_naar("eigenschap", "naam", "specificatie", lijst="eigenschappen", gepubliceerd=False),
        regels.eigenschap_hoort_bij_zaaktype,
        regels.eigenschap_blijft,
        regels.waarde_past_bij_specificatie,
        archiveren.bron_verandert,
    ),
    binnen=(regels.gesloten_zaak_is_beschermd,),
    voor_verwijderen=(archiveren.bron_verandert,),
    bij_verwijderen=(regels.gesloten_zaak_is_beschermd,),
    gevolgen=(archiveren.herbereken,),
    hoofd="zaak",
    weergave=lambda rij: rij["naam"],
)

ZAAKINFORMATIEOBJECT = Bron(
    pad="zaakinformatieobjecten",
    enkelvoud="zaakinformatieobject",
    model=ZaakInformatieObject,
    lees=schemas.ZaakInformatieObjectUit,
    schrijf=schemas.ZaakInformatieObjectIn,
    rechten=rechten(ZaakInformatieObject.zaak),
    scopes=ONDERDEEL | {"maak": KOPPELEN, "verwijder": ONTKOPPELEN},
    gepagineerd=False,
    filters=filters(ZaakInformatieObject, "zaak informatieobject"),
    expand=("informatieobject", "zaak", "status"),
    afgeleid={"aard_relatie_weergave": waarde(lambda: literal("Hoort bij, omgekeerd: kent"))},
    regels=(
        verwijst_naar(
            "informatieobject", "informatieobjecttype", lijst="enkelvoudiginformatieobjecten", gepubliceerd=False
        ),  # zrc-003
        regels.documenttype_past_bij_zaaktype,
        regels.leid_koppeling_af,
        onveranderlijk("zaak", "informatieobject"),
    ),
    binnen=(regels.gesloten_zaak_is_beschermd, regels.zaak_is_nog_niet_gearchiveerd, uniek("zaak", "informatieobject")),
    bij_verwijderen=(regels.gesloten_zaak_is_beschermd,),
    gevolgen=(van_open_zaak.muteert_de_zaak,),
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

RESERVEREN = "/zaaknummer_reserveren"


def _routes(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
    audit_routes(ZAAK)(blauwdruk, omgeving)
    reserveer = reserveer_route(RESERVEREN, regels.NUMMERING, "zaaknummer", "zrc", AANMAKEN)
    reserveer(blauwdruk, omgeving)
    samengesteld.voeg_routes_toe(blauwdruk, omgeving)


ZAKEN = Registratie(
    naam="zaken",
    titel="Zaken API",
    versie="1.7.0",
    bronnen=(ZAAK, STATUS_BRON, RESULTAAT, ROL, ZAAKEIGENSCHAP, ZAAKINFORMATIEOBJECT, *RELATIES),
    audit=Audittrail,
    routes=_routes,
    paden=(
        *audit_paden(ZAAK, "zaak_uuid", AuditTrailUit),
        reserveer_pad(RESERVEREN, schemas.Zaaknummer, AANMAKEN),
        *samengesteld.PADEN,
    ),
)
