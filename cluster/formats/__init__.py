"""How dates are written and read in both languages: day first. Django's Vietnamese reads 05/01 as the first of May."""
