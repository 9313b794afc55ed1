"""Meet de wettelijke klok: termijnen per seconde in het geheugen, en zaken opnieuw berekend na een nieuwe feestdag.

    python tools/bench/termijnen.py [--zaken 100000] [--wacht]

`--zaken` maakt zoveel klokken die allemaal op één dag eindigen, het zwaarste geval, en stelt die dag daarna met een feestdag gelijk.
Met `--wacht` vraagt zij na het klaarzetten om Enter, zodat het meten zelf in een stil moment kan.
"""

import argparse
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4, uuid5

from sqlalchemy import func, insert, select, text

from dienstverlening.samenstellen import maak_platform, werk_database_bij
from integratie.termijnen.schemas import FeestdagIn
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen
from kern.motoren import Motoren
from kern.outbox import Afhandelaar
from kern.tabellen import OutboxTabel
from processen.termijnen import dagen
from processen.termijnen.gebeurtenissen import Gebeurtenis
from processen.termijnen.grootboek import NAAR_ZAAK
from processen.termijnen.klok import Kalender, bereken
from processen.termijnen.regels import SOORTEN
from processen.termijnen.tabellen import Klok, Regel
from processen.termijnen.uitkomst import bepaal, voor_de_zaak

RUIMTE = UUID(int=8)
RONDES = 20_000


def meet_geheugen() -> None:
    """Eén kern: een aanvraag met een opschorting en een verdaging."""
    regels = SOORTEN["aanvraag"]
    gebeurtenissen = [
        Gebeurtenis("ontvangen", date(2026, 3, 2)),
        Gebeurtenis("aanvulling gevraagd", date(2026, 3, 10), date(2026, 3, 24), reden="?"),
        Gebeurtenis("aangevuld", date(2026, 3, 20)),
        Gebeurtenis("verdaagd", date(2026, 4, 20), duur="P6W", reden="?"),
    ]
    begin = time.perf_counter()
    for _ in range(RONDES):
        bereken(regels, gebeurtenissen, date(2026, 4, 30))
    duur = time.perf_counter() - begin
    print(f"met opschorting en verdaging: {RONDES / duur:,.0f} termijnen per seconde op één kern")
    begin = time.perf_counter()
    for _ in range(RONDES):
        bereken(regels, gebeurtenissen[:1], date(2026, 4, 30))
    print(f"zonder bijzonderheden: {RONDES / (time.perf_counter() - begin):,.0f} termijnen per seconde op één kern")


def zet_klaar(installatie: Installatie, aantal: int) -> date:
    """Zoveel open klokken, allemaal met dezelfde einddatum; en evenveel die op een andere dag eindigen."""
    ontvangen = installatie.klok.vandaag() - timedelta(days=14)
    einddag = None
    for eerste, dag in ((0, ontvangen), (1, ontvangen - timedelta(days=10))):
        regels, g = SOORTEN["aanvraag"], [Gebeurtenis("ontvangen", dag)]
        uitkomst = bepaal(regels, g, Kalender(), installatie.klok.vandaag(), 10)
        einddag = einddag or uitkomst.stand.einddatum
        vast = {
            "zaaknummer": "Z", "zaaktype": "X", "zaaktype_naam": "X", "soort": "aanvraag", "regels": asdict(regels),
            "werkdagen": 10, "versie": 1, "gemeld": voor_de_zaak(uitkomst.stand, g), "aangemaakt": installatie.klok.nu(),
            **uitkomst.kolommen,
        }  # fmt: skip
        for begin in range(0, aantal, 10_000):
            nummers = [uuid5(RUIMTE, f"{eerste}-{n}") for n in range(begin, min(begin + 10_000, aantal))]
            with installatie.db.schrijven() as verbinding:
                verbinding.execute(insert(Klok), [{"id": n, "zaak": f"zaken:zaken/{n}", **vast} for n in nummers])
                regel = {
                    "nr": 1, "soort": "ontvangen", "dag": dag, "duur": "", "reden": "", "grondslag": "", "door": "bench",
                    "door_naam": "", "vastgelegd": installatie.klok.nu(),
                }  # fmt: skip
                verbinding.execute(insert(Regel), [{"id": uuid4(), "klok": n, **regel} for n in nummers])
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(text("analyze termijnen.klok"))
    if einddag is None:
        raise RuntimeError("geen einddatum")
    return einddag


def meet_feestdag(installatie: Installatie, dag: date) -> None:
    """De feestdag toevoegen en al het rekenwerk doen; het schrijven naar de Zaken API staat daarna klaar."""
    begin = time.perf_counter()
    with installatie.db.schrijven() as verbinding:
        dagen.voeg_feestdag_toe(installatie, verbinding, FeestdagIn(dag=dag, naam="Extra", door="bench"))
    verwerkers = installatie.verwerkers
    weg = verwerkers.pop(NAAR_ZAAK)
    Afhandelaar(installatie).werk_af()
    duur = time.perf_counter() - begin
    verwerkers[NAAR_ZAAK] = weg
    with installatie.db.lezen() as verbinding:
        gedaan = verbinding.scalar(select(func.count()).select_from(Klok).where(Klok.versie > 1))
        klaar = verbinding.scalar(
            select(func.count()).select_from(OutboxTabel).where(OutboxTabel.verwerker == NAAR_ZAAK)
        )
    print(f"{gedaan} zaken opnieuw berekend in {duur:.1f} s; {klaar} staan klaar om naar de Zaken API te gaan")


def main() -> None:
    keuze = argparse.ArgumentParser(description=__doc__)
    keuze.add_argument("--zaken", type=int, default=0)
    keuze.add_argument("--wacht", action="store_true")
    opties = keuze.parse_args()
    meet_geheugen()
    if not opties.zaken:
        return
    with tempfile.TemporaryDirectory() as map_:
        motoren = Motoren(Path(map_) / "motoren", snel=True).start()
        instellingen = laad_instellingen(
            omgeving="test", data=Path(map_), database_url=motoren.database_url, redis_url=motoren.redis_url
        )
        werk_database_bij(instellingen)
        installatie = maak_platform(instellingen)
        dag = zet_klaar(installatie, opties.zaken)
        if opties.wacht:
            print("klaar", flush=True)
            sys.stdin.readline()
        meet_feestdag(installatie, dag)
        installatie.sluit()
        motoren.stop()


if __name__ == "__main__":
    main()
