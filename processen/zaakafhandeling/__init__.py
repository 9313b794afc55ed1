"""Waar de buitenwereld en de motor elkaar raken: notificaties komen binnen, taken gaan naar de Taken API."""
