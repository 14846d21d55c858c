using Rag.Analysis.Stemming;

namespace Rag.Analysis;

/// <summary>The default analysis of a language; what it does is said at <see cref="Analyzers.For"/>.</summary>
internal sealed class WordAnalyzer(string? language) : IAnalyzer
{
    // longer words are cut: no natural word reaches this, and an index term has to end somewhere
    private const int LongestTerm = 255;

    private readonly WordSet _stops = StopWords.Set(language);
    private readonly Stemmer _stem = Stemmers.For(language);

    // letters of the alphabet itself, not accents: a Swedish ö is no o, a Spanish año no ano
    private readonly string _keep = language switch { "sv" => "åäö", "es" => "ñ", _ => "" };

    public string Name { get; } = $"words-{language ?? "any"}-1";

    public void Analyze(ReadOnlySpan<char> text, TermReceiver receive)
    {
        Span<char> buffer = stackalloc char[2 * LongestTerm];
        var position = 0;
        var pairs = new CharacterPairs();
        foreach (var word in WordSegmenter.Words(text))
        {
            if (word.Kind is not WordKind.Alphanumeric)
            {
                pairs.Add(word, text, ref position, receive);
                continue;
            }

            pairs.Flush(text, ref position, receive);
            var span = new TextSpan(word.Start, word.End);
            var marked = Identifiers.WithMark(text, span);
            if (marked == span && IsPlain(text[word.Start..word.End]))
            {
                GivePlain(text, span, position, buffer, receive);
            }
            else
            {
                GiveIdentifier(text, marked, span, position, buffer, receive);
            }

            position++;
        }

        pairs.Flush(text, ref position, receive);
    }

    // ASCII letters and digits, none but the first a capital: the common case, which has no parts and nothing to fold
    private static bool IsPlain(ReadOnlySpan<char> word)
    {
        for (var i = 1; i < word.Length; i++)
        {
            if (!char.IsAsciiLetterLower(word[i]) && !char.IsAsciiDigit(word[i]))
            {
                return false;
            }
        }

        return char.IsAsciiLetterOrDigit(word[0]) && word.Length <= LongestTerm;
    }

    private void GivePlain(ReadOnlySpan<char> text, TextSpan span, int position, Span<char> buffer, TermReceiver receive)
    {
        text[span.Start..span.End].CopyTo(buffer);
        buffer[0] = (char)(buffer[0] | ' '); // lower case; leaves digits as they are
        if (!_stops.Contains(buffer[..span.Length]))
        {
            receive(buffer[.._stem(buffer, span.Length)], position, span);
        }
    }

    // the whole word, then its parts, all at one position
    private void GiveIdentifier(ReadOnlySpan<char> text, TextSpan marked, TextSpan span, int position, Span<char> buffer, TermReceiver receive)
    {
        if (language is "en" or null)
        {
            var possessive = span.Length - Possessive.Strip(text[span.Start..span.End]);
            (span, marked) = (new(span.Start, span.End - possessive), new(marked.Start, marked.End - possessive)); // no mark follows an 's
        }

        Give(text, marked, position, buffer, receive);
        if (marked != span)
        {
            Give(text, span, position, buffer, receive);
        }

        var word = text[span.Start..span.End];
        if (Identifiers.IsVersion(word))
        {
            Give(text, new(span.Start + 1, span.End), position, buffer, receive);
        }
        else if (!Identifiers.IsNumber(word))
        {
            GiveParts(text, span, position, buffer, receive);
        }
    }

    // parts between stops and underscores, and the parts in camel case of each; single letters are left out
    private void GiveParts(ReadOnlySpan<char> text, TextSpan span, int position, Span<char> buffer, TermReceiver receive)
    {
        for (var start = span.Start; start < span.End;)
        {
            var end = Identifiers.SegmentEnd(text, start, span.End);
            if (end - start > 1 && end - start < span.Length)
            {
                Give(text, new(start, end), position, buffer, receive);
            }

            for (var from = start; from < end;)
            {
                var to = Identifiers.CamelEnd(text, from, end);
                if (to - from > 1 && to - from < end - start)
                {
                    Give(text, new(from, to), position, buffer, receive);
                }

                from = to;
            }

            start = end + 1;
        }
    }

    private void Give(ReadOnlySpan<char> text, TextSpan span, int position, Span<char> buffer, TermReceiver receive)
    {
        var source = text[span.Start..Math.Min(span.End, span.Start + LongestTerm)];
        var length = source.ToLowerInvariant(buffer);
        var isAscii = System.Text.Ascii.IsValid(source);
        if (!isAscii)
        {
            length = LetterFolding.Normalise(buffer[..length]);
        }

        var elided = Elision.Prefix(buffer[..length], language);
        if (elided > 0)
        {
            buffer[elided..length].CopyTo(buffer);
            length -= elided;
        }

        if (_stops.Contains(buffer[..length]))
        {
            return;
        }

        if (Identifiers.IsAcronym(buffer[..length]))
        {
            length = (length + 1) / 2; // U.S. and US are one term
            for (var i = 1; i < length; i++)
            {
                buffer[i] = buffer[2 * i];
            }
        }

        length = _stem(buffer, length);
        length = isAscii ? length : LetterFolding.FoldAccents(buffer, length, _keep);
        if (length > 0)
        {
            receive(buffer[..length], position, span);
        }
    }
}
