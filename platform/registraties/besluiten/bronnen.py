"""De resources van de Besluiten API, als declaraties."""

from flask import Blueprint
from sqlalchemy import case, literal

from integratie.audittrail import AuditTrailUit
from integratie.besluiten import schemas
from kern.fouten import ParamFout
from kit import Bron, Omgeving, Registratie, TypeRechten, Wijziging, filters, waarde
from kit.audit import audit_paden, audit_routes
from kit.bron import Kanaal, Spiegel
from kit.regels import uniek, verwijst_naar
from kit.spiegelen import ruim_spiegels_op
from registraties.besluiten import archief, regels
from registraties.besluiten.modellen import Audittrail, Besluit, BesluitInformatieObject
from registraties.besluiten.verwerken import verwerk_pad, verwerk_route

LEZEN = ("besluiten.lezen",)
SCOPES = {
    "lijst": LEZEN,
    "haal": LEZEN,
    "maak": ("besluiten.aanmaken",),
    "vervang": ("besluiten.bijwerken",),
    "wijzig": ("besluiten.bijwerken",),
    "verwijder": ("besluiten.verwijderen",),
}
WEERGAVEN = {
    "tijdelijk": "Besluit met tijdelijke werking",
    "ingetrokken_overheid": "Besluit ingetrokken door overheid",
    "ingetrokken_belanghebbende": "Besluit ingetrokken o.v.v. belanghebbende",
}


def _neem_documentkoppelingen_mee(w: Wijziging[schemas.BesluitIn]) -> list[ParamFout]:
    """brc-009: met een besluit verdwijnen ook de koppelingen in de Documenten API."""
    ruim_spiegels_op(w, BESLUITINFORMATIEOBJECT, [w.id])
    return []


BESLUIT = Bron(
    pad="besluiten",
    enkelvoud="besluit",
    model=Besluit,
    lees=schemas.BesluitUit,
    schrijf=schemas.BesluitIn,
    rechten=TypeRechten("brc", type=Besluit.besluittype),
    scopes=SCOPES,
    filters=filters(Besluit, "identificatie verantwoordelijkeOrganisatie besluittype zaak"),
    expand=("besluittype", "zaak"),
    afgeleid={"vervalreden_weergave": waarde(lambda: case(WEERGAVEN, value=Besluit.vervalreden, else_=literal("")))},
    regels=(
        verwijst_naar("besluittype", "informatieobjecttypen", lijst="besluittypen"),
        verwijst_naar("zaak", "zaaktype", lijst="zaken", gepubliceerd=False),
        regels.datum_is_geweest,
        regels.besluittype_past_bij_zaaktype,
        regels.type_en_zaak_blijven,
        regels.identificatie_blijft,
        regels.zaak_neemt_besluiten_aan,
    ),
    binnen=(regels.nummer_het_besluit, regels.identificatie_is_uniek),
    gevolgen=(archief.vertel_de_zaak,),
    voor_verwijderen=(regels.zaak_laat_besluiten_gaan,),
    bij_verwijderen=(_neem_documentkoppelingen_mee,),
    spiegel=Spiegel(
        api="zaken", pad="{zaak}/besluiten", velden={"besluit": "id"}, zoekbaar=False, als="zaak"
    ),  # brc-006
    kanaal=Kanaal("besluiten", ("verantwoordelijkeOrganisatie", "besluittype", "besluittype.catalogus")),
    weergave=lambda rij: rij["identificatie"],
)

BESLUITINFORMATIEOBJECT = Bron(
    pad="besluitinformatieobjecten",
    enkelvoud="besluitinformatieobject",
    model=BesluitInformatieObject,
    lees=schemas.BesluitInformatieObjectUit,
    schrijf=schemas.BesluitInformatieObjectIn,
    rechten=TypeRechten("brc", type=Besluit.besluittype, via=BesluitInformatieObject.besluit),
    scopes=SCOPES,
    operaties=("lijst", "maak", "haal", "verwijder"),  # brc-004: de relatie zelf verandert niet
    gepagineerd=False,
    filters=filters(BesluitInformatieObject, "besluit informatieobject"),
    expand=("informatieobject", "besluit"),
    regels=(
        verwijst_naar(  # brc-003
            "informatieobject", "informatieobjecttype", lijst="enkelvoudiginformatieobjecten", gepubliceerd=False
        ),
        regels.documenttype_past_bij_besluittype,
    ),
    binnen=(uniek("besluit", "informatieobject"),),
    hoofd="besluit",
    meldt=("create", "destroy"),
    weergave=lambda rij: rij["informatieobject"],
    spiegel=Spiegel(
        api="documenten",
        pad="objectinformatieobjecten",
        velden={"informatieobject": "informatieobject", "object": "besluit"},
        vast={"objectType": "besluit"},
    ),
)


def _routes(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
    audit_routes(BESLUIT)(blauwdruk, omgeving)
    verwerk_route(BESLUIT, BESLUITINFORMATIEOBJECT, SCOPES["maak"])(blauwdruk, omgeving)


BESLUITEN = Registratie(
    naam="besluiten",
    titel="Besluiten API",
    versie="1.1.0",
    bronnen=(BESLUIT, BESLUITINFORMATIEOBJECT),
    audit=Audittrail,
    routes=_routes,
    paden=(*audit_paden(BESLUIT, "besluit_uuid", AuditTrailUit), verwerk_pad(SCOPES["maak"])),
)
