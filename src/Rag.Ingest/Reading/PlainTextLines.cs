namespace Rag.Ingest.Reading;

/// <summary>Cuts text that arrives in pieces into lines, and lines into blocks at blank lines.</summary>
internal sealed class PlainTextLines(DocumentBuilder builder, BlockKind kind)
{
    private int _line = 1;
    private bool _inBlock;
    private bool _inLine; // a part of the current line is written already

    /// <summary>Takes the whole lines of <paramref name="text"/>, or all of it when it has none or <paramref name="isLast"/>; returns how much it took.</summary>
    public int Take(ReadOnlySpan<char> text, bool isLast)
    {
        var taken = 0;
        while (taken < text.Length)
        {
            var rest = text[taken..];
            var end = rest.IndexOfAny('\r', '\n');
            if (end < 0 || (end == rest.Length - 1 && rest[end] == '\r' && !isLast))
            {
                // an unfinished line waits for its end, unless it fills the buffer; then its last character waits, which may be a \r or half a pair
                var part = isLast ? rest.Length : taken > 0 ? 0 : rest.Length - (char.IsLowSurrogate(rest[^1]) ? 2 : 1);
                Write(rest[..part]);
                return taken + part;
            }

            Write(rest[..end]);
            taken += end + (rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n' ? 2 : 1);
            EndLine();
        }

        return taken;
    }

    /// <summary>Closes the last block.</summary>
    public void Finish()
    {
        if (_inBlock)
        {
            builder.End();
        }
    }

    private void Write(ReadOnlySpan<char> text)
    {
        if (!_inLine && text.IsWhiteSpace())
        {
            return;
        }

        if (!_inBlock)
        {
            builder.Begin(kind);
            _inBlock = true;
        }

        builder.StartLine(_line);
        builder.Append(text);
        _inLine = true;
    }

    private void EndLine()
    {
        if (_inLine)
        {
            builder.Append("\n");
        }
        else if (_inBlock)
        {
            builder.End();
            _inBlock = false;
        }

        _line++;
        _inLine = false;
    }
}
