using Microsoft.Extensions.Logging;
using Rag.Llama.Grammars;
using Rag.Llama.Templates;

namespace Rag.Llama.Chat;

/// <summary>How a model is talked to: its template, its ways of marking reasoning and calls. Safe for concurrent use.</summary>
internal sealed class ChatDialect
{
    private ChatDialect(LlamaModel model, ChatTemplate template, string? warning)
    {
        var vocabulary = Vocabulary = model.Vocabulary;
        Template = template;
        Warning = warning;
        Reasoning = ReasoningFormat.ForTemplate(template.Source);
        ToolCalls = template.Capabilities.Tools ? ToolCallFormat.ForTemplate(template.Source) : ToolCallFormats.Generic;
        // Many models write the markers of calls as control tokens, which a grammar otherwise never allows.
        var literal = ToolCalls.LiteralText;
        var markers = vocabulary.ControlTexts.Where(text => literal.Contains(text, StringComparison.Ordinal)).Select(text => vocabulary.SpecialTokens[text]).ToHashSet();
        Grammars = new(new Lazy<GrammarVocabulary>(() => markers.Count == 0 ? model.GrammarVocabulary : model.GrammarVocabularyWith(markers)));
        Markers = new(vocabulary.ControlTexts
            .Concat(Reasoning.Regions.Concat(ToolCalls.Regions).SelectMany(r => r.Ends.Append(r.Begin)).Where(vocabulary.SpecialTokens.ContainsKey)));
    }

    public LlamaVocabulary Vocabulary { get; }

    public ChatTemplate Template { get; }

    /// <summary>Why the template is not the file's own; <see langword="null"/> where it is.</summary>
    public string? Warning { get; }

    public ReasoningFormat Reasoning { get; }

    public ToolCallFormat ToolCalls { get; }

    public ForeignText.Markers Markers { get; }

    public ToolGrammar Grammars { get; }

    /// <summary>The file's own template, or where it has none that works the one that fits its vocabulary.</summary>
    public static ChatDialect Of(LlamaModel model, ILogger? logger)
    {
        var (template, warning) = Choose(model);
        if (warning is not null && logger is not null && logger.IsEnabled(LogLevel.Warning))
        {
            logger.Log(LogLevel.Warning, default, warning, null, static (text, _) => text);
        }

        return new(model, template, warning);
    }

    /// <summary>A token as a template writes it; empty for none.</summary>
    public string TextOf(int? token) => token is { } id ? System.Text.Encoding.UTF8.GetString(Vocabulary.PieceOf(id).Span) : "";

    private static (ChatTemplate Template, string? Warning) Choose(LlamaModel model)
    {
        var fallback = ChatTemplate.ForVocabulary(model.Vocabulary.SpecialTokens.ContainsKey);
        if (model.File.ChatTemplate is not { Length: > 0 } source)
        {
            return (fallback, $"The model '{model.Name}' has no chat template; one that fits its vocabulary is used. Answers may be worse than the model can give.");
        }

        try
        {
            var template = ChatTemplate.Parse(source);
            template.Render(new() { Messages = [new("user", "Hello")] });
            return (template, null);
        }
        catch (ChatTemplateException e)
        {
            return (fallback, $"The chat template of '{model.Name}' cannot be used ({e.Message}); one that fits its vocabulary is used instead. Answers may be worse than the model can give.");
        }
    }
}
