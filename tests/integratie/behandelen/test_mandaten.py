"""Het mandaatregister in beheer."""

import re

from integratie.configuratie import MANDAAT, Configuratie
from integratie.mandaten import lees_register
from tests.integratie.behandelen.hulp import BAS, browser
from tests.reishulp import Gemeente

NIEUW = re.compile(r"/beheer/mandaten/(\w+)$")
VELDEN = {
    "bestuursorgaan": "De burgemeester", "functie": "Gemeentesecretaris", "besluittypen": "Ontheffing\nVergunning",
    "tot_bedrag": "2.500,00", "begin-dag": "1", "begin-maand": "1", "begin-jaar": "2026", "ondermandaat_toegestaan": "ja",
}  # fmt: skip


def test_toevoegen_en_wijzigen(gemeente: Gemeente) -> None:
    configuratie = Configuratie(gemeente.installatie, namens="beheer")
    with browser(gemeente.installatie) as femke:
        femke.log_in("femke", "/beheer/mandaten/")
        assert "Hoofd team Wonen" in femke.tekst  # uit het pakket
        femke.naar("/beheer/mandaten/nieuw")
        treffer = NIEUW.search(femke.pad)
        assert treffer
        femke.stuur(femke.pad, **{**VELDEN, "functie": ""})
        assert "Vul “Functie” in." in femke.tekst
        femke.stuur(femke.pad, **VELDEN, vervanger="Locosecretaris")
        assert "Vul ook in van wanneer tot wanneer." in femke.tekst
        femke.stuur(femke.pad, **VELDEN)
        assert "Gemeentesecretaris" in femke.tekst
        (mandaat,) = [m for m in lees_register(configuratie) if m.functie == "Gemeentesecretaris"]
        assert (mandaat.besluittypen, str(mandaat.tot_bedrag)) == (("Ontheffing", "Vergunning"), "2500.00")
        assert mandaat.ondermandaat_toegestaan
        einde = {"einde-dag": "31", "einde-maand": "12", "einde-jaar": "2025"}
        femke.naar(f"/beheer/mandaten/{mandaat.sleutel}")
        femke.stuur(femke.pad, **VELDEN, **einde)
        assert "De laatste dag ligt voor de eerste." in femke.tekst
        femke.stuur(femke.pad, **VELDEN, **{**einde, "einde-jaar": "2026"})
        (gewijzigd,) = [m for m in lees_register(configuratie) if m.functie == "Gemeentesecretaris"]
        assert gewijzigd.einde is not None
    configuratie.verwijder(MANDAAT, mandaat.sleutel)


def test_alleen_voor_functioneel_beheer(gemeente: Gemeente) -> None:
    with browser(gemeente.installatie, BAS) as bas:
        assert bas.naar("/beheer/mandaten/").status == 403
