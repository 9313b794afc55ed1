"""Verzenden: alles wat naar buiten gaat, via MijnGemeente, e-mail of post, precies één keer."""
