"""Wat er verder aan een zaak hangt: objecten, besluiten, contacten, verzoeken, notities en substatussen."""

from sqlalchemy import case, null

from integratie.zaken import schemas
from integratie.zaken.betrokkenen import BETROKKENEN
from kit import Bron, filters, waarde
from kit.bron import Spiegel
from kit.regels import onveranderlijk, uniek, verwijst_naar
from registraties.zaken import archiveren, regels, regels_relaties, van_open_zaak
from registraties.zaken.modellen import (
    KlantContact,
    SubStatus,
    ZaakBesluit,
    ZaakContactMoment,
    ZaakNotitie,
    ZaakObject,
    ZaakVerzoek,
)
from registraties.zaken.rechten import BIJWERKEN, KOPPELEN, LEZEN, ONDERDEEL, ONTKOPPELEN, STATUS, rechten

KLEIN = ("lijst", "maak", "haal", "verwijder")
BESCHERMD = (regels.gesloten_zaak_is_beschermd,)


def _spiegel(veld: str, lijst: str) -> Spiegel:
    """Dezelfde relatie in de verouderde Verzoeken of Contactmomenten API waar het verzoek of contact staat, als die geregistreerd is."""
    return Spiegel(bij=veld, pad=lijst, velden={veld: veld, "object": "zaak"}, vast={"objectType": "zaak"})


ZAAKOBJECT = Bron(
    pad="zaakobjecten",
    enkelvoud="zaakobject",
    model=ZaakObject,
    lees=schemas.ZaakObjectUit,
    schrijf=schemas.ZaakObjectIn,
    alleen_schrijven=("betrokkeneIdentificatie",),
    rechten=rechten(ZaakObject.zaak),
    scopes=ONDERDEEL | {"maak": KOPPELEN, "verwijder": ONTKOPPELEN},
    filters=filters(ZaakObject, "zaak object objectType"),
    expand=("zaak", "object", "zaakobjecttype"),
    afgeleid={
        "betrokkene_identificatie": waarde(
            lambda: case((ZaakObject.object_type.in_(BETROKKENEN), ZaakObject.object_identificatie), else_=null())
        )
    },
    regels=(
        verwijst_naar("object"),
        verwijst_naar("zaakobjecttype", "anderObjecttype", lijst="zaakobjecttypen", gepubliceerd=False),
        regels_relaties.neem_betrokkene_over,
        regels_relaties.object_is_bekend,
        regels_relaties.overige_is_beschreven,
        regels_relaties.object_past_bij_definitie,
        regels_relaties.zaakobjecttype_hoort_bij_zaaktype,
        onveranderlijk("zaak", "object", "object_type", "zaakobjecttype"),
        archiveren.bron_verandert,
    ),
    binnen=BESCHERMD,
    voor_verwijderen=(archiveren.bron_verandert,),
    bij_verwijderen=BESCHERMD,
    gevolgen=(van_open_zaak.muteert_de_zaak, archiveren.herbereken),
    hoofd="zaak",
    weergave=lambda rij: rij["relatieomschrijving"] or rij["object_type"],
)

ZAAKBESLUIT = Bron(
    pad="zaken/{zaak}/besluiten",
    enkelvoud="zaakbesluit",
    model=ZaakBesluit,
    lees=schemas.ZaakBesluitUit,
    schrijf=schemas.ZaakBesluitIn,
    operaties=KLEIN,
    rechten=rechten(ZaakBesluit.zaak),
    scopes=ONDERDEEL,
    gepagineerd=False,
    expand=("besluit",),
    regels=(
        verwijst_naar("besluit", "besluittype", "ingangsdatum", lijst="besluiten", gepubliceerd=False),
        regels_relaties.besluit_hoort_bij_zaak,
        archiveren.bron_verandert,
    ),
    binnen=(*BESCHERMD, uniek("zaak", "besluit")),
    voor_verwijderen=(regels_relaties.besluit_is_weg, archiveren.bron_verandert),
    bij_verwijderen=BESCHERMD,
    gevolgen=(archiveren.herbereken,),
    hoofd="zaak",
    meldt=("create",),
    weergave=lambda rij: rij["besluit"],
)

KLANTCONTACT = Bron(
    pad="klantcontacten",
    enkelvoud="klantcontact",
    model=KlantContact,
    lees=schemas.KlantContactUit,
    schrijf=schemas.KlantContactIn,
    operaties=("lijst", "maak", "haal"),
    rechten=rechten(KlantContact.zaak),
    scopes=ONDERDEEL,
    filters=filters(KlantContact, "zaak"),
    regels=(regels_relaties.contact_is_geweest,),
    binnen=(*BESCHERMD, regels_relaties.nummer_het_klantcontact, uniek("identificatie", naam="identificatie")),
    hoofd="zaak",
    meldt=("create",),
    weergave=lambda rij: rij["identificatie"],
)

