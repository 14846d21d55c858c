using System.Globalization;

namespace Rag.NativeBench;

/// <summary>What stands behind a command: words, options with a value (<c>--name value</c>) and flags (<c>--name</c> before another option or the end).</summary>
internal sealed class Arguments
{
    private readonly List<string> _words = [];
    private readonly Dictionary<string, string?> _options = [];
    private readonly HashSet<string> _asked = [];

    public static Arguments Parse(ReadOnlySpan<string> args)
    {
        var parsed = new Arguments();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                parsed._words.Add(args[i]);
                continue;
            }

            var hasValue = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
            parsed._options[args[i][2..]] = hasValue ? args[++i] : null;
        }

        return parsed;
    }

    public string Word(int index, string what) => index < _words.Count ? _words[index] : throw new UsageException($"Missing: {what}.");

    public string? WordOrNone(int index) => index < _words.Count ? _words[index] : null;

    public bool Flag(string name)
    {
        _asked.Add(name);
        return _options.ContainsKey(name);
    }

    public string? Text(string name)
    {
        _asked.Add(name);
        return _options.TryGetValue(name, out var value) ? value ?? throw new UsageException($"--{name} needs a value.") : null;
    }

    public int Number(string name, int otherwise) => Text(name) is { } text ? Number(name, text) : otherwise;

    public double? Fraction(string name) => Text(name) is not { } text ? null
        : double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value
        : throw new UsageException($"--{name} {text} is not a number.");

    /// <summary>Numbers with commas between them.</summary>
    public IReadOnlyList<int> Numbers(string name, params int[] otherwise) =>
        Text(name) is { } text ? [.. text.Split(',').Select(n => Number(name, n))] : otherwise;

    /// <summary>To be called when everything was asked for.</summary>
    public void RefuseOthers()
    {
        if (_options.Keys.FirstOrDefault(o => !_asked.Contains(o)) is { } unknown)
        {
            throw new UsageException($"There is no option --{unknown}. Options: {string.Join(", ", _asked.Order().Select(o => $"--{o}"))}.");
        }
    }

    private static int Number(string name, string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= 0
        ? number
        : throw new UsageException($"--{name} {text} is not a whole number, 0 or more.");
}

/// <summary>A command cannot be understood.</summary>
internal sealed class UsageException(string message) : Exception(message);
