"""Settings: the person's own, and those of the company for whoever may change them."""
