"""De resources van de Contactgegevens API, als declaraties."""

from integratie.contactgegevens import schemas
from kit import Bron, Registratie, TokenRechten
from registraties.contactgegevens.modellen import Organisatie, Persoon

RECHTEN = TokenRechten("contactgegevens")

PERSOON = Bron(
    pad="persoon",
    enkelvoud="persoon",
    model=Persoon,
    lees=schemas.PersoonUit,
    schrijf=schemas.PersoonIn,
    rechten=RECHTEN,
    betrokkenen=lambda rij: [("persoon", rij["uuid"])],
)

ORGANISATIE = Bron(
    pad="organisatie",
    enkelvoud="organisatie",
    model=Organisatie,
    lees=schemas.OrganisatieUit,
    schrijf=schemas.OrganisatieIn,
    rechten=RECHTEN,
    betrokkenen=lambda rij: [("organisatie", rij["uuid"])],
)

CONTACTGEGEVENS = Registratie(
    naam="contactgegevens",
    titel="Contactgegevens API",
    versie="1.1.1",
    put_behoudt=True,
    bronnen=(PERSOON, ORGANISATIE),
)
