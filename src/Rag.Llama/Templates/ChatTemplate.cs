using Rag.Llama.Templates.Jinja;

namespace Rag.Llama.Templates;

/// <summary>The way a model wants conversations written: a program in the template language Jinja that comes with the model's file, under <c>tokenizer.chat_template</c>.</summary>
/// <remarks>
/// Templates are untrusted: what they may take of time and memory is bounded. White space is handled as transformers and llama.cpp do.
/// Immutable and safe for concurrent use.
/// </remarks>
public sealed class ChatTemplate
{
    private readonly IReadOnlyList<Statement> _body;
    private readonly Lazy<ChatTemplateCapabilities> _capabilities;

    private ChatTemplate(string source, IReadOnlyList<Statement> body)
    {
        Source = source;
        _body = body;
        _capabilities = new Lazy<ChatTemplateCapabilities>(() => CapabilityProbe.Run((variables, clock) => Renderer.Render(body, variables, clock, Limits.ProbeShare)));
    }

    /// <summary>ChatML, in which most models without a template of their own were trained.</summary>
    public static ChatTemplate ChatMl { get; } = Parse(BuiltInTemplates.ChatMl);

    /// <summary>The template as it was given.</summary>
    public string Source { get; }

    /// <summary>What the template does by itself. Found at the first reading, by a dozen small renderings.</summary>
    public ChatTemplateCapabilities Capabilities => _capabilities.Value;

    /// <summary>Reads a template.</summary>
    /// <exception cref="ChatTemplateException">It is longer than a million characters or not in the language.</exception>
    public static ChatTemplate Parse(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new ChatTemplate(source, Parser.Parse(source));
    }

    /// <summary>The template that fits a vocabulary, for files without one; <see cref="ChatMl"/> where no special token gives it away.</summary>
    /// <param name="hasToken">Whether the vocabulary has a token of exactly this text.</param>
    public static ChatTemplate ForVocabulary(Func<string, bool> hasToken)
    {
        ArgumentNullException.ThrowIfNull(hasToken);
        return BuiltInTemplates.Find(hasToken) is { } source ? Parse(source) : ChatMl;
    }

    /// <summary>The prompt for a conversation. The same input gives the same text, but for templates that write the date.</summary>
    /// <remarks>Most templates write the beginning token themselves, so tokenize the result with special tokens recognised and none added.</remarks>
    /// <exception cref="ChatTemplateException">The template fails, refuses the conversation, or goes over a limit.</exception>
    public string Render(ChatTemplateInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Renderer.Render(_body, TemplateVariables.Create(Polyfills.Apply(input, Capabilities), Capabilities), input.Clock);
    }
}
