"""De dataset van de meting: drie zaaktypen, zoveel zaken met één status en één rol, en een client met rechten per zaaktype."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import text
from stdnum.nl import bsn as elfproef

from dienstverlening.applicatie import bewaar_geheim
from integratie.autorisaties import AutorisatiesClient
from integratie.autorisaties.schemas import ApplicatieIn
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from tests.integratie.registraties.typen import RSIN, Typen, maak_typen
from tools.bench.hulp.laden import grote_lading

CLIENT, GEHEIM = "meting", "m" * 40
ZAAKTYPEN = ("AANVRAAG", "MELDING", "KLACHT")
EERSTE_NUMMER = 100_000_000
SCOPES = {
    "zrc": ["zaken.lezen", "zaken.aanmaken", "zaken.bijwerken", "zaken.statussen.toevoegen"],
    "drc": ["documenten.lezen", "documenten.aanmaken"],
    "ztc": ["catalogi.lezen"],
}
# Elke kolom van de voorbeeldrij, behalve wat per rij anders is.
KOPIE = """
INSERT INTO zaken.{tabel} ({kolommen}, {eigen})
SELECT {kolommen_v}, {waarden}
FROM zaken.{tabel} v CROSS JOIN generate_series(CAST(:begin AS integer), CAST(:einde AS integer)) g {bij}
WHERE v.id = :voorbeeld
"""
BIJ_PERSOON = (
    "JOIN unnest(CAST(:bsns AS text[])) WITH ORDINALITY b(bsn, nr) ON b.nr = 1 + g % CAST(:personen AS integer)"
)
# Een lading gaat langs de triggers heen.
TEL = """
DELETE FROM zaken.telling WHERE tabel = 'zaak';
INSERT INTO zaken.telling (tabel, type, va, emmer, aantal)
SELECT 'zaak', zaaktype, vertrouwelijkheidaanduiding, 0, count(*) FROM zaken.zaak GROUP BY 2, 3
"""


@dataclass(frozen=True)
class Dataset:
    """Wat de meting van de gegevens moet weten."""

    typen: list[Typen]
    bsns: list[str]
    voorbeeld: dict[str, str]  # per tabel het uuid van de rij waar de andere van overgenomen zijn
    typering: list[tuple[str, int]]  # uuid van een zaak, en welk van de typen zij heeft

    @property
    def zaken(self) -> list[str]:
        """De uuid's, in willekeurige volgorde."""
        return [zaak for zaak, _ in self.typering]


def vul(installatie: Installatie, aantal: int, personen: int) -> Dataset:
    """Zet alles neer: typen via de API, rijen rechtstreeks in de tabellen."""
    typen = [maak_typen(installatie, naam) for naam in ZAAKTYPEN]
    geef_rechten(installatie, typen)
    bsns = list(islice(verzonnen_bsns(), personen))
    voorbeeld = _voorbeeld(installatie, typen[0], bsns[0])
    _kopieer(installatie, voorbeeld, typen, bsns, 1, aantal - 1)
    return Dataset(typen, bsns, voorbeeld, _steekproef(installatie, typen))


