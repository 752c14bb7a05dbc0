// Puts the published extension under test: `pytest --impl='exec:dotnet bin/Release/net10.0/Harness.dll'`. See README.md.
//
//   HARNESS_SURFACE   csharp-inprocess (the default; offers ask and bindings) or csharp-isolated (bindings only)
//   HARNESS_STORAGE   a connection string (default: UseDevelopmentStorage=true, which is Azurite) or memory
//   HARNESS_TYPES     C# types to use instead of the usual ones, for example "integer=long,array=string[]"
//   HARNESS_LOG       the lowest log level that is written to standard error (default: Warning)

using System.Reflection;
using System.Runtime.Loader;
using Harness;
using Microsoft.Azure.WebJobs.Extensions.OpenAI;
using Newtonsoft.Json.Linq;

var peer = new Peer(Console.OpenStandardInput(), Console.OpenStandardOutput());
Console.SetOut(Console.Error); // the tools print warnings, but standard output carries the protocol
Bridge.Peer = peer;
peer.Start();

var adapter = new Adapter(Environment.GetEnvironmentVariable("HARNESS_SURFACE") ?? "csharp-inprocess");
await foreach (JObject request in peer.RequestsAsync())
{
    JToken id = request["id"] ?? JValue.CreateNull();
    JObject parameters = request["params"] as JObject ?? new JObject();
    try
    {
        Task<JToken>? serving = (string?)request["method"] switch
        {
            "initialize" => adapter.InitializeAsync(parameters),
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
        peer.Fail(id, 1, Adapter.Describe(error));
    }
}

/// <summary>Serves the methods of docs/protocol.md, with one app at a time, as the suite does it.</summary>
sealed class Adapter(string surface)
{
    readonly List<Skill> skills = [];
    IReadOnlyDictionary<string, string> settings = new Dictionary<string, string>();
    HostedApp? host;
    int app;
    int revision;

    bool IsInProcess => surface == "csharp-inprocess";

    bool HasBindings => this.IsInProcess ? Tools.HasInProcess : Tools.HasIsolated;

    public async Task<JToken> InitializeAsync(JObject parameters)
    {
        if ((int?)parameters["protocol"] != 1)
        {
            throw new NotSupportedException($"Protocol {parameters["protocol"]} is not spoken here");
        }

        if (surface is not ("csharp-inprocess" or "csharp-isolated") || (!this.IsInProcess && !this.HasBindings))
        {
            throw new NotSupportedException($"The surface {surface} is not offered by this build");
        }

        await this.WarmUpAsync();
        var capabilities = new JArray();
        if (this.HasBindings)
        {
            capabilities.Add("bindings");
        }

        if (this.IsInProcess)
        {
            capabilities.Add("ask");
        }

        Assembly judged = this.IsInProcess ? typeof(OpenAIWebJobsBuilderExtensions).Assembly : Isolated.Assembly;
        string version = judged.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        return new JObject
        {
            ["name"] = judged.GetName().Name,
            ["version"] = version.Split('+')[0],
            ["surfaces"] = new JArray(surface),
            ["capabilities"] = capabilities,
        };
    }

    /// <summary>Load and compile everything before the first case is timed.</summary>
    async Task WarmUpAsync()
    {
        this.settings = new Dictionary<string, string> { ["OPENAI_API_KEY"] = "sk-none", ["OPENAI_BASE_URL"] = "http://127.0.0.1:9/v1" };
        Settings.Export(this.settings);
        var trigger = new JObject { ["FunctionDescription"] = "Warm up" };
        this.skills.Add(new Skill("WarmUp", trigger, "nothing", "string"));
        if (this.HasBindings)
        {
            await this.BindingsAsync();
        }
        else
        {
            await this.EnsureStartedAsync();
        }

        await this.CloseAppAsync();
    }

    public Task<JToken> CreateAppAsync(JObject parameters)
    {
        this.app++;
        this.settings = ((JObject)parameters["environment"]!).Properties().ToDictionary(one => one.Name, one => (string)one.Value!);
        Settings.Export(this.settings);
        return Task.FromResult<JToken>(new JObject { ["app"] = this.app, ["construct"] = "AssistantSkillTrigger" });
    }

    public async Task<JToken> AddSkillAsync(JObject parameters)
    {
        Skill skill = Skill.From((JObject)parameters["skill"]!);
        this.Compile([skill]); // what the compiler refuses is refused here; what the tools or the host refuse is refused by `bindings`
        this.skills.Add(skill);
        await this.StopAsync();
        if (!this.HasBindings && this.skills.Count <= 20)
        {
            await this.EnsureStartedAsync();
        }

        return JValue.CreateNull();
    }

    public async Task<JToken> BindingsAsync()
    {
        (string name, byte[] assembly) = this.Compile(this.skills);
        JObject bindings = this.IsInProcess
            ? Tools.WriteFunctionJson(name, assembly)
            : Tools.WriteFunctionsMetadata(name, assembly);
        if (this.IsInProcess)
        {
            await this.EnsureStartedAsync();
        }

        return bindings;
    }

    public async Task<JToken> AskAsync(JObject parameters)
    {
        HostedApp hosted = await this.EnsureStartedAsync();
        return new JObject { ["reply"] = await hosted.AskAsync((string)parameters["message"]!) };
    }

    public async Task<JToken> CloseAppAsync()
    {
        await this.StopAsync();
        this.skills.Clear();
        return JValue.CreateNull();
    }

    async Task<HostedApp> EnsureStartedAsync()
    {
        if (this.host is null)
        {
            (_, byte[] assembly) = this.Compile(this.skills);
            Assembly loaded = AssemblyLoadContext.Default.LoadFromStream(new MemoryStream(assembly));
            this.host = await HostedApp.StartAsync([loaded.GetType("Skills", true)!], this.settings);
        }

        return this.host;
    }

    async Task StopAsync()
    {
        if (this.host is HostedApp running)
        {
            this.host = null;
            await running.DisposeAsync();
        }
    }

    (string Name, byte[] Assembly) Compile(IReadOnlyList<Skill> declared)
    {
        string name = $"App{this.app}r{++this.revision}";
        string source = this.IsInProcess ? Source.InProcess(this.app, declared) : Source.Isolated(declared);
        return (name, Compiler.Compile(name, source));
    }

    public static string Describe(Exception error)
    {
        Exception inner = error;
        while (inner.InnerException is Exception next)
        {
            inner = next;
        }

        return $"{inner.GetType().Name}: {inner.Message}";
    }
}

static class Isolated
{
#if ISOLATED
    public static Assembly Assembly =>
        typeof(Microsoft.Azure.Functions.Worker.Extensions.OpenAI.Assistants.AssistantSkillTriggerAttribute).Assembly;
#else
    public static Assembly Assembly => throw new NotSupportedException("built with -p:Isolated=false");
#endif
}
