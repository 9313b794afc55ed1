"""Alle instellingen, uit de omgeving (hoofdletters, zonder voorvoegsel). `docs/instellingen.md` wordt hieruit gemaakt."""

from datetime import time
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from kern.elfproef import voldoet_aan_elfproef

STANDAARD_POORT = 8000
MINIMALE_SLEUTEL = 32


class InstellingenFout(Exception):
    """Een of meer instellingen kloppen niet. De tekst noemt ze allemaal, elk op een eigen regel."""


class Instellingen(BaseSettings):
    """De instellingen van één installatie. Onbekende omgevingsvariabelen worden genegeerd; foute geven een fout per stuk."""

    model_config = SettingsConfigDict(env_file=None, extra="ignore", frozen=True, env_ignore_empty=True)

    omgeving: Literal["demo", "test", "productie"] = Field(
        "productie", description="Soort installatie. Simulatoren draaien alleen in demo en test."
    )
    data: Path = Field(
        Path("data"), description="Map voor wat het platform zelf bewaart: ingebouwde database, bestanden, sleutels."
    )
    poort: int = Field(STANDAARD_POORT, ge=1, le=65535, description="Poort waarop de webserver luistert.")
    luister_op: str = Field("127.0.0.1", description="Adres waarop de webserver luistert.")
    publiek_adres: str = Field(
        "",
        description="Adres waaronder gebruikers en andere systemen het platform bereiken; leeg: http://localhost:POORT. Alle URL's van gegevens beginnen hiermee.",
    )
    database_url: str = Field(
        "",
        description="PostgreSQL 15 of nieuwer, als postgresql://…; leeg: het platform start zijn eigen PostgreSQL onder DATA.",
    )
    database_verbindingen: int = Field(
        10,
        ge=1,
        le=200,
        description="Grootste aantal databaseverbindingen per proces, om te lezen en nog eens om te schrijven.",
    )
    redis_url: str = Field(
        "", description="Redis of Valkey, als redis://…; leeg: het platform start zijn eigen Redis onder DATA."
    )
    redis_prefix: str = Field(
        "dv:",
        pattern=r"^[a-z0-9:_-]*$",
        description="Voorvoegsel van alle sleutels in Redis, zodat installaties een server kunnen delen.",
    )
    opslag_url: str = Field(
        "", description="Opslag van bestanden, als fsspec-URL (s3://…, file://…); leeg: de map bestanden onder DATA."
    )
    geheime_sleutel: SecretStr = Field(
        SecretStr(""),
        description="Sleutel voor sessies en versleuteling, minstens 32 tekens. Verplicht in productie; daarbuiten wordt er een gemaakt onder DATA.",
    )
    gemeente_naam: str = Field(
        "Gemeente Voorbeeldstad", min_length=1, description="Naam van de gemeente op schermen en in brieven."
    )
    retouradres: str = Field(
        "Postbus 1, 0000 AA Voorbeeldstad",
        description="Waar papieren formulieren naartoe gaan, met komma's tussen de regels.",
    )
    gemeente_telefoon: str = Field(
        "14 0999", pattern=r"^[0-9+() -]*$", description="Telefoonnummer onderaan elk scherm; leeg: geen."
    )
    kaart_tegels: str = Field(
        "",
        pattern=r"^(https://[^\s\"'<>;,]+\{z\}[^\s\"'<>;,]*)?$",
        description="Adres van een kaartdienst (WMTS of XYZ, in Web Mercator) met {z}, {x} en {y}, voor de achtergrond van de kaart in formulieren. "
        "Leeg: een kaart zonder achtergrond, en er gaat niets naar buiten.",
    )
    kaart_bron: str = Field("", description="De bronvermelding die de kaartdienst vraagt, onder de kaart.")
    kaart_midden: tuple[float, float] = Field(
        (5.1214, 52.0907), description="Waar de kaart begint, als JSON: `[lengtegraad, breedtegraad]`."
    )
    gemeente_contact: str = Field("", description="Adres van de contactpagina, onderaan elk scherm; leeg: geen.")
    gemeente_privacy: str = Field("", description="Adres van de privacyverklaring, onderaan elk scherm; leeg: geen.")
    gemeente_toegankelijkheid: str = Field(
        "", description="Adres van de toegankelijkheidsverklaring, onderaan elk scherm; leeg: geen."
    )
    bronorganisatie: str = Field("517439943", description="RSIN van de gemeente: negen cijfers met elfproef.")
    import_map: str = Field(
        "", description="Map met bestanden om documenten in bulk te importeren; leeg: de map import onder DATA."
    )
    documenttype_als_url: bool = Field(
        False,
        description="Noem in antwoorden van zaaktype-informatieobjecttypen het documenttype met de URL van de versie die geldt, zoals Open Zaak; GZAC rekent daarop. Uit: met zijn omschrijving, zoals de standaard.",
    )
    publiceer_compleet: bool = Field(
        True,
        description="Publiceer een zaaktype alleen als elk besluit- en documenttype erin een gepubliceerde versie heeft (regel ztc-012, vervallen in Catalogi 1.3.2).",
    )
    publiceer_met_onderdelen: bool = Field(
        False,
        description="Publiceer een zaaktype alleen met minstens één roltype, één resultaattype en twee statustypen, zoals Open Zaak; de standaard vraagt dat niet. De beheerschermen vragen het altijd.",
    )
    status_na_startdatum: bool = Field(
        False,
        description="Weiger een status van voor de startdatum van de zaak (Zaken 1.6). Uit: bewaar hem met een waarschuwing, zoals afnemers van Zaken 1.5 gewend zijn.",
    )
    onderdelen: str = Field(
        "", description="Namen van onderdelen die dit proces aanbiedt, met komma's; leeg: allemaal."
    )
    plugins: str = Field("", description="Namen van de plugins die aan staan, met komma's; leeg: alle ingebouwde.")
    web_processen: int = Field(1, ge=1, le=64, description="Aantal webprocessen.")
    web_draden: int = Field(8, ge=1, le=256, description="Aantal draden per webproces.")
    werkers: int = Field(2, ge=1, le=64, description="Aantal workerprocessen dat `dienstverlening worker` start.")
    log_niveau: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Vanaf welk niveau er gelogd wordt."
    )
    dienst_zaken: str = Field(
        "",
        description="Andere Zaken API in plaats van de eigen registratie: https://client_id:geheim@host/zaken/api/v1.",
    )
    dienst_catalogi: str = Field("", description="Andere Catalogi API, zelfde vorm.")
    dienst_documenten: str = Field("", description="Andere Documenten API, zelfde vorm.")
    dienst_besluiten: str = Field("", description="Andere Besluiten API, zelfde vorm.")
    dienst_autorisaties: str = Field("", description="Andere Autorisaties API, zelfde vorm.")
    dienst_notificaties: str = Field("", description="Andere Notificaties API, zelfde vorm.")
    dienst_klantinteracties: str = Field(
        "", description="Andere Klantinteracties API: https://token@host/klantinteracties/api/v1."
    )
    dienst_contactgegevens: str = Field("", description="Andere Contactgegevens API, vorm als Klantinteracties.")
    dienst_objecten: str = Field("", description="Andere Objecten API, vorm als Klantinteracties.")
    dienst_objecttypen: str = Field("", description="Andere Objecttypen API, vorm als Klantinteracties.")
    dienst_verzoeken: str = Field("", description="Andere Verzoeken API, vorm als Klantinteracties.")
    dienst_taken: str = Field("", description="Andere Taken API, vorm als Klantinteracties.")
    dienst_berichten: str = Field("", description="Andere Berichten API, vorm als Klantinteracties.")
    dienst_producten: str = Field("", description="Andere Producten API, vorm als Klantinteracties.")
    dienst_producttypen: str = Field("", description="Andere Producttypen API, vorm als Klantinteracties.")
    dienst_referentielijsten: str = Field(
        "", description="Andere Referentielijsten API, zonder aanmelden: https://host/pad."
    )
    andere_diensten: str = Field(
        "",
        description="Adressen buiten dit platform waar verwijzingen naartoe mogen (een objectenregistratie, de BAG), met komma's: https://host/pad, https://token@host/pad of https://client_id:geheim@host/pad.",
    )
    inlogmiddelen: str = Field(
        "", description="TOML-bestand met de inlogmiddelen (zie kern/aanmelden/bestand.py); leeg in demo: de simulator."
    )
    brp_url: str = Field("", description="Adres van de BRP API Personen bevragen; leeg in demo: de simulator.")
    brp_sleutel: SecretStr = Field(SecretStr(""), description="API-sleutel voor de BRP, gaat mee als X-API-KEY.")
    kvk_url: str = Field("", description="Adres van de KVK API's; leeg in demo: de simulator.")
    kvk_sleutel: SecretStr = Field(SecretStr(""), description="API-sleutel voor de KVK, gaat mee als apikey.")
    bag_url: str = Field("", description="Adres van de BAG API Individuele Bevragingen; leeg in demo: de simulator.")
    bag_sleutel: SecretStr = Field(SecretStr(""), description="API-sleutel voor de BAG, gaat mee als X-Api-Key.")
    inkomen_url: str = Field("", description="Adres van de inkomensbron; leeg in demo: de simulator.")
    inkomen_sleutel: SecretStr = Field(
        SecretStr(""), description="API-sleutel voor de inkomensbron, gaat mee als X-API-KEY."
    )
    betalen_url: str = Field(
        "", description="Adres van de betaaldienst (Mollie Payments API, zonder /v2); leeg in demo: de simulator."
    )
    betalen_sleutel: SecretStr = Field(SecretStr(""), description="API-sleutel van de betaaldienst.")
    uitbetalen_url: str = Field(
        "",
        description="Adres waar betaalopdrachten (pain.001) van de gemeente heen gaan; leeg in demo: de simulator.",
    )
    uitbetalen_sleutel: SecretStr = Field(
        SecretStr(""), description="API-sleutel voor betaalopdrachten, gaat mee als X-API-KEY."
    )
    uitbetalen_iban: str = Field(
        "", description="Rekening (IBAN) waarvan de gemeente uitbetaalt; verplicht in productie om uit te betalen."
    )
    http_toegestaan: str = Field(
        "",
        description="Adressen (begin van de URL, https) die het bouwblok http.verzoek mag aanroepen, met komma's; leeg: geen.",
    )
    smtp_url: str = Field(
        "",
        description="Mailserver, als smtp://gebruiker:wachtwoord@host:poort; leeg in demo: het postvak van de simulator.",
    )
    mail_afzender: str = Field(
        "Gemeente Voorbeeldstad <no-reply@voorbeeldstad.example>", description="Afzender van e-mail."
    )
    sms_url: str = Field("", description="Adres van de sms-dienst (NotifyNL); leeg in demo: de simulator.")
    sms_dienst: str = Field("", description="Nummer van de dienst bij NotifyNL (service id).")
    sms_sleutel: SecretStr = Field(SecretStr(""), description="Geheim van de dienst bij NotifyNL.")
    sms_sjabloon: str = Field("", description="Nummer van het sjabloon bij NotifyNL, met alleen ((bericht)).")
    bekendmaking_url: str = Field(
        "", description="Adres waar officiële bekendmakingen aangeleverd worden; leeg in demo: de simulator."
    )
    bekendmaking_sleutel: SecretStr = Field(
        SecretStr(""), description="Sleutel (bearer) voor het aanleveren van bekendmakingen."
    )
    bekendmaking_sru: str = Field(
        "",
        description="Adres van de zoekdienst (SRU) waar een publicatie teruggevonden wordt; leeg in demo: de simulator.",
    )
    brief_na_ongelezen_dagen: int = Field(
        14,
        ge=0,
        description="Een besluit, verdaging of bericht over een dwangsom dat na zoveel dagen in MijnGemeente nog niet gelezen is, gaat alsnog per brief; 0 is nooit. Een pakket kan het per zaaktype anders zeggen.",
    )
    brief_na_ongelezen_dagen_reactie: int = Field(
        5,
        ge=0,
        description="Hetzelfde voor een bericht waar iemand op tijd op moet reageren: een verzoek om aanvulling of een voornemen.",
    )
    print_map: str = Field(
        "", description="Map waarin het printkanaal brieven met metadata klaarzet; leeg: de map print onder DATA."
    )
    brief_middelen: str = Field(
        "",
        description="Map met de eigen middelen voor brieven: logo.svg of logo.png, brief.css en afbeeldingen; alleen hieruit komt beeld in een brief. Leeg: geen.",
    )
    zegel_bestand: str = Field(
        "",
        description="PKCS#12-bestand (.p12) met sleutel en certificaat waarmee brieven verzegeld worden; leeg: geen zegel.",
    )
    zegel_wachtwoord: SecretStr = Field(SecretStr(""), description="Wachtwoord van ZEGEL_BESTAND.")
    objecttype_externe_taak: str = Field(
        "",
        description="URL van het objecttype voor externe taken (versie 2): klanttaken worden uitgewisseld met de Objecten API; leeg: niet.",
    )
    objecttype_productaanvraag: str = Field(
        "",
        description="URL van het objecttype voor productaanvragen: elk object wordt een verzoek; leeg: niet.",
    )
    objecten_uitschrijven: bool = Field(
        False, description="Zet ook eigen klanttaken en verzoeken als object in de Objecten API."
    )
    taak_herinnering_dagen: int = Field(
        3,
        ge=0,
        le=90,
        description="Hoeveel dagen voor de einddatum een klanttaak herinnerd wordt, als de taak niets noemt.",
    )
    taak_herinnering_tijd: time = Field(
        time(9), description="Hoe laat op die dag de herinnering gaat, zoals 09:00 (Nederlandse tijd)."
    )
    klantcontact_kanaal: Literal["vrij", "lijst"] = Field(
        "vrij",
        description="Welk kanaal een klantcontact mag hebben: elk, of alleen een uit de referentielijst communicatiekanalen "
        "(zolang die leeg is elk).",
    )
    zaken_openen: Literal["team", "iedereen"] = Field(
        "team",
        description="Welke zaken een behandelaar opent: die van zijn team (of waar hij een taak of rol bij heeft), of alle. "
        "Een teamleider opent elke zaak.",
    )
    publiceren_vier_ogen: bool = Field(
        False,
        description="Publiceer een procespakket, draai het terug of faseer het uit alleen als een andere beheerder dat vroeg (vier ogen).",
    )
    verwerkingsregister: str = Field(
        "",
        description="TOML-bestand met eigen verwerkingsactiviteiten (zie kern/verwerkingsactiviteiten.py); leeg: alleen die van het platform.",
    )
    max_verzoek_mb: int = Field(
        2, ge=1, description="Grootste verzoek in MB, behalve waar een onderdeel meer toestaat."
    )
    max_upload_mb: int = Field(50, ge=1, description="Grootste bestand dat een inwoner kan meesturen, in MB.")
    sessie_inwoner_minuten: int = Field(
        15,
        ge=1,
        le=15,
        description="Na hoeveel minuten zonder gebruik een inwoner of ondernemer opnieuw moet inloggen.",
    )
    sessie_medewerker_minuten: int = Field(
        480, ge=1, le=720, description="Na hoeveel minuten zonder gebruik een medewerker opnieuw moet inloggen."
    )
    sessie_langste_uren: int = Field(12, ge=1, le=24, description="Langste duur van een sessie, ook bij gebruik.")
    proxies: int = Field(
        0, ge=0, le=5, description="Aantal eigen proxy's voor de webserver dat X-Forwarded-For invult; 0: geen."
    )
    metrics_token: SecretStr = Field(
        SecretStr(""), description="Token (Bearer) voor /metrics. In productie is /metrics zonder dit token dicht."
    )

    @field_validator("publiek_adres")
    @classmethod
    def _adres_zonder_pad(cls, waarde: str) -> str:
        if waarde and (urlsplit(waarde).scheme not in ("http", "https") or urlsplit(waarde).path.strip("/")):
            raise ValueError("moet beginnen met http:// of https:// en heeft geen pad")
        return waarde.rstrip("/")

    @field_validator("gemeente_contact", "gemeente_privacy", "gemeente_toegankelijkheid")
    @classmethod
    def _pagina(cls, waarde: str) -> str:
        if waarde and urlsplit(waarde).scheme not in ("http", "https"):
            raise ValueError("moet beginnen met http:// of https://")
        return waarde

    @field_validator("database_url")
    @classmethod
    def _postgresql(cls, waarde: str) -> str:
        if waarde and not waarde.startswith(("postgresql://", "postgresql+psycopg://")):
            raise ValueError("moet beginnen met postgresql://")
        return waarde.replace("postgresql://", "postgresql+psycopg://", 1)

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, waarde: str) -> str:
        if waarde and not waarde.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("moet beginnen met redis://, rediss:// of unix://")
        return waarde

    @field_validator("bronorganisatie")
    @classmethod
    def _rsin(cls, waarde: str) -> str:
        if not voldoet_aan_elfproef(waarde):
            raise ValueError("is geen RSIN (negen cijfers met elfproef)")
        return waarde

    @model_validator(mode="after")
    def _productie_heeft_sleutel(self) -> Self:
        lengte = len(self.geheime_sleutel.get_secret_value())
        if (self.omgeving == "productie" or lengte) and lengte < MINIMALE_SLEUTEL:
            raise ValueError("GEHEIME_SLEUTEL moet minstens 32 tekens hebben")
        return self

    @property
    def adres(self) -> str:
        """Het publieke adres zonder streep aan het eind. Nooit uit de Host-header."""
        return self.publiek_adres or f"http://localhost:{self.poort}"

    def namen(self, veld: Literal["onderdelen", "plugins", "andere_diensten"]) -> list[str]:
        """Een instelling met komma's als lijst."""
        return [naam.strip() for naam in getattr(self, veld).split(",") if naam.strip()]


def laad_instellingen(**waarden: Any) -> Instellingen:
    """Lees de instellingen uit de omgeving; `waarden` gaan voor.

    Geeft `InstellingenFout` met alle fouten tegelijk.
    """
    try:
        return Instellingen(**waarden)
    except ValidationError as fout:
        raise InstellingenFout("\n".join(_regel(deel) for deel in fout.errors())) from None


def _regel(deel: Any) -> str:
    naam = str(deel["loc"][0]).upper() if deel["loc"] else ""
    tekst = deel["msg"].removeprefix("Value error, ")
    return f"{naam}: {tekst}" if naam else tekst
