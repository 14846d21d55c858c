using Rag.Qdrant.Api;

namespace Rag.Qdrant;

/// <summary>Points in as few requests as a server takes.</summary>
internal static class PointBatches
{
    // A character is \uXXXX at most, or 16 bytes in the base64 of a text that has no form in UTF-8; the longest float has 15 with its comma.
    private const int BytesOfCharacter = 16;
    private const int BytesOfNumber = 16;

    // Names of all fields, ids and numbers.
    private const int BytesOfPoint = 1_024;
    private const int BytesOfRequest = 64;

    /// <summary>The points in order, in batches that are no longer in JSON than <paramref name="maxBytes"/>; a point that may be longer goes alone.</summary>
    public static IEnumerable<IReadOnlyList<Point>> Of(IEnumerable<Point> points, int maxBytes)
    {
        var (batch, bytes) = (new List<Point>(), (long)BytesOfRequest);
        foreach (var point in points)
        {
            var more = MostBytes(point);
            if (batch.Count > 0 && bytes + more > maxBytes)
            {
                yield return batch;
                (batch, bytes) = ([], BytesOfRequest);
            }

            batch.Add(point);
            bytes += more;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    /// <summary>More bytes than the point has as JSON, counted without making it, so often much more.</summary>
    public static long MostBytes(Point point)
    {
        var payload = point.Payload;
        var characters = Length(payload.Text) + Length(payload.Title) + Length(payload.Context) + Length(payload.Document) + Length(payload.Tenant) + Length(payload.Path)
            + Length(payload.Type) + Length(payload.Language) + Length(payload.Model) + Length(payload.Version) + Length(payload.Findings)
            + Length(payload.Groups) + Length(payload.Labels) + Length(payload.Warnings)
            + (payload.Tags?.Sum(t => Length(t.Key) + Length(t.Value)) ?? 0);
        var bytes = Length(payload.Pages) + Length(payload.Lines) + Length(payload.Boxes) + Length(payload.Blocks);
        var numbers = (2L * (point.Vector?.Words?.Indices.Count ?? 0)) + (point.Vector?.Dense.Length ?? 0);
        return BytesOfPoint + (BytesOfCharacter * characters) + (2 * bytes) + (BytesOfNumber * numbers);
    }

    // With quotes and a comma, as if they were characters.
    private static long Length(string? text) => (text?.Length ?? 0) + 1;

    private static long Length(IReadOnlyList<string>? texts) => texts?.Sum(Length) ?? 0;

    private static long Length(byte[]? bytes) => bytes?.Length ?? 0;
}
