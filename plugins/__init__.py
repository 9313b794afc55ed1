"""De ingebouwde plugins: bouwblokken en kanalen. Ze komen door dezelfde deur als die van een ander."""
