using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.OpenAI;
using Microsoft.Azure.WebJobs.Extensions.OpenAI.Assistants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json.Linq;
#if OPENAI2
using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
#else
using Azure.AI.OpenAI;
using Azure.Core.Pipeline;
#endif

namespace Harness;

/// <summary>A function app in its own WebJobs job host, which is how the Functions host runs in-process C#.</summary>
sealed class HostedApp : IAsyncDisposable
{
    readonly IHost host;
    readonly JobHost jobs;
    readonly string assistant = $"assistant{Guid.NewGuid():N}";
    bool started;
    bool created;

    HostedApp(IHost host)
    {
        this.host = host;
        this.jobs = (JobHost)host.Services.GetRequiredService<IJobHost>();
    }

    /// <summary>Build the host, index the functions and start their listeners; the listeners register the skills.</summary>
    public static async Task<HostedApp> StartAsync(IReadOnlyList<Type> types, IReadOnlyDictionary<string, string> settings)
    {
        IHost host = new HostBuilder()
            .ConfigureAppConfiguration(builder => builder.AddInMemoryCollection(Storage.With(settings)))
            .ConfigureLogging(logging => logging.ClearProviders().AddProvider(new StandardError()).SetMinimumLevel(StandardError.Level))
            .ConfigureWebJobs(jobs => jobs.AddOpenAIBindings())
            .ConfigureServices(services =>
            {
                services.AddSingleton<ITypeLocator>(new Types([.. types, typeof(Conversation)]));
#if !OPENAI2
                if (Redirect.Wanted(settings, out string? key, out Uri? address))
                {
                    // The last registration wins. Apart from its transport this is the extension's `new OpenAIClient(key)`.
                    var options = new OpenAIClientOptions { Transport = new HttpClientTransport(Redirect.Client(address)) };
                    services.AddSingleton(new OpenAIClient(key, options));
                }
#endif
            })
            .Build();
        var app = new HostedApp(host);
        try
        {
#if OPENAI2
            if (Redirect.Wanted(settings, out string? key, out Uri? address))
            {
                // `new OpenAIClient(key)` always calls https://api.openai.com/v1, and no setting changes that. So the same
                // client with another transport is put into the factory's cache before the factory creates its own.
                var options = new OpenAIClientOptions { Transport = new HttpClientPipelineTransport(Redirect.Client(address)) };
                OpenAIClientFactory factory = host.Services.GetRequiredService<OpenAIClientFactory>();
                FieldInfo field = typeof(OpenAIClientFactory).GetField("openAIClients", BindingFlags.Instance | BindingFlags.NonPublic)
                    ?? throw new InvalidOperationException("OpenAIClientFactory has no field openAIClients any more");
                ((ConcurrentDictionary<string, OpenAIClient>)field.GetValue(factory)!)[key] =
                    new OpenAIClient(new ApiKeyCredential(key), options);
            }
#endif
            Storage.Prepare(host.Services.GetRequiredService<IAssistantService>());
            await app.jobs.StartAsync(CancellationToken.None);
            app.started = true;
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Post a message through the assistantPost binding and return the last message, as the extension's samples do.</summary>
    public async Task<string> AskAsync(string message)
    {
        if (!this.created)
        {
            await this.CallAsync(nameof(Conversation.Create), new() { ["assistant"] = this.assistant });
            this.created = true;
        }

        await this.CallAsync(nameof(Conversation.Post), new() { ["assistant"] = this.assistant, ["message"] = message });
        JObject state = Json.Parse(Conversation.Take(this.assistant) ?? throw new InvalidOperationException("The post left no state"));
        if ((bool?)state["exists"] != true)
        {
            throw new InvalidOperationException("The assistant does not exist");
        }

        return (string?)(state["recentMessages"] as JArray)?.LastOrDefault()?["content"] ?? "";
    }

    async Task CallAsync(string function, Dictionary<string, object> arguments) =>
        await this.jobs.CallAsync(typeof(Conversation).GetMethod(function)!, arguments);

    public async ValueTask DisposeAsync()
    {
        if (this.started)
        {
            this.started = false;
            await this.jobs.StopAsync();
        }

        this.host.Dispose();
    }

    sealed class Types(IReadOnlyList<Type> types) : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => types;
    }
}

/// <summary>Redirects requests for https://api.openai.com/v1 to the scripted service just before they are sent.</summary>
sealed class Redirect(Uri address) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
{
    const string Home = "https://api.openai.com/v1";

    public static HttpClient Client(Uri address) => new(new Redirect(address)) { Timeout = Timeout.InfiniteTimeSpan };

    public static bool Wanted(
        IReadOnlyDictionary<string, string> settings,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? key,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? address)
    {
        address = settings.TryGetValue("OPENAI_BASE_URL", out string? url) ? new Uri(url) : null;
        return settings.TryGetValue("OPENAI_API_KEY", out key) && address is not null;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string asked = request.RequestUri!.AbsoluteUri;
        if (!asked.StartsWith(Home, StringComparison.Ordinal))
        {
            throw new HttpRequestException($"A request would have left this machine: {asked}");
        }

        request.RequestUri = new Uri(address.AbsoluteUri.TrimEnd('/') + asked[Home.Length..]);
        return base.SendAsync(request, cancellationToken);
    }
}

/// <summary>Sets the environment variables of this process, from which the extension reads its keys.</summary>
static class Settings
{
    static readonly List<string> Exported = [];

    public static void Export(IReadOnlyDictionary<string, string> settings)
    {
        foreach (string name in Exported)
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        Exported.Clear();
        foreach ((string name, string value) in settings)
        {
            Environment.SetEnvironmentVariable(name, value);
            Exported.Add(name);
        }
    }
}

/// <summary>Logs to standard error, because standard output carries the protocol.</summary>
sealed class StandardError : ILoggerProvider
{
    public static readonly LogLevel Level =
        Enum.TryParse(Environment.GetEnvironmentVariable("HARNESS_LOG"), true, out LogLevel level) ? level : LogLevel.Warning;

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName);

    public void Dispose()
    {
    }

    sealed class Logger(string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= Level;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (this.IsEnabled(logLevel))
            {
                Console.Error.WriteLine($"{logLevel} {category}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
