"""De resources van de Klantinteracties API, als declaraties."""

from integratie.betrokkene import uit_partij
from integratie.klantinteracties import schemas
from kit import Bron, Registratie, filters, kinderen, waarde
from kit.bron import Kanaal, Route
from kit.regels import uniek
from registraties.klantinteracties import afgeleid, partijregels, regels, zoeken
from registraties.klantinteracties.betrokkenen import achter, bij_contact
from registraties.klantinteracties.diensten import RECHTEN, routes
from registraties.klantinteracties.koppelingen import meld_zaakkoppeling, ontkoppel_zaken
from registraties.klantinteracties.modellen import (
    Actor,
    ActorKlantcontact,
    Betrokkene,
    Bijlage,
    Categorie,
    CategorieRelatie,
    DigitaalAdres,
    InterneTaak,
    Klantcontact,
    Onderwerpobject,
    Partij,
    PartijIdentificator,
    Rekeningnummer,
    Vertegenwoordiging,
)

ADRESVOORKEUR = ("voorkeurs_digitaal_adres", "digitale_adressen")
REKENINGVOORKEUR = ("voorkeurs_rekeningnummer", "rekeningnummers")

# Vrije tekst (notitie, toelichting, gevraagde handeling) gaat niet mee in notificaties: daar kan een persoonsnummer in staan.
PARTIJ = Bron(
    pad="partijen",
    enkelvoud="partij",
    model=Partij,
    lees=schemas.PartijUit,
    schrijf=schemas.PartijIn,
    betrokkenen_achter=achter("uuid"),
    rechten=RECHTEN,
    zoek=True,
    filters=filters(Partij, "nummer indicatieActief indicatieGeheimhouding soortPartij")
    | zoeken.in_adres(Partij.bezoekadres, "bezoekadres")
    | zoeken.in_adres(Partij.correspondentieadres, "correspondentieadres")
    | zoeken.van_partij(),
    expand=("betrokkenen", "categorieRelaties", "digitaleAdressen"),
    expandpaden=("betrokkenen", "betrokkenen.hadKlantcontact", "categorieRelaties", "digitaleAdressen"),
    afgeleid={
        "betrokkenen": kinderen(lambda: Betrokkene.was_partij),
        "digitale_adressen": kinderen(lambda: DigitaalAdres.verstrekt_door_partij),
        "partij_identificatoren": afgeleid.partij_identificatoren(),
        "partij_identificatie": afgeleid.partij_identificatie(),
        "categorie_relaties": afgeleid.categorie_relaties(),
        "vertegenwoordigden": afgeleid.vertegenwoordigden(),
        "rekeningnummers": kinderen(lambda: Rekeningnummer.partij),
    },
    regels=(
        regels.groep_past_bij_soort("soort_partij", "partij_identificatie", regels.PARTIJSOORTEN),
        partijregels.werkt_voor_organisatie,
        partijregels.gekoppelde_bestaan("digitale_adressen", DigitaalAdres),
        partijregels.gekoppelde_bestaan("rekeningnummers", Rekeningnummer),
    ),
    binnen=(
        regels.nummer_is_vrij("nummer"),
        partijregels.blijft_organisatie_van_contactpersonen,
        partijregels.voorkeur_is_eigen(*ADRESVOORKEUR, DigitaalAdres.verstrekt_door_partij),
        partijregels.voorkeur_is_eigen(*REKENINGVOORKEUR, Rekeningnummer.partij),
    ),
    gevolgen=(
        regels.geef_nummers("nummer"),
        partijregels.koppel(
            "digitale_adressen",
            DigitaalAdres.verstrekt_door_partij,
            Partij.voorkeurs_digitaal_adres,
            is_standaard_adres=False,
        ),
        partijregels.koppel("rekeningnummers", Rekeningnummer.partij, Partij.voorkeurs_rekeningnummer),
        partijregels.schrijf_identificatoren,
    ),
    bij_verwijderen=(partijregels.laat_adressen_los,),
    kanaal=Kanaal("partijen", ("nummer", "soortPartij")),
)

