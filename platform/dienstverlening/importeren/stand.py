"""Hoe ver een import is: per stap waar de bron verdergaat, met de tellingen en wat niet kon. In de transactie van de gegevens zelf."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from kern.installatie import Installatie
from kern.tabellen import Importregel, Importstand, Importverwijzing
from kit.overnemen import Uitslag


@dataclass
class Telling:
    """De tellingen van één stap; `gelezen` zijn de resources van de lijst zelf, de rest telt ook wat erbij hoort."""

    totaal: int = 0
    gelezen: int = 0
    nieuw: int = 0
    bijgewerkt: int = 0
    gelijk: int = 0
    behouden: int = 0
    bestond: int = 0
    geweigerd: int = 0

    def tel(self, uitslag: Uitslag, gelezen: int) -> None:
        """Tel een portie op."""
        self.gelezen += gelezen
        self.nieuw += uitslag.nieuw
        self.bijgewerkt += uitslag.bijgewerkt
        self.gelijk += uitslag.gelijk
        self.behouden += len(uitslag.behouden)
        self.bestond += len(uitslag.anders)
        self.geweigerd += len(uitslag.geweigerd)


class Stand:
    """De stand van de import uit één andere installatie (`herkomst`: haar adres en de soort)."""

    def __init__(self, installatie: Installatie, herkomst: str) -> None:
        self._installatie = installatie
        self._herkomst = herkomst

    def begin(self, *, opnieuw: bool) -> None:
        """Een import die klaar was (of `opnieuw`) begint van voren af aan; anders gaat zij verder waar zij was."""
        with self._installatie.db.schrijven() as verbinding:
            klaar = verbinding.scalars(select(Importstand.klaar).where(Importstand.herkomst == self._herkomst)).all()
            if opnieuw or all(klaar):
                for tabel in (Importstand, Importregel):
                    verbinding.execute(delete(tabel).where(tabel.herkomst == self._herkomst))

    def meld_aan(self, stappen: list[str]) -> None:
        """Zet alle stappen klaar, zodat een afgebroken import herkenbaar is."""
        rijen = [{"herkomst": self._herkomst, "stap": naam} for naam in stappen]
        with self._installatie.db.schrijven() as verbinding:
            verbinding.execute(insert(Importstand).on_conflict_do_nothing(), rijen)

    def van(self, stap: str) -> tuple[str, bool, Telling]:
        """Waar deze stap verdergaat, of zij klaar is, en haar tellingen."""
        vraag = select(Importstand.verder, Importstand.klaar, Importstand.tellingen)
        with self._installatie.db.lezen() as verbinding:
            rij = verbinding.execute(vraag.where(*self._bij(stap))).one()
        return rij.verder, rij.klaar, Telling(**rij.tellingen)

    def _bij(self, stap: str) -> tuple[Any, Any]:
        return Importstand.herkomst == self._herkomst, Importstand.stap == stap

    def bewaar(self, verbinding: Connection, stap: str, verder: str, telling: Telling, uitslag: Uitslag) -> None:
        """Leg een portie vast."""
        waarden = {"verder": verder, "klaar": not verder, "tellingen": asdict(telling)}
        rij = insert(Importstand).values(herkomst=self._herkomst, stap=stap, **waarden)
        verbinding.execute(rij.on_conflict_do_update(index_elements=["herkomst", "stap"], set_=waarden))
        redenen = uitslag.geweigerd | dict.fromkeys(uitslag.behouden, "hier intussen gewijzigd; zo gelaten")
        if redenen:
            regels = insert(Importregel)
            verbinding.execute(
                regels.on_conflict_do_update(
                    index_elements=["herkomst", "url"], set_={"reden": regels.excluded.reden, "stap": stap}
                ),
                [
                    {"herkomst": self._herkomst, "url": url, "stap": stap, "reden": reden}
                    for url, reden in redenen.items()
                ],
            )

    def verwijs(self, verbinding: Connection, verwijzingen: Mapping[str, str]) -> None:
        """Onthoud wat hier al stond onder een ander nummer."""
        if verwijzingen:
            rij = insert(Importverwijzing)
            opdracht = rij.on_conflict_do_update(index_elements=["herkomst", "daar"], set_={"hier": rij.excluded.hier})
            rijen = [{"herkomst": self._herkomst, "daar": daar, "hier": hier} for daar, hier in verwijzingen.items()]
            verbinding.execute(opdracht, rijen)

    def verwijzingen(self) -> dict[str, str]:
        """Wat hier al stond onder een ander nummer, beide als dienst:pad."""
        vraag = select(Importverwijzing.daar, Importverwijzing.hier)
        with self._installatie.db.lezen() as verbinding:
            rijen = verbinding.execute(vraag.where(Importverwijzing.herkomst == self._herkomst)).all()
        return {rij.daar: rij.hier for rij in rijen}

    def niet_overgenomen(self) -> list[tuple[str, str, str]]:
        """Stap, url en reden van alles wat niet kon."""
        vraag = select(Importregel.stap, Importregel.url, Importregel.reden).where(
            Importregel.herkomst == self._herkomst
        )
        with self._installatie.db.lezen() as verbinding:
            return [
                (rij.stap, rij.url, rij.reden)
                for rij in verbinding.execute(vraag.order_by(Importregel.stap, Importregel.url))
            ]
