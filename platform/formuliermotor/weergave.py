"""Een formulier dat iemand invult: pagina's, controles, de weg erdoorheen en de samenvatting."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import FileStorage

import feel
from formuliermotor.bestanden import bestanden_in, unieke_naam
from formuliermotor.componenten import Bestand, Component, Herhaling, Vraag
from formuliermotor.definitie import Formulierdefinitie, Stap
from formuliermotor.invoer import Invoer
from formuliermotor.logica import Klok, Rekenaar, Toestand
from formuliermotor.samenvatting import Sectie, vat_samen
from formuliermotor.stap import Fout, Stapformulier, bouw_stap, lees_stap
from formuliermotor.teksten import vertaal
from formuliermotor.waarden import Bestandsverwijzing, Waarden, naar_json, rijen_van
from huisstijl.taal import in_taal, kies

Bewaar = Callable[[FileStorage], Bestandsverwijzing]


@dataclass(frozen=True)
class Controle:
    """De uitkomst van een controle; uit te pakken als `waarden, fouten`. `formulier` is de pagina met de fouten erop."""

    waarden: Waarden
    fouten: list[Fout]
    formulier: Stapformulier | None = None

    def __iter__(self) -> Iterator[Any]:
        return iter((self.waarden, self.fouten))


class Formulierweergave:
    """Een definitie in een taal, voor één persoon. Houdt zelf niets vast: `gegevens` gaan er steeds in en komen er weer uit.

    `context` is wat regels naast de antwoorden mogen weten (namen in `definitie.CONTEXT`), `klok` de tijd voor `today()`,
    `bewaar` slaat een goedgekeurd bestand op en geeft de verwijzing (`id`, `naam`, `grootte`, `mediatype`) terug. `vast` zijn de
    vragen die een bron beantwoordde en die niet te wijzigen zijn: wat de browser daarvoor stuurt telt niet.
    """

    def __init__(
        self,
        definitie: Formulierdefinitie,
        taal: str = "nl",
        context: Mapping[str, Any] | None = None,
        *,
        klok: Klok | None = None,
        bewaar: Bewaar | None = None,
        vast: Collection[str] = (),
    ) -> None:
        self._vast = frozenset(vast)
        self.definitie = definitie
        self.taal = taal
        self._rekenaar = Rekenaar(definitie, dict(context or {}), klok)
        self._bewaar = bewaar

    def beginwaarden(self, voorinvulling: Mapping[str, Any] | None = None) -> Waarden:
        """De waarden waar een nieuwe inzending mee begint: standaardwaarden en wat bronnen al weten (op sleutel)."""
        vragen = (deel for deel in self.definitie.onderdelen.values() if isinstance(deel, Vraag))
        standaard = {v.key: v.default_value for v in vragen if v.default_value not in (None, "", [], {}, False)}
        vooraf = {s: naar_json(d, w) for s, w in (voorinvulling or {}).items() if isinstance(d := self._deel(s), Vraag)}
        return {**standaard, **{sleutel: waarde for sleutel, waarde in vooraf.items() if waarde is not None}}

    def toestand(self, gegevens: Mapping[str, Any]) -> Toestand:
        """Wat nu zichtbaar en verplicht is, en welke stappen gelden."""
        return self._rekenaar.toestand(gegevens)

    def stappen(self, gegevens: Mapping[str, Any]) -> tuple[str, ...]:
        """De namen van de stappen die voor deze antwoorden gelden."""
        return self.toestand(gegevens).stappen

    def stap(self, naam: str, gegevens: Mapping[str, Any]) -> Stapformulier:
        """De pagina van een stap, gevuld met wat er al is. `KeyError` bij een onbekende stap."""
        with in_taal(self.taal):
            toestand = self.toestand(gegevens)
            return self._bouw(self.definitie.stap(naam), toestand, {**gegevens, **toestand.waarden})

    def controleer(
        self,
        stap: str,
        formdata: Mapping[str, Any],
        files: Mapping[str, FileStorage] | None = None,
        *,
        gegevens: Mapping[str, Any] | None = None,
    ) -> Controle:
        """Leest en controleert een ingestuurde stap: eerst de antwoorden zelf, dan de regels erover.

        `waarden` zijn alle antwoorden tot nu toe, met de goede van deze stap erin; ook bij fouten te bewaren.
        """
        with in_taal(self.taal):
            pagina = self.definitie.stap(stap)
            invoer = Invoer.lees(formdata, files, zonder=self._vast)
            waarden = lees_stap(pagina, gegevens or {}, invoer)
            toestand = self.toestand(waarden)
            formulier = self._bouw(pagina, toestand, waarden, invoer)
            self._eis(formulier, waarden)
            self._bewaar_bestanden(formulier, waarden)
        return Controle(waarden, formulier.fouten, formulier)

    def afronden(self, gegevens: Mapping[str, Any]) -> Controle:
        """Controleert alles opnieuw voor het indienen: elke stap die geldt, met de regels van dat moment.

        `waarden` is dan de inzending: alleen zichtbare antwoorden. `formulier` is de eerste stap met een fout.
        """
        with in_taal(self.taal):
            toestand = self.toestand(gegevens)
            fouten: list[Fout] = []
            eerste = None
            for naam in toestand.stappen:
                formulier = self._bouw(self.definitie.stap(naam), toestand, toestand.waarden)
                self._eis(formulier, toestand.waarden)
                eerste = eerste or (formulier if formulier.fouten else None)
                fouten += formulier.fouten
        return Controle(toestand.waarden, fouten, eerste)

    def bewerk(
        self,
        stap: str,
        formdata: Mapping[str, Any],
        files: Mapping[str, FileStorage] | None = None,
        *,
        gegevens: Mapping[str, Any] | None = None,
    ) -> Waarden:
        """De antwoorden na een knop die niets eist: vorige, ververs, rij erbij of weg, bestand weg (`actie` in `formdata`)."""
        with in_taal(self.taal):
            pagina = self.definitie.stap(stap)
            invoer = Invoer.lees(formdata, files, zonder=self._vast)
            waarden = lees_stap(pagina, gegevens or {}, invoer)
            return self._voer_uit(str(formdata.get("actie", "")), pagina, waarden)

    def volgende(self, stap: str, waarden: Mapping[str, Any]) -> str | None:
        """De stap na deze die voor deze antwoorden geldt; None na de laatste (dan komt de samenvatting)."""
        return self._buur(stap, waarden, 1)

    def vorige(self, stap: str, waarden: Mapping[str, Any]) -> str | None:
        """De stap voor deze; None bij de eerste."""
        return self._buur(stap, waarden, -1)

    def samenvatting(self, waarden: Mapping[str, Any]) -> list[Sectie]:
        """De zichtbare vragen met antwoord, per stap, als tekst in de taal van het formulier."""
        with in_taal(self.taal):
            return vat_samen(self._rekenaar, self.toestand(waarden))

    def _bouw(
        self, stap: Stap, toestand: Toestand, waarden: Mapping[str, Any], invoer: Invoer | None = None
    ) -> Stapformulier:
        formulier = bouw_stap(self._rekenaar, stap, toestand, waarden, invoer)
        formulier.vast = self._vast
        return formulier

    def _deel(self, sleutel: str) -> Component | None:
        return self.definitie.onderdelen.get(sleutel)

    def _buur(self, stap: str, waarden: Mapping[str, Any], richting: int) -> str | None:
        namen = [s.naam for s in self.definitie.stappen]
        geldig = set(self.stappen(waarden))
        plaats = namen.index(stap)
        rest = namen[plaats + 1 :] if richting > 0 else reversed(namen[:plaats])
        return next((naam for naam in rest if naam in geldig), None)

    def _eis(self, formulier: Stapformulier, waarden: Mapping[str, Any]) -> None:
        """Twee rondes: eerst elk antwoord op zichzelf, en pas als dat leesbaar is de regels over antwoorden heen."""
        for veld_form in (formulier.form, *(f for forms in formulier.rijforms.values() for f in forms)):
            veld_form.validate()
        for vraag in formulier.stap.vragen():
            if vraag.key in formulier.toestand.zichtbaar - self._vast:
                self._eis_vraag(formulier, vraag, waarden)

    def _eis_vraag(self, formulier: Stapformulier, vraag: Vraag, waarden: Mapping[str, Any]) -> None:
        if isinstance(vraag, Herhaling):
            self._eis_herhaling(formulier, vraag, rijen_van(waarden.get(vraag.key)))
            return
        self._eis_regels(vraag, formulier.form[vraag.key], formulier.toestand.context)
        _meld(formulier, formulier.form[vraag.key])

    def _eis_herhaling(self, formulier: Stapformulier, vraag: Herhaling, rijen: list[Waarden]) -> None:
        fout = self._aantalfout(vraag, len(rijen), verplicht=vraag.key in formulier.toestand.verplicht)
        if not fout:
            fout = self._gebroken_regel(vraag, formulier.toestand.context)
        if fout:
            formulier.fouten.append(Fout(f"{vraag.key}-groep", vraag.key, fout))
        for rij, form in zip(rijen, formulier.rijforms.get(vraag.key, ()), strict=False):
            context = self._rekenaar.rijcontext(vraag, formulier.toestand.context, rij)
            for veld in form:
                kind = self.definitie.onderdelen[veld.short_name]
                if isinstance(kind, Vraag):
                    self._eis_regels(kind, veld, context)
                _meld(formulier, veld)

    def _aantalfout(self, vraag: Herhaling, aantal: int, *, verplicht: bool) -> str:
        minste = max(vraag.validate_.min_length, 1 if verplicht else 0)
        if aantal < minste:
            return kies(vraag.errors.get("required")) or vertaal(
                "Vul bij “%(vraag)s” minstens %(aantal)s in.", vraag=kies(vraag.label), aantal=minste
            )
        hoogste = min(vraag.validate_.max_length or vraag.max_rijen, vraag.max_rijen)
        return "" if aantal <= hoogste else vertaal("Vul er hoogstens %(aantal)s in.", aantal=hoogste)

    def _eis_regels(self, vraag: Vraag, veld: Any, context: Mapping[str, Any]) -> None:
        if not veld.errors and (fout := self._gebroken_regel(vraag, context)):
            veld.errors = [fout]

    def _gebroken_regel(self, vraag: Vraag, context: Mapping[str, Any]) -> str:
        """De melding van de eerste regel die niet klopt. Een regel over een leeg antwoord wacht tot dat er is."""
        for regel in vraag.validate_.regels:
            namen = feel.compileer(regel.regel).namen_gebruikt & context.keys()
            if any(context[naam] is None for naam in namen):
                continue
            if not self._rekenaar.waar(regel.regel, context):
                return kies(regel.melding) or vertaal("Controleer dit antwoord.")
        return ""

    def _bewaar_bestanden(self, formulier: Stapformulier, waarden: Waarden) -> None:
        """Slaat goedgekeurde bestanden op, ook als er elders op de pagina iets niet klopt: niemand hoeft ze twee keer te kiezen.

        Binnen een inzending heten geen twee bestanden hetzelfde.
        """
        namen = [str(bestand["naam"]) for bestand in bestanden_in(waarden)]
        for veld in formulier.form:
            self._bewaar_veld(veld, waarden, namen)
        for sleutel, forms in formulier.rijforms.items():
            for rij, form in zip(rijen_van(waarden.get(sleutel)), forms, strict=False):
                for veld in form:
                    self._bewaar_veld(veld, rij, namen)
                waarden[sleutel][forms.index(form)] = rij

    def _bewaar_veld(self, veld: Any, waarden: Waarden, namen: list[str]) -> None:
        vraag = self.definitie.onderdelen[veld.short_name]
        if not isinstance(vraag, Bestand) or veld.errors or not veld.data or self._bewaar is None:
            return
        nieuw = []
        for upload in veld.data:
            bestand = self._bewaar(upload)
            namen.append(unieke_naam(str(bestand["naam"]), namen))
            nieuw.append({**bestand, "naam": namen[-1]})
        waarden[vraag.key] = [*veld.aanwezig, *nieuw] if vraag.multiple else nieuw
        veld.aanwezig, veld.data = waarden[vraag.key], []

    def _voer_uit(self, actie: str, stap: Stap, waarden: Waarden) -> Waarden:
        soort, _, doel = actie.partition(":")
        herhalingen = {vraag.key: vraag for vraag in stap.vragen() if isinstance(vraag, Herhaling)}
        sleutel, _, nummer = doel.partition(":")
        if soort == "verwijder-bestand":
            return _zonder_bestand(waarden, sleutel, nummer)
        if soort not in ("rij-erbij", "rij-weg") or sleutel not in herhalingen:
            return waarden
        rijen = rijen_van(waarden.get(sleutel))
        if soort == "rij-weg":
            return {**waarden, sleutel: [rij for plaats, rij in enumerate(rijen) if str(plaats) != nummer]}
        return {**waarden, sleutel: [*rijen, {}][: herhalingen[sleutel].max_rijen]}


def _meld(formulier: Stapformulier, veld: Any) -> None:
    formulier.fouten += [Fout(veld.eerste_id, veld.name, str(tekst)) for tekst in veld.errors[:1]]


def _zonder_bestand(waarden: Waarden, veld: str, bestand_id: str) -> Waarden:
    """Zonder dat ene bestand; `veld` is de veldnaam, in een herhaling `<herhaling>-<rij>-<vraag>`."""
    sleutel, _, rest = veld.partition("-")
    nummer, _, binnen = rest.partition("-")
    if not binnen:
        return {**waarden, sleutel: _behoud(waarden.get(sleutel), bestand_id)}
    rijen = rijen_van(waarden.get(sleutel))
    nieuw = [{**r, binnen: _behoud(r.get(binnen), bestand_id)} if str(n) == nummer else r for n, r in enumerate(rijen)]
    return {**waarden, sleutel: nieuw}


def _behoud(bestanden: Any, bestand_id: str) -> list[Any]:
    return [b for b in bestanden if b.get("id") != bestand_id] if isinstance(bestanden, list) else []
