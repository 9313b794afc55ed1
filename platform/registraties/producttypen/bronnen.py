"""De resources van de Producttypen API."""

from flask import Blueprint
from sqlalchemy import func, select

from integratie.producttypen import schemas
from kit import Afgeleid, Bron, Omgeving, Registratie, TokenRechten, filters, waarde
from kit.bron import Kanaal, Vertaling
from kit.regels import uniek
from registraties.producttypen import bestanden, filteren, prijzen, regels, velden
from registraties.producttypen.filteren import bij_producttype, datums
from registraties.producttypen.koppelen import bestaan, leg_vast, organisaties_van_contacten, uuids, via
from registraties.producttypen.modellen import (
    BIJ_CONTACT,
    BIJ_LOCATIE,
    BIJ_ORGANISATIE,
    BIJ_THEMA,
    Actie,
    Bestand,
    Contact,
    ContentElement,
    ContentLabel,
    DmnConfig,
    JsonSchema,
    Link,
    Locatie,
    Organisatie,
    Prijs,
    ProductType,
    Synoniem,
    Thema,
    UniformeProductnaam,
)
from registraties.producttypen.zoeken import zoekfilter

RECHTEN = TokenRechten("producttypen")
ADRESFILTERS = "email__iexact huisnummer__iexact naam__iexact postcode stad straat__iexact telefoonnummer__contains"
GENEST = schemas.ContentElementKort


PRODUCTTYPE = Bron(
    pad="producttypen",
    enkelvoud="producttype",
    model=ProductType,
    lees=schemas.ProductTypeUit,
    schrijf=schemas.ProductTypeIn,
    rechten=RECHTEN,
    filters={**filteren.PRODUCTTYPE, "zoek": zoekfilter()},
    ordening=("naam", "code"),
    afgeleid={
        "gepubliceerd": Afgeleid(
            lambda: func.jsonb_build_array(ProductType.publicatie_start_datum, ProductType.publicatie_eind_datum),
            in_omgeving=lambda periode, omgeving: velden.is_gepubliceerd(periode[0], periode[1], omgeving),
        ),
        "themas": velden.gekoppeld(BIJ_THEMA, Thema, velden.THEMA),
        "locaties": velden.gekoppeld(BIJ_LOCATIE, Locatie, velden.ADRES),
        "organisaties": velden.gekoppeld(BIJ_ORGANISATIE, Organisatie, (*velden.ADRES, "code")),
        "contacten": velden.gekoppeld(BIJ_CONTACT, Contact, ("naam", "email", "telefoonnummer", "rol")),
        "prijzen": velden.PRIJZEN,
        "links": velden.kinderen(Link, ("naam", "url")),
        "acties": velden.ACTIES,
        "bestanden": velden.BESTANDEN,
        "verbruiksobject_schema": velden.schema_in("verbruiksobject_schema_id"),
        "dataobject_schema": velden.schema_in("dataobject_schema_id"),
    },
    regels=(
        regels.dateer,
        regels.upn_is_verplicht_voor_inwoners,
        regels.upn_staat_in_de_upl,
        regels.einde_ligt_na_begin,
        regels.namen_zijn_uniek,
        regels.verwijzingen_zijn_volledig,
        regels.schema_bij_naam("verbruiksobject"),
        regels.schema_bij_naam("dataobject"),
        bestaan("thema_uuids", Thema),
        bestaan("locatie_uuids", Locatie),
        bestaan("organisatie_uuids", Organisatie),
        bestaan("contact_uuids", Contact),
    ),
    binnen=(uniek("code", naam="code"),),
    gevolgen=(
        leg_vast("thema_uuids", BIJ_THEMA),
        leg_vast("locatie_uuids", BIJ_LOCATIE),
        leg_vast("organisatie_uuids", BIJ_ORGANISATIE),
        leg_vast("contact_uuids", BIJ_CONTACT),
        organisaties_van_contacten,
        regels.is_te_vinden("id"),
    ),
    voor_verwijderen=(regels.heeft_geen_producten,),
    vertaling=Vertaling(lees=schemas.ProductTypeVertalingUit, schrijf=schemas.ProductTypeVertalingIn),
    kanaal=Kanaal("producttypen", ("code",)),
)

