using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Harness;

/// <summary>The other side answered a request with an error.</summary>
public sealed class RemoteException(string message) : Exception(message);

/// <summary>One end of a JSON-RPC 2.0 connection with one message per line, in both directions (docs/protocol.md).</summary>
sealed class Peer
{
    readonly StreamReader reader;
    readonly StreamWriter writer;
    readonly object gate = new();
    readonly Channel<JObject> requests = Channel.CreateUnbounded<JObject>();
    readonly ConcurrentDictionary<string, TaskCompletionSource<JToken>> pending = new();
    int calls;

    public Peer(Stream input, Stream output)
    {
        // StreamReader.ReadLine splits at \n and \r only, which JSON always escapes, and never at U+2028.
        this.reader = new StreamReader(input, new UTF8Encoding(false), false, 1 << 16);
        this.writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16) { AutoFlush = true, NewLine = "\n" };
    }

    /// <summary>The other side's requests, in order, until the input ends.</summary>
    public IAsyncEnumerable<JObject> RequestsAsync() => this.requests.Reader.ReadAllAsync();

    /// <summary>Read on a separate thread, so that answers arrive while a request is being served.</summary>
    public void Start()
    {
        var thread = new Thread(this.Read) { IsBackground = true, Name = "stdin" };
        thread.Start();
    }

    void Read()
    {
        while (this.reader.ReadLine() is string line)
        {
            JObject message;
            try
            {
                message = Json.Parse(line);
            }
            catch (JsonException error)
            {
                this.Fail(JValue.CreateNull(), -32700, error.Message);
                continue;
            }

            if (message.ContainsKey("method"))
            {
                this.requests.Writer.TryWrite(message);
            }
            else if (this.pending.TryRemove((string?)message["id"] ?? "", out TaskCompletionSource<JToken>? waiting))
            {
                if (message["error"] is JObject error)
                {
                    waiting.TrySetException(new RemoteException((string?)error["message"] ?? ""));
                }
                else
                {
                    waiting.TrySetResult(message["result"] ?? JValue.CreateNull());
                }
            }
        }

        this.requests.Writer.TryComplete();
    }

    public Task<JToken> CallAsync(string method, JObject parameters)
    {
        string id = $"call-{Interlocked.Increment(ref this.calls)}";
        var waiting = new TaskCompletionSource<JToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        this.pending[id] = waiting;
        this.Send(new JObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        return waiting.Task;
    }

    public void Reply(JToken id, JToken result) =>
        this.Send(new JObject { ["jsonrpc"] = "2.0", ["id"] = id, ["result"] = result });

    public void Fail(JToken id, int code, string message) =>
        this.Send(new JObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = id,
            ["error"] = new JObject { ["code"] = code, ["message"] = message },
        });

    void Send(JObject message)
    {
        string line = message.ToString(Formatting.None);
        lock (this.gate)
        {
            this.writer.WriteLine(line);
        }
    }
}

static class Json
{
    /// <summary>Parse a JSON object without turning text into dates and without a limit on nesting.</summary>
    public static JObject Parse(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = null };
        return JObject.Load(reader);
    }

    public static JArray ParseArray(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = null };
        return JArray.Load(reader);
    }
}
