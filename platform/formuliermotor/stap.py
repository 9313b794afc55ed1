"""Eén pagina van een formulier: de velden van een stap, gevuld, en als boom van knopen om te tonen."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from wtforms.form import BaseForm

from formuliermotor.componenten import Bestand, Component, Groep, Herhaling, Inhoud, Kolommen, Vraag, vragen_van
from formuliermotor.definitie import Stap
from formuliermotor.invoer import Invoer, lees_waarden, vul_formulier
from formuliermotor.logica import Rekenaar, Toestand
from formuliermotor.teksten import vertaal
from formuliermotor.waarden import Waarden, rijen_van, toon
from huisstijl.taal import kies


@dataclass(frozen=True)
class Fout:
    """Een fout bij een vraag: `id` is waar de foutsamenvatting heen springt, `sleutel` de naam van het veld."""

    id: str
    sleutel: str
    tekst: str


@dataclass(frozen=True)
class Knoop:
    """Wat er op de pagina staat. `soort`: veld, vast (een antwoord dat niet te wijzigen is), inhoud, groep, kolommen of herhaling."""

    soort: str
    sleutel: str
    veld: Any = None
    titel: str = ""
    tekst: str = ""
    kinderen: "tuple[Knoop, ...]" = ()
    herhaling: "Herhalingknoop | None" = None


@dataclass(frozen=True)
class Herhalingknoop:
    """De rijen van een herhaling, met de knop om er een bij te doen."""

    rijen: "tuple[Rij, ...]"
    knoptekst: str
    verplicht: bool
    mag_erbij: bool
    fouten: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rij:
    """Een rij van een herhaling."""

    nummer: int
    titel: str
    kinderen: tuple[Knoop, ...]


@dataclass
class Stapformulier:
    """De pagina. `form` zijn de losse vragen (WTForms), `rijforms` die van elke rij; alleen wat zichtbaar is."""

    stap: Stap
    toestand: Toestand
    form: BaseForm
    rijforms: dict[str, list[BaseForm]]
    fouten: list[Fout] = field(default_factory=list)
    vast: frozenset[str] = frozenset()

    @property
    def naam(self) -> str:
        return self.stap.naam

    @property
    def titel(self) -> str:
        return kies(self.stap.titel)

    @property
    def omschrijving(self) -> str:
        return kies(self.stap.omschrijving)

    @property
    def nummer(self) -> int:
        """De hoeveelste stap dit is van de stappen die nu gelden, vanaf 1."""
        return self.toestand.stappen.index(self.naam) + 1 if self.naam in self.toestand.stappen else 1

    @property
    def totaal(self) -> int:
        return max(len(self.toestand.stappen), 1)

    @property
    def heeft_bestanden(self) -> bool:
        """Of het formulier als multipart verstuurd moet worden."""
        return any(isinstance(deel, Bestand) for deel in self.stap.alles())

    @property
    def knopen(self) -> tuple[Knoop, ...]:
        """De pagina als boom, in de volgorde van de definitie."""
        return self._knopen(self.stap.componenten, self.form, self.toestand.zichtbaar)

    @property
    def veldfouten(self) -> list[tuple[str, str]]:
        """Voor de foutsamenvatting: (id, tekst)."""
        return [(fout.id, fout.tekst) for fout in self.fouten]

    def velden(self) -> Iterator[Any]:
        """Alle velden op de pagina, ook die in rijen."""
        yield from self.form
        for forms in self.rijforms.values():
            for form in forms:
                yield from form

    def _knopen(self, componenten: Iterable[Component], form: BaseForm, zichtbaar: Iterable[str]) -> tuple[Knoop, ...]:
        te_zien = frozenset(zichtbaar)
        return tuple(self._knoop(deel, form, te_zien) for deel in componenten if deel.key in te_zien)

    def _knoop(self, deel: Component, form: BaseForm, zichtbaar: frozenset[str]) -> Knoop:
        if deel.key in self.vast and isinstance(deel, Vraag):
            return Knoop(
                "vast", deel.key, titel=kies(deel.label), tekst=toon(deel, self.toestand.waarden.get(deel.key))
            )
        if isinstance(deel, Herhaling):
            return self._herhaling(deel)
        if isinstance(deel, Inhoud):
            return Knoop("inhoud", deel.key, tekst=kies(deel.html))
        if isinstance(deel, Groep):
            kinderen = self._knopen(deel.components, form, zichtbaar)
            return Knoop("groep", deel.key, titel=kies(deel.label), tekst=kies(deel.description), kinderen=kinderen)
        if isinstance(deel, Kolommen):
            kolommen = (Knoop("kolom", "", kinderen=self._knopen(k.components, form, zichtbaar)) for k in deel.columns)
            return Knoop("kolommen", deel.key, kinderen=tuple(kolommen))
        return Knoop("veld", deel.key, veld=form[deel.key])

    def _herhaling(self, deel: Herhaling) -> Knoop:
        naam = kies(deel.group_label) or kies(deel.label)
        rijen = tuple(
            Rij(nummer, f"{naam} {nummer + 1}", self._knopen(deel.components, form, _met_ouders(deel.components, form)))
            for nummer, form in enumerate(self.rijforms.get(deel.key, ()))
        )
        herhaling = Herhalingknoop(
            rijen,
            knoptekst=kies(deel.add_another) or vertaal("Nog een toevoegen"),
            verplicht=deel.key in self.toestand.verplicht,
            mag_erbij=len(rijen) < deel.max_rijen,
            fouten=tuple(fout.tekst for fout in self.fouten if fout.sleutel == deel.key),
        )
        return Knoop("herhaling", deel.key, titel=kies(deel.label), tekst=kies(deel.hulptekst), herhaling=herhaling)


def _met_ouders(componenten: Iterable[Component], form: BaseForm) -> set[str]:
    """De zichtbare vragen van een rij, met de groepen en uitleg eromheen."""
    uit: set[str] = set()
    for deel in componenten:
        onder = _met_ouders(deel.kinderen(), form)
        if deel.key in form or onder or isinstance(deel, Inhoud):
            uit |= {deel.key} | onder
    return uit


def lees_stap(stap: Stap, waarden: Mapping[str, Any], invoer: Invoer) -> Waarden:
    """`waarden` met de ingestuurde antwoorden van deze stap erin; er wordt nog niets geëist."""
    uit = lees_waarden(stap.vragen(), waarden, invoer)
    for vraag in stap.vragen():
        if isinstance(vraag, Herhaling) and (nummers := invoer.rijen(vraag)) is not None:
            uit[vraag.key] = _lees_rijen(vraag, nummers, rijen_van(waarden.get(vraag.key)), invoer)
    return uit


def _lees_rijen(herhaling: Herhaling, nummers: list[int], bewaard: list[Waarden], invoer: Invoer) -> list[Waarden]:
    binnen = list(vragen_van(herhaling.components))
    return [
        lees_waarden(binnen, bewaard[n] if n < len(bewaard) else {}, invoer, f"{herhaling.key}-{n}-") for n in nummers
    ]


def bouw_stap(
    rekenaar: Rekenaar, stap: Stap, toestand: Toestand, waarden: Mapping[str, Any], invoer: Invoer | None = None
) -> Stapformulier:
    """De pagina met wat nu zichtbaar is. Met `invoer` staat er wat iemand typte, ook als dat niet klopt."""
    zichtbaar = [vraag for vraag in stap.vragen() if vraag.key in toestand.zichtbaar]
    los = [vraag for vraag in zichtbaar if not isinstance(vraag, Herhaling)]
    form = vul_formulier(los, toestand.verplicht, waarden, invoer)
    rijforms = {
        vraag.key: _rijforms(rekenaar, vraag, toestand, rijen_van(waarden.get(vraag.key)), invoer)
        for vraag in zichtbaar
        if isinstance(vraag, Herhaling)
    }
    return Stapformulier(stap, toestand, form, rijforms)


def _rijforms(
    rekenaar: Rekenaar, herhaling: Herhaling, toestand: Toestand, rijen: list[Waarden], invoer: Invoer | None
) -> list[BaseForm]:
    nummers = invoer.rijen(herhaling) if invoer else None
    forms = []
    for nieuw, rij in enumerate(rijen[: herhaling.max_rijen]):
        context = rekenaar.rijcontext(herhaling, toestand.context, rij)
        zichtbaar = rekenaar.zichtbaar_in(herhaling.components, context)
        vragen = [vraag for vraag in vragen_van(herhaling.components) if vraag.key in zichtbaar]
        verplicht = rekenaar.verplicht_in(vragen, context)
        deel = (
            invoer.van_rij(herhaling.key, nummers[nieuw], nieuw)
            if invoer and nummers and nieuw < len(nummers)
            else None
        )
        forms.append(vul_formulier(vragen, verplicht, rij, deel, f"{herhaling.key}-{nieuw}-"))
    return forms
