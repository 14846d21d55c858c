using Rag.Generation;

namespace Rag.Cli;

/// <summary>Checks what people ask before anything is opened.</summary>
internal static class Questions
{
    /// <summary>The question.</summary>
    /// <exception cref="CommandException">It is blank or too long.</exception>
    public static string Check(string? question, string command)
    {
        if (string.IsNullOrWhiteSpace(question))
        {
            throw new CommandException($"The question is empty. Write what you want to know, such as: rag {command} \"how are conflicts handled?\"", ExitCode.WrongUsage);
        }

        return question.Length <= RagPipeline.MaxQuestionLength
            ? question
            : throw new CommandException($"The question has {question.Length} characters and may have {RagPipeline.MaxQuestionLength}. Shorten it, or add long text as a document: rag ingest FILE", ExitCode.WrongUsage);
    }
}
