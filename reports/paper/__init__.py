"""The papers of a review: Word, PDF and Excel of the same content, and the minutes of its conference.

They are in Vietnamese whatever language the page was in, so their words stand here and not in the catalogue.
"""
