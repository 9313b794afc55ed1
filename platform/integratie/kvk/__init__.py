"""Handelsregister van de KVK (landelijke API's): zoeken, basisprofiel en vestigingsprofiel.

Fouten: `KvkFout` (een `ApiFout`)
    `KvkOnbereikbaar`    geen verbinding, te laat, te druk, of een fout aan hun kant: later opnieuw
    `KvkGeweigerd`       onze sleutel deugt niet
    `KvkVraagOnjuist`    onze vraag klopt niet (`code` is de IPD-code)
    `KvkAntwoordOnjuist` het antwoord heeft niet de verwachte vorm
"""

from integratie.kvk.client import (
    KvkAntwoordOnjuist,
    KvkClient,
    KvkFout,
    KvkGeweigerd,
    KvkOnbereikbaar,
    KvkVraagOnjuist,
    maak_kvk_client,
)
from integratie.kvk.schemas import Adres, Basisprofiel, Gevonden, VestigingKort, Vestigingsprofiel, Zoekresultaat

__all__ = [
    "Adres",
    "Basisprofiel",
    "Gevonden",
    "KvkAntwoordOnjuist",
    "KvkClient",
    "KvkFout",
    "KvkGeweigerd",
    "KvkOnbereikbaar",
    "KvkVraagOnjuist",
    "VestigingKort",
    "Vestigingsprofiel",
    "Zoekresultaat",
    "maak_kvk_client",
]
