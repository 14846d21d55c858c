namespace Rag.Analysis;

/// <summary>Tells a full stop that abbreviates from one that ends a sentence, for one language.</summary>
internal sealed class Abbreviations
{
    private const int LongestToken = 32; // characters looked at before a full stop; an abbreviation is shorter

    private static readonly string[] Languages = ["en", "de", "es", "fr", "it", "pt", "nl", "ru", "sv"];
    private static readonly Abbreviations All = new(null);
    private static readonly Dictionary<string, Abbreviations> ByLanguage = Languages.ToDictionary(code => code, code => new Abbreviations(code));

    private readonly WordSet _beforeName;
    private readonly WordSet _beforeNumber;
    private readonly WordSet _ordinary;
    private readonly WordSet _starters;
    private readonly bool _hasOrdinals;

    private Abbreviations(string? language)
    {
        string[] lists = language is null ? Languages : ["en", language];
        _beforeName = new(string.Join(' ', lists.Select(AbbreviationLists.BeforeName).Distinct()));
        _beforeNumber = new(string.Join(' ', lists.Select(AbbreviationLists.BeforeNumber).Distinct()));
        _ordinary = new(string.Join(' ', lists.Select(AbbreviationLists.Ordinary).Distinct()));
        _starters = StopWords.Set(language ?? "en");
        _hasOrdinals = language is "de";
    }

    /// <summary>The rules of a language; all languages' abbreviations and English words for <see langword="null"/> or a language without rules.</summary>
    public static Abbreviations For(string? language) => language is null ? All : ByLanguage.GetValueOrDefault(language, All);

    /// <summary>Whether the sentence goes on after the single full stop at <paramref name="dot"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the sentence begins.</param>
    /// <param name="dot">Index of the full stop.</param>
    /// <param name="follows">Index of the next character that is not blank; it can begin a sentence.</param>
    public bool Continues(ReadOnlySpan<char> text, int start, int dot, int follows)
    {
        var from = TokenStart(text, start, dot);
        var token = text[from..dot];
        if (token.IsEmpty)
        {
            return false;
        }

        var isFirst = from == start || text[start..from].IndexOfAnyInRange('0', 'ɏ') < 0;
        if (char.IsAsciiDigit(token[^1]))
        {
            var isShort = token.Length <= 3 && !token.ContainsAnyExceptInRange('0', '9');
            return isShort && (isFirst || (_hasOrdinals && token.Length <= 2 && char.IsUpper(text[follows]))); // "1. First", "am 3. Mai"
        }

        if (token.Length == 1)
        {
            return isFirst || ContinuesAfterLetter(token[0], text, start, from, follows);
        }

        return token.Contains('.') ? ContinuesAfterLetters(token, text, follows) : ContinuesAfterWord(token, text, follows);
    }

    private bool ContinuesAfterLetter(char letter, ReadOnlySpan<char> text, int start, int from, int follows)
    {
        if (!char.IsUpper(letter))
        {
            return ContinuesAfterWord([letter], text, follows);
        }

        var before = text[start..from].TrimEnd();
        var word = before[(before.LastIndexOf(' ') + 1)..];
        var isAfterName = !word.IsEmpty && char.IsUpper(word[0]);
        return isAfterName || (letter != 'I' && !IsStarter(text, follows)); // "Albert I. Jones", "by J. Smith", but "you and I. Did"
    }

    // letters with stops between them: U.S., e.g., p.m.
    private bool ContinuesAfterLetters(ReadOnlySpan<char> token, ReadOnlySpan<char> text, int follows)
    {
        if (token.Equals("e.g", StringComparison.OrdinalIgnoreCase) || token.Equals("i.e", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (token.Equals("a.m", StringComparison.OrdinalIgnoreCase) || token.Equals("p.m", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        foreach (var part in token.Split('.'))
        {
            var letters = token[part];
            if (letters.Length is 0 or > 2 || !char.IsLetter(letters[0]))
            {
                return ContinuesAfterWord(letters, text, follows);
            }
        }

        return !IsStarter(text, follows);
    }

    private bool ContinuesAfterWord(ReadOnlySpan<char> token, ReadOnlySpan<char> text, int follows)
    {
        Span<char> lower = stackalloc char[LongestToken];
        lower = lower[..token.ToLowerInvariant(lower)];
        if (_beforeNumber.Contains(lower) && (char.IsAsciiDigit(text[follows]) || text[follows] == '('))
        {
            return true;
        }

        return _beforeName.Contains(lower) || (_ordinary.Contains(lower) && !IsStarter(text, follows));
    }

    private bool IsStarter(ReadOnlySpan<char> text, int i)
    {
        var end = i;
        while (end < text.Length && end - i < LongestToken && char.IsLetter(text[end]))
        {
            end++;
        }

        Span<char> lower = stackalloc char[LongestToken];
        return end > i && _starters.Contains(lower[..text[i..end].ToLowerInvariant(lower)]);
    }

    private static int TokenStart(ReadOnlySpan<char> text, int start, int dot)
    {
        var from = dot;
        while (from > start && dot - from < LongestToken && !char.IsWhiteSpace(text[from - 1]) && !"([{\"'‘“«¿¡—•⁃".Contains(text[from - 1]))
        {
            from--;
        }

        return from;
    }
}
