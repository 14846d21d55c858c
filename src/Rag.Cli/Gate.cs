using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rag.Cli;

/// <summary>What a measure must reach, such as <c>citedSentenceAccuracy&gt;=0.85</c>; a missed gate fails the command, and so a build.</summary>
/// <param name="Measure">A field of the command's JSON, with dots into objects: <c>abstention.auroc</c>.</param>
/// <param name="Comparison"><c>&gt;=</c>, <c>&lt;=</c>, <c>&gt;</c> or <c>&lt;</c>.</param>
/// <param name="Limit">The number.</param>
internal sealed partial record Gate(string Measure, string Comparison, double Limit)
{
    /// <summary>A gate as it is written, or <see langword="null"/> where it is none.</summary>
    public static Gate? Parse(string text) =>
        Written().Match(text) is { Success: true } match && double.TryParse(match.Groups[3].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var limit) && double.IsFinite(limit)
            ? new(match.Groups[1].Value, match.Groups[2].Value, limit)
            : null;

    /// <summary>Why the gate is missed, in one sentence, or <see langword="null"/> where it is held. What could not be measured holds no gate.</summary>
    /// <exception cref="CommandException">The result has no such number.</exception>
    public string? MissedBy(JsonElement result)
    {
        var value = result;
        foreach (var name in Measure.Split('.'))
        {
            value = value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var inner) ? inner
                : throw new CommandException($"--gate names '{Measure}', and the result has no such number. Its numbers: {string.Join(", ", Numbers(result, ""))}.", ExitCode.WrongUsage);
        }

        return value.ValueKind switch
        {
            JsonValueKind.Null => $"The gate {this} is missed: there was nothing to measure it by.",
            JsonValueKind.Number when Holds(value.GetDouble()) => null,
            JsonValueKind.Number => string.Create(CultureInfo.InvariantCulture, $"The gate {this} is missed: it is {value.GetDouble():0.######}."),
            _ => throw new CommandException($"--gate names '{Measure}', which is no number. Numbers of the result: {string.Join(", ", Numbers(result, ""))}.", ExitCode.WrongUsage),
        };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Measure}{Comparison}{Limit}");

    private bool Holds(double value) => Comparison switch
    {
        ">=" => value >= Limit,
        "<=" => value <= Limit,
        ">" => value > Limit,
        _ => value < Limit,
    };

    private static IEnumerable<string> Numbers(JsonElement result, string path) => result.EnumerateObject().SelectMany(field => field.Value.ValueKind switch
    {
        JsonValueKind.Object => Numbers(field.Value, $"{path}{field.Name}."),
        JsonValueKind.Number or JsonValueKind.Null => [path + field.Name],
        _ => (IEnumerable<string>)[],
    });

    [GeneratedRegex(@"^\s*([A-Za-z][\w.]*)\s*(>=|<=|>|<)\s*(\S+)\s*$")]
    private static partial Regex Written();
}