IDENTIFICATOR = Bron(
    pad="partij-identificatoren",
    enkelvoud="partijidentificator",
    model=PartijIdentificator,
    lees=schemas.PartijIdentificatorUit,
    schrijf=schemas.PartijIdentificatorIn,
    betrokkenen=lambda rij: uit_partij(rij["partijIdentificator"]),
    rechten=RECHTEN,
    zoek=True,
    filters=filters(PartijIdentificator, "anderePartijIdentificator")
    | zoeken.in_groep(PartijIdentificator.partij_identificator, "partijIdentificator", zoeken.OBJECTDELEN),
    regels=(partijregels.houdt_zijn_uuid, partijregels.hangt_onder_een_kvk_nummer),
    binnen=(partijregels.heeft_geen_onderliggende,),
    bij_verwijderen=(partijregels.heeft_geen_onderliggende,),
)

CATEGORIE = Bron(
    pad="categorieen",
    enkelvoud="categorie",
    model=Categorie,
    lees=schemas.CategorieUit,
    schrijf=schemas.CategorieIn,
    rechten=RECHTEN,
)

CATEGORIERELATIE = Bron(
    pad="categorie-relaties",
    enkelvoud="categorierelatie",
    model=CategorieRelatie,
    lees=schemas.CategorieRelatieUit,
    schrijf=schemas.CategorieRelatieIn,
    betrokkenen_achter=achter("partij"),
    rechten=RECHTEN,
    filters=filters(CategorieRelatie, "beginDatum eindDatum") | zoeken.van_relatie(),
    afgeleid={"categorie": afgeleid.categorie()},
    regels=(partijregels.begint_vandaag,),
)

REKENINGNUMMER = Bron(
    pad="rekeningnummers",
    enkelvoud="rekeningnummer",
    model=Rekeningnummer,
    lees=schemas.RekeningnummerUit,
    schrijf=schemas.RekeningnummerIn,
    betrokkenen_achter=achter("partij"),
    rechten=RECHTEN,
    zoek=True,
    filters=filters(Rekeningnummer, "iban bic") | zoeken.van_rekening(),
    bij_verwijderen=(partijregels.verdwijnt_als_voorkeur(Partij.voorkeurs_rekeningnummer),),
    gevolgen=(partijregels.verhuist_zonder_voorkeur(Rekeningnummer.partij, Partij.voorkeurs_rekeningnummer),),
)

VERTEGENWOORDIGING = Bron(
    pad="vertegenwoordigingen",
    enkelvoud="vertegenwoordiging",
    model=Vertegenwoordiging,
    lees=schemas.VertegenwoordigingUit,
    schrijf=schemas.VertegenwoordigingIn,
    betrokkenen_achter=achter("vertegenwoordigendePartij", "vertegenwoordigdePartij"),
    rechten=RECHTEN,
    filters=zoeken.verwijst("vertegenwoordigendePartij", Vertegenwoordiging.vertegenwoordigende_partij)
    | zoeken.verwijst("vertegenwoordigdePartij", Vertegenwoordiging.vertegenwoordigde_partij),
    regels=(partijregels.vertegenwoordigt_niet_zichzelf,),
    binnen=(uniek("vertegenwoordigende_partij", "vertegenwoordigde_partij"),),
)

DIGITAALADRES = Bron(
    pad="digitaleadressen",
    enkelvoud="digitaaladres",
    model=DigitaalAdres,
    lees=schemas.DigitaalAdresUit,
    schrijf=schemas.DigitaalAdresIn,
    betrokkenen_achter=achter("verstrektDoorPartij"),
    rechten=RECHTEN,
    zoek=True,
    filters=filters(
        DigitaalAdres,
        "adres isStandaardAdres referentie soortDigitaalAdres verificatieDatum verificatieDatum__gt "
        "verificatieDatum__gte verificatieDatum__lt verificatieDatum__lte",
    )
    | zoeken.van_adres(),
    expand=("verstrektDoorBetrokkene",),
    expandpaden=(
        "verstrektDoorBetrokkene",
        "verstrektDoorBetrokkene.hadKlantcontact",
        "verstrektDoorBetrokkene.hadKlantcontact.leiddeTotInterneTaken",
    ),
    regels=(partijregels.adres_klopt, partijregels.nieuw_adres_is_niet_geverifieerd),
    bij_verwijderen=(partijregels.verdwijnt_als_voorkeur(Partij.voorkeurs_digitaal_adres),),
    binnen=(partijregels.maak_plaats_voor_standaard,),
    gevolgen=(
        partijregels.verhuist_zonder_voorkeur(DigitaalAdres.verstrekt_door_partij, Partij.voorkeurs_digitaal_adres),
    ),
)

