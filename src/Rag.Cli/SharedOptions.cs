using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Rag.Cli;

/// <summary>Options that several commands have, one set for one parse.</summary>
internal sealed class SharedOptions
{
    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON on standard output and nothing else there.", Recursive = true };

    public Option<FileInfo?> Config { get; } = new("--config") { Description = "JSON file that sets options by name, such as {\"store\":\"my.db\"}; RAG_STORE and the like set them too.", HelpName = "FILE", Recursive = true };

    public Option<string> Store { get; } = new("--store") { Description = "SQLite file, or qdrant:http[s]://host:port/collection, chroma:http[s]://host:port/collection, pinecone:https://INDEX_HOST.", HelpName = "S", DefaultValueFactory = _ => ".rag/store.db" };

    public Option<string> Tenant { get; } = new("--tenant") { Description = "Whose documents.", HelpName = "T", DefaultValueFactory = _ => "" };

    public Option<string> Filter { get; } = new("--filter") { Description = "Which documents, such as \"product = ledger and year >= 2020\".", HelpName = "EXPR", DefaultValueFactory = _ => "" };

    public Option<string> Retriever { get; } = new("--retriever") { Description = "How passages are found; 'help' lists the names.", HelpName = "NAME", DefaultValueFactory = _ => "default" };

    /// <summary>What <c>--embed</c> is for where questions are asked.</summary>
    public const string EmbedsQuestions = "Embed questions for the retrievers dense and hybrid, with the model that the documents were ingested with";

    /// <summary>How many results.</summary>
    public static Option<int> Top(int standard) => Number("--top", "How many", 1000, standard);

    /// <summary>A whole number from 1 to <paramref name="most"/>.</summary>
    public static Option<int> Number(string name, string description, int most, int standard) => new(name)
    {
        Description = $"{description}, 1 to {most}.",
        HelpName = "N",
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            if (!int.TryParse(result.Tokens[0].Value, out var number) || number < 1 || number > most)
            {
                result.AddError($"{name} is '{result.Tokens[0].Value}'; give a whole number from 1 to {most}.");
            }

            return number;
        },
    };

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>, or none.</summary>
    public static Option<T?> Within<T>(string name, string description, T least, T most)
        where T : struct, INumber<T>
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return new(name)
        {
            Description = $"{description}.",
            HelpName = "N",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (!T.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) || !(number >= least && number <= most))
                {
                    result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}'; give a number from {least} to {most}."));
                }

                return number;
            },
        };
    }

    /// <summary>The filter, or wrong usage when it does not parse.</summary>
    public Filter FilterOf(ParseResult parsed)
    {
        try
        {
            return FilterParser.Parse(parsed.GetValue(Filter)!);
        }
        catch (FormatException e)
        {
            throw new CommandException(e.Message, ExitCode.WrongUsage);
        }
    }
}
