"""Bestanden die iemand bij een formulier voegt, tot het ingediend is. Ze horen bij een concept en verdwijnen ermee."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, count
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Final
from uuid import UUID, uuid4

from werkzeug.datastructures import FileStorage

from formuliermotor.waarden import Bestandsverwijzing, Waarden
from kern.concepten import bestandenmap
from kern.opslag import BROK, Opslag

LANGSTE_NAAM: Final = 200


class Conceptbestanden:
    """De bestanden van één concept. `bewaar` past op `Formulierweergave(bewaar=…)`, die eerst soort en grootte toetst."""

    def __init__(self, opslag: Opslag, concept: UUID) -> None:
        self._opslag = opslag
        self._map = bestandenmap(concept)

    def bewaar(self, upload: FileStorage) -> Bestandsverwijzing:
        """Zet het bestand in de opslag en geef de verwijzing (`id`, `naam`, `grootte`, `mediatype`)."""
        id_ = str(uuid4())
        upload.stream.seek(0)
        grootte = self._opslag.schrijf(self._sleutel(id_), iter(lambda: upload.stream.read(BROK), b""))
        naam = (upload.filename or "bestand").replace("\\", "/").rpartition("/")[2][-LANGSTE_NAAM:]
        return {"id": id_, "naam": naam, "grootte": grootte, "mediatype": upload.mimetype}

    @contextmanager
    def open(self, verwijzing: Mapping[str, Any]) -> Iterator[BinaryIO]:
        """De inhoud als bestand, vanaf het begin."""
        with TemporaryFile() as bestand:
            for brok in self._opslag.lees(self._sleutel(str(verwijzing["id"]))):
                bestand.write(brok)
            bestand.seek(0)
            yield bestand

    def verwijder(self, verwijzingen: Iterable[Mapping[str, Any]]) -> None:
        """Verwijder deze bestanden."""
        for verwijzing in verwijzingen:
            self._opslag.verwijder(self._sleutel(str(verwijzing["id"])))

    def _sleutel(self, id_: str) -> str:
        return f"{self._map}/{UUID(id_)}"


def unieke_naam(naam: str, bezet: Collection[str]) -> str:
    """De naam, en als die al bezet is met een volgnummer: `foto.jpg`, `foto (2).jpg`. Hoofdletters maken geen verschil."""
    stam, punt, extensie = naam.rpartition(".") if "." in naam[1:] else (naam, "", "")
    genummerd = (f"{stam} ({nummer}){punt}{extensie}" for nummer in count(2))
    andere = {deel.casefold() for deel in bezet}
    return next(deel for deel in chain([naam], genummerd) if deel.casefold() not in andere)


def bestanden_in(waarden: Any) -> list[Waarden]:
    """Alle verwijzingen naar bestanden in (een deel van) de antwoorden, ook in herhalingen."""
    if isinstance(waarden, Mapping):
        if {"id", "naam", "grootte"} <= waarden.keys():
            return [dict(waarden)]
        return [gevonden for deel in waarden.values() for gevonden in bestanden_in(deel)]
    return [gevonden for deel in waarden for gevonden in bestanden_in(deel)] if isinstance(waarden, list) else []
