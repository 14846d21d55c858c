namespace Rag.Llama.Templates;

/// <summary>A chat template cannot be read, or refused a conversation, or went over a limit; the caller may render with <see cref="ChatTemplate.ChatMl"/> instead.</summary>
public sealed class ChatTemplateException : LlamaException
{
    /// <summary>With a sentence for people.</summary>
    public ChatTemplateException(string message)
        : base(message)
    {
    }

    /// <summary>With a sentence for people and what caused it.</summary>
    public ChatTemplateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With a sentence for people and the line it is about.</summary>
    public ChatTemplateException(string message, int line)
        : base($"Chat template, line {line}: {message}") =>
        Line = line;

    /// <summary>1-based line of the template; null where no one line is to blame.</summary>
    public int? Line { get; }
}
