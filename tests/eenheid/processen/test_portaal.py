"""Een bericht in MijnGemeente kent een hoogste aantal tekens; wat niet past is te zien."""

from processen.verzenden.portaal import LANGSTE_ONDERWERP, LANGSTE_TEKST, VERDER, ingekort


def test_wat_niet_past_breekt_niet_midden_in_een_woord_en_zegt_het() -> None:
    onderwerp = "Besluit: u krijgt geen vergunning voor uw evenement"
    assert ingekort(onderwerp, LANGSTE_ONDERWERP) == "Besluit: u krijgt geen vergunning voor uw…"
    assert ingekort(onderwerp[:50], LANGSTE_ONDERWERP) == onderwerp[:50]
    assert ingekort("x" * 51, LANGSTE_ONDERWERP) == f"{'x' * 49}…"
    lang = ingekort("woord " * 1000, LANGSTE_TEKST, VERDER["nl"])
    assert len(lang) <= LANGSTE_TEKST
    assert lang.endswith(f"woord…{VERDER['nl']}")
