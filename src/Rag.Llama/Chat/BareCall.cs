namespace Rag.Llama.Chat;

/// <summary>Tells whether a JSON object that no marker announces may be a call.</summary>
internal static class BareCall
{
    private static readonly string[] FirstKeys = ["name", "type", "function", "parameters", "arguments"];

    /// <summary>True or false once the first key says so, null before.</summary>
    /// <param name="text">What the answer begins with, without white space before it.</param>
    public static bool? Judge(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        if (text[0] != '{')
        {
            return false;
        }

        var rest = text[1..].TrimStart();
        if (rest.IsEmpty)
        {
            return null;
        }

        if (rest[0] != '"')
        {
            return false;
        }

        var key = rest[1..];
        foreach (var candidate in FirstKeys)
        {
            if (key.Length > candidate.Length ? key.StartsWith(candidate, StringComparison.Ordinal) && key[candidate.Length] == '"' : candidate.AsSpan().StartsWith(key, StringComparison.Ordinal))
            {
                return key.Length > candidate.Length ? true : null;
            }
        }

        return false;
    }
}
