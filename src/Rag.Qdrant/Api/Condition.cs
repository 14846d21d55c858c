namespace Rag.Qdrant.Api;

/// <summary>A filter or one condition of it: Qdrant takes the one wherever it takes the other.</summary>
internal sealed record Condition
{
    /// <summary>Matches every point.</summary>
    public static Condition All { get; } = new();

    /// <summary>Matches no point: none is of the kind "".</summary>
    public static Condition Nothing { get; } = Is("kind", "");

    public IReadOnlyList<Condition>? Must { get; init; }

    public IReadOnlyList<Condition>? MustNot { get; init; }

    public IReadOnlyList<Condition>? Should { get; init; }

    public EmptyField? IsEmpty { get; init; }

    public string? Key { get; init; }

    public ValueMatch? Match { get; init; }

    public NumberRange? Range { get; init; }

    public static Condition And(params IReadOnlyList<Condition> parts) => new() { Must = parts };

    public static Condition Is(string key, string value) => new() { Must = [new() { Key = key, Match = new() { Value = value } }] };

    public static Condition IsAny(string key, IReadOnlyList<string> values) => values.Count == 0 ? Nothing : new() { Must = [new() { Key = key, Match = new() { Any = values } }] };

    public static Condition Empty(string key) => new() { IsEmpty = new(key) };

    public static Condition Within(string key, NumberRange range) => new() { Must = [new() { Key = key, Range = range }] };
}

/// <summary>The field is absent.</summary>
internal sealed record EmptyField(string Key);

/// <summary>The field has the value, or one of several.</summary>
internal sealed record ValueMatch
{
    public string? Value { get; init; }

    public IReadOnlyList<string>? Any { get; init; }
}

/// <summary>The field is a number in a range.</summary>
internal sealed record NumberRange
{
    public long? Lt { get; init; }
}