def vul_bij(installatie: Installatie, data: Dataset, aantal: int) -> Dataset:
    """Dezelfde dataset, groter: nog zoveel zaken erbij, van andere personen en met evenveel zaken per persoon."""
    per_persoon = max(1, len(data.typering) // len(data.bsns))
    bsns = list(islice(verzonnen_bsns(), len(data.bsns), len(data.bsns) + aantal // per_persoon))
    begin = len(data.typering) + 1
    _kopieer(installatie, data.voorbeeld, data.typen, bsns, begin, begin + aantal - 1)
    keuze = random.Random(len(bsns)).sample(bsns, min(len(bsns), len(data.bsns)))  # noqa: S311  # een steekproef
    return Dataset(data.typen, keuze, data.voorbeeld, _steekproef(installatie, data.typen))


def _steekproef(installatie: Installatie, typen: list[Typen]) -> list[tuple[str, int]]:
    with installatie.db.lezen() as verbinding:
        vraag = "SELECT id, zaaktype FROM zaken.zaak ORDER BY md5(id::text) LIMIT 20000"
        rijen = verbinding.execute(text(vraag)).all()
    soorten = [installatie.diensten.naar_opslag(type_.zaaktype) for type_ in typen]
    return [(str(id_), soorten.index(zaaktype)) for id_, zaaktype in rijen]


def geef_rechten(installatie: Installatie, typen: list[Typen]) -> None:
    """Een client met rechten per zaaktype en informatieobjecttype, niet met alle rechten."""
    bewaar_geheim(installatie, CLIENT, GEHEIM)
    grens = {"maxVertrouwelijkheidaanduiding": "vertrouwelijk"}
    autorisaties: list[dict[str, Any]] = [
        {"component": "zrc", "scopes": SCOPES["zrc"], "zaaktype": type_.zaaktype, **grens} for type_ in typen
    ]
    autorisaties.append(
        {"component": "drc", "scopes": SCOPES["drc"], "informatieobjecttype": typen[0].informatieobjecttype, **grens}
    )
    autorisaties.append({"component": "ztc", "scopes": SCOPES["ztc"]})
    applicatie = {"clientIds": [CLIENT], "label": CLIENT, "heeftAlleAutorisaties": False, "autorisaties": autorisaties}
    AutorisatiesClient(installatie, namens="autorisaties").maak_applicatie(ApplicatieIn.model_validate(applicatie))


def verzonnen_bsns() -> Iterator[str]:
    """Verzonnen nummers die de elfproef doorstaan."""
    return (str(nummer) for nummer in range(EERSTE_NUMMER, 10 * EERSTE_NUMMER) if elfproef.is_valid(str(nummer)))


def _voorbeeld(installatie: Installatie, typen: Typen, bsn: str) -> dict[str, str]:
    """Eén zaak met status en rol, langs de API: daarvan komen alle andere waarden."""
    client = ZakenClient(installatie, namens="zaken")
    zaak = client.vraag("POST", "zaken", json=zaak_json(typen))
    status = {"zaak": zaak["url"], "statustype": typen.begin, "datumStatusGezet": "2026-01-06T09:00:00Z"}
    rol = {
        "zaak": zaak["url"],
        "betrokkeneType": "natuurlijk_persoon",
        "roltype": typen.rollen["initiator"],
        "roltoelichting": "aanvrager",
        "betrokkeneIdentificatie": {"inpBsn": bsn},
    }
    return {
        "zaak": zaak["uuid"],
        "status": client.vraag("POST", "statussen", json=status)["uuid"],
        "rol": client.vraag("POST", "rollen", json=rol)["uuid"],
    }


def zaak_json(typen: Typen) -> dict[str, Any]:
    """Een nieuwe zaak met wat een formulier meestuurt."""
    return {
        "bronorganisatie": RSIN,
        "zaaktype": typen.zaaktype,
        "verantwoordelijkeOrganisatie": RSIN,
        "omschrijving": "Aanvraag van een vergunning",
        "toelichting": "Ingediend met het formulier op de website.",
        "startdatum": "2026-01-05",
    }


def _kopieer(
    installatie: Installatie, voorbeeld: dict[str, str], typen: list[Typen], bsns: list[str], begin: int, einde: int
) -> None:
    """De rijen `begin` tot en met `einde`; met de indexen pas daarna en de tellingen in één keer, zoals bij elke grote lading."""
    naar_opslag = installatie.diensten.naar_opslag
    soorten = [naar_opslag(type_.zaaktype) for type_ in typen]
    statussen = [naar_opslag(type_.begin) for type_ in typen]
    rollen = [naar_opslag(type_.rollen["initiator"]) for type_ in typen]
    id_ = "md5('{}' || g)::uuid"
    eigen = {
        "zaak": {
            "id": id_.format("zaak"),
            "identificatie": "'METING-' || g",
            "zaaktype": "(CAST(:lijst AS text[]))[1 + g % 3]",
            "startdatum": "date '2025-01-01' + (g % 365)",
        },
        "status": {
            "id": id_.format("status"),
            "zaak": id_.format("zaak"),
            "statustype": "(CAST(:lijst AS text[]))[1 + g % 3]",
        },
        "rol": {
            "id": id_.format("rol"),
            "zaak": id_.format("zaak"),
            "roltype": "(CAST(:lijst AS text[]))[1 + g % 3]",
            "betrokkene_identificatie": "v.betrokkene_identificatie || jsonb_build_object('inpBsn', b.bsn)",
        },
    }
    lijsten = {"zaak": soorten, "status": statussen, "rol": rollen}
    opdrachten = {tabel: _opdracht(installatie, tabel, waarden) for tabel, waarden in eigen.items()}
    with installatie.db.engine.begin() as verbinding, grote_lading(verbinding, "zaken"):
        for tabel, opdracht in opdrachten.items():
            gegevens = {"begin": begin, "einde": einde, "voorbeeld": voorbeeld[tabel], "lijst": lijsten[tabel]}
            if tabel == "rol":
                gegevens |= {"bsns": bsns, "personen": len(bsns)}
            verbinding.execute(text(opdracht), gegevens)
        verbinding.execute(text(TEL))
    with installatie.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        verbinding.execute(text("VACUUM ANALYZE"))


def _opdracht(installatie: Installatie, tabel: str, waarden: dict[str, str]) -> str:
    with installatie.db.lezen() as verbinding:
        vraag = text(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'zaken' AND table_name = :tabel AND is_identity = 'NO'"
        )
        namen = [naam for naam in verbinding.scalars(vraag, {"tabel": tabel}) if naam not in waarden]
    return KOPIE.format(
        tabel=tabel,
        bij=BIJ_PERSOON if tabel == "rol" else "",
        kolommen=", ".join(namen),
        kolommen_v=", ".join(f"v.{naam}" for naam in namen),
        eigen=", ".join(waarden),
        waarden=", ".join(waarden.values()),
    )
