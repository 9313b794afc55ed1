"""Mijn gegevens uit de basisregistratie personen of het handelsregister."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from huisstijl import lui, vertaal
from huisstijl.filters import bsn_gemaskeerd, datum
from integratie.brp import Doelbinding, maak_brp_client
from integratie.brp.schemas import Persoon
from integratie.kvk import maak_kvk_client
from integratie.kvk.schemas import Basisprofiel, Vestigingsprofiel
from kern import ldv
from mijngemeente.bronnen import ACTIVITEIT, NAAM, Bronnen

BRP_VELDEN = (
    "burgerservicenummer",
    "naam.volledigeNaam",
    "geboorte",
    "geslacht",
    "nationaliteiten",
    "adressering.adresregel1",
    "adressering.adresregel2",
    "adressering.adresregel3",
    "adressering.land",
    "verblijfplaats.datumVan",
)
Regel = tuple[str, str]


@dataclass(frozen=True)
class Gegevens:
    """Wat er over mij vastligt: regels, en wat daarbij gezegd moet worden."""

    regels: list[Regel]
    geheim: bool = False
    in_onderzoek: bool = False
    niet_op_adres: bool = False


def lees_gegevens(bron: Bronnen) -> Gegevens | None:
    """Mijn gegevens bij de bron, met een regel in het verwerkingenlogboek; None als ik daar niet sta."""
    ik = bron.ik
    with ldv.verwerking(bron.installatie, activiteit=ACTIVITEIT, naam="Eigen gegevens bekeken", betrokkene=ik.eigenaar):
        if ik.soort == "bsn":
            persoon = maak_brp_client(bron.installatie).persoon(
                ik.nummer, BRP_VELDEN, Doelbinding(NAAM, "mijn-gegevens", "inwoner")
            )
            return _persoon(persoon) if persoon else None
        client = maak_kvk_client(bron.installatie)
        gevonden = client.vestigingsprofiel(ik.nummer) if ik.soort == "vestiging" else client.basisprofiel(ik.nummer)
    return _onderneming(gevonden) if gevonden else None


def _persoon(persoon: Persoon) -> Gegevens:
    adres = [persoon.waarde(f"adressering.adresregel{nummer}") for nummer in (1, 2, 3)]
    regels = [
        (vertaal("Naam"), persoon.waarde("naam.volledigeNaam")),
        (vertaal("Burgerservicenummer"), bsn_gemaskeerd(persoon.burgerservicenummer)),
        (vertaal("Geboren op"), _dag(persoon.waarde("geboorte.datum"))),
        (vertaal("Geboren in"), _plaats(persoon)),
        (vertaal("Geslacht"), persoon.waarde("geslacht.omschrijving")),
        (vertaal("Nationaliteit"), ", ".join(_nationaliteiten(persoon))),
        (vertaal("Adres"), ", ".join([*filter(None, adres), persoon.waarde("adressering.land.omschrijving") or ""])),
        (vertaal("Woont hier sinds"), _dag(persoon.waarde("verblijfplaats.datumVan"))),
    ]
    alles = persoon.als_json(alleen_gezet=True)
    return Gegevens(
        regels=[(naam, str(waarde or "").rstrip(", ")) for naam, waarde in regels],
        geheim=persoon.geheimhouding_persoonsgegevens,
        in_onderzoek=any(naam == "inOnderzoek" and waarde for naam, waarde in _paren(alles)),
        niet_op_adres=any(
            naam == "indicatieVastgesteldVerblijftNietOpAdres" and waarde for naam, waarde in _paren(alles)
        ),
    )


def _dag(waarde: Mapping[str, Any] | None) -> str:
    """Een volledige datum in de taal van de pagina; van een onvolledige datum wat er bekend is."""
    if not waarde:
        return ""
    return datum(waarde["datum"]) if waarde.get("datum") else str(waarde.get("langFormaat", ""))


def _plaats(persoon: Persoon) -> str:
    delen = (persoon.waarde("geboorte.plaats.omschrijving"), persoon.waarde("geboorte.land.omschrijving"))
    return ", ".join(filter(None, delen))


def _nationaliteiten(persoon: Persoon) -> Iterator[str]:
    for deel in persoon.als_json(alleen_gezet=True).get("nationaliteiten", ()):
        naam = (deel.get("nationaliteit") or {}).get("omschrijving") or str(_BIJZONDER.get(deel.get("type", ""), ""))
        if naam:
            yield naam


_BIJZONDER = {
    "Staatloos": lui("Staatloos"),
    "NationaliteitOnbekend": lui("Onbekend"),
    "BehandeldAlsNederlander": lui("Behandeld als Nederlander"),
    "VastgesteldNietNederlander": lui("Vastgesteld niet-Nederlander"),
}


def _paren(waarde: Any) -> Iterator[tuple[str, Any]]:
    """Elke naam met zijn waarde, op elke diepte."""
    if isinstance(waarde, dict):
        for naam, deel in waarde.items():
            yield naam, deel
            yield from _paren(deel)
    elif isinstance(waarde, list | tuple):
        for deel in waarde:
            yield from _paren(deel)


def _onderneming(gevonden: Basisprofiel | Vestigingsprofiel) -> Gegevens:
    adres = gevonden.bezoekadres
    naam = gevonden.naam if isinstance(gevonden, Basisprofiel) else gevonden.eerste_handelsnaam
    rechtsvorm = gevonden.rechtsvorm if isinstance(gevonden, Basisprofiel) else ""
    vestiging = gevonden.vestigingsnummer if isinstance(gevonden, Vestigingsprofiel) else ""
    regels = [
        (vertaal("Naam"), naam),
        (vertaal("KVK-nummer"), gevonden.kvk_nummer),
        (vertaal("Vestigingsnummer"), vestiging),
        (vertaal("Rechtsvorm"), rechtsvorm),
        (vertaal("Handelsnamen"), ", ".join(deel.naam for deel in gevonden.handelsnamen)),
        (vertaal("Bezoekadres"), (adres.regel or vertaal("Afgeschermd")) if adres else ""),
        (vertaal("Activiteiten"), ", ".join(deel.sbi_omschrijving for deel in gevonden.sbi_activiteiten)),
    ]
    return Gegevens([regel for regel in regels if regel[1]])