THEMA = Bron(
    pad="themas",
    enkelvoud="thema",
    model=Thema,
    lees=schemas.ThemaUit,
    schrijf=schemas.ThemaIn,
    schrijf_bij={"partial_update": schemas.ThemaDeels},
    rechten=RECHTEN,
    filters={
        **filters(Thema, "naam gepubliceerd"),
        **datums(Thema, "aanmaak_datum", "update_datum"),
        **via(
            "hoofd_thema",
            {"uuid": uuids(Thema)["uuid"], **filters(Thema, "naam")},
            lambda waar: Thema.hoofd_thema.in_(select(Thema.id).where(waar)),
        ),
        **via(
            "producttypen",
            uuids(ProductType),
            lambda waar: Thema.id.in_(
                select(BIJ_THEMA.c.doel).join(ProductType, BIJ_THEMA.c.producttype == ProductType.id).where(waar)
            ),
        ),
    },
    afgeleid={"producttypen": velden.PRODUCTTYPEN},
    regels=(regels.dateer, bestaan("producttype_uuids", ProductType)),
    binnen=(regels.vormt_geen_kring, regels.hoofdthema_is_gepubliceerd),
    gevolgen=(leg_vast("producttype_uuids", BIJ_THEMA, "doel", "producttype"),),
    bij_verwijderen=(regels.heeft_geen_subthemas,),
)

LOCATIE = Bron(
    pad="locaties",
    enkelvoud="locatie",
    model=Locatie,
    lees=schemas.LocatieUit,
    schrijf=schemas.LocatieIn,
    rechten=RECHTEN,
    filters=filters(Locatie, ADRESFILTERS),
)

ORGANISATIE = Bron(
    pad="organisaties",
    enkelvoud="organisatie",
    model=Organisatie,
    lees=schemas.OrganisatieUit,
    schrijf=schemas.OrganisatieIn,
    rechten=RECHTEN,
    filters=filters(Organisatie, f"code {ADRESFILTERS}"),
    binnen=(uniek("code", naam="code"),),
)

CONTACT = Bron(
    pad="contacten",
    enkelvoud="contact",
    model=Contact,
    lees=schemas.ContactUit,
    schrijf=schemas.ContactIn,
    rechten=RECHTEN,
    filters={
        **filters(Contact, "naam email__iexact rol telefoonnummer__contains"),
        **via(
            "organisatie",
            {"uuid": uuids(Organisatie)["uuid"], **filters(Organisatie, "naam")},
            lambda waar: Contact.organisatie_uuid.in_(select(Organisatie.id).where(waar)),
        ),
    },
    afgeleid={"organisatie": waarde(lambda: velden.organisatie_van(Contact))},
)

CONTENT = Bron(
    pad="content",
    enkelvoud="content",
    model=ContentElement,
    lees=schemas.ContentElementUit,
    schrijf=schemas.ContentElementIn,
    rechten=RECHTEN,
    filters={
        **filters(ContentElement, "content__icontains"),
        **filteren.bij_content(ContentElement.producttype_uuid),
        **via(
            "thema",
            {"uuid": uuids(Thema)["uuid"], **filters(Thema, "naam")},
            lambda waar: ContentElement.thema_uuid.in_(select(Thema.id).where(waar)),
        ),
    },
    regels=(regels.hoort_bij_een,),
    gevolgen=(regels.labels_zijn_bekend, regels.is_te_vinden("producttype_uuid")),
    vertaling=Vertaling(
        lees=schemas.ContentVertalingUit, schrijf=schemas.ContentVertalingIn, operaties=("put", "delete")
    ),
)


def _content_onder(ouder: str, kolom: str, pad: str) -> Bron:
    """De inhoud van één producttype of thema, op volgorde van aanmaken en te kiezen op label."""
    return Bron(
        pad=f"{ouder}/{{{kolom}}}/{pad}",
        enkelvoud=f"{ouder}content",
        model=ContentElement,
        lees=GENEST,
        schrijf=schemas.ContentElementIn,
        operaties=("lijst",),
        rechten=RECHTEN,
        filters=filteren.labels(ContentElement.labels),
        padnamen={kolom: "uuid"},
        vertaling=Vertaling(lees=schemas.ContentVertalingUit, schrijf=schemas.ContentVertalingIn, operaties=()),
    )


CONTENTLABEL = Bron(
    pad="contentlabels",
    enkelvoud="contentlabel",
    model=ContentLabel,
    lees=schemas.ContentLabelUit,
    schrijf=schemas.ContentLabelIn,
    operaties=("lijst",),
    rechten=RECHTEN,
)

PRIJS = Bron(
    pad="prijzen",
    enkelvoud="prijs",
    model=Prijs,
    lees=schemas.PrijsUit,
    schrijf=schemas.PrijsIn,
    alleen_schrijven=("prijsregels",),
    rechten=RECHTEN,
    filters=filteren.PRIJS,
    afgeleid={"prijsregels": Afgeleid(lambda: Prijs.prijsregels, in_omgeving=velden.prijsregels)},
    regels=(regels.opties_of_regels, regels.beslistabellen_van_prijsregels),
    binnen=(uniek("producttype_uuid", "actief_vanaf"),),
    hoofd="producttype_uuid",
)

