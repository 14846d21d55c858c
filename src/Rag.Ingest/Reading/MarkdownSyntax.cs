using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Parsers;

namespace Rag.Ingest.Reading;

/// <summary>The Markdown that is understood.</summary>
internal static class MarkdownSyntax
{
    /// <summary>Built once; safe for concurrent use.</summary>
    public static MarkdownPipeline Pipeline { get; } = Build();

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder { PreciseSourceLocation = true }
            .UseYamlFrontMatter()
            .UseGridTables()
            .UseFootnotes()
            .UseTaskLists()
            .UseDefinitionLists()
            .UseAlertBlocks()
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough);
        builder.BlockParsers.Insert(0, new MarkdownGuard());
        builder.BlockParsers.Insert(1, new PipeTableParser());
        builder.BlockParsers.Insert(2, new DocFxDirectiveParser());
        builder.InlineParsers.Insert(0, new DocFxIncludeParser());
        builder.BlockParsers.FindExact<ParagraphBlockParser>()!.Closed += MarkdownGuard.KeepHeavyAsItStands;
        builder.BlockParsers.FindExact<HeadingBlockParser>()!.Closed += MarkdownGuard.KeepHeavyAsItStands;
        return builder.Build();
    }
}
