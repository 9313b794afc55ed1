"""Een storing van het digitale kanaal op de laatste dag (Awb 2:21): klanttaken en bezwaartermijnen die dan eindigen lopen door.

De klok van elke zaak rekent zichzelf opnieuw; dit zijn de data die in andere registraties staan. Herhalen verandert niets.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import select

from integratie.besluiten import BesluitenClient
from integratie.taken import TakenClient
from integratie.taken.schemas import ExterneTaakUit
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from kern.outbox import Verwerker, Werk
from processen.termijnen.dagen import STORING
from processen.termijnen.kalender import lees_kalender
from processen.termijnen.klok import Kalender, na_storing
from processen.verzenden.tabellen import Zending

NAMENS = "processen"
LANGSTE_TERMIJN = timedelta(weeks=14)
"""Ruim de langste reactietermijn: zo lang geleden kan een besluit verstuurd zijn waarvan de laatste dag nu is."""


def verwerkers() -> list[Verwerker]:
    """Wie het werk doet."""
    return [Verwerker(STORING, buiten=verleng)]


def verleng(installatie: Installatie, werk: Werk) -> None:
    """Verschuif wat op een dag van de storing eindigt naar de eerste werkdag erna."""
    eerste, laatste = date.fromisoformat(werk.inhoud["eerste"]), date.fromisoformat(werk.inhoud["laatste"])
    with installatie.db.lezen() as verbinding:
        kalender = lees_kalender(verbinding, laatste)
    _verleng_taken(installatie, eerste, laatste, kalender)
    _verleng_besluiten(installatie, eerste, laatste, kalender)


def _verleng_taken(installatie: Installatie, eerste: date, laatste: date, kalender: Kalender) -> None:
    client = TakenClient(installatie, namens=NAMENS)
    for taak in list(_taken(client, eerste, laatste)):
        nieuw = na_storing(taak.einddatum_handelings_termijn, kalender)
        if nieuw != taak.einddatum_handelings_termijn:
            client.wijzig_klanttaak(taak.url, einddatumHandelingsTermijn=nieuw.isoformat())


def _taken(client: TakenClient, eerste: date, laatste: date) -> Iterator[ExterneTaakUit]:
    """De open klanttaken die op een dag van de storing eindigen."""
    criteria = {
        "status": "open",
        "einddatumHandelingsTermijn__gte": eerste.isoformat(),
        "einddatumHandelingsTermijn__lte": laatste.isoformat(),
    }
    nummer, meer = 1, True
    while meer:
        pagina = client.zoek_klanttaken({**criteria, "page": nummer})
        yield from pagina.results
        nummer, meer = nummer + 1, bool(pagina.next)


def _verleng_besluiten(installatie: Installatie, eerste: date, laatste: date, kalender: Kalender) -> None:
    client = BesluitenClient(installatie, namens="verzenden")
    for url in _bekendgemaakt(installatie, eerste, laatste):
        besluit = client.besluit(url)
        dag = besluit.uiterlijke_reactiedatum
        if dag is not None and (nieuw := na_storing(dag, kalender)) != dag:
            client.wijzig_besluit(url, uiterlijkeReactiedatum=nieuw.isoformat())


def _bekendgemaakt(installatie: Installatie, eerste: date, laatste: date) -> list[str]:
    """De besluiten waarvan de laatste dag om iets te doen op een dag van de storing kan vallen."""
    van = datetime.combine(eerste, datetime.min.time(), NEDERLAND) - LANGSTE_TERMIJN
    tot = datetime.combine(laatste, datetime.max.time(), NEDERLAND)
    vraag = select(Zending.besluit).where(Zending.besluit.is_not(None), Zending.verzonden.between(van, tot)).distinct()
    with installatie.db.lezen() as verbinding:
        return [installatie.diensten.naar_url(url) for url in verbinding.scalars(vraag) if url]
