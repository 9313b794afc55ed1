"""Wat een scenario opleverde, gelezen bij de motor en de registraties, tegenover wat verwacht werd."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdf

import feel
from integratie.besluiten import BesluitenClient
from integratie.catalogi import CatalogiClient
from integratie.documenten import DocumentenClient
from integratie.processen import ProcessenClient
from integratie.taken import TakenClient
from integratie.zaken import ZakenClient
from integratie.zaken.schemas import ZaakUit
from processen.motor.overzicht import Regel
from processen.pakketten.scenario import Verwachting
from processen.pakketten.vergelijken import verschillen
from processen.pakketten.verloop import Verloop

NAMENS = "processen"
BRIEF = "documenten.genereren"
GEREED = {"voltooid", "fout", "overgeslagen"}


def kijk_na(verloop: Verloop, plek: str, verwacht: Verwachting) -> Iterator[str]:
    """Alle verschillen; alleen wat in de verwachting staat wordt gelezen."""
    werkelijk = Werkelijkheid(verloop)
    for naam in sorted(verwacht.model_fields_set | {"incidenten"}):
        gevraagd = getattr(verwacht, naam)
        if gevraagd is not None:
            yield from verschillen(f"{plek}.{naam}", *getattr(werkelijk, naam)(gevraagd))


class Werkelijkheid:
    """Wat er bij een verzoek uit kwam. Per soort verwachting een methode: (verwacht, gekregen) in een vorm die te vergelijken is."""

    def __init__(self, verloop: Verloop) -> None:
        self._verloop, self._installatie = verloop, verloop.installatie
        self._instanties = verloop.instanties()

    # --- de motor ------------------------------------------------------------------------------------------------------------

    def staat(self, verwacht: str) -> tuple[Any, Any]:
        return verwacht, self._instanties[0].staat if self._instanties else None

    def variabelen(self, verwacht: dict[str, Any]) -> tuple[Any, Any]:
        return verwacht, feel.naar_json(self._instanties[0].variabelen) if self._instanties else None

    def bereikt(self, verwacht: list[str]) -> tuple[Any, Any]:
        gehad = {regel.element for regel in self._regels() if regel.uitkomst in GEREED}
        return sorted(verwacht), sorted(gehad & set(verwacht))

    def niet_bereikt(self, verwacht: list[str]) -> tuple[Any, Any]:
        return [], sorted({regel.element for regel in self._regels()} & set(verwacht))

    def beslissingen(self, verwacht: dict[str, Any]) -> tuple[Any, Any]:
        gedaan = {
            regel.uitleg["beslissing"]: regel.uitleg["uitleg"]["uitkomst"] for regel in self._regels() if regel.uitleg
        }
        return verwacht, gedaan

    def incidenten(self, verwacht: list[str]) -> tuple[Any, Any]:
        with self._installatie.db.lezen() as verbinding:
            alle = self._verloop.motor.incidenten(verbinding)
        nummers = {instantie.id for instantie in self._instanties}
        eigen = [i for i in alle if i.instantie in nummers]
        if verwacht:
            return sorted(verwacht), sorted(i.element for i in eigen)
        return [], [f"{i.element}: {i.fout}" for i in eigen]

    def taken(self, verwacht: list[str]) -> tuple[Any, Any]:
        """Elementen met een open taak die ook in de Taken API open staat."""
        client = TakenClient(self._installatie, namens=NAMENS)
        open_ = [w for i in self._instanties for w in i.wachtend if w.soort == "taak" and w.verwijzing]
        echt = [w.element for w in open_ if client.vraag("GET", w.verwijzing)["status"] == "open"]
        return sorted(verwacht), sorted(echt)

    # --- de registraties -------------------------------------------------------------------------------------------------------

    def statussen(self, verwacht: list[str]) -> tuple[Any, Any]:
        zaak = self._zaak()
        if zaak is None:
            return verwacht, None
        typen = {t.url: t.omschrijving for t in self._catalogi.statustypen(zaak.zaaktype)}
        gezet = sorted(self._zaken.statussen(zaak.url), key=lambda status: status.datum_status_gezet)
        return verwacht, [typen[status.statustype] for status in gezet]

    def resultaat(self, verwacht: str) -> tuple[Any, Any]:
        zaak = self._zaak()
        if zaak is None or not zaak.resultaat:
            return verwacht, None
        typen = {t.url: t.omschrijving for t in self._catalogi.resultaattypen(zaak.zaaktype)}
        return verwacht, typen[self._zaken.vraag("GET", zaak.resultaat)["resultaattype"]]

    def opgeschort(self, verwacht: bool) -> tuple[Any, Any]:  # de waarde uit het scenario
        zaak = self._zaak()
        return verwacht, zaak is not None and zaak.opschorting is not None and zaak.opschorting.indicatie

    def eigenschappen(self, verwacht: dict[str, str]) -> tuple[Any, Any]:
        zaak = self._zaak()
        return verwacht, {e.naam: e.waarde for e in self._zaken.eigenschappen(zaak.url)} if zaak else {}

    def besluiten(self, verwacht: list[dict[str, Any]]) -> tuple[Any, Any]:
        zaak = self._zaak()
        besluiten = list(BesluitenClient(self._installatie, namens=NAMENS).besluiten(zaak=zaak.url)) if zaak else []
        return verwacht, [{**b.als_json(), "type": self._besluittype(b.besluittype)} for b in besluiten]

    def producten(self, verwacht: list[dict[str, Any]]) -> tuple[Any, Any]:
        zaak = self._verloop.zaak()
        return verwacht, [product.als_json() for product in self._verloop.producten(zaak)] if zaak else []

    def brieven(self, verwacht: list[dict[str, Any] | str]) -> tuple[Any, Any]:
        """Wat er met een sjabloon gemaakt is: `sjabloon`, `titel` en `tekst`."""
        gevraagd = [deel if isinstance(deel, dict) else {"sjabloon": deel} for deel in verwacht]
        return gevraagd, [brief for regel in self._regels() if (brief := self._brief(regel))]

    def berichten(self, verwacht: list[dict[str, Any] | str]) -> tuple[Any, Any]:
        """Wat er verstuurd is, het eerste eerst: `sjabloon`, `onderwerp`, `kanalen`, `staat`."""
        zaak, client = self._zaak(), ProcessenClient(self._installatie, namens=NAMENS)
        zendingen = list(client.zendingen(zaak.url))[::-1] if zaak else []
        gevraagd = [deel if isinstance(deel, dict) else {"sjabloon": deel} for deel in verwacht]
        return gevraagd, [zending.als_json() for zending in zendingen]

    def publicaties(self, verwacht: list[dict[str, Any]]) -> tuple[Any, Any]:
        """Wat er officieel bekendgemaakt is of wordt, het eerste eerst: `titel`, `tekst`, `staat`, `nummer`, `gepubliceerd`."""
        zaak, client = self._zaak(), ProcessenClient(self._installatie, namens=NAMENS)
        publicaties = list(client.publicaties(zaak.url))[::-1] if zaak else []
        return verwacht, [publicatie.als_json() for publicatie in publicaties]

    # --- voor wie ernaar kijkt -----------------------------------------------------------------------------------------------

    def regels(self) -> list[Regel]:
        """Elke stap van elk proces bij dit verzoek."""
        return self._regels()

    # --- lezen ---------------------------------------------------------------------------------------------------------------

    @property
    def _zaken(self) -> ZakenClient:
        return ZakenClient(self._installatie, namens=NAMENS)

    @property
    def _catalogi(self) -> CatalogiClient:
        return CatalogiClient(self._installatie, namens=NAMENS)

    def _zaak(self) -> ZaakUit | None:
        url = self._verloop.zaak()
        return self._zaken.zaak(url) if url else None

    def _besluittype(self, url: str) -> str:
        return str(self._catalogi.vraag("GET", url)["omschrijving"])

    def _regels(self) -> list[Regel]:
        with self._installatie.db.lezen() as verbinding:
            return [r for i in self._instanties for r in self._verloop.motor.geschiedenis(verbinding, i.id)]

    def _brief(self, regel: Regel) -> dict[str, Any] | None:
        if regel.soort != "serviceTask" or regel.uitkomst != "voltooid" or not (regel.uitvoer or {}).get("document"):
            return None
        element = self._element(regel)
        if element is None or element.zeebe.taak_type != BRIEF:
            return None
        client = DocumentenClient(self._installatie, namens=NAMENS)
        document = client.document((regel.uitvoer or {})["document"])
        inhoud = b"".join(client.inhoud(document))
        tekst = " ".join(pagina.extract_text() for pagina in pypdf.PdfReader(BytesIO(inhoud)).pages)
        return {
            "sjabloon": (regel.invoer or {}).get("sjabloon") or element.zeebe.koppen.get("sjabloon", ""),
            "titel": document.titel,
            "tekst": " ".join(tekst.split()),
        }

    def _element(self, regel: Regel) -> Any:
        with self._installatie.db.lezen() as verbinding:
            gecompileerd = self._verloop.motor.definities.haal(verbinding, regel.definitie)
            return {e.id: e for _, e in gecompileerd.proces.bereik.alles()}.get(regel.element)
