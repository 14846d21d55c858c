using System.Text;

namespace Rag.Ingest.Reading.Mail;

/// <summary>The plain text of a message as blocks: a blank line ends one, and lines that begin with <c>&gt;</c> are quotes.</summary>
internal static class FlowedText
{
    /// <summary>Adds the blocks.</summary>
    /// <param name="builder">Takes them.</param>
    /// <param name="text">The text.</param>
    /// <param name="isFlowed">Whether a line that ends in a space goes on in the next (RFC 3676).</param>
    /// <param name="dropsSpace">Whether that space is dropped when lines are joined, as in scripts without spaces.</param>
    public static void Write(DocumentBuilder builder, string text, bool isFlowed, bool dropsSpace)
    {
        var (block, depth, open) = (new StringBuilder(), 0, false); // open: the last line goes on
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw;
            var quotes = 0;
            while (line.StartsWith(">"))
            {
                quotes++;
                line = line[1..];
                line = !isFlowed && line.StartsWith(" >") ? line[1..] : line;
            }

            line = line.StartsWith(" ") && (isFlowed || quotes > 0) ? line[1..] : line;
            if (line.IsWhiteSpace() || (quotes > 0) != (depth > 0))
            {
                End();
            }

            depth = quotes;
            if (line.IsWhiteSpace())
            {
                continue;
            }

            block.Append(block.Length == 0 || open ? "" : "\n");
            open = isFlowed && line.EndsWith(" ") && !line.SequenceEqual("-- ");
            block.Append(open && dropsSpace ? line[..^1] : line);
        }

        End();

        void End()
        {
            builder.Add(depth > 0 ? BlockKind.Quote : BlockKind.Paragraph, block.ToString());
            block.Clear();
            open = false;
        }
    }
}
