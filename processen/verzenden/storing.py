"""Een storing van het digitale kanaal op de laatste dag (Awb 2:21): klanttaken en bezwaartermijnen die dan eindigen lopen door.

De klok van elke zaak rekent zichzelf opnieuw; dit zijn de data die in andere registraties staan. Herhalen verandert niets.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import uuid5

from sqlalchemy import select, union, update

from integratie.besluiten import BesluitenClient
from integratie.taken import TakenClient
from integratie.taken.schemas import ExterneTaakUit, FormulierDetails, FormulierTaakIn, MedewerkerTaakIn
from integratie.urn import ontleed
from integratie.zaken import ZakenClient
from integratie.zaken.schemas import ZaakUit
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from kern.outbox import Verwerker, Werk
from processen.bekendmaken.tabellen import Publicatie
from processen.termijnen.dagen import STORING
from processen.termijnen.kalender import lees_kalender
from processen.termijnen.klok import Kalender, na_storing
from processen.verzenden.escalatie import groepen_van
from processen.verzenden.tabellen import Zending

NAMENS = "processen"
HEROPEND = "storing-heropend"
VERLOPEN = ("niet_uitgevoerd", "verwerkt")
"""Een verlopen taak, en een die het proces daarna al afhandelde."""
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
    _heropen_taken(installatie, eerste, laatste, kalender)
    _verleng_besluiten(installatie, eerste, laatste, kalender)
    _verleng_publicaties(installatie, eerste, laatste, kalender)


def _verleng_taken(installatie: Installatie, eerste: date, laatste: date, kalender: Kalender) -> None:
    client = TakenClient(installatie, namens=NAMENS)
    for taak in list(_taken(client, eerste, laatste)):
        nieuw = na_storing(taak.einddatum_handelings_termijn, kalender)
        if nieuw != taak.einddatum_handelings_termijn:
            client.wijzig_klanttaak(taak.url, einddatumHandelingsTermijn=nieuw.isoformat())


def _heropen_taken(installatie: Installatie, eerste: date, laatste: date, kalender: Kalender) -> None:
    """Wie een storing pas later vastlegt: een formulier dat al verlopen was staat weer klaar, en het team weet ervan."""
    client = TakenClient(installatie, namens=NAMENS)
    for status in VERLOPEN:
        for taak in list(_taken(client, eerste, laatste, status)):
            nieuw = na_storing(taak.einddatum_handelings_termijn, kalender)
            gegeven = taak.details.get("ontvangenGegevens")
            if taak.taak_soort == "formuliertaak" and not gegeven and nieuw > installatie.klok.vandaag():
                _heropen(installatie, client, taak, nieuw)


def _heropen(installatie: Installatie, client: TakenClient, oud: ExterneTaakUit, einddatum: date) -> None:
    """Een taak gaat nooit terug naar open: er komt een nieuwe met hetzelfde formulier. Het kenmerk maakt dat het er één blijft."""
    taak = FormulierTaakIn(
        titel=oud.titel,
        toelichting=oud.toelichting,
        verwerker_taak_id=str(uuid5(oud.uuid, HEROPEND)),
        einddatum_handelings_termijn=einddatum,
        handelings_perspectief=oud.handelings_perspectief,
        is_toegewezen_aan=oud.is_toegewezen_aan,
        is_gerelateerd_aan=oud.is_gerelateerd_aan,
        details=FormulierDetails.model_validate(oud.details),
    )
    client.maak_formuliertaak(taak, sleutel=f"{HEROPEND}-{oud.uuid}")
    zaak = _zaak_van(installatie, oud)
    if zaak is not None:
        _meld_team(installatie, client, oud, zaak, einddatum)


def _meld_team(installatie: Installatie, client: TakenClient, oud: ExterneTaakUit, zaak: ZaakUit, dag: date) -> None:
    verder = "De zaak is al gesloten." if zaak.einddatum else "Het proces ging al verder zonder antwoord."
    taak = MedewerkerTaakIn(
        titel="Klanttaak staat weer open na een storing",
        toelichting=f"{oud.titel}. De termijn eindigde op een dag met een storing en loopt tot en met {dag:%d-%m-%Y} (Awb 2:21). {verder} "
        "Wacht op het antwoord en neem het alsnog mee.",
        kandidaatgroepen=groepen_van(installatie, zaak),
        zaak=zaak.url,
        zaaknummer=zaak.identificatie,
        einddatum=dag,
    )
    client.maak_medewerkertaak(taak, sleutel=f"{HEROPEND}-melding-{oud.uuid}")


def _zaak_van(installatie: Installatie, taak: ExterneTaakUit) -> ZaakUit | None:
    nummers = [nummer for deel in taak.is_gerelateerd_aan if (nummer := ontleed(deel.urn)["zaaknummer"])]
    gevonden = ZakenClient(installatie, namens=NAMENS).zoek_zaken(identificatie=nummers[0]).results if nummers else []
    return gevonden[0] if gevonden else None


def _taken(client: TakenClient, eerste: date, laatste: date, status: str = "open") -> Iterator[ExterneTaakUit]:
    """De klanttaken met deze status die op een dag van de storing eindigen."""
    criteria = {
        "status": status,
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
    verzonden = select(Zending.besluit).where(Zending.besluit.is_not(None), Zending.verzonden.between(van, tot))
    gepubliceerd = select(Publicatie.besluit).where(
        Publicatie.besluit.is_not(None), Publicatie.bekendmaakt, Publicatie.gepubliceerd.between(van.date(), laatste)
    )
    with installatie.db.lezen() as verbinding:
        return [installatie.diensten.naar_url(url) for url in verbinding.scalars(union(verzonden, gepubliceerd)) if url]


def _verleng_publicaties(installatie: Installatie, eerste: date, laatste: date, kalender: Kalender) -> None:
    """Ook de laatste dag die bij een publicatie staat, zoals die voor een zienswijze op een ontwerp (Awb 3:16)."""
    with installatie.db.schrijven() as verbinding:
        eindigt = Publicatie.laatste_dag.between(eerste, laatste)
        for id_, dag in verbinding.execute(select(Publicatie.id, Publicatie.laatste_dag).where(eindigt)):
            if dag is not None and (nieuw := na_storing(dag, kalender)) != dag:
                verbinding.execute(update(Publicatie).where(Publicatie.id == id_).values(laatste_dag=nieuw))
