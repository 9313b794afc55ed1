"""Van een inwoner uit het bestand naar de persoon zoals BRP Personen bevragen hem geeft (alle velden; filteren komt later)."""

from datetime import date
from typing import Any

from simulatoren.brp.bevolking import (
    NEDERLAND,
    VOORBEELDSTAD,
    Adresgegevens,
    Bevolking,
    CodeNaam,
    Familielid,
    Inwoner,
    Verbintenis,
)
from simulatoren.brp.gezag import gezag
from simulatoren.brp.namen import adressering_naam, namen_gerelateerde, namen_persoon
from simulatoren.brp.waarden import gevuld, leeftijd, typeer_datum, waarde

GESLACHTEN = {"M": "man", "V": "vrouw", "O": "onbekend"}
VERBINTENISSEN = {"H": "huwelijk", "P": "geregistreerd partnerschap"}
REDENEN = {
    "O": "overlijden",
    "E": "emigratie",
    "M": "ministerieel besluit",
    "F": "fout",
    "R": "pl is aangelegd in de rni",
}
FUNCTIES = {"W": "woonadres", "B": "briefadres"}
AANDUIDINGEN = {"to": "tegenover", "by": "bij"}

Gegeven = dict[str, Any]


def persoon(inwoner: Inwoner, bevolking: Bevolking, vandaag: date) -> Gegeven:
    """Alles wat de BRP van een inwoner weet, in de vorm van de standaard."""
    adres = bevolking.adres(inwoner)
    gegevens = gevuld(
        aNummer=f"9{inwoner.bsn}",
        burgerservicenummer=inwoner.bsn,
        geslacht=_geslacht(inwoner),
        leeftijd=None if inwoner.overleden else leeftijd(inwoner.geboren, vandaag),
        naam=namen_persoon(inwoner),
        geboorte=_geboorte(inwoner),
        geheimhoudingPersoonsgegevens=inwoner.geheim or None,
        indicatieCurateleRegister=inwoner.curatele or None,
        datumEersteInschrijvingGBA=typeer_datum(inwoner.immigratie.sinds if inwoner.immigratie else inwoner.geboren),
        gemeenteVanInschrijving=_gemeente(inwoner, adres, bevolking),
        datumInschrijvingInGemeente=typeer_datum(inwoner.adres_sinds),
        verblijfplaats=_verblijfplaats(inwoner, adres),
        adressering=_adressering(inwoner, adres, bevolking),
        **_status(inwoner),
        **_familie(inwoner, bevolking),
        gezag=gezag(inwoner, bevolking, vandaag),
    )
    _zet_in_onderzoek(gegevens, inwoner)
    return gegevens


def _geslacht(lid: Familielid) -> Gegeven:
    return waarde((lid.geslacht, GESLACHTEN[lid.geslacht]))


def _geboorte(lid: Familielid) -> Gegeven:
    return gevuld(datum=typeer_datum(lid.geboren), land=waarde(lid.geboorteland), plaats=waarde(lid.geboorteplaats))


def _gemeente(inwoner: Inwoner, adres: Adresgegevens | None, bevolking: Bevolking) -> Gegeven:
    if inwoner.buitenland or inwoner.onbekende_verblijfplaats:
        return waarde(("1999", "Registratie Niet Ingezetenen (RNI)"))
    code = adres.gemeente if adres else "9999"
    return waarde((code, bevolking.gemeenten[code]))


def _verblijfplaats(inwoner: Inwoner, adres: Adresgegevens | None) -> Gegeven | None:
    if adres:
        return _adres(inwoner, adres)
    if inwoner.buitenland:
        buiten = inwoner.buitenland
        verblijf = gevuld(regel1=buiten.regel1, regel2=buiten.regel2, regel3=buiten.regel3, land=waarde(buiten.land))
        return {
            "type": "VerblijfplaatsBuitenland",
            "verblijfadres": verblijf,
            **_sinds(buiten.sinds),
        }
    if inwoner.locatie:
        return {
            "type": "Locatie",
            "verblijfadres": {"locatiebeschrijving": inwoner.locatie.beschrijving},
            "functieAdres": waarde((inwoner.functie_adres, FUNCTIES[inwoner.functie_adres])),
            **_sinds(inwoner.locatie.sinds),
        }
    onbekend = inwoner.onbekende_verblijfplaats
    return {"type": "VerblijfplaatsOnbekend", **_sinds(onbekend.sinds)} if onbekend else None


