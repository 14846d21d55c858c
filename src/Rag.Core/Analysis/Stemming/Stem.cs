using System.Buffers;

namespace Rag.Analysis.Stemming;

/// <summary>A word being stemmed in place, with the regions that Snowball's algorithms are defined by.</summary>
internal ref struct Stem(Span<char> buffer, int length)
{
    private readonly Span<char> _buffer = buffer;

    /// <summary>Length of what is left of the word.</summary>
    public int Length { get; private set; } = length;

    /// <summary>What is left of the word.</summary>
    public readonly Span<char> Text => _buffer[..Length];

    /// <summary>The character at <paramref name="index"/>.</summary>
    public readonly char this[int index] => _buffer[index];

    /// <summary>Whether the word ends with <paramref name="suffix"/>.</summary>
    public readonly bool Ends(string suffix) => Text.EndsWith(suffix);

    /// <summary>Whether the part before the last <paramref name="skip"/> characters ends with <paramref name="suffix"/>.</summary>
    public readonly bool Ends(string suffix, int skip) => _buffer[..(Length - skip)].EndsWith(suffix);

    /// <summary>Removes the last <paramref name="count"/> characters.</summary>
    public void Cut(int count) => Length -= count;

    /// <summary>Puts <paramref name="ending"/> in place of the last <paramref name="count"/> characters.</summary>
    public void Replace(int count, string ending)
    {
        Length -= count;
        ending.CopyTo(_buffer[Length..]);
        Length += ending.Length;
    }

    /// <summary>
    /// Removes <paramref name="suffix"/> if the word ends with it and it begins at <paramref name="region"/> or later.
    /// </summary>
    public bool TryCut(string suffix, int region)
    {
        if (Length - suffix.Length < region || !Ends(suffix))
        {
            return false;
        }

        Length -= suffix.Length;
        return true;
    }

    /// <summary>The region after the first non-vowel that follows a vowel, counting from <paramref name="from"/>; the word's length when there is none.</summary>
    public readonly int RegionAfter(int from, SearchValues<char> vowels)
    {
        var text = Text;
        var i = from;
        while (i < text.Length && !vowels.Contains(text[i]))
        {
            i++;
        }

        while (i < text.Length && vowels.Contains(text[i]))
        {
            i++;
        }

        return Math.Min(i + 1, text.Length);
    }

    /// <summary>Where the region RV of the Romance algorithms begins: after the next vowel, the next consonant or the third letter, by the first two letters.</summary>
    public readonly int RomanceVerbRegion(SearchValues<char> vowels)
    {
        var text = Text;
        if (text.Length < 2)
        {
            return text.Length;
        }

        var isVowel = vowels.Contains(text[1]);
        if (isVowel && !vowels.Contains(text[0]))
        {
            return Math.Min(3, text.Length);
        }

        for (var i = 2; i < text.Length; i++)
        {
            if (vowels.Contains(text[i]) != isVowel)
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    /// <summary>Removes the last <paramref name="count"/> characters if they begin at <paramref name="region"/> or later.</summary>
    public bool TryCut(int count, int region)
    {
        if (Length - count < region)
        {
            return false;
        }

        Length -= count;
        return true;
    }

    /// <summary>Puts <paramref name="ending"/> in place of the last <paramref name="count"/> characters if they begin at <paramref name="region"/> or later.</summary>
    public bool TryReplace(int count, string ending, int region)
    {
        if (Length - count < region)
        {
            return false;
        }

        Replace(count, ending);
        return true;
    }

    /// <summary>Puts <paramref name="text"/> in place of one character.</summary>
    public void Expand(int index, string text)
    {
        _buffer[(index + 1)..Length].CopyTo(_buffer[(index + text.Length)..]);
        text.CopyTo(_buffer[index..]);
        Length += text.Length - 1;
    }

    /// <summary>Removes characters from the beginning.</summary>
    public void CutStart(int count)
    {
        _buffer[count..Length].CopyTo(_buffer);
        Length -= count;
    }
}
