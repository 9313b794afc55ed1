"""Modellen en uitdrukkingen die de motor willen laten hangen, voor de test en voor de meting."""

from tests.procesmodel import RUIMTEN, bpmn

VIJANDIGE_FEEL = {
    "diepe haakjes": "(" * 50_000 + "1" + ")" * 50_000,
    "lange ontkenning": "-" * 100_000 + "1",
    "diepe lijst": "[" * 20_000 + "]" * 20_000,
    "lange som": " + ".join(["1"] * 100_000),
    "open tekst": '"' + "a" * 500_000,
    "diepe voorwaarde": "if a then " * 5_000 + "1",
    "diepe filter": "a[" * 20_000 + "1" + "]" * 20_000,
}


def vijandige_bestanden() -> dict[str, bytes]:
    """Bestanden die als BPMN worden aangeboden en geweigerd horen te worden."""
    lach = "".join(f'<!ENTITY l{nr} "{f"&l{nr - 1};" * 10}">' for nr in range(1, 10))
    return {
        "een MB tekst": b"<definitions>" + b"x" * (1 << 20) + b"</definitions>",
        "diepe elementen": b"<a>" * 5000 + b"</a>" * 5000,
        "tienduizend elementen": bpmn("p", *[f'<task id="t{nr}"/>' for nr in range(10_000)]),
        "entiteiten": f'<!DOCTYPE d [<!ENTITY l0 "ha">{lach}]><definitions {RUIMTEN}>&l9;</definitions>'.encode(),
        "bestand van buiten": b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>',
        "geen xml": b"geen xml",
        "andere naamruimte": b'<definitions xmlns="urn:anders"/>',
    }