ZAAKCONTACTMOMENT = Bron(
    pad="zaakcontactmomenten",
    enkelvoud="zaakcontactmoment",
    model=ZaakContactMoment,
    lees=schemas.ZaakContactMomentUit,
    schrijf=schemas.ZaakContactMomentIn,
    operaties=KLEIN,
    rechten=rechten(ZaakContactMoment.zaak),
    scopes=ONDERDEEL,
    gepagineerd=False,
    filters=filters(ZaakContactMoment, "zaak contactmoment"),
    regels=(verwijst_naar("contactmoment", "url", gepubliceerd=False),),
    spiegel=_spiegel("contactmoment", "objectcontactmomenten"),  # zrc-025 (contactmoment)
    binnen=(*BESCHERMD, uniek("zaak", "contactmoment")),
    bij_verwijderen=BESCHERMD,
    hoofd="zaak",
    meldt=("create",),
    weergave=lambda rij: rij["contactmoment"],
)

ZAAKVERZOEK = Bron(
    pad="zaakverzoeken",
    enkelvoud="zaakverzoek",
    model=ZaakVerzoek,
    lees=schemas.ZaakVerzoekUit,
    schrijf=schemas.ZaakVerzoekIn,
    operaties=KLEIN,
    rechten=rechten(ZaakVerzoek.zaak),
    scopes=ONDERDEEL,
    gepagineerd=False,
    filters=filters(ZaakVerzoek, "zaak verzoek"),
    regels=(verwijst_naar("verzoek", "url", gepubliceerd=False),),
    spiegel=_spiegel("verzoek", "objectverzoeken"),  # zrc-024
    binnen=(*BESCHERMD, uniek("zaak", "verzoek")),
    bij_verwijderen=BESCHERMD,
    hoofd="zaak",
    meldt=("create",),
    weergave=lambda rij: rij["verzoek"],
)

TIJDEN = " ".join(
    f"{veld}{vergelijking}"
    for veld in ("aanmaakdatum", "wijzigingsdatum")
    for vergelijking in ("", "__gt", "__gte", "__lt", "__lte")
)
TEKSTEN = " ".join(f"{veld}{zoek}" for veld in ("aangemaaktDoor", "onderwerp", "tekst") for zoek in ("", "__icontains"))

ZAAKNOTITIE = Bron(
    pad="zaaknotities",
    enkelvoud="zaaknotitie",
    model=ZaakNotitie,
    lees=schemas.ZaakNotitieUit,
    schrijf=schemas.ZaakNotitieIn,
    rechten=rechten(ZaakNotitie.gerelateerd_aan),
    scopes=ONDERDEEL,
    filters=filters(ZaakNotitie, f"gerelateerdAan notitieType status {TIJDEN} {TEKSTEN}"),
    regels=(
        regels_relaties.notitie_is_concept,
        regels_relaties.dateer_de_notitie,
        onveranderlijk("gerelateerd_aan"),
    ),
    binnen=BESCHERMD,
    bij_verwijderen=BESCHERMD,
    hoofd="gerelateerd_aan",
    meldt=(),
    weergave=lambda rij: rij["onderwerp"],
)

SUBSTATUS = Bron(
    pad="substatussen",
    enkelvoud="substatus",
    model=SubStatus,
    lees=schemas.SubStatusUit,
    schrijf=schemas.SubStatusIn,
    operaties=("lijst", "maak", "haal"),
    rechten=rechten(SubStatus.zaak),
    scopes={"lijst": LEZEN, "haal": LEZEN, "maak": (*STATUS, *BIJWERKEN)},
    filters=filters(SubStatus, "zaak status doelgroep"),
    ordening=("tijdstip",),
    regels=(regels_relaties.substatus_is_geweest,),
    binnen=(*BESCHERMD, regels_relaties.substatus_hoort_bij_status),
    gevolgen=(van_open_zaak.muteert_de_zaak,),
    hoofd="zaak",
    meldt=("create",),
    weergave=lambda rij: rij["omschrijving"],
    uitbreiding="Wat er binnen een status gebeurt, zoals Open Zaak het kent.",
)
RELATIES = (ZAAKOBJECT, ZAAKBESLUIT, KLANTCONTACT, ZAAKCONTACTMOMENT, ZAAKVERZOEK, ZAAKNOTITIE, SUBSTATUS)
