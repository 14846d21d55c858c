namespace Rag.Analysis;

/// <summary>What a <see cref="Word"/> is made of, by its first letter or digit.</summary>
public enum WordKind
{
    /// <summary>Letters or digits of a script that separates words.</summary>
    Alphanumeric,

    /// <summary>One Han ideograph (or Tangut, Khitan, Nushu).</summary>
    Ideograph,

    /// <summary>One Hiragana letter.</summary>
    Hiragana,

    /// <summary>A run of Katakana.</summary>
    Katakana,

    /// <summary>A run that begins with Hangul.</summary>
    Hangul,

    /// <summary>One letter of a script written without spaces between words: Thai, Lao, Khmer, Myanmar and their kin.</summary>
    SoutheastAsian,
}

/// <summary>A segment of a text that holds a letter or a digit.</summary>
/// <param name="Start">First UTF-16 code unit.</param>
/// <param name="End">One past the last one.</param>
/// <param name="Kind">What it is made of.</param>
public readonly record struct Word(int Start, int End, WordKind Kind);
