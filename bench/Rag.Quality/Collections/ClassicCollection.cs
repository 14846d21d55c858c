using Rag.Evaluation.Collections;
using Rag.Evaluation.Trec;

namespace Rag.Quality.Collections;

/// <summary>A collection of the years before BEIR, small enough to be held in memory.</summary>
internal sealed record ClassicCollection(IReadOnlyList<CollectionDocument> Documents, IReadOnlyList<CollectionQuery> Queries, Judgements Judgements)
{
    /// <summary>The collections by name: each is read from the folder with the evaluation data.</summary>
    public static IReadOnlyDictionary<string, Func<string, Task<ClassicCollection>>> All { get; } = new Dictionary<string, Func<string, Task<ClassicCollection>>>
    {
        ["cacm"] = Cacm.ReadAsync,
        ["cranfield"] = data => Task.FromResult(Cranfield.Read(data)),
        ["wikiqa"] = data => Task.FromResult(AnswerSentences.ReadWikiQa(data)),
        ["trecqa"] = data => Task.FromResult(AnswerSentences.ReadTrecQa(data)),
        ["code"] = data => Task.FromResult(AnthropicCookbook.ReadCode(data)),
        ["docs"] = data => Task.FromResult(AnthropicCookbook.ReadDocs(data)),
        ["squad"] = data => Task.FromResult(ReadingPassages.ReadSquad(data, "qa-squad2")),
        ["clapnq"] = data => Task.FromResult(ReadingPassages.ReadClapNq(data)),
        ["hotpot"] = data => Task.FromResult(ReadingPassages.ReadHotpot(data)),
        ["jsquad"] = data => Task.FromResult(ReadingPassages.ReadSquad(data, "multilingual-jsquad")),
        ["cmrc"] = data => Task.FromResult(ReadingPassages.ReadSquad(data, "multilingual-cmrc2018")),
    };

    /// <summary>Writes a collection in BEIR's layout. Usage: convert NAME FOLDER.</summary>
    public static async Task<int> ConvertAsync(IReadOnlyList<string> arguments, string data)
    {
        if (arguments is not [var name, var folder] || !All.TryGetValue(name, out var read))
        {
            await Console.Error.WriteLineAsync($"Usage: convert NAME FOLDER [--data FOLDER]. Names: {string.Join(", ", All.Keys)}.");
            return 2;
        }

        var collection = await read(data);
        await new BeirFolder(folder).WriteAsync(collection.Documents, collection.Queries, collection.Judgements);
        Console.WriteLine($"{name}: {collection.Documents.Count} documents, {collection.Queries.Count} queries, {collection.Judgements.Queries.Count} of them judged");
        return 0;
    }
}
