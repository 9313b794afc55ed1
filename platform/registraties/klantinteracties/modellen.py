"""De tabellen van de Klantinteracties API, in het schema `klantinteracties`."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata
from kit import Resource
from kit.tabel import verwijzing
from kit.trigram import trigramindex, trigramkolom


class Basis(DeclarativeBase):
    metadata = maak_metadata("klantinteracties")
    type_annotation_map = TYPEN


def _groep() -> Any:
    return mapped_column(JSONB(none_as_null=True))


def _naar(tabel: str, bij_verwijderen: str | None = None, **opties: Any) -> Any:
    return mapped_column(ForeignKey(f"klantinteracties.{tabel}.id", ondelete=bij_verwijderen), index=True, **opties)


def _voorkeur(tabel: str, kolom: str) -> Any:
    """Partij en deze tabel verwijzen naar elkaar: deze sleutel komt er in de migratie na beide tabellen bij."""
    doel, naam = f"klantinteracties.{tabel}.id", f"fk_partij_{kolom}"
    return mapped_column(ForeignKey(doel, ondelete="SET NULL", use_alter=True, name=naam), index=True)


def _adresindex(kolom: str) -> Index:
    """Zoeken op elk deel van een adres."""
    return Index(f"ix_partij_{kolom}", kolom, postgresql_using="gin", postgresql_ops={kolom: "jsonb_path_ops"})


class Partij(Resource, Basis):
    __tablename__ = "partij"
    nummer: Mapped[str | None] = mapped_column(unique=True)
    interne_notitie: Mapped[str]
    voorkeurs_digitaal_adres: Mapped[UUID | None] = _voorkeur("digitaaladres", "voorkeurs_digitaal_adres")
    voorkeurs_rekeningnummer: Mapped[UUID | None] = _voorkeur("rekeningnummer", "voorkeurs_rekeningnummer")
    soort_partij: Mapped[str] = mapped_column(index=True)
    indicatie_geheimhouding: Mapped[bool | None]
    voorkeurstaal: Mapped[str]
    indicatie_actief: Mapped[bool]
    bezoekadres: Mapped[dict[str, Any] | None] = _groep()
    correspondentieadres: Mapped[dict[str, Any] | None] = _groep()
    partij_identificatie: Mapped[dict[str, Any] | None] = _groep()
    werkte_voor_partij: Mapped[UUID | None] = _naar("partij", "SET NULL")
    __table_args__ = (_adresindex("bezoekadres"), _adresindex("correspondentieadres"))


class PartijIdentificator(Resource, Basis):
    __tablename__ = "partijidentificator"
    identificeerde_partij: Mapped[UUID | None] = _naar("partij", "CASCADE")
    andere_partij_identificator: Mapped[str] = mapped_column(index=True)
    partij_identificator: Mapped[dict[str, Any]]
    sub_identificator_van: Mapped[UUID | None] = _naar("partijidentificator")
    __table_args__ = (
        Index(
            "uq_partijidentificator_nummer",
            text("(partij_identificator ->> 'objectId')"),
            text("(partij_identificator ->> 'codeSoortObjectId')"),
            text("(partij_identificator ->> 'codeObjecttype')"),
            text("(partij_identificator ->> 'codeRegister')"),
            text("COALESCE(sub_identificator_van, '00000000-0000-0000-0000-000000000000'::uuid)"),
            unique=True,
        ),
        Index(
            "uq_partijidentificator_soort",
            "identificeerde_partij",
            text("(partij_identificator ->> 'codeSoortObjectId')"),
            unique=True,
        ),
    )


class DigitaalAdres(Resource, Basis):
    __tablename__ = "digitaaladres"
    verstrekt_door_betrokkene: Mapped[UUID | None] = _naar("betrokkene", "CASCADE")
    verstrekt_door_partij: Mapped[UUID | None] = _naar("partij", "SET NULL")
    adres: Mapped[str] = mapped_column(index=True)
    soort_digitaal_adres: Mapped[str]
    is_standaard_adres: Mapped[bool]
    omschrijving: Mapped[str]
    referentie: Mapped[str] = mapped_column(index=True)
    verificatie_datum: Mapped[date | None] = mapped_column(index=True)
    trigrammen: Mapped[list[int]] = trigramkolom("klantinteracties", "adres")
    __table_args__ = (
        trigramindex("ix_digitaaladres_trigrammen", "trigrammen"),
        Index(
            "uq_digitaaladres_standaard",
            "verstrekt_door_partij",
            "soort_digitaal_adres",
            unique=True,
            postgresql_where=text("is_standaard_adres"),
        ),
        Index(
            "uq_digitaaladres_referentie",
            "verstrekt_door_partij",
            "soort_digitaal_adres",
            "referentie",
            unique=True,
            postgresql_where=text("referentie <> ''"),
        ),
    )


class Rekeningnummer(Resource, Basis):
    __tablename__ = "rekeningnummer"
    partij: Mapped[UUID | None] = _naar("partij", "CASCADE")
    iban: Mapped[str] = mapped_column(index=True)
    bic: Mapped[str] = mapped_column(index=True)


class Categorie(Resource, Basis):
    __tablename__ = "categorie"
    naam: Mapped[str] = mapped_column(index=True)


class CategorieRelatie(Resource, Basis):
    __tablename__ = "categorierelatie"
    partij: Mapped[UUID | None] = _naar("partij", "CASCADE")
    categorie: Mapped[UUID | None] = _naar("categorie", "CASCADE")
    begin_datum: Mapped[date | None] = mapped_column(index=True)
    eind_datum: Mapped[date | None] = mapped_column(index=True)


class Vertegenwoordiging(Resource, Basis):
    __tablename__ = "vertegenwoordiging"
    vertegenwoordigende_partij: Mapped[UUID] = _naar("partij", "CASCADE")
    vertegenwoordigde_partij: Mapped[UUID] = _naar("partij", "CASCADE")
    __table_args__ = (
        UniqueConstraint("vertegenwoordigende_partij", "vertegenwoordigde_partij", name="uq_vertegenwoordiging_paar"),
        CheckConstraint("vertegenwoordigende_partij <> vertegenwoordigde_partij", name="niet_zichzelf"),
    )


class Klantcontact(Resource, Basis):
    __tablename__ = "klantcontact"
    nummer: Mapped[str | None] = mapped_column(unique=True)
    referentienummer: Mapped[str | None] = mapped_column(unique=True)
    kanaal: Mapped[str] = mapped_column(index=True)
    onderwerp: Mapped[str]
    inhoud: Mapped[str]
    reactie: Mapped[str]
    indicatie_contact_gelukt: Mapped[bool | None]
    hoofd_onderwerp_type: Mapped[str] = verwijzing()
    verdere_actie_ondernomen: Mapped[bool]
    taal: Mapped[str]
    vertrouwelijk: Mapped[bool]
    plaatsgevonden_op: Mapped[datetime] = mapped_column(index=True)
    metagegevens: Mapped[dict[str, Any]]


class Betrokkene(Resource, Basis):
    __tablename__ = "betrokkene"
    was_partij: Mapped[UUID | None] = _naar("partij", "SET NULL")
    had_klantcontact: Mapped[UUID] = _naar("klantcontact", "CASCADE")
    bezoekadres: Mapped[dict[str, Any] | None] = _groep()
    correspondentieadres: Mapped[dict[str, Any] | None] = _groep()
    contactnaam: Mapped[dict[str, Any] | None] = _groep()
    rol: Mapped[str]
    organisatienaam: Mapped[str] = mapped_column(index=True)
    initiator: Mapped[bool]
    __table_args__ = (
        Index("ix_betrokkene_achternaam", text("(contactnaam ->> 'achternaam')")),
        Index("ix_betrokkene_voornaam", text("(contactnaam ->> 'voornaam')")),
        Index("ix_betrokkene_voorletters", text("(contactnaam ->> 'voorletters')")),
    )


class Onderwerpobject(Resource, Basis):
    __tablename__ = "onderwerpobject"
    klantcontact: Mapped[UUID | None] = _naar("klantcontact", "CASCADE")
    was_klantcontact: Mapped[UUID | None] = _naar("klantcontact", "CASCADE")
    onderwerpobjectidentificator: Mapped[dict[str, Any] | None] = _groep()
    __table_args__ = (Index("ix_onderwerpobject_object", text("(onderwerpobjectidentificator ->> 'objectId')")),)


class Bijlage(Resource, Basis):
    __tablename__ = "bijlage"
    was_bijlage_van_klantcontact: Mapped[UUID | None] = _naar("klantcontact", "CASCADE")
    bijlageidentificator: Mapped[dict[str, Any] | None] = _groep()
    __table_args__ = (Index("ix_bijlage_object", text("(bijlageidentificator ->> 'objectId')")),)


class Actor(Resource, Basis):
    __tablename__ = "actor"
    naam: Mapped[str] = mapped_column(index=True)
    soort_actor: Mapped[str] = mapped_column(index=True)
    indicatie_actief: Mapped[bool]
    actoridentificator: Mapped[dict[str, Any] | None] = _groep()
    actor_identificatie: Mapped[dict[str, Any] | None] = _groep()
    __table_args__ = (Index("ix_actor_object", text("(actoridentificator ->> 'objectId')")),)


class ActorKlantcontact(Resource, Basis):
    __tablename__ = "actorklantcontact"
    actor: Mapped[UUID] = _naar("actor", "CASCADE")
    klantcontact: Mapped[UUID] = _naar("klantcontact", "CASCADE")
    __table_args__ = (UniqueConstraint("actor", "klantcontact"),)


class InterneTaak(Resource, Basis):
    __tablename__ = "internetaak"
    nummer: Mapped[str | None] = mapped_column(unique=True)
    referentienummer: Mapped[str | None] = mapped_column(unique=True)
    gevraagde_handeling: Mapped[str]
    aanleidinggevend_klantcontact: Mapped[UUID] = _naar("klantcontact", "CASCADE")
    toelichting: Mapped[str]
    status: Mapped[str]
    toegewezen_op: Mapped[datetime] = mapped_column(index=True)
    afgehandeld_op: Mapped[datetime | None]
    # Hoe een werklijst leest: wat nog open staat, nieuwste eerst.
    __table_args__ = (Index("ix_internetaak_werklijst", "status", "toegewezen_op", "nr"),)


class Toewijzing(Basis):
    """Aan wie een interne taak is toegewezen, op volgorde; geen eigen resource."""

    __tablename__ = "toewijzing"
    internetaak: Mapped[UUID] = mapped_column(
        ForeignKey("klantinteracties.internetaak.id", ondelete="CASCADE"), primary_key=True
    )
    volgorde: Mapped[int] = mapped_column(primary_key=True)
    actor: Mapped[UUID] = _naar("actor")
