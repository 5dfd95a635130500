"""The registers of a cluster's life: each is declared once, and pages, export and search read the declaration.

A register gets a list, a page for each record, forms to write, edit and delete it, and an Excel file of its list.
"""

from cluster.registers.advice import ADVICE
from cluster.registers.arrangement import BOARD, PARTICIPANTS, STANDING
from cluster.registers.briefings import BRIEFINGS, CONCLUSIONS, PATTERNS
from cluster.registers.documents import DOCUMENTS
from cluster.registers.exchanges import EXCHANGES
from cluster.registers.initiatives import ACTIVITIES, INITIATIVES, RATINGS
from cluster.registers.outreach import CRIME_REPORTS, OUTREACH
from cluster.registers.register import Column, Group, Register

# In the order of the menu.
REGISTERS: tuple[Register, ...] = (
    *(BOARD, STANDING, PARTICIPANTS, DOCUMENTS),
    *(BRIEFINGS, CONCLUSIONS, PATTERNS, EXCHANGES, ADVICE),
    *(INITIATIVES, ACTIVITIES, RATINGS, OUTREACH, CRIME_REPORTS),
)

__all__ = ["REGISTERS", "Column", "Group", "Register"]