KLANTCONTACT = Bron(
    pad="klantcontacten",
    enkelvoud="klantcontact",
    model=Klantcontact,
    lees=schemas.KlantcontactUit,
    schrijf=schemas.KlantcontactIn,
    betrokkenen_achter=bij_contact("uuid"),
    rechten=RECHTEN,
    zoek=True,
    filters=filters(
        Klantcontact, "nummer referentienummer kanaal indicatieContactGelukt vertrouwelijk plaatsgevondenOp"
    )
    | zoeken.van_contact(),
    ordening=("plaatsgevondenOp",),
    expand=("gingOverOnderwerpobjecten", "hadBetrokkenen", "leiddeTotInterneTaken", "omvatteBijlagen"),
    expandpaden=(
        "gingOverOnderwerpobjecten",
        "hadBetrokkenen",
        "hadBetrokkenen.digitaleAdressen",
        "hadBetrokkenen.wasPartij",
        "leiddeTotInterneTaken",
        "omvatteBijlagen",
    ),
    afgeleid={
        "ging_over_onderwerpobjecten": kinderen(lambda: Onderwerpobject.klantcontact),
        "had_betrokken_actoren": afgeleid.betrokken_actoren(),
        "had_betrokkenen": kinderen(lambda: Betrokkene.had_klantcontact),
        "leidde_tot_interne_taken": kinderen(lambda: InterneTaak.aanleidinggevend_klantcontact),
        "omvatte_bijlagen": kinderen(lambda: Bijlage.was_bijlage_van_klantcontact),
    },
    regels=(regels.geen_vervolg_na_gelukt_contact, regels.kanaal_staat_in_de_lijst),
    binnen=(regels.nummer_is_vrij("nummer", "referentienummer"),),
    gevolgen=(regels.geef_nummers("nummer", "referentienummer"),),
    bij_verwijderen=(ontkoppel_zaken,),
    kanaal=Kanaal("klantcontacten", ("indicatieContactGelukt", "verdereActieOndernomen", "hoofdOnderwerpType")),
)

BETROKKENE = Bron(
    pad="betrokkenen",
    enkelvoud="betrokkene",
    model=Betrokkene,
    lees=schemas.BetrokkeneUit,
    schrijf=schemas.BetrokkeneIn,
    betrokkenen_achter=achter("wasPartij"),
    rechten=RECHTEN,
    zoek=True,
    filters=filters(Betrokkene, "organisatienaam")
    | zoeken.in_groep(
        Betrokkene.contactnaam, "contactnaam", ("voorletters", "voornaam", "voorvoegselAchternaam", "achternaam")
    )
    | zoeken.van_betrokkene(),
    expand=("digitaleAdressen", "wasPartij", "hadKlantcontact"),
    expandpaden=("digitaleAdressen",),
    afgeleid={
        "digitale_adressen": kinderen(lambda: DigitaalAdres.verstrekt_door_betrokkene),
        "volledige_naam": waarde(lambda: Betrokkene.contactnaam, afgeleid.volledige_naam),
    },
)

ONDERWERPOBJECT = Bron(
    pad="onderwerpobjecten",
    enkelvoud="onderwerpobject",
    model=Onderwerpobject,
    lees=schemas.OnderwerpobjectUit,
    schrijf=schemas.OnderwerpobjectIn,
    operaties=("lijst", "maak", "haal", "vervang", "wijzig"),
    betrokkenen_achter=bij_contact("klantcontact"),
    rechten=RECHTEN,
    zoek=True,
    filters=zoeken.verwijst("klantcontact", Onderwerpobject.klantcontact)
    | zoeken.verwijst("wasKlantcontact", Onderwerpobject.was_klantcontact)
    | zoeken.in_groep(Onderwerpobject.onderwerpobjectidentificator, "onderwerpobjectidentificator", zoeken.OBJECTDELEN),
    regels=(regels.gaat_niet_over_zichzelf,),
    gevolgen=(meld_zaakkoppeling,),
)

