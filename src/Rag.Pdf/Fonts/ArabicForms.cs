namespace Rag.Pdf.Fonts;

/// <summary>The letters that Arabic presentation forms (U+FB50..FDFF, U+FE70..FEFF) stand for, by Unicode's compatibility decompositions.</summary>
internal static class ArabicForms
{
    // string.Normalize cannot be asked: with invariant globalization it leaves these as they are.
    private static readonly Lazy<Dictionary<char, string>> Forms = new(ReadForms);

    /// <summary>The letters in reading order, or <see langword="null"/> where <paramref name="form"/> is no such form.</summary>
    public static string? Base(char form) => Forms.Value.GetValueOrDefault(form);

    // One form a line: the form, its letters.
    private static Dictionary<char, string> ReadForms()
    {
        var forms = new Dictionary<char, string>();
        foreach (var line in FontResource.Text("ArabicForms").AsSpan().EnumerateLines())
        {
            if (line.Length > 1)
            {
                forms[line[0]] = line[1..].ToString();
            }
        }

        return forms;
    }
}
