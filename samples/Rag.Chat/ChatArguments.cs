using System.Security.Cryptography;
using System.Text;

namespace Rag.Chat;

/// <summary>What the chatbot was started with.</summary>
/// <param name="Documents">Files and folders to talk about.</param>
/// <param name="Store">The store's file.</param>
/// <param name="Question">One question to answer before ending, or <see langword="null"/> for a conversation.</param>
/// <param name="Model">A GGUF file or a name in the catalogue, or <see langword="null"/> for answers made of quotes.</param>
/// <param name="Help">Whether only help is wanted.</param>
internal sealed record ChatArguments(IReadOnlyList<string> Documents, string Store, string? Question, string? Model, bool Help)
{
    public const string Usage =
        """
        Talks about documents; every answer quotes them. Without --docs: this repository's own README and docs.

          --docs PATH      a file or folder to talk about; may be repeated
          --ask QUESTION   answer one question and end
          --model GGUF     answer with a language model on this machine: a file, or a name that 'rag models list' shows
          --help           this text
        """;

    /// <summary>The arguments, or <see langword="null"/> when they are wrong, which has then been said.</summary>
    public static ChatArguments? Parse(string[] args)
    {
        List<string> documents = [];
        string? question = null;
        string? model = null;
        var help = false;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--help" or "-h":
                    help = true;
                    break;
                case "--docs" when i + 1 < args.Length:
                    documents.Add(args[++i]);
                    break;
                case "--ask" when i + 1 < args.Length && !string.IsNullOrWhiteSpace(args[i + 1]):
                    question = args[++i];
                    break;
                case "--model" when i + 1 < args.Length && args[i + 1].Length > 0:
                    model = args[++i];
                    break;
                default:
                    return Wrong($"'{args[i]}' needs a value or is not known.");
            }
        }

        return documents.Find(d => !Path.Exists(d)) is { } missing
            ? Wrong($"There is no file or folder '{missing}'.")
            : Choose(documents, question, model, help);
    }

    private static ChatArguments? Choose(List<string> documents, string? question, string? model, bool help)
    {
        var root = Repository();
        var folder = Path.Combine(root ?? Environment.CurrentDirectory, ".rag");
        if (documents.Count > 0 || help)
        {
            return new(documents, Path.Combine(folder, $"chat-{Fingerprint(documents)}.db"), question, model, help);
        }

        List<string> own = root is null ? [] : [Path.Combine(root, "README.md"), Path.Combine(root, "docs")];
        own.RemoveAll(path => !Path.Exists(path));
        return own.Count > 0
            ? new(own, Path.Combine(folder, "chat.db"), question, model, help)
            : Wrong("There is no clone of the repository around this program, so it has no documents of its own. Give some: --docs PATH");
    }

    /// <summary>The clone around the current folder or the program: the first folder upwards with <c>Rag.sln</c>.</summary>
    private static string? Repository() =>
        Upwards(Environment.CurrentDirectory).Concat(Upwards(AppContext.BaseDirectory)).FirstOrDefault(f => File.Exists(Path.Combine(f, "Rag.sln")));

    private static IEnumerable<string> Upwards(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }

    // Each choice of documents has a store of its own, so that one conversation never answers from another's files.
    private static string Fingerprint(IEnumerable<string> documents) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', documents.Select(Path.GetFullPath).Order(StringComparer.Ordinal)))))[..12];

    private static ChatArguments? Wrong(string reason)
    {
        Console.Error.WriteLine($"{reason}{Environment.NewLine}{Environment.NewLine}{Usage}");
        return null;
    }
}
