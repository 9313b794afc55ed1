"""Inlogmiddelen uit een TOML-bestand: zo sluit een gemeente haar makelaar en haar eigen identity provider aan.

    [[inlogmiddel]]
    naam = "digid"                  # deel van het adres /aanmelden/digid/terug
    titel = "DigiD"
    doelgroep = "inwoner"           # inwoner, ondernemer of medewerker
    bron = "digid"                  # digid, eherkenning, eidas of medewerker
    issuer = "https://makelaar.example/digid"
    client_id = "gemeente"
    sleutel_bestand = "/run/secrets/oidc.pem"      # private_key_jwt; of client_geheim_bestand
    claims.bsn = "urn:nl-eid-gdi:1.0:BSN"          # een naam, of een pad als lijst
    rollen_per_groep.kcc = ["kcc-medewerker"]      # alleen bij medewerkers
    alle_diensten = ["gemeente"]                   # een machtiging voor deze dienst geldt voor alles

Geheimen staan in eigen bestanden, nooit in dit bestand.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from kern.aanmelden.identiteit import ROLLEN, Bron, Doelgroep
from kern.aanmelden.middel import Claims, Inlogmiddel, herkomsten
from kern.aanmelden.niveaus import Niveau
from kern.instellingen import Instellingen, InstellingenFout

_BRONNEN: dict[Doelgroep, tuple[Bron, ...]] = {
    "inwoner": ("digid", "eidas"),
    "ondernemer": ("eherkenning", "eidas"),
    "medewerker": ("medewerker",),
}
_LOKAAL = ("localhost", "127.0.0.1")


class MiddelenFout(InstellingenFout):
    """Het bestand met inlogmiddelen klopt niet. De tekst noemt alle fouten, elk op een eigen regel."""


class _Regel(BaseModel):
    model_config = ConfigDict(extra="forbid")

    naam: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,30}$")
    titel: str = Field(min_length=1)
    doelgroep: Doelgroep
    bron: Bron
    issuer: str
    client_id: str = Field(min_length=1)
    client_geheim_bestand: Path | None = None
    sleutel_bestand: Path | None = None
    scopes: tuple[str, ...] = ("openid",)
    claims: Claims = Claims()
    gebruik_userinfo: bool = False
    algoritmen: tuple[Literal["PS256", "RS256", "ES256"], ...] = Field(("PS256", "RS256"), min_length=1)
    standaard_niveau: Niveau = Niveau.BASIS
    rollen_per_groep: dict[str, tuple[Annotated[str, Field(pattern=f"^({'|'.join(ROLLEN)})$")], ...]] = {}
    alle_diensten: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _kloppend(self) -> Self:
        delen = urlsplit(self.issuer)
        if delen.scheme != "https" and delen.hostname not in _LOKAAL:
            raise ValueError("issuer moet met https:// beginnen")
        if self.bron not in _BRONNEN[self.doelgroep]:
            raise ValueError(f"bron {self.bron} hoort niet bij een {self.doelgroep}")
        if "openid" not in self.scopes:
            raise ValueError("scopes moet openid bevatten")
        if (self.client_geheim_bestand is None) == (self.sleutel_bestand is None):
            raise ValueError("geef sleutel_bestand of client_geheim_bestand, niet allebei")
        return self

    def middel(self) -> Inlogmiddel:
        velden = self.model_dump(exclude={"client_geheim_bestand", "sleutel_bestand", "claims"})
        return Inlogmiddel(
            **velden,
            claims=self.claims,
            client_geheim=_geheim(self.client_geheim_bestand) if self.client_geheim_bestand else "",
            sleutel=_sleutel(self.sleutel_bestand) if self.sleutel_bestand else None,
        )


def laad_middelen(bestand: Path) -> tuple[Inlogmiddel, ...]:
    """De inlogmiddelen in `bestand`; `MiddelenFout` met alles wat er niet aan klopt."""
    try:
        ruw = tomllib.loads(bestand.read_text(encoding="utf-8")).get("inlogmiddel", [])
        regels = TypeAdapter(list[_Regel]).validate_python(ruw)
    except OSError as fout:
        raise MiddelenFout(f"{bestand}: {fout.strerror}") from None
    except tomllib.TOMLDecodeError as fout:
        raise MiddelenFout(f"{bestand}: {fout}") from None
    except ValidationError as fout:
        raise MiddelenFout("\n".join(_tekst(deel["loc"], deel["msg"]) for deel in fout.errors())) from None
    namen = [regel.naam for regel in regels]
    dubbel = sorted({naam for naam in namen if namen.count(naam) > 1})
    if dubbel:
        raise MiddelenFout(f"naam komt vaker voor: {', '.join(dubbel)}")
    return tuple(regel.middel() for regel in regels)


def eigen_middelen(instellingen: Instellingen) -> tuple[Inlogmiddel, ...]:
    """De inlogmiddelen die de gemeente zelf instelde (INLOGMIDDELEN); leeg als zij dat niet deed."""
    return laad_middelen(Path(instellingen.inlogmiddelen)) if instellingen.inlogmiddelen else ()


def afmelddoelen(instellingen: Instellingen) -> list[str]:
    """Waar afmelden naartoe doorgaat, voor `form-action` in de CSP. De simulator staat op het eigen adres en hoeft er niet bij."""
    return herkomsten(eigen_middelen(instellingen))


def _tekst(plek: tuple[int | str, ...], melding: str) -> str:
    nummer, *veld = plek
    wat = ".".join(str(deel) for deel in veld)
    nummering = f"inlogmiddel {int(nummer) + 1}" if isinstance(nummer, int) else str(nummer)
    return f"{nummering}{f', {wat}' if wat else ''}: {melding.removeprefix('Value error, ')}"


def _geheim(bestand: Path) -> str:
    try:
        return bestand.read_text(encoding="utf-8").strip()
    except OSError as fout:
        raise MiddelenFout(f"{bestand}: {fout.strerror}") from None


def _sleutel(bestand: Path) -> RSAKey:
    try:
        return RSAKey.import_key(_geheim(bestand))
    except (JoseError, ValueError):
        raise MiddelenFout(f"{bestand}: geen RSA-sleutel in PEM") from None
