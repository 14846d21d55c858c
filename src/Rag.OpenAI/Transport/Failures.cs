using System.Globalization;
using System.Text.Json;

namespace Rag.OpenAI.Transport;

/// <summary>Says in a sentence what went wrong at an endpoint and what to do, without any of its secrets.</summary>
/// <param name="address">The endpoint.</param>
/// <param name="hasKey">Whether a key is sent.</param>
/// <param name="secrets">What stands in no message.</param>
internal sealed class Failures(Uri address, bool hasKey, IReadOnlyList<string> secrets)
{
    private const int MaxServerText = 300;

    // Shorter values are no secrets, and would blank out ordinary words.
    private const int ShortestSecret = 6;

    /// <summary>The server said no.</summary>
    public OpenAIException Refused(int status, string body, TimeSpan? retryAfter)
    {
        var said = Said(body) is { Length: > 0 } text ? $"{status}: {text}" : $"{status}";
        var message = status switch
        {
            401 or 403 => $"{address} {(hasKey ? "refuses the key" : "wants a key")} ({said}). Give {(hasKey ? "a valid one" : "one")}; 'rag' reads it from RAG_OPENAI_API_KEY.",
            404 => $"{address} knows no such path or model ({said}). Check that the address ends as the server wants it, mostly in /v1, and that the model is one that it lists.",
            408 or 504 => $"{address} took too long ({said}). Try again, or ask for less.",
            429 => $"{address} takes no more requests for now ({said}). Try again {(retryAfter is { } wait ? string.Create(CultureInfo.InvariantCulture, $"in {Math.Ceiling(wait.TotalSeconds):0} seconds") : "later")}, or check the account's limits.",
            503 => $"{address} is not ready ({said}). Try again when the model has been loaded and the server is less busy.",
            >= 500 => $"{address} failed ({said}). See the server's log, and try again.",
            >= 300 and < 400 => $"{address} answers from somewhere else ({said}). Give the address that it sends to.",
            _ => $"{address} refuses the request ({said}). Change what it complains of.",
        };
        return new(message, status);
    }

    /// <summary>The server said in a reply that had begun that it cannot go on.</summary>
    public OpenAIException GaveUp(JsonElement error) => new($"{address} gave up in the middle of its answer ({Said(error.GetRawText())}). See the server's log, and try again.");

    /// <summary>There was no reply.</summary>
    public OpenAIException Unreachable(Exception cause)
    {
        var reason = Innermost(cause);
        return (cause as HttpRequestException ?? cause.InnerException as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.ConnectionError => new($"Nothing answers at {address} ({reason}). Start the server, such as llama-server -m MODEL.gguf --port 8080, or check host and port.", innerException: cause),
            HttpRequestError.NameResolutionError => new($"There is no host '{address.Host}' ({reason}). Check the address of the endpoint.", innerException: cause),
            HttpRequestError.SecureConnectionError => new($"{address} gives no secure connection ({reason}). Check the certificate, or whether the server speaks http only.", innerException: cause),
            _ when cause is OperationCanceledException => new($"{address} could not be reached in time ({reason}). Check host and port, and whether a firewall stands between.", innerException: cause),
            _ => new($"The connection to {address} broke before a reply came ({reason}). See whether the server still runs, and try again.", innerException: cause) { IsPassing = true },
        };
    }

    /// <summary>The connection broke in the middle of a reply.</summary>
    public OpenAIException BrokenOff(Exception cause) => new($"{address} broke off its answer ({Innermost(cause)}). See whether the server still runs, and try again.", innerException: cause);

    /// <summary>The reply ended before the answer did.</summary>
    public OpenAIException EndedEarly() => new($"{address} ended its answer without saying that it is whole. See the server's log, and try again.");

    /// <summary>Nothing came for too long.</summary>
    public OpenAIException Silent(TimeSpan limit, Exception cause) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{address} was silent for {limit.TotalSeconds:0.###} seconds. See whether the server is busy, or raise the time-out."), innerException: cause);

    /// <summary>The reply does not end.</summary>
    public OpenAIException TooLong(int bytes) => new($"{address} sent more than {bytes >> 20} MiB in one piece. Check that it speaks OpenAI's protocol.");

    /// <summary>The reply is no part of the protocol.</summary>
    /// <param name="what">What is wrong.</param>
    /// <param name="body">What came.</param>
    /// <param name="cause">What noticed it.</param>
    public OpenAIException Malformed(string what, string body, Exception? cause = null) =>
        new($"{address} answers {what}: {(Clean(body) is { Length: > 0 } text ? text : "nothing")}. Check that the address is that of an API in OpenAI's protocol, mostly ending in /v1.", innerException: cause);

    /// <summary>What is read from JSON, or what is wrong with it.</summary>
    /// <exception cref="OpenAIException">It is not JSON, or not as <paramref name="read"/> expects it.</exception>
    public T Reading<T>(string json, Func<JsonElement, T> read)
    {
        try
        {
            return read(JsonElement.Parse(json));
        }
        catch (JsonException e)
        {
            throw Malformed("something that is not JSON", json, e);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Malformed("JSON of an unknown form", json, e);
        }
    }

    // {"error":{"message":"..."}}, {"error":"..."}, {"message":"..."}, {"detail":"..."}, or no JSON at all
    private string Said(string body)
    {
        try
        {
            var json = JsonElement.Parse(body);
            foreach (var name in (string[])["error", "message", "detail"])
            {
                if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var inner))
                {
                    json = inner;
                }
            }

            return Clean(json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText());
        }
        catch (JsonException)
        {
            return Clean(body);
        }
    }

    // One line, without secrets and control characters.
    private string Clean(string text)
    {
        foreach (var secret in secrets.Where(s => s.Length >= ShortestSecret))
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        }

        var line = string.Join(' ', new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return (line.Length <= MaxServerText ? line : $"{line[..MaxServerText]}...").TrimEnd('.');
    }

    private string Innermost(Exception exception)
    {
        var inner = exception;
        for (; inner.InnerException is { } next; inner = next)
        {
        }

        return Clean(inner.Message);
    }
}
