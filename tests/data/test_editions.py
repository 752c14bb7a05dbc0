"""The editions and surfaces that the data has are those that the contract names."""

import pytest
from core_edition import EDITION, GOOD, write_edition

from conformance._data.corpus import CASES, dates_in
from conformance._data.editions import edition_of, load_edition
from conformance.contract import EDITIONS, SURFACES


def test_the_contract_names_the_editions_that_have_a_folder():
    assert dates_in(CASES) == EDITIONS


@pytest.mark.parametrize("date", EDITIONS)
def test_an_edition_spells_every_surface(date):
    assert set(edition_of(date).spellings) == set(SURFACES)


def test_an_edition_of_the_suite_is_read_once():
    assert edition_of(EDITION) is edition_of(EDITION)
    assert edition_of(EDITION).cases is edition_of(EDITION).cases


def test_cases_are_read_when_they_are_asked_for(tmp_path):
    edition = load_edition(write_edition(tmp_path, GOOD.replace("title:", "titel:")), EDITION)
    assert "AST-SERVICE-KEY" in edition.requirements
    with pytest.raises(Exception, match="titel"):
        _ = edition.cases