BIJLAGE = Bron(
    pad="bijlagen",
    enkelvoud="bijlage",
    model=Bijlage,
    lees=schemas.BijlageUit,
    schrijf=schemas.BijlageIn,
    betrokkenen_achter=bij_contact("wasBijlageVanKlantcontact"),
    rechten=RECHTEN,
    filters=zoeken.van_bijlage(),
)

INTERNETAAK = Bron(
    pad="internetaken",
    enkelvoud="internetaak",
    model=InterneTaak,
    lees=schemas.InterneTaakUit,
    schrijf=schemas.InterneTaakIn,
    betrokkenen_achter=bij_contact("aanleidinggevendKlantcontact"),
    rechten=RECHTEN,
    filters=filters(InterneTaak, "nummer referentienummer status toegewezenOp") | zoeken.van_taak(),
    ordening=("toegewezenOp",),
    afgeleid={
        "toegewezen_aan_actor": afgeleid.eerste_actor(),
        "toegewezen_aan_actoren": afgeleid.toegewezen_actoren(),
    },
    regels=(regels.een_manier_van_toewijzen, regels.afgehandeld_als_verwerkt),
    binnen=(regels.nummer_is_vrij("nummer", "referentienummer"),),
    gevolgen=(regels.geef_nummers("nummer", "referentienummer"), regels.wijs_toe),
    kanaal=Kanaal("internetaken", ("nummer", "status")),
)

ACTOR = Bron(
    pad="actoren",
    enkelvoud="actor",
    model=Actor,
    lees=schemas.ActorUit,
    schrijf=schemas.ActorIn,
    rechten=RECHTEN,
    filters=filters(Actor, "indicatieActief soortActor", naam=zoeken.bevat(Actor.naam))
    | zoeken.in_groep(Actor.actoridentificator, "actoridentificator", zoeken.OBJECTDELEN),
    regels=(regels.groep_past_bij_soort("soort_actor", "actor_identificatie", regels.ACTORSOORTEN),),
)

ACTORKLANTCONTACT = Bron(
    pad="actorklantcontacten",
    enkelvoud="actorklantcontact",
    model=ActorKlantcontact,
    lees=schemas.ActorKlantcontactUit,
    schrijf=schemas.ActorKlantcontactIn,
    betrokkenen_achter=bij_contact("klantcontact"),
    rechten=RECHTEN,
    filters=zoeken.verwijst("actor", ActorKlantcontact.actor)
    | zoeken.verwijst("klantcontact", ActorKlantcontact.klantcontact),
)

KLANTINTERACTIES = Registratie(
    naam="klantinteracties",
    titel="Klantinteracties API",
    versie="0.9.0",
    put_behoudt=True,
    bronnen=(
        PARTIJ,
        IDENTIFICATOR,
        CATEGORIE,
        CATEGORIERELATIE,
        REKENINGNUMMER,
        VERTEGENWOORDIGING,
        DIGITAALADRES,
        KLANTCONTACT,
        BETROKKENE,
        ONDERWERPOBJECT,
        BIJLAGE,
        INTERNETAAK,
        ACTOR,
        ACTORKLANTCONTACT,
    ),
    routes=routes,
    paden=(
        Route(
            pad="/maak-klantcontact",
            methode="post",
            operatie="klantcontact_met_betrokkene",
            schrijf=schemas.MaakKlantcontactIn,
            lees=schemas.MaakKlantcontactUit,
            status=201,
            koppen=("Idempotency-Key",),
        ),
        Route(
            pad="/klantcontacten/_afronden",
            methode="post",
            operatie="klantcontact_afronden",
            schrijf=schemas.AfrondenIn,
            lees=schemas.AfrondenUit,
            status=201,
            koppen=("Idempotency-Key",),
            uitbreiding="Een klantcontact met alles wat erbij hoort in één transactie, met een Idempotency-Key precies één keer.",
        ),
        Route(
            pad="/onderwerpobjecten/{uuid}",
            methode="delete",
            operatie="onderwerpobject_verwijder",
            status=204,
            ook={"200": schemas.OnderwerpobjectVerwijderd},
            parameters={"cascade": bool},
        ),
    ),
)
