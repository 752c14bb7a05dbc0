using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Newtonsoft.Json.Linq;

namespace Harness;

/// <summary>The C# compiler or one of the SDK's tools refused a declaration.</summary>
public sealed class RefusedException(string message) : Exception(message);

/// <summary>A skill, as `add_skill` describes it.</summary>
sealed record Skill(string Name, JObject Trigger, string ArgumentName, string ArgumentType)
{
    public static Skill From(JObject json) => new(
        (string)json["name"]!,
        (JObject)json["trigger"]!,
        (string)json["argument"]!["name"]!,
        (string)json["argument"]!["type"]!);
}

/// <summary>Writes the C# that a developer would write: real attributes on the parameters of real methods.</summary>
static class Source
{
    // The C# type that a developer would write for each JSON type. HARNESS_TYPES="integer=long,array=string[]" overrides it.
    static readonly Dictionary<string, string> Types = new()
    {
        ["string"] = "string",
        ["integer"] = "int",
        ["number"] = "double",
        ["boolean"] = "bool",
        ["array"] = "global::Newtonsoft.Json.Linq.JArray",
        ["object"] = "global::Newtonsoft.Json.Linq.JObject",
    };

    static Source()
    {
        foreach (string pair in (Environment.GetEnvironmentVariable("HARNESS_TYPES") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = pair.Split('=', 2);
            Types[sides[0].Trim()] = sides[1].Trim();
        }
    }

    public static string InProcess(int app, IEnumerable<Skill> skills)
    {
        var text = new StringBuilder("public static class Skills\n{\n");
        int index = 0;
        foreach (Skill skill in skills)
        {
            text.Append("    [global::Microsoft.Azure.WebJobs.FunctionName(").Append(Literal(skill.Name)).Append(")]\n");
            text.Append("    public static global::System.Threading.Tasks.Task<object> F").Append(index++).Append("(\n        ");
            text.Append(Attribute("global::Microsoft.Azure.WebJobs.Extensions.OpenAI.Assistants.AssistantSkillTrigger", skill));
            text.Append(' ').Append(Types[skill.ArgumentType]).Append(" @").Append(skill.ArgumentName).Append(")\n");
            text.Append("        => global::Harness.Bridge.InvokeAsync(").Append(app).Append(", ").Append(Literal(skill.Name));
            text.Append(", @").Append(skill.ArgumentName).Append(");\n\n");
        }

        return text.Append("}\n").ToString();
    }

    public static string Isolated(IEnumerable<Skill> skills)
    {
        var text = new StringBuilder("public static class Skills\n{\n");
        int index = 0;
        foreach (Skill skill in skills)
        {
            text.Append("    [global::Microsoft.Azure.Functions.Worker.Function(").Append(Literal(skill.Name)).Append(")]\n");
            text.Append("    public static string F").Append(index++).Append("(\n        ");
            text.Append(Attribute("global::Microsoft.Azure.Functions.Worker.Extensions.OpenAI.Assistants.AssistantSkillTrigger", skill));
            text.Append(' ').Append(Types[skill.ArgumentType]).Append(" @").Append(skill.ArgumentName).Append(") => \"\";\n\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>The description is the constructor's only parameter; the others are properties. The compiler refuses a missing one.</summary>
    static string Attribute(string type, Skill skill)
    {
        var arguments = new List<string>();
        if (skill.Trigger.TryGetValue("FunctionDescription", out JToken? description))
        {
            arguments.Add(Literal(description));
        }

        foreach ((string name, JToken? value) in skill.Trigger)
        {
            if (name != "FunctionDescription")
            {
                arguments.Add($"{name} = {Literal(value)}");
            }
        }

        return $"[{type}({string.Join(", ", arguments)})]";
    }

    static string Literal(JToken? value) => value?.Type switch
    {
        JTokenType.String => Literal((string)value!),
        JTokenType.Null or null => "null",
        JTokenType.Boolean => (bool)value ? "true" : "false",
        _ => value.ToString(Newtonsoft.Json.Formatting.None),
    };

    static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}

/// <summary>Runs the SDK's C# compiler in this process.</summary>
static class Compiler
{
    static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))];

    public static byte[] Compile(string assemblyName, string source)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release);
        CSharpCompilation compilation = CSharpCompilation.Create(assemblyName, [tree], References, options);
        using var stream = new MemoryStream();
        EmitResult result = compilation.Emit(stream);
        if (!result.Success)
        {
            IEnumerable<Diagnostic> errors = result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error);
            throw new RefusedException(string.Join("; ", errors.Take(3).Select(one => $"{one.Id}: {one.GetMessage()}")));
        }

        return stream.ToArray();
    }
}
