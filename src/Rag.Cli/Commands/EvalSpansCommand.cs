using System.CommandLine;
using Rag.Cli.Json;
using Rag.Evaluation.Collections;
using Rag.Evaluation.Spans;
using Rag.Ingest.Chunking;
using Spectre.Console;

namespace Rag.Cli.Commands;

/// <summary><c>rag eval spans</c>: measures chunking and retrieval together against exact excerpts, as Chroma's evaluation of chunkers does.</summary>
internal sealed class EvalSpansCommand
{
    private readonly Option<string> _questions = new("--questions") { Description = "CSV file with the columns question, references and corpus_id.", HelpName = "FILE", Required = true };

    private readonly Option<string> _corpora = new("--corpora") { Description = "Folder with the texts, CORPUS_ID.md.", HelpName = "DIR", Required = true };

    private readonly Option<int> _top = SharedOptions.Top(5);

    private readonly EvalModels _models = new();

    public static Command Create(Session session, SharedOptions shared)
    {
        var options = new EvalSpansCommand();
        var command = new Command("spans", "Measure passages character by character against exact excerpts.") { options._questions, options._corpora, shared.Retriever, options._top };
        foreach (var option in options._models.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => options.RunAsync(session, parsed, parsed.GetValue(shared.Retriever)!, parsed.GetValue(shared.Json), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(Session session, ParseResult parsed, string name, bool json, CancellationToken cancellationToken)
    {
        using var embedder = await _models.LoadEmbedderAsync(session, parsed, [name], cancellationToken);
        using var reranker = await _models.LoadRerankerAsync(session, parsed, cancellationToken);
        var corpora = await SpanFiles.ReadCorporaAsync(parsed.GetValue(_corpora)!, cancellationToken);
        var questions = await SpanFiles.ReadQuestionsAsync(parsed.GetValue(_questions)!, corpora, cancellationToken);
        var chunker = new StructureChunker();
        await using var store = new CollectionStore(Retrievers.ModelOf(name));
        var loader = new CollectionLoader(store, TimeProvider.System) { Split = chunker.Split, Embedder = embedder?.ForDocuments };
        await loader.LoadAsync(corpora.ToAsyncEnumerable(), cancellationToken);
        var retriever = _models.Reranked(parsed, Retrievers.Over(store, name, embedder), reranker);
        Chunk[] chunks = [.. corpora.SelectMany(chunker.Split)];
        var top = parsed.GetValue(_top);
        var best = await SpanEvaluation.OfTopAsync(questions, retriever, top, cancellationToken);
        var needed = await SpanEvaluation.OfNeededAsync(questions, retriever, chunks, cancellationToken);
        Print(session, new(questions.Count, best.Recall, best.Precision, best.IntersectionOverUnion, top, chunks.Length, SpanMeansJson.Of(needed)), json);
        return ExitCode.Done;
    }

    private static void Print(Session session, EvalSpansJson result, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, result, t => t.EvalSpansJson);
            return;
        }

        var table = new Table().Border(session.OutputIsTerminal ? TableBorder.Simple : TableBorder.None)
            .AddColumns("passages", "recall", "precision", "IoU")
            .AddRow($"first {result.Top}", $"{result.Recall:0.0000}", $"{result.Precision:0.0000}", $"{result.Iou:0.0000}")
            .AddRow("as needed", $"{result.Needed.Recall:0.0000}", $"{result.Needed.Precision:0.0000}", $"{result.Needed.Iou:0.0000}");
        session.Console().Write(table);
        session.Error.WriteLine($"{result.Questions} questions, {result.Chunks} passages");
    }
}
