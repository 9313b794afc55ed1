"""Een productcatalogus om in te zoeken: artikelen met namen en teksten van echte Nederlandse woorden, steeds dezelfde."""

import hashlib
import random
from uuid import UUID

from sqlalchemy import Connection, insert, text

from kern.installatie import Installatie
from kern.tabellen import Toegangssleutel
from registraties.producttypen.modellen import ContentElement, ProductType, Synoniem

TOKEN = "meting.geheim"  # noqa: S105  # een wegwerpdatabase
ONDERWERPEN = ["parkeer", "bewoners", "bezoekers", "hond", "paspoort", "rijbewijs", "grofvuil", "container", "boom", "monument", "dakkapel", "aanbouw", "schuur", "evenement", "markt", "standplaats", "terras", "horeca", "drank", "speelautomaat", "verhuur", "woning", "kamer", "vakantie", "hotel", "school", "leerling", "vervoer", "gehandicapt", "zorg", "huishoud", "bijstand", "schuld", "energie", "warmte", "zonnepaneel", "riool", "water", "bodem", "asbest", "sloop", "bouw", "kap", "milieu", "geluid", "vuurwerk", "begraaf", "graf", "trouw", "geboorte", "adres", "verhuis", "uitkering", "belasting", "reclame", "straat", "tuin", "sport", "zwembad", "cultuur", "subsidie", "vrijwilliger"]  # fmt: skip
VORMEN = [
    "vergunning",
    "ontheffing",
    "subsidie",
    "melding",
    "belasting",
    "kaart",
    "verklaring",
    "toeslag",
    "regeling",
    "uittreksel",
    "pas",
    "plaats",
    "voorziening",
    "controle",
]
HANDELINGEN = [
    "aanvragen",
    "melden",
    "wijzigen",
    "verlengen",
    "opzeggen",
    "betalen",
    "inzien",
    "bezwaar",
    "regelen",
    "registreren",
]
TEKST = ["u", "de", "een", "het", "van", "voor", "bij", "met", "als", "gemeente", "inwoner", "aanvraag", "formulier", "digitaal", "balie", "weken", "besluit", "kosten", "leges", "datum", "bewijs", "kopie", "identiteit", "huurder", "eigenaar", "woning", "straat", "buurt", "auto", "bedrijf", "onderneming", "gezin", "kind", "inkomen", "vermogen", "rekening", "brief", "bericht", "antwoord", "termijn", "regels", "voorwaarden", "uitzondering", "toestemming", "aanvullen", "opsturen", "ophalen", "bezorgen", "afspraak", "telefoon", "bezoek", "wachten", "betalen"]  # fmt: skip
SYNONIEMEN = (
    ("airbnb", "vakantieverhuur", "toeristische verhuur"),
    ("trouwen", "huwelijk", "partnerschap"),
    ("vuilnis", "grofvuil", "afval"),
    ("mantelzorg", "zorgvoorziening"),
)


def vul(installatie: Installatie, aantal: int) -> None:
    """Zet `aantal` artikelen neer, elk met drie contentelementen, met hun zoekindex; en een token dat alles mag."""
    dobbel = random.Random(20260101)  # noqa: S311  # telkens dezelfde catalogus, geen geheim
    with installatie.db.engine.begin() as verbinding:
        for begin in range(0, aantal, 500):
            artikelen = [_artikel(installatie, dobbel, nummer) for nummer in range(begin, min(begin + 500, aantal))]
            verbinding.execute(insert(ProductType), artikelen)
            verbinding.execute(insert(ContentElement), [deel for a in artikelen for deel in _inhoud(dobbel, a["id"])])
        verbinding.execute(insert(Synoniem), [{"woorden": list(groep)} for groep in SYNONIEMEN])
        verbinding.execute(text("SELECT producttypen.vernieuw_zoekregel(id) FROM producttypen.producttype"))
        _geef_toegang(verbinding)
    with installatie.db.engine.connect() as verbinding:
        verbinding.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))


def naam(dobbel: random.Random) -> str:
    """De naam van een artikel, zoals parkeervergunning verlengen."""
    return f"{dobbel.choice(ONDERWERPEN)}{dobbel.choice(VORMEN)} {dobbel.choice(HANDELINGEN)}"


def _artikel(installatie: Installatie, dobbel: random.Random, nummer: int) -> dict[str, object]:
    nu = installatie.klok.nu()
    return {
        "id": UUID(hashlib.md5(f"artikel{nummer}".encode(), usedforsecurity=False).hexdigest()),
        "uniforme_product_naam": naam(dobbel),
        "doelgroep": "burgers",
        "naam": naam(dobbel).capitalize(),
        "samenvatting": _zin(dobbel, 25),
        "code": f"ART-{nummer}",
        "keywords": [dobbel.choice(ONDERWERPEN), dobbel.choice(TEKST)],
        "publicatie_start_datum": nu.date(),
        "interne_opmerkingen": "",
        "aanmaak_datum": nu,
        "update_datum": nu,
        **{
            veld: []
            for veld in (
                "externe_codes",
                "parameters",
                "toegestane_statussen",
                "zaaktypen",
                "verzoektypen",
                "processen",
            )
        },
    }


def _inhoud(dobbel: random.Random, producttype: object) -> list[dict[str, object]]:
    return [
        {
            "producttype_uuid": producttype,
            "content": _zin(dobbel, 120),
            "aanvullende_informatie": "",
            "labels": [label],
        }
        for label in ("voorwaarden", "aanpak", "kosten")
    ]


def _zin(dobbel: random.Random, woorden: int) -> str:
    """Gewone woorden, met hier en daar een eigen woord: zo groeit de woordenschat mee."""
    eigen = [f"{dobbel.choice(ONDERWERPEN)}{dobbel.choice(TEKST)}" for _ in range(woorden // 12)]
    return " ".join(dobbel.choices(TEKST, k=woorden - len(eigen)) + eigen)


def _geef_toegang(verbinding: Connection) -> None:
    afdruk = hashlib.sha256(TOKEN.encode()).digest()
    rij = {"soort": "token", "client_id": "meting", "geheim": afdruk, "rechten": {"producttypen": "alles"}}
    verbinding.execute(insert(Toegangssleutel).values(rij))
