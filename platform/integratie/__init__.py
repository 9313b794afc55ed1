"""Eén getypte client per API, eigen of landelijk, met de schema's van die API. Niemand roept een API op een andere manier aan."""
