"""Een gelezen rekenblad naast de tabel leggen: wat komt erbij, wat verandert, wat gaat weg, en wat kan niet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

import feel
from dmn.herkomst import Herkomst, Vindplaats
from huisstijl import kies, vertaal
from processen.modelleren.rekenblad import blad as b
from processen.modelleren.rekenblad.cellen import Cel, Rooster

MEESTE_PROBLEMEN: Final = 100
ALTIJD: Final = ("", "-")


@dataclass(frozen=True)
class Probleem:
    """Wat er niet kan, met het adres van de cel."""

    plek: str
    tekst: str


@dataclass(frozen=True)
class Wijziging:
    """Een regel die verandert: per kolom wat er stond en wat er komt te staan."""

    regel: b.Bladregel
    nummer: int
    kolommen: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Verslag:
    """Wat het rekenblad van de tabel maakt. Zolang er problemen zijn verandert er niets."""

    tabel: b.Tabelblad
    regels: tuple[b.Bladregel, ...]
    beleid: str
    problemen: tuple[Probleem, ...] = ()
    erbij: tuple[b.Bladregel, ...] = ()
    gewijzigd: tuple[Wijziging, ...] = ()
    weg: tuple[b.Bladregel, ...] = ()
    andere_volgorde: bool = False

    @property
    def gelijk(self) -> bool:
        """Verandert er niets?"""
        return not (self.erbij or self.gewijzigd or self.weg or self.andere_volgorde or self.ander_beleid)

    @property
    def ander_beleid(self) -> bool:
        """Krijgt de tabel een ander trefbeleid?"""
        return self.beleid != self.tabel.beleid


@dataclass
class _Kolommen:
    """Waar elke kolom van de tabel in het rekenblad staat; None als zij er niet in staat."""

    regel: int | None
    als: list[int | None]
    dan: list[int | None]
    bij: list[int | None]
    vast: dict[str, int | None]


@dataclass
class _Lezer:
    tabel: b.Tabelblad
    namen: Sequence[str]
    problemen: list[Probleem] = field(default_factory=list)

    def meld(self, plek: str, tekst: str) -> None:
        if len(self.problemen) < MEESTE_PROBLEMEN:
            self.problemen.append(Probleem(plek, tekst))

    # --- koppen ---

    def kop(self, rooster: Rooster) -> tuple[int, _Kolommen] | None:
        """De rij met de koppen, en waar elke kolom staat."""
        eigen = {kolom.kop for kolom in (*self.tabel.als, *self.tabel.dan)}
        for nr, rij in enumerate(rooster):
            koppen = [cel.ruw.strip() for cel in rij]
            if koppen[:1] == [b.REGEL] or len(eigen & set(koppen)) == len(eigen):
                return nr, self._kolommen(rij, koppen)
        self.meld("", vertaal("De rij met koppen ontbreekt. Neem die mee: zij begint met “Regel” en “Als: …”."))
        return None

    def _kolommen(self, rij: Sequence[Cel], koppen: list[str]) -> _Kolommen:
        over = list(enumerate(koppen))

        def vind(kop: str) -> int | None:
            gevonden = next((plek for plek in over if plek[1] == kop), None)
            if gevonden is not None:
                over.remove(gevonden)
            return None if gevonden is None else gevonden[0]

        t = self.tabel
        kolommen = _Kolommen(
            vind(b.REGEL),
            [vind(k.kop) for k in t.als],
            [vind(k.kop) for k in t.dan],
            [vind(k.kop) for k in t.bij],
            {naam: vind(naam) for naam in (b.OMSCHRIJVING, *b.HERKOMST)},
        )
        for plek, kop in over:
            if kop:
                self.meld(rij[plek].plek, vertaal("De kolom “%(kop)s” kent deze tabel niet.", kop=kop))
        for kolom, waar in zip((*t.als, *t.dan), (*kolommen.als, *kolommen.dan), strict=True):
            if waar is None:
                self.meld(rij[0].plek, vertaal("De kolom “%(kop)s” ontbreekt.", kop=kolom.kop))
        return kolommen

    # --- regels ---

    def regels(self, rooster: Rooster, begin: int, kolommen: _Kolommen) -> Iterator[b.Bladregel]:
        """De regels onder de koppen; lege rijen tellen niet."""
        oude, gezien = {regel.id: regel for regel in self.tabel.regels}, set[str]()
        for rij in rooster[begin:]:
            soort = rij[0].ruw.strip() if rij and kolommen.regel == 0 else ""
            if soort in (b.UITDRUKKING, b.SOORT):
                self._vast(soort, rij, kolommen)
            elif any(not cel.leeg for cel in rij):
                regel = self._regel(rij, kolommen, oude)
                if regel.id in gezien:
                    self.meld(rij[0].plek, vertaal("Regel %(naam)s staat er twee keer. Maak deze cel leeg bij een nieuwe regel.", naam=regel.id))  # fmt: skip
                gezien |= {regel.id} - {""}
                yield regel

    def _vast(self, soort: str, rij: Sequence[Cel], kolommen: _Kolommen) -> None:
        """De uitdrukking en het soort van een kolom horen bij het model: hier veranderen zij niet."""
        for kolom, waar in zip((*self.tabel.als, *self.tabel.dan), (*kolommen.als, *kolommen.dan), strict=True):
            cel = _op(rij, waar)
            staat = kolom.uitdrukking if soort == b.UITDRUKKING else kolom.soort
            if cel is not None and cel.ruw.strip() != staat:
                self.meld(cel.plek, vertaal("%(wat)s van “%(kop)s” is hier niet te wijzigen; doe dat in de tabel zelf.", wat=soort, kop=kolom.kop))  # fmt: skip

    def _regel(self, rij: Sequence[Cel], k: _Kolommen, oude: dict[str, b.Bladregel]) -> b.Bladregel:
        for cel in rij:
            if cel.is_formule:
                self.meld(
                    cel.plek, vertaal("Hier staat een formule. Zet er de waarde neer, of tekst met een ' ervoor.")
                )
        als, dan = self._feel(rij, k.als, unair=True), self._feel(rij, k.dan, unair=False)
        oud = self._oude_regel(rij, k, oude, als)
        bij = oud.bij or ("",) * len(k.bij)
        teksten = tuple(staat if waar is None else _tekst(rij, waar) for waar, staat in zip(k.bij, bij, strict=True))
        omschrijving = oud.omschrijving if k.vast[b.OMSCHRIJVING] is None else _tekst(rij, k.vast[b.OMSCHRIJVING])
        return b.Bladregel(oud.id, als, dan, teksten, omschrijving, self._herkomst(rij, k, oud.herkomst))

    def _oude_regel(
        self, rij: Sequence[Cel], k: _Kolommen, oude: dict[str, b.Bladregel], als: tuple[str, ...]
    ) -> b.Bladregel:
        """De regel die dit was: aan zijn naam te zien, of zonder die kolom aan dezelfde voorwaarden."""
        nieuw = b.Bladregel("", (), ())
        if k.regel is not None:
            return oude.get(_tekst(rij, k.regel), nieuw)
        gelijk = next((regel for regel in oude.values() if regel.als == als), None)
        return nieuw if gelijk is None else oude.pop(gelijk.id)

    def _feel(self, rij: Sequence[Cel], plekken: Sequence[int | None], *, unair: bool) -> tuple[str, ...]:
        uit = []
        for waar in plekken:
            cel = _op(rij, waar)
            tekst = "" if cel is None or cel.is_formule else cel.als_feel()
            uit.append(tekst)
            if tekst not in ALTIJD:
                self._controleer(cel.plek if cel else "", tekst, unair=unair)
            elif not unair and tekst == "" and waar is not None and cel is not None and not cel.is_formule:
                self.meld(cel.plek, vertaal("De uitkomst ontbreekt. Vul hem in, of zet er null neer."))
        return tuple(uit)

    def _controleer(self, plek: str, tekst: str, *, unair: bool) -> None:
        try:
            feel.ontleed(tekst, self.namen, self.namen, unair=unair)
        except feel.FeelFout as fout:
            self.meld(plek, f"{tekst}: {kies({'nl': fout.nederlands, 'en': fout.engels})}")

    def _herkomst(self, rij: Sequence[Cel], k: _Kolommen, oud: Herkomst) -> Herkomst:
        vast = k.vast
        overgang = oud.overgangsrecht if vast[b.OVERGANGSRECHT] is None else _tekst(rij, vast[b.OVERGANGSRECHT])
        van, tot = (self._dag(rij, vast[naam], staat) for naam, staat in ((b.VAN, oud.van), (b.TOT, oud.tot)))
        if van and tot and tot <= van:
            self.meld(rij[vast[b.TOT] or 0].plek, vertaal("Het einde ligt niet na het begin."))
        plaatsen = oud.vindplaatsen if vast[b.GROND[0]] is None else self._vindplaatsen(rij, vast)
        return Herkomst(plaatsen, van, tot, overgang)

    def _dag(self, rij: Sequence[Cel], waar: int | None, oud: date | None) -> date | None:
        cel = _op(rij, waar)
        try:
            return oud if waar is None else cel.als_datum() if cel is not None else None
        except ValueError:
            self.meld(cel.plek if cel else "", vertaal("Dit is geen datum. Schrijf hem als 1-3-2026."))
            return oud

    def _vindplaatsen(self, rij: Sequence[Cel], vast: dict[str, int | None]) -> tuple[Vindplaats, ...]:
        regels = [_tekst(rij, vast[naam]).split("\n") for naam in b.GROND]
        plaatsen = tuple(
            Vindplaats(*(deel[nr].strip() if nr < len(deel) else "" for deel in regels))
            for nr in range(max(map(len, regels)))
        )
        for plaats in plaatsen:
            if not plaats.wet and (plaats.artikel or plaats.lid or plaats.url):
                self.meld(rij[vast[b.GROND[0]] or 0].plek, vertaal("Vul ook de wet of verordening in."))
        return tuple(plaats for plaats in plaatsen if plaats.wet)

    def beleid(self, rooster: Rooster, tot: int) -> str:
        """Het trefbeleid boven de koppen; staat het er niet, dan blijft het."""
        for rij in rooster[:tot]:
            if len(rij) > 1 and rij[0].ruw.strip() == b.BELEID and not rij[1].leeg:
                beleid = " ".join(rij[1].ruw.upper().split())
                if beleid in b.TREFBELEID:
                    return beleid
                self.meld(rij[1].plek, vertaal("Het trefbeleid %(beleid)s bestaat niet. Kies uit: %(keuzes)s.", beleid=rij[1].ruw, keuzes=", ".join(b.TREFBELEID)))  # fmt: skip
        return self.tabel.beleid


def _op(rij: Sequence[Cel], waar: int | None) -> Cel | None:
    return rij[waar] if waar is not None and waar < len(rij) else None


def _tekst(rij: Sequence[Cel], waar: int | None) -> str:
    cel = _op(rij, waar)
    return "" if cel is None or cel.is_formule else cel.ruw.strip().replace("\r\n", "\n")


def vergelijk(tabel: b.Tabelblad, rooster: Rooster, namen: Sequence[str] = ()) -> Verslag:
    """Wat dit rekenblad van de tabel maakt. `namen` zijn de namen in het model (`namen_in`)."""
    lezer = _Lezer(tabel, namen)
    gevonden = lezer.kop(rooster)
    if gevonden is None:
        return Verslag(tabel, tabel.regels, tabel.beleid, tuple(lezer.problemen))
    begin, kolommen = gevonden
    beleid = lezer.beleid(rooster, begin)
    regels = tuple(lezer.regels(rooster, begin + 1, kolommen)) if not lezer.problemen else ()
    if not regels and not lezer.problemen:
        lezer.meld("", vertaal("Onder de koppen staan geen regels."))
    verslag = Verslag(tabel, regels or tabel.regels, beleid, tuple(lezer.problemen))
    return verslag if lezer.problemen else _verschillen(verslag)


def _verschillen(verslag: Verslag) -> Verslag:
    oude, nieuwe = {r.id: r for r in verslag.tabel.regels}, {r.id for r in verslag.regels}
    blijven = [regel.id for regel in verslag.regels if regel.id]
    wijzigingen = [
        Wijziging(regel, nr, tuple(_anders(verslag.tabel, oude[regel.id], regel)))
        for nr, regel in enumerate(verslag.regels, 1)
        if regel.id and regel != oude[regel.id]
    ]
    return replace(
        verslag,
        erbij=tuple(regel for regel in verslag.regels if not regel.id),
        gewijzigd=tuple(wijzigingen),
        weg=tuple(regel for regel in oude.values() if regel.id not in nieuwe),
        andere_volgorde=blijven != [naam for naam in oude if naam in nieuwe],
    )


def _anders(tabel: b.Tabelblad, oud: b.Bladregel, nieuw: b.Bladregel) -> Iterator[tuple[str, str, str]]:
    groepen: tuple[tuple[Sequence[b.Kolom], Callable[[b.Bladregel], tuple[str, ...]]], ...] = (
        (tabel.als, lambda r: r.als), (tabel.dan, lambda r: r.dan), (tabel.bij, lambda r: r.bij),
    )  # fmt: skip
    for kolommen, van in groepen:
        for kolom, was, wordt in zip(kolommen, van(oud), van(nieuw), strict=True):
            if was != wordt:
                yield kolom.kop, was, wordt
    if oud.omschrijving != nieuw.omschrijving:
        yield b.OMSCHRIJVING, oud.omschrijving, nieuw.omschrijving
    yield from _andere_herkomst(oud.herkomst, nieuw.herkomst)


def _andere_herkomst(oud: Herkomst, nieuw: Herkomst) -> Iterator[tuple[str, str, str]]:
    grond, gronden = ("; ".join(plaats.zin() for plaats in h.vindplaatsen) for h in (oud, nieuw))
    if oud.vindplaatsen != nieuw.vindplaatsen and grond == gronden:
        grond, gronden = (" ".join(plaats.url for plaats in h.vindplaatsen) for h in (oud, nieuw))
    paren = [
        (vertaal("Grondslag"), grond, gronden),
        (b.VAN, _dag(oud.van), _dag(nieuw.van)),
        (b.TOT, _dag(oud.tot), _dag(nieuw.tot)),
        (b.OVERGANGSRECHT, oud.overgangsrecht, nieuw.overgangsrecht),
    ]
    yield from (paar for paar in paren if paar[1] != paar[2])


def _dag(dag: date | None) -> str:
    return f"{dag:%d-%m-%Y}" if dag else ""
