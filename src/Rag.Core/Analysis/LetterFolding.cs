namespace Rag.Analysis;

/// <summary>Makes letters that are written differently but meant alike the same: width, apostrophes, soft hyphens, accents.</summary>
internal static class LetterFolding
{
    // the letter without its accent, for U+00C0 to U+017F and U+1E00 to U+1EFF; a letter that has none stands for itself
    private const string Latin =
        "AAAAAAÆCEEEEIIIIDNOOOOO×OUUUUYÞßaaaaaaæceeeeiiiidnooooo÷ouuuuyþy"
        + "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiĲĳJjKkkLlLlLlĿ"
        + "ŀLlNnNnNnnNnOoOoOoŒœRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

    private const string LatinAdditional =
        "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm"
        + "MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv"
        + "WwWwWwWwWwXxXxYyZzZzZzhtwyẚsẜẝẞẟAaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe"
        + "EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYyỺỻỼỽỾỿ";

    /// <summary>Before stemming: full-width Latin and digits become ASCII, apostrophes straight; soft hyphens and joiners vanish.</summary>
    /// <returns>The new length.</returns>
    public static int Normalise(Span<char> word)
    {
        var length = 0;
        foreach (var c in word)
        {
            if (c is not ('\u00AD' or '\u2060' or '\uFEFF'))
            {
                word[length++] = c switch { '\u2019' or '\uFF07' => '\'', >= '\uFF01' and <= '\uFF5E' => (char)(c - '\uFF01' + '!'), _ => c };
            }
        }

        return length;
    }

    /// <summary>After stemming: Latin letters lose their accents, ligatures and ß become two letters; combining accents, Hebrew points and Arabic vowel signs vanish.</summary>
    /// <param name="buffer">The word, with room for as many characters again.</param>
    /// <param name="length">Length of the word.</param>
    /// <param name="keep">Accented letters that are letters of their own in the language, so stay.</param>
    /// <returns>The new length.</returns>
    public static int FoldAccents(Span<char> buffer, int length, string keep)
    {
        for (var i = 0; i < length; i++)
        {
            var c = buffer[i];
            if (c < '\u00C0' || keep.Contains(c))
            {
                continue;
            }

            var folded = Fold(c);
            if (folded is 'ß' or 'æ' or 'œ' or 'þ')
            {
                buffer[i..length].CopyTo(buffer[(i + 1)..]);
                (folded is 'ß' ? "ss" : folded is 'æ' ? "ae" : folded is 'œ' ? "oe" : "th").CopyTo(buffer[i..]);
                (i, length) = (i + 1, length + 1);
            }
            else if (folded == '\0')
            {
                buffer[(i + 1)..length].CopyTo(buffer[i..]);
                (i, length) = (i - 1, length - 1);
            }
            else
            {
                buffer[i] = folded;
            }
        }

        return length;
    }

    private static char Fold(char c) => c switch
    {
        < '\u0180' => Latin[c - '\u00C0'],
        >= '\u1E00' and < '\u1F00' => LatinAdditional[c - '\u1E00'],
        >= '\u0300' and < '\u0370' or >= '\u0591' and <= '\u05BD' or '\u05BF' or '\u05C1' or '\u05C2' or '\u05C4' or '\u05C5' or '\u05C7' or >= '\u064B' and <= '\u065F' or '\u0670' => '\0',
        'ς' => 'σ',
        _ => c,
    };
}
