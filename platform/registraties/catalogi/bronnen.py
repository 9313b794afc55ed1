"""De resources van de Catalogi API, als declaraties."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import any_, func, literal, select

from integratie.catalogi import schemas
from integratie.typen import OmschrijvingGeneriek
from kit import Afgeleid, Bron, Filter, Omgeving, Registratie, ZgwRechten, filters, kinderen, waarde
from kit.bron import Actie, Gevolg, Kanaal, Regel
from kit.omgeving import id_uit_opslag
from kit.regels import onveranderlijk, uniek
from kit.versies import na_wijziging
from registraties.catalogi import archivering, regels
from registraties.catalogi.historie import (
    begin_en_einde,
    documenttype_van_ziot,
    genoemd_door,
    gerelateerde_zaaktypen,
    in_catalogus,
    is_eindstatus,
    onderdeelfilters,
    resultaattypen_met_besluit,
    van_onderdelen,
    van_zaaktype,
    versiefilters,
    versies,
    versies_bij_onderdeel,
    via_ziot,
    zaakobjecttypefilters,
)
from registraties.catalogi.modellen import (
    Besluittype,
    Catalogus,
    Eigenschap,
    Informatieobjecttype,
    Resultaattype,
    Roltype,
    Statustype,
    Zaakobjecttype,
    Zaaktype,
    ZaaktypeInformatieobjecttype,
)

LEZEN = ("catalogi.lezen",)
SCHRIJVEN = ("catalogi.schrijven",)
BIJWERKEN = ("catalogi.schrijven", "catalogi.geforceerd-schrijven")
VERWIJDEREN = ("catalogi.schrijven", "catalogi.geforceerd-verwijderen")
RECHTEN = ZgwRechten("ztc")
SCOPES: Mapping[str, tuple[str, ...]] = {
    "lijst": LEZEN,
    "haal": LEZEN,
    "maak": SCHRIJVEN,
    "publish": SCHRIJVEN,
    "vervang": BIJWERKEN,
    "wijzig": BIJWERKEN,
    "verwijder": VERWIJDEREN,
}
SCOPES_ONDERDEEL = {**SCOPES, "maak": BIJWERKEN}
DEFINITIEF = {"status": "definitief"}
PUBLICEER = Actie(naam="publish", binnen=(regels.publiceer, regels.versies_overlappen_niet))
PUBLICEER_ZAAKTYPE = Actie(
    naam="publish", binnen=(regels.zaaktype_is_compleet, regels.relaties_zijn_gepubliceerd, *PUBLICEER.binnen)
)
GEVOLGEN = (na_wijziging("catalogi"),)  # wie typen onthoudt, vraagt ze opnieuw


def _naam(rij: Mapping[str, Any]) -> str:
    return str(rij.get("omschrijving") or rij.get("naam") or "")


def _genoemd(namen: Any, doel: type[Any], naam: str) -> Filter:
    """Filter op een verwijzing op naam; de waarde is een naam of een URL van een versie."""

    def voorwaarde(zoek: str, omgeving: Omgeving) -> Any:
        id_ = id_uit_opslag(omgeving.diensten.naar_opslag(zoek), "catalogi")
        gevraagd = select(getattr(doel, naam)).where(doel.id == id_).scalar_subquery()
        return namen(literal(zoek) if id_ is None else gevraagd)

    return Filter(str, voorwaarde)


def _bij_zaaktype(naam: Any) -> Any:
    """Documenttypen die een versie van dit zaaktype noemt."""
    koppeling = (
        select(ZaaktypeInformatieobjecttype.informatieobjecttype)
        .join(Zaaktype, Zaaktype.id == ZaaktypeInformatieobjecttype.zaaktype)
        .where(Zaaktype.identificatie == naam, Zaaktype.catalogus == Informatieobjecttype.catalogus)
    )
    return Informatieobjecttype.omschrijving.in_(koppeling)


CATALOGUS = Bron(
    pad="catalogussen",
    enkelvoud="catalogus",
    model=Catalogus,
    lees=schemas.CatalogusUit,
    schrijf=schemas.CatalogusIn,
    rechten=RECHTEN,
    scopes=SCOPES,
    filters=filters(Catalogus, "domein domein__in rsin rsin__in"),
    expand=("zaaktypen", "besluittypen", "informatieobjecttypen"),
    afgeleid={
        "zaaktypen": in_catalogus(Zaaktype),
        "besluittypen": in_catalogus(Besluittype),
        "besluittype_omschrijving": in_catalogus(Besluittype, "omschrijving"),
        "informatieobjecttypen": in_catalogus(Informatieobjecttype),
        "informatieobjecttype_omschrijving": in_catalogus(Informatieobjecttype, "omschrijving"),
    },
    binnen=(uniek("domein", "rsin"),),
    bij_verwijderen=(regels.catalogus_is_leeg,),
    gevolgen=GEVOLGEN,
    meldt=(),
    weergave=_naam,
)

ZAAKTYPE = Bron(
    pad="zaaktypen",
    enkelvoud="zaaktype",
    model=Zaaktype,
    lees=schemas.ZaakTypeUit,
    schrijf=schemas.ZaakTypeIn,
    rechten=ZgwRechten("ztc", lezers=(("zrc", "zaken.lezen"), ("drc", "documenten.lezen"))),
    scopes=SCOPES,
    filters={
        **filters(Zaaktype, "catalogus identificatie identificatie__icontains omschrijving__icontains"),
        **versiefilters(Zaaktype),
        "trefwoorden": Filter(list[str], lambda woorden, _o: Zaaktype.trefwoorden.contains(woorden)),
    },
    standaard=DEFINITIEF,
    parameters={"datumGeldigheid": date},
    expand=(
        "catalogus",
        "zaakobjecttypen",
        "statustypen",
        "resultaattypen",
        "eigenschappen",
        "informatieobjecttypen",
        "roltypen",
        "besluittypen",
        "deelzaaktypen",
        "gerelateerdeZaaktypen",
    ),
    afgeleid={
        "zaakobjecttypen": kinderen(lambda: Zaakobjecttype.zaaktype),
        "statustypen": kinderen(lambda: Statustype.zaaktype),
        "resultaattypen": kinderen(lambda: Resultaattype.zaaktype),
        "resultaattype_omschrijving": van_onderdelen(Resultaattype, "omschrijving"),
        "eigenschappen": kinderen(lambda: Eigenschap.zaaktype),
        "roltypen": kinderen(lambda: Roltype.zaaktype),
        "informatieobjecttypen": via_ziot(Zaaktype, Informatieobjecttype),
        "informatieobjecttype_omschrijving": van_onderdelen(ZaaktypeInformatieobjecttype, "informatieobjecttype"),
        "besluittypen": versies(Zaaktype.besluittype_omschrijving, Besluittype, "omschrijving"),
        "deelzaaktypen": versies(Zaaktype.deelzaaktype_identificaties, Zaaktype, "identificatie"),
        "gerelateerde_zaaktypen": waarde(gerelateerde_zaaktypen),
        **begin_en_einde(Zaaktype, "identificatie"),
    },
    regels=(
        regels.versie_klopt,
        regels.duren_zijn_echt("doorlooptijd", "servicenorm", "verlengingstermijn"),
        regels.verlenging_klopt,
        regels.bron_is_compleet,
        regels.vul_versiedatum,
        regels.op_naam("besluittypen", "besluittype_omschrijving", Besluittype),
        regels.op_naam("deelzaaktypen", "deelzaaktype_identificaties", Zaaktype),
        regels.relaties_op_naam,
        archivering.procestype_bestaat,
        regels.alleen_concept_wijzigt,  # na de namen: die horen bij wat verandert
    ),
    binnen=(regels.versies_overlappen_niet,),
    voor_verwijderen=(regels.alleen_concept_verdwijnt,),
    gevolgen=GEVOLGEN,
    acties=(PUBLICEER_ZAAKTYPE,),
    kanaal=Kanaal("zaaktypen", ("catalogus",)),
    weergave=_naam,
)

INFORMATIEOBJECTTYPE = Bron(
    pad="informatieobjecttypen",
    enkelvoud="informatieobjecttype",
    model=Informatieobjecttype,
    lees=schemas.InformatieObjectTypeUit,
    schrijf=schemas.InformatieObjectTypeIn,
    rechten=RECHTEN,
    scopes=SCOPES,
    filters={
        **filters(Informatieobjecttype, "catalogus omschrijving omschrijving__icontains"),
        **versiefilters(Informatieobjecttype),
        "zaaktype": _genoemd(_bij_zaaktype, Zaaktype, "identificatie"),
    },
    standaard=DEFINITIEF,
    parameters={"datumGeldigheid": date},
    expand=("catalogus", "zaaktypen", "besluittypen"),
    afgeleid={
        "zaaktypen": via_ziot(Informatieobjecttype, Zaaktype),
        "zaaktype_identificaties": via_ziot(Informatieobjecttype, Zaaktype, "identificatie"),
        "besluittypen": genoemd_door(Besluittype.informatieobjecttype_omschrijvingen, Informatieobjecttype),
        "besluittype_omschrijving": genoemd_door(
            Besluittype.informatieobjecttype_omschrijvingen, Informatieobjecttype, "omschrijving"
        ),
        **begin_en_einde(Informatieobjecttype, "omschrijving"),
    },
    regels=(regels.versie_klopt, regels.alleen_concept_wijzigt),
    binnen=(regels.versies_overlappen_niet,),
    voor_verwijderen=(regels.alleen_concept_verdwijnt,),
    gevolgen=GEVOLGEN,
    acties=(PUBLICEER,),
    kanaal=Kanaal("informatieobjecttypen", ("catalogus",)),
    weergave=_naam,
)

BESLUITTYPE = Bron(
    pad="besluittypen",
    enkelvoud="besluittype",
    model=Besluittype,
    lees=schemas.BesluitTypeUit,
    schrijf=schemas.BesluitTypeIn,
    rechten=RECHTEN,
    scopes=SCOPES,
    filters={
        **filters(Besluittype, "catalogus omschrijving"),
        **versiefilters(Besluittype),
        "zaaktypen": _genoemd(
            lambda naam: Besluittype.omschrijving.in_(
                select(func.unnest(Zaaktype.besluittype_omschrijving)).where(
                    Zaaktype.identificatie == naam, Zaaktype.catalogus == Besluittype.catalogus
                )
            ),
            Zaaktype,
            "identificatie",
        ),
        "informatieobjecttypen": _genoemd(
            lambda naam: naam == any_(Besluittype.informatieobjecttype_omschrijvingen),
            Informatieobjecttype,
            "omschrijving",
        ),
    },
    standaard=DEFINITIEF,
    parameters={"datumGeldigheid": date},
    expand=("catalogus", "zaaktypen", "informatieobjecttypen", "resultaattypen"),
    afgeleid={
        "zaaktypen": genoemd_door(Zaaktype.besluittype_omschrijving, Besluittype),
        "zaaktype_identificaties": genoemd_door(Zaaktype.besluittype_omschrijving, Besluittype, "identificatie"),
        "informatieobjecttypen": versies(
            Besluittype.informatieobjecttype_omschrijvingen, Informatieobjecttype, "omschrijving"
        ),
        "resultaattypen": resultaattypen_met_besluit(),
        "resultaattypen_omschrijving": resultaattypen_met_besluit("omschrijving"),
        "vastgelegd_in": waarde(lambda: Besluittype.informatieobjecttype_omschrijvingen),
        **begin_en_einde(Besluittype, "omschrijving"),
    },
    regels=(
        regels.versie_klopt,
        regels.duren_zijn_echt("reactietermijn", "publicatietermijn"),
        regels.op_naam("informatieobjecttypen", "informatieobjecttype_omschrijvingen", Informatieobjecttype),
        regels.zaaktypen_van_besluittype,
        regels.alleen_concept_wijzigt,
    ),
    binnen=(regels.versies_overlappen_niet,),
    voor_verwijderen=(regels.alleen_concept_verdwijnt,),
    gevolgen=GEVOLGEN,
    acties=(PUBLICEER,),
    kanaal=Kanaal("besluittypen", ("catalogus",)),
    weergave=_naam,
)


def _onderdeel(
    pad: str,
    enkelvoud: str,
    model: type[Any],
    schemas_: tuple[type[Any], type[Any]],
    *,
    filternamen: str,
    filters_: Mapping[str, Filter],
    expand: tuple[str, ...],
    standaard: Mapping[str, str] = DEFINITIEF,
    afgeleid: Mapping[str, Afgeleid] | None = None,
    eigen_regels: tuple[Regel, ...] = (),
    uniek_: tuple[Regel, ...] = (),
    gevolgen: tuple[Gevolg, ...] = (),
) -> Bron:
    """Wat aan één zaaktypeversie hangt: vast zodra het zaaktype gepubliceerd is, zonder eigen notificaties."""
    return Bron(
        pad=pad,
        enkelvoud=enkelvoud,
        model=model,
        lees=schemas_[1],
        schrijf=schemas_[0],
        rechten=RECHTEN,
        scopes=SCOPES_ONDERDEEL,
        filters={**filters(model, filternamen), **filters_},
        standaard=standaard,
        expand=("zaaktype", "catalogus", *expand),
        afgeleid={**van_zaaktype(model), **(afgeleid or {})},
        regels=(
            regels.verhuist_niet_naar_gepubliceerd,
            onveranderlijk("zaaktype"),
            regels.overgenomen_van_zaaktype,
            *eigen_regels,
        ),
        binnen=(regels.zaaktype_is_concept, *uniek_),
        voor_verwijderen=(regels.onderdeel_is_vrij,),
        bij_verwijderen=(regels.zaaktype_is_concept,),
        gevolgen=(*gevolgen, *GEVOLGEN),
        hoofd="zaaktype",
        meldt=(),
        weergave=_naam,
    )


STATUSTYPE = _onderdeel(
    "statustypen",
    "statustype",
    Statustype,
    (schemas.StatusTypeIn, schemas.StatusTypeUit),
    filternamen="zaaktype",
    filters_=onderdeelfilters(Statustype),
    expand=("eigenschappen",),
    afgeleid={
        "is_eindstatus": waarde(is_eindstatus),
        "eigenschappen": kinderen(lambda: Eigenschap.statustype),
    },
    eigen_regels=(regels.duren_zijn_echt("doorlooptijd"), regels.eigenschappen_bij_status),
    uniek_=(uniek("zaaktype", "volgnummer"),),
    gevolgen=(regels.koppel_eigenschappen, regels.waarschuw_bij_nieuwe_eindstatus),
)

RESULTAATTYPE = _onderdeel(
    "resultaattypen",
    "resultaattype",
    Resultaattype,
    (schemas.ResultaatTypeIn, schemas.ResultaatTypeUit),
    filternamen="zaaktype",
    filters_={
        **onderdeelfilters(Resultaattype),
        # Zo staan ze er ook in de standaard, naast de namen in camelCase.
        "datum_geldigheid": onderdeelfilters(Resultaattype)["datumGeldigheid"],
        "zaaktype_identificatie": onderdeelfilters(Resultaattype)["zaaktypeIdentificatie"],
    },
    expand=("besluittypen", "informatieobjecttypen"),
    afgeleid={
        "besluittypen": versies_bij_onderdeel(Resultaattype.besluittype_omschrijving, Besluittype),
        "informatieobjecttypen": versies_bij_onderdeel(
            Resultaattype.informatieobjecttype_omschrijving, Informatieobjecttype
        ),
    },
    eigen_regels=(
        regels.duren_zijn_echt("procestermijn"),
        regels.op_naam("besluittypen", "besluittype_omschrijving", Besluittype, bij_onderdeel=True),
        regels.op_naam(
            "informatieobjecttypen", "informatieobjecttype_omschrijving", Informatieobjecttype, bij_onderdeel=True
        ),
        archivering.brondatum_klopt,  # vóór de selectielijst: die is soms niet na te gaan, en dan hoort dit er nog steeds vooraan te staan
        archivering.selectielijst_klopt,
    ),
)

ROLTYPE = _onderdeel(
    "roltypen",
    "roltype",
    Roltype,
    (schemas.RolTypeIn, schemas.RolTypeUit),
    filternamen="zaaktype",
    filters_={
        **onderdeelfilters(Roltype),
        "omschrijvingGeneriek": Filter(OmschrijvingGeneriek, lambda zoek, _o: Roltype.omschrijving_generiek == zoek),
        "omschrijving": Filter(str, lambda zoek, _o: Roltype.omschrijving.icontains(zoek, autoescape=True)),
    },
    expand=(),
)

EIGENSCHAP = _onderdeel(
    "eigenschappen",
    "eigenschap",
    Eigenschap,
    (schemas.EigenschapIn, schemas.EigenschapUit),
    filternamen="zaaktype",
    filters_=onderdeelfilters(Eigenschap),
    expand=("statustype",),
    eigen_regels=(regels.lengte_past_bij_formaat, regels.statustype_van_hetzelfde_zaaktype),
    uniek_=(uniek("zaaktype", "naam"),),
)

ZIOT = _onderdeel(
    "zaaktype-informatieobjecttypen",
    "zaaktypeinformatieobjecttype",
    ZaaktypeInformatieobjecttype,
    (schemas.ZaakTypeInformatieObjectTypeIn, schemas.ZaakTypeInformatieObjectTypeUit),
    filternamen="zaaktype",
    filters_={
        "status": onderdeelfilters(ZaaktypeInformatieobjecttype)["status"],
        "richting": Filter(schemas.Richting, lambda zoek, _o: ZaaktypeInformatieobjecttype.richting == zoek),
        "informatieobjecttype": _genoemd(
            lambda naam: ZaaktypeInformatieobjecttype.informatieobjecttype == naam, Informatieobjecttype, "omschrijving"
        ),
    },
    expand=("statustype",),
    afgeleid={"informatieobjecttype": documenttype_van_ziot()},
    eigen_regels=(regels.ziot_op_naam, regels.statustype_van_hetzelfde_zaaktype),
    uniek_=(uniek("zaaktype", "volgnummer"),),
)

ZAAKOBJECTTYPE = _onderdeel(
    "zaakobjecttypen",
    "zaakobjecttype",
    Zaakobjecttype,
    (schemas.ZaakObjectTypeIn, schemas.ZaakObjectTypeUit),
    filternamen="zaaktype anderObjecttype objecttype relatieOmschrijving",
    filters_=zaakobjecttypefilters(),
    standaard={},
    expand=("resultaattypen", "statustypen"),
    # De standaard noemt deze relaties wel, maar geeft geen manier om ze te leggen.
    afgeleid={
        "resultaattypen": waarde(lambda: literal(None), lambda _: []),
        "resultaattype_omschrijving": waarde(lambda: literal(None), lambda _: []),
        "statustypen": waarde(lambda: literal(None), lambda _: []),
    },
)

CATALOGI = Registratie(
    naam="catalogi",
    titel="Catalogi API",
    versie="1.3.3",
    onthoud_onder="catalogi",
    bronnen=(
        CATALOGUS,
        ZAAKTYPE,
        STATUSTYPE,
        RESULTAATTYPE,
        ROLTYPE,
        INFORMATIEOBJECTTYPE,
        ZIOT,
        BESLUITTYPE,
        EIGENSCHAP,
        ZAAKOBJECTTYPE,
    ),
)
