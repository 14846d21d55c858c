using System.Text.RegularExpressions;

namespace Rag.Generation.Chat;

/// <summary>Reads what a model writes, piece by piece: holds back what may still become the word of abstention, and a mark until it is whole.</summary>
internal sealed partial class ReplyReader
{
    // What models put around a word to stress it.
    private static readonly char[] Decoration = [' ', '\t', '\n', '\r', '*', '_', '"', '\'', '`', '(', '[', '#', '-', ':'];

    private string _held = "";
    private bool _writing;

    /// <summary>Whether the model declined to answer, or wrote nothing; known when the reply has ended.</summary>
    public bool Abstained { get; private set; }

    /// <summary>Whether nothing but blanks was written.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>What may be shown now that <paramref name="piece"/> has come; may be empty.</summary>
    public string Add(string piece)
    {
        _held += piece;
        IsEmpty = IsEmpty && string.IsNullOrWhiteSpace(piece);
        if (Abstained || (!_writing && MayBecomeAbstention(_held)))
        {
            return "";
        }

        if (!_writing && IsAbstention(_held))
        {
            Abstained = true;
            return "";
        }

        _held = _writing ? _held : _held.TrimStart();
        _writing = true;
        return Take(OpenMark().Match(_held) is { Success: true } mark ? mark.Index : _held.Length);
    }

    /// <summary>What is left to be shown when the reply has ended; half a mark is dropped.</summary>
    public string End()
    {
        Abstained = Abstained || (!_writing && (IsEmpty || IsAbstention(_held)));
        var rest = Abstained ? "" : OpenMark().Replace(_held, "").TrimEnd();
        _held = "";
        return rest;
    }

    private string Take(int length)
    {
        var taken = _held[..length];
        _held = _held[length..];
        return taken;
    }

    private static bool MayBecomeAbstention(string text)
    {
        var word = text.TrimStart(Decoration).TrimEnd();
        return word.Length <= AnswerPrompt.Abstention.Length && AnswerPrompt.Abstention.StartsWith(word, StringComparison.OrdinalIgnoreCase);
    }

    // The word alone, or as a sentence of its own: "Unanswerable questions are ..." is an answer.
    private static bool IsAbstention(string text)
    {
        var said = text.TrimStart(Decoration);
        return said.StartsWith(AnswerPrompt.Abstention, StringComparison.OrdinalIgnoreCase)
            && !NextWord().IsMatch(said[AnswerPrompt.Abstention.Length..]);
    }

    [GeneratedRegex(@"\[[\d\s,;]*$")]
    private static partial Regex OpenMark();

    [GeneratedRegex(@"^(\w|[ \t]+\w)")]
    private static partial Regex NextWord();
}
