using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Rag.Api.Security;

/// <summary>Lets a request in, or says why not: by its key and scope, and where no keys are set up by whether it comes from this machine. Fails closed.</summary>
internal sealed class ApiGuard(IOptions<RagApiOptions> options, TimeProvider time) : IDisposable
{
    // A tenth of a minute's requests may come at once.
    private const int Bursts = 10;

    private static readonly Counter<long> s_used = RagTelemetry.Meter.CreateCounter<long>("rag.tokens", "{token}", "Tokens that models read and wrote for callers of the API.");

    private readonly PartitionedRateLimiter<ApiKey> _rates = PartitionedRateLimiter.Create<ApiKey, string>(key => key.RequestsPerMinute == int.MaxValue
        ? RateLimitPartition.GetNoLimiter(key.Name)
        : RateLimitPartition.GetTokenBucketLimiter(key.Hash, _ => new()
        {
            TokenLimit = Math.Max(1, key.RequestsPerMinute / Bursts),
            TokensPerPeriod = Math.Max(1, key.RequestsPerMinute / 60),
            ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60.0 / key.RequestsPerMinute)),
            QueueLimit = 0,
        }));

    private readonly ConcurrentDictionary<(string Hash, DateOnly Day), long> _tokens = new();

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>The caller.</summary>
    /// <exception cref="ApiProblemException">It is not known, may not do this, or has used up what it may use.</exception>
    public Caller Admit(HttpContext http, ApiScope scope)
    {
        var caller = options.Value.Keys.Count == 0 ? Local(http) : Keyed(http);
        if ((caller.Key.Scopes & scope) != scope)
        {
            throw new ApiProblemException(StatusCodes.Status403Forbidden, "scope-missing", $"The key '{caller.Key.Name}' has not the scope {scope.ToString().ToLowerInvariant()}, which this takes. Use another key, or give it the scope.");
        }

        using var lease = _rates.AttemptAcquire(caller.Key);
        if (!lease.IsAcquired)
        {
            throw new ApiProblemException(StatusCodes.Status429TooManyRequests, "too-many-requests", $"The key '{caller.Key.Name}' may make {caller.Key.RequestsPerMinute} requests a minute. Wait a little.") { RetryAfter = 1 };
        }

        if (scope == ApiScope.Ask && caller.Key.TokensPerDay is { } most && _tokens.GetValueOrDefault((caller.Key.Hash, Today)) >= most)
        {
            throw new ApiProblemException(StatusCodes.Status429TooManyRequests, "budget-spent", $"The key '{caller.Key.Name}' may use {most} tokens a day, and has. Try again tomorrow (UTC).") { RetryAfter = (int)(time.GetUtcNow().UtcDateTime.Date.AddDays(1) - time.GetUtcNow().UtcDateTime).TotalSeconds + 1 };
        }

        return caller;
    }

    /// <summary>Counts what a model used for a caller.</summary>
    public void Spend(Caller caller, TokenUsage usage)
    {
        s_used.Add(usage.PromptTokens, new KeyValuePair<string, object?>("gen_ai.token.type", "input"));
        s_used.Add(usage.CompletionTokens, new KeyValuePair<string, object?>("gen_ai.token.type", "output"));
        if (caller.Key.TokensPerDay is not null && usage.PromptTokens + usage.CompletionTokens is var tokens and > 0)
        {
            _tokens.AddOrUpdate((caller.Key.Hash, Today), tokens, (_, used) => used + tokens);
            foreach (var old in _tokens.Keys.Where(k => k.Day < Today))
            {
                _tokens.TryRemove(old, out _);
            }
        }
    }

    public void Dispose() => _rates.Dispose();

    private Caller Keyed(HttpContext http)
    {
        var secret = http.Request.Headers.Authorization.ToString() is { Length: > 0 } bearer && bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? bearer["Bearer ".Length..].Trim() : http.Request.Headers["X-Api-Key"].ToString();
        if (secret.Length == 0)
        {
            throw Unauthenticated("This server wants a key. Send it as 'Authorization: Bearer KEY'.");
        }

        // every key is compared, so that the time does not tell which ones there are
        var hash = ApiKey.HashOf(secret);
        ApiKey? found = null;
        foreach (var key in options.Value.Keys)
        {
            found = key.HasHash(hash) ? key : found;
        }

        return found is null ? throw Unauthenticated("This server does not know the key that was sent. Check it, or ask for a new one.") : new(found);
    }

    // A page of the Internet can have a browser send requests to this machine, under a name of its own that leads here; so the names count, too.
    private static Caller Local(HttpContext http)
    {
        var fromHere = http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        var origin = http.Request.Headers.Origin.ToString();
        return fromHere && IsLocal(http.Request.Host.Host) && (origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && IsLocal(page.Host) && page.Port == (http.Request.Host.Port ?? page.Port)))
            ? Caller.Local
            : throw Unauthenticated("No keys are set up, so this server answers only programs and pages on its own machine. Set up keys to call it from elsewhere.");
    }

    private static bool IsLocal(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static ApiProblemException Unauthenticated(string detail) => new(StatusCodes.Status401Unauthorized, "unauthenticated", detail);
}
