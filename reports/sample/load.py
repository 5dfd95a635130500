"""Loads the sample: what is not there yet, and nothing else."""

from django.db import transaction

from cluster.official_units import load_official_units
from reports.sample.accounts import load_accounts, load_postings, writers
from reports.sample.arrangement import load_arrangement
from reports.sample.briefings import load_briefings
from reports.sample.clusters import load_cluster
from reports.sample.conferences import load_conferences, tie_conferences
from reports.sample.desks import load_desks
from reports.sample.movement import load_movement
from reports.sample.records import Book, load_records
from reports.sample.reviews import load_reviews
from reports.sample.tables import CLUSTERS
from reports.sample.twins import load_twins
from reports.sample.workplans import load_workplans


@transaction.atomic
def load_sample(*, password: str) -> None:
    """Add what the sample lacks; what users entered, changed or removed stays as they left it."""
    accounts = load_accounts(password=password)
    admin, coordinator = accounts.get("admin"), accounts.get("coordinator")
    load_official_units(by=admin)
    clusters = {slug: cluster for slug in CLUSTERS if (cluster := load_cluster(slug, by=admin))}
    load_postings(accounts, clusters, by=admin)
    for cluster in clusters.values():
        book = Book.of(cluster, writers=writers(accounts), coordinator=coordinator)
        load_arrangement(book)
        load_movement(book)  # before the incidents that came from its crime reports
        load_records(book)
        load_briefings(book)
        load_twins(book)
        load_workplans(book)
        load_conferences(book)
        load_reviews(book, accounts)
        tie_conferences(book)
    load_desks(accounts, clusters)
