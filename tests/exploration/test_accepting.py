"""A refusal speaks against the requirement that asks for what was refused."""

import pytest
from mutants.base import App
from mutants.finding import explored
from mutants.mutant import judging
from mutants.subtle.subtle import subtle

SAID_BY_A_SHOULD = "AST-TOOL-NAME-SETTING", "AST-DECLARATION-NAME-OPTIONAL"


@subtle("Signs of per cent stay in a name, which is refused then.", "AST-TOOL-NAME-SETTING", editions=("2024-04-14",))
class KnowsNoSettings(App):
    def resolve(self, name):
        return name


@subtle("A name has to be given.", "AST-DECLARATION-NAME-OPTIONAL", editions=("2024-04-14",))
class DemandsNames(App):
    required = ("functionDescription", "functionName")


@subtle("A later skill with an array is refused.", "AST-DECLARATION-PARAMETERS", editions=("2024-04-14",))
class RefusesLaterArrays(App):
    def check_given(self, given):
        super().check_given(given)
        if '"array"' in given.get("parameterDescriptionJson", "") and self.skills:
            raise ValueError("no arrays")


@pytest.mark.parametrize("app", [KnowsNoSettings, DemandsNames, RefusesLaterArrays], ids=lambda app: app.name)
def test_a_refusal_speaks_against_the_requirement_that_asks_for_what_was_refused(app):
    with judging() as session:
        broken = set(explored(app, session))
    assert set(app.aspect) <= broken
    assert broken <= {*app.aspect, *SAID_BY_A_SHOULD}