LINK = Bron(
    pad="links",
    enkelvoud="link",
    model=Link,
    lees=schemas.LinkUit,
    schrijf=schemas.LinkIn,
    rechten=RECHTEN,
    filters={**filters(Link, "naam naam__contains url url__contains"), **bij_producttype(Link.producttype_uuid)},
    hoofd="producttype_uuid",
)

ACTIE = Bron(
    pad="acties",
    enkelvoud="actie",
    model=Actie,
    lees=schemas.ActieUit,
    schrijf=schemas.ActieIn,
    rechten=RECHTEN,
    filters=filteren.ACTIE,
    afgeleid={"url": velden.ADRES_VAN_ACTIE},
    regels=(regels.adres_of_beslistabel,),
    hoofd="producttype_uuid",
)

BESTAND = Bron(
    pad="bestanden",
    enkelvoud="bestand",
    model=Bestand,
    lees=schemas.BestandUit,
    schrijf=schemas.BestandIn,
    schrijf_bij={"partial_update": schemas.BestandDeels},
    alleen_schrijven=("bestand",),
    rechten=RECHTEN,
    multipart=True,
    filters={
        "naam__contains": filters(Bestand, "bestandsnaam__contains")["bestandsnaam__contains"],
        **bij_producttype(Bestand.producttype_uuid),
    },
    afgeleid={"bestand": velden.ADRES_VAN_BESTAND},
    regels=(bestanden.bewaar,),
    hoofd="producttype_uuid",
)

SCHEMA = Bron(
    pad="schemas",
    enkelvoud="schema",
    model=JsonSchema,
    lees=schemas.JsonSchemaUit,
    schrijf=schemas.JsonSchemaIn,
    rechten=RECHTEN,
    filters=filters(JsonSchema, "naam naam__contains"),
    padkolom="nr",
    padnamen={"": "id"},
    regels=(regels.is_een_json_schema,),
    binnen=(uniek("naam", naam="naam"),),
)

DMNCONFIG = Bron(
    pad="dmnconfigs",
    enkelvoud="dmnconfig",
    model=DmnConfig,
    lees=schemas.DmnConfigUit,
    schrijf=schemas.DmnConfigIn,
    rechten=RECHTEN,
    filters=filters(DmnConfig, "naam tabel_endpoint"),
    uitbreiding="De DMN-omgevingen waar acties en prijsregels naar mogen wijzen.",
    binnen=(uniek("naam", naam="naam"), uniek("tabel_endpoint", naam="tabel_endpoint"), regels.omgeving_is_ongebruikt),
    bij_verwijderen=(regels.omgeving_is_ongebruikt,),
)

UPN = Bron(
    pad="uniformeproductnamen",
    enkelvoud="uniformeproductnaam",
    model=UniformeProductnaam,
    lees=schemas.UniformeProductnaamUit,
    schrijf=schemas.UniformeProductnaamIn,
    rechten=RECHTEN,
    filters={
        **filters(UniformeProductnaam, "naam naam__icontains is_verwijderd"),
        "sdg": filteren.een_van(UniformeProductnaam.sdg),
    },
    ordening=("naam",),
    binnen=(uniek("naam", naam="naam"),),
    uitbreiding="De uniforme productnamenlijst met haar SDG-onderwerpen.",
)

SYNONIEM = Bron(
    pad="synoniemen",
    enkelvoud="synoniem",
    model=Synoniem,
    lees=schemas.SynoniemUit,
    schrijf=schemas.SynoniemIn,
    rechten=RECHTEN,
    filters={"woord": filteren.een_van(Synoniem.woorden)},
    regels=(regels.woorden_zijn_vlak,),
    gevolgen=(regels.woorden_zijn_te_verbeteren,),
    uitbreiding="Woorden die bij het zoeken hetzelfde betekenen.",
)


def _routes(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
    prijzen.routes(blauwdruk, omgeving)
    bestanden.routes(blauwdruk, omgeving)


PRODUCTTYPEN = Registratie(
    naam="producttypen",
    titel="Producttypen API",
    versie="1.7.0",
    grootteveld="page_size",
    bronnen=(
        PRODUCTTYPE,
        THEMA,
        LOCATIE,
        ORGANISATIE,
        CONTACT,
        CONTENT,
        _content_onder("producttypen", "producttype_uuid", "content"),
        _content_onder("themas", "thema_uuid", "content-elementen"),
        CONTENTLABEL,
        PRIJS,
        LINK,
        ACTIE,
        BESTAND,
        SCHEMA,
        DMNCONFIG,
        UPN,
        SYNONIEM,
    ),
    routes=_routes,
    paden=(*prijzen.PADEN, *bestanden.PADEN),
)
