"""Procespakketten: één map met alles wat een dienst nodig heeft, die van gemeente naar gemeente gaat.

Een pakket wordt gelezen (`lees_pakket`), nagekeken (`controleer`) en geïnstalleerd (`installeer`); nog eens installeren verandert
niets. De meegeleverde pakketten staan in `processen/procespakketten`.
"""

from processen.pakketten.controle import controleer
from processen.pakketten.formaat import Pakket, PakketFout, lees_pakket
from processen.pakketten.installeren import installeer, staat_er_al

__all__ = ["Pakket", "PakketFout", "controleer", "installeer", "lees_pakket", "staat_er_al"]
