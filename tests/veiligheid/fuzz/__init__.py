"""Willekeurige verzoeken naar elke operatie van elke API; de bestanden verdelen de API's over de testprocessen."""
