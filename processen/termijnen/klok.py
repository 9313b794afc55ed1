"""De wettelijke klok: elke datum van een zaak, en waarom.

De klok rekent vanaf de gebeurtenissen, en niet vanaf een eerdere uitkomst: wie er een intrekt of toevoegt, rekent gewoon opnieuw.
Wat volgens de wet geen gevolg heeft (een tweede verdaging, een te vroege ingebrekestelling) staat er als stap zonder gevolg bij.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, NamedTuple

from dmn.zinnen import duur_in_woorden
from kern.termijnen import GEEN, bezwaartermijn, erbij, op_werkdag, termijn, valt_onder_atw, verleng
from processen.termijnen.dwangsom import Dwangsom, dwangsom
from processen.termijnen.gebeurtenissen import Gebeurtenis
from processen.termijnen.regels import REDELIJK, Termijnregels

Toestand = Literal["geen termijn", "nog niet begonnen", "loopt", "opgeschort", "verlopen", "beslist"]
DAG = timedelta(days=1)
EINDE_VAN: dict[str, str] = {
    "aanvulling gevraagd": "aangevuld",
    "buitenland gevraagd": "buitenland ontvangen",
    "derden gevraagd": "derden gereageerd",
    "overmacht": "overmacht voorbij",
}
OPSCHORTEND = (*EINDE_VAN, "instemming", "toerekenbaar")
REACTIE = ("aanvulling gevraagd", "derden gevraagd")  # iemand heeft tot een dag om te antwoorden
ZIENSWIJZE = ("zienswijze gevraagd", "zienswijze gegeven")
MAANDEN = {
    "nl": ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}  # fmt: skip
IN_WERKING = 3  # dagen na de beslistermijn (Awb 4:20b, derde lid)


@dataclass(frozen=True)
class Kalender:
    """Wat er buiten de zaak om meetelt: dagen die met een feestdag zijn gelijkgesteld, en storingen (eerste en laatste dag)."""

    vrij: Collection[date] = GEEN
    storingen: tuple[tuple[date, date], ...] = ()


class Zin(NamedTuple):
    """Eén zin in twee talen."""

    nl: str
    en: str


@dataclass(frozen=True)
class Stap:
    """Eén gebeurtenis en wat zij met de termijn deed. `geldig`: had zij gevolg volgens de wet? `uitleg_en` is de uitleg in het Engels."""

    dag: date
    wat: str
    uitleg: str
    grondslag: str
    einddatum: date | None
    geldig: bool = True
    uitleg_en: str = ""


@dataclass(frozen=True)
class Opschorting:
    """Een periode waarin de termijn stilstaat, beide dagen inbegrepen. `open`: het einde is nog niet zeker."""

    eerste: date
    laatste: date
    open: bool = False

    @property
    def dagen(self) -> int:
        return (self.laatste - self.eerste).days + 1


@dataclass
class Stand:
    """Alle data van een zaak op een peildatum.

    `einddatum` is de laatste dag om te beslissen; `voorlopig` zolang een opschorting nog loopt (dan tot het uiterste einde daarvan
    gerekend). `dagen` is het aantal dagen tot en met de einddatum, negatief als zij voorbij is. `van_rechtswege`: de dag waarop een
    verlening van rechtswege in werking treedt. `opschorting` is wat nu stilstaat of op de dag hierna begint; `verdaging` de ene keer dat
    er geldig verdaagd is.
    """

    peildatum: date
    toestand: Toestand = "geen termijn"
    begin: date | None = None
    einddatum: date | None = None
    streefdatum: date | None = None
    voorlopig: bool = False
    opgeschort_sinds: date | None = None
    opgeschort_tot: date | None = None
    opschorting: "Opschorting | None" = None
    verdaging: Gebeurtenis | None = None
    dagen: int | None = None
    stappen: list[Stap] = field(default_factory=list)
    dwangsom: Dwangsom | None = None
    van_rechtswege: date | None = None

    @property
    def fouten(self) -> list[Stap]:
        """De gebeurtenissen zonder gevolg."""
        return [stap for stap in self.stappen if not stap.geldig]


def bereken(
    regels: Termijnregels,
    gebeurtenissen: Iterable[Gebeurtenis],
    peildatum: date,
    kalender: Kalender = Kalender(),
) -> Stand:
    """De stand van de termijn op `peildatum`, uit alles wat tot en met die dag gebeurd is."""
    gebeurd = sorted((g for g in gebeurtenissen if g.dag <= peildatum), key=lambda g: g.dag)
    if not regels.duur:
        return Stand(peildatum, "geen termijn", streefdatum=_streefdatum(regels, gebeurd))
    begin = _begin(regels, gebeurd)
    if begin is None:
        return Stand(peildatum, "nog niet begonnen")
    return _Berekening(regels, gebeurd, begin, peildatum, kalender).stand()


def _begin(regels: Termijnregels, gebeurd: Sequence[Gebeurtenis]) -> Gebeurtenis | None:
    soort = "ontvangen" if regels.begin == "ontvangst" else "bekendgemaakt"
    return next((g for g in gebeurd if g.soort == soort), None)


def _streefdatum(regels: Termijnregels, gebeurd: Sequence[Gebeurtenis]) -> date | None:
    ontvangen = next((g.dag for g in gebeurd if g.soort == "ontvangen"), None)
    return erbij(ontvangen, regels.streefduur) if ontvangen and regels.streefduur else None


AL_BESLIST = Zin("Er was al beslist.", "There already was a decision.")
LOOPT_DOOR = Zin("De beslistermijn loopt door.", "The decision period goes on running.")
LIEP_DOOR = Zin("De beslistermijn liep door.", "The decision period went on running.")


class _Berekening:
    """Loopt de gebeurtenissen langs in de volgorde waarin zij gebeurden."""

    def __init__(
        self,
        regels: Termijnregels,
        gebeurd: Sequence[Gebeurtenis],
        begin: Gebeurtenis,
        peildatum: date,
        kalender: Kalender,
    ) -> None:
        self._regels = regels
        self._gebeurd = gebeurd
        self._peildatum = peildatum
        self._kalender = kalender
        self._begin = begin.dag if regels.begin == "ontvangst" else bezwaartermijn(begin.dag, kalender.vrij)
        self._kaal = erbij(self._begin, regels.duur)  # zonder opschortingen en zonder Algemene termijnenwet
        self._atw = valt_onder_atw(regels.duur)
        self._einden: dict[date, date] = {}
        self._opschortingen: list[Opschorting] = []
        self._verdaging: Gebeurtenis | None = None
        self._ingebreke: date | None = None
        self._geen_dwangsom = False
        self._beslist: date | None = None
        self._stappen: list[Stap] = []
        nl = f"De termijn begint op de dag na {voluit(self._begin)}."
        self._stap(begin, Zin(nl, f"The period starts on the day after {voluit(self._begin, 'en')}."), regels.grondslag)
        for gebeurtenis in gebeurd:
            self._verwerk(gebeurtenis)

    @property
    def einddatum(self) -> date:
        """De laatste dag van de termijn, met wat tot nu toe verwerkt is."""
        gelopen = self._gelopen
        if not self._atw:
            return gelopen
        if gelopen not in self._einden:  # elke stap vraagt ernaar, en meestal verandert er niets
            self._einden[gelopen] = verleng(self._begin, gelopen, self._kalender.vrij)
        return self._einden[gelopen]

    @property
    def _gelopen(self) -> date:
        """Het einde zonder Algemene termijnenwet."""
        return self._kaal + timedelta(days=sum(opschorting.dagen for opschorting in self._opschortingen))

    def stand(self) -> Stand:
        open_ = next((o for o in self._opschortingen if o.open and o.eerste <= self._peildatum), None)
        return Stand(
            self._peildatum,
            self._toestand(open_),
            self._begin,
            self.einddatum,
            _streefdatum(self._regels, self._gebeurd),
            voorlopig=open_ is not None,
            opgeschort_sinds=open_.eerste if open_ else None,
            opgeschort_tot=open_.laatste if open_ else None,
            opschorting=next((o for o in self._opschortingen if o.open), None),
            verdaging=self._verdaging,
            dagen=None if self._beslist else (self.einddatum - self._peildatum).days,
            stappen=self._stappen,
            dwangsom=self._dwangsom(),
            van_rechtswege=self._van_rechtswege(),
        )

    def _toestand(self, open_: Opschorting | None) -> Toestand:
        if self._beslist:
            return "beslist"
        if open_:
            return "opgeschort"
        return "verlopen" if self._peildatum > self.einddatum else "loopt"

    def _dwangsom(self) -> Dwangsom | None:
        if self._ingebreke is None or self._geen_dwangsom:
            return None
        return dwangsom(self._ingebreke, self._beslist, self._peildatum, self._kalender.vrij)

    def _van_rechtswege(self) -> date | None:
        """In werking op de derde dag na de beslistermijn, als dan niet beslist is (Awb 4:20b)."""
        te_laat = (self._beslist or self._peildatum) > self.einddatum
        return self.einddatum + IN_WERKING * DAG if self._regels.van_rechtswege and te_laat else None

    # de gebeurtenissen

    def _verwerk(self, g: Gebeurtenis) -> None:
        if g.soort in OPSCHORTEND:
            self._schort_op(g)
        elif g.soort in EINDE_VAN.values():
            self._stap(g, Zin("De termijn loopt weer vanaf deze dag.", "The period runs again from this day."))
        elif g.soort in ZIENSWIJZE:
            self._hoor(g)
        elif g.soort == "verdaagd":
            self._verdaag(g)
        elif g.soort == "ingebreke gesteld":
            self._stel_in_gebreke(g)
        elif g.soort == "geen dwangsom":
            self._geen_dwangsom = True
            self._stap(g, Zin(f"Er is geen dwangsom verschuldigd: {g.reden}", "No penalty payment is due."))
        elif g.soort == "ingetrokken":
            self._trek_in(g)
        elif g.soort == "beslist":
            self._beslis(g)

    def _schort_op(self, g: Gebeurtenis) -> None:
        bezwaar = self._bezwaar_tegen_opschorten(g)
        if bezwaar:
            self._stap(g, bezwaar, geldig=False)
            return
        if g.dag >= self._gelopen:  # in het weekend waarmee de termijn verlengd was: ook die dagen komen later alsnog
            self._kaal += self.einddatum - self._gelopen
        nieuw = self._periode(g)
        erbij_ = list(_zonder_dubbel(nieuw, self._opschortingen)) if nieuw else []
        self._opschortingen += erbij_
        dagen = sum(opschorting.dagen for opschorting in erbij_)
        nl = f"De termijn staat {dagen} {'dag' if dagen == 1 else 'dagen'} stil, vanaf de dag hierna."
        en = f"The period stands still for {dagen} {'day' if dagen == 1 else 'days'}, from the day after this."
        self._stap(g, Zin(nl, en))

    def _bezwaar_tegen_opschorten(self, g: Gebeurtenis) -> Zin | None:
        if g.soort == "derden gevraagd" and not self._regels.derden_horen:
            return Zin(
                "Bij dit soort verzoek staat de termijn niet stil als u anderen om een zienswijze vraagt.",
                "For this type of request, asking third parties for their views does not suspend the period.",
            )
        if g.tot is None and g.soort in (*REACTIE, "instemming", "toerekenbaar"):
            return Zin("Zonder datum wordt de termijn niet opgeschort.", "Without a date the period is not suspended.")
        te_laat = Zin(
            "De opschorting zou pas na de termijn beginnen.",
            "The suspension would only start after the period has ended.",
        )
        return te_laat if g.dag >= self.einddatum else None

    def _periode(self, g: Gebeurtenis) -> Opschorting | None:
        """Van de dag na de gebeurtenis tot de dag van het antwoord (die telt weer mee), of tot en met de gestelde dag."""
        antwoord = next((a.dag for a in self._gebeurd if a.soort == EINDE_VAN.get(g.soort) and a.dag >= g.dag), None)
        tot = self._uiterlijk(g)
        grenzen = [dag for dag in (antwoord and antwoord - DAG, tot) if dag]
        laatste = min(grenzen) if grenzen else max(self._peildatum, g.dag + DAG)
        nog_open = antwoord is None and (tot is None or self._peildatum <= tot)
        return Opschorting(g.dag + DAG, laatste, nog_open) if laatste > g.dag else None

    def _uiterlijk(self, g: Gebeurtenis) -> date | None:
        """De laatste dag van de periode; was het digitale kanaal die dag in storing, dan kan wie moet antwoorden dat ook later."""
        if g.tot is None or g.soort not in REACTIE:
            return g.tot
        return na_storing(g.tot, self._kalender)

    def _hoor(self, g: Gebeurtenis) -> None:
        """Een zienswijze laat de beslistermijn doorlopen: Awb 4:15 noemt haar niet. Na het besluit loopt er niets meer (Awb 4:8)."""
        if g.tot is None:
            zin, verder = Zin("De aanvrager heeft gereageerd.", "The applicant has responded."), LIEP_DOOR
        else:
            dag = na_storing(g.tot, self._kalender)
            nl, en = f"Reageren kan tot en met {voluit(dag)}.", f"A response is possible until {voluit(dag, 'en')}."
            zin, verder = Zin(nl, en), LOOPT_DOOR
        self._stap(g, zin if self._beslist else Zin(f"{zin.nl} {verder.nl}", f"{zin.en} {verder.en}"))

    def _verdaag(self, g: Gebeurtenis) -> None:
        bezwaar = self._bezwaar_tegen_verdagen(g)
        if bezwaar:
            self._stap(g, bezwaar, geldig=False)
            return
        self._verdaging = g
        self._kaal = erbij(self._kaal, g.duur)
        zin = Zin(f"De beslissing is verdaagd: {g.reden}", "The decision has been postponed.")
        self._stap(g, zin, g.grondslag or self._regels.verdaging_grondslag)

    def _bezwaar_tegen_verdagen(self, g: Gebeurtenis) -> Zin | None:
        langste = self._regels.verdaging
        if not langste:
            return Zin("Deze termijn kan niet verdaagd worden.", "This period cannot be extended by postponement.")
        if self._verdaging:
            return Zin(
                "Er is al een keer verdaagd; verder uitstel vraagt instemming van de aanvrager.",
                "The decision was already postponed once; a further delay needs the consent of the applicant.",
            )
        if g.dag > self.einddatum:
            return Zin("De termijn was al voorbij.", "The period had already ended.")
        te_lang = langste != REDELIJK and erbij(self._kaal, g.duur) > erbij(self._kaal, langste)
        if not te_lang:
            return None
        nl, en = duur_in_woorden(langste, "nl"), duur_in_woorden(langste, "en")
        return Zin(f"Verdagen kan hoogstens met {nl}.", f"Postponement is possible by {en} at most.")

    def _stel_in_gebreke(self, g: Gebeurtenis) -> None:
        if not self._regels.dwangsom:
            zin = Zin(
                "Bij dit soort verzoek is er geen dwangsom.", "There is no penalty payment for this type of request."
            )
            self._stap(g, zin, geldig=False)
        elif self._beslist:
            self._stap(g, AL_BESLIST, geldig=False)
        elif g.dag <= self.einddatum:
            zin = Zin(
                "De termijn was nog niet voorbij: de ingebrekestelling is te vroeg.",
                "The period had not ended yet: the notice of default is too early.",
            )
            self._stap(g, zin, geldig=False)
        else:
            self._ingebreke = self._ingebreke or g.dag
            zin = Zin(
                "Is er twee weken hierna niet beslist, dan begint de dwangsom te lopen.",
                "If there is no decision two weeks after this, the penalty payment starts to run.",
            )
            self._stap(g, zin)

    def _trek_in(self, g: Gebeurtenis) -> None:
        """Wie zijn aanvraag of bezwaar intrekt, krijgt geen besluit meer: de termijn stopt die dag."""
        if self._beslist:
            self._stap(g, AL_BESLIST, geldig=False)
            return
        self._beslist = g.dag
        self._stap(
            g,
            Zin(
                "Ingetrokken door de aanvrager. De termijn is gestopt.",
                "Withdrawn by the applicant. The period stopped.",
            ),
        )

    def _beslis(self, g: Gebeurtenis) -> None:
        if self._beslist:
            return
        self._beslist = g.dag
        te_laat = (g.dag - self.einddatum).days
        laat = Zin(f"Beslist, {te_laat} dagen te laat.", f"Decided, {te_laat} days late.")
        self._stap(g, laat if te_laat > 0 else Zin("Op tijd beslist.", "Decided in time."))

    def _stap(self, g: Gebeurtenis, uitleg: Zin, grondslag: str = "", *, geldig: bool = True) -> None:
        stap = Stap(g.dag, g.soort, uitleg.nl, grondslag or g.artikel, self.einddatum, geldig, uitleg.en)
        self._stappen.append(stap)


def _zonder_dubbel(nieuw: Opschorting, bestaand: Iterable[Opschorting]) -> Iterable[Opschorting]:
    """De delen van `nieuw` die nog niet stilstaan: een dag telt één keer."""
    eerste = nieuw.eerste
    for ander in sorted(bestaand, key=lambda o: o.eerste):
        if ander.laatste < eerste or ander.eerste > nieuw.laatste:
            continue
        if ander.eerste > eerste:
            yield Opschorting(eerste, ander.eerste - DAG, nieuw.open)
        eerste = max(eerste, ander.laatste + DAG)
    if eerste <= nieuw.laatste:
        yield Opschorting(eerste, nieuw.laatste, nieuw.open)


def laatste_dag_voor_inwoner(begin: date, duur: str, kalender: Kalender = Kalender()) -> date:
    """De laatste dag van een termijn voor de inwoner, ook als het digitale kanaal op die dag in storing was."""
    return na_storing(termijn(begin, duur, kalender.vrij), kalender)


def na_storing(dag: date, kalender: Kalender) -> date:
    """De laatste dag van een termijn die op `dag` zou eindigen, als het digitale kanaal toen in storing was.

    Een storing (eerste en laatste dag) op de laatste dag verlengt de termijn tot en met de eerste werkdag daarna: dan is er in elk
    geval geen verzuim (Awb 2:21, derde lid).
    """
    for eerste, laatste in sorted(kalender.storingen):
        if eerste <= dag <= laatste:
            dag = op_werkdag(laatste + DAG, kalender.vrij)
    return dag


def voluit(dag: date, taal: Literal["nl", "en"] = "nl") -> str:
    """Zoals een mens een dag leest: 3 maart 2026."""
    return f"{dag.day} {MAANDEN[taal][dag.month - 1]} {dag.year}"
