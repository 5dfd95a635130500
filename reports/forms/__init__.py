"""The forms of the reports app; they check and word, services/ writes."""
