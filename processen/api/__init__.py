"""De API van de motor op /processen/api/v1: definities, instanties, taken, berichten, incidenten, verhuizingen, met OpenAPI."""

from processen.api.app import maak_motor_api

__all__ = ["maak_motor_api"]
