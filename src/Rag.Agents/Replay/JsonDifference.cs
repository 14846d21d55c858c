using System.Text.Json;

namespace Rag.Agents.Replay;

/// <summary>The first place where two JSON values differ.</summary>
/// <param name="Path">Members and 0-based places, such as <c>2.contents.0.text</c>; empty where the values themselves differ.</param>
/// <param name="Before">The first value there; <see langword="null"/> where it has none.</param>
/// <param name="After">The second value there.</param>
internal sealed record JsonDifference(string Path, string? Before, string? After)
{
    /// <summary>The first difference in the order of the first value; <see langword="null"/> where there is none. The order of members makes no difference.</summary>
    public static JsonDifference? Find(JsonElement before, JsonElement after, string path = "") => (before.ValueKind, after.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => Members(before).Select(m => m.Key).Union(Members(after).Select(m => m.Key)).Select(name => Member(before, after, name, Join(path, name))).FirstOrDefault(d => d is not null),
        (JsonValueKind.Array, JsonValueKind.Array) => Enumerable.Range(0, Math.Max(before.GetArrayLength(), after.GetArrayLength())).Select(i => Pair(At(before, i), At(after, i), Join(path, $"{i}"))).FirstOrDefault(d => d is not null),
        _ => JsonElement.DeepEquals(before, after) ? null : new(path, Text(before), Text(after)),
    };

    /// <summary>The place with what stands there before and after, cut to the part that differs.</summary>
    public string ToText(int length)
    {
        var same = Before is null || After is null ? 0 : Before.Zip(After).TakeWhile(pair => pair.First == pair.Second).Count();
        var from = Math.Max(0, same - (length / 4));
        return $"{Path}: it was {Excerpt(Before, from, length)} and is now {Excerpt(After, from, length)}";
    }

    private static string Excerpt(string? text, int from, int length) => text is null ? "absent" : $"'{(from > 0 ? "..." : "")}{Prompt.Shorten(Prompt.OnOneLine(text[Math.Min(from, text.Length)..]), length)}'";

    private static JsonDifference? Member(JsonElement before, JsonElement after, string name, string path) =>
        Pair(before.TryGetProperty(name, out var left) ? left : null, after.TryGetProperty(name, out var right) ? right : null, path);

    private static JsonDifference? Pair(JsonElement? before, JsonElement? after, string path) =>
        before is { } left && after is { } right ? Find(left, right, path) : new(path, before is { } was ? Text(was) : null, after is { } now ? Text(now) : null);

    private static IEnumerable<KeyValuePair<string, JsonElement>> Members(JsonElement value) => value.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value));

    private static JsonElement? At(JsonElement array, int index) => index < array.GetArrayLength() ? array[index] : null;

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : JsonSerializer.Serialize(value, RecordJson.Compact.Of<JsonElement>());
}
