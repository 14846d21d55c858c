using System.Buffers;
using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace Rag.Ingest.Reading;

/// <summary>Stops a parse that nests too deep or is cancelled, and keeps from inline parsing what would take quadratic time.</summary>
internal sealed class MarkdownGuard : BlockParser
{
    // 1,000 open brackets take Markdig 1.6 about 20 ms, 10,000 of them 4 s
    private const int MostDelimiters = 1_000;

    // lines; link definitions are taken off the start of a paragraph one by one, each time moving the lines that are left
    private const int LongestParagraph = 500;

    private static readonly SearchValues<char> _delimiters = SearchValues.Create("[*_~`<");

    /// <summary>What the guard of one parse knows.</summary>
    public sealed class Context(int maxDepth, CancellationToken cancellationToken) : MarkdownParserContext
    {
        public int MaxDepth { get; } = maxDepth;

        public CancellationToken CancellationToken { get; } = cancellationToken;
    }

    /// <summary>Called for each line and each container opened on it; opens nothing.</summary>
    public override BlockState TryOpen(BlockProcessor processor)
    {
        var context = (Context)processor.Context!;
        context.CancellationToken.ThrowIfCancellationRequested();
        // each level takes a column at least, so few lines need a count
        if (processor.Column >= context.MaxDepth && Depth(processor.CurrentContainer) > context.MaxDepth)
        {
            throw new InvalidDataException($"it is nested deeper than {context.MaxDepth:N0} levels");
        }

        if (processor.CurrentBlock is ParagraphBlock { Lines.Count: >= LongestParagraph } paragraph)
        {
            processor.Close(paragraph);
        }

        return BlockState.None;
    }

    /// <summary>Leaves a block with a great many delimiters without inlines, so that it is written as it stands.</summary>
    public static void KeepHeavyAsItStands(BlockProcessor processor, Markdig.Syntax.Block block)
    {
        if (block is LeafBlock leaf && IsHeavy(leaf.Lines))
        {
            leaf.ProcessInlines = false;
        }
    }

    private static bool IsHeavy(StringLineGroup lines)
    {
        var count = 0;
        for (var i = 0; i < lines.Count && count <= MostDelimiters; i++)
        {
            for (var rest = lines.Lines[i].Slice.AsSpan(); count <= MostDelimiters && rest.IndexOfAny(_delimiters) is >= 0 and var at; rest = rest[(at + 1)..])
            {
                count++;
            }
        }

        return count > MostDelimiters;
    }

    private static int Depth(ContainerBlock? container)
    {
        var depth = 0;
        for (; container is not null; container = container.Parent)
        {
            depth++;
        }

        return depth;
    }
}
