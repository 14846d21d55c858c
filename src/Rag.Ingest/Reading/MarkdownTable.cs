using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace Rag.Ingest.Reading;

/// <summary>Writes a table as pipe rows; a table without header has its first row there.</summary>
internal sealed class MarkdownTable(DocumentBuilder builder, MarkdownInlines inlines)
{
    public void Add(Table table)
    {
        builder.Begin(BlockKind.Table);
        var isFirst = true;
        foreach (var row in table.OfType<TableRow>())
        {
            builder.StartLine(row.Line + 1);
            AddRow(row);
            if (isFirst)
            {
                builder.Append("|");
                for (var i = 0; i < row.Count; i++)
                {
                    builder.Append(" --- |");
                }

                builder.Append("\n");
                isFirst = false;
            }
        }

        builder.End();
    }

    private void AddRow(TableRow row)
    {
        builder.Append("|");
        inlines.InCell = true;
        foreach (var cell in row.OfType<TableCell>())
        {
            foreach (var leaf in cell.Descendants<LeafBlock>())
            {
                builder.Append(" ");
                inlines.Append(leaf);
            }

            builder.Append(" |");
        }

        inlines.InCell = false;
        builder.Append("\n");
    }
}
