using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Generation;
using Rag.Llama;

namespace Rag.Cli;

/// <summary>The options of what a question may spend, and what a model is shown and adapted with.</summary>
internal sealed class AskingOptions
{
    private readonly Option<int?> _maxTokens = SharedOptions.Within("--max-tokens", "Most tokens that a model may read and write for one answer", 1, 100_000_000);
    private readonly Option<double?> _timeout = SharedOptions.Within("--timeout", "Most seconds for one answer, by default 120, or 900 with a model", 0.001, 86_400);
    private readonly Option<decimal?> _maxCost = SharedOptions.Within("--max-cost", "Most money for one answer, at the prices given", 0.00000001m, 1_000_000m);
    private readonly Option<decimal?> _priceIn = SharedOptions.Within("--price-in", "Price of a million tokens read", 0m, 1_000_000m);
    private readonly Option<decimal?> _priceOut = SharedOptions.Within("--price-out", "Price of a million tokens written", 0m, 1_000_000m);
    private readonly Option<string?> _examples = new("--examples") { Description = "JSON Lines of questions answered well; the model is shown those most like the question.", HelpName = "FILE" };
    private readonly Option<string[]> _lora = new("--lora") { Description = "A LoRA adapter of --model in GGUF, with its strength behind a colon (by default 1); may be repeated.", HelpName = "F[:scale]", DefaultValueFactory = _ => [] };

    public IEnumerable<Option> All => [_maxTokens, _timeout, _maxCost, _priceIn, _priceOut, _examples, _lora];

    /// <summary>What one answer may spend.</summary>
    /// <exception cref="CommandException">A limit in money has no prices, or no model is there to spend it.</exception>
    public Budget BudgetOf(ParseResult parsed, IAnswerModel? model)
    {
        if (parsed.GetValue(_maxCost) is not null && (parsed.GetValue(_priceIn) ?? 0) + (parsed.GetValue(_priceOut) ?? 0) == 0)
        {
            throw new CommandException("--max-cost needs prices: --price-in and --price-out, for a million tokens each.", ExitCode.WrongUsage);
        }

        var standard = model?.Budget ?? new();
        return standard with
        {
            MaxTokens = parsed.GetValue(_maxTokens),
            Timeout = parsed.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : standard.Timeout,
            MaxCost = parsed.GetValue(_maxCost),
            Price = new(parsed.GetValue(_priceIn) ?? 0, parsed.GetValue(_priceOut) ?? 0),
        };
    }

    /// <summary>The adapters that were asked for, loaded once; to be disposed before the model.</summary>
    /// <exception cref="CommandException">There is no model on this machine for them.</exception>
    /// <exception cref="LlamaException">One is missing, no adapter, or of another model.</exception>
    public LoadedAdapters? LoadAdapters(ParseResult parsed, IAnswerModel? model) => (parsed.GetValue(_lora), model) switch
    {
        ([], _) => null,
        ({ } files, LocalModel local) => LoadedAdapters.Load(local.Model, [.. files.Select(AdapterFile.Parse)]),
        _ => throw new CommandException("--lora needs --model GGUF: adapters act on a model on this machine.", ExitCode.WrongUsage),
    };

    /// <summary>What every question asks for.</summary>
    /// <exception cref="CommandException">The examples cannot be read, or no model is there to be shown them.</exception>
    public async Task<AskOptions> ReadAsync(ParseResult parsed, IAnswerModel? model, LoadedAdapters? adapters, CancellationToken cancellationToken) => new()
    {
        Examples = await ExamplesAsync(parsed, model, cancellationToken),
        Chat = adapters is null ? null : new() { RawRepresentationFactory = _ => new LlamaChatOptions { Adapters = adapters.Weights } },
    };

    private async Task<IReadOnlyList<AnswerExample>> ExamplesAsync(ParseResult parsed, IAnswerModel? model, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_examples) is not { Length: > 0 } file)
        {
            return [];
        }

        if (model is null)
        {
            throw new CommandException("--examples needs --model or --endpoint: examples are shown to a language model.", ExitCode.WrongUsage);
        }

        try
        {
            return await ExampleFile.ReadAsync(file, cancellationToken);
        }
        catch (FormatException e)
        {
            throw new CommandException(e.Message);
        }
    }
}
