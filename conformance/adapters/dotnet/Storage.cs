using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Serialization;
using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Microsoft.Azure.WebJobs.Extensions.OpenAI.Assistants;

namespace Harness;

/// <summary>Decides where the chat is stored.</summary>
/// <remarks>
/// HARNESS_STORAGE is a connection string (default: UseDevelopmentStorage=true, which is Azurite) or `memory`. With `memory`
/// the private field `tableClient` of DefaultAssistantService is set to a TableClient that keeps its rows in this process, as
/// the extension's own unit tests do. The limits of the real service (64 KiB per text, 100 rows per batch) then don't apply.
/// </remarks>
static class Storage
{
    static readonly string Wanted = Environment.GetEnvironmentVariable("HARNESS_STORAGE") is { Length: > 0 } given
        ? given
        : "UseDevelopmentStorage=true";

    static bool InMemory => Wanted == "memory";

    public static IEnumerable<KeyValuePair<string, string?>> With(IReadOnlyDictionary<string, string> settings)
    {
        foreach ((string name, string value) in settings)
        {
            yield return new(name, value);
        }

        yield return new("AzureWebJobsStorage", InMemory ? "UseDevelopmentStorage=true" : Wanted);
    }

    public static void Prepare(IAssistantService service)
    {
        if (!InMemory)
        {
            return;
        }

        FieldInfo field = service.GetType().GetField("tableClient", BindingFlags.Instance | BindingFlags.NonPublic)
            ?? throw new InvalidOperationException($"{service.GetType()} has no field tableClient any more: use Azurite");
        field.SetValue(service, new MemoryTable());
    }
}

/// <summary>A table in memory, with the three operations that the assistant service uses.</summary>
sealed class MemoryTable : TableClient
{
    readonly ConcurrentDictionary<(string Partition, string Row), TableEntity> rows = new();

    public override Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(Response.FromValue(new TableItem("ChatState"), new Done(204)));

    public override AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        const string Start = "PartitionKey eq '";
        if (typeof(T) != typeof(TableEntity) || filter is null || !filter.StartsWith(Start) || !filter.EndsWith('\''))
        {
            throw new NotSupportedException($"MemoryTable cannot query {typeof(T).Name} where {filter}");
        }

        string partition = filter[Start.Length..^1].Replace("''", "'");
        IReadOnlyList<TableEntity> found =
            [.. this.rows.Where(row => row.Key.Partition == partition)
                .OrderBy(row => row.Key.Row, StringComparer.Ordinal)
                .Select(row => new TableEntity(row.Value))];
        return (AsyncPageable<T>)(object)AsyncPageable<TableEntity>.FromPages([Page<TableEntity>.FromValues(found, null, new Done(200))]);
    }

    public override Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        var results = new List<Response>();
        foreach (TableTransactionAction action in transactionActions)
        {
            (string, string) key = (action.Entity.PartitionKey, action.Entity.RowKey);
            TableEntity entity = Serialize(action.Entity);
            switch (action.ActionType)
            {
                case TableTransactionActionType.Add:
                    if (!this.rows.TryAdd(key, entity))
                    {
                        throw new RequestFailedException(409, "The specified entity already exists.", "EntityAlreadyExists", null);
                    }

                    break;
                case TableTransactionActionType.Delete:
                    this.rows.TryRemove(key, out _);
                    break;
                case TableTransactionActionType.UpdateMerge:
                case TableTransactionActionType.UpsertMerge:
                    TableEntity row = this.rows.GetOrAdd(key, entity);
                    foreach ((string name, object value) in entity)
                    {
                        row[name] = value;
                    }

                    break;
                default:
                    this.rows[key] = entity;
                    break;
            }

            results.Add(new Done(204));
        }

        return Task.FromResult(Response.FromValue<IReadOnlyList<Response>>(results, new Done(202)));
    }

    /// <summary>Serialize as Azure.Data.Tables does: public properties by their DataMember names, without nulls and IgnoreDataMember.</summary>
    static TableEntity Serialize(ITableEntity entity)
    {
        var row = new TableEntity(entity.PartitionKey, entity.RowKey);
        if (entity is TableEntity loose)
        {
            foreach ((string name, object value) in loose)
            {
                row[name] = value;
            }

            return row;
        }

        foreach (PropertyInfo property in entity.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.Name is nameof(ITableEntity.ETag) or nameof(ITableEntity.Timestamp)
                or nameof(ITableEntity.PartitionKey) or nameof(ITableEntity.RowKey)
                || property.GetCustomAttribute<IgnoreDataMemberAttribute>() is not null)
            {
                continue;
            }

            string name = property.GetCustomAttribute<DataMemberAttribute>()?.Name ?? property.Name;
            if (property.GetValue(entity) is object value)
            {
                row[name] = value;
            }
        }

        return row;
    }

    sealed class Done(int status) : Response
    {
        public override int Status => status;

        public override string ReasonPhrase => "";

        public override Stream? ContentStream { get; set; }

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose()
        {
        }

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = null;
            return false;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = null;
            return false;
        }
    }
}
