namespace Rag.Llama.Templates;

/// <summary>What a template does with the parts of a conversation, found by rendering small ones. What it cannot do, <see cref="ChatTemplate.Render"/> does for it in plain text.</summary>
public sealed record ChatTemplateCapabilities
{
    /// <summary>Whether a system message is written. Else it goes into the user message that follows.</summary>
    public required bool SystemRole { get; init; }

    /// <summary>Whether tools are described. Else they are described in the system message.</summary>
    public required bool Tools { get; init; }

    /// <summary>Whether an assistant's calls are written. Else they become text.</summary>
    public required bool ToolCalls { get; init; }

    /// <summary>Whether one message may have several calls. Else each gets a message of its own.</summary>
    public required bool ParallelToolCalls { get; init; }

    /// <summary>Whether results of calls are written. Else they become user messages.</summary>
    public required bool ToolResponses { get; init; }

    /// <summary>Whether arguments of calls are wanted as an object; else as the text of its JSON.</summary>
    public required bool ObjectArguments { get; init; }

    /// <summary>Whether content is wanted as a list of typed parts; else as a text.</summary>
    public required bool TypedContent { get; init; }

    /// <summary>Whether two user messages in a row are refused. If so they become one.</summary>
    public required bool AlternatingRoles { get; init; }

    /// <summary>Whether calls must have an id of nine letters and digits, as Mistral's must. If so they get one.</summary>
    public required bool NineCharacterIds { get; init; }

    /// <summary>Whether <see cref="ChatTemplateInput.Thinking"/> changes the prompt.</summary>
    public required bool ThinkingSwitch { get; init; }

    /// <summary>Whether the reasoning of the assistant's last message is written.</summary>
    public bool Reasoning => ReasoningKey is not null;

    /// <summary>Whether every parameter of a tool must have a description.</summary>
    internal bool DescribedParameters { get; init; }

    /// <summary>Whether calls are written only where the content beside them is none.</summary>
    internal bool NullContent { get; init; }

    /// <summary>A call as the template writes it, where it writes calls and does not describe tools; so the description can show it.</summary>
    internal string? CallExample { get; init; }

    /// <summary>The name under which the template looks for reasoning.</summary>
    internal string? ReasoningKey { get; init; }
}
