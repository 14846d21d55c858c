using Rag.Llama.Templates;

namespace Rag.Llama.Chat;

/// <summary>A part of what a model wrote. Pieces of one kind in a row belong together.</summary>
public abstract record ChatOutputPiece
{
    private ChatOutputPiece()
    {
    }

    /// <summary>Text for the user.</summary>
    public sealed record Content(string Text) : ChatOutputPiece;

    /// <summary>What the model thought before it answered.</summary>
    public sealed record Reasoning(string Text) : ChatOutputPiece;

    /// <summary>A call. Its id is the model's, or <c>call00001</c> and so on where the format has none; whether there is such a tool has not been looked at.</summary>
    public sealed record ToolCall(ChatToolCall Call) : ChatOutputPiece;

    /// <summary>Something that was begun as a call and cannot be read as one.</summary>
    /// <param name="Text">All of it as it was written, markers included.</param>
    /// <param name="Error">What is wrong, for the model to correct.</param>
    public sealed record MalformedToolCall(string Text, string Error) : ChatOutputPiece;
}