def _sinds(datum: str) -> Gegeven:
    return gevuld(datumVan=typeer_datum(datum), datumIngangGeldigheid=typeer_datum(datum))


def _adres(inwoner: Inwoner, adres: Adresgegevens) -> Gegeven:
    return gevuld(
        type="Adres",
        functieAdres=waarde((inwoner.functie_adres, FUNCTIES[inwoner.functie_adres])),
        adresseerbaarObjectIdentificatie=adres.object_id,
        nummeraanduidingIdentificatie=adres.nummeraanduiding,
        indicatieVastgesteldVerblijftNietOpAdres=inwoner.niet_op_adres or None,
        verblijfadres=gevuld(
            officieleStraatnaam=adres.straat if adres.bag else None,
            korteStraatnaam=adres.korte_straatnaam,
            huisnummer=adres.huisnummer,
            huisletter=adres.huisletter,
            huisnummertoevoeging=adres.toevoeging,
            aanduidingBijHuisnummer=waarde((adres.aanduiding, AANDUIDINGEN[adres.aanduiding]))
            if adres.aanduiding
            else None,
            postcode=adres.postcode,
            woonplaats=adres.woonplaats,
        ),
        **_sinds(inwoner.adres_sinds),
    )


def _adressering(inwoner: Inwoner, adres: Adresgegevens | None, bevolking: Bevolking) -> Gegeven:
    regels: Gegeven = {}
    if adres:
        nummer = f"{adres.huisnummer}{adres.huisletter}" + (f"-{adres.toevoeging}" if adres.toevoeging else "")
        delen = (adres.korte_straatnaam, adres.aanduiding, nummer)
        postcode = f"{adres.postcode[:4]} {adres.postcode[4:]}"
        regels = {
            "adresregel1": " ".join(filter(None, delen)),
            "adresregel2": f"{postcode}  {adres.woonplaats.upper()}",
        }
    elif inwoner.buitenland:
        buiten = inwoner.buitenland
        regels = gevuld(
            adresregel1=buiten.regel1, adresregel2=buiten.regel2, adresregel3=buiten.regel3, land=waarde(buiten.land)
        )
    elif inwoner.locatie:
        regels = {"adresregel1": inwoner.locatie.beschrijving, "adresregel2": bevolking.gemeenten["9999"].upper()}
    return gevuld(
        **regels,
        **adressering_naam(inwoner, _partner_voor_naam(inwoner, bevolking)),
        indicatieVastgesteldVerblijftNietOpAdres=inwoner.niet_op_adres or None,
    )


def _partner_voor_naam(inwoner: Inwoner, bevolking: Bevolking) -> Familielid | None:
    return bevolking.volledig(inwoner.partner) if inwoner.partner else None


def _status(inwoner: Inwoner) -> Gegeven:
    """Wat er geldt voor bijhouding, verblijf, nationaliteit en kiesrecht."""
    return gevuld(
        opschortingBijhouding=_opschorting(inwoner),
        overlijden=_overlijden(inwoner.overleden),
        nationaliteiten=[
            gevuld(
                type=deel.soort, nationaliteit=_omschreven(deel.waarde), datumIngangGeldigheid=typeer_datum(deel.sinds)
            )
            for deel in inwoner.nationaliteiten
        ],
        europeesKiesrecht=gevuld(aanduiding=_omschreven(inwoner.europees_kiesrecht)),
        uitsluitingKiesrecht=gevuld(uitgeslotenVanKiesrecht=True, einddatum=typeer_datum(inwoner.uitgesloten_tot))
        if inwoner.uitgesloten_tot
        else None,
        **_vreemdelingen(inwoner),
        **_rni(inwoner),
    )


def _overlijden(datum: str) -> Gegeven | None:
    if not datum:
        return None
    return gevuld(datum=typeer_datum(datum), land=waarde(NEDERLAND), plaats=waarde(VOORBEELDSTAD))


def _vreemdelingen(inwoner: Inwoner) -> Gegeven:
    titel, herkomst = inwoner.verblijfstitel, inwoner.immigratie
    return gevuld(
        verblijfstitel=titel
        and gevuld(
            aanduiding=waarde(titel.aanduiding),
            datumIngang=typeer_datum(titel.ingang),
            datumEinde=typeer_datum(titel.einde),
        ),
        immigratie=herkomst
        and gevuld(
            datumVestigingInNederland=typeer_datum(herkomst.sinds),
            landVanwaarIngeschreven=waarde(herkomst.land),
            indicatieVestigingVanuitBuitenland=True,
        ),
    )


