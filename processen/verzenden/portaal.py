"""Het bericht in MijnGemeente: plaatsen, één keer, en zien of het gelezen is."""

from datetime import datetime, timedelta

from integratie.berichten import BerichtenClient
from integratie.berichten.schemas import BerichtIn, BerichtUit
from integratie.berichten.schemas import Bijlage as Berichtbijlage
from integratie.taken.schemas import IsGerelateerdAan
from integratie.urn import urn_uuid, urn_zaak
from integratie.zaken.rollen import urn_van_rol
from kern.installatie import Installatie
from processen.verzenden.bewijs import Bewijs
from processen.verzenden.post import Post

NAMENS = "verzenden"
PORTAAL = "portaal"
LANGSTE_ONDERWERP, LANGSTE_TEKST, LANGSTE_OMSCHRIJVING = 50, 4000, 40
"""Zoveel tekens kent de standaard voor berichten."""
VERDER = {
    "nl": "\n\nDit bericht is te lang voor MijnGemeente. Wilt u de hele tekst? Neem dan contact met ons op.",
    "en": "\n\nThis message is too long for MijnGemeente. Please contact us if you want the full text.",
}
AFRONDING = timedelta(seconds=1)


def is_gelezen(installatie: Installatie, post: Post) -> bool:
    return any(bericht.geopend_op is not None for bericht in _geplaatst(installatie, post))


def _geplaatst(installatie: Installatie, post: Post) -> list[BerichtUit]:
    """Het bericht van deze zending in MijnGemeente, als het er is."""
    criteria = {"ontvanger": urn_van_rol(post.rol), **_rond(post.rij["aangemaakt"])}
    gevonden = BerichtenClient(installatie, namens=NAMENS).alle_berichten(criteria)
    return [bericht for bericht in gevonden if bericht.referentie == post.referentie]


def in_portaal(installatie: Installatie, post: Post) -> list[Bewijs]:
    """Plaats het bericht in MijnGemeente; de referentie voorkomt een tweede, ook zonder Idempotency-Key."""
    ontvanger = urn_van_rol(post.rol)
    if not ontvanger:
        return []
    gevonden = _geplaatst(installatie, post)
    if not gevonden:
        nieuw = _bericht(installatie, post, ontvanger, post.referentie)
        gevonden = [BerichtenClient(installatie, namens=NAMENS).plaats(nieuw, sleutel=f"zending-{post.rij['id']}")]
    antwoord = f"bericht {gevonden[0].url.rpartition('/')[2]}"
    return [Bewijs(PORTAAL, "MijnGemeente", installatie.klok.nu(), "MijnGemeente", antwoord, post.wat)]


def _rond(moment: datetime) -> dict[str, str]:
    """Berichten die op dit moment gepubliceerd zijn, ook in een register dat op hele seconden afrondt."""
    van, tot = moment - AFRONDING, moment + AFRONDING
    return {"publicatiedatum__gte": van.isoformat(), "publicatiedatum__lte": tot.isoformat()}


def _bericht(installatie: Installatie, post: Post, ontvanger: str, referentie: str) -> BerichtIn:
    rsin = installatie.instellingen.bronorganisatie
    bijlagen = [
        Berichtbijlage(
            informatie_object=urn_uuid(rsin, "informatieobject", document.url.rpartition("/")[2]),
            omschrijving=ingekort(document.titel, LANGSTE_OMSCHRIJVING),
        )
        for document in post.documenten
    ]
    return BerichtIn(
        onderwerp=ingekort(post.gevuld.onderwerp, LANGSTE_ONDERWERP),
        bericht_tekst=ingekort(post.gevuld.tekst, LANGSTE_TEKST, VERDER[post.voorkeur.taal]),
        publicatiedatum=post.rij["aangemaakt"],
        referentie=referentie,
        ontvanger=ontvanger,
        bericht_type=post.rij["soort"][:8],
        is_gerelateerd_aan=[IsGerelateerdAan(urn=urn_zaak(rsin, post.zaak.identificatie))],
        bijlagen=bijlagen,
    )


def ingekort(tekst: str, lengte: int, verder: str = "") -> str:
    """De tekst, of het begin tot een heel woord met een beletselteken: wie hem leest ziet dat er iets af is."""
    if len(tekst) <= lengte:
        return tekst
    begin = tekst[: lengte - len(verder)]
    heel, wit, _ = begin.rpartition(" ")
    return f"{(heel if wit else begin[:-1]).rstrip()}…{verder}"
