using System.CommandLine;
using System.Globalization;
using Rag.Cli.Json;
using Rag.Llama;
using Rag.Llama.Gguf;

namespace Rag.Cli.Commands;

/// <summary><c>rag embed</c>: vectors of texts, of unit length.</summary>
internal static class EmbedCommand
{
    public static Command Create(Session session, SharedOptions shared)
    {
        var texts = new Argument<string[]>("TEXT") { Description = "Texts.", Arity = ArgumentArity.OneOrMore };
        var queries = new Option<bool>("--query") { Description = "The texts are questions, which many models read with another prompt than documents." };
        var pooling = new Option<string?>("--pooling") { Description = "How the vectors of a text's tokens become one, for models that do not say.", HelpName = "mean|cls|last" };
        pooling.AcceptOnlyFromAmong("mean", "cls", "last");
        var options = new ModelOptions("The embedding model");
        var command = new Command("embed", "Turn texts into vectors with a GGUF model on this machine.") { texts, queries, pooling };
        foreach (var option in options.All)
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var model = await options.LoadAsync(session, parsed, cancellationToken);
            using var documents = new LlamaEmbeddingGenerator(model, new LlamaEmbeddingOptions { Context = options.Context(parsed), Pooling = PoolingOf(parsed.GetValue(pooling)) });
            var generator = parsed.GetValue(queries) ? documents.ForQueries() : documents;
            var vectors = await generator.GenerateAsync(parsed.GetValue(texts)!, cancellationToken: cancellationToken);
            Print(session, [.. vectors.Select(v => v.Vector.ToArray())], parsed.GetValue(shared.Json));
            return ExitCode.Done;
        });
        return command;
    }

    private static GgufPooling? PoolingOf(string? name) => name switch
    {
        "mean" => GgufPooling.Mean,
        "cls" => GgufPooling.Cls,
        "last" => GgufPooling.Last,
        _ => null,
    };

    private static void Print(Session session, float[][] vectors, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, vectors, t => t.IEnumerableSingleArray);
            return;
        }

        foreach (var vector in vectors)
        {
            session.Out.WriteLine(string.Join(' ', vector.Select(v => v.ToString(CultureInfo.InvariantCulture))));
        }
    }
}
