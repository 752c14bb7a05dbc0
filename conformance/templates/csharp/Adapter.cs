// Connects a framework to the assistant skill trigger conformance suite. It works as it is, in place of a framework. Put
// yours in where it says FILL IN.

using Harness;
using Newtonsoft.Json.Linq;

var peer = new Peer(Console.OpenStandardInput(), Console.OpenStandardOutput());
Console.SetOut(Console.Error); // standard output carries the protocol
peer.Start();

var adapter = new Adapter(peer);
await foreach (JObject request in peer.RequestsAsync())
{
    JToken id = request["id"] ?? JValue.CreateNull();
    JObject parameters = request["params"] as JObject ?? new JObject();
    try
    {
        Task<JToken>? serving = (string?)request["method"] switch
        {
            "initialize" => adapter.InitializeAsync(),
            "create_app" => adapter.CreateAppAsync(parameters),
            "add_skill" => adapter.AddSkillAsync(parameters),
            "bindings" => adapter.BindingsAsync(),
            "ask" => adapter.AskAsync(parameters),
            "close_app" => adapter.CloseAppAsync(),
            _ => null,
        };
        if (serving is null)
        {
            peer.Fail(id, -32601, $"There is no method {request["method"]}");
        }
        else
        {
            peer.Reply(id, await serving);
        }
    }
    catch (Exception error)
    {
        peer.Fail(id, 1, $"{error.GetType().Name}: {error.Message}");
    }
}

/// <summary>Serves the methods of the protocol. The suite has one app at a time.</summary>
sealed class Adapter(Peer peer)
{
    // FILL IN: csharp-isolated or csharp-inprocess.
    const string Surface = "csharp-isolated";

    readonly Dictionary<string, JObject> skills = [];
    string edition = "";

    public Task<JToken> InitializeAsync() => Task.FromResult<JToken>(new JObject
    {
        ["name"] = "my-framework", // FILL IN
        ["version"] = "0.0.0", // FILL IN
        ["surfaces"] = new JArray(Surface),
        ["capabilities"] = new JArray("bindings"), // FILL IN: and "ask", if the framework talks to the model itself
    });

    /// <summary>Create a fresh, empty app, once for each case.</summary>
    public Task<JToken> CreateAppAsync(JObject parameters)
    {
        // FILL IN: make an app of the framework; parameters["environment"] holds its settings (the environment does not).
        this.skills.Clear();
        this.edition = (string)parameters["edition"]!;
        bool old = this.edition == "2024-04-14" && Surface == "csharp-isolated";
        string construct = old ? "AssistantSkillTriggerInput" : "AssistantSkillTrigger";
        return Task.FromResult<JToken>(new JObject { ["app"] = 1, ["construct"] = construct });
    }

    /// <summary>Declare a skill; throw anything to refuse it.</summary>
    public Task<JToken> AddSkillAsync(JObject parameters)
    {
        // FILL IN: declare a function that returns InvokeAsync(name, argument), with the documented parameters in `trigger`.
        JObject skill = (JObject)parameters["skill"]!;
        if (skill["trigger"]!["FunctionDescription"] is null)
        {
            throw new ArgumentException("a skill needs a FunctionDescription");
        }

        this.skills[(string)skill["name"]!] = skill;
        return Task.FromResult<JToken>(JValue.CreateNull());
    }

    /// <summary>Run the suite's function for a skill and return its result; throw if the function fails.</summary>
    /// <remarks>The message has an argument even if it is null, which some serializers are told to leave out.</remarks>
    public Task<JToken> InvokeAsync(string name, JToken argument) =>
        peer.CallAsync("invoke_skill", new JObject { ["app"] = 1, ["name"] = name, ["argument"] = argument });

    /// <summary>Map each function's name to its bindings, as function.json holds them.</summary>
    public Task<JToken> BindingsAsync()
    {
        // FILL IN: return what the framework tells the Functions host, or remove the capability.
        var functions = new JObject();
        foreach ((string name, JObject skill) in this.skills)
        {
            var binding = new JObject
            {
                ["type"] = "AssistantSkillTrigger",
                ["direction"] = this.edition == "2024-04-14" ? "out" : "in",
                ["name"] = skill["argument"]!["name"],
            };
            foreach (JProperty parameter in ((JObject)skill["trigger"]!).Properties())
            {
                binding[char.ToLowerInvariant(parameter.Name[0]) + parameter.Name[1..]] = parameter.Value;
            }

            functions[name] = new JArray(binding);
        }

        return Task.FromResult<JToken>(functions);
    }

    /// <summary>Post a user's message, run the skills that the model calls, and return the model's final text.</summary>
    public Task<JToken> AskAsync(JObject parameters)
    {
        // FILL IN, and name the capability above: return an object whose `reply` is the text.
        throw new NotSupportedException($"Nothing answers {parameters["message"]}");
    }

    public Task<JToken> CloseAppAsync()
    {
        this.skills.Clear();
        return Task.FromResult<JToken>(JValue.CreateNull());
    }
}
