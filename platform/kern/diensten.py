"""De API's die het platform kent, eigen of van een ander, en hoe een verwijzing daarheen bewaard wordt.

Een URL is identiteit en moet een verhuizing overleven. Daarom staat een verwijzing in de database als `dienst:pad`
(`zaken:zaken/<uuid>`) en wordt zij bij het lezen samengevoegd met het adres dat de dienst dan heeft. Een URL van een onbekende
dienst blijft zoals hij is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit, urlunsplit

from kern.instellingen import Instellingen

Aanmelding = Literal["zgw", "token", "geen"]

API_PADEN: dict[str, tuple[str, Aanmelding]] = {
    "zaken": ("/zaken/api/v1", "zgw"),
    "catalogi": ("/catalogi/api/v1", "zgw"),
    "documenten": ("/documenten/api/v1", "zgw"),
    "besluiten": ("/besluiten/api/v1", "zgw"),
    "autorisaties": ("/autorisaties/api/v1", "zgw"),
    "notificaties": ("/notificaties/api/v1", "zgw"),
    "klantinteracties": ("/klantinteracties/api/v1", "token"),
    "contactgegevens": ("/contactgegevens/api/v1", "token"),
    "objecten": ("/objecten/api/v2", "token"),
    "objecttypen": ("/objecttypen/api/v2", "token"),
    "verzoeken": ("/verzoeken/api/v1", "token"),
    "taken": ("/taken/api/v1", "token"),
    "berichten": ("/berichten/api/v1", "token"),
    "producten": ("/producten/api/v1", "token"),
    "producttypen": ("/producttypen/api/v1", "token"),
    "referentielijsten": ("/referentielijsten/api/v1", "geen"),
    "processen": ("/processen/api/v1", "token"),
    "termijnen": ("/termijnen/api/v1", "token"),
    "logboek": ("/logboek/api/v1", "token"),
}


@dataclass(frozen=True)
class Dienst:
    """Een bereikbare API: `basis` zonder streep aan het eind, en waarmee wij ons daar aanmelden (leeg: eigen registratie)."""

    naam: str
    basis: str
    aanmelding: Aanmelding
    client_id: str = ""
    geheim: str = ""
    eigen: bool = True


class Diensten:
    """Het register van diensten van een installatie, met de oude adressen die nog herkend worden."""

    def __init__(
        self,
        diensten: Iterable[Dienst],
        *,
        adres: str,
        oude_adressen: Iterable[str] = (),
        andere: Iterable[Dienst] = (),
    ) -> None:
        """`andere` zijn geen API's die het platform kent: wat ernaar verwijst wordt opgehaald, en bewaard zoals het is."""
        self._op_naam = {dienst.naam: dienst for dienst in diensten}
        self._bases = [(f"{dienst.basis}/", dienst.naam) for dienst in self._op_naam.values()]
        self._andere = {dienst.naam: dienst for dienst in andere}
        self.adres = adres
        self.ken_oude_adressen(oude_adressen)

    @classmethod
    def uit(cls, instellingen: Instellingen) -> "Diensten":
        """Alle diensten volgens de instellingen: eigen, tenzij `DIENST_<NAAM>` een andere wijst."""
        return cls(
            (_dienst(naam, instellingen) for naam in API_PADEN),
            adres=instellingen.adres,
            andere=map(_andere_dienst, instellingen.namen("andere_diensten")),
        )

    def ken_oude_adressen(self, adressen: Iterable[str]) -> None:
        """Herken voortaan ook URL's onder een vroeger publiek adres."""
        for adres in adressen:
            self._bases += [
                (f"{adres}{API_PADEN[naam][0]}/", naam) for naam, dienst in self._op_naam.items() if dienst.eigen
            ]

    def __iter__(self) -> Iterator[Dienst]:
        return iter((*self._op_naam.values(), *self._andere.values()))

    def __getitem__(self, naam: str) -> Dienst:
        return self._op_naam.get(naam) or self._andere[naam]

    @property
    def alle_eigen(self) -> bool:
        """Zijn alle API's registraties van deze installatie, in dit proces?"""
        return all(dienst.eigen for dienst in self)

    def bij_url(self, url: str) -> Dienst | None:
        """De dienst waar een URL onder valt, of None."""
        naam = next((naam for basis, naam in self._bases if url.startswith(basis)), None)
        if naam:
            return self._op_naam[naam]
        return next((dienst for dienst in self._andere.values() if url.startswith(f"{dienst.basis}/")), None)

    def naar_opslag(self, url: str) -> str:
        """De vorm waarin een URL bewaard wordt: `dienst:pad`, of de URL zelf bij een onbekende dienst."""
        for basis, naam in self._bases:
            if url.startswith(basis):
                return f"{naam}:{url[len(basis) :]}"
        return url

    def naar_url(self, opslag: str) -> str:
        """Het omgekeerde van `naar_opslag`, met het adres dat de dienst nu heeft."""
        naam, scheiding, pad = opslag.partition(":")
        dienst = self._op_naam.get(naam) if scheiding else None
        return f"{dienst.basis}/{pad}" if dienst else opslag


def _dienst(naam: str, instellingen: Instellingen) -> Dienst:
    pad, aanmelding = API_PADEN[naam]
    ander = getattr(instellingen, f"dienst_{naam}", "")
    if not ander:
        return Dienst(naam, f"{instellingen.adres}{pad}", aanmelding)
    basis, client_id, geheim = _ontleed(ander)
    return Dienst(naam, basis, aanmelding, client_id, geheim or client_id, eigen=False)


def _andere_dienst(adres: str) -> Dienst:
    """Een geregistreerd adres: met client_id en geheim als ZGW, met alleen een token, of zonder aanmelden. De naam is het adres."""
    basis, client_id, geheim = _ontleed(adres)
    aanmelding: Aanmelding = "zgw" if geheim else "token" if client_id else "geen"
    return Dienst(basis, basis, aanmelding, client_id, geheim or client_id, eigen=False)


def _ontleed(adres: str) -> tuple[str, str, str]:
    """(basis, client_id, geheim) van `https://client_id:geheim@host/pad`."""
    delen = urlsplit(adres)
    basis = urlunsplit((delen.scheme, delen.netloc.rpartition("@")[2], delen.path.rstrip("/"), "", ""))
    return basis, unquote(delen.username or ""), unquote(delen.password or "")
