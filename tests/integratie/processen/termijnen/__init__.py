"""De wettelijke klok op een echte database en echte registraties."""
