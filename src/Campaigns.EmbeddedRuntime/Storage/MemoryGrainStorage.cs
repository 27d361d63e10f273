using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded;

/// <summary>Keeps states, as JSON, for as long as the process lives.</summary>
internal sealed class MemoryGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string Name, GrainId Grain), Record> _records = new();
    private long _lastVersion;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_records.TryGetValue((stateName, grainId), out var record))
        {
            grainState.State = JsonSerializer.Deserialize<T>(record.Json);
            grainState.ETag = record.ETag;
            grainState.RecordExists = true;
        }
        else
        {
            grainState.ETag = null;
            grainState.RecordExists = false;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var version = Interlocked.Increment(ref _lastVersion).ToString(CultureInfo.InvariantCulture);
        var record = new Record(JsonSerializer.SerializeToUtf8Bytes(grainState.State), version);
        _records.AddOrUpdate(
            (stateName, grainId),
            _ => grainState.ETag is null ? record : throw Conflict(null, grainState.ETag),
            (_, stored) => stored.ETag == grainState.ETag ? record : throw Conflict(stored.ETag, grainState.ETag));
        grainState.ETag = version;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        if (_records.TryGetValue(key, out var stored)
            && (stored.ETag != grainState.ETag || !_records.TryRemove(KeyValuePair.Create(key, stored))))
            throw Conflict(stored.ETag, grainState.ETag);
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private static InconsistentStateException Conflict(string? stored, string? current) =>
        new("The stored state has another version.", stored, current);

    private sealed record Record(byte[] Json, string ETag);
}
