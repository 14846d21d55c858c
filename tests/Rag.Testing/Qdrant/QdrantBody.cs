using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>The body of a request.</summary>
internal static class QdrantBody
{
    /// <returns>The JSON; null where there is no body.</returns>
    /// <exception cref="QdrantRefusalException">It is too large or not JSON.</exception>
    public static JsonNode? Read(string text, string? mediaType, int maxBytes)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (mediaType != "application/json")
        {
            throw new QdrantRefusalException(400, "Content type error");
        }

        if (Encoding.UTF8.GetByteCount(text) is var bytes && bytes > maxBytes)
        {
            throw new QdrantRefusalException(400, $"JSON payload ({bytes} bytes) is larger than allowed (limit: {maxBytes} bytes).");
        }

        try
        {
            var body = JsonNode.Parse(text);
            if (text.Contains("\\u", StringComparison.Ordinal))
            {
                CheckText(body);
            }

            return body;
        }
        catch (JsonException e)
        {
            throw QdrantRefusalException.Format(e.Message);
        }
        catch (InvalidOperationException)
        {
            throw QdrantRefusalException.Format("lone leading surrogate in hex escape");
        }
    }

    /// <summary>Reads every text, which fails on one that has no form in UTF-8: half of a surrogate pair.</summary>
    private static void CheckText(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (_, value) in fields)
                {
                    CheckText(value);
                }

                break;
            case JsonArray array:
                foreach (var value in array)
                {
                    CheckText(value);
                }

                break;
            default:
                JsonFields.IsText(node, out _);
                break;
        }
    }
}
