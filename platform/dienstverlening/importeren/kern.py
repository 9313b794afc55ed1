"""De import zelf: per stap een lijst van daar lezen, elke pagina in één transactie overnemen, en onthouden hoe ver wij zijn."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import select

from dienstverlening.importeren.andere import Andere, NietTeLezen, Pagina
from dienstverlening.importeren.stand import Stand, Telling
from kern.installatie import Installatie
from kit.bron import Bron, Registratie
from kit.overnemen import Overnemer, Rij, Uitslag, schrijf

Weergave = dict[str, Any]
ONLEESBAAR = (NietTeLezen, ValueError, KeyError)


class Voortgang(Protocol):
    """Wie meekijkt: per portie een aanroep."""

    def __call__(self, stap: str, gelezen: int, totaal: int) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Stap:
    """Eén lijst van de andere installatie.

    * `pad`: de lijst daar, als dat niet het pad van de bron is; `params`: haar queryparameters.
    * `pas_aan` krijgt de weergave van daar (met URL's van daar) en geeft die terug zoals onze API haar zou tonen.
    * `erbij` geeft de rijen die bij de resource horen (onderdelen, versies, audittrail); zij komen in dezelfde transactie.
    * `rijen` geeft zelf de rij van de resource en daarna wat erbij hoort, in plaats van `pas_aan` en `erbij`.
    * `sleutel`: kolommen waaraan een resource ook onder een ander uuid te herkennen is.
    * `optioneel`: kent de andere installatie de lijst niet (404), dan is zij leeg.
    """

    naam: str
    registratie: Registratie
    bron: Bron
    pad: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    pas_aan: "Callable[[Import, Weergave], Weergave] | None" = None
    erbij: "Callable[[Import, Weergave], Iterable[Rij]] | None" = None
    rijen: "Callable[[Import, Weergave], Iterator[Rij]] | None" = None
    sleutel: tuple[str, ...] = ()
    optioneel: bool = False


class Import:
    """Een import uit één andere installatie, in stappen; opnieuw aanroepen gaat verder waar zij bleef."""

    def __init__(self, installatie: Installatie, andere: Andere, stappen: Sequence[Stap], herkomst: str) -> None:
        self.installatie = installatie
        self.andere = andere
        self.stand = Stand(installatie, herkomst)
        self._stappen = stappen
        self._overnemers: dict[str, Overnemer] = {}
        self._geweigerd: dict[str, str] = {}
        andere.verwijzingen.update(self.stand.verwijzingen())

    def voer_uit(self, voortgang: Voortgang, *, opnieuw: bool = False) -> dict[str, Telling]:
        """Doe alle stappen die nog niet klaar zijn; geeft de tellingen per stap."""
        self.stand.begin(opnieuw=opnieuw)
        self.stand.meld_aan([stap.naam for stap in self._stappen])
        return {stap.naam: self._doe(stap, voortgang) for stap in self._stappen}

    def _doe(self, stap: Stap, voortgang: Voortgang) -> Telling:
        verder, klaar, telling = self.stand.van(stap.naam)
        while not klaar:
            pagina = self._pagina(stap, verder)
            telling.totaal = max(pagina.totaal, telling.gelezen)
            uitslag = self._neem_over(stap, pagina, telling)
            verder, klaar = pagina.volgende, not pagina.volgende
            self._onthoud(uitslag)
            voortgang(stap.naam, telling.gelezen, telling.totaal)
        return telling

    def _pagina(self, stap: Stap, verder: str) -> Pagina:
        if verder:
            return self.andere.pagina(verder)
        try:
            return self.andere.pagina(f"{stap.registratie.naam}:{stap.pad or stap.bron.pad}", **stap.params)
        except NietTeLezen as fout:
            if stap.optioneel and fout.status == 404:  # noqa: PLR2004  # deze API bestaat daar niet
                return Pagina([], "", 0)
            raise

    def _neem_over(self, stap: Stap, pagina: Pagina, telling: Telling) -> Uitslag:
        delen = self.andere.samen(lambda deel: self._probeer(stap, deel), pagina.objecten)
        rijen = [rij for rij, _ in delen if rij is not None]
        eerst = self._ontbrekende_ouders(stap, rijen)
        with self.installatie.db.schrijven() as verbinding:
            uitslag = schrijf(verbinding, [*eerst, *rijen])
            erbij = chain.from_iterable(ook for rij, ook in delen if rij is not None and rij.url not in uitslag.anders)
            uitslag.voeg_toe(schrijf(verbinding, _op_tabel(list(erbij))))
            uitslag.geweigerd |= self._geweigerd
            telling.tel(uitslag, len(pagina.objecten))
            self.stand.verwijs(verbinding, self._verwijzingen(uitslag))
            self.stand.bewaar(verbinding, stap.naam, pagina.volgende, telling, uitslag)
        self._geweigerd.clear()
        return uitslag

    def _probeer(self, stap: Stap, weergave: Weergave) -> tuple[Rij | None, list[Rij]]:
        """De rij van een resource en wat erbij hoort, voor zover te lezen."""
        rijen: list[Rij] = []
        try:
            for rij in self._rijen(stap, weergave):
                rijen.append(rij)  # noqa: PERF402  # gaat het halverwege mis, dan telt wat er al was
        except ONLEESBAAR as fout:
            self.weiger(f"{weergave.get('url', '')}{' (onderdelen)' if rijen else ''}", fout)
        return (rijen[0], rijen[1:]) if rijen else (None, [])

    def _rijen(self, stap: Stap, weergave: Weergave) -> Iterator[Rij]:
        if stap.rijen is not None:
            yield from stap.rijen(self, weergave)
            return
        eigen = stap.pas_aan(self, weergave) if stap.pas_aan else weergave
        yield self.rij_van(stap.registratie, stap.bron, eigen, stap.sleutel)
        if stap.erbij is not None:
            yield from stap.erbij(self, weergave)

    def weiger(self, url: str, fout: Exception) -> None:
        """Dit kan niet overgenomen worden; de rest gaat door."""
        self._geweigerd[url] = f"{fout.args[0]} ontbreekt" if isinstance(fout, KeyError) else str(fout)

    def rij_van(self, registratie: Registratie, bron: Bron, weergave: Weergave, sleutel: tuple[str, ...] = ()) -> Rij:
        """De rij van een bron bij een weergave met URL's van daar."""
        return self.overnemer(registratie).rij(bron, self.andere.vertaal(weergave), weergave["url"], sleutel)

    def onderdelen(self, registratie: Registratie, bron: Bron, weergaven: Iterable[Weergave]) -> Iterator[Rij]:
        """De rijen van onderdelen; wat hier niet past komt in het verslag."""
        for weergave in weergaven:
            try:
                yield self.rij_van(registratie, bron, weergave)
            except ONLEESBAAR as fout:
                self.weiger(weergave["url"], fout)

    def auditrijen(self, registratie: Registratie, url: str) -> list[Rij]:
        """De audittrail van een hoofdobject van daar."""
        regels = self.andere.vertaal(self.andere.haal(f"{url}/audittrail"))
        return [self.overnemer(registratie).auditrij(regel) for regel in sorted(regels, key=_tijdstip)]

    def overnemer(self, registratie: Registratie) -> Overnemer:
        """Wie rijen maakt voor een registratie."""
        if registratie.naam not in self._overnemers:
            self._overnemers[registratie.naam] = Overnemer(self.installatie, registratie)
        return self._overnemers[registratie.naam]

    # verwijzingen

    def _ontbrekende_ouders(self, stap: Stap, rijen: list[Rij]) -> list[Rij]:
        """Resources van dezelfde soort waar een rij naar verwijst (hoofdzaak, hoofdthema) en die er nog niet zijn."""
        kolommen = _zelfverwijzingen(stap.bron.model)
        hier = {rij.waarden["id"] for rij in rijen}
        gezocht = {rij.waarden[naam] for rij in rijen for naam in kolommen if rij.waarden.get(naam)} - hier
        if not gezocht:
            return []
        model: Any = stap.bron.model
        with self.installatie.db.lezen() as verbinding:
            gezocht -= set(verbinding.scalars(select(model.id).where(model.id.in_(gezocht))))
        ouders = [rij for id_ in gezocht if (rij := self._ouder(stap, id_)) is not None]
        return [*self._ontbrekende_ouders(stap, ouders), *ouders]

    def _ouder(self, stap: Stap, id_: UUID) -> Rij | None:
        """Is de ouder niet te lezen, dan meldt de database dat bij het kind."""
        try:
            weergave = self.andere.haal(f"{stap.registratie.naam}:{stap.bron.pad}/{id_}")
            return next(self._rijen(stap, weergave))
        except ONLEESBAAR:
            return None

    def _verwijzingen(self, uitslag: Uitslag) -> dict[str, str]:
        """Van daar naar hier, voor wat hier al onder een ander uuid stond."""
        paren = ((self.andere.opslag(url), id_) for url, id_ in uitslag.anders.items())
        return {daar: f"{daar.rpartition('/')[0]}/{id_}" for daar, id_ in paren}

    def _onthoud(self, uitslag: Uitslag) -> None:
        self.andere.verwijzingen.update(self._verwijzingen(uitslag))


def _zelfverwijzingen(model: Any) -> list[str]:
    """De kolommen van een tabel die naar dezelfde tabel verwijzen."""
    return [
        kolom.key
        for kolom in model.__table__.columns
        if any(sleutel.column.table is model.__table__ for sleutel in kolom.foreign_keys)
    ]


def _op_tabel(rijen: Sequence[Rij]) -> list[Rij]:
    """Bij elkaar wat in één tabel komt, op de volgorde waarin de tabellen voor het eerst voorkomen."""
    volgorde = {model: nr for nr, model in enumerate(dict.fromkeys(rij.model for rij in rijen))}
    return sorted(rijen, key=lambda rij: (volgorde[rij.model], sorted(rij.waarden)))


def _tijdstip(regel: Weergave) -> str:
    return str(regel["aanmaakdatum"])
