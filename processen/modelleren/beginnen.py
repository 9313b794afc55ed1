"""Een nieuw pakket beginnen: klein, naar een voorbeeld, uit een zip, of als kopie. Alles eindigt als een werkversie."""

import io
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from processen.modelleren.nakijken import lees_bestanden
from processen.modelleren.samenvoegen import Samen, voeg_samen
from processen.modelleren.uitgaven import Uitgaven
from processen.modelleren.werkplaats import Stand, Werkplaats, Wie
from processen.pakketten.exporteren import VASTE_TIJD, als_bestanden
from processen.pakketten.formaat import Pakket, PakketFout, lees_pakket
from processen.pakketten.hernoemen import hernoem
from processen.pakketten.nieuw import LANGSTE_NAAM, VOORBEELD
from processen.pakketten.openen import GROOTSTE_ZIP, KOP, MEEGELEVERD, pak_uit

LEEG, MEE, EIGEN = "leeg", "mee:", "eigen:"
"""Waarmee een nieuw pakket begint: het kleine begin, `mee:` een meegeleverd pakket, of `eigen:` een pakket van deze gemeente."""


def sleutel_uit(titel: str) -> str:
    """Een naam voor het pakket uit zijn titel: kleine letters, cijfers en streepjes."""
    kaal = unicodedata.normalize("NFKD", titel).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", kaal).strip("-")[:LANGSTE_NAAM].strip("-")


def voorbeelden() -> list[tuple[str, str]]:
    """De meegeleverde pakketten als (keuze, titel)."""
    gelezen = [lees_pakket(kop.parent).kop for kop in sorted(MEEGELEVERD.glob(f"*/{KOP}"))]
    return sorted(((f"{MEE}{kop.naam}", kop.titel) for kop in gelezen), key=lambda paar: paar[1].lower())


class Beginner:
    """Begint werkversies voor één beheerder."""

    def __init__(self, werkplaats: Werkplaats, uitgaven: Uitgaven, wie: Wie) -> None:
        self._werkplaats, self._uitgaven, self._wie = werkplaats, uitgaven, wie

    def nieuw(self, titel: str, naar: str = LEEG) -> Stand:
        """Een nieuw pakket met deze titel, naar een voorbeeld. `FileExistsError` als de naam al bestaat, `PakketFout` als het niet kan."""
        sleutel = sleutel_uit(titel)
        if not sleutel:
            raise PakketFout(["een titel heeft letters of cijfers nodig"])
        pakket = hernoem(self._voorbeeld(naar), sleutel, titel)
        if naar == LEEG:
            pakket = _genoemd(pakket, titel)
        kop = pakket.kop.model_copy(update={"omschrijving": ""})
        return self._werkplaats.maak(sleutel, als_bestanden(pakket.model_copy(update={"kop": kop})), wie=self._wie)

    def _voorbeeld(self, naar: str) -> Pakket:
        if naar.startswith(EIGEN):
            eigen = naar.removeprefix(EIGEN)
            self._werkplaats.open(eigen, self._wie)
            return lees_bestanden(self._werkplaats.bestanden(eigen))
        gekozen = {keuze: MEEGELEVERD / keuze.removeprefix(MEE) for keuze, _ in voorbeelden()}
        return lees_pakket(gekozen.get(naar, VOORBEELD))

    def uit_zip(self, bron: IO[bytes], naam: str) -> tuple[Stand, Samen | None]:
        """Het pakket uit een zip als werkversie; bestond het al, ook wat er overgenomen en behouden is. `PakketFout` met wat er mankeert.

        Kwam het eerder uit een zip, dan blijven eigen aanpassingen sindsdien staan; anders vervangt de zip alles.
        """
        bestanden = lees_zip(bron, naam)
        sleutel = lees_bestanden(bestanden).kop.naam
        try:
            stand, samen = self._werkplaats.maak(sleutel, bestanden, wie=self._wie), None
        except FileExistsError:
            self._werkplaats.open(sleutel, self._wie)
            eigen = self._werkplaats.bestanden(sleutel)
            toen = self._uitgaven.herkomst(sleutel, bestanden)
            samen = voeg_samen(eigen if toen is None else toen, eigen, bestanden)
            stand = self._werkplaats.bewaar_samen(sleutel, samen.bestanden, wie=self._wie, wat=f"ingelezen: {naam}")
        self._uitgaven.onthoud_herkomst(sleutel, bestanden)
        return stand, samen


def _genoemd(pakket: Pakket, titel: str) -> Pakket:
    """Het kleine begin met overal de titel van de dienst: product, aanvraagformulier en zaaktype."""
    formulieren = {
        naam: {**definitie, "naam": {"nl": titel}}
        if (definitie.get("gegevens") or {}).get("verzoektype")
        else definitie
        for naam, definitie in pakket.formulieren.items()
    }
    producten = [product.model_copy(update={"naam": titel, "engels": None}) for product in pakket.producten]
    zaaktypen = [
        zaaktype.model_copy(update={"omschrijving": titel, "onderwerp": titel}) for zaaktype in pakket.zaaktypen
    ]
    return pakket.model_copy(update={"formulieren": formulieren, "producten": producten, "zaaktypen": zaaktypen})


def lees_zip(bron: IO[bytes], naam: str) -> dict[str, bytes]:
    """De bestanden van een pakket uit een zip, in de vaste vorm. `PakketFout` met wat er mankeert."""
    with tempfile.TemporaryDirectory(prefix="dv-zip-") as tijdelijk:
        zip_pad = Path(tijdelijk) / (Path(naam).name or "pakket.zip")
        zip_pad.write_bytes(bron.read(GROOTSTE_ZIP + 1))
        return als_bestanden(lees_pakket(pak_uit(zip_pad, Path(tijdelijk) / "uit")))


def als_zip(pakket: str, bestanden: Mapping[str, bytes]) -> bytes:
    """De bestanden als zip; dezelfde inhoud geeft dezelfde bytes."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as zip_:
        for pad, inhoud in sorted(bestanden.items()):
            zip_.writestr(zipfile.ZipInfo(f"{pakket}/{pad}", VASTE_TIJD), inhoud)
    return uit.getvalue()
