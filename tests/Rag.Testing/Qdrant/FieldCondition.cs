using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rag.Testing.Qdrant;

/// <summary>A condition on what lies at one key. A field of several values meets it where one of them does.</summary>
internal static class FieldCondition
{
    /// <returns>Whether the values at the key meet the condition; a key that is absent has none.</returns>
    public static Predicate<IReadOnlyList<JsonNode?>> Read(JsonNode node)
    {
        if (JsonFields.Flag(node.Optional("is_empty")) is { } empty)
        {
            return values => values.Count == 0 ? empty : values.Any(v => v is null or JsonArray { Count: 0 } == empty);
        }

        if (JsonFields.Flag(node.Optional("is_null")) is { } isNull)
        {
            return values => values.Count == 0 ? !isNull : values.Any(v => (v is null || (v is JsonArray array && array.Any(e => e is null))) == isNull);
        }

        if (node.Optional("values_count") is { } count)
        {
            var within = Bounds(count, Number);
            return values => values.Count == 0 ? within(0) : values.Any(v => within(v switch { null => 0, JsonArray array => array.Count, _ => 1 }));
        }

        var check = node.Optional("match") is { } match ? Match(match)
            : node.Optional("range") is { } range ? Range(range)
            : node is JsonObject fields && fields.Any(f => f.Key.StartsWith("geo_", StringComparison.Ordinal)) ? throw new NotSupportedException("The double knows no places; add them to FieldCondition.")
            : throw QdrantRefusalException.Validation("condition: At least one field condition must be specified");
        return values => values.Any(v => v is JsonArray array ? array.Any(e => check(e)) : check(v));
    }

    private static Predicate<JsonNode?> Match(JsonNode match)
    {
        if (match.Optional("value") is { } value)
        {
            var wanted = Scalar(value) ?? throw Variant();
            return v => Equals(Scalar(v), wanted);
        }

        if (match.Optional("any") is { } any)
        {
            var wanted = Variants(any);
            return v => Scalar(v) is { } scalar && wanted.Contains(scalar);
        }

        if (match.Optional("except") is { } except)
        {
            var unwanted = Variants(except);
            return v => v is not null && !(Scalar(v) is { } scalar && unwanted.Contains(scalar));
        }

        // Without an index over the words, the server looks for the text as it stands.
        var (text, phrase, words, prefix) = (match.Optional("text"), match.Optional("phrase"), match.Optional("text_any"), match.Optional("prefix"));
        if ((text ?? phrase) is { } part && JsonFields.IsText(part, out var whole))
        {
            return v => JsonFields.IsText(v, out var stored) && stored.Contains(whole, StringComparison.Ordinal);
        }

        if (JsonFields.IsText(words, out var several))
        {
            var each = several.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return v => JsonFields.IsText(v, out var stored) && each.Any(w => stored.Contains(w, StringComparison.Ordinal));
        }

        return JsonFields.IsText(prefix, out var start) ? v => JsonFields.IsText(v, out var stored) && stored.StartsWith(start, StringComparison.Ordinal) : throw Variant();
    }

    private static HashSet<object> Variants(JsonNode node)
    {
        var values = node is JsonArray array ? array.Select(v => Scalar(v) is { } scalar and not bool ? scalar : throw Variant()).ToList() : throw Variant();
        return values.Select(v => v.GetType()).Distinct().Count() > 1 ? throw Variant() : [.. values];
    }

    /// <summary>A text, a whole number or a flag; null for what a match never equals.</summary>
    private static object? Scalar(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when node.AsValue().TryGetValue<long>(out var number) => number,
        _ => null,
    };

    private static Predicate<JsonNode?> Range(JsonNode range)
    {
        var numbers = range is JsonObject fields && fields.All(f => f.Value is null || f.Value.GetValueKind() == JsonValueKind.Number);
        if (numbers)
        {
            var within = Bounds(range, Number);
            return v => Number(v) is { } number && within(number);
        }

        var between = Bounds(range, Time);
        return v => Time(v) is { } time && between(time);
    }

    private static Predicate<T> Bounds<T>(JsonNode range, Func<JsonNode?, T?> read)
        where T : struct, IComparable<T>
    {
        T? Bound(string name) => range.Optional(name) is { } bound ? read(bound) ?? throw Variant() : null;
        var (gt, gte, lt, lte) = (Bound("gt"), Bound("gte"), Bound("lt"), Bound("lte"));
        return v => (gt is null || v.CompareTo(gt.Value) > 0) && (gte is null || v.CompareTo(gte.Value) >= 0)
            && (lt is null || v.CompareTo(lt.Value) < 0) && (lte is null || v.CompareTo(lte.Value) <= 0);
    }

    private static double? Number(JsonNode? node) => JsonFields.Number(node);

    /// <summary>An instant as RFC 3339 writes it; the offset and the time of day may be left out, which means UTC and midnight.</summary>
    public static DateTimeOffset? Time(JsonNode? node) =>
        JsonFields.IsText(node, out var text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static QdrantRefusalException Variant() => QdrantRefusalException.Format("data did not match any variant of untagged enum Condition");
}
