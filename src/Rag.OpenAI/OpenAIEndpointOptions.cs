using System.Globalization;

namespace Rag.OpenAI;

/// <summary>How an endpoint is spoken to.</summary>
public sealed record OpenAIEndpointOptions
{
    /// <summary>The key, sent as a bearer token; <see langword="null"/> or empty sends none, as servers on one's own machine want it. Default <see langword="null"/>.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Headers of every request, such as a gateway's. Default none. Those of one request come from the request's <c>RawRepresentationFactory</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The longest silence: until the first byte of a reply, and between any two reads of it. A stream may last longer. Default 5 minutes, for a processor without a GPU reads a long prompt slowly.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero.</exception>
    public TimeSpan Timeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How often a request is sent again after the statuses 408, 429, 500, 502, 503 and 504, or a connection that broke before a reply; 0 to 10. Default 3.
    /// The waits double from half a second, with jitter, unless the server says how long (<c>Retry-After</c>). Nothing is sent again once a reply has begun.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the range.</exception>
    public int MaxRetries
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 10);
            field = value;
        }
    } = 3;

    /// <summary>The clock of waits and time-outs. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The settings without key and headers, which are secrets.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{nameof(OpenAIEndpointOptions)} {{ Timeout = {Timeout}, MaxRetries = {MaxRetries} }}");
}
