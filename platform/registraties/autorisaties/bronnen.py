"""De resources van de Autorisaties API, als declaraties."""

from sqlalchemy import select

from integratie.autorisaties import schemas
from kit import Bron, Filter, Registratie, ZgwRechten
from kit.bron import Kanaal, Route
from kit.versies import na_wijziging
from registraties.autorisaties import regels
from registraties.autorisaties.consumer import consumer_route
from registraties.autorisaties.modellen import Applicatie, Client

LEZEN = ("autorisaties.lezen",)
BIJWERKEN = ("autorisaties.bijwerken",)

APPLICATIE = Bron(
    pad="applicaties",
    enkelvoud="applicatie",
    model=Applicatie,
    lees=schemas.ApplicatieUit,
    schrijf=schemas.ApplicatieIn,
    rechten=ZgwRechten("ac"),
    scopes={
        "lijst": LEZEN,
        "haal": LEZEN,
        "maak": BIJWERKEN,
        "vervang": BIJWERKEN,
        "wijzig": BIJWERKEN,
        "verwijder": BIJWERKEN,
    },
    filters={
        "clientIds": Filter(
            list[str],
            lambda ids, _omgeving: Applicatie.id.in_(select(Client.applicatie).where(Client.client_id.in_(ids))),
        )
    },
    regels=(regels.alles_of_autorisaties, regels.autorisaties_zijn_compleet, regels.schoon_autorisaties),
    gevolgen=(regels.leg_client_ids_vast, na_wijziging("autorisaties")),
    kanaal=Kanaal("autorisaties"),
    weergave=lambda rij: rij["label"],
)

AUTORISATIES = Registratie(
    naam="autorisaties",
    titel="Autorisaties API",
    versie="1.1.0",
    bronnen=(APPLICATIE,),
    routes=consumer_route(APPLICATIE),
    paden=(
        Route(
            pad="/applicaties/consumer",
            methode="get",
            operatie="applicatie_consumer",
            lees=schemas.ApplicatieUit,
            scopes=LEZEN,
            parameters={"clientId": str},
        ),
    ),
)