def _rni(inwoner: Inwoner) -> Gegeven:
    gezien = inwoner.verificatie
    return gevuld(
        rni=[
            gevuld(
                deelnemer=waarde(deel.deelnemer),
                omschrijvingVerdrag=deel.omschrijving_verdrag,
                categorie=deel.categorie,
            )
            for deel in inwoner.rni
        ],
        verificatie=gezien and gevuld(datum=typeer_datum(gezien.datum), omschrijving=gezien.omschrijving),
    )


def _omschreven(paar: CodeNaam | None) -> Gegeven | None:
    return waarde(paar) if paar else None


def _opschorting(inwoner: Inwoner) -> Gegeven | None:
    if inwoner.overleden:
        return gevuld(reden=waarde(("O", REDENEN["O"])), datum=typeer_datum(inwoner.overleden))
    if inwoner.opschorting:
        reden = inwoner.opschorting.reden
        return gevuld(reden=waarde((reden, REDENEN[reden])), datum=typeer_datum(inwoner.opschorting.datum))
    return None


def _familie(inwoner: Inwoner, bevolking: Bevolking) -> Gegeven:
    ouders = [
        {**_lid(bevolking.volledig(ouder)), "geslacht": _geslacht(bevolking.volledig(ouder)), "ouderAanduiding": str(n)}
        | gevuld(datumIngangFamilierechtelijkeBetrekking=typeer_datum(inwoner.geboren))
        for n, ouder in enumerate(inwoner.ouders, 1)
    ]
    kinderen = [_lid(kind) for kind in bevolking.kinderen(inwoner.bsn)]
    partners = [_partner(inwoner.partner, bevolking)] if inwoner.partner else []
    return gevuld(ouders=ouders, kinderen=kinderen, partners=partners)


def _lid(lid: Familielid) -> Gegeven:
    return gevuld(burgerservicenummer=lid.bsn, naam=namen_gerelateerde(lid), geboorte=_geboorte(lid))


def _partner(verbintenis: Verbintenis, bevolking: Bevolking) -> Gegeven:
    lid = bevolking.volledig(verbintenis)
    aangaan = gevuld(
        datum=typeer_datum(verbintenis.sinds), land=waarde(verbintenis.land), plaats=waarde(verbintenis.plaats)
    )
    return _lid(lid) | gevuld(
        geslacht=_geslacht(lid),
        soortVerbintenis=waarde((verbintenis.soort, VERBINTENISSEN[verbintenis.soort])),
        aangaanHuwelijkPartnerschap=aangaan,
        ontbindingHuwelijkPartnerschap=gevuld(datum=typeer_datum(verbintenis.ontbonden)),
    )


def _zet_in_onderzoek(gegevens: Gegeven, inwoner: Inwoner) -> None:
    """Zet bij elk veld in onderzoek een vlag in het object waar het veld in staat."""
    if not inwoner.in_onderzoek:
        return
    for pad in inwoner.in_onderzoek.velden:
        *ouders, veld = pad.split(".")
        doel = gegevens
        for naam in ouders:
            doel = doel[naam]
        vlaggen = doel.setdefault("inOnderzoek", {})
        vlaggen[veld] = True
        vlaggen[datumveld(ouders, veld)] = typeer_datum(inwoner.in_onderzoek.sinds)


def datumveld(ouders: list[str], veld: str) -> str:
    """Hoe de begindatum van het onderzoek heet: op persoon en adressering zegt de naam welke categorie het is."""
    if not ouders:
        soorten = {
            "gemeenteVanInschrijving": "Gemeente",
            "datumInschrijvingInGemeente": "Gemeente",
            "indicatieCurateleRegister": "Gezag",
            "indicatieGezagMinderjarige": "Gezag",
        }
        return f"datumIngangOnderzoek{soorten.get(veld, 'Persoon')}"
    if ouders == ["adressering"]:
        adresvelden = ("adresregel1", "adresregel2", "adresregel3", "land")
        return f"datumIngangOnderzoek{'Verblijfplaats' if veld in adresvelden else 'Persoon'}"
    return "datumIngangOnderzoek"
