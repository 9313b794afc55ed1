"""Een zending versturen: altijd in MijnGemeente, en daarnaast per e-mail als iemand dat wil of anders per post.

Het adres wordt op dat moment bij de bron gezocht. Elke stap is herhaalbaar: het bericht heeft een vaste referentie, de e-mail een
vaste Message-ID, de brief een vaste bestandsnaam.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, update

from contracten import KanaalWeigert, Kanalen
from contracten import Zending as Uitgaand
from formuliermotor.brief import Gevuld, vul
from integratie.configuratie import SJABLOON, Configuratie
from integratie.documenten import DocumentenClient
from integratie.geadresseerde import Geadresseerde, geadresseerde_van
from integratie.urn import urn_zaak
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.ontvangst import ontvangst_van
from integratie.verzoeken.schemas import VerzoekUit
from integratie.zaken import ZakenClient
from integratie.zaken.rollen import initiator_van, urn_van_rol
from integratie.zaken.schemas import ZaakUit
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from kern.outbox import Verwerker, Werk, plaats
from processen.motor import Motor
from processen.termijnen.werk import BESLIST
from processen.verzenden import escalatie, ontvangst, storing
from processen.verzenden.api import ALSNOG, WERK
from processen.verzenden.bewijs import Bewijs, gelukt, verhuld, voeg_toe
from processen.verzenden.dagtekenen import dagteken, weigering
from processen.verzenden.ongelezen import PRINT, dagen_van, let_op_lezen, moet_aankomen
from processen.verzenden.ontvangst import gegevens_van, met_kopie
from processen.verzenden.papier import begeleidende_brief
from processen.verzenden.portaal import PORTAAL, in_portaal, is_gelezen
from processen.verzenden.post import Post
from processen.verzenden.regels import pas_toe
from processen.verzenden.tabellen import Zending
from processen.verzenden.voorkeur import voorkeur_van
from processen.zaakafhandeling.webhook import VERZENDREGELS

NAMENS = "verzenden"
SMS = {
    "nl": "Er staat een bericht voor u klaar in MijnGemeente. Log in om het te lezen.",
    "en": "There is a message for you in MijnGemeente. Sign in to read it.",
}
AANKONDIGING = {
    "onderwerp": {"nl": "Er staat een bericht voor u klaar", "en": "There is a message for you"},
    "inhoud": {
        "nl": "<p>Beste lezer,</p><p>In MijnGemeente staat een bericht voor u klaar van {{ gemeente }}.</p>"
        "<p>Log in om het te lezen: {{ adres }}</p><p>Met vriendelijke groet,</p><p>{{ gemeente }}</p>",
        "en": "<p>Dear reader,</p><p>{{ gemeente }} has left a message for you in MijnGemeente.</p>"
        "<p>Sign in to read it: {{ adres }}</p><p>Kind regards,</p><p>{{ gemeente }}</p>",
    },
}


class Verzender:
    """Verstuurt zendingen over de kanalen van de installatie."""

    def __init__(self, motor: Motor, kanalen: Kanalen) -> None:
        self._motor = motor
        self._kanalen = kanalen

    def verwerkers(self) -> list[Verwerker]:
        """Wie het werk doet."""
        return [
            Verwerker(WERK, buiten=self.verstuur, bij_dood=self.mislukt),
            Verwerker(ALSNOG, buiten=self.verstuur_alsnog),
            Verwerker(VERZENDREGELS, buiten=pas_toe),
            *storing.verwerkers(),
        ]

    def verstuur(self, installatie: Installatie, werk: Werk) -> Callable[[Connection], None] | None:
        """Verstuur over de passende kanalen en geef de afronding terug."""
        rij = _lees(installatie, UUID(werk.inhoud["zending"]))
        if rij is None or rij["staat"] == "verzonden":
            return None
        post = self._stel_samen(installatie, rij)
        geweigerd = weigering(installatie, rij, post.zaak) if rij["besluit"] else None
        if geweigerd:
            return self._niet_verzonden(installatie, post, [geweigerd])
        bewijzen = [*in_portaal(installatie, post), *self._buiten_portaal(installatie, post)]
        if rij["besluit"] and not _is_bekendgemaakt(post, bewijzen):
            return self._niet_verzonden(installatie, post, bewijzen)
        if moet_aankomen(rij["aard"]) and not (bewijzen and bewijzen[-1].bezorgd):
            escalatie.leg_voor(installatie, post.zaak, rij["id"], post.gevuld.onderwerp, bewijzen[-1:])
        if rij["besluit"]:
            dagteken(installatie, rij)
        dagen = dagen_van(installatie, post.zaak, rij["aard"])
        return lambda verbinding: self._rond_af(installatie, verbinding, post, bewijzen, dagen)

    def _niet_verzonden(
        self, installatie: Installatie, post: Post, bewijzen: Sequence[Bewijs]
    ) -> Callable[[Connection], None]:
        """Niets bekendgemaakt: een medewerker krijgt een taak met de reden."""
        zending = post.rij["id"]
        escalatie.leg_voor(installatie, post.zaak, zending, post.gevuld.onderwerp, bewijzen)
        return lambda verbinding: voeg_toe(verbinding, zending, *bewijzen, staat="mislukt")

    def verstuur_alsnog(self, installatie: Installatie, werk: Werk) -> Callable[[Connection], None] | None:
        """De brief op papier, als de aankondiging terugkwam of het bericht ongelezen bleef; een tweede keer doet niets. Is er geen document, dan
        is de tekst van het bericht de brief. Kwam de brief zelf terug, dan zoekt een medewerker het uit.
        """
        rij = _lees(installatie, UUID(werk.inhoud["zending"]))
        if rij is None or rij["staat"] != "verzonden":
            return None
        if PRINT not in rij["kanalen"]:
            return self._alsnog_op_papier(installatie, self._stel_samen(installatie, rij), werk)
        if werk.inhoud.get("kanaal") == PRINT:
            terug = [
                Bewijs(**bewijs) for bewijs in rij["bewijs"] if bewijs["kanaal"] == PRINT and not bewijs["bezorgd"]
            ]
            post = self._stel_samen(installatie, rij)
            escalatie.leg_voor(installatie, post.zaak, rij["id"], post.gevuld.onderwerp, terug)
        return None

    def _alsnog_op_papier(
        self, installatie: Installatie, post: Post, werk: Werk
    ) -> Callable[[Connection], None] | None:
        if werk.inhoud.get("ongelezen") and is_gelezen(installatie, post):
            return None
        zending, brief = post.rij["id"], self._brief(installatie, post)
        if not brief.bezorgd:
            escalatie.leg_voor(installatie, post.zaak, zending, post.gevuld.onderwerp, [brief])
        kanalen = [*post.rij["kanalen"], *gelukt([brief])]
        return lambda verbinding: voeg_toe(verbinding, zending, brief, kanalen=kanalen)

    def mislukt(self, verbinding: Connection, _installatie: Installatie, werk: Werk, _fout: str) -> None:
        """Na alle pogingen: zichtbaar mislukt, tot iemand de rij in de outbox herstelt."""
        verbinding.execute(update(Zending).where(Zending.id == UUID(werk.inhoud["zending"])).values(staat="mislukt"))

    def _stel_samen(self, installatie: Installatie, rij: Mapping[str, Any]) -> Post:
        naar_url = installatie.diensten.naar_url
        zaken = ZakenClient(installatie, namens=NAMENS)
        zaak = zaken.zaak(naar_url(rij["zaak"]))
        rol = initiator_van(zaken, zaak.url)
        if rol is None:
            raise LookupError("de zaak heeft geen initiator om naar te sturen")
        sjabloon = _sjabloon(installatie, rij["sjabloon"])
        documenten = DocumentenClient(installatie, namens=NAMENS)
        geadresseerde = geadresseerde_van(installatie, rol)
        verzoek = _verzoek_van(installatie, rij, zaak)
        voorkeur = voorkeur_van(installatie, rol, rij["soort"], verzoek)
        gegevens = {
            "zaaknummer": zaak.identificatie,
            "gemeente": installatie.instellingen.gemeente_naam,
            "datum": rij["aangemaakt"].astimezone(NEDERLAND).date(),
            "aanhef": geadresseerde.aanhef,
            "ontvangen": ontvangst_van(verzoek) if verzoek else zaak.registratiedatum,
            **(gegevens_van(installatie, zaak, verzoek, voorkeur.taal) if rij["ontvangst"] and verzoek else {}),
            **rij["gegevens"],
        }
        gevuld = vul(sjabloon, gegevens, voorkeur.taal, klok=installatie.klok.nu)
        stukken = [documenten.document(naar_url(deel)) for deel in rij["documenten"]]
        if rij["ontvangst"] and verzoek:
            stukken = met_kopie(installatie, stukken, verzoek)
        return Post(rij, zaak, rol, stukken, gevuld, geadresseerde, voorkeur)

    def _buiten_portaal(self, installatie: Installatie, post: Post) -> Iterator[Bewijs]:
        """Het gevraagde kanaal, of e-mail of sms voor wie dat wil; kan dat niet, of weigert het adres, dan de brief op papier.

        Wat volgens de wet moet aankomen gaat ook zonder document op papier: niemand koos ervoor het elektronisch te krijgen (Awb 2:8).
        """
        if post.rij["kanaal"] == PORTAAL:
            return
        poging = self._elektronisch(installatie, post)
        if poging:
            yield poging
        geweigerd = poging is not None and not poging.bezorgd
        op_papier = post.documenten or moet_aankomen(post.rij["aard"])
        if geweigerd or (op_papier and poging is None):
            yield self._brief(installatie, post)

    def _elektronisch(self, installatie: Installatie, post: Post) -> Bewijs | None:
        kanaal, voorkeur = post.rij["kanaal"], post.voorkeur
        if kanaal in ("voorkeur", "email") and voorkeur.email:
            return self._poging(installatie, post, "email", verhuld(voorkeur.email), self._mail)
        nummer = voorkeur.telefoon if kanaal == "sms" else voorkeur.sms if kanaal == "voorkeur" else ""
        return self._poging(installatie, post, "sms", verhuld(nummer), self._sms) if nummer else None

    def _brief(self, installatie: Installatie, post: Post) -> Bewijs:
        """Op papier naar de persoon zelf: dat mag ook bij een geheim adres, dat hier niet te zien is (Wet BRP 2.59)."""
        wie, weigert = post.geadresseerde, _geen_post_aan(post.geadresseerde)
        waarheen = "geheim adres" if wie.geheim else "adres bij de bron"
        if weigert:
            return Bewijs(PRINT, "", installatie.klok.nu(), PRINT, weigert, post.wat, bezorgd=False)
        return self._poging(installatie, post, PRINT, waarheen, self._print)

    def _poging(
        self,
        installatie: Installatie,
        post: Post,
        kanaal: str,
        waarheen: str,
        verstuur: Callable[[Installatie, Post], str],
    ) -> Bewijs:
        """Verstuur en leg vast wat de aanbieder antwoordde; een adres dat weigert is ook een antwoord."""
        aanbieder = self._kanalen[kanaal].aanbieder(installatie)
        try:
            antwoord, bezorgd = verstuur(installatie, post), True
        except KanaalWeigert as fout:
            antwoord, bezorgd = str(fout), False
        return Bewijs(kanaal, waarheen, installatie.klok.nu(), aanbieder, antwoord, post.wat, bezorgd)

    def _sms(self, installatie: Installatie, post: Post) -> str:
        """Alleen een aankondiging: een sms is kort en niet vertrouwelijk."""
        taal, onderwerp = post.voorkeur.taal, post.gevuld.onderwerp
        nummer = post.voorkeur.telefoon
        uitgaand = Uitgaand(post.rij["id"], post.rij["aangemaakt"], nummer, onderwerp, SMS[taal], taal=taal)
        return self._kanalen["sms"].verstuur(installatie, uitgaand)

    def _mail(self, installatie: Installatie, post: Post) -> str:
        """De hele tekst als dat moet, of als iemand niet kan inloggen om haar te lezen; anders alleen een aankondiging."""
        helemaal = post.rij["bijlagen_in_email"] or not urn_van_rol(post.rol)
        gevuld = post.gevuld if helemaal else _aankondiging(installatie, post.voorkeur.taal)
        bijlagen = post.bijlagen if helemaal else ()
        return self._kanalen["email"].verstuur(
            installatie,
            Uitgaand(
                post.rij["id"],
                post.rij["aangemaakt"],
                post.voorkeur.email,
                gevuld.onderwerp,
                gevuld.tekst,
                gevuld.inhoud,
                taal=post.voorkeur.taal,
                bijlagen=bijlagen,
            ),
        )

    def _print(self, installatie: Installatie, post: Post) -> str:
        extra = {
            "geadresseerde": post.geadresseerde.naam,
            "adres": "\n".join(post.geadresseerde.adresregels),
            "zaaknummer": post.zaak.identificatie,
            **({"geheimhouding": "ja"} if post.geadresseerde.geheim else {}),
        }
        return self._kanalen[PRINT].verstuur(
            installatie,
            Uitgaand(
                post.rij["id"],
                post.rij["aangemaakt"],
                "",
                post.gevuld.onderwerp,
                post.gevuld.tekst,
                bijlagen=post.bijlagen,
                extra=extra,
                brief=begeleidende_brief(installatie, post),
            ),
        )

    def _rond_af(
        self, installatie: Installatie, verbinding: Connection, post: Post, bewijzen: Sequence[Bewijs], dagen: int
    ) -> None:
        kanalen, nu = gelukt(bewijzen), installatie.klok.nu()
        voeg_toe(
            verbinding,
            post.rij["id"],
            *bewijzen,
            staat="verzonden" if kanalen or not post.rij["ontvangst"] else "mislukt",
            verzonden=nu if kanalen or not post.rij["ontvangst"] else None,
            kanalen=kanalen,
            onderwerp=post.gevuld.onderwerp,
            tekst=post.gevuld.tekst,
        )
        sleutel = str(post.rij["id"])
        if post.rij["besluit"]:
            self._meld_besluit(installatie, verbinding, post.rij)
        let_op_lezen(installatie, verbinding, post.rij, kanalen, dagen)
        self._motor.bericht(verbinding, "zending-verzonden", sleutel, {"kanalen": kanalen}, f"zending-{sleutel}")

    def _meld_besluit(self, installatie: Installatie, verbinding: Connection, rij: Mapping[str, Any]) -> None:
        """De wettelijke klok staat vanaf de bekendmaking."""
        dag = installatie.klok.vandaag().isoformat()
        inhoud = {"zaak": rij["zaak"], "dag": dag, "reden": "Het besluit is bekendgemaakt.", "kenmerk": str(rij["id"])}
        plaats(installatie, verbinding, BESLIST, inhoud, sleutel=rij["zaak"])


def _sjabloon(installatie: Installatie, sleutel: str) -> dict[str, Any]:
    ingericht = Configuratie(installatie, namens=NAMENS).haal(SJABLOON, sleutel)
    if ingericht is None and sleutel != ontvangst.SJABLOON:
        raise LookupError(f"sjabloon {sleutel} is niet ingericht")
    return ingericht or ontvangst.TEKST


def _is_bekendgemaakt(post: Post, bewijzen: Sequence[Bewijs]) -> bool:
    """Een bericht in MijnGemeente is alleen bekendmaking voor wie dat kanaal koos of alleen zo te bereiken is (Awb 2:8, 3:41)."""
    kanalen, betrokkene = gelukt(bewijzen), post.rol.betrokkene_identificatie or {}
    heeft_nummer = bool(betrokkene.get("inpBsn") or betrokkene.get("kvkNummer"))
    if post.rij["kanaal"] == PORTAAL or not heeft_nummer:
        return bool(kanalen)
    return any(kanaal != PORTAAL for kanaal in kanalen)


def _geen_post_aan(wie: Geadresseerde) -> str:
    """Waarom een brief hier niet heen kan; leeg als hij kan."""
    if wie.overleden:
        return "de geadresseerde is overleden"
    if wie.niet_op_adres:
        return "de geadresseerde woont niet op het adres in de BRP, dat is vastgesteld"
    return "" if wie.adresregels else "er is geen postadres"


def _lees(installatie: Installatie, id_: UUID) -> Mapping[str, Any] | None:
    with installatie.db.lezen() as verbinding:
        rij = verbinding.execute(select(*Zending.__table__.columns).where(Zending.id == id_)).mappings().first()
    return None if rij is None else dict(rij)


def _verzoek_van(installatie: Installatie, rij: Mapping[str, Any], zaak: ZaakUit) -> VerzoekUit | None:
    """Het verzoek waar de zending over gaat, of anders dat waarmee de zaak begon."""
    client = VerzoekenClient(installatie, namens=NAMENS)
    if rij["verzoek"]:
        return client.verzoek(installatie.diensten.naar_url(rij["verzoek"]))
    urn = urn_zaak(installatie.instellingen.bronorganisatie, zaak.identificatie)
    verzoeken = client.zoek_verzoeken({"isGerelateerdAan": urn}).results
    return min(verzoeken, key=lambda verzoek: verzoek.geregistreerd_op, default=None)


def _aankondiging(installatie: Installatie, taal: str) -> Gevuld:
    gegevens = {"gemeente": installatie.instellingen.gemeente_naam, "adres": f"{installatie.instellingen.adres}/mijn/"}
    return vul(AANKONDIGING, gegevens, taal, klok=installatie.klok.nu)
