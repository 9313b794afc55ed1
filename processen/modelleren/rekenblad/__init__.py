"""
Een beslistabel als rekenblad, en terug: XLSX, ODS, CSV of geplakte cellen.

    tabel = tabelbladen(dmn)[0]                    de tabel zoals zij in het model staat
    schrijf(tabel, "xlsx") -> bytes                het bestand
    lees(inhoud, "xlsx") -> Rooster                de cellen, met hun adres; `Bladfout` als het geen rekenblad is
    vergelijk(tabel, rooster, namen) -> Verslag    wat er verandert, en wat er niet kan, met het celadres
    pas_toe(dmn, tabel.sleutel, verslag) -> bytes  het model met die wijzigingen; zonder wijzigingen precies hetzelfde bestand
"""

from processen.modelleren.rekenblad.bestanden import MEDIATYPEN, Bladfout, lees, schrijf
from processen.modelleren.rekenblad.blad import Bladregel, Tabelblad, namen_in, tabelbladen
from processen.modelleren.rekenblad.cellen import Cel, Rooster, uit_tekst
from processen.modelleren.rekenblad.toepassen import pas_toe
from processen.modelleren.rekenblad.vergelijken import Verslag, vergelijk

__all__ = [
    "MEDIATYPEN", "Bladfout", "Bladregel", "Cel", "Rooster", "Tabelblad", "Verslag", "lees", "namen_in", "pas_toe", "schrijf", "tabelbladen",
    "uit_tekst", "vergelijk",
]  # fmt: skip
