"""Names of skills, functions, models and deployments that are confused with others or tidied up."""

from __future__ import annotations

import keyword
import re

from mutants.base import App
from mutants.subtle.altering import altering
from mutants.subtle.subtle import subtle

NAME = "AST-TOOL-NAME"
OFFERED = ("AST-TOOL", "AST-DECLARATION")
BINDING = "AST-BINDING"
CALL = ("AST-CONVERSATION-CALL", "AST-CONVERSATION-PARALLEL", "AST-CONVERSATION-ARGUMENT")
MODEL = ("AST-MODEL", "AST-SERVICE-MODEL", "AST-SERVICE-URL")
EDITION_OF_MODELS = ("2024-04-14",)

naming = altering("name_of", NAME, "AST-TOOL-CALLABLE")


@naming("A dash at either end of a name is dropped.")
def strips_dashes(name):
    return name.strip("-") or name


@naming("A name that begins with a digit gets an underscore before it.")
def guards_digits(name):
    return re.sub(r"^(?=\d)", "_", name)[:64]


@naming("A name of 64 characters loses the last.")
def counts_a_final_zero(name):
    return name[:63]


@naming("A name that is a keyword of the language gets an underscore after it.")
def avoids_keywords(name):
    return f"{name}_" if keyword.iskeyword(name) else name


@naming("A name in capitals is written with one capital.")
def calms_capitals(name):
    return name.capitalize() if name.isupper() else name


@subtle("A setting in a name is filled in only if it is the whole of it, and otherwise left out.", *OFFERED)
class FillsInWholeNames(App):
    def resolve(self, name):
        return super().resolve(name) if re.fullmatch("%[^%]+%", name) else re.sub("%[^%]+%", "", name)


@subtle("A skill is refused if its name begins with that of another.", *OFFERED)
class RefusesLongerNames(App):
    def is_taken(self, name):
        return super().is_taken(name) or any(name.lower().startswith(skill.name.lower()) for skill in self.skills)


@subtle("A skill is refused if its name differs from another in underscores and dashes only.", *OFFERED)
class RefusesSimilarNames(App):
    def is_taken(self, name):
        plain = lambda text: re.sub("[-_]", "", text).lower()  # noqa: E731
        return plain(name) in [plain(skill.name) for skill in self.skills]


class FindingApp(App):
    """Conforms, if nothing else: the first skill that resembles a name is the one that is run."""

    def find(self, name):
        return next((skill for skill in self.skills if self.resembles(skill, name)), None) or super().find(name)


@subtle("The first skill whose name begins that of a call is run.", *CALL)
class RunsShorterNames(FindingApp):
    def resembles(self, skill, name):
        return name.startswith(skill.name)


@subtle("The first skill whose name ends that of a call is run.", *CALL)
class RunsNamesAtTheEnd(FindingApp):
    def resembles(self, skill, name):
        return name.endswith(skill.name)


@subtle("Underscores and dashes are the same in the name of a call.", *CALL)
class MixesDashesUp(FindingApp):
    def resembles(self, skill, name):
        return skill.name.replace("-", "_").lower() == name.replace("-", "_").lower()


@subtle("The first 32 characters of a call's name say which skill is run.", *CALL)
class ComparesBeginnings(FindingApp):
    def resembles(self, skill, name):
        return skill.name[:32] == name[:32]


@subtle("A skill is run by its function's own name, too.", *CALL, "AST-CONVERSATION-UNKNOWN")
class RunsFunctionsByName(FindingApp):
    def resembles(self, skill, name):
        return skill.function == name


@subtle("A digit at the end of a call's name is ignored.", *CALL, "AST-CONVERSATION-UNKNOWN")
class IgnoresFinalDigits(FindingApp):
    def resembles(self, skill, name):
        return skill.name.rstrip("0123456789") == name.rstrip("0123456789")


@subtle("The binding has no function name if that is the function's own.", BINDING)
class OmitsItsOwnName(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if binding.get("functionName") == skill.function:
            del binding["functionName"]
        return binding


@subtle("Underscores at the beginning of an argument's name are not in the binding.", BINDING)
class StripsUnderscoresOfNames(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "name": binding["name"].strip("_")}


@subtle("Once something was asked, bindings have the tool's name instead of the setting.", BINDING)
class FillsInBindingsAfterwards(App):
    asked = False

    def ask(self, message):
        self.asked = True
        return super().ask(message)

    def binding_of(self, skill):
        binding = super().binding_of(skill)
        return {**binding, "functionName": skill.name} if self.asked else binding


@subtle("Bindings are those of the first reading, even if a skill was declared since.", BINDING)
class KeepsFirstBindings(App):
    first = None

    def bindings(self):
        self.first = self.first or super().bindings()
        return self.first


@subtle("A function whose name is another's without its s is missing from the bindings.", BINDING)
class MissesSingulars(App):
    def bindings(self):
        whole = super().bindings()
        return {name: one for name, one in whole.items() if not any(f"{name}s" == other for other in whole)}


def modelling(why):
    """Return a maker of mutants that change a declared model."""
    return altering("model", *MODEL, editions=EDITION_OF_MODELS)(why)


@modelling("A model is cut at its first colon.")
def cuts_models_at_colons(model):
    return model.split(":")[0]


@modelling("Underscores in a model become dashes.")
def dashes_models(model):
    return model.replace("_", "-")


@modelling("A model of the older name gets that of its successor.")
def replaces_old_models(model):
    return {"gpt-4": "gpt-4o", "gpt-3.5": "gpt-3.5-turbo", "gpt-4-32k": "gpt-4-turbo"}.get(model, model)


class AzureApp(App):
    """Names another deployment in the address."""

    def url(self, model):
        return super().url(self.deployment(model) if self.on_azure else model)


@subtle("Dots are dropped from the deployment.", *MODEL, editions=EDITION_OF_MODELS)
class DropsDotsOfDeployments(AzureApp):
    def deployment(self, model):
        return model.replace(".", "")


@subtle("The deployment is the default one once the model was given a result.", *MODEL, editions=EDITION_OF_MODELS)
class ForgetsDeployments(App):
    def send(self, messages):
        self.answered = any(one["role"] == "tool" for one in messages)
        return super().send(messages)

    def url(self, model):
        return super().url(self.default_model if self.on_azure and self.answered else model)


@subtle("On Azure, the word preview is cut from the api-version.", "AST-SERVICE-URL")
class CutsPreviews(App):
    def url(self, model):
        return super().url(model).removesuffix("-preview")


@subtle("On Azure, a prompt after the first sends the key as OpenAI takes it.", "AST-SERVICE-KEY")
class MistakesKeysLater(App):
    def headers(self):
        late = self.on_azure and self.history
        return {"Authorization": f"Bearer {self.settings['AZURE_OPENAI_KEY']}"} if late else super().headers()


@subtle("The model is one with more room once the conversation is long.", *MODEL, editions=EDITION_OF_MODELS)
class TakesLargerModels(App):
    def body(self, messages):
        body = super().body(messages)
        length = sum(len(str(one.get("content"))) for one in messages)
        return {**body, "model": "gpt-4o"} if length > 4000 else body
