namespace Rag.Ingest.Reading.Docx;

/// <summary>A block before it is written.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Level">As in <see cref="Block.Level"/>.</param>
/// <param name="Text">Its text.</param>
/// <param name="PageBreaks">Where in the text a new page begins, ascending.</param>
internal sealed record DocxBlock(BlockKind Kind, int Level, string Text, IReadOnlyList<int> PageBreaks);

/// <summary>Writes blocks; paragraphs of code that follow each other become one block.</summary>
internal sealed class DocxOutput(DocumentBuilder builder, bool hasPages)
{
    private readonly List<DocxBlock> _code = [];

    public void Write(DocxBlock block)
    {
        if (block.Kind == BlockKind.Code)
        {
            _code.Add(block);
        }
        else
        {
            End();
            Write([block], block.Kind, block.Level);
        }
    }

    /// <summary>Writes what is held back; to be called after the last block.</summary>
    public void End()
    {
        if (_code.Count > 0)
        {
            Write(_code, BlockKind.Code, 0);
            _code.Clear();
        }
    }

    private void Write(List<DocxBlock> lines, BlockKind kind, int level)
    {
        builder.Begin(kind, level);
        foreach (var line in lines)
        {
            var from = 0;
            foreach (var at in line.PageBreaks)
            {
                builder.Append(line.Text.AsSpan(from..at));
                if (hasPages)
                {
                    builder.StartPage();
                }

                from = at;
            }

            builder.Append(line.Text.AsSpan(from));
            builder.Append(line == lines[^1] ? "" : "\n");
        }

        builder.End();
    }
}
