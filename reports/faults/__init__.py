"""Tools that try the promises of security.md on a real server: a network that fails, a site to fail, its witnesses.

Nothing here serves a user. reports/verify_race.py and reports/verify_offline.py are made of it.
"""
