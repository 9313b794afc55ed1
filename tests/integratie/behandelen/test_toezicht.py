"""Een toezichthouder vindt een registratie op nummer en op adres, met de meldingen erbij; wie keek en over wie staat vast."""

from sqlalchemy import text

from integratie.processen import ProcessenClient
from tests.integratie.behandelen.hulp import BAS, browser
from tests.reishulp import KOOP, Gemeente

ADRES = {
    "postcode": "1012NX",
    "huisnummer": "14",
    "huisletter": "B",
    "straat": "Proefstraat",
    "plaats": "Voorbeeldstad",
}
GEKEKEN = text(
    "SELECT count(*) FROM kern.auditregel WHERE gebruiker = 'toon' AND actie = 'registratie opgezocht voor toezicht'"
)
VERWERKT = text(
    "SELECT count(*) FROM kern.verwerking WHERE verwerkingsactiviteit = 'urn:dienstverlening:verwerking:toezicht'"
)


def _registreer(gemeente: Gemeente) -> str:
    verzoek = gemeente.dien_in("registratie", {**KOOP, "woning": ADRES})
    gemeente.werk()
    (proces,) = ProcessenClient(gemeente.installatie, namens="behandelen").instanties(zaak=gemeente.zaak(verzoek).url)
    nummer = str(proces.variabelen["registratienummer"])
    assert "woning" not in proces.variabelen  # het adres gaat buiten de variabelen om
    dagen = {"registratienummer": nummer, "aankomst": "2026-12-20", "vertrek": "2026-12-27"}
    gemeente.dien_in("melding", dagen)
    gemeente.werk()
    return nummer


def _getal(gemeente: Gemeente, vraag: object) -> int:
    with gemeente.installatie.db.lezen() as verbinding:
        return int(verbinding.scalar(vraag) or 0)  # type: ignore[call-overload]  # een vaste telling


def test_op_nummer_en_op_adres(gemeente: Gemeente) -> None:
    nummer = _registreer(gemeente)
    with browser(gemeente.installatie) as toon:
        toon.log_in("toon", "/toezicht/")
        toon.stuur("/toezicht/", nummer=nummer.replace("-", "").lower())
        assert all(
            deel in toon.tekst
            for deel in (nummer, "Proefstraat 14B", "Geldig", "toeristische-verhuur-melding", "2026-12-20")
        )
        assert "999000007" not in toon.tekst
        gekeken, verwerkt = _getal(gemeente, GEKEKEN), _getal(gemeente, VERWERKT)
        assert (gekeken, verwerkt) == (1, 1)
        adres = {f"adres-{naam}": waarde for naam, waarde in ADRES.items()}
        toon.stuur("/toezicht/", **{**adres, "adres-postcode": "1012 nx", "adres-huisletter": ""})
        assert nummer in toon.tekst
        assert _getal(gemeente, VERWERKT) == 2
        toon.stuur("/toezicht/", **{**adres, "adres-huisletter": "C"})
        assert "Er is geen registratie" in toon.tekst
        assert (_getal(gemeente, GEKEKEN), _getal(gemeente, VERWERKT)) == (3, 2)  # ook wie niets vond, keek
        toon.stuur("/toezicht/")
        assert "Vul een nummer of een adres in." in toon.tekst


def test_alleen_voor_toezichthouders(gemeente: Gemeente) -> None:
    with browser(gemeente.installatie, BAS) as bas:
        assert bas.naar("/toezicht/").status == 403
