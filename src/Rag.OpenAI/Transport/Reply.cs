using System.ClientModel.Primitives;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Rag.OpenAI.Transport;

/// <summary>What a server answers, read as it comes.</summary>
internal sealed class Reply(PipelineResponse response, SilenceLimit limit, Failures failures, TimeProvider time) : IDisposable
{
    // Two thousand vectors of four thousand numbers fit.
    private const int MaxBytes = 256 << 20;

    private const int StartBytes = 16 << 10;

    public int Status => response.Status;

    /// <summary>Says what goes wrong with this reply.</summary>
    public Failures Failures => failures;

    /// <summary>Whether the body is one JSON document, no stream of events.</summary>
    public bool IsJson => Header("Content-Type")?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>How long the server wants to be left alone; <see langword="null"/> where it does not say.</summary>
    public TimeSpan? RetryAfter =>
        double.TryParse(Header("retry-after-ms"), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is >= 0 and < int.MaxValue ? TimeSpan.FromMilliseconds(milliseconds)
        : Header("Retry-After") is not { } after ? null
        : double.TryParse(after, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds is >= 0 and < int.MaxValue ? TimeSpan.FromSeconds(seconds) : null
        : !DateTimeOffset.TryParseExact(after, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until) ? null
        : until > time.GetUtcNow() ? until - time.GetUtcNow() : TimeSpan.Zero;

    /// <summary>The next bytes; 0 at the end.</summary>
    /// <exception cref="OpenAIException">The connection broke, or nothing came for too long.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            var count = await (response.ContentStream ?? Stream.Null).ReadAsync(buffer, limit.Token);
            limit.Restart();
            return count;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            limit.ThrowIfCallerCancelled();
            throw limit.RanOut ? failures.Silent(limit.Length, e) : failures.BrokenOff(e);
        }
    }

    /// <summary>The body's start as text, for a message to people.</summary>
    public async Task<string> ReadStartAsync()
    {
        var buffer = new byte[StartBytes];
        var length = 0;
        try
        {
            for (int count; length < buffer.Length && (count = await ReadAsync(buffer.AsMemory(length))) > 0;)
            {
                length += count;
            }
        }
        catch (OpenAIException)
        {
            // the refusal itself is what matters
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    /// <summary>What is read from the JSON document that the body is.</summary>
    /// <exception cref="OpenAIException">It is none, or not the one that was expected.</exception>
    public async Task<T> ReadJsonAsync<T>(Func<JsonElement, T> read)
    {
        using var body = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int count; (count = await ReadAsync(buffer)) > 0;)
        {
            body.Write(buffer, 0, count);
            if (body.Length > MaxBytes)
            {
                throw failures.TooLong(MaxBytes);
            }
        }

        return failures.Reading(Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length), read);
    }

    public void Dispose()
    {
        // A response that still has its stream may read the rest of it to dispose.
        using var unread = response.ContentStream;
        response.ContentStream = null;
        response.Dispose();
        limit.Dispose();
    }

    private string? Header(string name) => response.Headers.TryGetValue(name, out var value) ? value : null;
}
