"""Eén formulier van een werkversie, open om te bewerken."""

import copy
from typing import Any

import orjson
from werkzeug.exceptions import NotFound

from formuliermotor import DefinitieFout, lees_definitie
from processen.modelleren.formulier import werk
from processen.modelleren.formulier.schema import werk_bij
from processen.modelleren.werkplaats import Deel, Stand, Werkplaats, Wie

OPTIES = orjson.OPT_INDENT_2
LEEG: werk.Definitie = {"slug": "", "naam": {}, "stappen": []}


class Bewerking:
    """Een formulier met zijn definitie. Wat niet te lezen is als JSON heeft een lege definitie, en is alleen te herstellen als bestand."""

    def __init__(self, werkplaats: Werkplaats, pakket: str, deel: Deel) -> None:
        self._werkplaats, self.pakket, self.deel = werkplaats, pakket, deel
        self.sleutel = deel.pad.removeprefix("formulieren/").removesuffix(".json")
        try:
            gelezen = orjson.loads(deel.inhoud or b"{}")
        except orjson.JSONDecodeError:
            gelezen = {}
        self.definitie: werk.Definitie = {**LEEG, **gelezen} if isinstance(gelezen, dict) else dict(LEEG)

    @property
    def naam(self) -> str:
        """De naam in het Nederlands."""
        naam = self.definitie.get("naam")
        return str((naam.get("nl") if isinstance(naam, dict) else naam) or self.sleutel)

    @property
    def verzoektype(self) -> str:
        """Het verzoek dat dit formulier indient; leeg bij het formulier van een taak."""
        return str((self.definitie.get("gegevens") or {}).get("verzoektype", ""))

    @property
    def aantal(self) -> int:
        """Hoeveel vragen er zijn."""
        return sum(1 for _, deel in werk.alle(self.definitie) if deel.get("label"))

    def onderdelen(self) -> list[werk.Component]:
        """Alle onderdelen, op volgorde."""
        return [deel for _, deel in werk.alle(self.definitie)]

    @staticmethod
    def kinderen(deel: werk.Component) -> list[werk.Component]:
        """Wat direct in een groep, kolom of herhaling staat."""
        return [kind for lijst in werk.kinderen(deel) for kind in lijst]

    def fouten(self) -> list[str]:
        """Wat de formuliermotor weigert; leeg als het formulier klopt."""
        try:
            lees_definitie(self.definitie)
        except DefinitieFout as fout:
            return [str(regel) for regel in fout.fouten]
        return []

    def stap(self, naam: str) -> werk.Component:
        """De stap; 404 als zij er niet (meer) is."""
        try:
            return werk.stap_van(self.definitie, naam)
        except werk.NietGevonden:
            raise NotFound from None

    def vraag(self, sleutel: str) -> tuple[str, werk.Component]:
        """De stap en de vraag; 404 als zij er niet (meer) is."""
        try:
            return werk.vraag_van(self.definitie, sleutel)
        except werk.NietGevonden:
            raise NotFound from None

    # --- de kop en de stappen als velden ---------------------------------------------------------------------------------

    def kopvelden(self) -> dict[str, Any]:
        d = self.definitie
        return {
            **_uit(d.get("naam"), "naam"), **_uit(d.get("omschrijving"), "omschrijving"),
            "inlogmiddelen": list(d.get("inlogmiddelen", [])), "zekerheidsniveau": d.get("zekerheidsniveau", ""),
        }  # fmt: skip

    def met_kop(self, data: dict[str, Any]) -> werk.Definitie:
        nieuw = copy.deepcopy(self.definitie)
        velden = {
            "naam": _in(data, "naam"), "omschrijving": _in(data, "omschrijving"), "inlogmiddelen": data["inlogmiddelen"],
            "zekerheidsniveau": data["zekerheidsniveau"],
        }  # fmt: skip
        for veld, waarde in velden.items():
            nieuw.pop(veld, None)
            if waarde:
                nieuw[veld] = waarde
        volgorde = ["slug", *velden, *(naam for naam in nieuw if naam not in velden and naam != "slug")]
        return {naam: nieuw[naam] for naam in volgorde if naam in nieuw}

    def stapvelden(self, naam: str) -> dict[str, Any]:
        stap = self.stap(naam)
        return {**_uit(stap.get("titel"), "titel"), **_uit(stap.get("omschrijving"), "omschrijving")}

    def met_stap(self, naam: str, data: dict[str, Any]) -> werk.Definitie:
        self.stap(naam)
        velden = {"titel": _in(data, "titel"), "omschrijving": _in(data, "omschrijving")}
        return werk.wijzig_stap(self.definitie, naam, velden)

    def met_nieuwe_stap(self, data: dict[str, Any]) -> tuple[werk.Definitie, str]:
        return werk.voeg_stap_toe(self.definitie, _in(data, "titel"), _in(data, "omschrijving"))

    # --- bewaren ---------------------------------------------------------------------------------------------------------

    def bewaar(self, definitie: werk.Definitie, *, versie: int, wie: Wie, wat: str) -> Stand:
        """Bewaar als één stap: het formulier, en het schema van zijn verzoektype als de vragen veranderden. `Botsing` als een ander eerder was."""
        bestanden: dict[str, bytes | None] = {self.deel.pad: orjson.dumps(definitie, option=OPTIES) + b"\n"}
        bestanden |= self._verzoektype(definitie)
        return self._werkplaats.bewaar_samen(self.pakket, bestanden, wie=wie, wat=wat, versies={self.deel.pad: versie})

    def _verzoektype(self, definitie: werk.Definitie) -> dict[str, bytes]:
        pad = f"verzoektypen/{self.verzoektype}.json"
        deel = self._werkplaats.kijk(self.pakket, pad) if self.verzoektype else None
        if deel is None or deel.inhoud is None:
            return {}
        verzoektype = orjson.loads(deel.inhoud)
        schema = verzoektype.get("gegevensSchema") or {}
        nieuw = werk_bij(schema, self.definitie, definitie)
        return (
            {}
            if nieuw == schema
            else {pad: orjson.dumps({**verzoektype, "gegevensSchema": nieuw}, option=OPTIES) + b"\n"}
        )


def _uit(tekst: Any, naam: str) -> dict[str, str]:
    per_taal = tekst if isinstance(tekst, dict) else {"nl": tekst or ""}
    return {f"{naam}_{taal}": str(per_taal.get(taal, "")) for taal in ("nl", "en")}


def _in(data: dict[str, Any], naam: str) -> dict[str, str]:
    gevuld = {taal: str(data.get(f"{naam}_{taal}") or "").strip() for taal in ("nl", "en")}
    return {taal: tekst for taal, tekst in gevuld.items() if tekst}
