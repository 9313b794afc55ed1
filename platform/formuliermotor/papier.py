"""Een leeg formulier op papier, uit dezelfde definitie als het scherm: vragen, keuzes, uitleg, en in woorden wat iemand mag overslaan.

Op elk blad staat de code waarmee een medewerker het formulier terugvindt om het in te voeren.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from jinja2 import Environment, PackageLoader

from formuliermotor.briefkeuring import keur_brief
from formuliermotor.componenten import (
    Bestand,
    Component,
    Datum,
    EigenVraag,
    Groep,
    Herhaling,
    Inhoud,
    MetKeuzes,
    Tekstvak,
    Vinkje,
    Vinkjes,
    Vraag,
)
from formuliermotor.definitie import Formulierdefinitie, Logica, Stap
from formuliermotor.inwoorden import Woorden
from formuliermotor.pdf import Pdfstijl, eis_kleur, lettertype_css, schrijf_pdf
from formuliermotor.teksten import vertaal
from huisstijl.taal import in_taal, kies

LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # zonder I, O, 0 en 1, die op elkaar lijken
CODELENGTE: Final = 6
RIJEN: Final = 3
REGELS: Final = {"textarea": 6}


@dataclass(frozen=True)
class Veld:
    """Eén plek om iets op te schrijven. `soort` is lijn, datum, keuze, vinkje, bijlage of groep (met `delen`, `keer` keer)."""

    soort: str
    nummer: str
    vraag: str
    hulp: str = ""
    alleen: str = ""
    verplicht: bool = False
    keuzes: tuple[tuple[str, str], ...] = ()
    meer: bool = False
    regels: int = 1
    delen: tuple["Veld | Uitleg", ...] = ()
    keer: int = 1


@dataclass(frozen=True)
class Uitleg:
    """Een stuk tekst tussen de vragen; `kop` bij een groep. `html` is bij het lezen van de definitie al schoongemaakt."""

    html: str = ""
    kop: str = ""
    alleen: str = ""
    soort: str = "uitleg"


@dataclass(frozen=True)
class Blad:
    """Eén stap van het formulier."""

    titel: str
    omschrijving: str
    alleen: str
    delen: tuple[Veld | Uitleg, ...]


def papiercode(slug: str) -> str:
    """De code van dit formulier: zes letters en cijfers, steeds dezelfde."""
    getal, tekens = int.from_bytes(hashlib.sha256(slug.encode()).digest()[:8]), []
    for _ in range(CODELENGTE):
        getal, rest = divmod(getal, len(LETTERS))
        tekens.append(LETTERS[rest])
    return "".join(tekens)


def bij_code(code: str, formulieren: Iterable[str]) -> str | None:
    """Het formulier (slug) bij een code zoals iemand haar overtikt, of None."""
    gezocht = "".join(teken for teken in code.upper() if teken.isalnum())
    return next((slug for slug in formulieren if papiercode(slug) == gezocht), None)


def leeg_formulier(definitie: Formulierdefinitie, taal: str, stijl: Pdfstijl, retouradres: str) -> bytes:
    """De PDF. `BriefFout` als de structuur niet klopt (titel, taal, tags, koppen)."""
    with in_taal(taal):
        titel = kies(definitie.naam)
        bron = _sjablonen().get_template("papier.html").render(
            titel=titel, taal=taal, stijl=stijl, bladen=_Papier(definitie).bladen(), code=papiercode(definitie.slug), _=vertaal,
            omschrijving=kies(definitie.omschrijving), retour=[stijl.organisatie, *retouradres.split(",")],
            persoon=bool(definitie.inlogmiddelen),
            css=lettertype_css() + _CSS.replace("KLEUR", eis_kleur(stijl.kleur)).replace("CODE", papiercode(definitie.slug)),
        )  # fmt: skip
    return _als_pdf(bron, titel, taal)


@lru_cache(maxsize=64)
def _als_pdf(bron: str, titel: str, taal: str) -> bytes:
    """Dezelfde tekst is dezelfde PDF: een openbaar adres mag niet steeds een halve seconde rekenen kosten."""
    pdf = schrijf_pdf(bron)
    keur_brief(pdf, titel=titel, taal=taal, tekst=bron)
    return pdf


@lru_cache(maxsize=1)
def _sjablonen() -> Environment:
    return Environment(loader=PackageLoader("formuliermotor", "templates/formuliermotor"), autoescape=True)


@dataclass
class _Papier:
    """Zet een definitie om; nummert de vragen door het hele formulier."""

    definitie: Formulierdefinitie
    nummers: dict[str, tuple[str, Vraag]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        teller = 0
        for stap in self.definitie.stappen:
            for vraag in stap.vragen():
                if not vraag.hidden:
                    teller += 1
                    self.nummers[vraag.key] = (str(teller), vraag)
                    self._tel_binnen(vraag, str(teller))

    def _tel_binnen(self, vraag: Vraag, nummer: str) -> None:
        if isinstance(vraag, Herhaling):
            binnen = [kind for kind in _plat(vraag.components) if isinstance(kind, Vraag) and not kind.hidden]
            self.nummers |= {
                kind.key: (f"{nummer}{letter}", kind)
                for letter, kind in zip("abcdefghijklmnopqrstuvwxyz", binnen, strict=False)
            }

    def bladen(self) -> list[Blad]:
        """Elke stap met wat erop staat."""
        return [
            Blad(
                kies(stap.titel),
                _omschrijving(stap),
                self._alleen([stap.toon_als] if stap.toon_als else []),
                tuple(self._delen(stap.componenten)),
            )
            for stap in self.definitie.stappen
        ]

    def _delen(self, componenten: Iterable[Component]) -> Iterator[Veld | Uitleg]:
        for deel in componenten:
            if deel.hidden and not self._toont(deel.key):
                continue
            if isinstance(deel, Vraag):
                if deel.key in self.nummers:
                    yield self._veld(deel)
            elif isinstance(deel, Inhoud):
                yield Uitleg(html=kies(deel.html), alleen=self._als(deel))
            else:
                if isinstance(deel, Groep):
                    yield Uitleg(kop=kies(deel.label), html="", alleen=self._als(deel))
                yield from self._delen(deel.kinderen())

    def _veld(self, vraag: Vraag) -> Veld:
        delen: tuple[Veld | Uitleg, ...] = ()
        if isinstance(vraag, Herhaling):
            delen = tuple(self._delen(vraag.components))
        return Veld(
            _soort(vraag), self.nummers[vraag.key][0], kies(vraag.label), hulp=kies(vraag.hulptekst), alleen=self._als(vraag),
            verplicht=vraag.validate_.required, keuzes=_keuzes(vraag), meer=isinstance(vraag, Vinkjes),
            regels=REGELS.get(vraag.type, 1) if isinstance(vraag, Tekstvak) else 1, delen=delen,
            keer=min(RIJEN, vraag.max_rijen) if isinstance(vraag, Herhaling) else 1,
        )  # fmt: skip

    def _als(self, deel: Component) -> str:
        return self._alleen([*deel.zichtbaar_als, *(regel.als for regel in self._toont(deel.key))])

    def _toont(self, doel: str) -> list[Logica]:
        """De logicaregels die dit laten zien."""
        return [
            regel for regel in self.definitie.logica if any(a.actie == "toon" and a.doel == doel for a in regel.acties)
        ]

    def _alleen(self, voorwaarden: list[str]) -> str:
        """`Alleen invullen als …`; wat niet in woorden te zeggen is, hangt van iets buiten het papier af."""
        if not voorwaarden:
            return ""
        woorden = Woorden(self.nummers)
        zinnen = [zin for voorwaarde in voorwaarden if (zin := woorden.van(voorwaarde))]
        if len(zinnen) < len(voorwaarden):
            return vertaal("Alleen invullen als dit voor u geldt.")
        return vertaal("Alleen invullen als %(voorwaarde)s.", voorwaarde=vertaal(" en ").join(zinnen))


def _plat(componenten: Iterable[Component]) -> Iterator[Component]:
    for deel in componenten:
        yield deel
        yield from _plat(deel.kinderen())


def _omschrijving(stap: Stap) -> str:
    """Een stap die een bron invult, vraagt op het scherm of de gegevens kloppen; op papier staat er nog niets."""
    ingevuld = any(vraag.prefill and vraag.prefill.plugin for vraag in stap.vragen())
    return "" if ingevuld else kies(stap.omschrijving)


def _soort(vraag: Vraag) -> str:
    if isinstance(vraag, Herhaling):
        return "groep"
    if isinstance(vraag, MetKeuzes):
        return "keuze"
    soorten = ((Vinkje, "vinkje"), (Datum, "datum"), (Bestand, "bijlage"), (EigenVraag, "lijn"))
    return next((soort for klasse, soort in soorten if isinstance(vraag, klasse)), "lijn")


def _keuzes(vraag: Vraag) -> tuple[tuple[str, str], ...]:
    keuzes = vraag.keuzes if isinstance(vraag, MetKeuzes) else ()
    return tuple((kies(keuze.label), kies(keuze.description)) for keuze in keuzes)


_CSS: Final = """
@page { size: A4; margin: 20mm 20mm 22mm; @bottom-left { content: "CODE"; font: 700 10pt "Source Sans 3"; color: #1b2733 } @bottom-right { content: counter(page) " / " counter(pages); font: 9pt "Source Sans 3"; color: #444 } }
html { font: 11pt/1.4 "Source Sans 3", sans-serif; color: #1b2733 } body { margin: 0 }
header { border-bottom: 2pt solid KLEUR; margin-bottom: 6mm; padding-bottom: 2mm } .organisatie { margin: 0; font-weight: 700; font-size: 13pt; color: KLEUR }
h1 { font-size: 19pt; line-height: 1.2; margin: 0 0 3mm } h2 { font-size: 14pt; margin: 9mm 0 2mm; break-after: avoid; border-bottom: 1pt solid KLEUR }
h3 { font-size: 12pt; margin: 5mm 0 1mm; break-after: avoid } p { margin: 0 0 2mm }
.instructie { background: #f3f6f7; padding: 3mm 4mm; margin: 0 0 4mm } .veld { margin: 5mm 0 0; break-inside: avoid }
.vraag { font-weight: 700; margin: 0 } .hulp { font-size: 10pt; color: #444; margin: 0 0 1mm } .alleen { font-style: italic; margin: 0 0 1mm }
.lijn { border-bottom: .6pt solid #555; height: 8.5mm } ul { list-style: none; margin: 1mm 0 0; padding: 0 } li { margin: 0 0 1.2mm; padding-left: 8mm; text-indent: -8mm }
.vak { display: inline-block; width: 4mm; height: 4mm; border: .8pt solid #333; margin: 0 4mm -0.6mm 0 } .datum .vak { width: 6mm; height: 8mm; margin: 0 1mm 0 0 } .datum { margin: 1mm 0 0 }
.rij { border: .6pt solid #999; padding: 0 4mm 4mm; margin: 3mm 0 0; break-inside: avoid }
"""
