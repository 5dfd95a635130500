"""The Excel file of every register that takes lists is read back by its import, and changes nothing."""

import pytest

from cluster.registers import REGISTERS
from cluster.tests.lists import posted

TAKING = [register for register in REGISTERS if register.takes_lists]


@pytest.mark.parametrize("register", TAKING, ids=lambda register: register.noun)
def test_file_of_a_register_is_read_back(register, world):
    client, above = world.client("coordinator"), f"/clusters/{world.cluster.cluster.slug}/{register.path}"
    response = client.post(f"{above}/import/", posted(client.get(f"{above}.xlsx").content))
    assert response.status_code == 302, response.context["form"].errors
    outcome = client.get(f"{above}/import/preview/").context["outcome"]
    kept = register.model._default_manager.of(world.cluster.cluster).count()
    assert kept >= 2
    assert (outcome.problems, outcome.new, outcome.same) == ([], 0, kept)
