"""Bindings that go wrong for particular texts, particular surfaces, or what was read or asked before."""

from __future__ import annotations

import re

from mutants.base import App
from mutants.subtle.subtle import subtle


@subtle(
    "When a description contains two percent signs, the binding loses what stands between them.",
    "AST-BINDING-DESCRIPTION",
)
class PercentsResolvedInDescription(App):
    def binding_of(self, skill):
        text = re.sub("%([^%]+)%", lambda match: self.settings.get(match[1], ""), skill.given["functionDescription"])
        return {**super().binding_of(skill), "functionDescription": text}


@subtle(
    "When a text in the schema contains escaped quotes, the binding's schema loses blanks inside them.",
    "AST-BINDING-PARAMETERS",
)
class MinifiedByCountingQuotes(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        if "parameterDescriptionJson" in binding:
            text = binding["parameterDescriptionJson"]
            binding["parameterDescriptionJson"] = re.sub(r'\s(?=(?:[^"]*"[^"]*")*[^"]*$)', "", text)
        return binding


@subtle(
    "When a skill leaves out its function name, its binding has that of the skill declared before it.",
    "AST-BINDING-EACH",
)
class LeftoverFunctionName(App):
    def bindings(self):
        read, binding = {}, {}
        for skill in self.skills:
            binding = {**binding, **self.binding_of(skill)}
            if "parameterDescriptionJson" not in skill.given:
                binding.pop("parameterDescriptionJson", None)
            if "model" not in skill.given:
                binding.pop("model", None)
            read[skill.function] = [binding]
        return read


@subtle(
    "When the model has called a skill, its binding contains the resolved name, or the function's own.",
    "AST-BINDING-REPEATABLE",
    "AST-BINDING-FUNCTION-NAME",
)
class CallRewritesBinding(App):
    def find(self, name):
        skill = super().find(name)
        skill.given["functionName"] = skill.name
        return skill


@subtle(
    "When the bindings were read before, a skill declared afterwards is in them but is not offered to the model.",
    "AST-TOOL-OFFERED",
)
class ToolsFixedByReading(App):
    fixed = None

    def bindings(self):
        if self.fixed is None and self.skills:
            self.fixed = super().tools()
        return super().bindings()

    def tools(self):
        return self.fixed or super().tools()


@subtle(
    "When no function name is declared, the binding is named after the function instead of its argument.",
    "AST-BINDING-NAME",
    surfaces=("java", "python", "typescript"),
)
class NamelessBindingNamedAfterFunction(App):
    def binding_of(self, skill):
        name = skill.argument.name if "functionName" in skill.given else skill.function
        return {**super().binding_of(skill), "name": name}


@subtle(
    "When the annotation gives the binding's name and no function name, the tool is named after the binding.",
    "AST-TOOL-NAME-FALLBACK",
    surfaces=("java",),
)
class ToolNamedAfterBinding(App):
    def name_of(self, skill, given):
        return self.resolve(given.get("functionName") or given.get("name") or skill.name)


@subtle(
    "When the type is given in another case than the documented one, it reaches the binding as it was given.",
    "AST-BINDING-TYPE-SPELLING",
    surfaces=("powershell",),
)
class TypeEchoed(App):
    def check_given(self, given):
        self.check_fixed({"type": given.get("type", self.type)})
        super().check_given(given)

    def binding_of(self, skill):
        return {**super().binding_of(skill), "type": skill.given.get("type", self.type)}


@subtle(
    "When the direction is given as inout, it is accepted and reaches the binding.",
    "AST-BINDING-DIRECTION",
    surfaces=("powershell", "javascript"),
)
class InoutReachesBinding(App):
    def binding_of(self, skill):
        binding = super().binding_of(skill)
        given = skill.given.get("direction", "").lower()
        return {**binding, "direction": given} if binding["direction"] in given else binding


@subtle(
    "When two skills have equal descriptions and equal schemas, only the first of them has a binding and is offered.",
    "AST-BINDING-EACH",
    "AST-TOOL-OFFERED",
)
class EqualDeclarationsMerged(App):
    def declare(self, skill, given):
        super().declare(skill, given)
        new = self.skills[-1]
        if any(
            (new.schema, new.given["functionDescription"]) == (old.schema, old.given["functionDescription"])
            for old in self.skills[:-1]
        ):
            self.skills.pop()


@subtle(
    "When the type is given as AssistantSkillTriggerInput (C#'s name for it), it is accepted and reaches the binding.",
    "AST-BINDING-TYPE",
    surfaces=("powershell",),
)
class LongerTypeReachesBinding(App):
    def binding_of(self, skill):
        given = skill.given.get("type", "")
        return {**super().binding_of(skill), "type": given if given.startswith(self.type) else self.type}
