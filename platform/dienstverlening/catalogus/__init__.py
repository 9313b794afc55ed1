"""Een catalogus als bestand: wegschrijven, inlezen als nieuwe concepten, en vergelijken in gewone taal."""
