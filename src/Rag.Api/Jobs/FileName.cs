using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rag.Api.Jobs;

/// <summary>What is left of a file's name that somebody sent: one that every file system takes for a file in the folder that it is put in.</summary>
internal static class FileName
{
    // What file systems allow: 255 bytes, in which it should still be possible to write ".bak" behind it.
    private const int MaxCharacters = 200;
    private const int MaxBytes = 240;
    private const int MaxExtension = 20;
    private const string Forbidden = "<>:\"|?*"; // on Windows; a colon names a second stream of a file there

    private static readonly HashSet<string> s_devices = new(
        [
            "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
            .. "123456789¹²³".SelectMany(digit => new[] { $"COM{digit}", $"LPT{digit}" }),
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The last segment of a path in either way of writing, in Unicode's form C (unless the program runs in .NET's invariant mode, which has no tables for that), without characters that are not seen; a name of a device gets <c>_</c> before it, one that is too long is cut and told apart by a hash.</summary>
    /// <exception cref="ApiProblemException">Nothing is left.</exception>
    public static string Of(string? name)
    {
        var visible = string.Concat((name ?? "").EnumerateRunes().Where(IsVisible).Select(r => r.ToString())).Normalize(NormalizationForm.FormC);
        var last = visible[(visible.LastIndexOfAny(['/', '\\']) + 1)..];
        var trimmed = string.Concat(last.Select(c => Forbidden.Contains(c) ? '_' : c)).Trim().TrimEnd('.', ' ');
        if (trimmed.Length == 0)
        {
            throw ApiProblemException.Invalid("A file has no name. Give it one, such as report.pdf: in the part's 'filename', or as ?name= beside a plain body.");
        }

        var safe = s_devices.Contains(trimmed.Split('.')[0].TrimEnd()) ? "_" + trimmed : trimmed;
        return Fits(safe) ? safe : Cut(safe);
    }

    // Joiners belong to words in some scripts; the other format characters hide or turn around what is read.
    private static bool IsVisible(Rune rune) => rune.Value is 0x200C or 0x200D
        || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);

    private static bool Fits(string name) => name.Length <= MaxCharacters && Encoding.UTF8.GetByteCount(name) <= MaxBytes;

    // Two long names that begin alike are two documents.
    private static string Cut(string name)
    {
        var extension = Path.GetExtension(name) is { Length: <= MaxExtension } short_ ? short_ : "";
        var end = $"~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 4))}{extension}";
        var elements = StringInfo.GetTextElementEnumerator(name);
        var stem = new StringBuilder();
        while (elements.MoveNext() && Fits($"{stem}{elements.GetTextElement()}{end}"))
        {
            stem.Append(elements.GetTextElement());
        }

        return $"{stem}{end}";
    }
}
