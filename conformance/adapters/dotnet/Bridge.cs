using System.Collections.Concurrent;
using System.Numerics;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.OpenAI.Assistants;
using Newtonsoft.Json.Linq;

namespace Harness;

/// <summary>The generated functions call this class, because the real handlers are in the suite's process.</summary>
public static class Bridge
{
    internal static Peer? Peer { get; set; }

    /// <summary>Send the argument to the suite and return the handler's result as an ordinary C# value.</summary>
    public static async Task<object?> InvokeAsync(int app, string function, object? argument)
    {
        Peer peer = Peer ?? throw new InvalidOperationException("There is nobody to call");
        JToken value = argument as JToken ?? (argument is null ? JValue.CreateNull() : JToken.FromObject(argument));
        JToken result = await peer.CallAsync(
            "invoke_skill", new JObject { ["app"] = app, ["name"] = function, ["argument"] = value.DeepClone() });
        return result.Type switch
        {
            JTokenType.Null => null,
            JTokenType.String => (string?)result,
            JTokenType.Boolean => (bool)result,
            JTokenType.Float => (double)result,
            JTokenType.Integer => ((JValue)result).Value is BigInteger big ? big : (long)result,
            _ => result,
        };
    }
}

/// <summary>The functions that hold the conversation; the extension's own bindings do the work.</summary>
/// <remarks>They are in this assembly and not in the generated one, so that function.json lists only the app's own functions.</remarks>
public static class Conversation
{
    static readonly ConcurrentDictionary<string, string> States = new();

    public static string? Take(string assistant) => States.TryRemove(assistant, out string? state) ? state : null;

    [NoAutomaticTrigger]
    public static Task Create(string assistant, [AssistantCreate] IAsyncCollector<AssistantCreateRequest> requests) =>
        requests.AddAsync(new AssistantCreateRequest(assistant));

    [NoAutomaticTrigger]
    public static void Post(string assistant, string message, [AssistantPost("{assistant}", "{message}")] string state) =>
        States[assistant] = state;
}
