"""De resources van de Notificaties API, als declaraties."""

from integratie.notificaties import schemas
from kit import Bron, Registratie, ZgwRechten, filters
from kit.bron import Route
from kit.regels import onveranderlijk, uniek
from registraties.notificaties import regels
from registraties.notificaties.modellen import Abonnement, Kanaal
from registraties.notificaties.publiceren import publiceer_routes

PUBLICEREN = ("notificaties.publiceren",)
CONSUMEREN = ("notificaties.consumeren",)
LEZEN = PUBLICEREN + CONSUMEREN

KANAAL = Bron(
    pad="kanaal",
    enkelvoud="kanaal",
    model=Kanaal,
    lees=schemas.KanaalUit,
    schrijf=schemas.KanaalIn,
    operaties=("lijst", "maak", "haal", "vervang", "wijzig"),  # vervang en wijzig zijn een uitbreiding, ook van [OZ]
    rechten=ZgwRechten("nrc"),
    scopes={"lijst": LEZEN, "haal": LEZEN, "maak": PUBLICEREN, "vervang": PUBLICEREN, "wijzig": PUBLICEREN},
    filters=filters(Kanaal, "naam"),
    gepagineerd=False,
    regels=(onveranderlijk("naam"),),
    binnen=(uniek("naam", naam="naam"),),
)

ABONNEMENT = Bron(
    pad="abonnement",
    enkelvoud="abonnement",
    model=Abonnement,
    lees=schemas.AbonnementUit,
    schrijf=schemas.AbonnementIn,
    schrijf_bij={"partial_update": schemas.AbonnementPatch},
    rechten=ZgwRechten("nrc"),
    scopes={
        "lijst": LEZEN,
        "haal": LEZEN,
        "maak": CONSUMEREN,
        "vervang": CONSUMEREN,
        "wijzig": CONSUMEREN,
        "verwijder": CONSUMEREN,
    },
    gepagineerd=False,
    regels=(regels.alleen_eigenaar, regels.kanalen_bestaan, regels.callback_werkt, regels.versleutel_auth),
    bij_verwijderen=(regels.alleen_eigenaar,),
)

NOTIFICATIES = Registratie(
    naam="notificaties",
    titel="Notificaties API",
    versie="1.0.1",
    bronnen=(KANAAL, ABONNEMENT),
    routes=publiceer_routes(PUBLICEREN),
    paden=(
        Route(
            pad="/notificaties",
            methode="post",
            operatie="notificatie_maak",
            lees=schemas.Notificatie,
            schrijf=schemas.Notificatie,
            status=201,
            scopes=PUBLICEREN,
        ),
        Route(
            pad="/cloudevents",
            methode="post",
            operatie="cloudevent_maak",
            lees=schemas.CloudEvent,
            schrijf=schemas.CloudEvent,
            status=201,
            scopes=PUBLICEREN,
        ),
    ),
)
