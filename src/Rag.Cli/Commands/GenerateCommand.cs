using System.CommandLine;
using System.Text;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Rag.Llama;
using Rag.Llama.Engine;

namespace Rag.Cli.Commands;

/// <summary><c>rag generate</c>: text from a model on this machine, as it comes.</summary>
internal static class GenerateCommand
{
    public static Command Create(Session session, SharedOptions shared)
    {
        var options = new GenerateOptions();
        var command = new Command("generate", "Generate text with a GGUF model on this machine.");
        foreach (var option in options.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => RunAsync(session, options, parsed, parsed.GetValue(shared.Json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Session session, GenerateOptions options, ParseResult parsed, bool json, CancellationToken cancellationToken)
    {
        var prompt = options.PromptOf(parsed);
        var grammar = options.GrammarOf(parsed);
        using var model = await options.Model.LoadAsync(session, parsed, cancellationToken);
        using var adapters = LoadedAdapters.Load(model, options.AdaptersOf(parsed));
        var source = new TextSource(model)
        {
            MaxTokens = options.MaxTokensOf(parsed),
            Sampling = options.SamplingOf(parsed),
            Grammar = grammar,
            Beams = options.BeamsOf(parsed),
            Adapters = adapters.Weights,
            Context = options.Model.Context(parsed),
        };
        var updates = parsed.GetValue(options.Chat) ? source.ChatAsync(prompt, cancellationToken) : source.ContinueAsync(prompt, cancellationToken);
        var (text, result) = await WriteAsync(session, updates, json);
        if (json)
        {
            RagJson.Write(session.Out, JsonOf(text, result, model), t => t.GenerateJson);
        }

        return ExitCode.Done;
    }

    private static async Task<(string Text, GenerationResult Result)> WriteAsync(Session session, IAsyncEnumerable<GenerationUpdate> updates, bool json)
    {
        var text = new StringBuilder();
        GenerationResult? result = null;
        try
        {
            await foreach (var update in updates)
            {
                switch (update)
                {
                    case GenerationUpdate.Piece piece:
                        text.Append(piece.Text);
                        await ShowAsync(session, piece.Text, json);
                        break;
                    case GenerationUpdate.Completed completed:
                        result = completed.Result;
                        break;
                }
            }
        }
        finally
        {
            if (text.Length > 0)
            {
                await ShowAsync(session, Environment.NewLine, json);
            }
        }

        return (text.ToString(), result!);
    }

    // To a terminal what a model writes is data, never a control sequence; a pipe gets it as it is.
    private static async Task ShowAsync(Session session, string text, bool json)
    {
        if (!json)
        {
            await session.Out.WriteAsync(session.OutputIsTerminal ? Plain.Text(text) : text);
            await session.Out.FlushAsync();
        }
    }

    private static GenerateJson JsonOf(string text, GenerationResult result, LlamaModel model) => new(
        text,
        result.Cause == FinishCause.Length ? "length" : "stop",
        result.PromptTokens,
        result.Tokens,
        Math.Round(result.PromptTime.TotalMilliseconds, 3),
        Math.Round(result.GenerateTime.TotalMilliseconds, 3),
        Backends.Of(model),
        model.GpuLayers,
        result.Seed);
}
